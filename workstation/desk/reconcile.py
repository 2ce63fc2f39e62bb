# SPDX-License-Identifier: GPL-3.0-or-later
"""The desk's part of reconciling: seal what is new, apply what came back, tell how it stands.

Nothing here waits for a network; carrying is the courier's work.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from casework.rights import Right
from localdb import outbox
from sync_agent.courier_contact import courier_status, start_courier, sync_now
from sync_agent.status import CourierState, CourierStatus
from workstation.desk.change_set import ChangeSet
from workstation.desk.fetch_object import take_in_fetched
from workstation.desk.session import DeskSession

__all__ = ["CourierState", "SyncGlance", "glance", "reconcile", "start_courier", "sync_now"]


@dataclass(frozen=True, slots=True)
class SyncGlance:
    """What the status bar tells.

    Attributes:
        courier: How the courier is doing.
        unsent: Operations that the gateway has not acknowledged.
        oldest_unsent_at: When the oldest of them was made, or None.
        rejected: Operations that the gateway refused; a person must look.
    """

    courier: CourierStatus
    unsent: int
    oldest_unsent_at: dt.datetime | None
    rejected: int

    @property
    def is_online(self) -> bool:
        """Whether the gateway answered at the last exchange."""
        return self.courier.state is CourierState.ONLINE


def reconcile(session: DeskSession) -> ChangeSet:
    """Seal new operations into the spool, apply replies from the inbox, take in what was fetched back.

    Raises:
        KnownError: ``disk-full``, ``no-access``, ``disk-error``, ``reply-version``; nothing is lost, it is done again
            at the next call.
    """
    session.require(Right.SYNCHRONISE)
    sealed = session.engine.seal_pending()
    answered = session.engine.open_replies()
    changes = ChangeSet(dossiers=answered.dossier_ids, outbox=bool(sealed or answered.replies))
    return changes | take_in_fetched(session)


def glance(session: DeskSession) -> SyncGlance:
    """Look at how syncing stands; asks the courier, which takes milliseconds, or up to two seconds when it hangs."""
    session.require(Right.SYNCHRONISE)
    with session.store.reading() as connection:
        unsent = outbox.summary(connection)
    return SyncGlance(courier_status(session.folder), unsent.count, unsent.oldest_at, unsent.rejected)
