# SPDX-License-Identifier: GPL-3.0-or-later
"""Digitise the papers of a draft: pages are stored as they arrive, read while the next one feeds, grouped and bound."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass, field
from typing import TypeAlias, TypeGuard

from casework.errors import KnownError
from casework.records.paper import UNNAMED_CLASSES, Page, Paper, PaperClass
from casework.rights import Right
from localdb import audit, objects, pages, papers
from scanning.devices.driver import ScanRequest
from scanning.errors import ScanningError
from scanning.page_image import PageImage
from scanning.page_reading import Glance, PageReading, unreadable
from scanning.papers import group_pages
from scanning.pdf.searchable import ScannedPage, build_pdf
from scanning.reader import PageReader
from scanning.reading_worker import TellGlance
from scanning.scanner import Scanner
from workstation.desk.change_set import ChangeSet
from workstation.desk.keep_draft import require_open
from workstation.desk.page_feed import PageFeed
from workstation.desk.paper_titles import TITLES, usual_form
from workstation.desk.session import DeskSession
from workstation.desk.stored_page import as_read, decided_steps, stored_image, submit, surest_fields


@dataclass(frozen=True, slots=True)
class PageArrived:
    """A page left the scanner and is stored.

    Attributes:
        page: Not read yet.
        picture: The original JPEG, for the screen.
        changes: What changed.
    """

    page: Page
    picture: bytes = field(repr=False)
    changes: ChangeSet


@dataclass(frozen=True, slots=True)
class PageGlanced:
    """The title of a page was read; the rest follows.

    Attributes:
        page: Not read yet.
        title: What the page seems to be.
        changes: Nothing changed.
    """

    page: Page
    title: str
    changes: ChangeSet


@dataclass(frozen=True, slots=True)
class PageRead:
    """A stored page was read.

    Attributes:
        page: With text, rotation, blank flag, thumbnail, and why to scan it again.
        title: What the page seems to be.
        changes: What changed.
        fault: Code of the error that kept the page from being read, or empty; its picture is kept all the same.
    """

    page: Page
    title: str
    changes: ChangeSet
    fault: str = ""


@dataclass(frozen=True, slots=True)
class PapersRecognised:
    """The pages of a batch were grouped into papers and bound as PDF/A.

    Attributes:
        papers: The new papers.
        changes: What changed.
    """

    papers: tuple[Paper, ...]
    changes: ChangeSet


DigitisingEvent: TypeAlias = PageArrived | PageGlanced | PageRead | PapersRecognised


@dataclass(slots=True)
class _Pending:
    page: Page
    image: PageImage
    reading: Future[PageReading]


def digitise_papers(
    session: DeskSession,
    dossier_id: str,
    scanner: Scanner,
    request: ScanRequest,
    reader: PageReader,
    cancel: threading.Event,
) -> Iterator[DigitisingEvent]:
    """Scan what lies in the scanner and make papers of it.

    Whatever stops the scanner, the pages that arrived are kept, read and bound before the error is raised. When the
    readers are closed meanwhile, it ends; the pages wait for ``read_left_pages``.

    Raises:
        ScanningError: As ``scanning.scanner`` lists; ``ocr-language-missing`` and ``reading-unavailable``. After the
            events of the pages that arrived.
        KnownError: ``disk-full``, ``no-such-draft``; the pages stored before stay.
    """
    session.require(Right.SCAN)
    batch: list[_Pending] = []
    waiting: deque[_Pending] = deque()
    stopped_by: ScanningError | None = None
    try:
        with PageFeed[PageGlanced | None](scanner, request, cancel) as feed:
            try:
                for happened in feed.pages_and_news():
                    if isinstance(happened, PageImage):
                        page = _store_page(session, dossier_id, happened)
                        pending = _Pending(page, happened, submit(reader, happened, tell_glance=_teller(feed, page)))
                        pending.reading.add_done_callback(lambda _: feed.tell(None))
                        batch.append(pending)
                        waiting.append(pending)
                        yield PageArrived(page, happened.content, _of_draft(dossier_id))
                    elif _is_news(happened, waiting):
                        yield happened
                    while waiting and waiting[0].reading.done():
                        yield _take_reading(session, waiting.popleft())
            except ScanningError as error:
                stopped_by = error
            while waiting:
                if waiting[0].reading.done():
                    yield _take_reading(session, waiting.popleft())
                elif _is_news(news := feed.next_news(), waiting):
                    yield news
            if batch:
                yield _bind(session, dossier_id, batch)
    except CancelledError:
        return
    if error_at_end := stopped_by or _fault_of_reader(batch):
        raise error_at_end


def _teller(feed: PageFeed[PageGlanced | None], page: Page) -> TellGlance:
    """Have what the title says put between the pages."""

    def tell(glance: Glance) -> None:
        paper_class = PaperClass(glance.guess.paper_class.value)
        if paper_class not in UNNAMED_CLASSES:
            feed.tell(PageGlanced(page, TITLES[paper_class], ChangeSet()))

    return tell


def _is_news(happened: PageGlanced | None, waiting: Iterable[_Pending]) -> TypeGuard[PageGlanced]:
    """Say whether somebody wants to hear it: a glance at a page comes to nothing once the page was read."""
    return happened is not None and any(pending.page.page_id == happened.page.page_id for pending in waiting)


def read_left_pages(session: DeskSession, dossier_id: str, reader: PageReader) -> Iterator[DigitisingEvent]:
    """Read and bind the pages that arrived before the program was stopped and belong to no paper yet.

    Raises:
        ScanningError: ``ocr-language-missing``, ``reading-unavailable``, ``page-unreadable`` for what is no picture;
            after the events of all pages.
        KnownError: ``object-missing``, ``object-damaged`` for a page whose picture is lost, after the events of the
            others; ``disk-full``, ``no-such-draft``.
    """
    session.require(Right.SCAN)
    with session.store.reading() as connection:
        left = [page for page in pages.of_dossier(connection, dossier_id) if page.paper_id is None]
    batch: list[_Pending] = []
    lost: KnownError | ScanningError | None = None
    try:
        for page in left:
            try:
                image = stored_image(session.store, page)
            except (KnownError, ScanningError) as error:
                lost = error
            else:
                batch.append(_Pending(page, image, submit(reader, image, decided_steps(page))))
        for pending in batch:
            yield _take_reading(session, pending)
        if batch:
            yield _bind(session, dossier_id, batch)
    except CancelledError:
        return
    if error_at_end := lost or _fault_of_reader(batch):
        raise error_at_end


def _store_page(session: DeskSession, dossier_id: str, image: PageImage) -> Page:
    stored = session.store.objects.write(image.content, "image/jpeg", session.random_bytes)
    with session.store.transaction() as connection:
        require_open(connection, session, dossier_id)
        objects.record(connection, stored)
        page = Page(
            page_id=session.new_identifier(),
            dossier_id=dossier_id,
            position=pages.next_position(connection, dossier_id),
            object_id=stored.object_id,
            width_px=image.width_px,
            height_px=image.height_px,
            resolution_dpi=image.dpi,
        )
        pages.add(connection, page)
    return page


def _take_reading(session: DeskSession, pending: _Pending) -> PageRead:
    reading = _reading_of(pending)
    pending.page = as_read(pending.page, reading)
    with session.store.transaction() as connection:
        pages.update_reading(connection, pending.page)
    title = TITLES[PaperClass(reading.guess.paper_class.value)]
    changes = _of_draft(pending.page.dossier_id)
    return PageRead(pending.page, title, changes, reading.fault or "")


def _reading_of(pending: _Pending) -> PageReading:
    """Give the reading, or an empty one for a page that cannot be read: the picture is still worth keeping."""
    try:
        return pending.reading.result()
    except ScanningError as error:
        return unreadable(error.code)


def _fault_of_reader(batch: Sequence[_Pending]) -> ScanningError | None:
    """Give the error that kept pages from being read and that no page is to blame for."""
    errors = (pending.reading.exception() for pending in batch)
    return next((e for e in errors if isinstance(e, ScanningError) and not e.code.startswith("page-")), None)


def _bind(session: DeskSession, dossier_id: str, batch: Sequence[_Pending]) -> PapersRecognised:
    """Group the pages of a batch and store a PDF/A of each paper; files first, then one transaction a paper.

    Sheets that only separate papers go.
    """
    readings = [_reading_of(pending) for pending in batch]
    made: list[Paper] = []
    for group in group_pages(readings):
        members = [(batch[index], readings[index]) for index in group.page_indexes]
        if group.is_separator:
            _leave_out(session, [pending.page for pending, _ in members])
            continue
        paper_class = PaperClass(group.guess.paper_class.value)
        title = TITLES[paper_class]
        now = session.clock()
        document = build_pdf(
            [ScannedPage(pending.image, reading) for pending, reading in members], title=title, created_at=now
        )
        stored = session.store.objects.write(document, "application/pdf", session.random_bytes)
        with session.store.transaction() as connection:
            require_open(connection, session, dossier_id)
            objects.record(connection, stored)
            paper = Paper(
                paper_id=session.new_identifier(),
                dossier_id=dossier_id,
                position=len(papers.of_dossier(connection, dossier_id)),
                title=title,
                paper_class=paper_class,
                confidence=group.guess.confidence,
                form=usual_form(paper_class),
                page_count=len(members),
                fields=surest_fields(reading for _, reading in members),
                object_id=stored.object_id,
            )
            papers.add(connection, paper)
            pages.assign(connection, [pending.page.page_id for pending, _ in members], paper.paper_id)
            audit.append(
                connection,
                at=now,
                actor_id=session.clerk.clerk_id,
                action="paper.digitised",
                subject_id=paper.paper_id,
                after_hash=stored.object_id,
            )
        made.append(paper)
    return PapersRecognised(tuple(made), _of_draft(dossier_id))


def _leave_out(session: DeskSession, separator: Sequence[Page]) -> None:
    """Take a sheet of the office's own, which only lay between two papers, out of the draft; the trail tells of it."""
    with session.store.transaction() as connection:
        forgotten = []
        for page in separator:
            pages.remove(connection, page.page_id)
            forgotten.append(objects.forget(connection, page.object_id))
            audit.append(
                connection,
                at=session.clock(),
                actor_id=session.clerk.clerk_id,
                action="page.removed",
                subject_id=page.page_id,
                before_hash=page.object_id,
            )
    for stored in forgotten:
        if stored is not None:
            session.store.objects.discard(stored)


def _of_draft(dossier_id: str) -> ChangeSet:
    return ChangeSet(drafts=frozenset({dossier_id}))
