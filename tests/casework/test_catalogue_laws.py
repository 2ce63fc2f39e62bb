# SPDX-License-Identifier: GPL-3.0-or-later
"""What holds for every procedure of the shipped catalogue, whatever its page looks like."""

from __future__ import annotations

import re

import pytest

from casework.catalogue import Catalogue
from casework.packs import compile as packs
from casework.procedure_rows import from_procedure, to_procedure
from casework.records.paper import PaperClass
from casework.records.procedure import Channel, Duty, Procedure, Requirement, Route, TimeUnit
from casework.text import fold

FORBIDDEN = re.compile(r"\bso (?:ho khau|tam tru)\b|xac nhan.*(?:dia chi|don vi hanh chinh) cu\b")
NOBODY_HAS_SAID = {None}


@pytest.fixture(scope="module")
def procedures() -> tuple[Procedure, ...]:
    catalogue = Catalogue.shipped()
    return tuple(catalogue.get(code) for code in catalogue.codes)


@pytest.fixture(scope="module")
def offered(procedures: tuple[Procedure, ...]) -> tuple[Procedure, ...]:
    return tuple(procedure for procedure in procedures if procedure.offered_at_counter)


def is_asked_of_everybody(item: Requirement) -> bool:
    return not (item.condition or item.is_for_delegation)


def without_brackets(text: str) -> str:
    return fold(re.sub(r"\s*\([^()]*\)", "", text))


def test_a_procedure_survives_the_pack(procedures: tuple[Procedure, ...]) -> None:
    for procedure in procedures:
        notes: dict[str, int] = {}
        row = from_procedure(procedure, notes)
        assert to_procedure(row, list(notes), procedure.catalogue_version) == procedure


def test_no_procedure_has_an_empty_list_without_a_reason_nor_a_reason_beside_a_list(
    offered: tuple[Procedure, ...],
) -> None:
    for procedure in offered:
        assert bool(procedure.no_papers_because) == (not procedure.requirements), procedure.code


def test_whoever_comes_to_the_counter_finds_a_set_to_hand_in(offered: tuple[Procedure, ...]) -> None:
    """Something is asked of everybody, or there are whole sets of which the clerk ticks the one that applies."""
    for procedure in offered:
        at_the_counter = [item for item in procedure.requirements if item.is_asked_through(Channel.COUNTER)]
        cases = {item.condition.split("; ")[0] for item in at_the_counter if not item.is_for_delegation}
        assert not at_the_counter or any(map(is_asked_of_everybody, at_the_counter)) or cases, procedure.code


def test_what_nobody_may_demand_is_asked_of_nobody(procedures: tuple[Procedure, ...]) -> None:
    for procedure in procedures:
        for item in procedure.requirements:
            if FORBIDDEN.search(fold(item.name)):
                assert item.condition, item.requirement_id
                assert not FORBIDDEN.search(fold(item.short_name)), item.requirement_id


def test_the_words_cut_off_a_paper_because_they_ask_for_the_household_book_are_told_to_the_clerk(
    catalogue: Catalogue,
) -> None:
    assert any("Sổ hộ khẩu hết giá trị" in note for note in catalogue.get("2.000986").notes)


def test_a_paper_of_delegation_always_names_its_case(procedures: tuple[Procedure, ...]) -> None:
    delegated = [item for procedure in procedures for item in procedure.requirements if item.is_for_delegation]
    assert len(delegated) > 100
    assert all(item.condition for item in delegated)


def test_relatives_of_the_citizen_read_that_their_authority_needs_no_certificate(catalogue: Catalogue) -> None:
    for code in ("1.001193", "1.004873", "2.000635"):
        (authority,) = (item for item in catalogue.get(code).requirements if item.is_for_delegation)
        assert "anh, chị, em ruột" in authority.name
        assert authority.name.endswith("không phải chứng thực.")


def test_no_authority_is_asked_of_who_comes_herself(offered: tuple[Procedure, ...]) -> None:
    for procedure in offered:
        for item in filter(is_asked_of_everybody, procedure.requirements):
            assert not fold(item.short_name).startswith(("van ban uy quyen", "giay uy quyen")), item.requirement_id


def test_options_are_words_of_the_line_in_its_order(procedures: tuple[Procedure, ...]) -> None:
    for procedure in procedures:
        for item in procedure.requirements:
            assert len(item.options) != 1
            name, place = without_brackets(item.name), 0
            for option in item.options:
                place = name.find(fold(option), place)
                assert place >= 0, (item.requirement_id, option)


def test_papers_of_which_one_is_enough_are_more_than_one(offered: tuple[Procedure, ...]) -> None:
    for procedure in offered:
        names = [item.alternatives for item in procedure.requirements if item.alternatives]
        assert all(names.count(name) > 1 for name in names), procedure.code


def test_proof_of_residence_is_looked_up_before_anybody_is_asked(offered: tuple[Procedure, ...]) -> None:
    for procedure in offered:
        for item in procedure.requirements:
            if "Điều 14 Nghị định số 104/2022" in item.name:
                assert item.looked_up_in, item.requirement_id
                assert item.condition, item.requirement_id


def test_the_office_itself_looks_up_who_is_married(catalogue: Catalogue) -> None:
    assert not any("hôn nhân" in item.name for item in catalogue.get("1.000894").requirements)


def test_what_satisfies_a_paper_is_a_result_that_some_procedure_issues(procedures: tuple[Procedure, ...]) -> None:
    issued = {result.code for procedure in procedures for result in procedure.results}
    used = {code for procedure in procedures for item in procedure.requirements for code in item.replaced_by}
    assert used
    assert used <= issued


def test_every_rule_about_results_is_of_use(procedures: tuple[Procedure, ...]) -> None:
    used = {code for procedure in procedures for item in procedure.requirements for code in item.replaced_by}
    for rule in packs.read_source("result_rules.json"):
        assert used.issuperset(rule["results"]), rule
        assert rule["reason"]


def test_every_correction_gives_its_reason() -> None:
    assert all(entry["reason"].strip() for entry in packs.read_source("corrections.json"))


def test_a_fee_that_is_certain_is_an_amount(procedures: tuple[Procedure, ...]) -> None:
    for procedure in procedures:
        for way in procedure.ways:
            assert way.fee.amount is not None or not way.fee.is_certain
            if way.fee.amount == 0 and "Hội đồng nhân dân" in way.note:
                assert not way.fee.is_certain, procedure.code


def test_a_time_limit_has_a_unit_only_when_the_page_or_a_law_gives_it(procedures: tuple[Procedure, ...]) -> None:
    for procedure in procedures:
        for way in procedure.ways:
            limit = way.time_limit
            if limit.unit is not TimeUnit.UNSTATED and not limit.legal_basis:
                assert re.search("Ngày|Giờ", limit.source_text), procedure.code


def test_every_way_of_the_pages_is_kept(procedures: tuple[Procedure, ...]) -> None:
    pages = {page["code"]: page for page in packs.read_source("procedures.json.gz")}
    otherwise = {code for rule in packs.read_source("ways.json") for code in rule["codes"]}
    for procedure in procedures:
        if procedure.code not in otherwise:
            assert len(procedure.ways) == len(pages[procedure.code]["ways"] or []), procedure.code


def test_steps_of_one_channel_are_counted_together(catalogue: Catalogue) -> None:
    for code, days in (("1.012538", 10), ("1.012537", 9), ("1.011728", 5)):
        ways = catalogue.get(code).ways
        assert len(ways) == len({way.channel for way in ways})
        assert {(way.time_limit.amount, way.time_limit.unit) for way in ways} == {(days, TimeUnit.WORKING_DAY)}


def test_a_number_that_is_no_time_limit_leaves_the_day_to_the_clerk(catalogue: Catalogue) -> None:
    for code in ("1.011606", "1.115148", "2.002165", "1.012533"):
        way = catalogue.get(code).way(Channel.COUNTER)
        assert way is not None
        assert way.time_limit.amount is None
        assert way.time_limit.source_text
        assert way.time_limit.legal_basis


def test_nobody_leaves_an_identity_paper_at_the_counter(offered: tuple[Procedure, ...]) -> None:
    """It is shown and given back; handed in are copies, and the old card that the law no longer lets one keep."""
    for procedure in offered:
        for item in procedure.requirements:
            is_left = item.duty is Duty.SUBMIT and item.originals and PaperClass.IDENTITY_CARD in item.paper_classes
            assert not is_left or re.search("ban sao|09 so", fold(item.name)), item.requirement_id


def test_only_what_has_no_online_way_is_offline(procedures: tuple[Procedure, ...]) -> None:
    for procedure in procedures:
        has_online_way = any(way.channel is Channel.ONLINE for way in procedure.ways)
        assert (procedure.route is Route.OFFLINE) == (bool(procedure.ways) and not has_online_way), procedure.code


def test_flags_that_the_pages_do_not_tell_stay_unknown(procedures: tuple[Procedure, ...]) -> None:
    assert {procedure.code for procedure in procedures if procedure.may_come_without_appointment is False} == {
        "1.010040",
        "1.013065",
        "1.013123",
    }
    assert {procedure.code for procedure in procedures if procedure.is_boundary_free} == {
        f"1.0140{number}" for number in range(61, 69)
    }
    assert {procedure.local_decision for procedure in procedures} == {""}
    assert {procedure.effective_from for procedure in procedures} == NOBODY_HAS_SAID


def test_a_heading_or_an_instruction_is_no_paper(offered: tuple[Procedure, ...]) -> None:
    for procedure in offered:
        for item in procedure.requirements:
            assert not item.name.rstrip().endswith(":"), item.requirement_id
            assert fold(item.name).strip(" .") not in {"khong quy dinh", "khong", "hoac"}, item.requirement_id
