# SPDX-License-Identifier: GPL-3.0-or-later
"""What the courier does next, with a clock and a die of the test's own."""

from __future__ import annotations

import dataclasses
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.errors import KnownError
from sync_agent.plan import BACKOFF_CAP_S, IDLE_CAP_S, Action, Plan, Work

NOTHING = Work(is_registered=True, has_envelopes=False, has_objects=False)
ENVELOPES = Work(is_registered=True, has_envelopes=True, has_objects=True)
OBJECTS = Work(is_registered=True, has_envelopes=False, has_objects=True)
UNREACHABLE = KnownError("gateway-unreachable", retryable=True)


def proven_plan(now: float = 0.0, chance: float = 1.0) -> Plan:
    plan = Plan(lambda: chance)
    assert plan.next(NOTHING, now) is Action.HELLO
    plan.proven(now)
    return plan


def test_the_gateway_is_proven_before_anything_else() -> None:
    for work in (NOTHING, ENVELOPES, OBJECTS, Work(False, True, True)):
        assert Plan(random.random).next(work, 0.0) is Action.HELLO


def test_the_order_is_registration_envelopes_replies_objects() -> None:
    plan = proven_plan()
    assert plan.next(Work(False, True, True), 1.0) is Action.REGISTER
    assert plan.next(ENVELOPES, 1.0) is Action.SEND_ENVELOPE
    plan.delivered(1.0, is_answer_due=True)
    assert plan.next(OBJECTS, 1.0) is Action.FETCH_REPLY
    plan.fetched(1.0, is_new=False)
    assert plan.next(OBJECTS, 1.0) is Action.SEND_OBJECT
    assert plan.next(ENVELOPES, 1.1) is Action.SEND_ENVELOPE  # a new envelope goes before the rest of a scan
    assert plan.next(OBJECTS, 20.9) is Action.SEND_OBJECT
    assert plan.next(OBJECTS, 21.0) is Action.FETCH_REPLY  # and so do answers, now and then
    assert plan.next(NOTHING, 3.0) is Action.FETCH_REPLY  # and when no scan is left, it does not wait for that


def test_what_the_desk_wants_back_goes_before_scans_and_after_envelopes_and_holds_up_no_answers() -> None:
    plan = proven_plan()
    wanted = dataclasses.replace(OBJECTS, has_wanted=True)
    assert plan.next(dataclasses.replace(ENVELOPES, has_wanted=True), 1.0) is Action.SEND_ENVELOPE
    assert plan.next(wanted, 1.0) is Action.FETCH_REPLY
    plan.fetched(1.0, is_new=False)
    assert plan.next(wanted, 1.0) is Action.FETCH_OBJECT
    assert plan.next(OBJECTS, 1.0) is Action.SEND_OBJECT
    assert plan.next(wanted, 21.0) is Action.FETCH_REPLY
    assert not plan.is_idle(dataclasses.replace(NOTHING, has_wanted=True))


def test_replies_are_fetched_one_after_the_other_while_they_come() -> None:
    plan = proven_plan()
    for _ in range(3):
        assert plan.next(NOTHING, 0.0) is Action.FETCH_REPLY
        plan.fetched(0.0, is_new=True)
    assert plan.next(NOTHING, 0.0) is Action.FETCH_REPLY
    plan.fetched(0.0, is_new=False)
    assert plan.next(NOTHING, 0.0) is Action.WAIT
    assert plan.is_idle(NOTHING)
    assert not plan.is_idle(ENVELOPES)


def test_an_idle_courier_asks_ever_less_often_but_every_minute() -> None:
    plan, now, waits = proven_plan(), 0.0, []
    for _ in range(10):
        assert plan.next(NOTHING, now) is Action.FETCH_REPLY
        plan.fetched(now, is_new=False)
        waits.append(plan.wait_s(now))
        now += waits[-1]
    assert waits[:5] == [2, 4, 8, 16, 32]
    assert waits[5:] == [IDLE_CAP_S] * 5


def test_after_trouble_it_waits_a_random_part_of_ever_more_up_to_a_quarter_of_an_hour() -> None:
    for chance in (0.1, 0.5, 1.0):
        plan, now = Plan(lambda chance=chance: chance), 0.0  # type: ignore[misc]  # binds the loop's value
        for attempt in range(14):
            assert plan.next(ENVELOPES, now) is Action.HELLO
            plan.failed(UNREACHABLE, now)
            assert plan.next(ENVELOPES, now) is Action.WAIT
            expected = max(0.2, chance * min(BACKOFF_CAP_S, 2.0 * 2**attempt))
            assert plan.wait_s(now) == pytest.approx(expected)
            now += plan.wait_s(now)
    assert expected == BACKOFF_CAP_S


def test_a_good_hello_alone_does_not_end_the_backing_off() -> None:
    """A gateway that says hello and then fails at every envelope is not to be hammered."""
    plan, now = Plan(lambda: 1.0), 0.0
    waits = []
    for _ in range(5):
        plan.proven(now)
        assert plan.next(ENVELOPES, now) is Action.SEND_ENVELOPE
        plan.failed(KnownError("gateway-error", retryable=True), now)
        waits.append(plan.wait_s(now))
        now += waits[-1]
    assert waits == [2, 4, 8, 16, 32]
    plan.proven(now)
    plan.delivered(now, is_answer_due=True)
    plan.failed(UNREACHABLE, now)
    assert plan.wait_s(now) == 2


def test_replies_that_always_fail_do_not_hold_up_the_scans() -> None:
    plan, now, sent = Plan(lambda: 1.0), 0.0, 0
    for _ in range(1000):
        match plan.next(OBJECTS, now):
            case Action.HELLO:
                plan.proven(now)
            case Action.FETCH_REPLY:
                plan.failed(KnownError("feed-behind", retryable=True), now)
            case Action.SEND_OBJECT:
                now += 1.0
                sent += 1
                plan.progressed()
            case _:
                now += plan.wait_s(now)
    assert sent / now > 0.8


def test_a_nudge_ends_the_wait_but_not_a_pause_that_the_gateway_asked_for() -> None:
    plan = Plan(lambda: 1.0)
    plan.failed(UNREACHABLE, 0.0)
    assert plan.next(NOTHING, 0.1) is Action.WAIT
    plan.nudge(0.1)
    assert plan.next(NOTHING, 0.1) is Action.HELLO
    plan.failed(KnownError("gateway-busy", retryable=True, pause_s="30"), 0.1)
    plan.nudge(0.2)
    assert plan.next(NOTHING, 0.2) is Action.WAIT
    assert plan.wait_s(0.2) == pytest.approx(29.9)
    assert plan.next(NOTHING, 30.2) is Action.HELLO


def test_a_nudge_makes_an_idle_courier_ask_at_once() -> None:
    plan = proven_plan()
    plan.fetched(0.0, is_new=False)
    assert plan.next(NOTHING, 0.5) is Action.WAIT
    plan.nudge(0.5)
    assert plan.next(NOTHING, 0.5) is Action.FETCH_REPLY


def test_a_gateway_that_wants_to_be_left_alone_is_left_alone() -> None:
    plan = proven_plan()
    plan.fetched(0.0, is_new=False, pause_s=300.0)
    assert plan.next(NOTHING, 299.0) is Action.WAIT
    assert plan.next(NOTHING, 300.0) is Action.FETCH_REPLY


@given(
    seed=st.integers(0, 2**32),
    outcomes=st.lists(st.tuples(st.booleans(), st.sampled_from([NOTHING, ENVELOPES, OBJECTS])), max_size=60),
)
def test_it_never_spins_and_never_sleeps_for_longer_than_the_cap(seed: int, outcomes: list[tuple[bool, Work]]) -> None:
    plan, now = Plan(random.Random(seed).random), 0.0
    for is_good, work in outcomes:
        action = plan.next(work, now)
        if action is Action.WAIT:
            assert 0.2 <= plan.wait_s(now) <= BACKOFF_CAP_S
            now += plan.wait_s(now)
        elif not is_good:
            plan.failed(UNREACHABLE, now)
            assert plan.next(work, now) is Action.WAIT
        elif action is Action.HELLO:
            plan.proven(now)
        elif action is Action.FETCH_REPLY:
            plan.fetched(now, is_new=False)
            assert plan.next(work, now) is not Action.FETCH_REPLY or plan.wait_s(now) <= 0.2
        else:
            plan.delivered(now, is_answer_due=True)
