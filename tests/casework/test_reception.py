# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.catalogue import Catalogue
from casework.reception import (
    DemandAllowed,
    DemandRefused,
    ItemState,
    RefusedBecause,
    checklist,
    is_in_force,
    judge_demand,
    match_papers,
    missing,
)
from casework.records.paper import Paper, PaperClass, PaperForm
from casework.records.procedure import Channel, Duty, Procedure, Requirement

TODAY = dt.date(2026, 11, 22)
BIRTH = "1.001193"
COUNTER, ONLINE, POST = Channel.COUNTER, Channel.ONLINE, Channel.POST

MakePaper = Callable[..., Paper]


@pytest.mark.parametrize("demand", ["1.001193/02", "Giấy chứng sinh", "giay chung sinh", "GIẤY CHỨNG SINH."])
def test_a_paper_of_the_catalogue_may_be_demanded_by_its_id_or_name(demand: str, catalogue: Catalogue) -> None:
    procedure = catalogue.get(BIRTH)
    verdict = judge_demand(procedure, COUNTER, demand, TODAY)
    assert isinstance(verdict, DemandAllowed)
    assert verdict.requirement is procedure.requirements[1]
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
        verdict = judge_demand(procedure, COUNTER, "1.001193/02", day)
        assert isinstance(verdict, DemandRefused)
        assert verdict.because is RefusedBecause.NOT_IN_FORCE


def test_an_old_catalogue_that_lists_the_household_book_is_overruled(catalogue: Catalogue) -> None:
    book = Requirement("1.001193/09", "Sổ hộ khẩu (bản chính)", "Sổ hộ khẩu", Duty.PRESENT, 1, 0)
    procedure = replace(catalogue.get(BIRTH), requirements=(book,))
    verdict = judge_demand(procedure, COUNTER, "1.001193/09", TODAY)
    assert isinstance(verdict, DemandRefused)
    assert verdict.because is RefusedBecause.HOUSEHOLD_BOOK


def states(procedure: Procedure, channel: Channel, papers: list[Paper]) -> dict[str, tuple[ItemState, str | None]]:
    return {
        item.requirement.requirement_id[-2:]: (item.state, item.paper.paper_id if item.paper else None)
        for item in checklist(procedure, channel, papers)
    }


def test_with_nothing_on_the_desk_the_checklist_says_what_is_open(catalogue: Catalogue) -> None:
    procedure = catalogue.get(BIRTH)
    assert states(procedure, COUNTER, []) == {
        "01": (ItemState.MISSING, None),
        "02": (ItemState.MISSING, None),
        "03": (ItemState.TO_PRESENT, None),
        "04": (ItemState.CONDITIONAL, None),
        "05": (ItemState.CONDITIONAL, None),
        "06": (ItemState.CONDITIONAL, None),
        "07": (ItemState.CONDITIONAL, None),
    }
    open_items = missing(checklist(procedure, COUNTER, []))
    assert [item.requirement.short_name for item in open_items] == ["Tờ khai đăng ký khai sinh", "Giấy chứng sinh"]
    assert [item.requirement.short_name for item in missing(checklist(procedure, ONLINE, []))] == [
        "Giấy chứng sinh",
        "Mẫu hộ tịch điện tử tương tác đăng ký khai sinh",
    ]


def test_recognised_papers_satisfy_their_requirements(catalogue: Catalogue, make_paper: MakePaper) -> None:
    papers = [
        make_paper("card", PaperClass.IDENTITY_CARD),
        make_paper("card of the mother", PaperClass.IDENTITY_CARD, confidence=0.8),
        make_paper("proof", PaperClass.BIRTH_PROOF),
        make_paper("form", PaperClass.BIRTH_REGISTRATION_DECLARATION),
        make_paper("marriage", PaperClass.MARRIAGE_CERTIFICATE),
        make_paper("something"),
    ]
    procedure = catalogue.get(BIRTH)
    assert match_papers(procedure, COUNTER, papers) == {
        "form": "1.001193/01",
        "proof": "1.001193/02",
        "card": "1.001193/03",
    }
    assert missing(checklist(procedure, COUNTER, papers)) == ()


def test_what_the_clerk_chose_stays(catalogue: Catalogue, make_paper: MakePaper) -> None:
    papers = [
        make_paper("witness", requirement_id="1.001193/02"),
        make_paper("proof", PaperClass.BIRTH_PROOF, confidence=1.0),
        make_paper("stray", requirement_id="2.000635/01"),
    ]
    assert match_papers(catalogue.get(BIRTH), COUNTER, papers) == {"witness": "1.001193/02"}


def test_one_of_several_alternatives_is_enough(catalogue: Catalogue, make_paper: MakePaper) -> None:
    procedure = catalogue.get("1.001022")
    proof, vow = (item.requirement_id for item in procedure.requirements if item.alternatives)
    nothing = {item.requirement.requirement_id: item.state for item in checklist(procedure, COUNTER, [])}
    assert (nothing[proof], nothing[vow]) == (ItemState.ONE_OF, ItemState.ONE_OF)
    assert {item.requirement.requirement_id for item in missing(checklist(procedure, COUNTER, []))} >= {proof, vow}
    papers = [make_paper("vow", requirement_id=vow)]
    vowed = {item.requirement.requirement_id: item.state for item in checklist(procedure, COUNTER, papers)}
    assert (vowed[proof], vowed[vow]) == (ItemState.COVERED, ItemState.SATISFIED)


def test_alternatives_of_a_case_stay_conditional(catalogue: Catalogue) -> None:
    items = [item for item in checklist(catalogue.get("1.001612"), COUNTER, []) if item.requirement.alternatives]
    assert items
    assert {item.state for item in items} == {ItemState.CONDITIONAL}


def test_an_earlier_match_makes_room_when_that_satisfies_more(catalogue: Catalogue, make_paper: MakePaper) -> None:
    card, certificate = PaperClass.IDENTITY_CARD, PaperClass.MARRIAGE_CERTIFICATE
    requirements = (
        Requirement("p/01", "Either", "Either", Duty.SUBMIT, 1, 0, paper_classes=(card, certificate)),
        Requirement("p/02", "Card", "Card", Duty.SUBMIT, 1, 0, "Trường hợp khác", paper_classes=(card,)),
    )
    procedure = replace(catalogue.get(BIRTH), requirements=requirements)
    papers = [make_paper("card", card, 0.99), make_paper("certificate", certificate, 0.5)]
    assert match_papers(procedure, COUNTER, papers) == {"card": "p/02", "certificate": "p/01"}


paper_lists = st.lists(st.tuples(st.sampled_from(PaperClass), st.floats(0, 1), st.integers(0, 3)), max_size=6).map(
    lambda rows: [
        Paper(f"paper {number}", "d", position, "", kind, confidence, PaperForm.ORIGINAL, 1)
        for number, (kind, confidence, position) in enumerate(rows)
    ]
)


@given(paper_lists, st.sampled_from([BIRTH, "1.004873", "2.000635", "2.001035", "1.003583", "2.001263"]))
def test_matching_is_one_to_one_right_and_independent_of_order(papers: list[Paper], code: str) -> None:
    procedure = Catalogue.shipped().get(code)
    matched = match_papers(procedure, COUNTER, papers)
    assert len(set(matched.values())) == len(matched)
    classes = {item.requirement_id: item.paper_classes for item in procedure.requirements}
    by_id = {paper.paper_id: paper for paper in papers}
    assert all(by_id[paper_id].paper_class in classes[requirement_id] for paper_id, requirement_id in matched.items())
    for shuffled in itertools.islice(itertools.permutations(papers), 0, 720, 97):
        assert match_papers(procedure, COUNTER, shuffled) == matched


@given(paper_lists)
def test_as_many_requirements_are_satisfied_as_classes_allow(papers: list[Paper]) -> None:
    procedure = Catalogue.shipped().get("1.003583")
    matched = match_papers(procedure, COUNTER, papers)
    for item in procedure.requirements:
        left = [p for p in papers if p.paper_class in item.paper_classes and p.paper_id not in matched]
        assert item.requirement_id in matched.values() or not left
