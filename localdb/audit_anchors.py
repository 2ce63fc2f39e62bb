# SPDX-License-Identifier: GPL-3.0-or-later
"""The anchors of the audit trail that this store made; the gateway keeps them too."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from casework.records.audit_anchor import AuditAnchor
from localdb import identity
from localdb.audit_check import KnownEntry
from localdb.connection import Connection
from localdb.moments import from_microseconds, to_microseconds


def add(connection: Connection, anchor: AuditAnchor) -> None:
    """Write an anchor; one a day, and never two of one entry."""
    connection.execute(
        """INSERT INTO audit_anchors (entry_number, entry_hash, day, made_at, device_id, signature)
            VALUES (?, ?, ?, ?, ?, ?)""",
        (
            anchor.entry_number,
            anchor.entry_hash,
            anchor.day.isoformat(),
            to_microseconds(anchor.made_at),
            anchor.device_id,
            anchor.signature,
        ),
    )


def everything(connection: Connection) -> list[AuditAnchor]:
    """Give all anchors, by entry."""
    rows = connection.rows(
        """SELECT device_id, entry_number, entry_hash, day, made_at, signature FROM audit_anchors
            ORDER BY entry_number"""
    )
    return [
        AuditAnchor(device_id, number, entry_hash, dt.date.fromisoformat(day), from_microseconds(made_at), signature)
        for device_id, number, entry_hash, day, made_at, signature in rows
    ]


def last_entry(connection: Connection) -> tuple[int, bytes] | None:
    """Give number and hash of the entry that an anchor made now would name, or None when there is no new one."""
    row = connection.row(
        """SELECT number, entry_hash FROM audit_entries
            WHERE number > (SELECT coalesce(max(entry_number), 0) FROM audit_anchors) ORDER BY number DESC LIMIT 1"""
    )
    return None if row is None else (int(row[0]), bytes(row[1]))


def has_day(connection: Connection, day: dt.date) -> bool:
    """Tell whether a day has its anchor."""
    return connection.row("SELECT 1 FROM audit_anchors WHERE day = ?", (day.isoformat(),)) is not None


def known_entries(connection: Connection, witnessed: Iterable[AuditAnchor] = ()) -> list[KnownEntry]:
    """Give what is to be compared with the trail: our own anchors, and what a witness kept of this store's devices."""
    now = connection.row("SELECT device_id FROM workstation")
    former = {device.device_id for device in identity.former_devices(connection)} - set(now or ())
    anchors = [*everything(connection), *(each for each in witnessed if identity.is_own(connection, each.device_id))]
    return sorted(
        {
            KnownEntry(anchor.entry_number, anchor.entry_hash, anchor.device_id, anchor.device_id in former)
            for anchor in anchors
        },
        key=lambda known: (known.number, known.device_id, known.entry_hash),
    )
