# SPDX-License-Identifier: GPL-3.0-or-later
"""What a received dossier holds that can be looked for, and which dossiers changed since the index was written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from localdb.connection import Connection, Row
from localdb.search_words import RecordWords, name_words, tokens

_SELECT = """SELECT dossiers.dossier_id, received_at, code, portal_code, procedure_code, procedure_name,
        applicant.full_name, applicant.id_number, applicant.former_id_number, applicant.phone,
        submitter.full_name, submitter.id_number, submitter.former_id_number, submitter.phone
    FROM dossiers
    JOIN persons AS applicant ON applicant.person_id = applicant_id
    JOIN persons AS submitter ON submitter.person_id = submitter_id
    WHERE dossiers.dossier_id = ?"""


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """What can be looked for in a dossier.

    Attributes:
        dossier_id: The dossier.
        received_at: Microseconds since 1970 in UTC.
        codes: Ours, the portal's and the procedure's.
        names: Of applicant and submitter.
        numbers: Their identification numbers, present and former.
        phones: Their telephone numbers.
        procedure_name: Name of the procedure.
        pages: Texts of its pages in the order of their arrival.
    """

    dossier_id: str
    received_at: int
    codes: tuple[str, ...]
    names: tuple[str, ...]
    numbers: tuple[str, ...]
    phones: tuple[str, ...]
    procedure_name: str
    pages: tuple[str, ...]

    @property
    def record(self) -> RecordWords:
        """Everything but the pages."""
        return RecordWords((*self.codes, *self.numbers, *self.phones), self.names, (self.procedure_name,))

    @property
    def tokens(self) -> set[str]:
        """Every token; see ``localdb.search_words``."""
        return tokens(self.record, self.pages)

    @property
    def name_words(self) -> set[str]:
        """The words of the names, without accents."""
        return name_words(self.record)


@dataclass(frozen=True, slots=True)
class Change:
    """A dossier that must be read again.

    Attributes:
        number: Place in the order of changes, from 1.
        dossier_id: The dossier; it may be gone, or be a draft.
    """

    number: int
    dossier_id: str


def read(connection: Connection, dossier_id: str, *, with_pages: bool = True) -> SearchDocument | None:
    """Give what can be looked for in a dossier, or None when it is not received."""
    row = connection.row(_SELECT, (dossier_id,))
    if row is None:
        return None
    pages: list[Row] = []
    if with_pages:
        pages = connection.rows("SELECT text FROM pages WHERE dossier_id = ? ORDER BY position", (dossier_id,))
    return SearchDocument(
        dossier_id=dossier_id,
        received_at=row[1],
        codes=_present(row[2], row[3], row[4]),
        procedure_name=row[5],
        names=_present(row[6], row[10]),
        numbers=_present(row[7], row[8], row[11], row[12]),
        phones=_present(row[9], row[13]),
        pages=tuple(text for (text,) in pages if text),
    )


def changes_after(connection: Connection, number: int, limit: int) -> list[Change]:
    """Give the oldest changes after a number, in their order."""
    rows = connection.rows(
        "SELECT number, dossier_id FROM search_changes WHERE number > ? ORDER BY number LIMIT ?", (number, limit)
    )
    return [Change(*row) for row in rows]


def changed_last(connection: Connection, number: int, limit: int) -> list[str]:
    """Give the dossiers that changed after a number, last changed first, each once."""
    rows = connection.rows(
        "SELECT dossier_id FROM search_changes WHERE number > ? ORDER BY number DESC LIMIT ?", (number, 4 * limit)
    )
    return list(dict.fromkeys(dossier_id for (dossier_id,) in rows))[:limit]


def last_change(connection: Connection) -> int:
    """Give the number of the last change; 0 when there was none."""
    return int(connection.rows("SELECT coalesce(max(number), 0) FROM search_changes")[0][0])


def mark_of(connection: Connection, number: int) -> bytes | None:
    """Give the mark of a change, or None when this database does not know it."""
    if number == 0:
        return b""
    row = connection.row("SELECT mark FROM search_changes WHERE number = ?", (number,))
    return None if row is None else bytes(row[0])


def forget_before(connection: Connection, number: int, limit: int) -> int:
    """Remove the oldest changes before a number; give how many."""
    return connection.execute(
        """DELETE FROM search_changes WHERE number IN
            (SELECT number FROM search_changes WHERE number < ? ORDER BY number LIMIT ?)""",
        (number, limit),
    )


def received_last(connection: Connection, limit: int, before: tuple[int, str] | None = None) -> list[tuple[int, str]]:
    """Give the moments and names of the dossiers received last, newest first.

    Args:
        connection: Where to read.
        limit: At most so many.
        before: Only those received before this one.
    """
    condition: str = "" if before is None else "WHERE (received_at, dossier_id) < (?, ?)"
    parameters: Sequence[int | str] = () if before is None else before
    rows = connection.rows(
        f"SELECT received_at, dossier_id FROM dossiers {condition} ORDER BY received_at DESC, dossier_id DESC LIMIT ?",  # noqa: S608
        (*parameters, limit),
    )
    return [(received_at, dossier_id) for received_at, dossier_id in rows]


def _present(*texts: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))
