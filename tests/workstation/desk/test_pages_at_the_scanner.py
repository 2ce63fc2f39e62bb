# SPDX-License-Identifier: GPL-3.0-or-later
"""A page is turned and scanned again with a real scanner behind SANE and real readers."""

from __future__ import annotations

import pytest
from PIL import Image

from casework.records.paper import PaperClass
from demo.counter_scanner import sheets_for_feeder
from demo.escl_scanner import Fault, FaultKind, Picture, Sheet
from demo.sample_papers import SAMPLE_PAPERS
from scanning.devices.driver import ScanRequest
from scanning.errors import ScanningError
from scanning.page_image import ColorMode
from tests.workstation.desk.counter import Counter, empty_sheet, filled_in
from workstation.desk.keep_draft import DraftForm, open_draft
from workstation.desk.replace_page import PageReplaced
from workstation.desk.rescan_page import rescan_page
from workstation.desk.turn_page import Turn, turn_page


def grey_sheet(level: int) -> Picture:
    def picture(dpi: int) -> Image.Image:
        sheet = empty_sheet(dpi)
        sheet.paste((level, level, level), (0, 0, sheet.width, sheet.height))
        return sheet

    return picture


def stack(*levels: int) -> list[Sheet]:
    return [Sheet(grey_sheet(level)) for level in levels]


def rescan(counter: Counter, draft: DraftForm, number: int) -> PageReplaced:
    request = ScanRequest(counter.device_id, 100, ColorMode.GRAY)
    return rescan_page(
        counter.session,
        draft.dossier_id,
        draft.pages[number].page_id,
        counter.scanner,
        request,
        counter.reader,
        counter.cancel,
    )


@pytest.fixture
def draft(counter: Counter) -> DraftForm:
    """A draft of two empty pages in one paper."""
    dossier_id = filled_in(counter.session)
    list(counter.scan(dossier_id, stack(255, 254)))
    return open_draft(counter.session, dossier_id)


def test_a_page_is_scanned_again_in_its_place(counter: Counter, draft: DraftForm) -> None:
    counter.machine.load_feeder(stack(240))
    rescan(counter, draft, 0)
    now = open_draft(counter.session, draft.dossier_id)
    assert [page.page_id for page in now.pages] == [page.page_id for page in draft.pages]
    assert now.pages[0].object_id != draft.pages[0].object_id
    assert now.pages[1] == draft.pages[1]
    assert [paper.paper_id for paper in now.papers] == [paper.paper_id for paper in draft.papers]
    assert now.papers[0].object_id != draft.papers[0].object_id


def test_a_jam_leaves_the_old_page(counter: Counter, draft: DraftForm) -> None:
    counter.machine.load_feeder(stack(240))
    counter.machine.order_fault(Fault(FaultKind.JAM, after_pages=0))
    with pytest.raises(ScanningError, match="scanner-jammed"):
        rescan(counter, draft, 1)
    assert open_draft(counter.session, draft.dossier_id) == draft


def test_only_the_first_of_several_sheets_is_taken_and_the_scanner_goes_on_working(
    counter: Counter, draft: DraftForm
) -> None:
    counter.machine.load_feeder(stack(240, 239, 238))
    assert rescan(counter, draft, 0).sheets_left_out == 1
    assert len(open_draft(counter.session, draft.dossier_id).pages) == 2
    counter.machine.load_feeder(stack(230))
    assert rescan(counter, draft, 1).sheets_left_out == 0


@pytest.mark.full
def test_what_is_read_follows_the_turns_of_a_page(counter: Counter) -> None:
    dossier_id = filled_in(counter.session)
    list(counter.scan(dossier_id, sheets_for_feeder([SAMPLE_PAPERS[PaperClass.BIRTH_PROOF]]), dpi=200))
    before = open_draft(counter.session, dossier_id)
    page = before.pages[0]
    turned = turn_page(counter.session, dossier_id, page.page_id, Turn.COUNTER_CLOCKWISE, counter.reader)
    assert turned.page.rotation_degrees == pytest.approx(page.rotation_degrees + 90.0)
    assert "CHỨNG SINH" in page.text
    assert "CHỨNG SINH" not in turned.page.text
    assert turned.paper is not None
    assert turned.paper.paper_class is not PaperClass.BIRTH_PROOF
    undone = turn_page(counter.session, dossier_id, page.page_id, Turn.AS_FOUND, counter.reader)
    assert undone.page == page
    assert undone.paper is not None
    assert (undone.paper.paper_class, undone.paper.fields) == (PaperClass.BIRTH_PROOF, before.papers[0].fields)
