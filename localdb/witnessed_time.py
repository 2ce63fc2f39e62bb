# SPDX-License-Identifier: GPL-3.0-or-later
"""How long ago something was, as the audit trail has seen the days go by.

A clock that leaps ahead by two years must not make everything look old: whatever removes things by their age asks here.
Between two entries of the trail at most three days count, however far apart they say they are. A desk that was really
left alone for a month only waits a little longer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from localdb.connection import Connection
from localdb.moments import from_microseconds

LONGEST_GAP: Final = dt.timedelta(days=3)
_ENTRIES_AT_A_TIME: Final = 1000


def ago(connection: Connection, now: dt.datetime, length: dt.timedelta) -> dt.datetime:
    """Give the moment since which a length of time has been seen to go by; what is later is not that old.

    Args:
        connection: Where to read.
        now: Aware date and time.
        length: How long.

    Returns:
        ``now - length`` for a desk whose clock goes right and that is used every few days; else an earlier moment.
    """
    later, left = now, length
    for at in _moments(connection):
        seen = min(max(later - at, dt.timedelta()), LONGEST_GAP)
        if seen >= left:
            return at if later - at > LONGEST_GAP else later - left
        later, left = min(later, at), left - seen
    return later - left


def _moments(connection: Connection) -> Iterator[dt.datetime]:
    """Give the moments of all entries, the last one first."""
    number = 2**63 - 1
    while rows := connection.rows(
        "SELECT number, at FROM audit_entries WHERE number < ? ORDER BY number DESC LIMIT ?",
        (number, _ENTRIES_AT_A_TIME),
    ):
        yield from (from_microseconds(at) for _, at in rows)
        number = rows[-1][0]
