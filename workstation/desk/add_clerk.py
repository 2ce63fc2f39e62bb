# SPDX-License-Identifier: GPL-3.0-or-later
"""Let somebody work at this desk: a key slot for her password, and her name and roles on record."""

from __future__ import annotations

from dataclasses import dataclass, field

from casework.errors import KnownError
from casework.records.workplace import Clerk, Role
from casework.rights import Right
from casework.text import clean
from localdb import audit, clerks, known_key_file, record_hash
from localdb.key_slots import Argon2Cost
from localdb.open_key_file import DEFAULT_COST
from workstation.desk.clerk_operations import tell_recorded
from workstation.desk.password_rule import require_good_password
from workstation.desk.session import DeskSession


@dataclass(frozen=True, slots=True)
class NewClerk:
    """Somebody who is about to work at the desk.

    Attributes:
        login: Sign-in name; kept in lower case.
        full_name: As printed on receipts.
        roles: At least one.
        password: To begin with; she changes it herself.
    """

    login: str
    full_name: str
    roles: frozenset[Role]
    password: str = field(repr=False)


def add_clerk(session: DeskSession, new: NewClerk, *, cost: Argon2Cost = DEFAULT_COST) -> Clerk:
    """Add a clerk; she can sign in at once.

    The key slot is written before the record. A slot that a power cut leaves without a record lets nobody in, and is
    removed at the next sign-in.

    Raises:
        KnownError: ``not-allowed``; ``login-taken``, ``name-missing``, ``role-missing``, ``password-too-short``;
            ``key-file-changed``, ``disk-full``, ``no-access``, ``disk-error``.
    """
    session.require(Right.MANAGE_CLERKS)
    clerk = Clerk(session.new_identifier(), clean(new.login).lower(), clean(new.full_name), new.roles)
    if not clerk.login or not clerk.full_name:
        raise KnownError("name-missing")
    if not clerk.roles:
        raise KnownError("role-missing")
    require_good_password(new.password)
    with session.store.reading() as connection:
        if clerk.login in clerks.active_logins(connection):
            raise KnownError("login-taken")
    now = session.clock()
    session.key_file.reset_password(clerk.login, clerk.clerk_id, new.password, now, cost=cost)
    with session.store.transaction() as connection:
        known_key_file.note(connection, session.key_file.revision)
        clerks.add(connection, clerk)
        audit.append(
            connection,
            at=now,
            actor_id=session.clerk.clerk_id,
            action="clerk.added",
            subject_id=clerk.clerk_id,
            after_hash=record_hash.of(connection, clerk),
        )
        tell_recorded(session, connection, clerk, now)
    return clerk
