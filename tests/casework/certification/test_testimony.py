# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from casework.certification import testimony
from casework.certification.books import BOOK_KINDS
from casework.errors import KnownError
from casework.records.certification import CertificationBook

DAY = dt.date(2026, 4, 21)


def facts(procedure_code: str = "2.000815", **more: object) -> testimony.TestimonyFacts:
    kind = BOOK_KINDS[procedure_code]
    full = testimony.TestimonyFacts(
        procedure_code=procedure_code,
        book=CertificationBook("b", kind, 2026, 1, "device", DAY, "c"),
        number=123,
        on=DAY,
        place="Ủy ban nhân dân xã Tân Lập",
        certifier_name="Trần Thị Hoa",
        certifier_title="công chức Trung tâm Phục vụ hành chính công xã Tân Lập",
        requester_name="Lê Văn Thành",
        requester_paper="căn cước số 038094012745",
        subject="Hợp đồng tặng cho quyền sử dụng đất",
        copies=3,
    )
    return dataclasses.replace(full, **more)  # type: ignore[arg-type]


def test_the_testimony_of_a_copy_says_that_it_is_true_with_number_book_day_and_person() -> None:
    only_needed = facts(requester_name="", requester_paper="", subject="", copies=0)
    assert testimony.write_testimony(only_needed).text.splitlines() == [
        "Chứng thực bản sao đúng với bản chính.",
        "Số chứng thực 123, quyển số 01/2026-SCT/BS.",
        "Ủy ban nhân dân xã Tân Lập, ngày 21 tháng 04 năm 2026",
        "công chức Trung tâm Phục vụ hành chính công xã Tân Lập",
        "Trần Thị Hoa",
    ]


def test_the_testimony_of_a_signature_names_day_in_words_and_who_signed_before_whom() -> None:
    text = testimony.write_testimony(facts("2.000884")).text
    assert text.startswith(
        "Ngày 21 tháng 04 năm 2026 (Bằng chữ: ngày hai mươi mốt tháng tư năm hai nghìn không trăm hai mươi sáu)\n"
        "Tại Ủy ban nhân dân xã Tân Lập.\nTôi, Trần Thị Hoa, là công chức "
    )
    assert "Ông/bà Lê Văn Thành, giấy tờ tùy thân: căn cước số 038094012745, cam đoan" in text
    assert "trước mặt tôi" in text
    assert text.endswith("Số chứng thực 123, quyển số 01/2026-SCT/CK,ĐC.")


@pytest.mark.parametrize("code", sorted(set(BOOK_KINDS) - {"2.000927"}))
def test_no_testimony_leaves_a_blank_and_each_bears_its_number(code: str) -> None:
    text = testimony.write_testimony(facts(code)).text
    assert "$" not in text
    assert "Số chứng thực 123, quyển số 01/2026-" in text


def test_no_wording_is_taken_for_certain() -> None:
    assert not any(template.is_wording_certain for template in testimony.TEMPLATES)
    assert not testimony.write_testimony(facts()).is_wording_certain


def test_a_dollar_sign_in_a_name_is_printed_as_it_is() -> None:
    assert "$place" in testimony.write_testimony(facts("2.000884", requester_name="Ông $place")).text


@pytest.mark.parametrize(
    ("more", "missing"),
    [
        ({"requester_name": ""}, "họ tên người yêu cầu"),
        ({"copies": 0}, "số bản chính"),
        ({"subject": "", "requester_paper": ""}, "tên giao dịch, văn bản, giấy tờ tùy thân của người yêu cầu"),
        ({"place": "", "certifier_name": ""}, "nơi chứng thực, họ tên người chứng thực"),
        ({"certifier_title": ""}, "chức danh người chứng thực"),
    ],
)
def test_what_the_wording_asks_for_must_be_stated(more: dict[str, object], missing: str) -> None:
    with pytest.raises(KnownError) as caught:
        testimony.write_testimony(facts("2.001035", **more))
    assert (caught.value.code, caught.value.details) == ("testimony-incomplete", {"missing": missing})


def test_there_is_no_testimony_for_what_has_none_or_before_its_day() -> None:
    for wanted in (facts("2.000927"), facts(on=dt.date(2020, 4, 19))):
        with pytest.raises(KnownError, match="testimony-wording-missing"):
            testimony.write_testimony(wanted)
    assert "năm 2020" in testimony.write_testimony(facts(on=dt.date(2020, 4, 20))).text


def test_the_latest_wording_in_force_is_taken() -> None:
    def template(line: str, first: dt.date, last: dt.date | None = None) -> testimony.TestimonyTemplate:
        return testimony.TestimonyTemplate(frozenset({"2.000815"}), (line,), "", first, last, is_wording_certain=True)

    old = template("old", dt.date(2020, 1, 1))
    until_today = template("now", dt.date(2021, 1, 1), DAY)
    ended = template("ended", dt.date(2022, 1, 1), DAY - dt.timedelta(days=1))
    later = template("later", DAY + dt.timedelta(days=1))
    written = testimony.write_testimony(facts(), [later, ended, until_today, old])
    assert written == testimony.Testimony("now", is_wording_certain=True)


@pytest.mark.parametrize(
    ("pages", "sheets", "expected"), [(1, 1, (False, False)), (2, 1, (True, False)), (3, 2, (True, True))]
)
def test_the_testimony_goes_on_the_last_page_and_two_sheets_are_stamped_together(
    pages: int, sheets: int, expected: tuple[bool, bool]
) -> None:
    marks = testimony.sheet_marks(pages, sheets)
    assert (marks.is_testimony_on_last_page, marks.has_joint_stamp) == expected
