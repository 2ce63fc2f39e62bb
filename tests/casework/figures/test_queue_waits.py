# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from casework.figures.period import Period
from casework.figures.queue_waits import queue_waits
from casework.figures.share import Mean, Share
from casework.records.queue_ticket import QueueTicket
from casework.work_calendar import VIET_NAM

DAY = dt.date(2026, 11, 23)
TODAY = Period.day_of(DAY)
EIGHT = dt.datetime(2026, 11, 23, 8, 0, tzinfo=VIET_NAM)
NOON = dt.datetime(2026, 11, 23, 12, 0, tzinfo=VIET_NAM)


def ticket(number: int, seconds: int | None, day: dt.date = DAY) -> QueueTicket:
    called = None if seconds is None else EIGHT + dt.timedelta(seconds=seconds)
    return QueueTicket(f"t{number}", day, "A", number, has_priority=False, taken_at=EIGHT, called_at=called)


def test_twenty_minutes_are_kept_and_a_second_more_is_not() -> None:
    tickets = [ticket(1, 0), ticket(2, 20 * 60), ticket(3, 20 * 60 + 1)]
    figures = queue_waits(tickets, TODAY, NOON)
    assert figures.over_limit == Share(1, 3)
    assert figures.seconds == Mean(2401, 3)
    assert figures.longest == dt.timedelta(minutes=20, seconds=1)


def test_who_still_waits_counts_once_the_limit_has_passed() -> None:
    tickets = [ticket(1, None)]
    limit = dt.timedelta(minutes=20)
    assert queue_waits(tickets, TODAY, EIGHT + limit) == queue_waits([], TODAY, NOON)
    later = queue_waits(tickets, TODAY, EIGHT + limit + dt.timedelta(seconds=1))
    assert (later.over_limit, later.seconds) == (Share(1, 1), Mean(0, 0))


def test_a_clock_that_was_set_back_makes_no_negative_wait() -> None:
    figures = queue_waits([ticket(1, -60), ticket(2, 60)], TODAY, NOON)
    assert (figures.seconds, figures.longest) == (Mean(60, 2), dt.timedelta(minutes=1))


def test_tickets_of_other_days_and_an_empty_day() -> None:
    figures = queue_waits([ticket(1, 9999, day=dt.date(2026, 11, 24))], TODAY, NOON)
    assert (figures.over_limit, figures.seconds, figures.longest) == (Share(0, 0), Mean(0, 0), None)


def test_the_limit_may_be_another() -> None:
    assert queue_waits([ticket(1, 601)], TODAY, NOON, dt.timedelta(minutes=10)).over_limit == Share(1, 1)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.none() | st.integers(0, 3000), st.integers(0, 6))), st.integers(1, 6))
def test_the_waits_of_two_periods_add_up(drawn: list[tuple[int | None, int]], middle: int) -> None:
    tickets = [
        ticket(number, wait, DAY + dt.timedelta(days=after)) for number, (wait, after) in enumerate(drawn, start=1)
    ]
    split, end = DAY + dt.timedelta(days=middle), DAY + dt.timedelta(days=7)
    one, other, both = (
        queue_waits(tickets, period, NOON) for period in (Period(DAY, split), Period(split, end), Period(DAY, end))
    )
    assert one.over_limit + other.over_limit == both.over_limit
    assert one.seconds + other.seconds == both.seconds
