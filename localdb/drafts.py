# SPDX-License-Identifier: GPL-3.0-or-later
"""Drafts: a dossier before its reception, a row for each field, so that a power cut costs at most the last second."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass

from casework.errors import KnownError
from localdb.connection import Connection
from localdb.moments import from_microseconds, to_microseconds


class DraftOutcome(enum.StrEnum):
    """How a draft ended."""

    RECEIVED = "received"
    ABANDONED = "abandoned"


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft that is open.

    Attributes:
        dossier_id: Identity of the dossier that it may become.
        clerk_id: Whose it is: who began it, or took it over.
        started_at: When, in UTC.
        changed_at: When a field was last written, in UTC.
    """

    dossier_id: str
    clerk_id: str
    started_at: dt.datetime
    changed_at: dt.datetime


def start(connection: Connection, dossier_id: str, clerk_id: str, at: dt.datetime) -> None:
    """Begin a draft."""
    moment = to_microseconds(at)
    connection.execute("INSERT INTO dossier_identities VALUES (?)", (dossier_id,))
    connection.execute(
        "INSERT INTO drafts (dossier_id, clerk_id, started_at, changed_at) VALUES (?, ?, ?, ?)",
        (dossier_id, clerk_id, moment, moment),
    )


def set_field(connection: Connection, dossier_id: str, field: str, value: str, at: dt.datetime) -> None:
    """Write one field of an open draft.

    Raises:
        KnownError: ``no-such-draft`` when it was never begun or is closed.
    """
    changed = connection.execute(
        "UPDATE drafts SET changed_at = ? WHERE dossier_id = ? AND closed_at IS NULL",
        (to_microseconds(at), dossier_id),
    )
    if not changed:
        raise KnownError("no-such-draft")
    connection.execute(
        """INSERT INTO draft_fields (dossier_id, field, value) VALUES (?, ?, ?)
            ON CONFLICT (dossier_id, field) DO UPDATE SET value = excluded.value""",
        (dossier_id, field, value),
    )


def fields(connection: Connection, dossier_id: str) -> dict[str, str]:
    """Give the fields of a draft by name."""
    return dict(connection.rows("SELECT field, value FROM draft_fields WHERE dossier_id = ?", (dossier_id,)))


def clerk_of(connection: Connection, dossier_id: str) -> str | None:
    """Give the ``clerk_id`` of whose a draft is, or was when it was closed; None when it was never begun."""
    row = connection.row("SELECT clerk_id FROM drafts WHERE dossier_id = ?", (dossier_id,))
    return None if row is None else str(row[0])


def open_drafts(connection: Connection, clerk_id: str) -> list[Draft]:
    """Give the open drafts of a clerk, last changed first."""
    rows = connection.rows(
        """SELECT dossier_id, clerk_id, started_at, changed_at FROM drafts
            WHERE clerk_id = ? AND closed_at IS NULL ORDER BY changed_at DESC, dossier_id DESC""",
        (clerk_id,),
    )
    return [
        Draft(dossier_id, clerk, from_microseconds(started_at), from_microseconds(changed_at))
        for dossier_id, clerk, started_at, changed_at in rows
    ]


def next_to_clear(connection: Connection, before: dt.datetime) -> str | None:
    """Give a draft that was abandoned before a moment and still has pages or papers, or None.

    One of which anything was told, which should never be, is not given.
    """
    row = connection.row(
        """SELECT dossier_id FROM drafts WHERE outcome = 'abandoned' AND closed_at <= ?
            AND (EXISTS (SELECT 1 FROM pages WHERE pages.dossier_id = drafts.dossier_id)
                OR EXISTS (SELECT 1 FROM papers WHERE papers.dossier_id = drafts.dossier_id))
            AND NOT EXISTS (SELECT 1 FROM operations WHERE operations.dossier_id = drafts.dossier_id)
            ORDER BY closed_at LIMIT 1""",
        (to_microseconds(before),),
    )
    return None if row is None else str(row[0])


def close(connection: Connection, dossier_id: str, at: dt.datetime, outcome: DraftOutcome) -> None:
    """End a draft; what was typed goes, because the dossier now holds it or nobody wanted it.

    Raises:
        KnownError: ``no-such-draft`` when it was never begun or is closed.
    """
    changed = connection.execute(
        "UPDATE drafts SET closed_at = ?, outcome = ? WHERE dossier_id = ? AND closed_at IS NULL",
        (to_microseconds(at), outcome, dossier_id),
    )
    if not changed:
        raise KnownError("no-such-draft")
    connection.execute("DELETE FROM draft_fields WHERE dossier_id = ?", (dossier_id,))


def hand_over(connection: Connection, clerk_id: str, to_clerk_id: str, at: dt.datetime) -> list[str]:
    """Make all open drafts of a clerk another one's; what was typed and scanned stays as it is.

    Returns:
        Their ``dossier_id``.
    """
    handed_over = [draft.dossier_id for draft in open_drafts(connection, clerk_id)]
    connection.execute(
        "UPDATE drafts SET clerk_id = ?, changed_at = ? WHERE clerk_id = ? AND closed_at IS NULL",
        (to_clerk_id, to_microseconds(at), clerk_id),
    )
    return handed_over
