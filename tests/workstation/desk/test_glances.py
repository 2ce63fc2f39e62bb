# SPDX-License-Identifier: GPL-3.0-or-later
"""What the title says is told while the page is read, and never after; why to scan it again comes with the reading."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import CancelledError, Future
from typing import cast

import pytest

from casework.errors import KnownError
from casework.records.paper import Page, PaperClass
from scanning.classify.guess import NOTHING_KNOWN, ClassGuess, Evidence
from scanning.classify.paper_class import PaperClass as ReadClass
from scanning.codes import PageCode
from scanning.devices.driver import ScanRequest
from scanning.errors import ScanningError
from scanning.ocr.text import Box
from scanning.page_image import ColorMode, PageImage
from scanning.page_reading import Advice, Glance, PageReading, Quality, unreadable
from scanning.papers import SEPARATOR
from scanning.reader import PageReader
from scanning.reading_worker import TellGlance
from scanning.scanner import Scanner
from tests.workstation.desk.counter import empty_sheet, filled_in, jpeg, trail
from workstation.desk.digitise_papers import (
    DigitisingEvent,
    PageArrived,
    PageGlanced,
    PageRead,
    digitise_papers,
    read_left_pages,
)
from workstation.desk.keep_draft import open_draft
from workstation.desk.session import DeskSession

REQUEST = ScanRequest("made-up:1", 200, ColorMode.GRAY)
PROOF = ClassGuess(ReadClass.BIRTH_PROOF, 0.97, Evidence.TITLE, starts_paper=True)
READING = dataclasses.replace(
    unreadable(""), guess=PROOF, fault=None, quality=Quality(200, 100, 0.2, 0.05, (Advice.BLURRED, Advice.CUT_OFF))
)


class HandScanner:
    """Gives sheets as long as it is let."""

    def __init__(self, sheets: int) -> None:
        self._sheets = sheets

    def scan(self, request: ScanRequest, cancel: threading.Event) -> Generator[PageImage, None, None]:
        for number in range(self._sheets):
            picture = empty_sheet(30 + number).convert("L")
            yield PageImage(jpeg(picture, 50), picture.width, picture.height, 50, ColorMode.GRAY)


class HandReader:
    """Reads when the test says so, or at once.

    Attributes:
        pages: What was handed in.
    """

    def __init__(self, *, at_once: bool = False) -> None:
        self._at_once = at_once
        self.pages: list[tuple[Future[PageReading], TellGlance | None]] = []

    def submit(self, page: PageImage, tell_glance: TellGlance | None = None) -> Future[PageReading]:
        self.pages.append((Future(), tell_glance))
        if self._at_once:
            self.finish(-1)
        return self.pages[-1][0]

    def glance(self, number: int, guess: ClassGuess = PROOF) -> None:
        tell_glance = self.pages[number][1]
        assert tell_glance is not None
        tell_glance(Glance(guess, False, b""))

    def finish(self, number: int, reading: PageReading | BaseException = READING) -> None:
        future = self.pages[number][0]
        if isinstance(reading, PageReading):
            future.set_result(reading)
        else:
            future.set_exception(reading)


@pytest.fixture
def reader() -> HandReader:
    return HandReader()


@pytest.fixture
def dossier_id(session: DeskSession) -> str:
    return filled_in(session)


@pytest.fixture
def scan(session: DeskSession, reader: HandReader, dossier_id: str) -> Callable[[int], Iterator[DigitisingEvent]]:
    """Starts a run of so many sheets."""

    def start(sheets: int) -> Iterator[DigitisingEvent]:
        return digitise_papers(
            session,
            dossier_id,
            cast("Scanner", HandScanner(sheets)),
            REQUEST,
            cast("PageReader", reader),
            threading.Event(),
        )

    return start


def arrived(events: Iterator[DigitisingEvent]) -> Page:
    event = next(events)
    assert isinstance(event, PageArrived)
    return event.page


def kinds(events: Iterator[DigitisingEvent]) -> list[str]:
    return [type(event).__name__ for event in events]


Scan = Callable[[int], Iterator[DigitisingEvent]]


def test_the_title_is_told_before_the_page_is_read(scan: Scan, reader: HandReader) -> None:
    events = scan(1)
    page = arrived(events)
    reader.glance(0)
    glanced = next(events)
    assert isinstance(glanced, PageGlanced)
    assert (glanced.page, glanced.title) == (page, "Giấy chứng sinh")
    assert not glanced.changes
    reader.finish(0)
    assert kinds(events) == ["PageRead", "PapersRecognised"]


def test_a_page_is_told_why_to_scan_it_again(scan: Scan, reader: HandReader) -> None:
    events = scan(1)
    arrived(events)
    reader.finish(0)
    read = next(events)
    assert isinstance(read, PageRead)
    assert read.page.advice == ("blurred", "cut-off")


def test_a_glance_that_comes_to_nothing_is_not_told(scan: Scan, reader: HandReader) -> None:
    events = scan(2)
    arrived(events)
    reader.glance(0)
    reader.finish(0)  # before anybody could hear of the glance
    told = []
    while "PageArrived" not in told:
        told += kinds(iter([next(events)]))
    reader.glance(1, ClassGuess(ReadClass.OTHER, 0.8, Evidence.TITLE, starts_paper=True))
    reader.finish(1)
    told += kinds(events)
    assert sorted(told) == sorted(["PageRead", "PageArrived", "PageRead", "PapersRecognised"])


def test_a_page_that_is_glanced_at_waits_for_the_one_before_it(scan: Scan, reader: HandReader) -> None:
    events = scan(2)
    first, second = arrived(events), arrived(events)
    reader.finish(1)
    reader.glance(0)
    event = next(events)
    assert isinstance(event, PageGlanced)
    assert event.page == first
    reader.finish(0)
    read = [event.page.page_id for event in events if isinstance(event, PageRead)]
    assert read == [first.page_id, second.page_id]


def test_the_class_goes_with_the_paper(scan: Scan, reader: HandReader, session: DeskSession, dossier_id: str) -> None:
    events = scan(1)
    arrived(events)
    reader.finish(0)
    list(events)
    assert [paper.paper_class for paper in open_draft(session, dossier_id).papers] == [PaperClass.BIRTH_PROOF]


@pytest.mark.parametrize("end", ["readers closed", "run left"])
def test_whatever_ends_the_run_the_pages_stay_and_no_thread_does(
    scan: Scan, reader: HandReader, session: DeskSession, dossier_id: str, end: str
) -> None:
    events = scan(3)
    arrived(events)
    if end == "readers closed":
        reader.finish(0, CancelledError())
        assert "PapersRecognised" not in kinds(events)
    else:
        events.close()  # type: ignore[attr-defined]  # it is a generator
    assert [thread for thread in threading.enumerate() if thread.name == "page feed"] == []
    kept = open_draft(session, dossier_id)
    assert kept.papers == ()
    assert len(kept.pages) == len(reader.pages)
    left = read_left_pages(session, dossier_id, cast("PageReader", HandReader(at_once=True)))
    assert kinds(left)[-1] == "PapersRecognised"


def test_an_error_of_the_readers_is_told_when_everything_is_kept(scan: Scan, reader: HandReader) -> None:
    events = scan(1)
    arrived(events)
    reader.finish(0, ScanningError("reading-unavailable"))
    assert [type(next(events)).__name__ for _ in range(2)] == ["PageRead", "PapersRecognised"]
    with pytest.raises(ScanningError, match="reading-unavailable"):
        next(events)


def test_a_separator_sheet_parts_two_papers_and_is_not_kept(
    scan: Scan, reader: HandReader, session: DeskSession, dossier_id: str
) -> None:
    code = PageCode("QRCode", SEPARATOR, Box(0, 0, 10, 10))
    separator = dataclasses.replace(READING, codes=(code,), guess=NOTHING_KNOWN)
    events = scan(3)
    scanned = [arrived(events) for _ in range(3)]
    for number, reading in enumerate((READING, separator, READING)):
        reader.finish(number, reading)
    list(events)
    kept = open_draft(session, dossier_id)
    assert [page.page_id for page in kept.pages] == [scanned[0].page_id, scanned[2].page_id]
    assert [paper.page_count for paper in kept.papers] == [1, 1]
    assert trail(session, "page.removed") == [(session.clerk.clerk_id, "page.removed", scanned[1].page_id)]
    with session.store.reading() as connection, pytest.raises(KnownError, match="object-missing"):
        session.store.objects.read(connection, scanned[1].object_id)
