# SPDX-License-Identifier: GPL-3.0-or-later
"""How long ago something was, as the audit trail has seen the days go by.

A clock that leaps ahead by two years must not make everything look old: whatever removes things by their age asks here.
Between two entries of the trail at most three days count, however far apart they say they are. A desk that was really
left alone for a month only waits a little longer.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from localdb.connection import Connection
from localdb.moments import from_microseconds

LONGEST_GAP: Final = dt.timedelta(days=3)
_STRIDE: Final = 50
"""Entries between two looks: a busy desk writes several hundred a day."""


def ago(connection: Connection, now: dt.datetime, length: dt.timedelta) -> dt.datetime:
    """Give the moment since which a length of time has been seen to go by; what is later is not that old.

    Args:
        connection: Where to read.
        now: Aware date and time.
        length: How long.

    Returns:
        ``now - length`` for a desk whose clock goes right and that is used every few days; else an earlier moment.
    """
    row = connection.row("SELECT max(number) FROM audit_entries")
    number = int(row[0] or 0) + 1 if row else 1
    later, left, stride = now, length, _STRIDE
    while number > 1:
        at = min(later, _at(connection, max(1, number - stride)) or later)
        if later - at > LONGEST_GAP and stride > 1:
            stride = 1  # something may have happened in between
            continue
        seen = min(later - at, LONGEST_GAP)
        if seen >= left:
            return at if later - at > LONGEST_GAP else later - left
        later, left, number, stride = at, left - seen, max(1, number - stride), _STRIDE
    return later - left


def _at(connection: Connection, number: int) -> dt.datetime | None:
    row = connection.row("SELECT at FROM audit_entries WHERE number = ?", (number,))
    return None if row is None else from_microseconds(row[0])
