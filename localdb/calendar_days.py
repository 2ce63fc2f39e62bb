# SPDX-License-Identifier: GPL-3.0-or-later
"""Days off and make-up days that were decided after the shipped calendar, or for this place alone."""

from __future__ import annotations

import datetime as dt

from casework.records.rules_in_force import CalendarDay
from localdb.connection import Connection
from localdb.moments import to_microseconds


def put(connection: Connection, day: CalendarDay, at: dt.datetime) -> None:
    """Write what was decided about a day, in the place of an earlier decision."""
    connection.execute(
        """INSERT INTO calendar_days (day, is_working, name, legal_basis, recorded_at) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (day) DO UPDATE SET is_working = excluded.is_working, name = excluded.name,
                legal_basis = excluded.legal_basis, recorded_at = excluded.recorded_at""",
        (day.day.isoformat(), day.is_working, day.name, day.legal_basis, to_microseconds(at)),
    )


def remove(connection: Connection, day: dt.date) -> bool:
    """Take a decision back; the shipped calendar holds again.

    Returns:
        Whether there was one.
    """
    return connection.execute("DELETE FROM calendar_days WHERE day = ?", (day.isoformat(),)) == 1


def decided(connection: Connection) -> list[CalendarDay]:
    """Give the days that were decided upon, in order."""
    rows = connection.rows("SELECT day, is_working, name, legal_basis FROM calendar_days ORDER BY day")
    return [
        CalendarDay(dt.date.fromisoformat(day), bool(is_working), name, legal_basis)
        for day, is_working, name, legal_basis in rows
    ]
