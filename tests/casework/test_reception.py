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
from casework.guard.look_ups import LookUps
from casework.reception import ItemState, checklist, match_papers, missing, to_look_up
from casework.records.look_up import LookUp, LookUpOutcome
from casework.records.paper import Paper, PaperClass, PaperForm
from casework.records.procedure import Channel, DataSource, Duty, Procedure, Requirement
from casework.work_calendar import VIET_NAM

BIRTH = "1.001193"
COUNTER, ONLINE, POST = Channel.COUNTER, Channel.ONLINE, Channel.POST

MakePaper = Callable[..., Paper]


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
    placed = {key: state for key, state in states(procedure, COUNTER, papers).items() if state[1]}
    assert placed == {
        "01": (ItemState.SATISFIED, "form"),
        "02": (ItemState.SATISFIED, "proof"),
        "03": (ItemState.SATISFIED, "card"),
    }


def test_a_paper_goes_first_to_what_everybody_hands_in_then_to_what_is_shown_then_to_a_case(
    catalogue: Catalogue, make_paper: MakePaper
) -> None:
    card = (PaperClass.IDENTITY_CARD,)
    of_a_case = requirement(1, paper_classes=card, condition="Trường hợp một")
    shown = requirement(2, paper_classes=card, duty=Duty.PRESENT)
    handed_in = requirement(3, paper_classes=card)
    papers = [make_paper(f"card {number}", PaperClass.IDENTITY_CARD) for number in range(3)]
    for order in itertools.permutations((of_a_case, shown, handed_in)):
        procedure = made_up(catalogue, *order)
        for count, satisfied in ((1, {"p/03"}), (2, {"p/03", "p/02"}), (3, {"p/03", "p/02", "p/01"})):
            assert set(match_papers(procedure, COUNTER, papers[:count]).values()) == satisfied


def test_no_paper_is_put_to_a_delegates_requirement_when_nobody_was_delegated(
    catalogue: Catalogue, make_paper: MakePaper
) -> None:
    marriage = (PaperClass.MARRIAGE_CERTIFICATE,)
    of_a_delegate = requirement(1, paper_classes=marriage, is_for_delegation=True)
    of_a_case = requirement(2, paper_classes=marriage, condition="Trường hợp một")
    procedure = made_up(catalogue, of_a_delegate, of_a_case)
    paper = make_paper("marriage", PaperClass.MARRIAGE_CERTIFICATE)
    (item,) = checklist(procedure, COUNTER, [paper], is_delegated=False)
    assert (item.requirement, item.state, item.paper) == (of_a_case, ItemState.SATISFIED, paper)


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


def test_a_paper_of_a_case_of_its_own_covers_but_is_no_choice_before_its_case_applies(
    catalogue: Catalogue, make_paper: MakePaper
) -> None:
    case = "Trường hợp trẻ em bị bỏ rơi"
    proof = requirement(1, alternatives="birth")
    record = requirement(2, alternatives="birth", condition=case)
    procedure = made_up(catalogue, proof, record)
    missing_proof = {"p/01": ItemState.MISSING, "p/02": ItemState.CONDITIONAL}
    assert item_states(procedure) == missing_proof
    assert item_states(procedure, cases=frozenset({case})) == dict.fromkeys(missing_proof, ItemState.ONE_OF)
    found = item_states(procedure, [make_paper("record", requirement_id="p/02")])
    assert found == {"p/01": ItemState.COVERED, "p/02": ItemState.SATISFIED}


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


NOW = dt.datetime(2026, 11, 23, 8, 30, tzinfo=VIET_NAM)
CASE, OTHER_CASE = "Trường hợp con ngoài giá thú", "Trường hợp khác"
NOT_RETRIEVABLE = "Trường hợp cơ quan không thể khai thác được thông tin"


def requirement(number: int, **changes: object) -> Requirement:
    fields: dict[str, object] = {"duty": Duty.SUBMIT, "originals": 1, "copies": 0, **changes}
    return Requirement(f"p/{number:02}", f"Paper {number}", f"Paper {number}", **fields)  # type: ignore[arg-type]


def made_up(catalogue: Catalogue, *requirements: Requirement) -> Procedure:
    return replace(catalogue.get(BIRTH), requirements=requirements)


def answer(outcome: LookUpOutcome, requirement_id: str = "p/01", source: DataSource = DataSource.POPULATION) -> LookUp:
    return LookUp("l", "d", requirement_id, "person", source, outcome, NOW, "clerk", reference="1", note="no address")


def item_states(procedure: Procedure, papers: list[Paper] | None = None, **told: object) -> dict[str, ItemState]:
    items = checklist(procedure, COUNTER, papers or [], **told)  # type: ignore[arg-type]
    return {item.requirement.requirement_id: item.state for item in items}


@pytest.mark.parametrize(
    ("cases", "submitted", "presented", "other"),
    [
        (frozenset(), ItemState.CONDITIONAL, ItemState.CONDITIONAL, ItemState.CONDITIONAL),
        (frozenset({CASE}), ItemState.MISSING, ItemState.TO_PRESENT, ItemState.CONDITIONAL),
        (frozenset({OTHER_CASE}), ItemState.CONDITIONAL, ItemState.CONDITIONAL, ItemState.MISSING),
    ],
)
def test_a_paper_of_a_case_is_required_where_the_case_applies(
    cases: frozenset[str], submitted: ItemState, presented: ItemState, other: ItemState, catalogue: Catalogue
) -> None:
    procedure = made_up(
        catalogue,
        requirement(1, condition=CASE),
        requirement(2, condition=CASE, duty=Duty.PRESENT),
        requirement(3, condition=OTHER_CASE),
    )
    assert item_states(procedure, cases=cases) == {"p/01": submitted, "p/02": presented, "p/03": other}


def test_alternatives_of_a_case_are_required_where_the_case_applies(
    catalogue: Catalogue, make_paper: MakePaper
) -> None:
    procedure = made_up(
        catalogue,
        requirement(1, condition=CASE, alternatives="a"),
        requirement(2, condition=CASE, alternatives="a"),
        requirement(3, condition=CASE),
    )
    cases = frozenset({CASE})
    assert item_states(procedure) == dict.fromkeys(("p/01", "p/02", "p/03"), ItemState.CONDITIONAL)
    asked = {"p/01": ItemState.ONE_OF, "p/02": ItemState.ONE_OF, "p/03": ItemState.MISSING}
    assert item_states(procedure, cases=cases) == asked
    vow = [make_paper("vow", requirement_id="p/02")]
    there = {"p/01": ItemState.COVERED, "p/02": ItemState.SATISFIED, "p/03": ItemState.MISSING}
    assert item_states(procedure, vow, cases=cases) == there


def test_papers_of_a_delegate_appear_only_when_somebody_else_hands_in(
    catalogue: Catalogue, make_paper: MakePaper
) -> None:
    form = requirement(1, condition="Trường hợp ủy quyền", is_for_delegation=True)
    contract = requirement(2, condition="Trường hợp ủy quyền; Trường hợp tổ chức", is_for_delegation=True)
    plain = requirement(3)
    procedure = made_up(catalogue, form, contract, plain)
    undecided = {"p/01": ItemState.CONDITIONAL, "p/02": ItemState.CONDITIONAL, "p/03": ItemState.MISSING}
    assert item_states(procedure) == undecided
    assert item_states(procedure, is_delegated=None) == undecided
    assert item_states(procedure, is_delegated=False) == {"p/03": ItemState.MISSING}
    delegated = {"p/01": ItemState.MISSING, "p/02": ItemState.CONDITIONAL, "p/03": ItemState.MISSING}
    assert item_states(procedure, is_delegated=True) == delegated
    both = {**delegated, "p/02": ItemState.MISSING}
    assert item_states(procedure, is_delegated=True, cases=frozenset({contract.condition})) == both
    papers = [make_paper("letter", requirement_id="p/01")]
    assert match_papers(procedure, COUNTER, papers) == {"letter": "p/01"}
    assert match_papers(procedure, COUNTER, papers, is_delegated=True) == {"letter": "p/01"}
    assert match_papers(procedure, COUNTER, papers, is_delegated=False) == {}


@pytest.mark.parametrize(
    ("outcome", "submitted", "presented"),
    [
        (None, ItemState.TO_LOOK_UP, ItemState.TO_LOOK_UP),
        (LookUpOutcome.SOURCE_DOWN, ItemState.TO_LOOK_UP, ItemState.TO_LOOK_UP),
        (LookUpOutcome.FOUND, ItemState.LOOKED_UP, ItemState.LOOKED_UP),
        (LookUpOutcome.NOT_FOUND, ItemState.MISSING, ItemState.TO_PRESENT),
        (LookUpOutcome.INCOMPLETE, ItemState.MISSING, ItemState.TO_PRESENT),
    ],
)
@pytest.mark.parametrize("condition", ["", NOT_RETRIEVABLE])
def test_what_the_office_looks_up_is_marked_so(
    outcome: LookUpOutcome | None,
    submitted: ItemState,
    presented: ItemState,
    condition: str,
    catalogue: Catalogue,
) -> None:
    sources = (DataSource.POPULATION,)
    procedure = made_up(
        catalogue,
        requirement(1, looked_up_in=sources, condition=condition),
        requirement(2, looked_up_in=sources, condition=condition, duty=Duty.PRESENT),
        requirement(3),
    )
    entries = (answer(outcome), answer(outcome, "p/02")) if outcome else ()
    expected = {"p/01": submitted, "p/02": presented, "p/03": ItemState.MISSING}
    assert item_states(procedure, look_ups=LookUps(NOW, entries)) == expected


def test_where_nobody_looks_up_a_requirement_stands_as_any_other(catalogue: Catalogue) -> None:
    sources = (DataSource.POPULATION,)
    procedure = made_up(
        catalogue, requirement(1, looked_up_in=sources), requirement(2, looked_up_in=sources, condition=NOT_RETRIEVABLE)
    )
    assert item_states(procedure) == {"p/01": ItemState.MISSING, "p/02": ItemState.CONDITIONAL}


def test_a_case_that_does_not_apply_needs_no_look_up(catalogue: Catalogue) -> None:
    procedure = made_up(catalogue, requirement(1, looked_up_in=(DataSource.LAND,), condition=CASE))
    assert item_states(procedure, look_ups=LookUps(NOW)) == {"p/01": ItemState.CONDITIONAL}
    ticked = item_states(procedure, look_ups=LookUps(NOW), cases=frozenset({CASE}))
    assert ticked == {"p/01": ItemState.TO_LOOK_UP}
    composed = made_up(
        catalogue, requirement(1, looked_up_in=(DataSource.LAND,), condition=f"{CASE}; {NOT_RETRIEVABLE}")
    )
    assert item_states(composed, look_ups=LookUps(NOW)) == {"p/01": ItemState.CONDITIONAL}
    assert item_states(composed, look_ups=LookUps(NOW), cases=frozenset({CASE})) == {"p/01": ItemState.TO_LOOK_UP}
    assert item_states(composed, cases=frozenset({CASE})) == {"p/01": ItemState.CONDITIONAL}


def test_what_is_looked_up_covers_its_alternatives_and_a_paper_comes_before_a_look_up(
    catalogue: Catalogue, make_paper: MakePaper
) -> None:
    procedure = made_up(
        catalogue,
        requirement(1, looked_up_in=(DataSource.POPULATION,), alternatives="a"),
        requirement(2, alternatives="a"),
    )
    found = LookUps(NOW, (answer(LookUpOutcome.FOUND),))
    assert item_states(procedure, look_ups=found) == {"p/01": ItemState.LOOKED_UP, "p/02": ItemState.COVERED}
    asked = {"p/01": ItemState.TO_LOOK_UP, "p/02": ItemState.ONE_OF}
    assert item_states(procedure, look_ups=LookUps(NOW)) == asked
    unknown = LookUps(NOW, (answer(LookUpOutcome.NOT_FOUND),))
    assert item_states(procedure, look_ups=unknown) == {"p/01": ItemState.ONE_OF, "p/02": ItemState.ONE_OF}
    first = [make_paper("paper", requirement_id="p/01")]
    assert item_states(procedure, first, look_ups=found) == {"p/01": ItemState.SATISFIED, "p/02": ItemState.COVERED}
    second = [make_paper("paper", requirement_id="p/02")]
    assert item_states(procedure, second, look_ups=LookUps(NOW)) == {
        "p/01": ItemState.COVERED,
        "p/02": ItemState.SATISFIED,
    }


def test_what_is_still_looked_up_keeps_no_dossier_from_being_received(catalogue: Catalogue) -> None:
    procedure = made_up(catalogue, requirement(1, looked_up_in=(DataSource.POPULATION,)), requirement(2))
    items = checklist(procedure, COUNTER, [], look_ups=LookUps(NOW))
    assert [item.requirement.requirement_id for item in to_look_up(items)] == ["p/01"]
    assert [item.requirement.requirement_id for item in missing(items)] == ["p/02"]
    assert to_look_up(checklist(procedure, COUNTER, [])) == ()


def test_a_reused_paper_or_an_issued_result_satisfies_the_requirement_it_names(
    catalogue: Catalogue, make_paper: MakePaper
) -> None:
    procedure = made_up(catalogue, requirement(1, replaced_by=("KQ.G15.000031",)))
    reused = replace(make_paper("certificate", requirement_id="p/01"), object_id="object")
    assert item_states(procedure, [reused]) == {"p/01": ItemState.SATISFIED}
    assert missing(checklist(procedure, COUNTER, [reused])) == ()


def test_states_are_known_by_these_names() -> None:
    assert [state.value for state in ItemState] == [
        "satisfied",
        "missing",
        "one-of",
        "covered",
        "conditional",
        "to-present",
        "to-look-up",
        "looked-up",
    ]
