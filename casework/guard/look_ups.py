# SPDX-License-Identifier: GPL-3.0-or-later
"""What the office looks up itself: which evidence is enough, and when the citizen may be asked after all.

The office uses the population and sector databases before it asks for a paper (NĐ 104/2022/NĐ-CP Đ14.2). A paper that
the catalogue asks for only in the case that the office does not find it may be demanded only when every database named
for it has answered that it does not know, or not enough. Any other paper that can be looked up (a certificate of birth,
an identity card) may be demanded until it was found. A database that does not answer is no reason to send the citizen
away: the dossier is taken in, and the look-up stays open as a task of the office. (The law at hand does not say so; it
follows from the duty being the office's.)
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from casework.records.look_up import LookUp, LookUpOutcome
from casework.records.procedure import DataSource, Procedure, Requirement
from casework.text import fold
from casework.work_calendar import VIET_NAM

LEGAL_BASIS: Final = "Nghị định 104/2022/NĐ-CP Điều 14 khoản 2: cơ quan tự khai thác dữ liệu trước khi yêu cầu giấy tờ"

_KEPT_AT_ONCE: Final = "ket qua tra cuu duoc luu tru"
BETWEEN_CONDITIONS: Final = "; "
"""The catalogue's sign between conditions that must all be met."""

_FAILURE_WORDS: Final = (
    "khong the khai thac",
    "khong khai thac duoc",
    "khong co thong tin ve su thay doi",
    "chua duoc tich hop",
    "chua duoc ket noi",
)


class LookUpState(enum.StrEnum):
    """How far the looking-up for a requirement has come.

    ``TO_LOOK_UP``: some database has not been asked today, or its answer was not kept. ``FOUND``: known for everybody.
    ``ASK_CITIZEN``: no database knows enough, so the paper may be asked for. ``LATER``: a database does not answer; the
    dossier is taken in and the task stays open.
    """

    TO_LOOK_UP = "to-look-up"
    FOUND = "found"
    ASK_CITIZEN = "ask-citizen"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class LookUps:
    """What was looked up for a dossier until a moment.

    Attributes:
        at: Aware moment at which it is judged: of the reception or of the demand.
        entries: In any order.
        person_ids: Everybody of whom it must be known, e.g. both who marry; empty when one person is enough.
    """

    at: dt.datetime
    entries: tuple[LookUp, ...] = ()
    person_ids: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class LookUpTask:
    """A database that must still be asked.

    Attributes:
        requirement_id: What for.
        person_id: About whom; empty when nobody in particular was named.
        source: The database.
        is_waiting: Whether it was asked and did not answer.
    """

    requirement_id: str
    person_id: str
    source: DataSource
    is_waiting: bool


def is_evidence(look_up: LookUp, procedure: Procedure) -> bool:
    """Tell whether a look-up proves what it says.

    An answer needs a reference number, a saved answer, or a print in the file. Where the catalogue says that the result
    is kept electronically or on paper as it was at that moment (1.000894 and others), a number alone is not enough. An
    incomplete answer must say what is missing. A database that did not answer needs no proof.
    """
    if look_up.outcome is LookUpOutcome.SOURCE_DOWN:
        return True
    if look_up.outcome is LookUpOutcome.INCOMPLETE and not look_up.note.strip():
        return False
    is_kept = look_up.object_id is not None or look_up.is_printed
    return is_kept or (bool(look_up.reference.strip()) and not must_be_kept(procedure))


def must_be_kept(procedure: Procedure) -> bool:
    """Whether the result of a look-up is kept as it was at that moment and put to the file."""
    return any(_KEPT_AT_ONCE in fold(note) for note in procedure.notes)


def is_fresh(look_up: LookUp, at: dt.datetime) -> bool:
    """Whether a look-up is of the same day in Viet Nam and not later; how long one is good is nowhere written."""
    return look_up.at <= at and look_up.at.astimezone(VIET_NAM).date() == at.astimezone(VIET_NAM).date()


def case_of(requirement: Requirement) -> str:
    """Give the case in which a requirement is asked for, without the case that the office does not find it itself.

    Empty when it is always asked for, or whenever it is not found: that case needs no tick, the look-up decides it.
    """
    if not requirement.looked_up_in:
        return requirement.condition
    parts = requirement.condition.split(BETWEEN_CONDITIONS)
    return BETWEEN_CONDITIONS.join(part for part in parts if not any(words in fold(part) for words in _FAILURE_WORDS))


def is_asked_only_when_not_found(requirement: Requirement) -> bool:
    """Whether the catalogue asks for a paper only in the case that the office does not find it itself."""
    return bool(requirement.looked_up_in) and case_of(requirement) != requirement.condition


def look_up_state(requirement: Requirement, procedure: Procedure, look_ups: LookUps) -> LookUpState:
    """Judge the look-ups for a requirement that names at least one database.

    The last answer of each database about each person counts. One database that knows is enough for a person; the
    citizen is asked only when, for somebody, all of them have answered and none knows.
    """
    states = [_state_of_person(requirement, procedure, look_ups, person) for person in _persons(look_ups)]
    for state in (LookUpState.TO_LOOK_UP, LookUpState.ASK_CITIZEN, LookUpState.LATER):
        if state in states:
            return state
    return LookUpState.FOUND


def open_tasks(procedure: Procedure, look_ups: LookUps) -> tuple[LookUpTask, ...]:
    """Give what must still be looked up, requirement by requirement in catalogue order."""
    tasks = []
    for requirement in procedure.requirements:
        for person in _persons(look_ups):
            if _state_of_person(requirement, procedure, look_ups, person) in _UNFINISHED:
                answers = _answers(requirement, procedure, look_ups, person)
                tasks += [
                    LookUpTask(requirement.requirement_id, person, source, source in answers)
                    for source in requirement.looked_up_in
                    if answers.get(source, LookUpOutcome.SOURCE_DOWN) is LookUpOutcome.SOURCE_DOWN
                ]
    return tuple(tasks)


_UNFINISHED: Final = frozenset({LookUpState.TO_LOOK_UP, LookUpState.LATER})


def _persons(look_ups: LookUps) -> list[str]:
    return sorted(look_ups.person_ids) or [""]


def _state_of_person(requirement: Requirement, procedure: Procedure, look_ups: LookUps, person: str) -> LookUpState:
    answers = _answers(requirement, procedure, look_ups, person)
    if LookUpOutcome.FOUND in answers.values():
        return LookUpState.FOUND
    if not answers.keys() >= set(requirement.looked_up_in):
        return LookUpState.TO_LOOK_UP
    return LookUpState.LATER if LookUpOutcome.SOURCE_DOWN in answers.values() else LookUpState.ASK_CITIZEN


def _answers(
    requirement: Requirement, procedure: Procedure, look_ups: LookUps, person: str
) -> dict[DataSource, LookUpOutcome]:
    return {
        entry.source: entry.outcome
        for entry in sorted(_relevant(requirement, look_ups, person), key=_moment)
        if is_evidence(entry, procedure)
    }


def _relevant(requirement: Requirement, look_ups: LookUps, person: str) -> Iterable[LookUp]:
    return (
        entry
        for entry in look_ups.entries
        if entry.requirement_id == requirement.requirement_id
        and entry.source in requirement.looked_up_in
        and (not person or entry.person_id == person)
        and is_fresh(entry, look_ups.at)
    )


def _moment(look_up: LookUp) -> tuple[dt.datetime, str]:
    return look_up.at, look_up.look_up_id
