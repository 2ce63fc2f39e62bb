# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.deadlines import DueDate, due_at
from casework.errors import BugError, KnownError
from casework.progress.supplements import DEFAULT_MODE, REQUEST_WITHIN, due_after_supplements, request_by
from casework.records.procedure import TimeLimit, TimeUnit
from casework.records.supplement import Supplement, SupplementMode
from casework.work_calendar import VIET_NAM, WorkCalendar

Local = Callable[[str], dt.datetime]

SHIPPED = WorkCalendar.shipped()
RESTART, PAUSE, RESUME = SupplementMode.RESTART, SupplementMode.PAUSE, SupplementMode.RESUME_REMAINING
WORKING, CALENDAR, HOUR, UNSTATED = TimeUnit.WORKING_DAY, TimeUnit.CALENDAR_DAY, TimeUnit.HOUR, TimeUnit.UNSTATED


def test_the_modes_keep_their_names_and_a_restart_is_the_default() -> None:
    assert [mode.value for mode in SupplementMode] == ["restart", "pause", "resume-remaining"]
    assert DEFAULT_MODE is RESTART


@pytest.mark.parametrize(
    ("received", "amount", "unit", "requested", "completed", "restart", "resume", "pause"),
    [
        # Monday + 5 working days = Monday 16. Asked Wednesday 11, complete Friday 13: Thursday and Friday lie after the
        # request; Thursday alone stood still.
        ("11-09 08:00", 5, WORKING, "11-11 10:00", "11-13 09:00", "11-20 17:00", "11-18 17:00", "11-17 17:00"),
        # Complete on the day of the request: nothing stood still.
        ("11-09 08:00", 5, WORKING, "11-11 10:00", "11-11 15:00", "11-18 17:00", "11-16 17:00", "11-16 17:00"),
        # Complete the day after: one day for who counts what was left, none for who counts days in between.
        ("11-09 08:00", 5, WORKING, "11-11 10:00", "11-12 15:00", "11-19 17:00", "11-17 17:00", "11-16 17:00"),
        # Complete on a Sunday counts as on Monday 16: Thursday, Friday, Monday.
        ("11-09 08:00", 5, WORKING, "11-11 10:00", "11-15 09:00", "11-23 17:00", "11-19 17:00", "11-18 17:00"),
        # Asked after closing counts as on Thursday 12; complete after closing on Friday counts as on Monday.
        ("11-09 08:00", 5, WORKING, "11-11 17:30", "11-13 17:00", "11-23 17:00", "11-18 17:00", "11-17 17:00"),
        # A holiday in between, Tuesday 24: Friday 20 to Thursday 26 are three working days.
        ("11-19 08:00", 2, WORKING, "11-20 09:00", "11-26 09:00", "11-30 17:00", "11-27 17:00", "11-26 17:00"),
        # A limit in days: 9 + 10 = 19 November; asked 11, complete 13.
        ("11-09 08:00", 10, CALENDAR, "11-11 10:00", "11-13 09:00", "11-23 17:00", "11-23 17:00", "11-20 17:00"),
        # Days off count as days between Friday 13 and Monday 16, three: 19 + 3 = Sunday 22, 19 + 2 = Saturday 21.
        ("11-09 08:00", 10, CALENDAR, "11-13 10:00", "11-16 09:00", "11-26 17:00", "11-23 17:00", "11-23 17:00"),
        # Hours: 8 from Monday 08:00 = Tuesday 08:00; the office was open for two hours in between.
        ("11-09 08:00", 8, HOUR, "11-09 09:00", "11-09 11:00", "11-10 11:00", "11-10 10:00", "11-10 10:00"),
        # Over lunch only the open time stood still: 11:00 to 11:30 and 13:30 to 14:00.
        ("11-09 08:00", 8, HOUR, "11-09 11:00", "11-09 14:00", "11-10 14:00", "11-10 09:00", "11-10 09:00"),
        # Within the day, by a bare number; asked in time, so not due before it is complete.
        ("11-09 08:00", 1, UNSTATED, "11-09 10:00", "11-11 09:00", "11-11 17:00", "11-11 17:00", "11-11 17:00"),
        ("11-09 08:00", 0, WORKING, "11-09 10:00", "11-11 15:01", "11-12 17:00", "11-11 17:00", "11-11 17:00"),
        ("11-09 08:00", 0, CALENDAR, "11-13 10:00", "11-16 09:00", "11-16 17:00", "11-10 17:00", "11-09 17:00"),
        # Received after 15:00 the limit is a day longer; counting what was left is no longer than counting anew.
        ("11-09 15:30", 0, WORKING, "11-09 16:00", "11-11 09:00", "11-11 17:00", "11-11 17:00", "11-11 17:00"),
        # Asked on the due day, Monday 16, at its very end: in time. A minute later it is late, and stays late.
        ("11-09 08:00", 5, WORKING, "11-16 10:00", "11-18 09:00", "11-26 17:00", "11-18 17:00", "11-18 17:00"),
        ("11-09 08:00", 5, WORKING, "11-16 17:00", "11-18 09:00", "11-26 17:00", "11-18 17:00", "11-18 17:00"),
        ("11-09 08:00", 5, WORKING, "11-16 17:01", "11-18 09:00", "11-26 17:00", "11-17 17:00", "11-16 17:00"),
        # In days, the last one a Sunday, so due on Monday 16; asked on that Monday, complete on Wednesday.
        ("11-09 08:00", 6, CALENDAR, "11-16 10:00", "11-18 09:00", "11-25 17:00", "11-18 17:00", "11-18 17:00"),
        # Late at the request, by a day: as late after the completion, unless it is counted anew.
        ("11-09 08:00", 1, WORKING, "11-11 10:00", "11-13 09:00", "11-16 17:00", "11-12 17:00", "11-11 17:00"),
    ],
)
def test_examples_computed_by_hand(
    received: str,
    amount: int,
    unit: TimeUnit,
    requested: str,
    completed: str,
    restart: str,
    resume: str,
    pause: str,
    local: Local,
) -> None:
    limit = TimeLimit(amount, unit)
    supplements = [Supplement(local(f"2026-{requested}"), local(f"2026-{completed}"))]
    for mode, due in ((RESTART, restart), (RESUME, resume), (PAUSE, pause)):
        result = due_after_supplements(local(f"2026-{received}"), limit, supplements, mode, SHIPPED)
        assert result == DueDate(local(f"2026-{due}"), is_certain=unit is not UNSTATED), mode


@pytest.mark.parametrize(
    ("mode", "due"),
    [
        # Monday 9 + 5 = Monday 16. First 10 to 12: two days after the request, one in between. Then 13 to 17: two, one.
        (RESTART, "2026-11-25 17:00"),
        (RESUME, "2026-11-20 17:00"),
        (PAUSE, "2026-11-18 17:00"),
    ],
)
def test_several_supplements_in_a_row_add_up(mode: SupplementMode, due: str, local: Local) -> None:
    supplements = [
        Supplement(local("2026-11-10 10:00"), local("2026-11-12 10:00")),
        Supplement(local("2026-11-13 10:00"), local("2026-11-17 10:00")),
    ]
    result = due_after_supplements(local("2026-11-09 08:00"), TimeLimit(5, WORKING), supplements, mode, SHIPPED)
    assert result == DueDate(local(due), is_certain=True)


def test_days_off_are_stepped_over_once_at_the_end(local: Local) -> None:
    # 9 + 5 = Saturday 14; two days more: Monday 16; one more: Tuesday 17. Not from the Monday it becomes.
    limit = TimeLimit(5, CALENDAR)
    first = Supplement(local("2026-11-10 08:00"), local("2026-11-12 08:00"))
    second = Supplement(local("2026-11-12 09:00"), local("2026-11-13 09:00"))
    received = local("2026-11-09 08:00")
    dues = [
        due_after_supplements(received, limit, supplements, RESUME, SHIPPED)
        for supplements in ([], [first], [first, second])
    ]
    assert [due and due.at for due in dues] == [
        local("2026-11-16 17:00"),
        local("2026-11-16 17:00"),
        local("2026-11-17 17:00"),
    ]


@pytest.mark.parametrize("mode", SupplementMode)
def test_without_a_supplement_nothing_changes_and_with_an_open_one_nothing_is_due(
    mode: SupplementMode, local: Local
) -> None:
    received, limit = local("2026-11-09 08:00"), TimeLimit(5, WORKING)
    assert due_after_supplements(received, limit, [], mode, SHIPPED) == due_at(received, limit, SHIPPED)
    done = Supplement(local("2026-11-10 10:00"), local("2026-11-10 10:00"))
    waiting = Supplement(local("2026-11-10 10:00"))
    assert waiting.completed_at is None
    assert due_after_supplements(received, limit, [done, waiting], mode, SHIPPED) is None


def test_a_due_date_that_moves_into_a_year_that_is_not_announced_is_not_certain(local: Local) -> None:
    supplements = [Supplement(local("2026-12-28 08:00"), local("2026-12-30 08:00"))]
    due = due_after_supplements(local("2026-12-24 08:00"), TimeLimit(4, WORKING), supplements, RESTART, SHIPPED)
    assert due == DueDate(local("2027-01-06 17:00"), is_certain=False)


@pytest.mark.parametrize(
    ("supplements", "message"),
    [
        ([("2026-11-08 08:00", None)], "^supplements that are not in order$"),
        ([("2026-11-10 08:00", "2026-11-10 07:59")], "^a supplement that was complete before it was requested$"),
        (
            [("2026-11-10 08:00", "2026-11-12 08:00"), ("2026-11-12 07:59", None)],
            "^supplements that are not in order$",
        ),
        ([("2026-11-10 08:00", None), ("2026-11-12 07:59", None)], "^supplements that are not in order$"),
    ],
)
def test_moments_out_of_order_are_our_own_fault(
    supplements: list[tuple[str, str | None]], message: str, local: Local
) -> None:
    made = [Supplement(local(asked), local(done) if done else None) for asked, done in supplements]
    with pytest.raises(BugError, match=message):
        due_after_supplements(local("2026-11-09 08:00"), TimeLimit(5, WORKING), made, PAUSE, SHIPPED)


@pytest.mark.parametrize("mode", SupplementMode)
def test_without_a_limit_the_clerk_must_name_a_date(mode: SupplementMode, local: Local) -> None:
    with pytest.raises(KnownError, match="time-limit-unknown"):
        due_after_supplements(local("2026-11-09 08:00"), TimeLimit(None, UNSTATED), [], mode, SHIPPED)


def test_a_request_is_made_within_three_working_days_unless_the_sector_says_else(local: Local) -> None:
    received = local("2026-11-20 08:00")
    assert TimeLimit(3, WORKING, legal_basis="NĐ 61/2018/NĐ-CP Đ19.4") == REQUEST_WITHIN
    assert request_by(received, SHIPPED) == DueDate(local("2026-11-26 17:00"), is_certain=True)
    assert request_by(received, SHIPPED, TimeLimit(1, WORKING)).at == local("2026-11-23 17:00")


moments = st.integers(0, 330 * 24 * 60).map(
    lambda count: dt.datetime(2026, 1, 5, tzinfo=VIET_NAM) + dt.timedelta(minutes=count)
)
limits = st.builds(TimeLimit, st.integers(0, 20), st.sampled_from(TimeUnit))
gaps = st.lists(st.integers(0, 6 * 24 * 60), min_size=2, max_size=6).filter(lambda each: len(each) % 2 == 0)


def after(received: dt.datetime, minutes: list[int]) -> list[Supplement]:
    made = []
    now = received
    for wait, stand in zip(minutes[::2], minutes[1::2], strict=True):
        asked = now + dt.timedelta(minutes=wait)
        now = asked + dt.timedelta(minutes=stand)
        made.append(Supplement(asked, now))
    return made


@settings(max_examples=150, deadline=None)
@given(moments, limits, gaps)
def test_pause_is_never_longer_than_resume_nor_resume_than_restart_and_none_ends_before_the_first_due_date(
    received: dt.datetime, limit: TimeLimit, minutes: list[int]
) -> None:
    supplements = after(received, minutes)
    dues = []
    for mode in (PAUSE, RESUME, RESTART):
        due = due_after_supplements(received, limit, supplements, mode, SHIPPED)
        assert due is not None
        assert SHIPPED.is_working_day(due.at.date())
        dues.append(due.at)
    assert [due_at(received, limit, SHIPPED).at, *dues] == sorted([due_at(received, limit, SHIPPED).at, *dues])


@settings(max_examples=100, deadline=None)
@given(moments, limits, gaps, st.sampled_from(SupplementMode))
def test_who_was_in_time_at_the_request_is_not_late_when_it_is_complete(
    received: dt.datetime, limit: TimeLimit, minutes: list[int], mode: SupplementMode
) -> None:
    *before, last = after(received, minutes)
    promised = due_after_supplements(received, limit, before, mode, SHIPPED)
    due = due_after_supplements(received, limit, [*before, last], mode, SHIPPED)
    assert promised is not None
    assert due is not None
    assert last.completed_at is not None
    counts_from = SHIPPED.open_moment(last.completed_at)
    is_in_time = due.at >= counts_from or (limit.unit is HOUR and not SHIPPED.open_time(due.at, counts_from))
    assert last.requested_at > promised.at or is_in_time


@settings(max_examples=100, deadline=None)
@given(moments, limits, gaps, st.integers(0, 6 * 24 * 60), st.sampled_from(SupplementMode))
def test_who_completes_later_is_never_due_earlier(
    received: dt.datetime, limit: TimeLimit, minutes: list[int], more: int, mode: SupplementMode
) -> None:
    earlier, later = (
        due_after_supplements(received, limit, after(received, [*minutes[:-1], last]), mode, SHIPPED)
        for last in (minutes[-1], minutes[-1] + more)
    )
    assert earlier is not None
    assert later is not None
    assert earlier.at <= later.at
