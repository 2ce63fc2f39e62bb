# SPDX-License-Identifier: GPL-3.0-or-later
"""A dossier as a former system knew it, and what was found while its row was read."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass
from typing import Final

from casework.records.dossier import DossierState
from casework.records.procedure import Channel

FORMER_SYSTEM: Final = "former-system"
"""Stands in an imported dossier where nobody of ours can be named: who received it, under which catalogue."""

Cell = str | int | float | dt.datetime | dt.date | None
"""What a table holds in one place; None and blank text mean that nothing is there."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table.

    Attributes:
        number: As the program that made the table counts, from 1.
        cells: From the first column on; rows need not be equally long.
    """

    number: int
    cells: tuple[Cell, ...]


class FormerColumn(enum.StrEnum):
    """What a column tells of a dossier; the value is its name in a column file."""

    ORDER = "order"
    CODE = "code"
    PROCEDURE_CODE = "procedure-code"
    PROCEDURE_NAME = "procedure-name"
    SUMMARY = "summary"
    STATE = "state"
    CHANNEL = "channel"
    SETS = "sets"
    APPLICANT_NAME = "applicant-name"
    ID_NUMBER = "id-number"
    BIRTH_DATE = "birth-date"
    ADDRESS = "address"
    PHONE = "phone"
    RECEIVED_AT = "received-at"
    DUE_AT = "due-at"
    RETURNED_AT = "returned-at"
    RETURNED_TO = "returned-to"
    CLERK_NAME = "clerk-name"
    AREA = "area"
    NOTE = "note"


class FindingKind(enum.StrEnum):
    """What was found in a row; the sentence for the clerk is in ``casework.former.findings``."""

    CODE_MISSING = "code-missing"
    CODE_DAMAGED = "code-damaged"
    CODE_TOO_LONG = "code-too-long"
    CODE_TWICE = "code-twice"
    CODE_OF_TODAY = "code-of-today"
    NAME_MISSING = "name-missing"
    NAME_TOO_LONG = "name-too-long"
    RECEIVED_MISSING = "received-missing"
    RECEIVED_IN_FUTURE = "received-in-future"
    DUE_MISSING = "due-missing"
    DUE_BEFORE_RECEPTION = "due-before-reception"
    DATE_UNREADABLE = "date-unreadable"
    STATE_UNKNOWN = "state-unknown"
    SETS_UNREADABLE = "sets-unreadable"
    CHANNEL_UNKNOWN = "channel-unknown"
    TEXT_UNREADABLE = "text-unreadable"
    PERSON_DIFFERS = "person-differs"
    CODE_NOT_STANDARD = "code-not-standard"
    CODE_DAY_DIFFERS = "code-day-differs"
    CODE_WAS_NUMBER = "code-was-number"
    STATE_MISSING = "state-missing"
    STATE_NOT_RETURNED = "state-not-returned"
    RETURNED_BEFORE_RECEPTION = "returned-before-reception"
    RETURNED_IN_FUTURE = "returned-in-future"
    DAY_WITHOUT_TIME = "day-without-time"
    ID_ZERO_RESTORED = "id-zero-restored"
    ID_DIGITS_LOST = "id-digits-lost"
    ID_DOUBTFUL = "id-doubtful"
    BIRTH_DATE_DOUBTFUL = "birth-date-doubtful"
    PHONE_ZERO_RESTORED = "phone-zero-restored"
    PHONE_DOUBTFUL = "phone-doubtful"
    ADDRESS_MISSING = "address-missing"
    PROCEDURE_MISSING = "procedure-missing"
    PROCEDURE_UNKNOWN = "procedure-unknown"
    TEXT_CONVERTED = "text-converted"
    SUSPECT_TEXT = "suspect-text"


ERRORS: Final = frozenset(
    {
        FindingKind.CODE_MISSING,
        FindingKind.CODE_DAMAGED,
        FindingKind.CODE_TOO_LONG,
        FindingKind.CODE_TWICE,
        FindingKind.CODE_OF_TODAY,
        FindingKind.NAME_MISSING,
        FindingKind.NAME_TOO_LONG,
        FindingKind.RECEIVED_MISSING,
        FindingKind.RECEIVED_IN_FUTURE,
        FindingKind.DUE_MISSING,
        FindingKind.DUE_BEFORE_RECEPTION,
        FindingKind.DATE_UNREADABLE,
        FindingKind.STATE_UNKNOWN,
        FindingKind.SETS_UNREADABLE,
        FindingKind.CHANNEL_UNKNOWN,
        FindingKind.TEXT_UNREADABLE,
        FindingKind.PERSON_DIFFERS,
    }
)
"""Kinds that keep a row out; every other kind is a warning, which a person should look at."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about one row.

    Attributes:
        row: Number of the row in the table, from 1.
        column: Header of the column as the table writes it; empty when it concerns the row or a missing column.
        kind: What was found.
        other_row: The other row that it is about, or None.
    """

    row: int
    column: str
    kind: FindingKind
    other_row: int | None = None

    @property
    def is_error(self) -> bool:
        """Whether the row is kept out because of it."""
        return self.kind in ERRORS


@dataclass(frozen=True, slots=True)
class FormerDossier:
    """A dossier of a former system, as far as its table tells.

    Attributes:
        row: Number of its row in the table.
        code: The former system's code, sign for sign; never renumbered.
        procedure_code: As written, or of the catalogue's procedure of exactly that name; empty when not known.
        procedure_name: As written, or of the catalogue; the summary when the table names no procedure.
        summary: Trích yếu; empty when the table has none.
        state: Where the work stood.
        channel: How it came in; the counter when the table does not say.
        sets: Number of sets, at least 1.
        applicant_name: Chủ hồ sơ.
        id_number: 9 or 12 digits, or another document's number; None when none is known for certain.
        birth_date: None when not known.
        address: As written; may be empty.
        phone: Digits as dialled, or as written when they are none; may be empty.
        received_at: Aware.
        due_at: Aware; not before ``received_at``.
        returned_at: Aware, or None.
        returned_to: Who took the result; may be empty.
        clerk_name: Who received it there; may be empty.
        area: Địa bàn, as written; may be empty.
        note: Other words of the table; may be empty.
    """

    row: int
    code: str
    procedure_code: str
    procedure_name: str
    summary: str
    state: DossierState
    channel: Channel
    sets: int
    applicant_name: str
    id_number: str | None
    birth_date: dt.date | None
    address: str
    phone: str
    received_at: dt.datetime
    due_at: dt.datetime
    returned_at: dt.datetime | None
    returned_to: str
    clerk_name: str
    area: str
    note: str
