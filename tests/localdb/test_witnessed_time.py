# SPDX-License-Identifier: GPL-3.0-or-later
"""Time goes by as the audit trail has seen it, whatever the clock says."""

from __future__ import annotations

import datetime as dt
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from localdb import audit, witnessed_time
from localdb.store import Store
from tests.localdb.samples import NOON

DAY = dt.timedelta(days=1)


def write(store: Store, moments: list[dt.datetime]) -> None:
    for start in range(0, len(moments), 200):
        with store.transaction() as connection:
            for at in moments[start : start + 200]:
                audit.append(connection, at=at, actor_id="c", action="a", subject_id="s")


def days_ago(store: Store, now: dt.datetime, days: float) -> float:
    with store.reading() as connection:
        return (now - witnessed_time.ago(connection, now, days * DAY)) / DAY


def test_a_store_without_a_trail_takes_the_clocks_word(store: Store) -> None:
    assert days_ago(store, NOON, 90) == 90


@pytest.mark.parametrize("entries_a_day", [1, 2, 7, 60])
def test_at_a_desk_that_is_used_every_day_the_clock_is_right(store: Store, entries_a_day: int) -> None:
    write(store, [NOON + DAY * number / entries_a_day for number in range(40 * entries_a_day)])
    now = NOON + 40 * DAY
    for days in (0.5, 7, 30, 39):
        assert days_ago(store, now, days) == pytest.approx(days)


def test_weekends_count_and_a_leap_of_two_years_counts_three_days(store: Store) -> None:
    write(store, [NOON + number * DAY for number in range(50) if number % 7 < 5])
    friday = NOON + 46 * DAY
    assert days_ago(store, friday + 3 * DAY, 30) == pytest.approx(30)
    later = friday + 730 * DAY
    assert days_ago(store, later, 2) == pytest.approx(728, abs=3)
    assert days_ago(store, later, 30) == pytest.approx(730 + 27, abs=3)


def test_a_clock_that_was_ahead_for_a_while_makes_nothing_older(store: Store) -> None:
    before = [NOON + number * DAY for number in range(10)]
    ahead = [NOON + (730 + number) * DAY for number in range(10, 12)]
    after = [NOON + number * DAY for number in range(12, 15)]
    write(store, before + ahead + after)
    assert days_ago(store, after[-1], 5) >= 5


def test_what_was_done_while_the_clock_was_behind_is_not_old_when_it_is_put_right(store: Store) -> None:
    before = [NOON + number * DAY for number in range(10)]
    behind = [NOON - (730 - number / 10) * DAY for number in range(5)]
    after = [NOON + number * DAY for number in range(10, 20)]
    write(store, before + behind + after)
    with store.reading() as connection:
        assert witnessed_time.ago(connection, after[-1], 30 * DAY) < behind[0]
        assert witnessed_time.ago(connection, after[-1], 8 * DAY) == after[-1] - 8 * DAY


@given(gaps=st.lists(st.floats(-800, 800), min_size=1, max_size=150), days=st.floats(0, 120))
def test_nothing_is_ever_older_than_the_clock_says(gaps: list[float], days: float) -> None:
    moments = list(accumulate(gaps, lambda at, gap: at + gap * DAY, initial=NOON))

    class Trail:
        def rows(self, sql: str, parameters: tuple[int, int]) -> list[tuple[int, int]]:
            last = min(parameters[0] - 1, len(moments))
            numbers = range(last, max(0, last - parameters[1]), -1)
            return [(number, round(moments[number - 1].timestamp() * 1_000_000)) for number in numbers]

    now = moments[-1]
    assert witnessed_time.ago(Trail(), now, days * DAY) <= now - days * DAY + dt.timedelta(seconds=1)  # type: ignore[arg-type]
