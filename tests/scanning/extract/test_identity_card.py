# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pytest

from scanning.classify.paper_class import PaperClass
from scanning.codes import PageCode
from scanning.extract.card_qr import card_code
from scanning.extract.extraction import extract
from scanning.extract.field import Field
from scanning.extract.machine_readable_zone import check_digit, machine_readable_zone
from scanning.ocr.text import Box, PageText

Print = Callable[..., PageText]

PLACE: Final = "Thôn Trung Hậu, Xã Hoằng Trung, Huyện Hoằng Hóa, Tỉnh Thanh Hóa"
CODE: Final = PageCode(
    "qr", f"038094012745|174102358|Lê Văn Thành|17031994|Nam|{PLACE}|10052021", Box(1200, 80, 100, 100)
)
FRONT: Final = (
    "CĂN CƯỚC CÔNG DÂN",
    "Số / No.: 038094012745",
    "Họ và tên / Full name:",
    "LÊ VĂN THÀNH",
    "Ngày sinh / Date of birth: 17/03/1994",
    "Giới tính / Sex: Nam   Quốc tịch / Nationality: Việt Nam",
    "Quê quán / Place of origin:",
    "Hoằng Trung, Hoằng Hóa, Thanh Hóa",
    "Nơi thường trú / Place of residence: Thôn Trung Hậu, Hoằng Trung,",
    "Hoằng Hóa, Thanh Hóa",
    "Có giá trị đến / Date of expiry: 17/03/2034",
)
ZONE: Final = ("IDVNM0940127452038094012745<<7", "9403176M3403174VNM<<<<<<<<<<<0", "LE<<VAN<THANH<<<<<<<<<<<<<<<<<")


def found(
    text: PageText, *codes: PageCode, paper_class: PaperClass = PaperClass.IDENTITY_CARD_FRONT
) -> dict[str, Field]:
    return {field.name: field for field in extract(text, paper_class, codes)}


def test_the_print_of_a_card_is_read_without_its_code(printed: Print) -> None:
    fields = found(printed(*FRONT))
    assert {name: field.value for name, field in fields.items()} == {
        "personal_number": "038094012745",
        "full_name": "Lê Văn Thành",
        "birth_date": "1994-03-17",
        "sex": "male",
        "origin": "Hoằng Trung, Hoằng Hóa, Thanh Hóa",
        "residence": "Thôn Trung Hậu, Hoằng Trung, Hoằng Hóa, Thanh Hóa",
        "expiry_date": "2034-03-17",
    }


def test_the_code_wins_when_the_print_agrees_even_roughly(printed: Print) -> None:
    lines = list(FRONT)
    lines[1] = "Số / No.: 038094012746"
    lines[3] = "LÊ VÃN THANH"
    fields = found(printed(*lines), CODE)
    assert fields["personal_number"].value == "038094012745"
    assert fields["full_name"].value == "Lê Văn Thành"
    assert fields["residence"].value == PLACE
    assert fields["issue_date"].value == "2021-05-10"
    printed_too = ("personal_number", "full_name", "birth_date", "sex", "residence")
    assert {fields[name].confidence for name in printed_too} == {0.99}
    assert fields["full_name"].boxes == (CODE.box,)


def test_what_the_print_does_not_say_is_less_sure(printed: Print) -> None:
    fields = found(printed("CĂN CƯỚC CÔNG DÂN"), CODE)
    assert {field.confidence for field in fields.values()} == {0.9}


def test_a_code_of_somebody_else_is_not_believed_and_neither_is_the_print(printed: Print) -> None:
    foreign = PageCode("qr", "001184001234||TRẦN THỊ MAI|02091984|Nữ|Phường Nghĩa Đô, Hà Nội|01012022", CODE.box)
    fields = found(printed(*FRONT), foreign)
    assert all(fields[name].confidence <= 0.3 for name in ("personal_number", "full_name", "birth_date", "sex"))


def test_two_cards_on_a_page_are_nobody_in_particular(printed: Print) -> None:
    other = PageCode("qr", "001184001234||TRẦN THỊ MAI|02091984|Nữ|Phường Nghĩa Đô, Hà Nội|01012022", Box(0, 0, 9, 9))
    assert all(field.confidence <= 0.3 for field in found(printed(*FRONT), CODE, other).values())
    assert found(printed(*FRONT), CODE, CODE)["full_name"].confidence == 0.99


@pytest.mark.parametrize(
    "text",
    [
        "https://example.vn",
        "038094012745|x",
        "STT|2026-10-12|A|17",
        "003094012745||LÊ VĂN A|17031994|Nam|Xã A|10052021",
        "038094012745||LÊ VĂN A|31021994|Nam|Xã A|10052021",
    ],
)
def test_other_codes_are_no_cards(text: str) -> None:
    assert card_code(PageCode("qr", text, CODE.box)) is None


def test_a_newer_card_may_say_more() -> None:
    fields = card_code(PageCode("qr", CODE.text + "|9|something", CODE.box))
    assert fields is not None
    assert fields["issue_date"].value == "2021-05-10"
    old = card_code(PageCode("qr", CODE.text.rsplit("|", 1)[0], CODE.box))
    assert old is not None
    assert "issue_date" not in old


def test_the_zone_on_the_back_proves_number_birth_sex_and_expiry(printed: Print) -> None:
    text = printed("Ngày, tháng, năm / Date, month, year: 10/05/2021", *ZONE)
    fields = found(text, paper_class=PaperClass.IDENTITY_CARD_BACK)
    assert {name: field.value for name, field in fields.items()} == {
        "personal_number": "038094012745",
        "birth_date": "1994-03-17",
        "sex": "male",
        "expiry_date": "2034-03-17",
        "issue_date": "2021-05-10",
    }


def test_a_zone_with_letters_for_digits_is_repaired_and_one_with_wrong_digits_is_not(printed: Print) -> None:
    misread = printed(ZONE[0].replace("0", "O", 1), ZONE[1].replace("0", "O", 1), ZONE[2])
    assert machine_readable_zone(misread)["personal_number"].value == "038094012745"
    assert machine_readable_zone(misread)["birth_date"].value == "1994-03-17"
    wrong = machine_readable_zone(printed(ZONE[0].replace("94012745", "94012746"), ZONE[1].replace("940317", "940318")))
    assert set(wrong) == {"expiry_date"}


def test_check_digits_are_those_of_the_standard() -> None:
    # ICAO 9303 part 3, appendix A: the worked example of 1974-07-27 and of a document number.
    assert check_digit("520727") == "3"
    assert check_digit("AB2134<<<") == "5"


def test_the_code_of_a_receipt_gives_the_dossier(printed: Print) -> None:
    box = Box(10, 10, 90, 90)
    text = printed("GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ", "Mã hồ sơ: 000.00.12.H38-261012-0072")
    own = PageCode("qr", "000.00.12.H38-261012-0012|1.001193||Giấy tiếp nhận", box)
    link = PageCode("qr", "https://dvc.example.vn/tra?ma=000.00.12.h38-261012-0012", box)
    for codes in ((own,), (link,), (own, link)):
        (field,) = extract(text, PaperClass.DOSSIER_RECEIPT, codes)
        assert (field.value, field.confidence, field.boxes) == ("000.00.12.H38-261012-0012", 0.99, (box,))
    (field,) = extract(text, PaperClass.DOSSIER_RECEIPT, (CODE,))
    assert field.value == "000.00.12.H38-261012-0072"
