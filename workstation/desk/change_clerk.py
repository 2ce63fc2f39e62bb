# SPDX-License-Identifier: GPL-3.0-or-later
"""Give a clerk other roles, or another name."""

from __future__ import annotations

import dataclasses

from casework.errors import KnownError
from casework.records.workplace import Clerk, Role
from casework.rights import Right
from casework.text import clean
from localdb import audit, clerks, record_hash
from workstation.desk.clerk_operations import tell_recorded
from workstation.desk.session import DeskSession


def change_roles(session: DeskSession, clerk_id: str, roles: frozenset[Role]) -> Clerk:
    """Give a clerk other roles; they count from her next sign-in on.

    Raises:
        KnownError: ``not-allowed``; ``no-such-clerk``, ``role-missing``, ``last-administrator``; ``disk-full``.
    """
    session.require(Right.MANAGE_CLERKS)
    if not roles:
        raise KnownError("role-missing")
    return _change(session, clerk_id, "clerk.roles-changed", roles=roles)


def rename_clerk(session: DeskSession, clerk_id: str, full_name: str) -> Clerk:
    """Give a clerk another name, as printed from now on; her sign-in name stays.

    Raises:
        KnownError: ``not-allowed``; ``no-such-clerk``, ``name-missing``; ``disk-full``.
    """
    session.require(Right.MANAGE_CLERKS)
    name = clean(full_name)
    if not name:
        raise KnownError("name-missing")
    return _change(session, clerk_id, "clerk.renamed", full_name=name)


def _change(
    session: DeskSession,
    clerk_id: str,
    action: str,
    *,
    full_name: str | None = None,
    roles: frozenset[Role] | None = None,
) -> Clerk:
    now = session.clock()
    with session.store.transaction() as connection:
        before = clerks.get(connection, clerk_id)
        changed = dataclasses.replace(
            before,
            full_name=before.full_name if full_name is None else full_name,
            roles=before.roles if roles is None else roles,
        )
        if changed == before:
            return before
        clerks.change(connection, changed)
        audit.append(
            connection,
            at=now,
            actor_id=session.clerk.clerk_id,
            action=action,
            subject_id=clerk_id,
            before_hash=record_hash.of(connection, before),
            after_hash=record_hash.of(connection, changed),
        )
        tell_recorded(session, connection, changed, now)
    return changed
