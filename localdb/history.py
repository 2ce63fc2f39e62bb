# SPDX-License-Identifier: GPL-3.0-or-later
"""What happened to a dossier, line by line."""

from __future__ import annotations

from casework.records.dossier import HistoryAction, HistoryEntry
from localdb.connection import Connection
from localdb.moments import from_microseconds, to_microseconds


def add(connection: Connection, entry: HistoryEntry) -> None:
    """Write a line."""
    connection.execute(
        "INSERT INTO history (entry_id, dossier_id, at, actor_id, action, note) VALUES (?, ?, ?, ?, ?, ?)",
        (entry.entry_id, entry.dossier_id, to_microseconds(entry.at), entry.actor_id, entry.action, entry.note),
    )


def of_dossier(connection: Connection, dossier_id: str) -> list[HistoryEntry]:
    """Give the lines of a dossier, oldest first."""
    rows = connection.rows(
        """SELECT entry_id, dossier_id, at, actor_id, action, note FROM history WHERE dossier_id = ?
            ORDER BY at, entry_id""",
        (dossier_id,),
    )
    return [
        HistoryEntry(entry_id, dossier, from_microseconds(at), actor_id, HistoryAction(action), note)
        for entry_id, dossier, at, actor_id, action, note in rows
    ]
