# SPDX-License-Identifier: GPL-3.0-or-later
"""Show a scanned page as it is in the PDF of its paper, which is the record; before there is one, its own picture.

After a while the PDF is all that is kept. Of a long one only the part with the page is read.
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
from scanning.pdf.page_pictures import holds_pages, page_picture
from workstation.desk.fetch_object import Fetch, FetchState, fetch_object
from workstation.desk.session import DeskSession


@dataclass(frozen=True, slots=True)
class PageShown:
    """A page for the screen.

    Attributes:
        page: The page.
        picture: A JPEG; empty while it is not here.
        is_upright: Whether it is upright, else it is as scanned and to be turned by ``page.rotation_degrees``.
        fetch: How it stands with it when it is not here, or None.
    """

    page: Page
    picture: bytes = field(repr=False)
    is_upright: bool
    fetch: Fetch | None


def show_page(session: DeskSession, page_id: str) -> PageShown:
    """Give a page's picture, or have it fetched; that somebody looked goes into the audit trail.

    While the PDF is away or does not hold the page, the page's own picture serves, if that is here. A damaged PDF that
    the gateway holds is let go, and fetched back.

    Raises:
        KnownError: ``no-such-record``; ``no-such-draft`` for a page of somebody else's; ``object-missing`` when its
            picture is lost; ``object-damaged`` when only this desk has it; as ``fetch_object``.
    """
    session.require(Right.SEE_PERSONS)
    with session.store.reading() as connection:
        page = pages.get(connection, page_id)
        _require_received_or_own(connection, session, page.dossier_id)
        own = object_whereabouts.find(connection, page.object_id)
        document, places = None, [page_id]
        if page.paper_id is not None:
            document_id = papers.get(connection, page.paper_id).object_id
            document = object_whereabouts.find(connection, document_id) if document_id else None
            places = [other.page_id for other in pages.of_paper(connection, page.paper_id)]
    picture = _picture_inside(session, document, places.index(page_id), len(places)) if document else b""
    is_upright = bool(picture)
    picture = picture or _own_picture(session, own)
    if not picture:
        if document is None:
            raise KnownError("object-missing", object_id=page.object_id)
        fetch = fetch_object(session, document.stored.object_id)
        if fetch.state is FetchState.HERE:
            raise KnownError("object-damaged", object_id=document.stored.object_id)
        return PageShown(page, b"", is_upright, fetch)
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
    return PageShown(page, picture, is_upright, None)


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


def _picture_inside(session: DeskSession, document: Whereabouts, number: int, count: int) -> bytes:
    """Give a page of a document; empty when it is away, or is not of so many pages."""
    stored = document.stored
    if not session.store.objects.lies_here(stored):
        return b""
    try:
        with session.store.objects.opened(stored) as file:
            return page_picture(file, number) if holds_pages(file, count) else b""
    except ScanningError:
        return b""
    except KnownError as error:
        if error.code not in {"object-damaged", "disk-error"}:
            raise
        object_sweep.let_damaged_go(session.store, stored, session.clock())
        return b""
