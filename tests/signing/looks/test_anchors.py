# SPDX-License-Identifier: GPL-3.0-or-later
"""Finding words: as written before anything else, whole words, the last place, also on scans."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import unicodedata
from collections.abc import Callable

import numpy as np
import pypdfium2
import pytest
from PIL import Image

from scanning.imaging.archive import archive_picture
from scanning.imaging.raster import Raster
from scanning.imaging.sheet_planes import SheetPlanes
from scanning.page_reading import unreadable
from scanning.pdf.own_text import own_text
from scanning.pdf.searchable import ScannedPage, build_pdf
from signing.errors import SigningError
from signing.looks.anchor import find_last
from signing.looks.look import PersonLook, TextLook
from signing.looks.place import AnchorPlace
from signing.stamp import Box, StampPlace
from tests.signing.looks.conftest import Stamp
from tests.signing.looks.drawn import DPI, HEAD, edges, shown, signature_png, stamped, words

PERSON = PersonLook(signature_png())


@pytest.mark.parametrize(
    ("text", "wanted", "exact", "found"),
    [
        ("Chủ tịch, CHỦ TỊCH, CHỦ TỊCH.", "CHỦ TỊCH", True, "CHỦTỊCH"),
        ("PHÓ CHỦ\r\nTỊCH", "CHỦ TỊCH", True, "CHỦTỊCH"),
        ("C H Ủ   T Ị C H", "CHỦ TỊCH", True, "CHỦTỊCH"),
        (unicodedata.normalize("NFD", "CHỦ TỊCH"), "CHỦ TỊCH", True, unicodedata.normalize("NFD", "CHỦTỊCH")),
        ("CHỦ TỊCH", unicodedata.normalize("NFD", "CHỦ TỊCH"), True, "CHỦTỊCH"),
        ("CHÚ TỊCH", "CHỦ TỊCH", True, ""),
        ("CHÚ TICH", "CHỦ TỊCH", False, "CHÚTICH"),
        ("Đặng Văn Đức", "DANG VAN DUC", False, "ĐặngVănĐức"),
        ("NGƯỜI KÝ", "NGƯỜI K", True, ""),
        ("KT.CHỦ TỊCH", "CHỦ TỊCH", True, "CHỦTỊCH"),
        ("", "CHỦ TỊCH", False, ""),
        ("CHỦ TỊCH", " ", False, ""),
    ],
)
def test_words_are_found_whole_and_the_last_time(text: str, wanted: str, exact: bool, found: str) -> None:
    where = find_last(text, wanted, exact=exact)
    assert "".join(text[number] for number in where) == found
    if found and text.count(found) > 1:
        assert where[0] == text.rindex(found)


def three_pages(typeset: Callable[..., bytes], *pages: str) -> bytes:
    return typeset(HEAD + "\n#pagebreak()\n".join(pages))


@pytest.mark.parametrize(
    ("pages", "place", "expected"),
    [
        (("CHỦ TỊCH", "CHỦ TỊCH", "Phụ lục"), AnchorPlace("CHỦ TỊCH"), 1),
        (("CHỦ TỊCH", "Chủ tịch", "Phụ lục"), AnchorPlace("CHỦ TỊCH"), 0),
        (("CHỦ TỊCH", "Chủ tịch", "Phụ lục"), AnchorPlace("chu tich"), 1),
        (("CHỦ TỊCH", "CHỦ TỊCH", "Phụ lục"), AnchorPlace("CHỦ TỊCH", page=0), 0),
        (("CHỦ TỊCH", "Phụ lục", "CHỦ TỊCH"), AnchorPlace("CHỦ TỊCH", page=-1), 2),
    ],
)
def test_the_last_page_that_has_the_words_as_they_are_written_is_signed(
    typeset: Callable[..., bytes], stamp: Stamp, pages: tuple[str, ...], place: AnchorPlace, expected: int
) -> None:
    pdf = three_pages(typeset, *pages)
    signed = stamp(pdf, place, PERSON)
    changed = [index for index in range(3) if stamped(shown(pdf, index), shown(signed, index)).any()]
    assert changed == [expected]


def test_words_that_are_nowhere_are_said_to_be_missing(decision: bytes, stamp: Stamp) -> None:
    with pytest.raises(SigningError) as caught:
        stamp(decision, AnchorPlace("GIÁM ĐỐC"), PERSON)
    assert caught.value.code == "stamp-anchor-missing"
    assert "GIÁM" not in str(caught.value), "an anchor may be a person's name"


def test_below_a_title_without_a_name_there_is_room_for_the_signature(
    typeset: Callable[..., bytes], stamp: Stamp
) -> None:
    pdf = typeset(HEAD + "Nội dung. #v(20pt) #align(right)[NGƯỜI KÝ #h(60pt)]")
    before = shown(pdf)
    ink = stamped(before, shown(stamp(pdf, AnchorPlace("NGƯỜI KÝ"), PERSON)))
    title = edges(words(before)[edges(words(before))[1] + 20 :])
    left, top, right, _ = edges(ink)
    assert top > edges(words(before))[3] - 1
    assert (left + right) / 2 == pytest.approx((title[0] + title[2]) / 2, abs=5)


# --- scans ---


def scan(pdf: bytes) -> np.ndarray:
    return np.asarray(pypdfium2.PdfDocument(pdf)[0].render(scale=200 / 72).to_pil().convert("RGB"))


@pytest.fixture(scope="module")
def archive_copy(decision: bytes, now: dt.datetime) -> bytes:
    """The decision as the scanner's archive copy: a picture with an unseen layer of text."""
    text = own_text(pypdfium2.PdfDocument(decision)[0])
    assert text is not None
    pixels = np.ascontiguousarray(scan(decision)[:, :, ::-1])
    archive = archive_picture(SheetPlanes(Raster(pixels, 200.0)))
    reading = dataclasses.replace(unreadable(""), fault=None, text=text, archive=archive)
    return build_pdf([ScannedPage(None, reading)], "Quyết định", now)


def test_on_a_scan_the_unseen_text_is_found_and_kept_clear_of(
    archive_copy: bytes, decision: bytes, stamp: Stamp
) -> None:
    before = shown(archive_copy)
    ink = stamped(before, shown(stamp(archive_copy, AnchorPlace("CHỦ TỊCH"), PERSON)))
    drawn = stamped(shown(decision), shown(stamp(decision, AnchorPlace("CHỦ TỊCH"), PERSON)))
    assert np.allclose(edges(ink), edges(drawn), atol=5)
    moved = stamp(archive_copy, StampPlace(0, Box(200, 500, 405, 542)), TextLook())
    ink = stamped(before, shown(moved))
    assert not (ink & words(before)).any(), "the paragraph in the box stays readable"


def test_on_a_scan_that_nobody_read_the_ink_is_kept_clear_of(decision: bytes, stamp: Stamp) -> None:
    output = io.BytesIO()
    Image.fromarray(scan(decision)).save(output, "PDF", resolution=200)
    before = shown(output.getvalue())
    after = shown(stamp(output.getvalue(), StampPlace(0, Box(200, 500, 405, 542)), TextLook()))
    ink = stamped(before, after)
    assert ink.any()
    assert not (ink & words(before)).any()
    assert edges(ink)[1] / DPI * 72 == pytest.approx(842 - 542, abs=220), "near the wished place"
