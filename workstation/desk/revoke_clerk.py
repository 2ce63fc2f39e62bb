# SPDX-License-Identifier: GPL-3.0-or-later
"""Let somebody work at this desk no longer."""

from __future__ import annotations

from casework.rights import Right
from localdb import audit, clerks, known_key_file, record_hash
from workstation.desk.clerk_operations import tell_revoked
from workstation.desk.session import DeskSession


def revoke_clerk(session: DeskSession, clerk_id: str) -> None:
    """Revoke a clerk: she cannot sign in, her password opens the key file no longer, and the other desks are told.

    The record comes first and the key slot goes after it. A slot that a power cut leaves lets nobody in, and is removed
    at the next sign-in. Her open drafts stay for ``take_over_drafts``. Who has a copy of the disk from before can
    still open that copy with her password; only ``rotate_keys`` parts what comes from what was.

    Raises:
        KnownError: ``not-allowed``; ``no-such-record``, ``no-such-clerk`` when she was revoked before,
            ``last-administrator``; ``escrow-key-needed`` (she is revoked and her slot gone, but the main key changes
            only once there is a new escrow key), ``key-file-changed``, ``disk-full``, ``no-access``, ``disk-error``.
    """
    session.require(Right.MANAGE_CLERKS)
    now = session.clock()
    with session.store.transaction() as connection:
        clerk = clerks.get(connection, clerk_id)
        clerks.revoke(connection, clerk_id, now)
        audit.append(
            connection,
            at=now,
            actor_id=session.clerk.clerk_id,
            action="clerk.revoked",
            subject_id=clerk_id,
            before_hash=record_hash.of(connection, clerk),
        )
        tell_revoked(session, connection, clerk, now)
    session.key_file.revoke_clerk(clerk.login)
    with session.store.transaction() as connection:
        known_key_file.note(connection, session.key_file.revision)
