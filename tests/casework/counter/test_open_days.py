# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt

import pytest

from casework.counter.open_days import WELCOME_WORDS, Welcome, welcome
from casework.records.open_day import OpenDay

FRIDAY = dt.date(2026, 12, 4)
OPEN_FRIDAY = OpenDay("Thứ Sáu không hẹn", 5, FRIDAY, FRIDAY + dt.timedelta(days=14))


@pytest.mark.parametrize(
    ("flag", "day", "expected"),
    [
        (True, FRIDAY, Welcome.YES),
        (False, FRIDAY, Welcome.NEEDS_VERIFICATION),
        (None, FRIDAY, Welcome.UNDECIDED),
        (True, FRIDAY - dt.timedelta(days=1), Welcome.ANOTHER_DAY),
        (True, FRIDAY - dt.timedelta(days=7), Welcome.ANOTHER_DAY),
        (True, FRIDAY + dt.timedelta(days=14), Welcome.YES),
        (True, FRIDAY + dt.timedelta(days=21), Welcome.ANOTHER_DAY),
    ],
)
def test_an_open_friday_serves_what_the_catalogue_names_and_asks_where_it_is_silent(
    flag: bool | None, day: dt.date, expected: Welcome
) -> None:
    assert welcome(flag, day, [OPEN_FRIDAY]) is expected


def test_without_open_days_nothing_is_promised_and_every_answer_has_its_words() -> None:
    assert welcome(True, FRIDAY, []) is Welcome.ANOTHER_DAY
    assert set(WELCOME_WORDS) == set(Welcome)
    assert OpenDay("", 5, FRIDAY).is_on(FRIDAY + dt.timedelta(days=700))
