# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt

import pytest

from casework.counter.self_approval import (
    STAND_INS,
    ApprovalLack,
    TwoPersonRule,
    approve,
    judge_approval,
    self_approvals,
)
from casework.records.workplace import Clerk, Role
from casework.work_calendar import VIET_NAM

ISLANDER = Clerk("minh", "minh", "Võ Minh", frozenset(Role))
IT_ADMIN = Clerk("it", "it", "Lê Tín", frozenset({Role.IT_ADMIN}))
NOON = dt.datetime(2026, 12, 1, 12, tzinfo=VIET_NAM)
REPLACEABLE = [rule for rule, stand_in in STAND_INS.items() if stand_in.is_replaceable]


def test_every_rule_that_needs_two_persons_says_what_stands_in_for_the_second() -> None:
    assert set(STAND_INS) == set(TwoPersonRule)
    assert all(stand_in.statement.endswith(".") for stand_in in STAND_INS.values())
    assert set(TwoPersonRule) - set(REPLACEABLE) == {TwoPersonRule.CONFIRM_TRANSFER}


@pytest.mark.parametrize("rule", TwoPersonRule)
def test_a_second_person_with_the_right_may_always_look(rule: TwoPersonRule) -> None:
    assert judge_approval(rule, "hoa", ISLANDER, is_one_person_mode=False, has_confirmed=False).is_allowed


@pytest.mark.parametrize("rule", TwoPersonRule)
def test_a_second_person_without_the_right_may_not(rule: TwoPersonRule) -> None:
    verdict = judge_approval(rule, "hoa", IT_ADMIN, is_one_person_mode=True, has_confirmed=True)
    assert verdict.reasons == (ApprovalLack.NO_RIGHT,)


@pytest.mark.parametrize("rule", REPLACEABLE)
@pytest.mark.parametrize(
    ("is_one_person_mode", "has_confirmed", "reasons"),
    [
        (True, True, ()),
        (True, False, (ApprovalLack.NOT_CONFIRMED,)),
        (False, True, (ApprovalLack.SAME_PERSON,)),
        (False, False, (ApprovalLack.SAME_PERSON,)),
    ],
)
def test_one_person_approves_herself_only_where_the_centre_may_and_in_so_many_words(
    rule: TwoPersonRule, is_one_person_mode: bool, has_confirmed: bool, reasons: tuple[ApprovalLack, ...]
) -> None:
    verdict = judge_approval(rule, "minh", ISLANDER, is_one_person_mode=is_one_person_mode, has_confirmed=has_confirmed)
    assert verdict.reasons == reasons


def test_nobody_signs_for_a_receiver_of_another_place() -> None:
    verdict = judge_approval(
        TwoPersonRule.CONFIRM_TRANSFER, "minh", ISLANDER, is_one_person_mode=True, has_confirmed=True
    )
    assert verdict.reasons == (ApprovalLack.NOT_REPLACEABLE,)


def test_a_self_approval_is_recorded_with_what_was_confirmed() -> None:
    own = approve(TwoPersonRule.REFUSE, "dossier", "minh", "minh", NOON)
    assert (own.is_self_approval, own.statement) == (True, STAND_INS[TwoPersonRule.REFUSE].statement)
    other = approve(TwoPersonRule.REFUSE, "dossier", "hoa", "minh", NOON)
    assert (other.is_self_approval, other.statement) == (False, "")


def test_the_head_reviews_self_approvals_the_oldest_first() -> None:
    later = approve(TwoPersonRule.STOP, "d2", "minh", "minh", NOON + dt.timedelta(hours=1))
    earlier = approve(TwoPersonRule.STOP, "d1", "minh", "minh", NOON)
    other = approve(TwoPersonRule.STOP, "d3", "hoa", "minh", NOON)
    assert self_approvals([later, other, earlier]) == (earlier, later)
