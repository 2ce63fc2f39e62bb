# SPDX-License-Identifier: GPL-3.0-or-later
"""The card fills the form, and the procedure says what may be asked for, what is still missing and until when."""

from __future__ import annotations

import datetime as dt

import pytest

from casework.errors import KnownError
from casework.guard.demands import RefusedBecause
from casework.identity_card import CardWarning
from casework.records.paper import PaperClass
from demo.people import FATHER, MOTHER, card_qr_text
from tests.workstation.desk.counter import BIRTH_REGISTRATION, Hand, filled_in, hand_in
from workstation.desk.find_procedure import (
    DemandAllowed,
    DemandRefused,
    ItemState,
    demand_paper,
    find_procedures,
    lay_out_procedure,
)
from workstation.desk.keep_draft import TICKED, open_draft, tick_field
from workstation.desk.read_card import read_card
from workstation.desk.session import DeskSession

RE_REGISTRATION = "1.004884"
"""Asks for one of two papers: a copy of the birth certificate, or copies of other papers."""
WITHOUT_TIME_LIMIT = "1.001612"
NOT_AT_COUNTER = "1.003197"


def test_the_card_fills_the_form_with_the_words_of_the_card() -> None:
    card = read_card(card_qr_text(FATHER))
    assert {name.value: text for name, text in card.fields.items()} == {
        "full_name": "Lê Văn Thành",
        "id_number": "038094012745",
        "former_id_number": "174102358",
        "birth_date": "17/03/1994",
        "sex": "male",
        "id_issued_on": "10/05/2021",
        "address": "Thôn Trung Hậu, Xã Hoằng Trung, Huyện Hoằng Hóa, Tỉnh Thanh Hóa",
        "unit_code": "15889",
    }
    assert card.warnings == ()


def test_the_old_address_is_shown_with_the_commune_of_today() -> None:
    unit = read_card(card_qr_text(MOTHER)).unit
    assert unit.commune is not None
    assert unit.commune.code == "15889"
    assert unit.new_address == "Thôn Nghĩa Phú, Xã Hoằng Phú, Tỉnh Thanh Hóa"


def test_an_address_that_no_list_knows_leaves_the_commune_open() -> None:
    card = read_card("038094012745||Lê Văn Thành|17031994|Nam|12 Rue de la Paix, Paris|10052021")
    assert card.unit.commune is None
    assert [text for name, text in card.fields.items() if name.value == "unit_code"] == [""]


def test_a_card_that_does_not_agree_with_itself_is_read_with_a_warning() -> None:
    card = read_card("038094012745||Lê Văn Thành|17031995|Nam|Xã Hoằng Trung, Huyện Hoằng Hóa|10052021")
    assert card.warnings == (CardWarning.BIRTH_YEAR_DISAGREES,)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "card-unreadable"),
        (card_qr_text(FATHER)[:40], "card-unreadable"),
        (card_qr_text(FATHER).replace("17031994", "99031994"), "card-unreadable"),
        ("https://vneid.gov.vn/app", "card-other-qr"),
        ("00020101021238570010A000000727", "card-other-qr"),
        ("H56.15-261122-0601|1.001193", "card-other-qr"),
    ],
    ids=["nothing", "cut", "no-such-day", "address", "payment", "our-own-receipt"],
)
def test_what_is_no_card_says_so_and_not_what_it_held(text: str, code: str) -> None:
    with pytest.raises(KnownError) as caught:
        read_card(text)
    assert caught.value.code == code
    assert caught.value.details == {}


@pytest.mark.parametrize("typed", ["khai sinh", "Khai Sinh", "đăng ký khai sinh", "ks", "1.001193"])
def test_a_procedure_is_found_by_its_name_its_initials_and_its_code(session: DeskSession, typed: str) -> None:
    assert find_procedures(session, typed)[0].code == BIRTH_REGISTRATION


def test_no_more_procedures_are_given_than_fit_into_the_list(session: DeskSession) -> None:
    assert len(find_procedures(session, "đăng ký", 5)) == 5
    assert find_procedures(session, "qwertz uiop") == ()


def test_the_sheet_tells_papers_time_and_fee(session: DeskSession) -> None:
    sheet = lay_out_procedure(session, BIRTH_REGISTRATION)
    assert [item.requirement.short_name for item in sheet.missing] == ["Tờ khai đăng ký khai sinh", "Giấy chứng sinh"]
    assert sheet.time_limit_text == "1 ngày làm việc"
    assert sheet.fee.source_text == "Miễn phí"
    assert sheet.due is not None
    # Monday morning; Tuesday the 24th is the Day of Vietnamese Culture.
    assert sheet.due.at.isoformat() == "2026-11-23T17:00:00+07:00"


def test_a_scanned_paper_takes_its_requirement_off_the_list(session: DeskSession) -> None:
    dossier_id = filled_in(session)
    paper = hand_in(session, dossier_id, PaperClass.BIRTH_PROOF)
    sheet = lay_out_procedure(session, BIRTH_REGISTRATION, open_draft(session, dossier_id).papers)
    satisfied = [item for item in sheet.items if item.state is ItemState.SATISFIED]
    assert [(item.requirement.requirement_id, item.paper) for item in satisfied] == [("1.001193/02", paper)]
    assert [item.requirement.requirement_id for item in sheet.missing] == ["1.001193/01"]


def test_a_paper_that_was_seen_and_ticked_is_not_missing(session: DeskSession) -> None:
    fields = {tick_field("1.001193/01"): TICKED, tick_field("1.001193/02"): ""}
    sheet = lay_out_procedure(session, BIRTH_REGISTRATION, (), fields)
    assert sheet.ticked == {"1.001193/01"}
    assert [item.requirement.requirement_id for item in sheet.missing] == ["1.001193/02"]


def test_of_two_papers_that_serve_alike_one_is_enough(session: DeskSession) -> None:
    bare = lay_out_procedure(session, RE_REGISTRATION)
    alternatives = [item.requirement for item in bare.missing if item.requirement.alternatives]
    assert len(alternatives) == 2
    for chosen in alternatives:
        sheet = lay_out_procedure(session, RE_REGISTRATION, (), {tick_field(chosen.requirement_id): TICKED})
        assert [item.requirement.short_name for item in sheet.missing] == ["Tờ khai đăng ký lại khai sinh"]


def test_a_law_without_a_time_limit_leaves_the_day_to_the_clerk(session: DeskSession) -> None:
    sheet = lay_out_procedure(session, WITHOUT_TIME_LIMIT)
    assert (sheet.due, sheet.time_limit_text) == (None, "")


def test_a_due_date_is_not_certain_where_the_counter_has_several_limits(session: DeskSession) -> None:
    several, one = lay_out_procedure(session, "1.013079"), lay_out_procedure(session, "1.004222")
    assert several.due is not None
    assert one.due is not None
    assert (several.due.is_certain, one.due.is_certain) == (False, True)


def test_what_comes_after_office_hours_counts_from_the_next_opening(session: DeskSession, clock: Hand) -> None:
    clock.moment = dt.datetime(2026, 11, 27, 13, 0, tzinfo=dt.UTC)  # Friday evening
    sheet = lay_out_procedure(session, BIRTH_REGISTRATION)
    assert sheet.due is not None
    assert sheet.due.at.isoformat() == "2026-11-30T17:00:00+07:00"


@pytest.mark.parametrize(("code", "error"), [("9.999999", "procedure-unknown"), (NOT_AT_COUNTER, "not-at-counter")])
def test_what_cannot_be_received_here_is_said(session: DeskSession, code: str, error: str) -> None:
    with pytest.raises(KnownError, match=error) as caught:
        lay_out_procedure(session, code)
    assert caught.value.details == {"procedure": code}


@pytest.mark.parametrize(
    ("wanted", "because"),
    [
        ("Giấy xác nhận địa chỉ cũ và mới", RefusedBecause.ADDRESS_CONFIRMATION),
        ("Tài khoản VNeID mức 2", RefusedBecause.VNEID_IN_PERSON),
        ("Sổ hộ khẩu", RefusedBecause.HOUSEHOLD_BOOK),
        ("Giấy khám sức khỏe", RefusedBecause.NOT_IN_CATALOGUE),
        ("1.001193/08", RefusedBecause.OTHER_CHANNEL),
    ],
)
def test_a_demand_beyond_the_law_is_refused_with_the_law(
    session: DeskSession, wanted: str, because: RefusedBecause
) -> None:
    answer = demand_paper(session, BIRTH_REGISTRATION, wanted)
    assert isinstance(answer, DemandRefused)
    assert answer.because is because
    assert answer.legal_reason


def test_what_is_forbidden_stays_so_whatever_law_the_clerk_names(session: DeskSession) -> None:
    answer = demand_paper(session, BIRTH_REGISTRATION, "Sổ hộ khẩu", "Luật Cư trú")
    assert isinstance(answer, DemandRefused)


def test_a_paper_of_the_catalogue_may_be_demanded_on_its_decision(session: DeskSession) -> None:
    answer = demand_paper(session, BIRTH_REGISTRATION, "tờ khai đăng ký khai sinh")
    assert isinstance(answer, DemandAllowed)
    assert answer.requirement is not None
    assert answer.requirement.requirement_id == "1.001193/01"
    assert (answer.legal_basis, answer.needs_supervisor) == ("163/QĐ-BTP", False)


def test_another_paper_needs_a_law_and_goes_to_the_supervisor(session: DeskSession) -> None:
    answer = demand_paper(session, BIRTH_REGISTRATION, "Biên bản giám định ADN", "Thông tư 04/2020/TT-BTP Điều 14")
    assert isinstance(answer, DemandAllowed)
    assert (answer.requirement, answer.text, answer.needs_supervisor) == (None, "Biên bản giám định ADN", True)
