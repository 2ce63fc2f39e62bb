# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.errors import KnownError
from casework.figures.share import Mean, Share
from casework.figures.star_rating import DEFAULT_SCHEME, StarNumber, StarRating, StarScheme, star_rating

NOTHING, NO_MEAN = Share(0, 0), Mean(0, 0)


def stars_of(rating: StarRating) -> list[int | None]:
    return [item.stars for item in rating.numbers]


def test_the_four_numbers_and_their_weighted_mean() -> None:
    # 98.9 % on time = 4, 84 % online = 4, 20 hours = 3, 99.44 % satisfied = 5.
    rating = star_rating(Share(989, 1000), Share(84, 100), Mean(2400, 2), Share(179, 180))
    assert [item.value for item in rating.numbers] == [Decimal(v) for v in ("98.90", "84.00", "20.00", "99.44")]
    assert stars_of(rating) == [4, 4, 3, 5]
    # (4·40 + 4·20 + 3·15 + 5·25) / 100 = 4.1
    assert rating.stars == Decimal("4.1")
    assert rating.is_complete


@pytest.mark.parametrize(
    ("on_time", "stars"),
    [(Share(799, 1000), 0), (Share(8, 10), 1), (Share(9, 10), 2), (Share(995, 1000), 5), (Share(99499, 100000), 4)],
)
def test_reaching_a_threshold_is_enough(on_time: Share, stars: int) -> None:
    assert star_rating(on_time, NOTHING, NO_MEAN, NOTHING).numbers[0].stars == stars


@pytest.mark.parametrize(("minutes", "stars"), [(480, 5), (481, 4), (4800, 1), (4801, 0), (0, 5)])
def test_less_time_gives_more_stars(minutes: int, stars: int) -> None:
    assert star_rating(NOTHING, NOTHING, Mean(minutes, 1), NOTHING).numbers[2].stars == stars


def test_the_weight_of_a_missing_number_goes_to_the_others() -> None:
    rating = star_rating(Share(1, 1), NOTHING, NO_MEAN, Share(0, 1))
    assert stars_of(rating) == [5, None, None, 0]
    assert rating.stars == Decimal("3.1")  # 5·40 / 65 = 3.08
    assert not rating.is_complete


def test_without_any_number_there_are_no_stars() -> None:
    assert star_rating(NOTHING, NOTHING, NO_MEAN, NOTHING).stars is None


def test_weights_are_settled_by_the_commune() -> None:
    only_online = StarScheme(
        tuple(replace(rule, weight=int(rule.number is StarNumber.ONLINE)) for rule in DEFAULT_SCHEME.rules)
    )
    assert star_rating(Share(0, 1), Share(1, 1), NO_MEAN, NOTHING, only_online).stars == Decimal("5.0")
    assert star_rating(Share(1, 1), NOTHING, NO_MEAN, NOTHING, only_online).stars is None


def test_a_scheme_that_cannot_be_is_refused() -> None:
    rules = DEFAULT_SCHEME.rules
    falling = replace(rules[0], thresholds=rules[0].thresholds[::-1])
    level = replace(rules[0], thresholds=(Decimal(80), Decimal(90), Decimal(90), Decimal(98), Decimal(99)))
    rising_time = replace(rules[2], thresholds=rules[2].thresholds[::-1])
    for wrong in (
        rules[:3],
        (*rules[:3], rules[0]),
        (replace(rules[0], weight=-1), *rules[1:]),
        tuple(replace(rule, weight=0) for rule in rules),
        (falling, *rules[1:]),
        (level, *rules[1:]),
        (replace(rules[0], thresholds=rules[0].thresholds[:4]), *rules[1:]),
        (*rules[:2], rising_time, rules[3]),
        (),
    ):
        with pytest.raises(KnownError, match="star-scheme-invalid"):
            StarScheme(wrong)


@settings(max_examples=50)
@given(st.integers(0, 200), st.integers(1, 200))
def test_a_better_share_never_has_fewer_stars(kept: int, late: int) -> None:
    before = star_rating(Share(kept, kept + late), NOTHING, NO_MEAN, NOTHING).stars
    after = star_rating(Share(kept + 1, kept + late + 1), NOTHING, NO_MEAN, NOTHING).stars
    assert before is not None
    assert after is not None
    assert 0 <= before <= after <= 5
