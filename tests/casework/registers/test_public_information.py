# SPDX-License-Identifier: GPL-3.0-or-later
"""What the centre puts up, hands out and lets people copy: sheets, contacts, slips, messages."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest

from casework.catalogue import Catalogue
from casework.errors import KnownError
from casework.records.procedure import Duty
from casework.records.referral import Referral, ReferralPlace
from casework.records.support_contact import SupportContact
from casework.registers import announcements
from casework.registers.announcements import MessageKind, message_about
from casework.registers.contacts import contacts_for, find_contacts
from casework.registers.personal_numbers import has_personal_number
from casework.registers.public_sheet import LONGEST_QR_TEXT, NOT_STATED, PORTAL, public_sheet
from casework.registers.referrals import check_referral, slip_lines
from casework.work_calendar import VIET_NAM

DAY = dt.date(2026, 11, 23)
NOON = dt.datetime(2026, 11, 23, 5, 0, tzinfo=dt.UTC)
LAN = SupportContact("1", "Lê Lan", "Công chức", "Thôn 1", ("Hộ tịch",), "0912000111", "7:00–17:00", DAY, DAY)
MAI = SupportContact("2", "Ngô Mai", "", "", (), "0912000222", "", dt.date(2026, 1, 1))
NAM = SupportContact("3", "Bùi Nam", "", "Thôn 2", ("Đất đai",), "0912000333", "", dt.date(2026, 1, 1))
SLIP = Referral("r", ReferralPlace.LEGAL_ADVICE, "Phòng 12", "Tranh chấp lối đi chung", "", NOON, "lan")
UNIT = "Trung tâm Phục vụ hành chính công xã Hoằng Phú"


def names(contacts: list[SupportContact]) -> list[str]:
    return [contact.name for contact in contacts]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, ["Ngô Mai", "Bùi Nam", "Lê Lan"]),
        ({"field": "ho tich"}, ["Lê Lan", "Ngô Mai"]),
        ({"field": "Đất đai"}, ["Bùi Nam", "Ngô Mai"]),
        ({"area": "thôn 1"}, ["Lê Lan", "Ngô Mai"]),
        ({"field": "Hộ tịch", "area": "Thôn 2"}, ["Ngô Mai"]),
    ],
)
def test_who_helps_in_the_very_field_and_area_comes_first(wanted: dict[str, str], found: list[str]) -> None:
    assert names(contacts_for([NAM, MAI, LAN], DAY, **wanted)) == found


@pytest.mark.parametrize(("days", "is_listed"), [(-1, False), (0, True), (1, False)])
def test_an_officer_is_listed_from_the_first_day_to_the_last(days: int, is_listed: bool) -> None:
    assert bool(contacts_for([LAN], DAY + dt.timedelta(days=days))) is is_listed


@pytest.mark.parametrize(
    ("query", "found"), [("le la", ["Lê Lan"]), ("dat", ["Bùi Nam"]), ("0912000222", ["Ngô Mai"]), ("an", [])]
)
def test_officers_are_found_by_begun_words_without_accents(query: str, found: list[str]) -> None:
    assert names(find_contacts([NAM, MAI, LAN], DAY, query)) == found


def test_the_sheet_of_a_procedure_tells_what_the_catalogue_says_and_no_more() -> None:
    procedure = Catalogue.shipped().get("1.001193")
    sheet = public_sheet(procedure, UNIT, [NAM, MAI, LAN], ["Hòm thư góp ý"], DAY)
    assert len(sheet.to_submit) + len(sheet.to_present) == len(procedure.requirements)
    presented = [requirement for requirement in procedure.requirements if requirement.duty is Duty.PRESENT]
    assert [text.startswith(paper.name) for text, paper in zip(sheet.to_present, presented, strict=True)] == [True] * 2
    abandoned = next(each for each in procedure.requirements if "bỏ rơi" in each.condition)
    assert f"{abandoned.name} ({abandoned.condition})" in sheet.to_submit
    assert [way.channel for way in sheet.ways] == ["Trực tuyến", "Bưu chính công ích", "Trực tiếp"]
    assert sheet.ways[0].time_limit == "1 (danh mục không ghi đơn vị thời gian)"
    assert sheet.contacts == ("Lê Lan, Công chức, 0912000111, 7:00–17:00", "Ngô Mai, 0912000222")
    assert (sheet.legal_basis, sheet.feedback_addresses) == ("163/QĐ-BTP", ("Hòm thư góp ý",))
    assert sheet.qr_text.splitlines() == ["1.001193", PORTAL, UNIT, "Thủ tục đăng ký khai sinh"]


def test_what_the_catalogue_does_not_say_is_marked() -> None:
    procedure = Catalogue.shipped().get("1.001612")
    sheet = public_sheet(dataclasses.replace(procedure, legal_basis=""), UNIT, [], [], DAY)
    assert sheet.legal_basis == NOT_STATED
    assert sheet.ways[0].time_limit == NOT_STATED


def test_every_sheet_has_a_code_that_can_be_read_from_a_wall() -> None:
    catalogue = Catalogue.shipped()
    for code in catalogue.codes:
        assert len(public_sheet(catalogue.get(code), UNIT, [], [], DAY).qr_text) <= LONGEST_QR_TEXT


@pytest.mark.parametrize(
    ("text", "is_there"),
    [
        ("số 038090001234 đã", True),
        ("038 090 001 234", True),
        ("038.090.001.234", True),
        ("CMND 172345678.", True),
        ("gọi 0912345678", False),
        ("gọi 0912 345 678", False),
        ("H56.14-250701-0001", False),
        ("ngày 23.11.2026", False),
        ("1234567890123", False),
        ("12345678", False),
    ],
)
def test_numbers_of_identity_cards_are_noticed_and_telephones_are_not(text: str, is_there: bool) -> None:
    assert has_personal_number(text) is is_there


@pytest.mark.parametrize("place", ReferralPlace)
def test_a_slip_tells_where_to_what_about_and_that_it_costs_nothing(place: ReferralPlace) -> None:
    lines = slip_lines(dataclasses.replace(SLIP, place=place, dossier_code="H56-1"), UNIT)
    assert lines[0] == UNIT
    assert lines[1].startswith("PHIẾU")
    assert lines[2:5] == ("Nơi đến: Phòng 12", "Nội dung: Tranh chấp lối đi chung", "Mã hồ sơ: H56-1")
    assert lines[5] == "Giờ giới thiệu: 12:00 ngày 23/11/2026"
    assert "không thu tiền" in lines[6]
    assert len(slip_lines(SLIP, UNIT)) == 6


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"place_name": " "}, "referral-incomplete"),
        ({"matter": ""}, "referral-incomplete"),
        ({"matter": "Thừa kế, số 038090001234"}, "text-holds-personal-number"),
    ],
)
def test_a_slip_that_says_too_little_or_too_much_is_refused(parts: dict[str, Any], code: str) -> None:
    with pytest.raises(KnownError, match=code):
        check_referral(dataclasses.replace(SLIP, **parts))


@pytest.mark.parametrize("kind", MessageKind)
def test_a_message_names_dossier_time_and_telephone_and_nobody(kind: MessageKind) -> None:
    message = message_about(kind, "H56.14-250701-0001", NOON, UNIT, "0912000111")
    for text in (message.text, message.short_text):
        assert all(part in text for part in ("H56.14-250701-0001", "12:00 23/11/2026", "0912000111"))
    assert message.short_text.isascii()
    assert len(message.short_text) <= 160
    assert "{" not in message.text


def test_a_message_that_does_not_fit_is_refused() -> None:
    with pytest.raises(KnownError, match="message-too-long"):
        message_about(MessageKind.RECEIVED, "H" * 160, NOON, UNIT, "0912000111")


def test_a_notice_has_a_title_paragraphs_an_end_and_who_gives_it() -> None:
    text = announcements.notice(" Tiếp công dân ", "Sáng thứ Năm.\n\n  Mang căn cước.", UNIT, DAY)
    assert text.splitlines() == [
        "Tiếp công dân",
        "Sáng thứ Năm.",
        "Mang căn cước.",
        "Thông báo có hiệu lực đến hết ngày 23/11/2026.",
        UNIT,
    ]
    assert len(announcements.notice("a", "b", UNIT).splitlines()) == 3


@pytest.mark.parametrize(
    ("title", "text", "code"),
    [
        ("", "x", "notice-empty"),
        ("x", " \n ", "notice-empty"),
        ("x", "Ông 038090001234", "text-holds-personal-number"),
        ("x", "a" * 2000, "message-too-long"),
    ],
)
def test_a_notice_that_nobody_may_or_can_read_is_refused(title: str, text: str, code: str) -> None:
    with pytest.raises(KnownError, match=code):
        announcements.notice(title, text, UNIT)


def test_the_hour_of_a_message_is_that_of_viet_nam() -> None:
    local = NOON.astimezone(VIET_NAM)
    message = message_about(MessageKind.APPOINTMENT, "X", local, UNIT, "1")
    assert message == message_about(MessageKind.APPOINTMENT, "X", NOON, UNIT, "1")
