# SPDX-License-Identifier: GPL-3.0-or-later
"""Take the dossiers of a former system into the store, or only tell what would come of it.

They stay at this desk. The gateway takes ``dossier.received`` only of a dossier that begins as received under a code of
the workstation's own slot, and tells the portal of each: a former system has told the portal already, so nothing of an
import goes into the outbox. ``FORMER_SYSTEM`` stands where a clerk and a catalogue version would be named.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from casework.codes import parse_code
from casework.former import table as former_table
from casework.former.table import FormerTable
from casework.records.dossier import Dossier, HistoryAction, HistoryEntry, PortalState
from casework.records.former_dossier import FORMER_SYSTEM, Finding, FindingKind, FormerColumn, FormerDossier
from casework.records.person import Person
from casework.retention import retention_of
from casework.rights import Right
from casework.text import NameMatch, compare_names
from casework.work_calendar import VIET_NAM
from localdb import audit, dossiers, history, persons, record_hash
from localdb.connection import Connection
from workstation.desk import read_table
from workstation.desk.change_set import ChangeSet
from workstation.desk.session import DeskSession

DOSSIERS_AT_A_TIME: Final = 30
"""Each is at most seven rows, and a transaction at most 250."""

_FORMER_NUMBER_DIGITS: Final = 9
_COMPARED: Final = (
    "procedure_code",
    "procedure_name",
    "state",
    "channel",
    "received_at",
    "due_at",
    "sets",
    "unit_code",
)


class ImportOutcome(enum.StrEnum):
    """What becomes of a row that was read without an error."""

    NEW = "new"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"
    OWN = "own"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """What became of one dossier of the table.

    Attributes:
        row: Number of its row.
        code: The former system's code.
        outcome: ``NEW``: taken in; ``UNCHANGED``: was here with the same facts; ``CONFLICT``: was here with others,
            which stay; ``OWN``: a dossier that this centre received itself has the code; ``REFUSED``: see the findings.
        differing: Names of the facts that differ, for a conflict.
    """

    row: int
    code: str
    outcome: ImportOutcome
    differing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do.

    Attributes:
        table: What the table came to.
        rows: What became of each accepted dossier, in the order of the table.
        findings: Errors and warnings of the table and those that only the store knows, by row.
        changes: What changed; nothing when it was only checked.
    """

    table: FormerTable
    rows: tuple[ImportedRow, ...]
    findings: tuple[Finding, ...]
    changes: ChangeSet

    def count(self, outcome: ImportOutcome) -> int:
        """Give how many dossiers came to this."""
        return sum(row.outcome is outcome for row in self.rows)


OnProgress = Callable[[int, int], None]
"""Told how many dossiers are done, of how many."""


def check_import(
    session: DeskSession, path: Path, named_columns: Mapping[FormerColumn, str] | None = None
) -> ImportReport:
    """Tell what an import would do; nothing is written.

    Args:
        session: Who asks.
        path: The table.
        named_columns: Of a column file.

    Raises:
        KnownError: As ``read_table.read_table`` and ``former_table.read_table``.
    """
    session.require(Right.IMPORT_FORMER)
    table = _read(session, path, named_columns)
    judged: list[_Judged] = []
    names: dict[str, str] = {}
    for some in _portions(table.dossiers):
        with session.store.reading() as connection:
            for former in some:
                verdict = _judge(session, connection, former)
                judged.append(_with_names_of_the_table(verdict, former, names))
    return _report(table, judged, ChangeSet())


def import_dossiers(
    session: DeskSession,
    path: Path,
    named_columns: Mapping[FormerColumn, str] | None = None,
    on_progress: OnProgress = lambda done, total: None,
) -> ImportReport:
    """Take the dossiers of a table in, some at a time; what was taken in stays when the rest fails, and is known then.

    Args:
        session: Who does it.
        path: The table.
        named_columns: Of a column file.
        on_progress: Called after each transaction.

    Raises:
        KnownError: As ``check_import``; ``disk-full``, ``disk-error``.
    """
    session.require(Right.IMPORT_FORMER)
    table = _read(session, path, named_columns)
    judged: list[_Judged] = []
    taken_in: set[str] = set()
    for some in _portions(table.dossiers):
        with session.store.transaction() as connection:
            verdicts = []
            for former in some:
                verdict = _judge(session, connection, former)
                if verdict.row.outcome is ImportOutcome.NEW:
                    _write(session, connection, verdict)
                verdicts.append(verdict)
        judged += verdicts
        taken_in |= {each.records.dossier.dossier_id for each in verdicts if each.row.outcome is ImportOutcome.NEW}
        on_progress(len(judged), len(table.dossiers))
    return _report(table, judged, ChangeSet(dossiers=frozenset(taken_in)))


@dataclass(frozen=True, slots=True)
class _Records:
    """What would be written: ``told`` is the person of the row, ``applicant`` the one who is here under her number."""

    dossier: Dossier
    told: Person
    applicant: Person
    entries: tuple[HistoryEntry, ...]

    @property
    def is_known_person(self) -> bool:
        return self.applicant is not self.told


@dataclass(frozen=True, slots=True)
class _Judged:
    row: ImportedRow
    records: _Records
    findings: tuple[Finding, ...] = ()


def _read(session: DeskSession, path: Path, named_columns: Mapping[FormerColumn, str] | None) -> FormerTable:
    return former_table.read_table(
        read_table.read_table(path),
        find_procedure=former_table.by_name_or_code(session.catalogue),
        calendar=session.calendar,
        now=session.clock(),
        named_columns=named_columns,
    )


def _portions(found: Sequence[FormerDossier]) -> list[tuple[FormerDossier, ...]]:
    left = iter(found)
    portions = []
    while some := tuple(islice(left, DOSSIERS_AT_A_TIME)):
        portions.append(some)
    return portions


def _judge(session: DeskSession, connection: Connection, former: FormerDossier) -> _Judged:
    records = _records(session, connection, former)
    stored = dossiers.with_code(connection, former.code)
    if stored is not None:
        if stored.received_by != FORMER_SYSTEM:
            return _Judged(ImportedRow(former.row, former.code, ImportOutcome.OWN), records)
        differing = _differing(connection, stored, records)
        outcome = ImportOutcome.CONFLICT if differing else ImportOutcome.UNCHANGED
        return _Judged(ImportedRow(former.row, former.code, outcome, differing), records)
    if records.is_known_person and not _is_same_name(records.applicant.full_name, former.applicant_name):
        return _refused(former, records)
    return _Judged(ImportedRow(former.row, former.code, ImportOutcome.NEW), records)


def _refused(former: FormerDossier, records: _Records) -> _Judged:
    finding = Finding(former.row, "", FindingKind.PERSON_DIFFERS)
    return _Judged(ImportedRow(former.row, former.code, ImportOutcome.REFUSED), records, (finding,))


def _with_names_of_the_table(judged: _Judged, former: FormerDossier, names: dict[str, str]) -> _Judged:
    """Foresee that a number which an earlier row would bring in belongs to another name."""
    number = judged.records.applicant.id_number
    if judged.row.outcome is not ImportOutcome.NEW or number is None:
        return judged
    first = names.setdefault(number, judged.records.applicant.full_name)
    return judged if _is_same_name(first, former.applicant_name) else _refused(former, judged.records)


def _is_same_name(first: str, second: str) -> bool:
    return compare_names(first, second) is not NameMatch.MISMATCH


def _records(session: DeskSession, connection: Connection, former: FormerDossier) -> _Records:
    dossier_id = session.new_identifier()
    told = _person(session, former)
    known = persons.with_id_number(connection, told.id_number) if told.id_number else None
    applicant = known or told
    parts = parse_code(former.code)
    retention = retention_of(former.procedure_code, former.received_at.astimezone(VIET_NAM).date())
    dossier = Dossier(
        dossier_id=dossier_id,
        code=former.code,
        procedure_code=former.procedure_code,
        procedure_name=former.procedure_name,
        catalogue_version=FORMER_SYSTEM,
        state=former.state,
        portal_state=PortalState.KEPT_HERE,
        channel=former.channel,
        applicant_id=applicant.person_id,
        submitter_id=applicant.person_id,
        received_at=former.received_at,
        due_at=former.due_at,
        time_limit_text="",
        fee_amount=None,
        sets=former.sets,
        received_by=FORMER_SYSTEM,
        unit_code=parts.unit_code if parts else session.workstation.unit.code,
        retention_basis=retention.basis,
        retain_until=retention.until,
    )
    return _Records(dossier, told, applicant, _entries(session, dossier_id, former))


def _person(session: DeskSession, former: FormerDossier) -> Person:
    """Make the applicant's record; a number of nine digits is that of the former card."""
    number = former.id_number
    is_former_card = number is not None and len(number) == _FORMER_NUMBER_DIGITS and number.isdigit()
    return Person(
        person_id=session.new_identifier(),
        full_name=former.applicant_name,
        birth_date=former.birth_date,
        id_number=None if is_former_card else number,
        former_id_number=number if is_former_card else None,
        address=former.address,
        phone=former.phone,
    )


def _entries(session: DeskSession, dossier_id: str, former: FormerDossier) -> tuple[HistoryEntry, ...]:
    """Put into the history what has no place of its own in the store."""
    told = [("Trích yếu", former.summary), ("Người tiếp nhận", former.clerk_name), ("Địa bàn", former.area)]
    told.append(("Ghi chú", former.note))
    words = "; ".join(["Nhập từ hệ thống cũ", *(f"{name}: {text}" for name, text in told if text)])
    entries = [_entry(session, dossier_id, former.received_at, HistoryAction.RECEIVED, words)]
    if former.returned_at is not None:
        words = "; ".join(
            ["Đã trả kết quả ở hệ thống cũ", *([f"Người nhận: {former.returned_to}"] if former.returned_to else [])]
        )
        entries.append(_entry(session, dossier_id, former.returned_at, HistoryAction.STATE_CHANGED, words))
    return tuple(entries)


def _entry(session: DeskSession, dossier_id: str, at: dt.datetime, action: HistoryAction, note: str) -> HistoryEntry:
    return HistoryEntry(session.new_identifier(), dossier_id, at, FORMER_SYSTEM, action, note)


def _differing(connection: Connection, stored: Dossier, records: _Records) -> tuple[str, ...]:
    """Give what differs from what is here; a person's address and telephone may have been brought up to date since."""
    wanted = records.dossier
    names = [name for name in _COMPARED if getattr(stored, name) != getattr(wanted, name)]
    person = persons.get(connection, stored.applicant_id)
    told = records.told
    if not _is_same_name(person.full_name, told.full_name):
        names.append("applicant_name")
    if told.id_number and person.id_number != told.id_number:
        names.append("id_number")
    here = {
        (entry.at, entry.action, entry.note)
        for entry in history.of_dossier(connection, stored.dossier_id)
        if entry.actor_id == FORMER_SYSTEM
    }
    if here != {(entry.at, entry.action, entry.note) for entry in records.entries}:
        names.append("history")
    return tuple(names)


def _write(session: DeskSession, connection: Connection, judged: _Judged) -> None:
    records = judged.records
    if not records.is_known_person:
        persons.add(connection, records.applicant)
    dossiers.add(connection, records.dossier)
    for entry in records.entries:
        history.add(connection, entry)
    audit.append(
        connection,
        at=session.clock(),
        actor_id=session.clerk.clerk_id,
        action="dossier.imported",
        subject_id=records.dossier.dossier_id,
        after_hash=record_hash.of(connection, (records.dossier, records.applicant, records.entries)),
    )


def _report(table: FormerTable, judged: Sequence[_Judged], changes: ChangeSet) -> ImportReport:
    findings = [*table.findings, *(finding for each in judged for finding in each.findings)]
    findings.sort(key=lambda finding: finding.row)
    return ImportReport(table, tuple(each.row for each in judged), tuple(findings), changes)
