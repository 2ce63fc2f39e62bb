# SPDX-License-Identifier: GPL-3.0-or-later
"""How far the gateway's feed has been applied."""

from __future__ import annotations

from casework.errors import BugError
from localdb.connection import Connection


def cursor(connection: Connection) -> int:
    """Give the feed position up to which everything has been applied; 0 at first."""
    return int(connection.rows("SELECT cursor FROM sync_state")[0][0])


def advance(connection: Connection, expected: int, new: int) -> bool:
    """Move the cursor, in the transaction of what the reply says, if it stands where the reply begins.

    Returns:
        False, and nothing has moved, when the cursor stands elsewhere: the reply is old or ahead and must not be
        applied.

    Raises:
        BugError: When the cursor would go back.
    """
    if new < expected:
        raise BugError("the cursor would go back")
    return connection.execute("UPDATE sync_state SET cursor = ? WHERE cursor = ?", (new, expected)) == 1


def epoch(connection: Connection) -> str:
    """Give the epoch of the gateway's database as last seen; empty before the first reply."""
    return str(connection.rows("SELECT epoch FROM sync_state")[0][0])


def start_epoch(connection: Connection, value: str) -> None:
    """Begin at the beginning of a new life of the gateway's database, in the transaction of its first reply."""
    connection.execute("UPDATE sync_state SET epoch = ?, cursor = 0", (value,))
