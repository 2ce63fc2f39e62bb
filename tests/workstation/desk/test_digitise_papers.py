# SPDX-License-Identifier: GPL-3.0-or-later
"""A page that left the scanner stays, whatever happens next: read now, or read later, but never scanned again."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from casework.errors import KnownError
from casework.records.paper import Page, Paper, PaperClass, PaperForm
from demo.counter_scanner import sheets_for_feeder
from demo.escl_scanner import Fault, FaultKind, Picture, Sheet
from demo.people import BABY, FATHER
from demo.plaintext_check import find_leaks
from demo.sample_papers import SAMPLE_PAPERS
from localdb import objects, pages
from scanning.errors import ScanningError
from scanning.page_image import ColorMode, PageImage
from scanning.page_reading import PageReading
from scanning.reader import PageReader
from scanning.reading_worker import TellGlance
from tests.workstation.desk.counter import Counter, empty_sheet, filled_in, hand_in, jpeg, reopened, trail
from workstation.desk.digitise_papers import (
    DigitisingEvent,
    PageArrived,
    PageGlanced,
    PageRead,
    PapersRecognised,
    read_left_pages,
)
from workstation.desk.keep_draft import abandon_draft, open_draft
from workstation.desk.session import DeskSession
from workstation.desk.set_aside_papers import set_aside_papers


def grey_sheet(level: int) -> Picture:
    """A sheet that differs from others by its paper, and is as empty."""

    def picture(dpi: int) -> Image.Image:
        sheet = empty_sheet(dpi)
        sheet.paste((level, level, level), (0, 0, sheet.width, sheet.height))
        return sheet

    return picture


def stack(count: int) -> list[Sheet]:
    return [Sheet(grey_sheet(255 - number)) for number in range(count)]


def kinds(events: Iterable[DigitisingEvent]) -> list[str]:
    return [type(event).__name__ for event in events]


def until_it_fails(events: Iterator[DigitisingEvent]) -> tuple[list[DigitisingEvent], ScanningError | KnownError]:
    seen = []
    try:
        for event in events:
            seen.append(event)
    except (ScanningError, KnownError) as error:
        return seen, error
    pytest.fail("nothing went wrong")


def content_of(session: DeskSession, object_id: str | None) -> bytes:
    with session.store.reading() as connection:
        return session.store.objects.read(connection, object_id or "")


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def bound(papers: Iterable[Paper]) -> int:
    return sum(paper.page_count for paper in papers)


@pytest.fixture
def read_papers(counter: Counter) -> tuple[str, list[DigitisingEvent]]:
    """Declaration and proof of birth, scanned in gray at 200 dpi."""
    dossier_id = filled_in(counter.session)
    papers = [SAMPLE_PAPERS["birth-registration-declaration"], SAMPLE_PAPERS["birth-proof"]]
    counter.reader.know(b"")  # another test may have read the same pages, and no glance is told of known ones
    return dossier_id, list(counter.scan(dossier_id, sheets_for_feeder(papers), dpi=200))


def test_papers_are_read_recognised_and_bound(
    counter: Counter, read_papers: tuple[str, list[DigitisingEvent]], tmp_path: Path
) -> None:
    dossier_id, events = read_papers
    assert kinds(events)[-1] == "PapersRecognised"
    assert [kinds(events).count(kind) for kind in ("PageArrived", "PageGlanced", "PageRead")] == [2, 2, 2]
    titles = ["Tờ khai đăng ký khai sinh", "Giấy chứng sinh"]
    assert [event.title for event in events if isinstance(event, PageRead)] == titles
    assert {event.title for event in events if isinstance(event, PageGlanced)} == set(titles)
    recognised = events[-1]
    assert isinstance(recognised, PapersRecognised)
    declaration, proof = recognised.papers
    assert declaration.paper_class is PaperClass.BIRTH_REGISTRATION_DECLARATION
    assert proof.paper_class is PaperClass.BIRTH_PROOF
    assert {field.name: field.value for field in proof.fields}["child_name"] == BABY.full_name
    assert "GIẤY CHỨNG SINH" in text_of(content_of(counter.session, proof.object_id))

    draft = open_draft(counter.session, dossier_id)
    assert draft.papers == recognised.papers
    told = [subject for _, _, subject in trail(counter.session, "paper.digitised")]
    assert told == [paper.paper_id for paper in draft.papers]
    assert [page.paper_id for page in draft.pages] == [declaration.paper_id, proof.paper_id]
    for page in draft.pages:
        assert page.text
        assert page.thumbnail.startswith(b"\xff\xd8")
        assert page.confidence > 0.5
        assert page.rotation_degrees != 0
    assert find_leaks([tmp_path], [FATHER.full_name, FATHER.personal_number, BABY.full_name]) == ()


def test_a_page_is_stored_before_anybody_hears_of_it(counter: Counter) -> None:
    session = counter.session
    dossier_id = filled_in(session)
    arrived = 0
    for event in counter.scan(dossier_id, stack(3)):
        if isinstance(event, PageArrived):
            arrived += 1
            assert open_draft(session, dossier_id).pages[arrived - 1] == event.page
            assert content_of(session, event.page.object_id) == event.picture
            assert event.changes.drafts == {dossier_id}
    assert arrived == 3


def test_an_empty_page_is_flagged_and_kept(counter: Counter) -> None:
    dossier_id = filled_in(counter.session)
    list(counter.scan(dossier_id, stack(1)))
    draft = open_draft(counter.session, dossier_id)
    assert [page.is_blank for page in draft.pages] == [True]
    assert [(paper.page_count, paper.paper_class, paper.title) for paper in draft.papers] == [
        (1, PaperClass.UNKNOWN, "Giấy tờ khác")
    ]


def test_a_second_stack_is_added_to_the_first(counter: Counter) -> None:
    dossier_id = filled_in(counter.session)
    for count in (1, 2):
        list(counter.scan(dossier_id, stack(count)))
    draft = open_draft(counter.session, dossier_id)
    assert [page.position for page in draft.pages] == [0, 1, 2]
    assert [paper.position for paper in draft.papers] == [0, 1]


def test_a_copy_of_the_identity_card_is_noted_as_a_photocopy(counter: Counter) -> None:
    dossier_id = filled_in(counter.session)
    list(counter.scan(dossier_id, sheets_for_feeder([SAMPLE_PAPERS["identity-card"]]), dpi=200))
    (paper,) = open_draft(counter.session, dossier_id).papers
    assert (paper.paper_class, paper.form) == (PaperClass.IDENTITY_CARD, PaperForm.PHOTOCOPY)


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (FaultKind.CONNECTION_CUT, "scanner-gone"),
        (FaultKind.JAM, "scanner-jammed"),
        (FaultKind.COVER_OPEN, "cover-open"),
    ],
)
def test_pages_that_arrived_before_the_scanner_failed_are_kept_read_and_bound(
    counter: Counter, fault: FaultKind, code: str
) -> None:
    dossier_id = filled_in(counter.session)
    two_have_arrived = threading.Event()

    def held_back(dpi: int) -> Image.Image:
        two_have_arrived.wait(60)
        return empty_sheet(dpi)

    counter.machine.order_fault(Fault(fault, after_pages=3))
    scan = counter.scan(dossier_id, [*stack(2), Sheet(held_back), *stack(1)])
    arrived = 0
    while arrived < 2:
        arrived += isinstance(next(scan), PageArrived)
    two_have_arrived.set()
    events, error = until_it_fails(scan)
    arrived += kinds(events).count("PageArrived")  # the driver may drop what it had read ahead when the fault came
    assert (error.code, error.details["pages"]) == (code, str(arrived))
    assert kinds(events)[-1] == "PapersRecognised"
    draft = open_draft(counter.session, dossier_id)
    assert len(draft.pages) == bound(draft.papers) == arrived
    assert all(page.thumbnail for page in draft.pages)
    list(counter.scan(dossier_id, stack(2)))
    assert len(open_draft(counter.session, dossier_id).pages) == arrived + 2


def test_pages_that_arrived_before_the_clerk_stopped_are_kept_read_and_bound(counter: Counter) -> None:
    dossier_id = filled_in(counter.session)

    def held_until_the_clerk_stops(dpi: int) -> Image.Image:
        counter.cancel.wait(60)
        return empty_sheet(dpi)

    scan = counter.scan(dossier_id, [*stack(1), Sheet(held_until_the_clerk_stops), *stack(1) * 100])
    assert isinstance(next(scan), PageArrived)
    counter.cancel.set()
    events, error = until_it_fails(scan)
    assert error.code == "scan-cancelled"
    assert kinds(events)[-1] == "PapersRecognised"
    draft = open_draft(counter.session, dossier_id)
    assert len(draft.pages) == bound(draft.papers) == 1 + kinds(events).count("PageArrived")
    assert counter.machine.sheets_left > 0


def test_an_empty_feeder_says_so_and_leaves_the_draft_alone(counter: Counter) -> None:
    dossier_id = filled_in(counter.session)
    before = open_draft(counter.session, dossier_id)
    events, error = until_it_fails(counter.scan(dossier_id, []))
    assert (events, error.code) == ([], "feeder-empty")
    assert open_draft(counter.session, dossier_id) == before


def test_without_the_vietnamese_reading_data_the_pages_are_kept_and_the_clerk_is_told(
    counter: Counter, tmp_path: Path
) -> None:
    dossier_id = filled_in(counter.session)
    with PageReader(workers=1, language_folder=tmp_path) as counter.reader:
        events, error = until_it_fails(counter.scan(dossier_id, stack(1)))
    assert error.code == "ocr-language-missing"
    assert [event.fault for event in events if isinstance(event, PageRead)] == ["ocr-language-missing"]
    draft = open_draft(counter.session, dossier_id)
    assert len(draft.pages) == bound(draft.papers) == 1


def test_a_full_disk_stops_the_batch_and_keeps_what_arrived_for_later(counter: Counter) -> None:
    session = counter.session
    dossier_id = filled_in(session)
    scan = counter.scan(dossier_id, stack(3))
    next(scan)
    limit_database(session, more_pages=0)
    events, error = until_it_fails(scan)
    assert error.code == "disk-full"
    kept = open_draft(session, dossier_id).pages
    assert 1 <= len(kept) <= 3
    assert "PapersRecognised" not in kinds(events)
    limit_database(session, more_pages=10_000)
    assert kinds(read_left_pages(session, dossier_id, counter.reader))[-1] == "PapersRecognised"
    assert bound(open_draft(session, dossier_id).papers) == len(kept)


def limit_database(session: DeskSession, *, more_pages: int) -> None:
    with session.store.transaction() as connection:
        ((now,),) = connection.rows("PRAGMA page_count")
        connection.execute(f"PRAGMA max_page_count = {now + more_pages}")


def test_pages_of_a_program_that_ended_are_read_when_it_runs_again(
    counter: Counter, reader: PageReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = counter.session
    dossier_id = filled_in(session)
    papers = [SAMPLE_PAPERS["birth-registration-declaration"], SAMPLE_PAPERS["birth-proof"]]
    scan = counter.scan(dossier_id, sheets_for_feeder(papers), dpi=200)
    assert "PageArrived" in kinds([next(scan)])
    while len(open_draft(session, dossier_id).pages) < 2:
        next(scan)
    scan.close()  # type: ignore[attr-defined]  # it is a generator

    again = reopened(session)
    assert open_draft(again, dossier_id).papers == ()
    modes = []
    submit = reader.submit

    def listen(page: PageImage, tell_glance: TellGlance | None = None) -> Future[PageReading]:
        modes.append(page.color_mode)
        return submit(page, tell_glance)

    monkeypatch.setattr(reader, "submit", listen)
    events = list(read_left_pages(again, dossier_id, reader))
    assert kinds(events) == ["PageRead", "PageRead", "PapersRecognised"]
    assert modes == [ColorMode.GRAY] * 2
    assert [paper.paper_class for paper in open_draft(again, dossier_id).papers] == [
        PaperClass.BIRTH_REGISTRATION_DECLARATION,
        PaperClass.BIRTH_PROOF,
    ]
    assert list(read_left_pages(again, dossier_id, reader)) == []
    again.close()


@pytest.mark.parametrize("read_before", [0, 1])
def test_closing_the_readers_in_the_middle_leaves_the_pages_for_later(
    counter: Counter, reader: PageReader, read_before: int
) -> None:
    """Closing the window must not turn pages that nobody has read into papers that nobody knows."""
    session = counter.session
    dossier_id = filled_in(session)
    with PageReader(workers=1) as counter.reader:
        scan = counter.scan(dossier_id, stack(3))
        first = next(scan)
        assert isinstance(first, PageArrived)
        if read_before:
            counter.reader.read(
                PageImage(first.picture, first.page.width_px, first.page.height_px, 100, ColorMode.GRAY)
            )
            assert isinstance(next(scan), PageRead)
        counter.reader.close()
        assert "PapersRecognised" not in kinds(scan)
    left = open_draft(session, dossier_id)
    assert left.papers == ()
    assert list(read_left_pages(session, dossier_id, counter.reader)) == []
    list(read_left_pages(session, dossier_id, reader))
    assert bound(open_draft(session, dossier_id).papers) == len(left.pages) > read_before


def arrived_earlier(session: DeskSession, dossier_id: str, picture: Image.Image, dpi: int) -> Page:
    """A page that the program had stored when it was killed."""
    stored = session.store.objects.write(jpeg(picture, dpi), "image/jpeg", os.urandom)
    with session.store.transaction() as connection:
        objects.record(connection, stored)
        page = Page(
            page_id=session.new_identifier(),
            dossier_id=dossier_id,
            position=pages.next_position(connection, dossier_id),
            object_id=stored.object_id,
            width_px=picture.width,
            height_px=picture.height,
            resolution_dpi=dpi,
        )
        pages.add(connection, page)
    return page


def test_a_page_that_cannot_be_read_is_kept_and_bound(session: DeskSession, reader: PageReader) -> None:
    dossier_id = filled_in(session)
    arrived_earlier(session, dossier_id, Image.new("L", (30, 30), "white"), 300)
    read, recognised = read_left_pages(session, dossier_id, reader)
    assert isinstance(read, PageRead)
    assert isinstance(recognised, PapersRecognised)
    assert (read.fault, read.page.text, read.title) == ("page-too-small", "", "Giấy tờ khác")
    (paper,) = recognised.papers
    with pypdfium2.PdfDocument(content_of(session, paper.object_id)) as document:
        assert len(document) == 1


def test_a_page_whose_picture_is_lost_does_not_hold_up_the_others(session: DeskSession, reader: PageReader) -> None:
    dossier_id = filled_in(session)
    lost = arrived_earlier(session, dossier_id, empty_sheet(60), 60)
    kept = arrived_earlier(session, dossier_id, empty_sheet(75), 75)
    session.store.objects.path(lost.object_id).unlink()
    events, error = until_it_fails(read_left_pages(session, dossier_id, reader))
    assert error.code == "object-missing"
    assert [event.page.page_id for event in events if isinstance(event, PageRead)] == [kept.page_id]
    assert kinds(events)[-1] == "PapersRecognised"


def test_no_page_is_scanned_into_a_draft_that_is_closed(counter: Counter) -> None:
    dossier_id = filled_in(counter.session)
    abandon_draft(counter.session, dossier_id)
    events, error = until_it_fails(counter.scan(dossier_id, stack(1)))
    assert (events, error.code) == ([], "no-such-draft")
    assert open_draft(counter.session, dossier_id).pages == ()


def test_papers_that_are_given_back_leave_neither_rows_nor_files(counter: Counter) -> None:
    session = counter.session
    dossier_id = filled_in(session)
    kept = hand_in(session, dossier_id, PaperClass.BIRTH_PROOF)
    list(counter.scan(dossier_id, stack(2)))
    (scanned,) = [paper for paper in open_draft(session, dossier_id).papers if paper != kept]
    gone = [page.object_id for page in open_draft(session, dossier_id).pages] + [scanned.object_id or ""]
    assert all(session.store.objects.path(object_id).exists() for object_id in gone)
    assert set_aside_papers(session, dossier_id, [scanned.paper_id]).drafts == {dossier_id}
    draft = open_draft(session, dossier_id)
    assert (draft.pages, draft.papers) == ((), (kept,))
    assert [path for path in map(session.store.objects.path, gone) if path.exists()] == []
    assert session.store.objects.path(kept.object_id or "").exists()
    with session.store.reading() as connection:
        assert [objects.find(connection, object_id) for object_id in gone] == [None] * len(gone)
