# SPDX-License-Identifier: GPL-3.0-or-later
"""Take a page out of a draft that belongs to no paper, for good: one whose picture is lost, or that cannot be read."""

from __future__ import annotations

from casework.errors import KnownError
from casework.rights import Right
from localdb import audit, objects, pages
from workstation.desk.change_set import ChangeSet
from workstation.desk.keep_draft import require_open
from workstation.desk.session import DeskSession


def remove_page(session: DeskSession, dossier_id: str, page_id: str) -> ChangeSet:
    """Take a page out, with its picture; the audit trail keeps that it was done.

    Raises:
        KnownError: ``no-such-draft``; ``no-such-record`` when it is not the draft's; ``page-in-paper`` when it is bound
            in a paper: that is given back as a whole; ``disk-full``.
    """
    session.require(Right.SET_ASIDE_PAPERS)
    with session.store.transaction() as connection:
        require_open(connection, session, dossier_id)
        page = pages.get(connection, page_id)
        if page.dossier_id != dossier_id:
            raise KnownError("no-such-record", kind="page", record_id=page_id)
        if page.paper_id is not None:
            raise KnownError("page-in-paper")
        pages.remove(connection, page_id)
        forgotten = objects.forget(connection, page.object_id)
        audit.append(
            connection,
            at=session.clock(),
            actor_id=session.clerk.clerk_id,
            action="page.removed",
            subject_id=page_id,
            before_hash=page.object_id,
        )
    if forgotten is not None:
        session.store.objects.discard(forgotten)
    return ChangeSet(drafts=frozenset({dossier_id}))
