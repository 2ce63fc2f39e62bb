# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.lifecycle import (
    IllegalStep,
    StepFault,
    is_code_of,
    replay,
)
from casework.records.dossier import Dossier, DossierState, PortalState
from casework.records.procedure import Channel
from casework.records.state_change import StateChange
from casework.work_calendar import VIET_NAM
from tests.casework.legal_steps import LEGAL

DUE = dt.datetime(2026, 11, 24, 17, 0, tzinfo=VIET_NAM)
IN_TIME = DUE - dt.timedelta(hours=3)
SECOND = dt.timedelta(seconds=1)


# ---- one code -----------------------------------------------------------------------------------------------------


def dossier(code: str = "H56.14-261122-0601", portal_code: str = "") -> Dossier:
    return Dossier(
        dossier_id="d",
        code=code,
        procedure_code="1.001193",
        procedure_name="Đăng ký khai sinh",
        catalogue_version="v",
        state=DossierState.RECEIVED,
        portal_state=PortalState.WAITING,
        channel=Channel.COUNTER,
        applicant_id="a",
        submitter_id="s",
        received_at=IN_TIME,
        due_at=DUE,
        time_limit_text="",
        fee_amount=None,
        sets=1,
        received_by="c",
        unit_code="H56.14",
        portal_code=portal_code,
    )


def test_a_dossier_answers_to_its_own_code_and_the_portals_and_to_no_other() -> None:
    both = dossier(portal_code="G22-261122-0007")
    assert is_code_of(both, "H56.14-261122-0601")
    assert is_code_of(both, "G22-261122-0007")
    assert not is_code_of(both, "H56.14-261122-0602")
    assert not is_code_of(dossier(), "")


# ---- a life retold ------------------------------------------------------------------------------------------------


def life(*states: int, start: int | None = None) -> list[StateChange]:
    befores = [start, *states[:-1]]
    return [
        StateChange(
            change_id=str(number),
            dossier_id="d",
            at=IN_TIME + number * SECOND,
            before=None if before is None else DossierState(before),
            after=DossierState(after),
            actor_id="clerk",
        )
        for number, (before, after) in enumerate(zip(befores, states, strict=True))
    ]


@pytest.mark.parametrize(
    "states",
    [
        (1,),
        (2,),
        (2, 9, 10),
        (2, 4, 9, 10),
        (1, 2, 4, 9, 10),
        (1, 3),
        (1, 5, 2, 4, 6, 4, 9),
        (2, 5, 2, 5, 4, 8),
        (2, 7, 8),
        (2, 7, 2, 4, 9, 10),
        (2, 4, 7, 4, 9),
        (2, 7, 2, 4, 7, 4, 7, 8),
    ],
)
def test_a_legal_life_is_retold_to_its_last_state(states: tuple[int, ...]) -> None:
    assert replay(life(*states)) is DossierState(states[-1])


@pytest.mark.parametrize(
    ("states", "position", "because"),
    [
        ((3,), 0, StepFault.NOT_A_BEGINNING),
        ((4,), 0, StepFault.NOT_A_BEGINNING),
        ((10,), 0, StepFault.NOT_A_BEGINNING),
        ((1, 4), 1, StepFault.NOT_LEGAL),
        ((1, 2, 2), 2, StepFault.NOT_LEGAL),
        ((1, 3, 2), 2, StepFault.NOT_LEGAL),
        ((2, 9, 10, 9), 3, StepFault.NOT_LEGAL),
        ((2, 7, 9, 1), 2, StepFault.NOT_LEGAL),
        ((2, 7, 4), 2, StepFault.NOT_THE_STATE_IT_CAME_FROM),
        ((2, 4, 7, 2), 3, StepFault.NOT_THE_STATE_IT_CAME_FROM),
        ((2, 7, 2, 4, 7, 2), 5, StepFault.NOT_THE_STATE_IT_CAME_FROM),
    ],
)
def test_the_first_illegal_step_of_a_life_is_named(states: tuple[int, ...], position: int, because: StepFault) -> None:
    assert replay(life(*states)) == IllegalStep(position, because)


def test_a_life_without_steps_has_no_state() -> None:
    assert replay([]) == IllegalStep(0, StepFault.NO_STEPS)


def test_a_life_begins_once_and_with_nothing_before() -> None:
    first, second = life(2, 4)
    assert replay([second]) == IllegalStep(0, StepFault.NOT_A_BEGINNING)
    assert replay([first, replace(first, at=second.at)]) == IllegalStep(1, StepFault.NOT_A_BEGINNING)
    assert replay(life(2, start=1)) == IllegalStep(0, StepFault.NOT_A_BEGINNING)


def test_steps_of_another_dossier_do_not_belong_to_this_life() -> None:
    first, second = life(2, 4)
    assert replay([first, replace(second, dossier_id="other")]) == IllegalStep(1, StepFault.OTHER_DOSSIER)


def test_a_step_starts_where_the_one_before_ended() -> None:
    first, second = life(2, 4)
    moved = replace(second, before=DossierState.PROCESSING, after=DossierState.FINISHED)
    assert replay([first, moved]) == IllegalStep(1, StepFault.NOT_THE_STATE_BEFORE)


def test_time_does_not_run_backwards_but_may_stand_still() -> None:
    first, second = life(2, 4)
    assert replay([first, replace(second, at=first.at)]) is DossierState.PROCESSING
    early = replace(second, at=first.at - SECOND)
    assert replay([first, early]) == IllegalStep(1, StepFault.OUT_OF_TIME)


@settings(max_examples=60)
@given(st.lists(st.sampled_from(list(DossierState)), min_size=1, max_size=6))
def test_a_life_is_accepted_exactly_when_each_of_its_steps_is_legal(states: list[DossierState]) -> None:
    retold = replay(life(*map(int, states)))
    legal = states[0] in {1, 2}
    came_from = None
    for before, after in itertools.pairwise(states):
        legal = legal and (after in LEGAL[before] or (before == 7 and after in {2, 4} and after == came_from))
        came_from = before if after == 7 else came_from
    assert (retold is states[-1]) == legal
