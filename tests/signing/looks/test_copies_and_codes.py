# SPDX-License-Identifier: GPL-3.0-or-later
"""Digitised copies, QR codes and marks: at the top right, in black, readable by machines."""

from __future__ import annotations

import datetime as dt
import io
import re
import subprocess
from collections.abc import Callable

import numpy as np
import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
import zxingcpp
from PIL import Image

from signing.errors import SigningError
from signing.looks.drawing import draw
from signing.looks.look import CopyLook, QrLook, SignerFacts
from signing.looks.mark import add_mark
from signing.looks.place import Corner, CornerPlace, FieldPlace
from signing.stamp import StampPlace
from tests.signing.looks.conftest import Stamp
from tests.signing.looks.drawn import MILLIMETRE, edges, shown, stamped, words

ADDRESS = "https://tracuu.example.vn/H26-261201-0001"
COPY = CopyLook("Bản số hóa", "123/QĐ-UBND")
FACTS = SignerFacts("", "Ủy ban nhân dân xã Tân Lập", dt.datetime(2026, 3, 2, 1, 5, 9, tzinfo=dt.UTC))


def codes_in(page: np.ndarray) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(Image.fromarray(page.astype(np.uint8)))]


def test_the_text_of_a_copy_is_10_points_upright_and_says_unit_number_and_vietnamese_time() -> None:
    drawing = draw(COPY, FACTS, (10, 10))
    text_page = pypdfium2.PdfDocument(drawing.pdf)[0].get_textpage()
    assert text_page.get_text_range().split("\r\n") == [
        "Ủy ban nhân dân xã Tân Lập",
        "Bản số hóa, số: 123/QĐ-UBND",
        "Thời gian ký: 02/03/2026 08:05:09 +07:00",
    ]
    letters = [
        number for number in range(text_page.count_chars()) if pdfium.FPDFText_GetUnicode(text_page, number) > 32
    ]
    assert {round(pdfium.FPDFText_GetFontSize(text_page, number), 2) for number in letters} == {10.0}
    with pikepdf.open(io.BytesIO(drawing.pdf)) as document:
        (font,) = document.pages[0].Resources.Font.values()
        assert re.fullmatch(r"/\w{6}\+LiberationSerif", str(font.BaseFont)), "regular, not italic"
        assert "/XObject" not in document.pages[0].Resources, "no picture"


def test_a_copy_is_marked_in_black_in_the_upper_right_margin_of_the_first_page(decision: bytes, stamp: Stamp) -> None:
    before, after = shown(decision), shown(stamp(decision, CornerPlace(), COPY))
    ink = stamped(before, after)
    left, _, right, bottom = edges(ink)
    assert left > before.shape[1] / 2
    assert bottom < 20 * MILLIMETRE
    assert before.shape[1] - right == pytest.approx(15 * MILLIMETRE, abs=3)
    assert np.ptp(after[ink].mean(axis=0)) < 12, "no colour, but for what smooths the edges of letters"
    assert not (ink & words(before)).any()


@pytest.mark.parametrize("look", [QrLook(ADDRESS), CopyLook("Sao y", "5/SY-UBND", ADDRESS)])
def test_a_code_on_the_page_is_read_and_is_made_of_lines(
    decision: bytes, stamp: Stamp, look: QrLook | CopyLook
) -> None:
    signed = stamp(decision, CornerPlace(), look)
    assert codes_in(shown(signed, dpi=200)) == [ADDRESS]
    assert not words(shown(decision))[stamped(shown(decision), shown(signed))].any()
    images = subprocess.run(["pdfimages", "-list", "-"], input=signed, capture_output=True, check=True).stdout
    assert len(images.splitlines()) == 2, "a heading and no picture"


def test_a_code_keeps_its_quiet_zone_white_whatever_it_lies_on() -> None:
    drawing = draw(QrLook(ADDRESS), FACTS, (10, 10))
    page = pypdfium2.PdfDocument(drawing.pdf)[0]
    shape = page.render(scale=10, fill_color=(90, 90, 90, 255)).to_numpy()[:, :, :3]
    left, top, right, bottom = edges(shape.max(axis=2) < 60)
    module = (right - left) / 29  # version 3: the address has 41 letters
    for quiet in (left, top, shape.shape[1] - right, shape.shape[0] - bottom):
        assert quiet >= 3.9 * module
    assert (shape[: int(3.5 * module), 5:-5][5:] > 250).all()


@pytest.mark.parametrize("look_up", ["", "x" * 301])
def test_a_code_that_says_nothing_or_too_much_is_refused(look_up: str) -> None:
    with pytest.raises(SigningError) as caught:
        draw(QrLook(look_up), FACTS, (10, 10))
    assert caught.value.code == "look-up-too-long"


def test_a_letter_that_cannot_be_drawn_is_named_in_any_look() -> None:
    with pytest.raises(SigningError) as caught:
        draw(CopyLook("Bản số hóa", "12/漢-UBND"), FACTS, (10, 10))
    assert (caught.value.code, caught.value.details) == ("stamp-glyph-missing", {"characters": "U+6F22"})


@pytest.mark.parametrize("corner", Corner)
def test_every_corner_is_where_its_name_says(decision: bytes, stamp: Stamp, corner: Corner) -> None:
    before = shown(decision)
    left, top, right, bottom = edges(stamped(before, shown(stamp(decision, CornerPlace(corner), QrLook("1")))))
    height, width = before.shape[:2]
    assert ((left + right) / 2 < width / 2) == corner.value.endswith("left")
    assert ((top + bottom) / 2 < height / 2) == corner.value.startswith("top")


def test_a_mark_is_part_of_the_page_and_leaves_the_metadata_alone(decision: bytes) -> None:
    marked = add_mark(decision, QrLook(ADDRESS), CornerPlace(Corner.BOTTOM_LEFT), FACTS)
    assert marked.startswith(decision)
    assert codes_in(shown(marked, dpi=200)) == [ADDRESS]
    with pikepdf.open(io.BytesIO(decision)) as before, pikepdf.open(io.BytesIO(marked)) as after:
        assert after.Root.Metadata.read_bytes() == before.Root.Metadata.read_bytes()
        assert {**after.trailer.Info} == {**before.trailer.Info}
        assert "/Annots" not in after.pages[0]


def test_nothing_is_marked_that_somebody_has_signed(decision: bytes, stamp: Stamp) -> None:
    with pytest.raises(SigningError) as caught:
        add_mark(stamp(decision, CornerPlace(), COPY), QrLook(ADDRESS), StampPlace(), FACTS)
    assert caught.value.code == "mark-after-signature"


# --- fields of the document ---


@pytest.fixture(scope="session")
def form(typeset: Callable[..., bytes]) -> bytes:
    """A document with a field for a signature, 60 by 200 points, with words in its upper half."""
    source = (
        '#set page(paper: "a4", margin: 0pt)\n#set text(font: "Liberation Serif")\n#place(dx: 210pt, dy: 500pt)[Ký tên]'
    )
    with pikepdf.open(io.BytesIO(typeset(source))) as document:
        field = document.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Sig,
                T=pikepdf.String("Người ký"), Rect=[200, 280, 400, 350], F=4, P=document.pages[0].obj,
            )
        )  # fmt: skip
        document.pages[0].Annots = pikepdf.Array([field])
        document.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]), SigFlags=3)
        output = io.BytesIO()
        document.save(output)
    return output.getvalue()


def test_a_field_of_the_document_is_signed_where_it_is_and_its_words_stay_free(form: bytes, stamp: Stamp) -> None:
    signed = stamp(form, FieldPlace("Người ký"), COPY)
    before = shown(form)
    ink = stamped(before, shown(signed))
    left, top, right, bottom = edges(ink)
    scale = MILLIMETRE * 25.4 / 72
    assert 200 * scale <= left < right <= 400 * scale
    assert (842 - 350) * scale <= top < bottom <= (842 - 280) * scale + 1
    assert not (ink & words(before)).any()
    with pikepdf.open(io.BytesIO(signed)) as document:
        (field,) = document.Root.AcroForm.Fields
        assert [float(edge) for edge in field.Rect] == [200, 280, 400, 350]
        assert "/V" in field


@pytest.mark.parametrize(
    ("name", "times", "code"), [("Không có", 0, "signature-field-missing"), ("Người ký", 1, "signature-field-signed")]
)
def test_a_field_that_is_not_there_or_is_signed_is_refused(
    form: bytes, stamp: Stamp, name: str, times: int, code: str
) -> None:
    for _ in range(times):
        form = stamp(form, FieldPlace(name), COPY)
    with pytest.raises(SigningError) as caught:
        stamp(form, FieldPlace(name), COPY)
    assert caught.value.code == code


def test_what_is_larger_than_the_field_is_refused(form: bytes, stamp: Stamp) -> None:
    with pytest.raises(SigningError) as caught:
        stamp(form, FieldPlace("Người ký"), CopyLook("Bản số hóa", "123/QĐ-UBND", ADDRESS))
    assert caught.value.code == "stamp-does-not-fit"
