# SPDX-License-Identifier: GPL-3.0-or-later
"""The receipt (Mẫu 01) as the citizen gets it: every word legible, every mark in its column, readable by machine."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.errors import BugError
from casework.paper_codes import PaperCode, parse_paper_code
from casework.receipt import ReceiptFacts, ReceiptPaper
from casework.records.paper import PaperForm
from casework.records.procedure import Channel
from workstation.forms import registry
from workstation.forms.receipt import receipt_pdf
from workstation.forms.registry import Form, template_of

VIET_NAM = dt.timezone(dt.timedelta(hours=7))
A5_WIDTH_PT = 419.5
MARGIN_PT = 36

FACTS = ReceiptFacts(
    parent_name="Ủy ban nhân dân xã Hoằng Phú",
    unit_name="Trung tâm Phục vụ hành chính công xã Hoằng Phú",
    place="Hoằng Phú",
    dossier_code="H56.15-261123-0601",
    submitter_name="Lê Văn Thành",
    channel=Channel.COUNTER,
    submitter_address="Thôn Trung Hậu, Xã Hoằng Trung, Huyện Hoằng Hóa, Tỉnh Thanh Hóa",
    submitter_phone="0912 345 678",
    submitter_id_number="038094012745",
    procedure_name="Thủ tục đăng ký khai sinh",
    procedure_code="1.001193",
    applicant_name="Nguyễn Thị Hồng Nhung",
    applicant_address="Thôn Nghĩa Phú, Xã Hoằng Kim",
    applicant_id_number="038196004321",
    papers=(
        ReceiptPaper("Tờ khai đăng ký khai sinh", PaperForm.ORIGINAL),
        ReceiptPaper("Giấy chứng nhận kết hôn", PaperForm.CERTIFIED_COPY),
        ReceiptPaper("Thẻ căn cước", PaperForm.PHOTOCOPY, is_presented=True),
    ),
    sets=2,
    time_limit="1 ngày làm việc",
    received_at=dt.datetime(2026, 11, 23, 2, 5, tzinfo=dt.UTC),
    due_at=dt.datetime(2026, 11, 25, 10, 0, tzinfo=dt.UTC),
    fee_amount=8000,
    result_place="Trung tâm Phục vụ hành chính công xã Hoằng Phú",
    clerk_name="Trần Thanh Bình",
)


@contextmanager
def opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    with pypdfium2.PdfDocument(pdf) as document:
        yield document


def text_of(pdf: bytes) -> str:
    with opened(pdf) as document:
        text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    return unicodedata.normalize("NFC", re.sub(r"\s+", " ", text))


def boxes_of(pdf: bytes) -> Iterator[tuple[int, str, tuple[float, float, float, float]]]:
    """Page number, character, and its box: left, bottom, right, top in points."""
    with opened(pdf) as document:
        for number, page in enumerate(document):
            text = page.get_textpage()
            for index in range(text.count_chars()):
                character = text.get_text_range(index, 1)
                if character.strip():
                    yield number, character, text.get_charbox(index)


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return receipt_pdf(FACTS)


@pytest.mark.parametrize(
    "words",
    [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "ỦY BAN NHÂN DÂN XÃ HOẰNG PHÚ",
        "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
        "Mã hồ sơ: H56.15-261123-0601",
        "Tiếp nhận hồ sơ của Ông (Bà): Lê Văn Thành (trực tiếp)",
        "Số điện thoại: 0912 345 678",
        "Số định danh: 038094012745",
        "Thủ tục đăng ký khai sinh (1.001193)",
        "Chủ hồ sơ: Nguyễn Thị Hồng Nhung",
        "Số lượng hồ sơ: 2 (bộ)",
        "1 ngày làm việc",
        "Thời gian nhận hồ sơ: 09 giờ 05 phút, ngày 23 tháng 11 năm 2026",
        "Thời gian trả kết quả giải quyết hồ sơ: 17 giờ 00 phút, ngày 25 tháng 11 năm 2026",
        "Phí, lệ phí: 8.000 đồng",
        "Hoằng Phú, ngày 23 tháng 11 năm 2026",
        "Trần Thanh Bình",
    ],
)
def test_the_receipt_says_what_the_law_wants(pdf: bytes, words: str) -> None:
    assert words in text_of(pdf)


def test_each_paper_is_marked_in_the_column_of_its_form(pdf: bytes) -> None:
    marks = [box for _, character, box in boxes_of(pdf) if character == "x"]
    rows: dict[str, list[float]] = {"originals": [], "certified": [], "photocopies": []}
    # The three columns are 1.25, 1.5 and 1.25 cm wide and end at the right margin, 1.3 cm from the edge.
    right = A5_WIDTH_PT - cm(1.3)
    borders = [right - cm(4), right - cm(2.75), right - cm(1.25), right]
    for left, _, end, top in marks:
        for name, start, stop in zip(rows, borders[:-1], borders[1:], strict=True):
            if start < left < end < stop:
                rows[name].append(top)
    assert {name: len(tops) for name, tops in rows.items()} == {"originals": 1, "certified": 1, "photocopies": 1}
    assert rows["originals"] > rows["certified"] > rows["photocopies"]
    assert "3 Thẻ căn cước (xuất trình)" in text_of(pdf)


def cm(length: float) -> float:
    return length / 2.54 * 72


def test_the_code_of_the_corner_says_what_the_circular_asks_for(pdf: bytes) -> None:
    with opened(pdf) as document:
        picture = document[0].render(scale=200 / 72).to_pil()
    (code,) = zxingcpp.read_barcodes(picture)
    said = PaperCode("H56.15-261123-0601", "1.001193", "038196004321", "Giấy tiếp nhận hồ sơ và hẹn trả kết quả")
    assert (code.format, parse_paper_code(code.text)) == (zxingcpp.BarcodeFormat.QRCode, said)
    assert code.position.bottom_right.x < picture.width / 3
    assert code.position.bottom_right.y < picture.height / 4


def test_the_receipt_is_one_page_of_a5_that_can_be_kept_for_good(pdf: bytes) -> None:
    with opened(pdf) as document:
        assert len(document) == 1
        assert [round(side) for side in document[0].get_size()] == [420, 595]
    with pikepdf.open(io.BytesIO(pdf)) as document:
        with document.open_metadata() as metadata:
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "B")
        for page in document.pages:
            for font in page.resources.Font.values():
                (descendant,) = font.DescendantFonts
                assert {"/FontFile2", "/FontFile3"} & set(descendant.FontDescriptor.keys())


def test_the_same_dossier_gives_the_same_bytes(pdf: bytes) -> None:
    assert receipt_pdf(FACTS) == pdf


@pytest.mark.parametrize(
    ("amount", "words"),
    [(0, "Phí, lệ phí: Không"), (1_250_000, "Phí, lệ phí: 1.250.000 đồng"), (None, "Phí, lệ phí: .....")],
)
def test_a_fee_is_written_as_people_write_money_and_an_unknown_one_is_left_open(amount: int | None, words: str) -> None:
    assert words in text_of(receipt_pdf(dataclasses.replace(FACTS, fee_amount=amount)))


def test_what_is_not_known_is_left_to_be_filled_in_by_hand() -> None:
    bare = dataclasses.replace(FACTS, submitter_phone="", submitter_id_number="", time_limit="", papers=())
    assert re.search(r"Số điện thoại: \.{5}", text_of(receipt_pdf(bare)))


def test_a_time_near_midnight_is_told_in_viet_nam() -> None:
    late = dataclasses.replace(FACTS, received_at=dt.datetime(2026, 11, 22, 17, 30, tzinfo=dt.UTC))
    text = text_of(receipt_pdf(late))
    assert "00 giờ 30 phút, ngày 23 tháng 11 năm 2026" in text
    assert "Hoằng Phú, ngày 23 tháng 11 năm 2026" in text


LONG_NAME = "Công Tằng Tôn Nữ Nguyễn Phước Thị Huyền Trân Hoàng Phủ Ngọc Tường Vy Anh Đào " * 3
UNBROKEN = "W" * 120


def assert_nothing_runs_off(pdf: bytes) -> None:
    outside = {
        (page, character)
        for page, character, (left, bottom, right, top) in boxes_of(pdf)
        if left < MARGIN_PT or right > A5_WIDTH_PT - MARGIN_PT + 1 or bottom < MARGIN_PT - 10 or top > 595
    }
    assert outside == set()


@pytest.mark.parametrize("name", [LONG_NAME, UNBROKEN, "Ẫ" * 90], ids=["long", "unbroken", "tall"])
def test_long_names_stay_on_the_page(name: str) -> None:
    facts = dataclasses.replace(
        FACTS,
        submitter_name=name,
        applicant_name=name,
        submitter_address=name * 3,
        submitter_phone=name,
        submitter_id_number=name,
        procedure_name=name * 2,
        unit_name=name,
        parent_name=name,
        clerk_name=name,
        papers=(ReceiptPaper(name, PaperForm.ORIGINAL),),
    )
    assert_nothing_runs_off(receipt_pdf(facts))


def test_a_long_list_of_papers_goes_on_over_the_page_with_its_head_repeated() -> None:
    papers = tuple(ReceiptPaper(f"Giấy tờ thứ {number}", PaperForm.ORIGINAL) for number in range(1, 61))
    document = receipt_pdf(dataclasses.replace(FACTS, papers=papers))
    assert_nothing_runs_off(document)
    text = text_of(document)
    assert all(f"Giấy tờ thứ {number} " in text for number in range(1, 61))
    with opened(document) as pages:
        assert len(pages) > 1
    assert text.count("Tên giấy tờ") > 1


@settings(max_examples=40)
@given(st.text(max_size=60))
def test_no_name_keeps_the_receipt_from_being_printed(name: str) -> None:
    """Names come from cards and keyboards; neither a missing letter nor a command stops it."""
    receipt_pdf(dataclasses.replace(FACTS, submitter_name=name, papers=(ReceiptPaper(name, PaperForm.ORIGINAL),)))


def test_a_letter_that_no_font_has_is_an_empty_box_to_be_filled_in_by_hand() -> None:
    assert "Tiếp nhận hồ sơ của Ông (Bà): □□ Wei (trực tiếp)" in text_of(
        receipt_pdf(dataclasses.replace(FACTS, submitter_name="王伟 Wei"))
    )


def test_commands_of_the_typesetter_come_out_as_they_were_typed() -> None:
    name = "#panic() $x$ *b* _i_ @ref [c] \\ // {d} <e>"
    assert name in text_of(receipt_pdf(dataclasses.replace(FACTS, submitter_name=name)))


def test_the_layout_is_that_of_the_day_of_issue() -> None:
    layouts = registry.TEMPLATES[Form.RECEIPT]
    before, after = (in_force(layouts, day) for day in (dt.date(2025, 9, 14), dt.date(2025, 9, 15)))
    assert before == ["TT 01/2018/TT-VPCP, Mẫu số 01"]
    assert after == ["TT 03/2025/TT-VPCP, Phụ lục I, Mẫu số 01"]
    assert template_of(Form.RECEIPT, dt.date(2026, 11, 23)) == "receipt.typ"
    with pytest.raises(BugError):
        template_of(Form.RECEIPT, dt.date(2018, 1, 1))


def in_force(layouts: Sequence[registry.Template], day: dt.date) -> list[str]:
    return [layout.legal_basis for layout in layouts if layout.is_in_force(day)]


@given(st.dates(dt.date(2019, 1, 15), dt.date(2100, 1, 1)))
def test_on_every_day_exactly_one_layout_is_in_force(day: dt.date) -> None:
    assert len(in_force(registry.TEMPLATES[Form.RECEIPT], day)) == 1
