# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.deadlines import DueDate, due_at
from casework.errors import BugError, KnownError
from casework.progress.lateness import Punctuality, WorkingTime
from casework.progress.stages import Stage, follow_stages, late_stages, plan_stages
from casework.records.procedure import TimeLimit, TimeUnit
from casework.records.rules_in_force import OpeningHours
from casework.work_calendar import VIET_NAM, WorkCalendar

Local = Callable[[str], dt.datetime]

COMMUNE = WorkCalendar.shipped()
PROVINCE = COMMUNE.amended(
    [],
    [
        OpeningHours(day, opens, closes)
        for day in range(1, 6)
        for opens, closes in ((dt.time(8), dt.time(12)), (dt.time(13), dt.time(16)))
    ],
)
LATE_COUNTER = COMMUNE.amended([], [OpeningHours(day, dt.time(8), dt.time(18)) for day in range(1, 6)])


def days(count: int, calendar: WorkCalendar = COMMUNE, agency: str = "UBND xã") -> Stage:
    return Stage(agency, "Thẩm định", TimeLimit(count, TimeUnit.WORKING_DAY), calendar)


def hours(count: int, calendar: WorkCalendar = COMMUNE) -> Stage:
    return Stage("Công chức", "Thẩm định", TimeLimit(count, TimeUnit.HOUR), calendar)


LEGAL = TimeLimit(5, TimeUnit.WORKING_DAY)


def test_working_days_of_agencies_with_the_same_hours_add_up_to_the_legal_limit(local: Local) -> None:
    plan = plan_stages(local("2026-11-09 08:00"), [days(2), days(3)], LEGAL, COMMUNE)
    assert [(each.begins_at, each.due_at) for each in plan.stages] == [
        (local("2026-11-09 08:00"), local("2026-11-11 17:00")),
        (local("2026-11-11 17:00"), local("2026-11-16 17:00")),
    ]
    assert plan.whole_due_at == local("2026-11-16 17:00")
    assert plan.legal == DueDate(local("2026-11-16 17:00"), is_certain=True)
    assert plan.is_within_legal_limit
    assert plan.exceeds_legal_by == WorkingTime()
    assert plan.stages[0].stage == days(2)


def test_a_plan_that_takes_longer_says_by_how_much_and_leaves_the_legal_date(local: Local) -> None:
    plan = plan_stages(local("2026-11-09 08:00"), [days(2), days(4)], LEGAL, COMMUNE)
    assert plan.whole_due_at == local("2026-11-17 17:00")
    assert plan.legal.at == local("2026-11-16 17:00")
    assert not plan.is_within_legal_limit
    assert plan.exceeds_legal_by == WorkingTime(days=1)


def test_what_is_handed_over_while_the_next_agency_is_closed_waits_for_its_opening(local: Local) -> None:
    # The commune closes at 17:00, the province an hour earlier: it has the dossier on Thursday at 08:00.
    plan = plan_stages(local("2026-11-09 08:00"), [days(2), days(1, PROVINCE), days(1)], LEGAL, COMMUNE)
    assert [(each.begins_at, each.due_at) for each in plan.stages] == [
        (local("2026-11-09 08:00"), local("2026-11-11 17:00")),
        (local("2026-11-12 08:00"), local("2026-11-13 16:00")),
        (local("2026-11-13 16:00"), local("2026-11-16 17:00")),
    ]


def test_the_result_comes_back_when_the_receiving_counter_is_open(local: Local) -> None:
    plan = plan_stages(local("2026-11-09 08:30"), [days(1, LATE_COUNTER)], LEGAL, COMMUNE)
    assert plan.stages[0].due_at == local("2026-11-10 18:00")
    assert plan.whole_due_at == local("2026-11-11 07:00")


@pytest.mark.parametrize(
    ("received", "whole", "is_within", "exceeds"),
    [
        # Two hours, three, two and one are a whole day of eight: only who comes at seven has it on the same day.
        ("2026-11-09 07:00", "2026-11-09 17:00", True, WorkingTime()),
        ("2026-11-09 07:01", "2026-11-10 07:01", False, WorkingTime(minutes=1)),
        ("2026-11-09 08:00", "2026-11-10 08:00", False, WorkingTime(minutes=60)),
    ],
)
def test_steps_of_the_house_do_not_replace_the_legal_same_day(
    received: str, whole: str, is_within: bool, exceeds: WorkingTime, local: Local
) -> None:
    steps = [hours(count) for count in (2, 3, 2, 1)]
    plan = plan_stages(local(received), steps, TimeLimit(0, TimeUnit.WORKING_DAY), COMMUNE)
    assert plan.whole_due_at == local(whole)
    assert plan.legal.at == local("2026-11-09 17:00")
    assert (plan.is_within_legal_limit, plan.exceeds_legal_by) == (is_within, exceeds)


def test_reception_at_closing_time_counts_as_the_next_morning_also_for_the_first_agency(local: Local) -> None:
    plan = plan_stages(local("2026-11-09 17:00"), [days(1)], LEGAL, COMMUNE)
    assert plan.stages[0].begins_at == local("2026-11-10 07:00")
    assert plan.stages[0].due_at == local("2026-11-11 17:00")
    (progress,) = follow_stages(local("2026-11-09 17:00"), [days(1)], [], local("2026-11-09 18:00"))
    assert progress.planned == plan.stages[0]


def test_without_a_stage_or_a_limit_there_is_no_plan(local: Local) -> None:
    with pytest.raises(BugError, match=r"^a way through no agency$"):
        plan_stages(local("2026-11-09 08:00"), [], LEGAL, COMMUNE)
    with pytest.raises(BugError, match=r"^a way through no agency$"):
        follow_stages(local("2026-11-09 08:00"), [], [], local("2026-11-09 08:00"))
    unknown = Stage("Sở", "Thẩm định", TimeLimit(None, TimeUnit.UNSTATED), PROVINCE)
    with pytest.raises(KnownError, match="time-limit-unknown"):
        plan_stages(local("2026-11-09 08:00"), [unknown], LEGAL, COMMUNE)


def test_the_stage_that_was_late_is_named_and_the_next_has_its_whole_time(local: Local) -> None:
    stages = [days(2, agency="UBND xã"), days(1, PROVINCE, "Sở Tư pháp"), days(1, agency="Trung tâm")]
    # Due on Wednesday 11 at 17:00, handed on on Friday at 10:00.
    progress = follow_stages(local("2026-11-09 08:00"), stages, [local("2026-11-13 10:00")], local("2026-11-16 09:00"))
    first, second = progress
    assert first.standing.is_finished
    assert first.standing.difference == WorkingTime(days=1, minutes=180)
    assert first.standing.punctuality is Punctuality.LATE
    assert second.planned.begins_at == local("2026-11-13 10:00")
    assert second.planned.due_at == local("2026-11-16 16:00")
    assert not second.standing.is_finished
    assert second.standing.punctuality is Punctuality.ON_TIME
    assert [each.planned.stage.agency for each in late_stages(progress)] == ["UBND xã"]


def test_a_stage_is_measured_by_the_hours_of_its_own_agency(local: Local) -> None:
    stages = [days(1, PROVINCE, "Sở Tư pháp")]
    (progress,) = follow_stages(local("2026-11-09 08:00"), stages, [], local("2026-11-11 08:30"))
    assert progress.planned.due_at == local("2026-11-10 16:00")
    assert progress.standing.in_words() == "quá hạn 30 phút làm việc, hẹn trả 16:00 ngày 10/11/2026"


def test_when_every_stage_is_done_none_is_open(local: Local) -> None:
    handed_on = [local("2026-11-10 10:00"), local("2026-11-11 18:30")]
    progress = follow_stages(local("2026-11-09 08:00"), [days(2), days(1)], handed_on, local("2026-12-01 08:00"))
    assert [each.standing.is_finished for each in progress] == [True, True]
    assert [each.standing.punctuality for each in progress] == [Punctuality.EARLY, Punctuality.LATE]


@pytest.mark.parametrize(
    "handed_on",
    [
        ["2026-11-09 07:59"],
        ["2026-11-11 10:00", "2026-11-11 09:59"],
        ["2026-11-10 10:00", "2026-11-11 10:00", "2026-11-12 10:00"],
    ],
)
def test_hand_overs_that_do_not_fit_are_our_own_fault(handed_on: list[str], local: Local) -> None:
    with pytest.raises(BugError, match=r"^hand-overs that do not fit their stages$"):
        follow_stages(
            local("2026-11-09 08:00"),
            [days(2), days(1)],
            [local(each) for each in handed_on],
            local("2026-12-01 08:00"),
        )


def test_what_is_handed_on_at_closing_time_counts_from_that_day(local: Local) -> None:
    handed_on = [local("2026-11-10 17:00")]
    _, second = follow_stages(local("2026-11-09 08:00"), [days(2), days(1)], handed_on, handed_on[0])
    assert second.planned.begins_at == local("2026-11-10 17:00")
    assert second.planned.due_at == local("2026-11-11 17:00")
    _, further = follow_stages(local("2026-11-09 08:00"), [days(2), days(1, PROVINCE)], handed_on, handed_on[0])
    assert further.planned.begins_at == local("2026-11-11 08:00")
    assert further.planned.due_at == local("2026-11-12 16:00")


def test_a_stage_may_be_handed_on_at_the_very_moment_it_came(local: Local) -> None:
    moment = local("2026-11-09 08:00")
    assert len(follow_stages(moment, [days(2), days(1)], [moment, moment], moment)) == 2


moments = st.integers(0, 300 * 24 * 60).map(
    lambda count: dt.datetime(2026, 1, 5, tzinfo=VIET_NAM) + dt.timedelta(minutes=count)
)


@settings(max_examples=60, deadline=None)
@given(moments, st.lists(st.integers(1, 5), min_size=1, max_size=4))
def test_stages_in_working_days_end_with_their_sum(received: dt.datetime, counts: list[int]) -> None:
    whole = TimeLimit(sum(counts), TimeUnit.WORKING_DAY)
    plan = plan_stages(received, [days(count) for count in counts], whole, COMMUNE)
    assert plan.whole_due_at == due_at(received, whole, COMMUNE).at
    assert plan.is_within_legal_limit


@settings(max_examples=60, deadline=None)
@given(moments, st.lists(st.tuples(st.integers(0, 9), st.booleans(), st.booleans()), min_size=1, max_size=4))
def test_each_stage_begins_in_the_hours_of_its_agency_and_not_before_the_one_before_it_is_done(
    received: dt.datetime, shape: list[tuple[int, bool, bool]]
) -> None:
    stages = [(hours if is_hours else days)(size, PROVINCE if far else COMMUNE) for size, is_hours, far in shape]
    plan = plan_stages(received, stages, LEGAL, COMMUNE)
    before = received
    for each in plan.stages:
        assert before <= each.begins_at <= each.due_at
        assert each.stage.calendar.is_within_hours(each.begins_at)
        before = each.due_at
    assert COMMUNE.is_within_hours(plan.whole_due_at)
