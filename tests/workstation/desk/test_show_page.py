# SPDX-License-Identifier: GPL-3.0-or-later
"""A page is shown as its paper's PDF has it; its own picture serves before there is one, and where that does not."""

from __future__ import annotations

import dataclasses
import io

import pytest
from PIL import Image

from casework.errors import KnownError
from casework.records.paper import Page, PaperClass
from localdb import objects, pages
from scanning.page_image import ColorMode, PageImage
from scanning.page_reading import ArchivePicture, unreadable
from scanning.pdf.searchable import ScannedPage, build_pdf
from scanning.transforms import Rotation
from tests.workstation.desk.counter import MONDAY_MORNING, Hand, filled_in, hand_in, jpeg
from tests.workstation.desk.retention import (
    days_go_by,
    documents,
    draft_with_scans,
    is_here,
    make_old,
    picture,
    settled,
)
from workstation.desk.evict_objects import EvictObjects
from workstation.desk.session import DeskSession
from workstation.desk.show_page import show_page


def is_of(session: DeskSession, shown: bytes, page: Page) -> bool:
    return session.store.objects.object_id(shown) == page.object_id


def lose(session: DeskSession, object_id: str) -> None:
    session.store.objects.path(object_id).unlink()


def test_a_page_without_a_paper_shows_its_own_picture_as_it_was_scanned(session: DeskSession) -> None:
    _, scanned = draft_with_scans(session)
    with session.store.transaction() as connection:
        connection.execute("UPDATE pages SET paper_id = NULL")
    shown = show_page(session, scanned[1].page_id)
    assert is_of(session, shown.picture, scanned[1])
    assert not shown.is_upright
    assert shown.fetch is None


def lying_on_its_side(session: DeskSession) -> Page:
    """A page that was scanned lying on its side, bound with its archive picture: red above, white below."""
    dossier_id = filled_in(session)
    upright = Image.new("RGB", (160, 240), "white")
    upright.paste("red", (0, 0, 160, 120))
    original = jpeg(upright.transpose(Image.Transpose.ROTATE_90), 50)
    reading = dataclasses.replace(
        unreadable(""),
        fault=None,
        transforms=(Rotation(270.0),),
        archive=ArchivePicture(160, 240, 50, jpeg(upright, 50), b""),
    )
    page_image = PageImage(original, 240, 160, 50, ColorMode.COLOR)
    document = build_pdf([ScannedPage(page_image, reading)], "Giấy", MONDAY_MORNING)
    paper = hand_in(session, dossier_id, PaperClass.BIRTH_PROOF, pdf=document)
    stored = session.store.objects.write(original, "image/jpeg", session.random_bytes)
    page = Page(session.new_identifier(), dossier_id, 0, stored.object_id, 240, 160, 50, 270.0, paper_id=paper.paper_id)
    with session.store.transaction() as connection:
        objects.record(connection, stored)
        pages.add(connection, page)
    return page


def test_a_page_of_a_paper_is_shown_upright_as_the_archive_has_it(session: DeskSession) -> None:
    page = lying_on_its_side(session)
    shown = show_page(session, page.page_id)
    assert shown.is_upright
    with Image.open(io.BytesIO(shown.picture)) as image:
        assert image.height > image.width
        red, green, _ = image.convert("RGB").getpixel((image.width // 2, image.height // 4))  # type: ignore[misc]
        assert (red > 200, green < 60) == (True, True)


def test_a_page_of_a_paper_made_before_there_were_archive_pictures_is_its_original(session: DeskSession) -> None:
    _, scanned = draft_with_scans(session)
    shown = show_page(session, scanned[1].page_id)
    assert is_of(session, shown.picture, scanned[1])
    assert shown.is_upright


def test_a_page_without_a_picture_of_its_own_is_taken_from_the_pdf_of_its_paper(
    session: DeskSession, clock: Hand
) -> None:
    _, scanned = settled(session)
    days_go_by(session, clock, 10)
    make_old(session, 2)
    EvictObjects(session.store, lambda _: None, lambda: 1 << 50).run_slice(session.clock())
    for page in scanned:
        assert not is_here(session, page.object_id)
        assert is_of(session, show_page(session, page.page_id).picture, page)


def test_the_own_picture_serves_while_the_pdf_is_away(session: DeskSession) -> None:
    dossier_id, scanned = draft_with_scans(session)
    lose(session, documents(session, dossier_id)[0].object_id)
    shown = show_page(session, scanned[0].page_id)
    assert is_of(session, shown.picture, scanned[0])
    assert (shown.is_upright, shown.fetch) == (False, None)


def test_a_pdf_of_other_pages_than_the_paper_s_is_not_believed(session: DeskSession) -> None:
    dossier_id, scanned = draft_with_scans(session)
    with session.store.transaction() as connection:
        connection.execute("UPDATE pages SET paper_id = ? WHERE page_id = ?", (scanned[2].paper_id, scanned[0].page_id))
    for page in scanned:
        shown = show_page(session, page.page_id)
        assert is_of(session, shown.picture, page)
        assert not shown.is_upright
    lose(session, scanned[2].object_id)
    with pytest.raises(KnownError, match="object-damaged"):
        show_page(session, scanned[2].page_id)
    assert all(is_here(session, stored.object_id) for stored in documents(session, dossier_id))


def test_a_paper_that_is_no_pdf_of_ours_does_not_hide_the_page(session: DeskSession) -> None:
    dossier_id = filled_in(session)
    paper = hand_in(session, dossier_id, PaperClass.BIRTH_PROOF, pdf=b"%PDF-1.7 brought along")
    stored = session.store.objects.write(picture(1), "image/jpeg", session.random_bytes)
    with session.store.transaction() as connection:
        objects.record(connection, stored)
        page = Page(session.new_identifier(), dossier_id, 0, stored.object_id, 160, 160, 50, paper_id=paper.paper_id)
        pages.add(connection, page)
    assert is_of(session, show_page(session, page.page_id).picture, page)


@pytest.mark.expects_log("localdb.object_sweep", level="ERROR")
def test_the_own_picture_serves_while_a_damaged_pdf_comes_back(session: DeskSession) -> None:
    dossier_id, scanned = settled(session)
    document = documents(session, dossier_id)[0]
    path = session.store.objects.path(document.object_id)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    shown = show_page(session, scanned[0].page_id)
    assert is_of(session, shown.picture, scanned[0])
    assert not shown.is_upright
    assert not is_here(session, document.object_id)
