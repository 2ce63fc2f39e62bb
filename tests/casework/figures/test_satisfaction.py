# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt
import itertools

import pytest

from casework.errors import BugError
from casework.figures.period import Period
from casework.figures.satisfaction import (
    CRITERION_WORDS,
    points_for_complaints,
    points_for_contacts,
    satisfaction,
)
from casework.figures.share import Share
from casework.records.rating import Criterion, Overall, Rating
from casework.work_calendar import VIET_NAM

NOVEMBER = Period.month_of(dt.date(2026, 11, 1))
NOON = dt.datetime(2026, 11, 23, 12, 0, tzinfo=VIET_NAM)
C = Criterion


def test_satisfied_points_and_criteria_are_added_up() -> None:
    ratings = [
        Rating("d1", NOON, Overall.VERY_SATISFIED, ((C.TOTAL_TIME, 2), (C.ATTITUDE, 2))),
        Rating("d2", NOON, Overall.SATISFIED, ((C.TOTAL_TIME, 1),)),
        Rating("d3", NOON, Overall.NOT_SATISFIED, ((C.ATTITUDE, 0),)),
        Rating("d4", NOON, None, ((C.CONTACTS, 2),)),
        Rating("d5", NOON + dt.timedelta(days=30), Overall.NOT_SATISFIED, ((C.CONTACTS, 0),)),
    ]
    for order in itertools.permutations(ratings):
        figures = satisfaction(order, NOVEMBER)
        assert figures.satisfied == Share(2, 3)
        assert figures.very_satisfied == Share(1, 3)
        assert figures.points == Share(7, 10)
        assert dict(figures.by_criterion) == {
            C.TOTAL_TIME: Share(3, 4),
            C.CONTACTS: Share(2, 2),
            C.ATTITUDE: Share(2, 4),
        }
        assert list(figures.by_criterion) == [C.TOTAL_TIME, C.CONTACTS, C.ATTITUDE]


def test_the_later_slip_of_a_dossier_counts_also_in_another_period() -> None:
    early = Rating("d1", NOON, Overall.NOT_SATISFIED)
    late = Rating("d1", NOON + dt.timedelta(days=1), Overall.SATISFIED)
    next_month = Rating("d1", NOON + dt.timedelta(days=20), Overall.SATISFIED)
    assert satisfaction([late, early], NOVEMBER).satisfied == Share(1, 1)
    assert satisfaction([early, next_month], NOVEMBER).satisfied == Share(0, 0)


@pytest.mark.parametrize("points", [((C.ATTITUDE, 3),), ((C.ATTITUDE, -1),), ((C.ATTITUDE, 1), (C.ATTITUDE, 2))])
def test_a_slip_that_cannot_be_is_a_bug(points: tuple[tuple[Criterion, int], ...]) -> None:
    with pytest.raises(BugError):
        Rating("d1", NOON, points=points)


def test_every_criterion_has_words() -> None:
    assert set(CRITERION_WORDS) == set(Criterion)


@pytest.mark.parametrize(("extra", "points"), [(0, 2), (1, 1), (2, 0), (7, 0)])
def test_each_extra_contact_costs_a_point(extra: int, points: int) -> None:
    assert points_for_contacts(extra) == points


@pytest.mark.parametrize(
    ("handled", "points"),
    [(Share(5, 5), 2), (Share(9, 10), 1), (Share(99, 100), 1), (Share(89, 100), 0), (Share(0, 0), None)],
)
def test_complaints_handled(handled: Share, points: int | None) -> None:
    assert points_for_complaints(handled) == points
