# SPDX-License-Identifier: GPL-3.0-or-later
"""The people of the desk, as a list shows them."""

from __future__ import annotations

from dataclasses import dataclass

from casework.records.workplace import Clerk
from casework.rights import Right
from localdb import clerks, drafts
from workstation.desk.session import DeskSession


@dataclass(frozen=True, slots=True)
class ClerkRow:
    """A person in the list.

    Attributes:
        clerk: Who; active, or revoked.
        open_drafts: So many forms she has begun and not finished.
    """

    clerk: Clerk
    open_drafts: int


def list_clerks(session: DeskSession) -> tuple[ClerkRow, ...]:
    """Give everybody: the active ones by login, then those who were revoked, last revoked first."""
    session.require(Right.LIST_CLERKS)
    with session.store.reading() as connection:
        return tuple(
            ClerkRow(clerk, len(drafts.open_drafts(connection, clerk.clerk_id)))
            for clerk in clerks.everybody(connection)
        )
