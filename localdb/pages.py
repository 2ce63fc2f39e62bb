# SPDX-License-Identifier: GPL-3.0-or-later
"""Scanned pages of a dossier, from the moment they arrive."""

from __future__ import annotations

from collections.abc import Iterable

from casework.errors import KnownError
from casework.records.paper import Page
from localdb.connection import Connection, Row

_SELECT = """SELECT page_id, dossier_id, position, object_id, width_px, height_px, resolution_dpi, rotation_degrees,
    is_blank, text, confidence, thumbnail, paper_id, steps, advice FROM pages """


def add(connection: Connection, page: Page) -> None:
    """Write a page that has arrived; its dossier is begun or received, its object recorded."""
    connection.execute(
        """INSERT INTO pages (page_id, dossier_id, position, object_id, width_px, height_px, resolution_dpi,
            rotation_degrees, is_blank, text, confidence, thumbnail, paper_id, steps, advice)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            page.page_id,
            page.dossier_id,
            page.position,
            page.object_id,
            page.width_px,
            page.height_px,
            page.resolution_dpi,
            page.rotation_degrees,
            page.is_blank,
            page.text,
            page.confidence,
            page.thumbnail,
            page.paper_id,
            page.steps or None,
            " ".join(page.advice) or None,
        ),
    )


def next_position(connection: Connection, dossier_id: str) -> int:
    """Give the position of the next page of a dossier."""
    row = connection.row("SELECT coalesce(max(position) + 1, 0) FROM pages WHERE dossier_id = ?", (dossier_id,))
    return int(row[0]) if row else 0


def of_dossier(connection: Connection, dossier_id: str) -> list[Page]:
    """Give the pages of a dossier in the order of their arrival."""
    rows = connection.rows(_SELECT + "WHERE dossier_id = ? ORDER BY position", (dossier_id,))
    return [_page(row) for row in rows]


def of_paper(connection: Connection, paper_id: str) -> list[Page]:
    """Give the pages of a paper in the order of their arrival."""
    rows = connection.rows(_SELECT + "WHERE paper_id = ? ORDER BY position", (paper_id,))
    return [_page(row) for row in rows]


def get(connection: Connection, page_id: str) -> Page:
    """Give a page.

    Raises:
        KnownError: ``no-such-record``.
    """
    row = connection.row(_SELECT + "WHERE page_id = ?", (page_id,))
    if row is None:
        raise KnownError("no-such-record", kind="page", record_id=page_id)
    return _page(row)


def remove(connection: Connection, page_id: str) -> None:
    """Take a page out; its object stays until it is forgotten."""
    connection.execute("DELETE FROM pages WHERE page_id = ?", (page_id,))


def update_reading(connection: Connection, page: Page) -> None:
    """Write what reading a page gave: rotation, blank flag, text, confidence, thumbnail, steps, advice and paper.

    Raises:
        KnownError: ``no-such-record``.
    """
    changed = connection.execute(
        """UPDATE pages SET rotation_degrees = ?, is_blank = ?, text = ?, confidence = ?, thumbnail = ?, paper_id = ?,
            steps = ?, advice = ? WHERE page_id = ?""",
        (
            page.rotation_degrees,
            page.is_blank,
            page.text,
            page.confidence,
            page.thumbnail,
            page.paper_id,
            page.steps or None,
            " ".join(page.advice) or None,
            page.page_id,
        ),
    )
    if not changed:
        raise KnownError("no-such-record", kind="page", record_id=page.page_id)


def update_picture(connection: Connection, page: Page) -> None:
    """Write which picture a page has: object, size and resolution; the object is recorded.

    Raises:
        KnownError: ``no-such-record``.
    """
    changed = connection.execute(
        "UPDATE pages SET object_id = ?, width_px = ?, height_px = ?, resolution_dpi = ? WHERE page_id = ?",
        (page.object_id, page.width_px, page.height_px, page.resolution_dpi, page.page_id),
    )
    if not changed:
        raise KnownError("no-such-record", kind="page", record_id=page.page_id)


def assign(connection: Connection, page_ids: Iterable[str], paper_id: str | None) -> None:
    """Say which paper some pages belong to; None takes them out of any paper."""
    connection.execute_many(
        "UPDATE pages SET paper_id = ? WHERE page_id = ?", [(paper_id, page_id) for page_id in page_ids]
    )


def _page(row: Row) -> Page:
    return Page(
        page_id=row[0],
        dossier_id=row[1],
        position=row[2],
        object_id=row[3],
        width_px=row[4],
        height_px=row[5],
        resolution_dpi=row[6],
        rotation_degrees=row[7],
        is_blank=bool(row[8]),
        text=row[9],
        confidence=row[10],
        thumbnail=row[11],
        paper_id=row[12],
        steps=row[13] or "",
        advice=tuple((row[14] or "").split()),
    )
