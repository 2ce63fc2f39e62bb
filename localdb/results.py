# SPDX-License-Identifier: GPL-3.0-or-later
"""Results that were issued on dossiers, and to whom they were handed."""

from __future__ import annotations

import datetime as dt

from casework.errors import KnownError
from casework.records.result import Result
from localdb.connection import Connection, Row
from localdb.moments import from_date_text, from_microseconds, to_date_text, to_microseconds

_SELECT = """SELECT result_id, dossier_id, kind_code, title, document_number, issued_on, issued_by, object_id,
    signature_level, signature_digest, signed_by, returned_at, returned_to FROM results """


def add(connection: Connection, result: Result) -> None:
    """Write a result that was issued; its dossier is received, its object recorded."""
    connection.execute(
        """INSERT INTO results (result_id, dossier_id, kind_code, title, document_number, issued_on, issued_by,
            object_id, signature_level, signature_digest, signed_by, returned_at, returned_to)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            result.result_id,
            result.dossier_id,
            result.kind_code,
            result.title,
            result.document_number,
            to_date_text(result.issued_on),
            result.issued_by,
            result.object_id,
            result.signature_level,
            result.signature_digest,
            result.signed_by,
            None if result.returned_at is None else to_microseconds(result.returned_at),
            result.returned_to,
        ),
    )


def note_return(connection: Connection, result_id: str, person_id: str, at: dt.datetime) -> None:
    """Note that a result was handed over; the first time stands.

    Raises:
        KnownError: ``no-such-record``; ``result-returned`` when it was handed over before.
    """
    get(connection, result_id)
    changed = connection.execute(
        "UPDATE results SET returned_at = ?, returned_to = ? WHERE result_id = ? AND returned_at IS NULL",
        (to_microseconds(at), person_id, result_id),
    )
    if not changed:
        raise KnownError("result-returned")


def get(connection: Connection, result_id: str) -> Result:
    """Give a result.

    Raises:
        KnownError: ``no-such-record``.
    """
    row = connection.row(_SELECT + "WHERE result_id = ?", (result_id,))
    if row is None:
        raise KnownError("no-such-record", kind="result", record_id=result_id)
    return _result(row)


def of_dossier(connection: Connection, dossier_id: str) -> list[Result]:
    """Give the results of a dossier, in the order in which they were recorded."""
    return [_result(row) for row in connection.rows(_SELECT + "WHERE dossier_id = ? ORDER BY result_id", (dossier_id,))]


def _result(row: Row) -> Result:
    return Result(
        result_id=row[0],
        dossier_id=row[1],
        kind_code=row[2],
        title=row[3],
        document_number=row[4],
        issued_on=from_date_text(row[5]),
        issued_by=row[6],
        object_id=row[7],
        signature_level=row[8],
        signature_digest=row[9],
        signed_by=row[10],
        returned_at=None if row[11] is None else from_microseconds(row[11]),
        returned_to=row[12],
    )
