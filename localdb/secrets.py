# SPDX-License-Identifier: GPL-3.0-or-later
"""Private keys that live inside the encrypted database, by name."""

from __future__ import annotations

from casework.errors import KnownError
from localdb.connection import Connection


def put(connection: Connection, name: str, value: bytes) -> None:
    """Write a secret, in the place of an earlier one of that name."""
    connection.execute(
        "INSERT INTO secrets VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", (name, value)
    )


def find(connection: Connection, name: str) -> bytes | None:
    """Give a secret, or None when there is none of that name."""
    row = connection.row("SELECT value FROM secrets WHERE name = ?", (name,))
    return None if row is None else bytes(row[0])


def get(connection: Connection, name: str) -> bytes:
    """Give a secret.

    Raises:
        KnownError: ``secret-missing``.
    """
    value = find(connection, name)
    if value is None:
        raise KnownError("secret-missing", name=name)
    return value
