# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from decimal import Decimal

import pytest

from casework.figures.national_score import (
    ESTIMATED_RULES,
    GROUP_WORDS,
    ScoredFigure,
    ScoreGroup,
    estimate_national_score,
)
from casework.figures.share import Share

F, G = ScoredFigure, ScoreGroup


def test_the_groups_make_a_hundred_points_and_most_of_them_are_not_certain() -> None:
    assert sum(rule.most_points for rule in ESTIMATED_RULES) == 100
    assert {rule.group for rule in ESTIMATED_RULES} == set(GROUP_WORDS) == set(G)
    assert [rule.group for rule in ESTIMATED_RULES if rule.is_certain] == [G.SATISFACTION]


def test_an_estimate_computed_by_hand() -> None:
    estimate = estimate_national_score(
        {
            F.ON_TIME: Share(9902, 10000),  # 20 · 0.9902 = 19.804
            F.ONLINE: Share(97, 100),  # more than 50 %: 12
            F.PAID_ONLINE: Share(1, 4),  # 2.5
            F.DIGITISED: Share(80, 100),  # 11
            F.REUSE: Share(20, 100),  # 11 · 0.25 = 2.75
            F.SATISFIED: Share(895, 1000),  # 18 · 0.895 / 0.9 = 17.9
        }
    )
    points = {item.group: (item.points, item.out_of, item.most_points) for item in estimate.groups}
    assert points == {
        G.OPENNESS: (None, 0, 18),
        G.PROGRESS: (Decimal("19.80"), 20, 20),
        G.ONLINE: (Decimal("12.00"), 12, 12),
        G.PAYMENT: (Decimal("2.50"), 10, 10),
        G.DIGITISATION: (Decimal("13.75"), 22, 22),
        G.SATISFACTION: (Decimal("17.90"), 18, 18),
    }
    assert (estimate.points, estimate.out_of) == (Decimal("65.95"), 82)


@pytest.mark.parametrize(("online", "points"), [(49, "11.76"), (50, "12.00"), (51, "12.00"), (0, "0.00")])
def test_from_a_percentage_on_a_group_earns_everything(online: int, points: str) -> None:
    assert estimate_national_score({F.ONLINE: Share(online, 100)}).points == Decimal(points)


def test_what_is_not_known_is_not_counted_against_the_centre() -> None:
    estimate = estimate_national_score({F.REUSE: Share(1, 1), F.ONLINE: Share(0, 0)})
    digitisation = next(item for item in estimate.groups if item.group is G.DIGITISATION)
    assert (digitisation.points, digitisation.out_of, digitisation.most_points) == (Decimal("11.00"), 11, 22)
    assert (estimate.points, estimate.out_of) == (Decimal("11.00"), 11)
    assert (estimate_national_score({}).points, estimate_national_score({}).out_of) == (None, 0)
