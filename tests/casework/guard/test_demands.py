# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.catalogue import Catalogue
from casework.guard.demands import (
    LEGAL_REASONS,
    LONGEST_DEMAND,
    Amount,
    Circumstances,
    DemandAllowed,
    DemandRefused,
    RefusedBecause,
    is_in_force,
    judge_demand,
    must_be_certified,
)
from casework.guard.look_ups import LookUps
from casework.records.look_up import LookUp, LookUpOutcome
from casework.records.procedure import Channel, DataSource, Duty, Procedure, Requirement
from casework.work_calendar import VIET_NAM

TODAY = dt.date(2026, 11, 22)
NOW = dt.datetime(2026, 11, 22, 9, 0, tzinfo=VIET_NAM)
BIRTH = "1.001193"
COUNTER, ONLINE, POST = Channel.COUNTER, Channel.ONLINE, Channel.POST
CASE = "Trường hợp con ngoài giá thú"


def made_up(catalogue: Catalogue, **changes: object) -> Procedure:
    fields: dict[str, object] = {"duty": Duty.SUBMIT, "originals": 1, "copies": 0, **changes}
    paper = Requirement("p/01", "Paper", "Paper", **fields)  # type: ignore[arg-type]
    return replace(catalogue.get(BIRTH), requirements=(paper,), catalogue_version="2026")


def because(verdict: DemandAllowed | DemandRefused) -> RefusedBecause | None:
    return verdict.because if isinstance(verdict, DemandRefused) else None


@pytest.mark.parametrize(
    "demand",
    [
        "1.001193/01",
        "Tờ khai đăng ký khai sinh",
        "to khai dang ky khai sinh",
        "TỜ KHAI ĐĂNG KÝ KHAI SINH.",
        "Tờ khai đăng ký khai sinh;",
    ],
)
def test_a_paper_of_the_catalogue_may_be_demanded_by_its_id_or_name(demand: str, catalogue: Catalogue) -> None:
    procedure = catalogue.get(BIRTH)
    verdict = judge_demand(procedure, COUNTER, demand, TODAY)
    assert isinstance(verdict, DemandAllowed)
    first = procedure.requirements[0]
    assert verdict == DemandAllowed(first, first.name, "163/QĐ-BTP", needs_supervisor=False)
    assert verdict.legal_basis == "163/QĐ-BTP"
    assert not verdict.needs_supervisor


@pytest.mark.parametrize(
    ("demand", "because"),
    [
        ("Giấy xác nhận địa chỉ cũ và địa chỉ mới", RefusedBecause.ADDRESS_CONFIRMATION),
        ("Xác nhận tên đơn vị hành chính sau sáp nhập", RefusedBecause.ADDRESS_CONFIRMATION),
        ("giấy chứng minh thay đổi địa danh: địa chỉ cũ là địa chỉ mới", RefusedBecause.ADDRESS_CONFIRMATION),
        ("Đăng nhập VNeID tại quầy", RefusedBecause.VNEID_IN_PERSON),
        ("Tài khoản định danh điện tử mức 2", RefusedBecause.VNEID_IN_PERSON),
        ("Sổ hộ khẩu", RefusedBecause.HOUSEHOLD_BOOK),
        ("bản sao sổ tạm trú", RefusedBecause.HOUSEHOLD_BOOK),
        ("so ho khau photo", RefusedBecause.HOUSEHOLD_BOOK),
    ],
)
@pytest.mark.parametrize("legal_basis", ["", "Quyết định 1/QĐ-UBND"])
def test_what_is_forbidden_by_name_is_refused_even_with_a_legal_basis(
    demand: str, because: RefusedBecause, legal_basis: str, catalogue: Catalogue
) -> None:
    verdict = judge_demand(catalogue.get(BIRTH), COUNTER, demand, TODAY, legal_basis)
    assert isinstance(verdict, DemandRefused)
    assert verdict.because is because
    assert verdict.legal_reason


def test_vneid_may_be_asked_of_who_files_online(catalogue: Catalogue) -> None:
    verdict = judge_demand(catalogue.get(BIRTH), ONLINE, "Tài khoản VNeID", TODAY, "NĐ 69/2024/NĐ-CP")
    assert isinstance(verdict, DemandAllowed)


def test_the_form_for_an_electronic_identity_is_no_demand_for_vneid(catalogue: Catalogue) -> None:
    procedure = catalogue.get("3.000228")
    form = next(item for item in procedure.requirements if "tài khoản định danh" in item.short_name)
    assert isinstance(judge_demand(procedure, COUNTER, form.requirement_id, TODAY), DemandAllowed)


@pytest.mark.parametrize("legal_basis", ["", "  "])
def test_a_paper_outside_the_catalogue_needs_a_legal_basis(legal_basis: str, catalogue: Catalogue) -> None:
    verdict = judge_demand(catalogue.get(BIRTH), COUNTER, "Giấy xác nhận của tổ dân phố", TODAY, legal_basis)
    assert isinstance(verdict, DemandRefused)
    assert verdict.because is RefusedBecause.NOT_IN_CATALOGUE


def test_a_free_demand_with_a_legal_basis_goes_to_the_supervisor(catalogue: Catalogue) -> None:
    verdict = judge_demand(catalogue.get(BIRTH), COUNTER, "Giấy xác nhận của tổ dân phố", TODAY, " NĐ 1/2026 Điều 2 ")
    assert verdict == DemandAllowed(None, "Giấy xác nhận của tổ dân phố", "NĐ 1/2026 Điều 2", needs_supervisor=True)


def test_a_free_demand_rests_on_a_version_in_force(catalogue: Catalogue) -> None:
    procedure = replace(catalogue.get(BIRTH), effective_to=TODAY - dt.timedelta(days=1))
    assert because(judge_demand(procedure, COUNTER, "Giấy khám", TODAY, "NĐ 1/2026")) is RefusedBecause.NOT_IN_FORCE


def test_only_what_a_name_ends_with_is_left_out_when_it_is_compared(catalogue: Catalogue) -> None:
    procedure = made_up(catalogue)
    named = replace(procedure.requirements[0], name="Đơn X.", short_name="đơn dài")
    procedure = replace(procedure, requirements=(named,))
    assert because(judge_demand(procedure, COUNTER, "đơn x", TODAY)) is None
    assert because(judge_demand(procedure, COUNTER, "đơn", TODAY)) is RefusedBecause.NOT_IN_CATALOGUE


def test_the_online_form_is_not_demanded_at_the_counter_nor_the_paper_form_online(catalogue: Catalogue) -> None:
    procedure = catalogue.get(BIRTH)
    for requirement_id, channel in (("1.001193/08", COUNTER), ("1.001193/08", POST), ("1.001193/01", ONLINE)):
        verdict = judge_demand(procedure, channel, requirement_id, TODAY)
        assert isinstance(verdict, DemandRefused)
        assert verdict.because is RefusedBecause.OTHER_CHANNEL


def test_a_version_that_is_not_in_force_demands_nothing(catalogue: Catalogue) -> None:
    procedure = replace(catalogue.get(BIRTH), effective_from=dt.date(2026, 1, 1), effective_to=dt.date(2027, 2, 28))
    assert is_in_force(procedure, dt.date(2026, 1, 1))
    assert is_in_force(procedure, dt.date(2027, 2, 28))
    for day in (dt.date(2025, 12, 31), dt.date(2027, 3, 1)):
        verdict = judge_demand(procedure, COUNTER, "1.001193/01", day)
        assert isinstance(verdict, DemandRefused)
        assert verdict.because is RefusedBecause.NOT_IN_FORCE


def test_an_old_catalogue_that_lists_the_household_book_is_overruled(catalogue: Catalogue) -> None:
    book = Requirement("1.001193/09", "Sổ hộ khẩu (bản chính)", "Sổ hộ khẩu", Duty.PRESENT, 1, 0)
    procedure = replace(catalogue.get(BIRTH), requirements=(book,))
    verdict = judge_demand(procedure, COUNTER, "1.001193/09", TODAY)
    assert isinstance(verdict, DemandRefused)
    assert verdict.because is RefusedBecause.HOUSEHOLD_BOOK


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("giấy xác nhận là một người", RefusedBecause.SAME_PERSON),
        ("bản sao chứng thực CCCD", RefusedBecause.CERTIFIED_COPY),
        ("giấy xác nhận địa chỉ cũ", RefusedBecause.ADDRESS_CONFIRMATION),
        ("hộ khẩu", RefusedBecause.HOUSEHOLD_BOOK),
        ("VNeID", RefusedBecause.VNEID_IN_PERSON),
        ("VNeID và sổ hộ khẩu", RefusedBecause.VNEID_IN_PERSON),
    ],
)
def test_each_forbidden_paper_has_a_reason_of_its_own(words: str, reason: RefusedBecause, catalogue: Catalogue) -> None:
    verdict = judge_demand(catalogue.get(BIRTH), COUNTER, words, TODAY, "NĐ 1/2026")
    assert verdict == DemandRefused(reason, LEGAL_REASONS[reason])


def test_what_may_be_asked_of_a_channel_hides_nothing_else(catalogue: Catalogue) -> None:
    birth = catalogue.get(BIRTH)
    for channel in (ONLINE, POST):
        verdict = judge_demand(birth, channel, "VNeID và sổ hộ khẩu", TODAY, "NĐ 1/2026")
        assert because(verdict) is RefusedBecause.HOUSEHOLD_BOOK
    assert because(judge_demand(birth, POST, "VNeID", TODAY, "NĐ 1/2026")) is None


@pytest.mark.parametrize("basis", ["theo quy định", "Nghị định", "Điều 5", "NĐ 1/2027"])
def test_a_basis_that_names_no_law_is_none(basis: str, catalogue: Catalogue) -> None:
    verdict = judge_demand(catalogue.get(BIRTH), COUNTER, "Giấy khám sức khỏe", TODAY, basis)
    assert because(verdict) is RefusedBecause.BASIS_UNCLEAR


@pytest.mark.parametrize("channel", Channel)
def test_only_by_post_are_copies_certified(channel: Channel, catalogue: Catalogue) -> None:
    expected = None if channel is POST else RefusedBecause.CERTIFIED_COPY
    assert must_be_certified(channel) is (channel is POST)
    certified = Amount(must_be_certified=True)
    listed = judge_demand(made_up(catalogue), channel, "p/01", TODAY, amount=certified)
    assert because(listed) is expected
    free = judge_demand(made_up(catalogue), channel, "Giấy khám", TODAY, "NĐ 1/2026", amount=certified)
    assert because(free) is expected
    named = judge_demand(made_up(catalogue), channel, "bản sao chứng thực giấy khám", TODAY, "NĐ 1/2026")
    assert because(named) is expected


@pytest.mark.parametrize(
    ("duty", "listed", "wanted", "is_too_much"),
    [
        (Duty.SUBMIT, (1, 0), (1, 0), False),
        (Duty.SUBMIT, (1, 0), (2, 0), True),
        (Duty.SUBMIT, (1, 0), (0, 1), True),
        (Duty.SUBMIT, (0, 2), (0, 2), False),
        (Duty.SUBMIT, (0, 2), (0, 3), True),
        (Duty.SUBMIT, (0, 2), (1, 0), True),
        (Duty.SUBMIT, (0, 0), (1, 1), False),
        (Duty.SUBMIT, (0, 0), (2, 0), True),
        (Duty.SUBMIT, (0, 0), (0, 2), True),
        (Duty.PRESENT, (0, 0), (1, 0), False),
        (Duty.PRESENT, (0, 0), (2, 0), True),
        (Duty.PRESENT, (0, 0), (0, 1), True),
        (Duty.PRESENT, (1, 0), (0, 1), True),
        (Duty.PRESENT, (0, 1), (0, 1), False),
    ],
)
def test_no_more_is_demanded_than_the_catalogue_says(
    duty: Duty, listed: tuple[int, int], wanted: tuple[int, int], is_too_much: bool, catalogue: Catalogue
) -> None:
    procedure = made_up(catalogue, duty=duty, originals=listed[0], copies=listed[1])
    verdict = judge_demand(procedure, COUNTER, "p/01", TODAY, amount=Amount(*wanted))
    assert because(verdict) is (RefusedBecause.TOO_MANY if is_too_much else None)


def test_the_version_must_be_in_force_on_the_day_of_reception_not_of_the_demand(catalogue: Catalogue) -> None:
    procedure = replace(made_up(catalogue), effective_to=dt.date(2026, 10, 31))
    received = Circumstances(received_on=dt.date(2026, 10, 31), catalogue_version="2026")
    assert because(judge_demand(procedure, COUNTER, "p/01", TODAY)) is RefusedBecause.NOT_IN_FORCE
    assert because(judge_demand(procedure, COUNTER, "p/01", TODAY, circumstances=received)) is None
    late = replace(received, received_on=dt.date(2026, 11, 1))
    assert because(judge_demand(procedure, COUNTER, "p/01", TODAY, circumstances=late)) is RefusedBecause.NOT_IN_FORCE


@pytest.mark.parametrize("demand", ["p/01", "Giấy khám"])
def test_another_version_than_the_dossiers_demands_nothing(demand: str, catalogue: Catalogue) -> None:
    other = Circumstances(catalogue_version="2025")
    verdict = judge_demand(made_up(catalogue), COUNTER, demand, TODAY, "NĐ 1/2026", other)
    assert because(verdict) is RefusedBecause.OTHER_VERSION


def test_a_paper_of_a_case_is_demanded_with_its_case_named(catalogue: Catalogue) -> None:
    procedure = made_up(catalogue, condition=CASE)
    for cases in (None, frozenset({CASE})):
        verdict = judge_demand(procedure, COUNTER, "p/01", TODAY, circumstances=Circumstances(cases=cases))
        assert isinstance(verdict, DemandAllowed)
        assert verdict.case == CASE
    unticked = judge_demand(procedure, COUNTER, "p/01", TODAY, circumstances=Circumstances(cases=frozenset()))
    assert because(unticked) is RefusedBecause.OTHER_CASE
    always = judge_demand(made_up(catalogue), COUNTER, "p/01", TODAY, circumstances=Circumstances(cases=frozenset()))
    assert isinstance(always, DemandAllowed)
    assert always.case == ""


def test_of_a_case_that_a_look_up_decides_only_the_rest_is_ticked(catalogue: Catalogue) -> None:
    condition = f"{CASE}; Trường hợp không khai thác được thông tin"
    source = DataSource.LAND
    procedure = made_up(catalogue, looked_up_in=(source,), condition=condition)
    unknown = LookUps(NOW, (LookUp("l", "d", "p/01", "x", source, LookUpOutcome.NOT_FOUND, NOW, "c", "17"),))
    for ticked in (CASE, condition):
        told = Circumstances(cases=frozenset({ticked}), look_ups=unknown)
        assert because(judge_demand(procedure, COUNTER, "p/01", TODAY, circumstances=told)) is None
    other = Circumstances(cases=frozenset({"Trường hợp khác"}), look_ups=unknown)
    assert because(judge_demand(procedure, COUNTER, "p/01", TODAY, circumstances=other)) is RefusedBecause.OTHER_CASE


def test_an_authorisation_is_demanded_only_when_somebody_else_hands_in(catalogue: Catalogue) -> None:
    procedure = made_up(catalogue, is_for_delegation=True, condition="Trường hợp ủy quyền")
    assert because(judge_demand(procedure, COUNTER, "p/01", TODAY)) is RefusedBecause.NOT_DELEGATED
    delegated = Circumstances(is_delegated=True, cases=frozenset())
    assert because(judge_demand(procedure, COUNTER, "p/01", TODAY, circumstances=delegated)) is None


@pytest.mark.parametrize(
    ("outcome", "only_when_not_found", "otherwise"),
    [
        (None, RefusedBecause.LOOK_UP_FIRST, None),
        (LookUpOutcome.FOUND, RefusedBecause.ALREADY_FOUND, RefusedBecause.ALREADY_FOUND),
        (LookUpOutcome.SOURCE_DOWN, RefusedBecause.LOOK_UP_FIRST, None),
        (LookUpOutcome.NOT_FOUND, None, None),
        (LookUpOutcome.INCOMPLETE, None, None),
    ],
)
@pytest.mark.parametrize("condition", ["", "Trường hợp cơ quan không thể khai thác được thông tin"])
def test_what_is_asked_only_when_not_found_is_looked_up_first_and_nothing_is_asked_that_was_found(
    outcome: LookUpOutcome | None,
    only_when_not_found: RefusedBecause | None,
    otherwise: RefusedBecause | None,
    condition: str,
    catalogue: Catalogue,
) -> None:
    source, reason = DataSource.POPULATION, only_when_not_found if condition else otherwise
    procedure = made_up(catalogue, looked_up_in=(source,), condition=condition)
    entries = (LookUp("l", "d", "p/01", "x", source, outcome, NOW, "c", "17", note="address"),) if outcome else ()
    told = Circumstances(look_ups=LookUps(NOW, entries), cases=frozenset())
    assert because(judge_demand(procedure, COUNTER, "p/01", TODAY, circumstances=told)) is reason


def test_who_looked_nothing_up_may_demand_the_proof_of_birth_but_no_proof_of_residence(catalogue: Catalogue) -> None:
    birth = catalogue.get(BIRTH)
    assert because(judge_demand(birth, COUNTER, "Giấy chứng sinh", TODAY)) is None
    residence = "Giấy tờ có giá trị chứng minh thông tin về cư trú"
    assert because(judge_demand(birth, COUNTER, residence, TODAY)) is RefusedBecause.LOOK_UP_FIRST


def test_a_demand_longer_than_every_name_of_a_paper_is_none(catalogue: Catalogue) -> None:
    longest = "a" * LONGEST_DEMAND
    assert LONGEST_DEMAND == 2000
    assert because(judge_demand(catalogue.get(BIRTH), COUNTER, longest, TODAY, "NĐ 1/2026")) is None
    verdict = judge_demand(catalogue.get(BIRTH), COUNTER, longest + "a", TODAY, "NĐ 1/2026")
    assert because(verdict) is RefusedBecause.TOO_LONG


def test_every_paper_of_the_catalogue_can_be_named(catalogue: Catalogue) -> None:
    longest = max(len(item.name) for code in catalogue.codes for item in catalogue.get(code).requirements)
    assert longest <= LONGEST_DEMAND


pieces = [
    "xác nhận địa chỉ ",
    "so ho kha",
    "\u0301",
    "a\u0323\u0301",
    "k",
    "\u200b",
    "NĐ 1/",
    "1/2026/",
    "luat a ",
    "\ufdfa",
]
hostile = st.sampled_from(pieces)


@given(hostile, hostile)
@settings(max_examples=25, deadline=None)
def test_a_hostile_demand_is_judged_within_the_time_of_a_test(part: str, basis: str) -> None:
    procedure = Catalogue.shipped().get(BIRTH)
    for demand in ((part * 100_000)[:100_000], (part * 2000)[:2000]):
        judge_demand(procedure, COUNTER, demand, TODAY, (basis * 100_000)[:100_000])


@given(st.text(max_size=LONGEST_DEMAND + 5), st.text(max_size=60))
@settings(max_examples=60, deadline=None)
def test_no_free_demand_passes_without_law_and_supervisor(demand: str, basis: str) -> None:
    verdict = judge_demand(Catalogue.shipped().get(BIRTH), COUNTER, demand, TODAY, basis)
    if isinstance(verdict, DemandAllowed):
        assert verdict.requirement is not None or verdict.needs_supervisor


def test_of_several_requirements_of_one_name_the_one_that_may_be_demanded_counts(catalogue: Catalogue) -> None:
    first = Requirement("p/01", "Đơn", "Đơn", Duty.SUBMIT, 1, 0, "Trường hợp một", channels=(ONLINE,))
    second = Requirement("p/02", "Đơn", "Đơn", Duty.SUBMIT, 1, 0, "Trường hợp hai")
    procedure = replace(catalogue.get(BIRTH), requirements=(first, second))
    verdict = judge_demand(procedure, COUNTER, "đơn", TODAY)
    assert isinstance(verdict, DemandAllowed)
    assert (verdict.requirement, verdict.case) == (second, "Trường hợp hai")
    neither = judge_demand(procedure, COUNTER, "đơn", TODAY, circumstances=Circumstances(cases=frozenset({"Ba"})))
    assert because(neither) is RefusedBecause.OTHER_CHANNEL
    both = judge_demand(procedure, ONLINE, "đơn", TODAY)
    assert isinstance(both, DemandAllowed)
    assert both.requirement is first


def test_a_free_demand_is_of_no_case(catalogue: Catalogue) -> None:
    verdict = judge_demand(catalogue.get(BIRTH), COUNTER, "Giấy khám", TODAY, "NĐ 1/2026")
    assert isinstance(verdict, DemandAllowed)
    assert verdict.case == ""
