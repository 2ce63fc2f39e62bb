# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.errors import KnownError
from casework.figures.period import Period
from casework.work_calendar import VIET_NAM, months_after

DAY = dt.date.fromisoformat


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        (Period.day_of(DAY("2026-11-22")), "2026-11-22", "2026-11-22"),
        (Period.week_of(DAY("2026-11-22")), "2026-11-16", "2026-11-22"),
        (Period.week_of(DAY("2026-11-16")), "2026-11-16", "2026-11-22"),
        (Period.week_of(DAY("2027-01-01")), "2026-12-28", "2027-01-03"),
        (Period.month_of(DAY("2028-02-10")), "2028-02-01", "2028-02-29"),
        (Period.month_of(DAY("2026-12-31")), "2026-12-01", "2026-12-31"),
        (Period.quarter_of(DAY("2026-01-01")), "2026-01-01", "2026-03-31"),
        (Period.quarter_of(DAY("2026-06-30")), "2026-04-01", "2026-06-30"),
        (Period.quarter_of(DAY("2026-07-01")), "2026-07-01", "2026-09-30"),
        (Period.quarter_of(DAY("2026-12-31")), "2026-10-01", "2026-12-31"),
        (Period.between(DAY("2026-07-01"), DAY("2026-10-15")), "2026-07-01", "2026-10-15"),
    ],
)
def test_the_first_and_last_day_of_a_period(period: Period, first: str, last: str) -> None:
    assert (period.first, period.last) == (DAY(first), DAY(last))
    assert period.contains_day(DAY(first))
    assert period.contains_day(DAY(last))
    assert not period.contains_day(DAY(first) - dt.timedelta(days=1))
    assert not period.contains_day(period.until)


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (Period.quarter_of(DAY("2026-02-01")), "Quý I/2026"),
        (Period.quarter_of(DAY("2026-05-01")), "Quý II/2026"),
        (Period.quarter_of(DAY("2026-08-01")), "Quý III/2026"),
        (Period.quarter_of(DAY("2026-11-01")), "Quý IV/2026"),
        (Period.month_of(DAY("2026-03-09")), "Tháng 03/2026"),
        (Period.day_of(DAY("2026-03-09")), "Ngày 09/03/2026"),
        (Period.week_of(DAY("2026-11-22")), "Từ ngày 16/11/2026 đến ngày 22/11/2026"),
    ],
)
def test_a_period_has_a_name_for_the_title(period: Period, words: str) -> None:
    assert period.in_words() == words


@pytest.mark.parametrize("until", ["2026-11-01", "2026-10-31"])
def test_a_period_without_a_day_is_refused(until: str) -> None:
    with pytest.raises(KnownError, match="period-empty"):
        Period(DAY("2026-11-01"), DAY(until))


def test_the_day_is_that_in_viet_nam() -> None:
    november = Period.month_of(DAY("2026-11-01"))
    assert november.contains(dt.datetime(2026, 10, 31, 17, 0, tzinfo=dt.UTC))
    assert not november.contains(dt.datetime(2026, 10, 31, 16, 59, 59, tzinfo=dt.UTC))
    assert november.contains(dt.datetime(2026, 11, 30, 23, 59, 59, tzinfo=VIET_NAM))
    assert not november.contains(dt.datetime(2026, 12, 1, 0, 0, tzinfo=VIET_NAM))


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [
        ("2026-08-31", 6, "2027-02-28"),
        ("2027-08-31", 6, "2028-02-29"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2026-05-31", 0, "2026-05-31"),
        ("2026-06-30", 6, "2026-12-30"),
    ],
)
def test_months_after_a_day(day: str, months: int, after: str) -> None:
    assert months_after(DAY(day), months) == DAY(after)


@given(st.dates(dt.date(2020, 1, 1), dt.date(2040, 12, 31)))
def test_weeks_months_and_quarters_leave_no_day_out_and_share_none(day: dt.date) -> None:
    for kind in (Period.day_of, Period.week_of, Period.month_of, Period.quarter_of):
        period = kind(day)
        assert period.contains_day(day)
        assert kind(period.last) == period
        assert kind(period.until).first == period.until
