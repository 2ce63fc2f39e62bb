# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from casework.catalogue import Catalogue
from casework.guard.look_ups import (
    LEGAL_BASIS,
    LookUps,
    LookUpState,
    LookUpTask,
    case_of,
    is_evidence,
    is_fresh,
    look_up_state,
    must_be_kept,
    open_tasks,
)
from casework.records.look_up import LookUp, LookUpOutcome
from casework.records.procedure import DataSource, Duty, Procedure, Requirement
from casework.work_calendar import VIET_NAM

NOW = dt.datetime(2026, 11, 23, 8, 30, tzinfo=VIET_NAM)
POPULATION, CIVIL_STATUS, LAND = DataSource.POPULATION, DataSource.CIVIL_STATUS, DataSource.LAND
FOUND, NOT_FOUND = LookUpOutcome.FOUND, LookUpOutcome.NOT_FOUND
INCOMPLETE, DOWN = LookUpOutcome.INCOMPLETE, LookUpOutcome.SOURCE_DOWN

RESIDENCE = Requirement("p/01", "Residence", "Residence", Duty.PRESENT, 1, 0, looked_up_in=(POPULATION, CIVIL_STATUS))


def answer(outcome: LookUpOutcome, source: DataSource = POPULATION, person: str = "her", **changes: object) -> LookUp:
    entry = LookUp("l1", "dossier", "p/01", person, source, outcome, NOW, "clerk", "17", note="no street")
    return replace(entry, **changes)  # type: ignore[arg-type]


@pytest.fixture
def procedure(catalogue: Catalogue) -> Procedure:
    return replace(catalogue.get("1.001193"), requirements=(RESIDENCE,), notes=())


@pytest.mark.parametrize(
    ("population", "civil_status", "state"),
    [
        (None, None, LookUpState.TO_LOOK_UP),
        (FOUND, None, LookUpState.FOUND),
        (None, FOUND, LookUpState.FOUND),
        (NOT_FOUND, FOUND, LookUpState.FOUND),
        (DOWN, FOUND, LookUpState.FOUND),
        (NOT_FOUND, None, LookUpState.TO_LOOK_UP),
        (DOWN, None, LookUpState.TO_LOOK_UP),
        (NOT_FOUND, NOT_FOUND, LookUpState.ASK_CITIZEN),
        (INCOMPLETE, NOT_FOUND, LookUpState.ASK_CITIZEN),
        (INCOMPLETE, INCOMPLETE, LookUpState.ASK_CITIZEN),
        (DOWN, NOT_FOUND, LookUpState.LATER),
        (INCOMPLETE, DOWN, LookUpState.LATER),
        (DOWN, DOWN, LookUpState.LATER),
    ],
)
@pytest.mark.parametrize("persons", [frozenset(), frozenset({"her"})])
def test_one_database_that_knows_is_enough_and_all_must_have_answered_before_the_citizen_is_asked(
    population: LookUpOutcome | None,
    civil_status: LookUpOutcome | None,
    state: LookUpState,
    persons: frozenset[str],
    procedure: Procedure,
) -> None:
    entries = [
        answer(outcome, source)
        for outcome, source in ((population, POPULATION), (civil_status, CIVIL_STATUS))
        if outcome
    ]
    assert look_up_state(RESIDENCE, procedure, LookUps(NOW, tuple(entries), persons)) is state


@pytest.mark.parametrize(
    ("hers", "his", "state"),
    [
        (FOUND, FOUND, LookUpState.FOUND),
        (FOUND, None, LookUpState.TO_LOOK_UP),
        (None, NOT_FOUND, LookUpState.TO_LOOK_UP),
        (DOWN, None, LookUpState.TO_LOOK_UP),
        (FOUND, NOT_FOUND, LookUpState.ASK_CITIZEN),
        (NOT_FOUND, DOWN, LookUpState.ASK_CITIZEN),
        (FOUND, DOWN, LookUpState.LATER),
    ],
)
def test_of_both_who_marry_it_must_be_known(
    hers: LookUpOutcome | None, his: LookUpOutcome | None, state: LookUpState, procedure: Procedure
) -> None:
    alone = replace(RESIDENCE, looked_up_in=(POPULATION,))
    entries = [answer(outcome, person=who) for outcome, who in ((hers, "her"), (his, "him")) if outcome]
    look_ups = LookUps(NOW, tuple(entries), frozenset({"her", "him"}))
    assert look_up_state(alone, procedure, look_ups) is state


def test_the_last_answer_of_a_database_counts(procedure: Procedure) -> None:
    alone = replace(RESIDENCE, looked_up_in=(POPULATION,))
    earlier = answer(DOWN, at=NOW - dt.timedelta(minutes=5), look_up_id="l9")
    later = answer(NOT_FOUND)
    for entries in ((earlier, later), (later, earlier)):
        assert look_up_state(alone, procedure, LookUps(NOW, entries)) is LookUpState.ASK_CITIZEN
    same_moment = (answer(NOT_FOUND, look_up_id="l2"), answer(DOWN, look_up_id="l1"))
    assert look_up_state(alone, procedure, LookUps(NOW, same_moment)) is LookUpState.ASK_CITIZEN


@pytest.mark.parametrize(
    "other",
    [
        {"requirement_id": "p/02"},
        {"source": LAND},
        {"person_id": "him"},
        {"at": NOW - dt.timedelta(days=1)},
        {"reference": " "},
    ],
)
def test_an_answer_for_something_else_or_without_evidence_does_not_count(
    other: dict[str, object], procedure: Procedure
) -> None:
    entry: LookUp = replace(answer(FOUND), **other)  # type: ignore[arg-type]
    look_ups = LookUps(NOW, (entry,), frozenset({"her"}))
    assert look_up_state(RESIDENCE, procedure, look_ups) is LookUpState.TO_LOOK_UP


@pytest.mark.parametrize(
    ("outcome", "reference", "object_id", "is_printed", "note", "is_enough", "is_enough_when_kept"),
    [
        (FOUND, "17", None, False, "", True, False),
        (FOUND, "", "object", False, "", True, True),
        (FOUND, "", None, True, "", True, True),
        (FOUND, " ", None, False, "seen", False, False),
        (NOT_FOUND, "17", None, False, "", True, False),
        (NOT_FOUND, "", "object", False, "", True, True),
        (NOT_FOUND, "", None, False, "nobody", False, False),
        (INCOMPLETE, "17", None, False, "no street", True, False),
        (INCOMPLETE, "17", "object", True, " ", False, False),
        (INCOMPLETE, "", "object", False, "no street", True, True),
        (DOWN, "", None, False, "", True, True),
    ],
)
def test_what_proves_a_look_up(
    outcome: LookUpOutcome,
    reference: str,
    object_id: str | None,
    is_printed: bool,
    note: str,
    is_enough: bool,
    is_enough_when_kept: bool,
    procedure: Procedure,
) -> None:
    entry = answer(outcome, reference=reference, object_id=object_id, is_printed=is_printed, note=note)
    kept = replace(procedure, notes=("Khác.", "Kết quả tra cứu được lưu trữ dưới dạng điện tử hoặc bản giấy."))
    assert is_evidence(entry, procedure) is is_enough
    assert is_evidence(entry, kept) is is_enough_when_kept


def test_the_result_of_looking_up_the_marital_status_is_kept_as_it_was(catalogue: Catalogue) -> None:
    assert must_be_kept(catalogue.get("1.000894"))
    assert not must_be_kept(catalogue.get("2.000815"))
    assert not must_be_kept(replace(catalogue.get("1.000894"), notes=("Khác.",)))


@pytest.mark.parametrize(
    ("looked_at", "judged_at", "is_so"),
    [
        ("2026-11-23T08:30+07:00", "2026-11-23T08:30+07:00", True),
        ("2026-11-23T08:31+07:00", "2026-11-23T08:30+07:00", False),
        ("2026-11-23T00:00+07:00", "2026-11-23T23:59+07:00", True),
        ("2026-11-22T23:59+07:00", "2026-11-23T00:00+07:00", False),
        ("2026-11-22T17:00+00:00", "2026-11-23T16:59+00:00", True),
        ("2026-11-22T16:59+00:00", "2026-11-22T17:00+00:00", False),
        ("2025-11-23T08:30+07:00", "2026-11-23T08:30+07:00", False),
    ],
)
def test_a_look_up_is_good_for_its_day_in_viet_nam(looked_at: str, judged_at: str, is_so: bool) -> None:
    entry = answer(FOUND, at=dt.datetime.fromisoformat(looked_at))
    assert is_fresh(entry, dt.datetime.fromisoformat(judged_at)) is is_so


@pytest.mark.parametrize(
    ("condition", "case"),
    [
        ("", ""),
        ("Trường hợp con nuôi", "Trường hợp con nuôi"),
        ("Trường hợp cơ quan không thể khai thác được thông tin", ""),
        ("Trường hợp không khai thác được thông tin", ""),
        ("Trường hợp không có thông tin về sự thay đổi trong Cơ sở dữ liệu hộ tịch điện tử", ""),
        ("Trường hợp chưa được tích hợp, kết nối và chia sẻ dữ liệu", ""),
        ("Trường hợp thông tin chưa được kết nối, chia sẻ", ""),
        ("Hồ sơ tạm trú; Trường hợp không khai thác được thông tin", "Hồ sơ tạm trú"),
        ("Một; Trường hợp không khai thác được thông tin; Hai", "Một; Hai"),
    ],
)
def test_the_case_that_the_look_up_decides_needs_no_tick(condition: str, case: str) -> None:
    assert case_of(replace(RESIDENCE, condition=condition)) == case
    assert case_of(replace(RESIDENCE, condition=condition, looked_up_in=())) == condition


def test_what_must_still_be_looked_up_is_a_task_of_the_office(procedure: Procedure) -> None:
    land = Requirement("p/02", "Land", "Land", Duty.SUBMIT, 1, 0, looked_up_in=(LAND,))
    paper = Requirement("p/03", "Paper", "Paper", Duty.SUBMIT, 1, 0)
    both = replace(procedure, requirements=(RESIDENCE, land, paper))
    assert open_tasks(both, LookUps(NOW)) == (
        LookUpTask("p/01", "", POPULATION, is_waiting=False),
        LookUpTask("p/01", "", CIVIL_STATUS, is_waiting=False),
        LookUpTask("p/02", "", LAND, is_waiting=False),
    )
    entries = (answer(DOWN), answer(NOT_FOUND, CIVIL_STATUS), answer(FOUND, LAND, requirement_id="p/02"))
    assert open_tasks(both, LookUps(NOW, entries)) == (LookUpTask("p/01", "", POPULATION, is_waiting=True),)
    assert open_tasks(procedure, LookUps(NOW, (answer(FOUND),))) == ()
    answered = (answer(NOT_FOUND), answer(INCOMPLETE, CIVIL_STATUS))
    assert open_tasks(procedure, LookUps(NOW, answered)) == ()


def test_tasks_name_the_person(procedure: Procedure) -> None:
    alone = replace(procedure, requirements=(replace(RESIDENCE, looked_up_in=(POPULATION,)),))
    look_ups = LookUps(NOW, (answer(FOUND),), frozenset({"him", "her", "ada"}))
    assert [task.person_id for task in open_tasks(alone, look_ups)] == ["ada", "him"]


def test_the_law_of_looking_up_is_named() -> None:
    law = "Nghị định 104/2022/NĐ-CP Điều 14 khoản 2: cơ quan tự khai thác dữ liệu trước khi yêu cầu giấy tờ"
    assert law == LEGAL_BASIS


def test_outcomes_and_states_are_stored_by_these_names() -> None:
    assert [outcome.value for outcome in LookUpOutcome] == ["found", "not-found", "incomplete", "source-down"]
    assert [state.value for state in LookUpState] == ["to-look-up", "found", "ask-citizen", "later"]
