# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import unicodedata

import numpy as np
import pypdfium2
import pytest

from demo.papers import fonts, plan
from demo.papers.fonts import Typefaces
from demo.papers.plan import Block, PagePlan
from demo.papers.press import FORMATS_MM, Layer, Setting, hand_text, has_hand, printed_text, set_page, typeset

_BLOCKS: dict[str, tuple[Block, str]] = {
    "heading": (plan.heading(), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"),
    "letterhead": (
        plan.letterhead(["UBND HUYỆN HOẰNG HÓA", "XÃ HOẰNG PHÚ"], "12/GXN", "Hoằng Phú, ngày 05 tháng 3 năm 2026"),
        "UBND HUYỆN HOẰNG HÓA\nXÃ HOẰNG PHÚ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        "Số: 12/GXN Hoằng Phú, ngày 05 tháng 3 năm 2026",
    ),
    "form code": (plan.form_code("Mẫu CT01"), "Mẫu CT01"),
    "title": (plan.title("GIẤY\nKHAI SINH", "(bản sao)"), "GIẤY\nKHAI SINH\n(bản sao)"),
    "entry": (plan.entry("Họ và tên", "Lường Thị Ngọc Ánh"), "Họ và tên: Lường Thị Ngọc Ánh"),
    "entry by hand": (plan.entry("Quê quán", "xã Diễn Kỷ", by_hand=True, rule="line"), "Quê quán:"),
    "row": (plan.row(plan.entry("Giới tính", "Nữ"), plan.entry("Dân tộc", "Ê Đê")), "Giới tính: Nữ Dân tộc: Ê Đê"),
    "column": (plan.column(plan.paragraph("trên"), plan.paragraph("dưới")), "trên\ndưới"),
    "boxes": (plan.boxes("Số định danh", "038093001234"), "Số định danh: 038093001234"),
    "ticks": (plan.ticks("Giới tính", [("Nam", True), ("Nữ", False)]), "Giới tính: Nam Nữ"),
    "paragraph": (plan.paragraph("Căn cứ Luật Hộ tịch;\nXét đề nghị,", style="italic", align="justify", indent_mm=10),
                  "Căn cứ Luật Hộ tịch;\nXét đề nghị,"),
    "table": (plan.table(["TT", "Tên"], [["1", "Vũ Văn Bảy"], ["2", ""]], [1, 4]), "TT Tên\n1 Vũ Văn Bảy\n2"),
    "table without heading": (plan.table(["", ""], [["a", "b"]]), "a b"),
    "signatures": (
        plan.signatures(
            plan.signer(["NGƯỜI KHAI"], "Tô Thị Mơ", note="(Ký, ghi rõ họ tên)", pen="black"),
            plan.signer(["", "CHỦ TỊCH"], "Lý A Tư", seal=["ỦY BAN NHÂN DÂN XÃ TẢ PHÌN", "LÀO CAI"]),
        ),
        "NGƯỜI KHAI\n(Ký, ghi rõ họ tên)\nTô Thị Mơ\nCHỦ TỊCH\nLý A Tư",
    ),
    "handwriting": (plan.handwriting("Kính gửi cô\nTôi tên là Bảy"), ""),
    "portrait": (plan.photo(30, 40), ""),
    "landscape": (plan.photo(40, 30), ""),
    "qr": (plan.qr("https://vneid.gov.vn", align="right"), ""),
    "parcel plan": (plan.row(plan.parcel_plan("128", "356,5"), plan.paragraph("")), ""),
    "space": (plan.space(10), ""),
    "machine readable": (plan.machine_readable(["IDVNM093<<5", "NGUYEN<<AN<"]), "IDVNM093<<5\nNGUYEN<<AN<"),
    "card": (plan.card(plan.paragraph("CĂN CƯỚC", size_pt=8)), "CĂN CƯỚC"),
}  # fmt: skip


def _page(*blocks: Block, **options: object) -> PagePlan:
    return PagePlan("other", "test", blocks, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", [name for name in _BLOCKS if name != "parcel plan"])
def test_the_text_of_a_block_is_what_it_prints(kind: str) -> None:
    block, text = _BLOCKS[kind]
    assert printed_text(_page(block)) == text


def test_a_parcel_plan_prints_the_number_the_area_and_the_length_of_every_side() -> None:
    lines = printed_text(_page(_BLOCKS["parcel plan"][0])).splitlines()
    assert {"128", "356,5"} <= set(lines)
    assert len([line for line in lines if "," in line]) == 5


def test_every_block_leaves_ink() -> None:
    for name, (block, _) in _BLOCKS.items():
        page = set_page(_page(block), Setting(), 40)
        layers = [np.asarray(layer) for layer in (page.print, page.pen, page.seal) if layer is not None]
        assert (min(layer.min() for layer in layers) < 200) == (name != "space"), name


@pytest.mark.parametrize("half", [fonts.SEEN, fonts.UNSEEN], ids=["seen", "unseen"])
def test_the_text_is_the_same_as_on_the_printed_layer_in_every_typeface(half: tuple[fonts.Family, ...]) -> None:
    blocks = [block for name, (block, _) in _BLOCKS.items() if block["kind"] not in {"parcel_plan", "photo", "card"}]
    for family in (each for each in half if each.kind is not fonts.Kind.HAND):
        setting = Setting(Typefaces(family, half[-1], fonts.SEEN[1]))
        page = _page(*blocks)
        document = pypdfium2.PdfDocument(typeset(page, setting, Layer.PRINT))
        printed = unicodedata.normalize("NFC", document[0].get_textpage().get_text_range())
        document.close()
        assert "".join(printed.split()) == "".join(printed_text(page, setting.typefaces).split())


def test_a_hyphen_at_the_end_of_a_line_stays_a_hyphen() -> None:
    text = printed_text(_page(plan.paragraph("Căn cứ Nghị định số 123/2015/NĐ-CP-BTP-ABC-DEF-GHI-KLM-NOP-QRS " * 4)))
    assert text.replace("\n", " ").replace("- ", "-").count("123/2015/NĐ-CP-BTP-ABC-DEF-GHI-KLM-NOP-QRS") == 4


def test_what_a_pen_wrote_is_not_print() -> None:
    page = _page(plan.row(plan.entry("Tên", "Lê Thị Cúc", by_hand=True)), plan.handwriting("Tôi xin\ncam đoan"))
    assert printed_text(page) == "Tên:"
    assert hand_text(page) == "Lê Thị Cúc\nTôi xin\ncam đoan"
    assert has_hand(page)


def test_a_signature_is_handwriting_without_words() -> None:
    page = _page(plan.signatures(plan.signer(["GIÁM ĐỐC"], "Hà Bá Lộc")))
    assert has_hand(page)
    assert hand_text(page) == ""
    assert not has_hand(_page(plan.signatures(plan.signer(["GIÁM ĐỐC"], "Hà Bá Lộc", pen="none"))))


def test_inks_come_apart() -> None:
    seal = ["CÔNG AN XÃ", "NGHỆ AN"]
    page = set_page(_page(plan.signatures(plan.signer(["TRƯỞNG CÔNG AN"], "Vi Thế Sáu", seal=seal))), Setting(), 60)
    assert page.pen is not None
    assert page.seal is not None
    red, _, blue = np.asarray(page.pen)[np.asarray(page.pen).sum(axis=2) < 400].mean(axis=0)
    assert blue > red + 50
    assert np.ptp(np.asarray(page.print).astype(int), axis=2).max() == 0


def test_a_page_without_pen_and_seal_has_no_such_layers() -> None:
    page = set_page(_page(plan.heading()), Setting(), 40)
    assert (page.pen, page.seal) == (None, None)


@pytest.mark.parametrize("name", FORMATS_MM)
def test_every_format_has_its_size(name: str) -> None:
    page = set_page(
        _page(plan.paragraph("A"), format=name, margins_mm=(3, 3, 3, 3), border=True, fill="#fbeee9"), Setting(), 127
    )
    assert page.print.size == tuple(round(side * 5) for side in FORMATS_MM[name])


def test_a_full_page_is_set_smaller_before_it_overflows() -> None:
    sentence = "Người yêu cầu chịu trách nhiệm trước pháp luật về nội dung khai. " * 62
    assert len(printed_text(_page(plan.paragraph(sentence)))) > 3500
    with pytest.raises(ValueError, match="does not fit"):
        printed_text(_page(plan.paragraph(sentence * 4)))
