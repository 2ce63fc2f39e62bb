# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from casework.open_days import WELCOME_WORDS, Welcome, owes_receipt, time_on_the_spot, to_sign, welcome
from casework.records.open_day import OpenDay, SpotService
from casework.work_calendar import VIET_NAM

FRIDAY = dt.date(2026, 12, 4)
OPEN_FRIDAY = OpenDay("Thứ Sáu không hẹn", 5, FRIDAY, FRIDAY + dt.timedelta(days=14))
EIGHT = dt.datetime(2026, 12, 4, 8, tzinfo=VIET_NAM)


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


@pytest.mark.parametrize(
    ("is_immediate", "asked", "owed"),
    [(True, False, False), (True, True, True), (False, False, True), (False, True, True)],
)
def test_a_result_on_the_spot_needs_no_receipt_unless_the_person_asks(
    is_immediate: bool, asked: bool, owed: bool
) -> None:
    assert owes_receipt(is_immediate, asked) is owed


def a_service(dossier_id: str, minutes: int, *, has_priority: bool = False) -> SpotService:
    return SpotService(dossier_id, has_priority, EIGHT + dt.timedelta(minutes=minutes))


def test_the_signer_gets_priority_first_then_who_came_first_and_nothing_twice() -> None:
    signed = dataclasses.replace(a_service("signed", 0), signed_at=EIGHT)
    gone = dataclasses.replace(a_service("gone", 0, has_priority=True), handed_over_at=EIGHT)
    services = [a_service("c", 9), a_service("b", 5), a_service("a", 9), a_service("old", 30, has_priority=True)]
    assert [service.dossier_id for service in to_sign([signed, gone, *services])] == ["old", "b", "a", "c"]


def test_the_time_on_the_spot_runs_from_reception_to_the_result_in_the_hand() -> None:
    service = a_service("a", 0)
    now = EIGHT + dt.timedelta(hours=3)
    assert time_on_the_spot(service, now) == dt.timedelta(hours=3)
    done = dataclasses.replace(service, signed_at=EIGHT, handed_over_at=EIGHT + dt.timedelta(minutes=110))
    assert time_on_the_spot(done, now) == dt.timedelta(minutes=110)
