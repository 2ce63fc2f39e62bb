# SPDX-License-Identifier: GPL-3.0-or-later
"""Give somebody who forgot her password another one."""

from __future__ import annotations

from casework.errors import KnownError
from casework.rights import Right
from localdb import audit, clerks, known_key_file
from localdb.key_slots import Argon2Cost
from localdb.open_key_file import DEFAULT_COST
from workstation.desk.password_rule import require_good_password
from workstation.desk.session import DeskSession


def reset_password(session: DeskSession, clerk_id: str, password: str, *, cost: Argon2Cost = DEFAULT_COST) -> None:
    """Give an active clerk a password to begin with; the one before opens nothing any more.

    The trail is written first: it rather names a reset that a power cut prevented than leaves one out.

    Raises:
        KnownError: ``not-allowed``; ``no-such-record``, ``no-such-clerk`` when she was revoked,
            ``password-too-short``; ``key-file-changed``, ``disk-full``, ``no-access``, ``disk-error``.
    """
    session.require(Right.MANAGE_CLERKS)
    require_good_password(password)
    now = session.clock()
    with session.store.transaction() as connection:
        clerk = clerks.get(connection, clerk_id)
        if clerk.revoked_at is not None:
            raise KnownError("no-such-clerk")
        audit.append(
            connection, at=now, actor_id=session.clerk.clerk_id, action="clerk.password-reset", subject_id=clerk_id
        )
    session.key_file.reset_password(clerk.login, clerk_id, password, now, cost=cost)
    with session.store.transaction() as connection:
        known_key_file.note(connection, session.key_file.revision)
