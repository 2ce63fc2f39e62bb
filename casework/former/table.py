# SPDX-License-Identifier: GPL-3.0-or-later
"""Take over the dossiers of a former system: each row of its table is accepted, known already or listed with an error.

The original code is kept sign for sign and nothing is renumbered ("giữ mã cũ"). A row with an error brings nothing in.
A second reading of the same table brings nothing new: a code that is known is unchanged or, where the facts differ, a
conflict that a person decides; nothing is overwritten.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Final

from casework.catalogue import Catalogue
from casework.errors import KnownError
from casework.former.columns import HEADER_WITHIN_ROWS, ColumnMap, find_columns
from casework.former.rows import FindProcedure, ProcedureName, read_row
from casework.former.values import read_text
from casework.records.dossier import DECIDED
from casework.records.former_dossier import Finding, FindingKind, FormerColumn, FormerDossier, TableRow
from casework.text import fold
from casework.work_calendar import WorkCalendar

_DAMAGE: Final = frozenset(
    {
        FindingKind.ID_DIGITS_LOST,
        FindingKind.ID_DOUBTFUL,
        FindingKind.BIRTH_DATE_DOUBTFUL,
        FindingKind.PHONE_DOUBTFUL,
        FindingKind.SUSPECT_TEXT,
        FindingKind.RETURNED_BEFORE_RECEPTION,
        FindingKind.RETURNED_IN_FUTURE,
        FindingKind.STATE_NOT_RETURNED,
        FindingKind.CODE_DAY_DIFFERS,
    }
)

STALE_AFTER: Final = dt.timedelta(days=30)
"""How long past its due date an open dossier still counts as kept up."""


@dataclass(frozen=True, slots=True)
class DataQuality:
    """How good a table is (đúng, đủ, sạch, sống), in rows.

    The four words are those of the national data campaign; how they are counted here is our own reading of them, and no
    official indicator.

    Attributes:
        rows: All rows that hold anything.
        right: Đúng: rows without an error and without a value that contradicts another or the form of its kind.
        complete: Đủ: rows with code, name, number of a paper, address, procedure, reception, due date and state.
        clean: Sạch: rows with a code that stands in no row before them.
        alive: Sống: rows that are no open dossier past its due date by more than ``STALE_AFTER``.
    """

    rows: int
    right: int
    complete: int
    clean: int
    alive: int


@dataclass(frozen=True, slots=True)
class FormerTable:
    """What a table came to.

    Attributes:
        columns: Where it tells what.
        dossiers: Accepted, in the order of the table, each code once.
        repeated_rows: Rows that say again exactly what an earlier row says; they bring nothing.
        findings: Errors and warnings, row by row.
        quality: Of the whole table.
    """

    columns: ColumnMap
    dossiers: tuple[FormerDossier, ...]
    repeated_rows: tuple[int, ...]
    findings: tuple[Finding, ...]
    quality: DataQuality


def read_table(
    rows: Iterable[TableRow],
    *,
    find_procedure: FindProcedure,
    calendar: WorkCalendar,
    now: dt.datetime,
    named_columns: Mapping[FormerColumn, str] | None = None,
) -> FormerTable:
    """Read a former system's table.

    Args:
        rows: All rows, in order, the header among the first; rows that hold nothing do not count.
        find_procedure: See ``by_name_or_code``.
        calendar: Opening hours, for days without an hour.
        now: Aware.
        named_columns: Of a column file.

    Raises:
        KnownError: ``table-without-header``, ``table-column-missing``, ``table-empty``.
    """
    left = (row for row in rows if any(read_text(cell) for cell in row.cells))
    first = _first_rows(left)
    columns = find_columns(first, named_columns)
    below = chain((row for row in first if row.number > columns.header_row), left)
    found: list[Finding] = []
    accepted: dict[str, FormerDossier] = {}
    seen: dict[str, int] = {}
    repeated: list[int] = []
    counts = _Counts(now - STALE_AFTER)
    for row in below:
        reading = read_row(row, columns, find_procedure, calendar, now)
        findings = list(reading.findings)
        dossier = reading.dossier
        code = read_text(columns.cell(row, FormerColumn.CODE))
        earlier = seen.setdefault(code, row.number) if code else row.number
        if earlier != row.number:
            same = dossier is not None and code in accepted and _says_the_same(accepted[code], dossier)
            if same:
                repeated.append(row.number)
            else:
                header = columns.headers.get(FormerColumn.CODE, "")
                findings.append(Finding(row.number, header, FindingKind.CODE_TWICE, earlier))
            dossier = None
        elif dossier is not None:
            accepted[code] = dossier
        found += findings
        counts.add(reading.dossier, findings, is_first=bool(code) and earlier == row.number)
    if not counts.rows:
        raise KnownError("table-empty")
    return FormerTable(columns, tuple(accepted.values()), tuple(repeated), tuple(found), counts.quality())


def by_name_or_code(catalogue: Catalogue) -> FindProcedure:
    """Give the look-up of a procedure by its code, or by its name without accents where only one has that name."""
    names: dict[str, ProcedureName | None] = {}
    for code in catalogue.codes:
        known = ProcedureName(code, catalogue.get(code).name)
        folded = fold(known.name)
        names[folded] = None if folded in names else known

    def find(code: str, name: str) -> ProcedureName | None:
        if code:
            return ProcedureName(code, catalogue.get(code).name) if code in catalogue.codes else None
        return names.get(fold(name))

    return find


def _says_the_same(first: FormerDossier, second: FormerDossier) -> bool:
    return dataclasses.replace(first, row=0) == dataclasses.replace(second, row=0)


def _first_rows(rows: Iterator[TableRow]) -> list[TableRow]:
    first: list[TableRow] = []
    for row in rows:
        first.append(row)
        if row.number > HEADER_WITHIN_ROWS:
            break
    return first


class _Counts:
    def __init__(self, stale_before: dt.datetime) -> None:
        self._stale_before = stale_before
        self.rows = self._right = self._complete = self._clean = self._alive = 0

    def add(self, dossier: FormerDossier | None, findings: list[Finding], *, is_first: bool) -> None:
        self.rows += 1
        has_error = any(finding.is_error for finding in findings)
        self._right += not has_error and not any(finding.kind in _DAMAGE for finding in findings)
        self._clean += is_first
        if dossier is None:
            return
        facts = (dossier.id_number, dossier.address, dossier.procedure_code)
        self._complete += all(facts) and not any(finding.kind is FindingKind.STATE_MISSING for finding in findings)
        self._alive += dossier.state in DECIDED or dossier.due_at >= self._stale_before

    def quality(self) -> DataQuality:
        return DataQuality(self.rows, self._right, self._complete, self._clean, self._alive)
