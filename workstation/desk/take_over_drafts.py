# SPDX-License-Identifier: GPL-3.0-or-later
"""Give the open drafts of a clerk to another one: who has left, or is ill, leaves no citizen's papers behind."""

from __future__ import annotations

from casework.errors import KnownError
from casework.rights import Right, may
from localdb import audit, clerks, drafts
from workstation.desk.change_set import ChangeSet
from workstation.desk.session import DeskSession


def take_over_drafts(session: DeskSession, clerk_id: str, to_clerk_id: str) -> ChangeSet:
    """Make every open draft of a clerk, active or revoked, another one's; nothing that was typed or scanned changes.

    Args:
        session: The desk.
        clerk_id: Whose they are.
        to_clerk_id: Who shall finish them: an active clerk who may receive.

    Raises:
        KnownError: ``not-allowed``; ``no-such-record`` for somebody who was never here; ``no-such-clerk`` when the
            new one was revoked; ``clerk-cannot-receive``; ``disk-full``.
    """
    session.require(Right.TAKE_OVER_DRAFTS)
    now = session.clock()
    with session.store.transaction() as connection:
        clerks.get(connection, clerk_id)
        successor = clerks.get(connection, to_clerk_id)
        if successor.revoked_at is not None:
            raise KnownError("no-such-clerk")
        if not may(successor, Right.RECEIVE):
            raise KnownError("clerk-cannot-receive")
        taken = drafts.hand_over(connection, clerk_id, to_clerk_id, now)
        for dossier_id in taken:
            audit.append(
                connection,
                at=now,
                actor_id=session.clerk.clerk_id,
                action="draft.handed-over",
                subject_id=dossier_id,
                before_hash=clerk_id,
                after_hash=to_clerk_id,
            )
    return ChangeSet(drafts=frozenset(taken))
