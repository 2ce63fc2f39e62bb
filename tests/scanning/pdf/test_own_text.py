# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import io

import numpy as np
import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from scanning.ocr.text import Box, Line, PageText, Word
from scanning.pdf import own_text as own_text_module
from scanning.pdf.importing import open_document
from tests.scanning.pdf.written import FORM, written


def text_of(content: bytes) -> PageText | None:
    with open_document(content) as document:
        return document.page_text(0)


def changed(content: bytes, change: object) -> bytes:
    done = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert callable(change)
        change(pdf)
        pdf.save(done)
    return done.getvalue()


def test_a_written_document_brings_its_text_line_by_line() -> None:
    text = text_of(written(FORM))
    assert text is not None
    assert text.text.split("\n") == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN",
        "Họ, chữ đệm, tên: HOÀNG THỊ ÁNH TUYẾT",
        "Ngày, tháng, năm sinh: 30/06/2001 Quốc tịch: Việt Nam",
        "Số định danh cá nhân: 038301015926",
        "Diện tích: 120,0 m2; nơi cư trú: Thôn Kim Sơn, Xã Hoằng Kim, Huyện Hoằng Hóa",
    ]
    assert {word.confidence for word in text.words} == {100.0}


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_words_lie_where_their_print_is_however_the_page_is_turned(turn: int) -> None:
    content = changed(written(FORM), lambda pdf: pdf.pages[0].rotate(turn, relative=False))
    text = text_of(content)
    assert text is not None
    assert (text.width_px, text.height_px) == ((1654, 2339) if turn % 180 == 0 else (2339, 1654))
    with open_document(content) as document, Image.open(io.BytesIO(document.render_page(0, 200).content)) as page:
        ink = np.asarray(page.convert("L")) < 128
    covered = np.zeros_like(ink)
    for word in text.words:
        area = slice(word.box.top, word.box.bottom + 1), slice(word.box.left, word.box.right + 1)
        assert ink[area].any()
        covered[area] = True
    assert np.count_nonzero(ink & ~covered) < 0.03 * np.count_nonzero(ink)


@pytest.mark.parametrize(
    "source",
    [
        "",
        "Trang 1",  # what is left of a page turned into outlines
        "#hide[" + FORM.replace("= ", "") + "]",
    ],
)
def test_a_page_that_says_little_is_read_from_its_picture(source: str) -> None:
    assert text_of(written(source)) is None


@pytest.mark.parametrize(
    "garbled",
    [
        "Céng hßa x\u00b7 héi chñ nghÜa ViÖt Nam, §éc lËp - Tù do - H¹nh phóc, GiÊy x\u00b8c nhËn t×nh tr¹ng",  # TCVN3
        "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam, Ñoäc laäp - Töï do - Haïnh phuùc, Giaáy xaùc nhaän tình",  # VNI
        "\ue001\ue002\ue003 \ue004\ue005\ue006 Giấy xác nhận tình trạng hôn nhân của công dân Việt Nam ở xã",
        "Fqrj krb bqj krg fkx qjkjb Ylhw Qdp, Grf odsp Wx gr Kdqk skxf JLBB BDF QKDQ WLQK WUDQJ KRQ QKDQ fkj hwrb",
    ],
)
def test_letters_of_old_encodings_are_no_text(garbled: str) -> None:
    words = [Word(word, Box(10, 10, 50, 20), 100.0) for word in garbled.split()]
    assert not own_text_module._is_sane(PageText((Line(tuple(words)),), 1654, 2339))


def test_abbreviations_and_codes_are_text() -> None:
    words = "Số: 148/UBND-XNTTHN H56.12.3-261201-0007 VT, TP, NĐ-CP TTHC Ủy ban nhân dân xã Hoằng Phú, tỉnh Thanh Hóa"
    line = Line(tuple(Word(word, Box(10, 10, 50, 20), 100.0) for word in words.split()))
    assert own_text_module._is_sane(PageText((line,), 1654, 2339))


def _entry(value: str) -> Dictionary:
    return Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("ten"), V=String(value),
        Rect=Array([50, 50, 200, 70]),
    )  # fmt: skip


def test_a_filled_form_is_read_from_its_picture_and_an_empty_one_is_not() -> None:
    def fill(value: str, *, inherited: bool = False) -> bytes:
        def change(pdf: pikepdf.Pdf) -> None:
            entry = pdf.make_indirect(_entry(value))
            if inherited:
                parent = pdf.make_indirect(_entry(value))
                del entry.V, entry.FT
                entry.Parent = parent
            pdf.pages[0].obj.Annots = Array([entry])
            pdf.Root.AcroForm = Dictionary(Fields=Array([entry]))

        return changed(written(FORM), change)

    assert text_of(fill("Lê Văn Thành")) is None
    assert text_of(fill("Lê Văn Thành", inherited=True)) is None
    assert text_of(fill("  ")) is not None


def test_a_letter_off_the_page_is_left_out() -> None:
    content = written(FORM + "#place(top, dx: -200mm)[Ẩn]")
    text = text_of(content)
    assert text is not None
    assert "Ẩn" not in text.text


def test_a_page_with_very_many_things_on_it_is_read_from_its_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_text_module, "_MOST_OBJECTS", 3)
    document = pypdfium2.PdfDocument(written(FORM))
    try:
        assert own_text_module.own_text(document[0]) is None
    finally:
        document.close()
