# SPDX-License-Identifier: GPL-3.0-or-later
"""Put a page of a draft in the place of what it was, with its paper bound anew: both in one transaction, or neither.

What a paper shows and what its pages say must not differ, and nothing of the old goes before the new is stored.
"""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Sequence
from concurrent.futures import CancelledError
from dataclasses import dataclass

from casework.errors import KnownError
from casework.records.paper import Page, Paper, PaperClass
from casework.rights import Right
from localdb import audit, objects, pages, papers, record_hash
from localdb.connection import Connection
from localdb.objects import StoredObject
from scanning.errors import ScanningError
from scanning.page_image import PageImage
from scanning.page_reading import PageReading
from scanning.papers import group_pages
from scanning.pdf.searchable import ScannedPage, build_pdf
from scanning.reader import PageReader, outcome
from scanning.transforms import Transform
from workstation.desk.change_set import ChangeSet
from workstation.desk.keep_draft import require_open
from workstation.desk.paper_titles import TITLES, usual_form
from workstation.desk.session import DeskSession
from workstation.desk.stored_page import as_read, decided_steps, stored_image, submit, surest_fields

_LOST = frozenset({"object-missing", "object-damaged"})


@dataclass(frozen=True, slots=True)
class BoundPage:
    """A page of a draft and the paper that it is bound in.

    Attributes:
        page: The page.
        paper: Its paper, or None.
        others: All pages of the paper in their order, the page itself among them.
    """

    page: Page
    paper: Paper | None
    others: tuple[Page, ...]


@dataclass(frozen=True, slots=True)
class PageReplaced:
    """A page is not what it was.

    Attributes:
        page: The page as it is now.
        title: What it seems to be.
        paper: Its paper as it is now, or None.
        changes: What changed.
        sheets_left_out: How many more sheets than one the scanner took.
    """

    page: Page
    title: str
    paper: Paper | None
    changes: ChangeSet
    sheets_left_out: int = 0


def find_page(session: DeskSession, dossier_id: str, page_id: str, *, drops_signature: bool) -> BoundPage:
    """Give a page of an open draft.

    Args:
        session: The desk.
        dossier_id: The draft.
        page_id: The page.
        drops_signature: Whether the signature of its paper may go: a paper that is bound anew is signed anew.

    Raises:
        KnownError: ``no-such-draft``; ``no-such-record`` when it is not the draft's; ``paper-signed``.
    """
    session.require(Right.SCAN)
    with session.store.reading() as connection:
        require_open(connection, session, dossier_id)
        found = _bound(connection, dossier_id, page_id)
    if found.paper is not None and found.paper.signature_level and not drops_signature:
        raise KnownError("paper-signed")
    return found


def own_picture(session: DeskSession, page: Page) -> PageImage:
    """Give the picture of a page that came from the scanner.

    Raises:
        KnownError: ``page-original-gone`` when it is not kept any more, or was lost.
        ScanningError: ``page-unreadable``.
    """
    session.require(Right.SCAN)
    try:
        return stored_image(session.store, page)
    except KnownError as error:
        if error.code not in _LOST:
            raise
        raise KnownError("page-original-gone", page=str(page.position + 1)) from None


def read_now(reader: PageReader, image: PageImage, steps: tuple[Transform, ...] | None) -> PageReading:
    """Read a page and wait for it.

    Raises:
        ScanningError: As ``PageReader.submit``; ``reading-unavailable`` too when the readers are closed meanwhile.
    """
    try:
        return submit(reader, image, steps).result()
    except CancelledError:
        raise ScanningError("reading-unavailable") from None


def replace_page(
    session: DeskSession,
    reader: PageReader,
    before: BoundPage,
    now: Page,
    seen: tuple[PageImage, PageReading],
    action: str,
    cancel: threading.Event | None = None,
) -> PageReplaced:
    """Store a page and its paper anew, and say so in the trail.

    Args:
        session: The desk.
        reader: Reads the other pages of the paper again; those of this sitting are still known.
        before: As it was when the work on it began.
        now: The page as it is to be; what was read on it is filled in here.
        seen: Its picture, and what was read on it.
        action: For the audit trail.
        cancel: Set while there is time to keep the old page.

    Raises:
        KnownError: ``no-such-draft``; ``page-changed-meanwhile``; ``rescan-stopped`` when it was set;
            ``page-original-gone`` for another page of the paper; ``disk-full``.
        ScanningError: ``ocr-language-missing``, ``reading-unavailable``.
    """
    session.require(Right.SCAN)
    image, reading = seen
    now = as_read(now, reading)
    new_picture = None
    if now.object_id != before.page.object_id:
        new_picture = session.store.objects.write(image.content, "image/jpeg", session.random_bytes)
    paper, document = None, None
    if before.paper is not None:
        paper, document = _bind(session, reader, before.paper, before, seen)
    if cancel is not None and cancel.is_set():
        raise KnownError("rescan-stopped")
    with session.store.transaction() as connection:
        require_open(connection, session, now.dossier_id)
        if _bound(connection, now.dossier_id, now.page_id) != before:
            raise KnownError("page-changed-meanwhile")
        left = []
        if new_picture is not None:
            objects.record(connection, new_picture)
            pages.update_picture(connection, now)
            left.append(before.page.object_id)
        pages.update_reading(connection, now)
        _tell(connection, session, action, now.page_id, before.page, now)
        if before.paper is not None and paper is not None and document is not None:
            objects.record(connection, document)
            papers.update(connection, paper)
            left.extend(filter(None, [before.paper.object_id]))
            _tell(connection, session, "paper.bound-anew", paper.paper_id, before.paper, paper)
        forgotten = [objects.forget(connection, object_id) for object_id in left]
    for stored in filter(None, forgotten):
        session.store.objects.discard(stored)
    title = TITLES[PaperClass(reading.guess.paper_class.value)]
    return PageReplaced(now, title, paper, ChangeSet(drafts=frozenset({now.dossier_id})))


def _bound(connection: Connection, dossier_id: str, page_id: str) -> BoundPage:
    page = pages.get(connection, page_id)
    if page.dossier_id != dossier_id:
        raise KnownError("no-such-record", kind="page", record_id=page_id)
    if page.paper_id is None:
        return BoundPage(page, None, (page,))
    return BoundPage(page, papers.get(connection, page.paper_id), tuple(pages.of_paper(connection, page.paper_id)))


def _bind(
    session: DeskSession, reader: PageReader, paper: Paper, before: BoundPage, seen: tuple[PageImage, PageReading]
) -> tuple[Paper, StoredObject]:
    """Make the paper of a page anew; what the clerk said of it stays."""
    images = [seen[0] if page.page_id == before.page.page_id else own_picture(session, page) for page in before.others]
    try:
        waiting = [
            None if page.page_id == before.page.page_id else submit(reader, image, decided_steps(page))
            for page, image in zip(before.others, images, strict=True)
        ]
        readings = [seen[1] if future is None else outcome(future) for future in waiting]
    except CancelledError:
        raise ScanningError("reading-unavailable") from None
    paper = _recognised(paper, readings)
    scanned = [ScannedPage(image, reading) for image, reading in zip(images, readings, strict=True)]
    content = build_pdf(scanned, title=paper.title, created_at=session.clock())
    document = session.store.objects.write(content, "application/pdf", session.random_bytes)
    return dataclasses.replace(paper, object_id=document.object_id), document


def _recognised(paper: Paper, readings: Sequence[PageReading]) -> Paper:
    """Give a paper with what its pages say now, and without a signature."""
    fresh = dataclasses.replace(
        paper, fields=surest_fields(readings), signature_level="", signature_digest="", signed_by=""
    )
    if paper.confidence == 1.0:  # the clerk said what it is
        return fresh
    guess = group_pages(readings)[0].guess
    paper_class = PaperClass(guess.paper_class.value)
    return dataclasses.replace(
        fresh,
        title=TITLES[paper_class],
        paper_class=paper_class,
        confidence=guess.confidence,
        form=usual_form(paper_class) if paper_class is not paper.paper_class else paper.form,
    )


def _tell(
    connection: Connection, session: DeskSession, action: str, subject_id: str, before: object, after: object
) -> None:
    audit.append(
        connection,
        at=session.clock(),
        actor_id=session.clerk.clerk_id,
        action=action,
        subject_id=subject_id,
        before_hash=record_hash.of(connection, before),
        after_hash=record_hash.of(connection, after),
    )
