# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.counter.waiting import (
    WAIT_RULES,
    Step,
    Tone,
    ask_again,
    end_wait,
    open_steps,
    standing,
    to_look_after,
)
from casework.errors import KnownError
from casework.records.waiting import Wait, WaitEnd, WaitReason
from casework.work_calendar import VIET_NAM

BEGAN = dt.datetime(2026, 12, 1, 8, tzinfo=VIET_NAM)
MINUTE = dt.timedelta(minutes=1)
AT_THE_DESK = {
    Step.IDENTIFY,
    Step.FILL_FORM,
    Step.SCAN,
    Step.RECEIVE,
    Step.PRINT_RECEIPT,
    Step.HAND_OVER,
    Step.NEXT_PERSON,
}


def a_wait(reason: WaitReason = WaitReason.ONE_TIME_PASSWORD, wait_id: str = "w", began: dt.datetime = BEGAN) -> Wait:
    return Wait(wait_id, "dossier", reason, began)


@given(st.lists(st.sampled_from(WaitReason), max_size=8))
def test_whatever_is_waited_for_every_step_of_the_desk_stays_open(reasons: list[WaitReason]) -> None:
    assert open_steps([a_wait(reason) for reason in reasons]) >= AT_THE_DESK


@pytest.mark.parametrize(
    ("reason", "held"),
    [
        (WaitReason.ONE_TIME_PASSWORD, {Step.FILE_ONLINE}),
        (WaitReason.PAYMENT, {Step.PAY_ONLINE, Step.DECIDE}),
        (WaitReason.AGENCY_REPLY, {Step.DECIDE}),
        (WaitReason.SYSTEM_DOWN, {Step.FILE_ONLINE, Step.PAY_ONLINE}),
    ],
)
def test_a_wait_holds_up_the_step_outside_until_it_is_over(reason: WaitReason, held: set[Step]) -> None:
    wait = a_wait(reason)
    assert set(Step) - open_steps([wait]) == held
    assert open_steps([end_wait(wait, BEGAN + MINUTE, WaitEnd.ARRIVED)]) == set(Step)
    both = open_steps([wait, a_wait(WaitReason.AGENCY_REPLY)])
    assert set(Step) - both == held | {Step.DECIDE}


@pytest.mark.parametrize(
    ("seconds", "tone"), [(0, Tone.CALM), (119, Tone.CALM), (120, Tone.AMBER), (299, Tone.AMBER), (300, Tone.RED)]
)
def test_the_timer_of_a_password_turns_amber_after_two_and_red_after_five_minutes(seconds: int, tone: Tone) -> None:
    stands = standing(a_wait(), BEGAN + dt.timedelta(seconds=seconds))
    rule = WAIT_RULES[WaitReason.ONE_TIME_PASSWORD]
    assert (stands.tone, stands.waited) == (tone, dt.timedelta(seconds=seconds))
    assert stands.words == (rule.other_way if tone is Tone.RED else rule.meanwhile)


def test_a_password_is_asked_for_again_only_after_it_had_its_time() -> None:
    assert not standing(a_wait(), BEGAN + 1.9 * MINUTE).may_ask_again
    assert standing(a_wait(), BEGAN + 2 * MINUTE).may_ask_again
    again = ask_again(a_wait(), BEGAN + 2 * MINUTE)
    assert not standing(again, BEGAN + 3.9 * MINUTE).may_ask_again
    assert standing(again, BEGAN + 4 * MINUTE).may_ask_again
    assert standing(again, BEGAN + 4 * MINUTE).waited == 4 * MINUTE


def test_a_wait_that_is_over_is_calm_keeps_its_length_and_asks_for_nothing() -> None:
    over = end_wait(a_wait(), BEGAN + 9 * MINUTE, WaitEnd.OTHER_WAY, "tiếp nhận trực tiếp")
    stands = standing(over, BEGAN + 99 * MINUTE)
    assert (stands.waited, stands.tone, stands.words, stands.may_ask_again) == (9 * MINUTE, Tone.CALM, "", False)
    assert (over.end, over.note, over.dossier_id) == (WaitEnd.OTHER_WAY, "tiếp nhận trực tiếp", "dossier")


def test_a_wait_ends_once() -> None:
    over = end_wait(a_wait(), BEGAN + MINUTE, WaitEnd.GIVEN_UP)
    with pytest.raises(KnownError, match="wait-over"):
        end_wait(over, BEGAN + MINUTE, WaitEnd.ARRIVED)
    with pytest.raises(KnownError, match="wait-over"):
        ask_again(over, BEGAN + MINUTE)


def test_red_waits_come_before_amber_ones_and_calm_ones_not_at_all() -> None:
    now = BEGAN + 30 * MINUTE
    waits = [
        a_wait(WaitReason.PAYMENT, "amber", now - 14 * MINUTE),
        a_wait(WaitReason.ONE_TIME_PASSWORD, "red", now - 5 * MINUTE),
        a_wait(WaitReason.AGENCY_REPLY, "calm", BEGAN),
        a_wait(WaitReason.SYSTEM_DOWN, "old-red", now - 10 * MINUTE),
        end_wait(a_wait(wait_id="over"), now, WaitEnd.ARRIVED),
    ]
    assert [wait.wait_id for wait in to_look_after(waits, now)] == ["old-red", "red", "amber"]
