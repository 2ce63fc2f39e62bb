# SPDX-License-Identifier: GPL-3.0-or-later
"""Choose another password; the one before opens nothing any more."""

from __future__ import annotations

from casework.rights import Right
from localdb import audit, known_key_file
from localdb.key_slots import Argon2Cost
from localdb.open_key_file import DEFAULT_COST
from localdb.password_tries import PasswordTries
from workstation.desk.password_rule import require_good_password
from workstation.desk.session import DeskSession


def change_password(
    session: DeskSession, old_password: str, new_password: str, *, cost: Argon2Cost = DEFAULT_COST
) -> None:
    """Give the signed-in clerk another password; she proves herself with the old one.

    Raises:
        KnownError: ``not-allowed``; ``wrong-password``, ``too-many-tries`` (details ``seconds``),
            ``password-too-short``; ``key-file-changed``, ``disk-full``, ``no-access``, ``disk-error``.
    """
    session.require(Right.CHANGE_OWN_PASSWORD)
    require_good_password(new_password)
    now = session.clock()
    with PasswordTries(session.folder.password_tries, session.clock).one():
        session.key_file.change_password(session.clerk.login, old_password, new_password, now, cost=cost)
    with session.store.transaction() as connection:
        known_key_file.note(connection, session.key_file.revision)
        audit.append(
            connection,
            at=now,
            actor_id=session.clerk.clerk_id,
            action="clerk.password-changed",
            subject_id=session.clerk.clerk_id,
        )
