# SPDX-License-Identifier: GPL-3.0-or-later
"""One page is scanned again in its place; the old picture stays until the new one is stored."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from casework.errors import KnownError
from casework.records.paper import Page, Paper
from localdb import pages, papers
from scanning.devices.driver import PaperSource, ScanRequest
from scanning.errors import ScanningError
from scanning.page_image import ColorMode, PageImage
from scanning.page_reading import Advice
from tests.workstation.desk.counter import code_of, empty_sheet, jpeg, trail
from tests.workstation.desk.hand_reader import HandReader, HandScanner
from tests.workstation.desk.retention import draft_with_scans, is_here
from workstation.desk.replace_page import PageReplaced
from workstation.desk.rescan_page import rescan_page
from workstation.desk.session import DeskSession
from workstation.desk.turn_page import Turn, turn_page


def sheet(dpi: int) -> PageImage:
    picture = empty_sheet(dpi).convert("L")
    return PageImage(jpeg(picture, dpi), picture.width, picture.height, dpi, ColorMode.GRAY)


class Draft:
    """A draft of three scanned pages in two papers, and a sheet for its second page in the scanner."""

    def __init__(self, session: DeskSession) -> None:
        self.session = session
        self.dossier_id, made = draft_with_scans(session)
        self.ids = [page.page_id for page in made]
        self.scanner = HandScanner([sheet(30)])
        self.reader = HandReader()
        self.cancel = threading.Event()

    def rescan(self, source: PaperSource = PaperSource.FEEDER, *, drops_signature: bool = False) -> PageReplaced:
        return rescan_page(
            self.session,
            self.dossier_id,
            self.ids[1],
            self.scanner.as_scanner,
            ScanRequest("made-up:1", 300, ColorMode.GRAY, source),
            self.reader.as_reader,
            self.cancel,
            drops_signature=drops_signature,
        )

    def page(self) -> Page:
        with self.session.store.reading() as connection:
            return pages.get(connection, self.ids[1])

    def paper(self) -> Paper:
        with self.session.store.reading() as connection:
            return papers.get(connection, self.page().paper_id or "")

    def content(self) -> bytes:
        with self.session.store.reading() as connection:
            return self.session.store.objects.read(connection, self.page().object_id)


@pytest.fixture
def draft(session: DeskSession) -> Draft:
    return Draft(session)


def test_the_new_sheet_takes_the_place_of_the_old(draft: Draft) -> None:
    before, paper_before = draft.page(), draft.paper()
    replaced = draft.rescan()
    page = draft.page()
    assert (page.page_id, page.position, page.paper_id) == (before.page_id, before.position, before.paper_id)
    assert (page.width_px, page.height_px, page.resolution_dpi) == (248, 351, 30)
    assert (page.text, page.rotation_degrees) == ("248 0.5", 0.5)
    assert draft.content() == sheet(30).content
    assert (replaced.page, replaced.paper, replaced.sheets_left_out) == (page, draft.paper(), 0)
    assert draft.paper().object_id != paper_before.object_id
    assert draft.paper().position == 0
    assert not is_here(draft.session, before.object_id)
    assert not is_here(draft.session, paper_before.object_id or "")
    assert [action for _, action, _ in trail(draft.session, "page.rescanned", "paper.bound-anew")] == [
        "page.rescanned",
        "paper.bound-anew",
    ]


def test_a_turn_of_the_old_picture_is_none_of_the_new(draft: Draft) -> None:
    turn_page(draft.session, draft.dossier_id, draft.ids[1], Turn.CLOCKWISE, draft.reader.as_reader)
    draft.rescan()
    assert (draft.page().steps, draft.page().rotation_degrees) == ("", 0.5)


def test_why_to_scan_again_goes_with_the_bad_picture(draft: Draft) -> None:
    draft.reader.advice = (Advice.TOO_DARK,)
    turn_page(draft.session, draft.dossier_id, draft.ids[1], Turn.CLOCKWISE, draft.reader.as_reader)
    assert draft.page().advice == ("too-dark",)
    draft.reader.advice = ()
    draft.rescan()
    assert draft.page().advice == ()


def test_a_page_whose_picture_was_lost_is_mended(draft: Draft) -> None:
    draft.session.store.objects.path(draft.page().object_id).unlink()
    draft.rescan()
    assert draft.content() == sheet(30).content


def test_only_the_front_of_one_sheet_is_taken(draft: Draft) -> None:
    draft.scanner = HandScanner([sheet(30), sheet(31), sheet(32)])
    assert draft.rescan(PaperSource.FEEDER_DUPLEX).sheets_left_out == 1
    assert draft.content() == sheet(30).content
    assert draft.scanner.requests == [ScanRequest("made-up:1", 300, ColorMode.GRAY, PaperSource.FEEDER)]


def test_what_fails_after_the_sheet_came_does_not_matter(draft: Draft) -> None:
    draft.scanner = HandScanner([sheet(30)], error="scanner-jammed")
    draft.rescan()
    assert draft.content() == sheet(30).content


def _jam(draft: Draft) -> None:
    draft.scanner = HandScanner([], error="scanner-jammed")


def _lay_nothing_in(draft: Draft) -> None:
    draft.scanner = HandScanner([])


def _spoil_reading(draft: Draft) -> None:
    draft.reader.fault = "page-unreadable"


def _stop(draft: Draft) -> None:
    draft.scanner = HandScanner([sheet(30)], then=draft.cancel.set)


def _stop_with_an_error(draft: Draft) -> None:
    draft.scanner = HandScanner([], error="scan-cancelled", then=draft.cancel.set)


def _stop_while_it_is_read(draft: Draft) -> None:
    draft.reader.meanwhile = draft.cancel.set


def _sign(draft: Draft) -> None:
    with draft.session.store.transaction() as connection:
        connection.execute("UPDATE papers SET signature_level = 'B-B'")


def _lose_the_first_page(draft: Draft) -> None:
    with draft.session.store.reading() as connection:
        other = pages.get(connection, draft.ids[0])
    draft.session.store.objects.path(other.object_id).unlink()


@pytest.mark.parametrize(
    ("arrange", "code"),
    [
        (_jam, "scanner-jammed"),
        (_lay_nothing_in, "feeder-empty"),
        (_spoil_reading, "page-unreadable"),
        (_stop, "rescan-stopped"),
        (_stop_with_an_error, "rescan-stopped"),
        (_stop_while_it_is_read, "rescan-stopped"),
        (_sign, "paper-signed"),
        (_lose_the_first_page, "page-original-gone"),
    ],
)
def test_whatever_goes_wrong_the_old_page_stays(draft: Draft, arrange: Callable[[Draft], None], code: str) -> None:
    arrange(draft)
    before, content = (draft.page(), draft.paper()), draft.content()
    with pytest.raises((KnownError, ScanningError)) as caught:
        draft.rescan()
    assert str(caught.value).split()[0] == code
    assert (draft.page(), draft.paper()) == before
    assert draft.content() == content
    assert trail(draft.session, "page.rescanned") == []


def test_nothing_is_scanned_for_a_paper_that_cannot_be_bound_anew(draft: Draft) -> None:
    _lose_the_first_page(draft)
    assert code_of(draft.rescan) == "page-original-gone"
    assert draft.scanner.requests == []


def test_a_signed_paper_asks_before_the_sheet_goes_through(draft: Draft) -> None:
    _sign(draft)
    assert code_of(draft.rescan) == "paper-signed"
    assert draft.scanner.requests == []
    draft.rescan(drops_signature=True)
    assert draft.paper().signature_level == ""
