# SPDX-License-Identifier: GPL-3.0-or-later
"""The people who may sign in at this desk."""

from __future__ import annotations

from casework.errors import KnownError
from casework.records.workplace import Clerk, Role
from localdb.connection import Connection


def add(connection: Connection, clerk: Clerk) -> None:
    """Write a new clerk."""
    connection.execute("INSERT INTO clerks (clerk_id, login, full_name) VALUES (?, ?, ?)", (clerk.clerk_id, clerk.login, clerk.full_name))
    connection.execute_many(
        "INSERT INTO clerk_roles VALUES (?, ?)", [(clerk.clerk_id, role) for role in sorted(clerk.roles)]
    )


def get(connection: Connection, clerk_id: str) -> Clerk:
    """Give a clerk.

    Raises:
        KnownError: ``no-such-record``.
    """
    row = connection.row("SELECT login, full_name FROM clerks WHERE clerk_id = ?", (clerk_id,))
    if row is None:
        raise KnownError("no-such-record", kind="clerk", record_id=clerk_id)
    roles = connection.rows("SELECT role FROM clerk_roles WHERE clerk_id = ?", (clerk_id,))
    login, full_name = row
    return Clerk(clerk_id, login, full_name, frozenset(Role(role) for (role,) in roles))


def with_login(connection: Connection, login: str) -> Clerk:
    """Give the clerk who signs in under this name.

    Raises:
        KnownError: ``no-such-clerk``.
    """
    row = connection.row("SELECT clerk_id FROM clerks WHERE login = ? AND revoked_at IS NULL", (login,))
    if row is None:
        raise KnownError("no-such-clerk")
    return get(connection, row[0])
