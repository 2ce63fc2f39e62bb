# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt

import pytest

from casework.records.participation import Relationship
from casework.submitter_patterns import PERIOD, UNRELATED_APPLICANTS, HandIn, Pattern, frequent_submitters

TODAY = dt.date(2026, 11, 30)


def hand_ins(count: int, key: str = "broker", on: dt.date = TODAY, **changes: object) -> list[HandIn]:
    fields: dict[str, object] = {"relationship": Relationship.UNRELATED, **changes}
    return [HandIn(f"{key}-{n}", key, f"applicant {n}", on=on, **fields) for n in range(count)]  # type: ignore[arg-type]


def test_who_hands_in_for_five_strangers_within_thirty_days_is_shown() -> None:
    assert (UNRELATED_APPLICANTS, dt.timedelta(days=30)) == (5, PERIOD)
    assert frequent_submitters(hand_ins(4), TODAY) == ()
    assert frequent_submitters(hand_ins(5), TODAY) == (
        Pattern("broker", 5, ("broker-0", "broker-1", "broker-2", "broker-3", "broker-4")),
    )


@pytest.mark.parametrize(
    ("on", "is_shown"),
    [
        (dt.date(2026, 11, 1), True),
        (dt.date(2026, 10, 31), False),
        (dt.date(2026, 11, 30), True),
        (dt.date(2026, 12, 1), False),
    ],
)
def test_the_period_ends_with_its_last_day(on: dt.date, is_shown: bool) -> None:
    assert bool(frequent_submitters(hand_ins(5, on=on), TODAY)) is is_shown


@pytest.mark.parametrize("relationship", [*Relationship, None])
def test_close_relatives_do_not_count(relationship: Relationship | None) -> None:
    counts = relationship in {Relationship.OTHER_RELATIVE, Relationship.UNRELATED, None}
    assert bool(frequent_submitters(hand_ins(5, relationship=relationship), TODAY)) is counts


def test_several_dossiers_of_one_applicant_count_once() -> None:
    assert frequent_submitters(hand_ins(4) + hand_ins(4), TODAY) == ()


def test_nobody_without_a_key_is_shown() -> None:
    assert frequent_submitters(hand_ins(9, key=""), TODAY) == ()


def test_the_most_frequent_comes_first_and_dossiers_by_age() -> None:
    entries = hand_ins(2, "b") + hand_ins(3, "c") + hand_ins(2, "a")
    entries.append(HandIn("old", "b", "applicant 0", None, TODAY - dt.timedelta(days=3)))
    shown = frequent_submitters(entries, TODAY, applicants=2)
    assert [(pattern.submitter_key, pattern.applicants) for pattern in shown] == [("c", 3), ("a", 2), ("b", 2)]
    assert shown[2].dossier_ids == ("old", "b-0", "b-1")
    week = dt.timedelta(days=7)
    assert frequent_submitters(hand_ins(2, on=TODAY - week), TODAY, applicants=2, period=week) == ()
