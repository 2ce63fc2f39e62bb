# SPDX-License-Identifier: GPL-3.0-or-later
"""Papers of a dossier with the values read from them."""

from __future__ import annotations

from casework.errors import KnownError
from casework.records.paper import ExtractedField, Paper, PaperClass, PaperForm
from localdb.connection import Connection, Row, SqlValue

_SELECT = """SELECT paper_id, dossier_id, position, title, paper_class, confidence, form, page_count, requirement_id,
    object_id, signature_level, signature_digest, signed_by FROM papers """


def add(connection: Connection, paper: Paper) -> None:
    """Write a new paper; its dossier is begun or received, its object recorded."""
    connection.execute(
        """INSERT INTO papers (paper_id, dossier_id, position, title, paper_class, confidence, form, page_count,
            requirement_id, object_id, signature_level, signature_digest, signed_by)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (paper.paper_id, paper.dossier_id, *_values(paper)),
    )
    _add_fields(connection, paper)


def update(connection: Connection, paper: Paper) -> None:
    """Write a paper anew under the same identity.

    Raises:
        KnownError: ``no-such-record``.
    """
    changed = connection.execute(
        """UPDATE papers SET position = ?, title = ?, paper_class = ?, confidence = ?, form = ?, page_count = ?,
            requirement_id = ?, object_id = ?, signature_level = ?, signature_digest = ?, signed_by = ?
            WHERE paper_id = ? AND dossier_id = ?""",
        (*_values(paper), paper.paper_id, paper.dossier_id),
    )
    if not changed:
        raise KnownError("no-such-record", kind="paper", record_id=paper.paper_id)
    connection.execute("DELETE FROM extracted_fields WHERE paper_id = ?", (paper.paper_id,))
    _add_fields(connection, paper)


def remove(connection: Connection, paper_id: str) -> None:
    """Take a paper out, with its pages and the values read from it; its objects stay until they are forgotten."""
    connection.execute("DELETE FROM pages WHERE paper_id = ?", (paper_id,))
    connection.execute("DELETE FROM papers WHERE paper_id = ?", (paper_id,))


def get(connection: Connection, paper_id: str) -> Paper:
    """Give a paper.

    Raises:
        KnownError: ``no-such-record``.
    """
    row = connection.row(_SELECT + "WHERE paper_id = ?", (paper_id,))
    if row is None:
        raise KnownError("no-such-record", kind="paper", record_id=paper_id)
    return _paper(connection, row)


def of_dossier(connection: Connection, dossier_id: str) -> list[Paper]:
    """Give the papers of a dossier in their order."""
    rows = connection.rows(_SELECT + "WHERE dossier_id = ? ORDER BY position, paper_id", (dossier_id,))
    return [_paper(connection, row) for row in rows]


def _add_fields(connection: Connection, paper: Paper) -> None:
    connection.execute_many(
        "INSERT INTO extracted_fields (paper_id, position, name, value, confidence) VALUES (?, ?, ?, ?, ?)",
        [
            (paper.paper_id, position, field.name, field.value, field.confidence)
            for position, field in enumerate(paper.fields)
        ],
    )


def _values(paper: Paper) -> tuple[SqlValue, ...]:
    return (
        paper.position,
        paper.title,
        paper.paper_class,
        paper.confidence,
        paper.form,
        paper.page_count,
        paper.requirement_id,
        paper.object_id,
        paper.signature_level,
        paper.signature_digest,
        paper.signed_by,
    )


def _paper(connection: Connection, row: Row) -> Paper:
    fields = connection.rows(
        "SELECT name, value, confidence FROM extracted_fields WHERE paper_id = ? ORDER BY position", (row[0],)
    )
    return Paper(
        paper_id=row[0],
        dossier_id=row[1],
        position=row[2],
        title=row[3],
        paper_class=PaperClass(row[4]),
        confidence=row[5],
        form=PaperForm(row[6]),
        page_count=row[7],
        requirement_id=row[8],
        fields=tuple(ExtractedField(*field) for field in fields),
        object_id=row[9],
        signature_level=row[10],
        signature_digest=row[11],
        signed_by=row[12],
    )
