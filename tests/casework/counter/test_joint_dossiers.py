# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.catalogue import Catalogue
from casework.counter.joint_dossiers import (
    JOINT_RULES,
    SharedPaper,
    new_joint_dossier,
    progress,
    shared_papers,
    with_part,
)
from casework.errors import BugError, KnownError
from casework.records.dossier import DossierState
from casework.records.joint_dossier import JointDossier
from casework.records.procedure import TimeUnit
from casework.work_calendar import VIET_NAM

RECEIVED = dt.datetime(2026, 12, 1, 8, tzinfo=VIET_NAM)
BIRTH_DUE = RECEIVED + dt.timedelta(days=1)
RESIDENCE_DUE = RECEIVED + dt.timedelta(days=9)
DECIDED = {DossierState.REFUSED, DossierState.STOPPED, DossierState.FINISHED, DossierState.RETURNED}


def part_ids() -> Callable[[], str]:
    counter = itertools.count()
    return lambda: f"p{next(counter)}"


def a_visit(code: str = "2.000986") -> JointDossier:
    due = {"Đăng ký khai sinh": BIRTH_DUE, "Đăng ký thường trú": RESIDENCE_DUE}
    return new_joint_dossier("j", code, RECEIVED, part_ids(), due)


def test_one_visit_has_three_parts_each_with_its_own_procedure_state_due_date_and_result() -> None:
    parts = a_visit().parts
    assert [(part.part_id, part.position, part.procedure_code, part.result_kind, part.due_at) for part in parts] == [
        ("p0", 0, "1.001193", "KQ.G15.000031", BIRTH_DUE),
        ("p1", 1, "1.004222", "KQ.G01.000065", RESIDENCE_DUE),
        ("p2", 2, "", "KQ.G18.000047", None),
    ]
    assert {part.state for part in parts} == {DossierState.RECEIVED}


def test_birth_and_insurance_alone_have_two_parts() -> None:
    assert [part.title for part in a_visit("2.001023").parts] == [
        "Đăng ký khai sinh",
        "Cấp thẻ bảo hiểm y tế cho trẻ em dưới 6 tuổi",
    ]


def test_the_parts_and_results_are_those_of_the_catalogue(catalogue: Catalogue) -> None:
    for rule in JOINT_RULES.values():
        own = {result.code for result in catalogue.get(rule.procedure_code).results}
        if rule.procedure_code == "2.000986":
            assert {part.result_kind for part in rule.parts} <= own
        for part in rule.parts:
            assert part.procedure_code in {"", *catalogue.codes}


def test_what_the_sources_say_of_the_time_is_kept_with_who_says_it() -> None:
    rule = JOINT_RULES["2.000986"]
    assert [(claim.amount, claim.unit) for claim in rule.time_claims] == [
        (20, TimeUnit.CALENDAR_DAY),
        (20, TimeUnit.WORKING_DAY),
        (5, TimeUnit.WORKING_DAY),
    ]
    assert all(claim.legal_basis for claim in rule.time_claims)
    assert rule.is_time_disputed
    assert [claim.amount for claim in JOINT_RULES["2.001023"].time_claims] == [15, 15]


def test_an_ordinary_procedure_is_no_joint_one() -> None:
    with pytest.raises(KnownError, match="procedure-not-joint"):
        new_joint_dossier("j", "1.001193", RECEIVED, part_ids())


def test_a_refused_part_holds_no_other_up() -> None:
    visit = with_part(a_visit(), "p1", DossierState.REFUSED)
    stands = progress(visit, RECEIVED)
    assert not stands.is_finished
    assert [part.part_id for part in stands.without_result] == ["p1"]
    assert [part.part_id for part in stands.open] == ["p0", "p2"]
    for part_id in ("p0", "p2"):
        visit = with_part(visit, part_id, DossierState.FINISHED)
    stands = progress(visit, RECEIVED)
    assert (stands.is_finished, stands.is_returned) == (True, False)
    assert [part.part_id for part in stands.ready] == ["p0", "p2"]
    for part_id in ("p0", "p2"):
        visit = with_part(visit, part_id, DossierState.RETURNED)
    assert progress(visit, RECEIVED).is_returned


@given(st.lists(st.sampled_from(DossierState), min_size=3, max_size=3))
def test_the_parent_is_finished_exactly_when_every_part_is_decided(states: list[DossierState]) -> None:
    visit = a_visit()
    for part, state in zip(visit.parts, states, strict=True):
        visit = with_part(visit, part.part_id, state)
    stands = progress(visit, RECEIVED)
    assert stands.is_finished == (set(states) <= DECIDED)
    assert stands.is_returned == (set(states) <= DECIDED - {DossierState.FINISHED})
    assert len(stands.open) == sum(state not in DECIDED for state in states)


def test_the_next_and_the_last_promise_are_those_of_open_parts() -> None:
    stands = progress(a_visit(), RECEIVED)
    assert (stands.earliest_due, stands.latest_due) == (BIRTH_DUE, RESIDENCE_DUE)
    stands = progress(with_part(a_visit(), "p0", DossierState.FINISHED), RECEIVED)
    assert (stands.earliest_due, stands.latest_due) == (RESIDENCE_DUE, RESIDENCE_DUE)
    nothing = progress(new_joint_dossier("j", "2.000986", RECEIVED, part_ids()), RECEIVED)
    assert (nothing.earliest_due, nothing.latest_due) == (None, None)


def test_a_part_is_late_after_its_own_promise_and_not_at_it() -> None:
    assert progress(a_visit(), BIRTH_DUE).late == ()
    late = progress(a_visit(), BIRTH_DUE + dt.timedelta(seconds=1)).late
    assert [part.part_id for part in late] == ["p0"]
    assert progress(with_part(a_visit(), "p0", DossierState.FINISHED), RESIDENCE_DUE).late == ()


def test_a_new_promise_replaces_the_old_one_of_its_part_alone() -> None:
    later = RESIDENCE_DUE + dt.timedelta(days=2)
    visit = with_part(a_visit(), "p1", DossierState.PROCESSING, later)
    assert [part.due_at for part in visit.parts] == [BIRTH_DUE, later, None]
    assert with_part(visit, "p1", DossierState.FINISHED).parts[1].due_at == later


def test_a_part_of_another_dossier_is_our_own_mistake() -> None:
    with pytest.raises(BugError):
        with_part(a_visit(), "p9", DossierState.FINISHED)


def test_a_paper_for_several_parts_is_counted_once() -> None:
    wanted = [
        ("p0", ["Giấy chứng sinh", "Tờ khai", "Tờ khai"]),
        ("p1", ["Tờ khai cư trú"]),
        ("p2", ["Giấy chứng sinh"]),
    ]
    assert shared_papers(wanted) == (
        SharedPaper("Giấy chứng sinh", ("p0", "p2")),
        SharedPaper("Tờ khai", ("p0",)),
        SharedPaper("Tờ khai cư trú", ("p1",)),
    )
