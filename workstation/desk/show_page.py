# SPDX-License-Identifier: GPL-3.0-or-later
"""Show a scanned page: its own picture while that is here, else the one inside the PDF of its paper.

After a while the PDF is all that is kept: it holds the same picture. Of a long PDF only the part with the page is read.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from casework.errors import KnownError
from casework.records.paper import Page
from casework.rights import Right
from localdb import audit, dossiers, drafts, object_sweep, object_whereabouts, pages, papers
from localdb.connection import Connection
from localdb.object_whereabouts import Whereabouts
from scanning.errors import ScanningError
from scanning.pdf.page_pictures import page_picture
from workstation.desk.fetch_object import Fetch, FetchState, fetch_object
from workstation.desk.session import DeskSession


@dataclass(frozen=True, slots=True)
class PageShown:
    """A page for the screen.

    Attributes:
        page: The page.
        picture: The JPEG as scanned, to be turned by ``page.rotation_degrees``; empty while it is not here.
        fetch: How it stands with it when it is not here, or None.
    """

    page: Page
    picture: bytes = field(repr=False)
    fetch: Fetch | None


def show_page(session: DeskSession, page_id: str) -> PageShown:
    """Give a page's picture, or have it fetched; that somebody looked goes into the audit trail.

    A damaged PDF that the gateway holds is let go, and fetched back.

    Raises:
        KnownError: ``no-such-record``; ``no-such-draft`` for a page of somebody else's; ``object-missing`` when its
            picture is lost; ``object-damaged`` when only this desk has it; as ``fetch_object``.
    """
    session.require(Right.SEE_PERSONS)
    with session.store.reading() as connection:
        page = pages.get(connection, page_id)
        _require_received_or_own(connection, session, page.dossier_id)
        own = object_whereabouts.find(connection, page.object_id)
        document, number = None, 0
        if page.paper_id is not None:
            document_id = papers.get(connection, page.paper_id).object_id
            document = object_whereabouts.find(connection, document_id) if document_id else None
            number = [other.page_id for other in pages.of_paper(connection, page.paper_id)].index(page_id)
    picture = _own_picture(session, own)
    if not picture:
        if document is None:
            raise KnownError("object-missing", object_id=page.object_id)
        fetch = fetch_object(session, document.stored.object_id)
        if fetch.state is not FetchState.HERE:
            return PageShown(page, b"", fetch)
        try:
            picture = _picture_inside(session, document, number)
        except KnownError as error:
            is_coming = error.code in {"object-damaged", "disk-error"} and object_sweep.let_damaged_go(
                session.store, document.stored, session.clock()
            )
            if not is_coming:
                raise
            return PageShown(page, b"", fetch_object(session, document.stored.object_id))
    with session.store.transaction() as connection:
        if document is not None:
            object_whereabouts.note_use(connection, document.stored.object_id, session.clock())
        audit.append(
            connection,
            at=session.clock(),
            actor_id=session.clerk.clerk_id,
            action="page.shown",
            subject_id=page_id,
        )
    return PageShown(page, picture, None)


def _require_received_or_own(connection: Connection, session: DeskSession, dossier_id: str) -> None:
    is_received = dossiers.find_row(connection, dossier_id) is not None
    if not is_received and drafts.clerk_of(connection, dossier_id) != session.clerk.clerk_id:
        raise KnownError("no-such-draft")


def _own_picture(session: DeskSession, own: Whereabouts) -> bytes:
    try:
        return session.store.objects.content(own.stored)
    except KnownError as error:
        if error.code not in {"object-missing", "object-damaged", "disk-error"}:
            raise
        return b""


def _picture_inside(session: DeskSession, document: Whereabouts, number: int) -> bytes:
    try:
        with session.store.objects.opened(document.stored) as file:
            return page_picture(file, number)
    except ScanningError:
        raise KnownError("object-damaged", object_id=document.stored.object_id) from None
