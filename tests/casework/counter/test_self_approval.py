# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt

import pytest

from casework.counter.self_approval import (
    STAND_INS,
    ApprovalLack,
    approve,
    judge_approval,
    self_approvals,
)
from casework.records.approval import TwoPersonRule
from casework.records.workplace import Clerk, Role
from casework.work_calendar import VIET_NAM

ISLANDER = Clerk("minh", "minh", "Võ Minh", frozenset(Role))
NOON = dt.datetime(2026, 12, 1, 12, tzinfo=VIET_NAM)
REPLACEABLE = [rule for rule, stand_in in STAND_INS.items() if stand_in.is_replaceable]


def test_every_rule_that_needs_two_persons_says_what_stands_in_for_the_second() -> None:
    assert set(STAND_INS) == set(TwoPersonRule)
    assert all(stand_in.statement.endswith(".") for stand_in in STAND_INS.values())
    assert set(TwoPersonRule) - set(REPLACEABLE) == {TwoPersonRule.CONFIRM_TRANSFER}


@pytest.mark.parametrize("rule", TwoPersonRule)
def test_a_second_person_with_the_role_may_always_look(rule: TwoPersonRule) -> None:
    assert judge_approval(rule, "hoa", ISLANDER, is_one_person_mode=False, has_confirmed=False).is_allowed


@pytest.mark.parametrize(
    ("rule", "roles"),
    [
        (TwoPersonRule.SIGN_RESULT, {Role.SIGNER}),
        (TwoPersonRule.REFUSE, {Role.SIGNER, Role.SUPERVISOR}),
        (TwoPersonRule.STOP, {Role.SIGNER, Role.SUPERVISOR}),
        (TwoPersonRule.EXTEND, {Role.SIGNER, Role.SUPERVISOR}),
        (TwoPersonRule.DEMAND_OUTSIDE_CATALOGUE, {Role.SUPERVISOR}),
        (TwoPersonRule.CLOSE_BOOK, {Role.SIGNER, Role.SUPERVISOR}),
        (TwoPersonRule.VOID_ENTRY, {Role.SIGNER, Role.SUPERVISOR}),
        (TwoPersonRule.CONFIRM_TRANSFER, {Role.CLERK}),
    ],
)
@pytest.mark.parametrize("role", Role)
def test_the_second_person_holds_a_role_that_answers_for_the_step(
    rule: TwoPersonRule, roles: set[Role], role: Role
) -> None:
    second = Clerk("it", "it", "Lê Tín", frozenset({role}))
    verdict = judge_approval(rule, "hoa", second, is_one_person_mode=True, has_confirmed=True)
    assert verdict.reasons == (() if role in roles else (ApprovalLack.NO_ROLE,))


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
