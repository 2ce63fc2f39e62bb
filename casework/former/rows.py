# SPDX-License-Identifier: GPL-3.0-or-later
"""Read one row of a former system's table: a dossier, or the reasons why it is none."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from casework.codes import parse_code
from casework.former import values
from casework.former.columns import ColumnMap
from casework.former.values import ReadMoment
from casework.identity.garbled_text import is_garbled
from casework.identity.keystrokes import Certainty
from casework.identity.legacy_encoding import Encoding, read_legacy
from casework.records.dossier import DossierState
from casework.records.former_dossier import Cell, Finding, FindingKind, FormerColumn, FormerDossier, TableRow
from casework.records.procedure import Channel
from casework.text import clean
from casework.work_calendar import VIET_NAM, WorkCalendar

LONGEST_CODE: Final = 100
LONGEST_NAME: Final = 300
_UNREADABLE: Final = "\ufffd"


@dataclass(frozen=True, slots=True)
class ProcedureName:
    """A procedure of the catalogue: its code and official name."""

    code: str
    name: str


FindProcedure = Callable[[str, str], ProcedureName | None]
"""Gives the catalogue's procedure by code, or by exactly its name; None when it has none."""


@dataclass(frozen=True, slots=True)
class RowReading:
    """What a row came to.

    Attributes:
        dossier: None when there is an error.
        findings: Errors and warnings, in the order of the columns.
    """

    dossier: FormerDossier | None
    findings: tuple[Finding, ...]


def read_row(
    row: TableRow, columns: ColumnMap, find_procedure: FindProcedure, calendar: WorkCalendar, now: dt.datetime
) -> RowReading:
    """Read a row.

    Args:
        row: Below the row of headers.
        columns: Where the table tells what.
        find_procedure: From the catalogue.
        calendar: Opening hours, for days that come without an hour.
        now: Aware; nothing of a former system can have been received later.
    """
    reader = _Reader(row, columns, calendar, now)
    dossier = reader.read(find_procedure)
    is_kept_out = any(finding.is_error for finding in reader.findings)
    return RowReading(None if is_kept_out else dossier, tuple(reader.findings))


class _Reader:
    def __init__(self, row: TableRow, columns: ColumnMap, calendar: WorkCalendar, now: dt.datetime) -> None:
        self._row = row
        self._columns = columns
        self._calendar = calendar
        self._now = now
        self._today = now.astimezone(VIET_NAM).date()
        self._left_over = ""
        self.findings: list[Finding] = []

    def read(self, find_procedure: FindProcedure) -> FormerDossier | None:
        received = self._received()
        due = self._due(received)
        returned_at = self._returned(received)
        code = self._code(received)
        procedure_code, procedure_name, summary = self._procedure(find_procedure)
        name = self._name()
        sets = values.read_sets(self._cell(FormerColumn.SETS))
        if sets is None:
            self._note(FindingKind.SETS_UNREADABLE, FormerColumn.SETS)
        dossier_state = self._state(returned_at)
        channel = self._channel()
        birth_date = self._birth_date()
        id_number = self._id_number(birth_date)
        phone = self._phone()
        address = self._text(FormerColumn.ADDRESS)
        if not address:
            self._note(FindingKind.ADDRESS_MISSING, FormerColumn.ADDRESS)
        others = {
            column: self._text(column)
            for column in (
                FormerColumn.RETURNED_TO,
                FormerColumn.CLERK_NAME,
                FormerColumn.AREA,
                FormerColumn.NOTE,
            )
        }
        if received is None or due is None or dossier_state is None or channel is None or sets is None:
            return None
        return FormerDossier(
            row=self._row.number,
            code=code,
            procedure_code=procedure_code,
            procedure_name=procedure_name,
            summary=summary,
            state=dossier_state,
            channel=channel,
            sets=sets,
            applicant_name=name,
            id_number=id_number,
            birth_date=birth_date,
            address=address,
            phone=phone,
            received_at=received,
            due_at=due,
            returned_at=returned_at,
            returned_to=others[FormerColumn.RETURNED_TO],
            clerk_name=others[FormerColumn.CLERK_NAME],
            area=others[FormerColumn.AREA],
            note="; ".join(filter(None, (others[FormerColumn.NOTE], self._left_over))),
        )

    def _received(self) -> dt.datetime | None:
        read = self._moment(FormerColumn.RECEIVED_AT, FindingKind.RECEIVED_MISSING)
        if read is None:
            return None
        at = read.at if read.has_time else self._calendar.opening(read.at.date())
        if at > self._now:
            self._note(FindingKind.RECEIVED_IN_FUTURE, FormerColumn.RECEIVED_AT)
        return at

    def _due(self, received: dt.datetime | None) -> dt.datetime | None:
        read = self._moment(FormerColumn.DUE_AT, FindingKind.DUE_MISSING)
        if read is None:
            return None
        at = read.at if read.has_time else self._calendar.closing(read.at.date())
        if received is not None and at < received:
            same_day = not read.has_time and read.at.date() == received.astimezone(VIET_NAM).date()
            if not same_day:
                self._note(FindingKind.DUE_BEFORE_RECEPTION, FormerColumn.DUE_AT)
            return received
        return at

    def _returned(self, received: dt.datetime | None) -> dt.datetime | None:
        column = FormerColumn.RETURNED_AT
        if not values.read_text(self._cell(column)):
            return None
        read = values.read_moment(self._cell(column))
        if read is None:
            self._note(FindingKind.DATE_UNREADABLE, column)
            return None
        at = read.at if read.has_time else self._calendar.opening(read.at.date())
        if received is not None and at < received:
            if read.has_time or read.at.date() != received.astimezone(VIET_NAM).date():
                self._note(FindingKind.RETURNED_BEFORE_RECEPTION, column)
                return None
            at = received
        if at > self._now:
            self._note(FindingKind.RETURNED_IN_FUTURE, column)
            return None
        return at

    def _moment(self, column: FormerColumn, missing: FindingKind) -> ReadMoment | None:
        cell = self._cell(column)
        if not values.read_text(cell):
            self._note(missing, column)
            return None
        read = values.read_moment(cell)
        if read is None:
            self._note(FindingKind.DATE_UNREADABLE, column)
        elif not read.has_time:
            self._note(FindingKind.DAY_WITHOUT_TIME, column)
        return read

    def _code(self, received: dt.datetime | None) -> str:
        column = FormerColumn.CODE
        cell = self._cell(column)
        code = cell.strip() if isinstance(cell, str) else values.read_digits(cell)
        if not values.read_text(code):
            self._note(FindingKind.CODE_MISSING, column)
            return ""
        if values.is_rounded(cell) or values.has_exponent(cell) or isinstance(cell, dt.date):
            self._note(FindingKind.CODE_DAMAGED, column)
        elif not isinstance(cell, str):
            self._note(FindingKind.CODE_WAS_NUMBER, column)
        if len(code) > LONGEST_CODE:
            self._note(FindingKind.CODE_TOO_LONG, column)
        if _UNREADABLE in code or any(unicodedata.category(sign) in {"Cc", "Cf", "Cs"} for sign in code):
            self._note(FindingKind.TEXT_UNREADABLE, column)
        parts = parse_code(code)
        if parts is None:
            self._note(FindingKind.CODE_NOT_STANDARD, column)
        elif parts.day >= self._today:
            self._note(FindingKind.CODE_OF_TODAY, column)
        elif received is not None and parts.day != received.astimezone(VIET_NAM).date():
            self._note(FindingKind.CODE_DAY_DIFFERS, column)
        return code

    def _procedure(self, find_procedure: FindProcedure) -> tuple[str, str, str]:
        code = values.read_text(self._cell(FormerColumn.PROCEDURE_CODE))
        name, summary = self._text(FormerColumn.PROCEDURE_NAME), self._text(FormerColumn.SUMMARY)
        if not code and not name and not summary:
            self._note(FindingKind.PROCEDURE_MISSING, FormerColumn.PROCEDURE_NAME)
            return "", "", ""
        known = find_procedure(code, name or summary)
        if known is not None:
            return known.code, name or known.name, summary
        self._note(FindingKind.PROCEDURE_UNKNOWN, FormerColumn.PROCEDURE_CODE if code else FormerColumn.PROCEDURE_NAME)
        return code, name or summary, summary

    def _name(self) -> str:
        name = self._text(FormerColumn.APPLICANT_NAME)
        if not name:
            self._note(FindingKind.NAME_MISSING, FormerColumn.APPLICANT_NAME)
        if len(name) > LONGEST_NAME:
            self._note(FindingKind.NAME_TOO_LONG, FormerColumn.APPLICANT_NAME)
        return name

    def _state(self, returned_at: dt.datetime | None) -> DossierState | None:
        column = FormerColumn.STATE
        cell = self._cell(column)
        if not values.read_text(cell):
            self._note(FindingKind.STATE_MISSING, column)
            return DossierState.PROCESSING if returned_at is None else DossierState.RETURNED
        state = values.read_state(cell)
        if state is None:
            self._note(FindingKind.STATE_UNKNOWN, column)
        elif returned_at is not None and state is not DossierState.RETURNED:
            self._note(FindingKind.STATE_NOT_RETURNED, column)
        return state

    def _channel(self) -> Channel | None:
        cell = self._cell(FormerColumn.CHANNEL)
        channel = values.read_channel(cell) if values.read_text(cell) else Channel.COUNTER
        if channel is None:
            self._note(FindingKind.CHANNEL_UNKNOWN, FormerColumn.CHANNEL)
        return channel

    def _id_number(self, birth_date: dt.date | None) -> str | None:
        read = values.read_id_number(self._cell(FormerColumn.ID_NUMBER), birth_date, self._today)
        if read.digits_lost:
            self._note(FindingKind.ID_DIGITS_LOST, FormerColumn.ID_NUMBER)
        elif read.is_doubtful:
            self._note(FindingKind.ID_DOUBTFUL, FormerColumn.ID_NUMBER)
            self._left_over = f"số giấy tờ trong bảng cũ: {read.text}"
            return None
        elif read.zeros_restored:
            self._note(FindingKind.ID_ZERO_RESTORED, FormerColumn.ID_NUMBER)
        return read.text or None

    def _phone(self) -> str:
        read = values.read_phone(self._cell(FormerColumn.PHONE))
        if read.is_doubtful:
            self._note(FindingKind.PHONE_DOUBTFUL, FormerColumn.PHONE)
        elif read.zeros_restored:
            self._note(FindingKind.PHONE_ZERO_RESTORED, FormerColumn.PHONE)
        return read.text

    def _birth_date(self) -> dt.date | None:
        read = values.read_birth_date(self._cell(FormerColumn.BIRTH_DATE), self._today)
        if read.is_doubtful:
            self._note(FindingKind.BIRTH_DATE_DOUBTFUL, FormerColumn.BIRTH_DATE)
        return read.day

    def _text(self, column: FormerColumn) -> str:
        cell = self._cell(column)
        if isinstance(cell, str) and not cell.isascii():
            legacy = read_legacy(cell, self._columns.encoding)
            text = clean(legacy.text)
            is_unicode = legacy.encoding is Encoding.UNICODE
            if is_garbled(text) or (legacy.certainty is not Certainty.CERTAIN and not is_unicode):
                self._note(FindingKind.SUSPECT_TEXT, column)
            elif not is_unicode:
                self._note(FindingKind.TEXT_CONVERTED, column)
        else:
            text = values.read_text(cell)
        if _UNREADABLE in text:
            self._note(FindingKind.TEXT_UNREADABLE, column)
        return text

    def _cell(self, column: FormerColumn) -> Cell:
        return self._columns.cell(self._row, column)

    def _note(self, kind: FindingKind, column: FormerColumn) -> None:
        self.findings.append(Finding(self._row.number, self._columns.headers.get(column, ""), kind))
