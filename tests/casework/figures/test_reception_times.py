# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt

import pytest

from casework.counter.queue import advise
from casework.figures.period import Period
from casework.figures.reception_times import ReceptionTime, ReceptionTimes, reception_times
from casework.figures.share import Mean, Share
from casework.records.queue_ticket import QueueTicket
from casework.work_calendar import VIET_NAM

TODAY = Period.day_of(dt.date(2026, 12, 1))
EIGHT = dt.datetime(2026, 12, 1, 8, tzinfo=VIET_NAM)


def reception(seconds: float, began_at: dt.datetime = EIGHT) -> ReceptionTime:
    return ReceptionTime(began_at, began_at + dt.timedelta(seconds=seconds))


def test_three_minutes_are_kept_and_a_second_more_is_not() -> None:
    figures = reception_times([reception(100), reception(180), reception(181)], TODAY)
    assert figures == ReceptionTimes(Share(2, 3), Mean(461, 3), 0)
    assert reception_times([reception(121)], TODAY, dt.timedelta(minutes=2)).within_limit == Share(0, 1)


@pytest.mark.parametrize(
    ("seconds", "counts"), [(-1, False), (0, True), (3600, True), (3600.5, False), (86400 * 2, False)]
)
def test_a_form_that_was_left_open_and_a_clock_that_was_set_back_tell_nothing(seconds: float, counts: bool) -> None:
    began = EIGHT - dt.timedelta(seconds=max(seconds, 0))
    figures = reception_times([reception(seconds, began)], TODAY)
    assert (figures.within_limit.denominator, figures.interrupted) == ((1, 0) if counts else (0, 1))


def test_a_reception_belongs_to_the_day_on_which_it_ended() -> None:
    midnight = dt.datetime(2026, 12, 1, tzinfo=VIET_NAM)
    assert reception_times([reception(60, midnight - dt.timedelta(seconds=60))], TODAY).seconds == Mean(60, 1)
    assert reception_times([reception(60, midnight - dt.timedelta(seconds=61))], TODAY).seconds == Mean(0, 0)


def test_the_queue_reckons_with_what_was_measured() -> None:
    service_time = reception_times([reception(500), reception(700)], TODAY).service_time
    assert service_time == dt.timedelta(minutes=10)
    tickets = [QueueTicket(f"t{number}", EIGHT.date(), "", number, False, EIGHT) for number in range(1, 4)]
    assert advise(tickets, [], EIGHT, service_time).counters_to_open == 1
    assert advise([*tickets, *tickets], [], EIGHT, service_time).counters_to_open == 2
    assert reception_times([], TODAY).service_time is None
    assert reception_times([reception(0)], TODAY).service_time is None
