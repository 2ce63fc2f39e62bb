# SPDX-License-Identifier: GPL-3.0-or-later
"""The people who may sign in at this desk, and those who may no longer.

Who was revoked stays on record, because the trail and the dossiers name her. A login belongs to one active person.
"""

from __future__ import annotations

import datetime as dt

from casework.errors import KnownError
from casework.records.workplace import Clerk, Role
from localdb.connection import Connection
from localdb.moments import from_microseconds, to_microseconds


def add(connection: Connection, clerk: Clerk) -> None:
    """Write a new clerk.

    Raises:
        KnownError: ``login-taken`` when an active clerk signs in under that name.
    """
    if connection.row("SELECT 1 FROM clerks WHERE login = ? AND revoked_at IS NULL", (clerk.login,)):
        raise KnownError("login-taken")
    connection.execute(
        "INSERT INTO clerks (clerk_id, login, full_name) VALUES (?, ?, ?)",
        (clerk.clerk_id, clerk.login, clerk.full_name),
    )
    _write_roles(connection, clerk)


def change(connection: Connection, clerk: Clerk) -> None:
    """Write the name and the roles of an active clerk anew.

    Raises:
        KnownError: ``no-such-clerk`` when there is none or she was revoked; ``last-administrator`` when nobody would be
            left who may manage people and keys.
    """
    changed = connection.execute(
        "UPDATE clerks SET full_name = ? WHERE clerk_id = ? AND revoked_at IS NULL", (clerk.full_name, clerk.clerk_id)
    )
    if not changed:
        raise KnownError("no-such-clerk")
    connection.execute("DELETE FROM clerk_roles WHERE clerk_id = ?", (clerk.clerk_id,))
    _write_roles(connection, clerk)
    _require_administrator(connection)


def revoke(connection: Connection, clerk_id: str, at: dt.datetime) -> None:
    """Note that an active clerk may sign in no longer; her roles stay on record.

    Raises:
        KnownError: ``no-such-clerk``, ``last-administrator`` as :func:`change`.
    """
    changed = connection.execute(
        "UPDATE clerks SET revoked_at = ? WHERE clerk_id = ? AND revoked_at IS NULL", (to_microseconds(at), clerk_id)
    )
    if not changed:
        raise KnownError("no-such-clerk")
    _require_administrator(connection)


def get(connection: Connection, clerk_id: str) -> Clerk:
    """Give a clerk, active or not.

    Raises:
        KnownError: ``no-such-record``.
    """
    row = connection.row("SELECT login, full_name, revoked_at FROM clerks WHERE clerk_id = ?", (clerk_id,))
    if row is None:
        raise KnownError("no-such-record", kind="clerk", record_id=clerk_id)
    roles = connection.rows("SELECT role FROM clerk_roles WHERE clerk_id = ?", (clerk_id,))
    login, full_name, revoked_at = row
    return Clerk(
        clerk_id,
        login,
        full_name,
        frozenset(Role(role) for (role,) in roles),
        None if revoked_at is None else from_microseconds(revoked_at),
    )


def with_login(connection: Connection, login: str) -> Clerk:
    """Give the active clerk who signs in under this name.

    Raises:
        KnownError: ``no-such-clerk``.
    """
    row = connection.row("SELECT clerk_id FROM clerks WHERE login = ? AND revoked_at IS NULL", (login,))
    if row is None:
        raise KnownError("no-such-clerk")
    return get(connection, row[0])


def was_revoked(connection: Connection, login: str) -> bool:
    """Tell whether somebody who signed in under this name was revoked; somebody else may have it now."""
    return (
        connection.row("SELECT 1 FROM clerks WHERE login = ? AND revoked_at IS NOT NULL LIMIT 1", (login,)) is not None
    )


def everybody(connection: Connection) -> list[Clerk]:
    """Give all clerks: the active ones by login, then those who were revoked, last revoked first."""
    rows = connection.rows(
        "SELECT clerk_id FROM clerks ORDER BY revoked_at IS NOT NULL, revoked_at DESC, login, clerk_id"
    )
    return [get(connection, clerk_id) for (clerk_id,) in rows]


def active_logins(connection: Connection) -> frozenset[str]:
    """Give the names under which people may sign in."""
    return frozenset(login for (login,) in connection.rows("SELECT login FROM clerks WHERE revoked_at IS NULL"))


def _write_roles(connection: Connection, clerk: Clerk) -> None:
    connection.execute_many(
        "INSERT INTO clerk_roles VALUES (?, ?)", [(clerk.clerk_id, role) for role in sorted(clerk.roles)]
    )


def _require_administrator(connection: Connection) -> None:
    """See that somebody is left who may manage people and keys; the transaction of who is not is not committed."""
    left = connection.row(
        "SELECT 1 FROM clerks JOIN clerk_roles USING (clerk_id) WHERE role = ? AND revoked_at IS NULL", (Role.IT_ADMIN,)
    )
    if left is None:
        raise KnownError("last-administrator")
