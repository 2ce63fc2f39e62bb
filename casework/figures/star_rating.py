# SPDX-License-Identifier: GPL-3.0-or-later
"""Stars for a centre from four hard numbers: on time, online, mean processing time, satisfaction.

A rating by stars is announced and still being studied; nobody has published weights or thresholds. Those here are
settled by the commune or the province, and no result is official.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Final

from casework.errors import KnownError
from casework.figures.share import Mean, Share, round_half_up

MOST_STARS: Final = 5

_MINUTES_AN_HOUR: Final = 60


class StarNumber(enum.StrEnum):
    """One of the four numbers."""

    ON_TIME = "on-time"
    ONLINE = "online"
    PROCESSING_HOURS = "processing-hours"
    SATISFACTION = "satisfaction"


@dataclass(frozen=True, slots=True)
class StarRule:
    """How one number becomes stars.

    Attributes:
        number: Which one.
        weight: Its share of the whole relative to the other weights, at least 0.
        thresholds: What must be reached for one star, two, … five: percent that rise; for the processing time working
            hours that fall. Reaching a threshold exactly is enough.
    """

    number: StarNumber
    weight: int
    thresholds: tuple[Decimal, ...]

    @property
    def becomes_harder(self) -> bool:
        """Whether there are five thresholds, each harder to reach than the one before."""
        steps = self.thresholds[::-1] if self.number is StarNumber.PROCESSING_HOURS else self.thresholds
        return len(steps) == MOST_STARS and all(lower < higher for lower, higher in pairwise(steps))


@dataclass(frozen=True, slots=True)
class StarScheme:
    """Weights and thresholds of a rating.

    Attributes:
        rules: One for each of the four numbers.

    Raises:
        KnownError: ``star-scheme-invalid``: a number is missing or there twice, a weight is negative or all are 0, or
            thresholds are not five that become harder.
    """

    rules: tuple[StarRule, ...]

    def __post_init__(self) -> None:
        numbers_agree = sorted(rule.number for rule in self.rules) == sorted(StarNumber)
        weights = [rule.weight for rule in self.rules]
        weights_agree = min(weights, default=-1) >= 0 and sum(weights) > 0
        if not (numbers_agree and weights_agree and all(rule.becomes_harder for rule in self.rules)):
            raise KnownError("star-scheme-invalid")


def _percents(*thresholds: str) -> tuple[Decimal, ...]:
    return tuple(map(Decimal, thresholds))


DEFAULT_SCHEME: Final = StarScheme(
    (
        StarRule(StarNumber.ON_TIME, 40, _percents("80", "90", "95", "98", "99.5")),
        StarRule(StarNumber.ONLINE, 20, _percents("20", "40", "60", "80", "95")),
        StarRule(StarNumber.PROCESSING_HOURS, 15, _percents("80", "40", "24", "16", "8")),
        StarRule(StarNumber.SATISFACTION, 25, _percents("80", "90", "95", "97", "99")),
    )
)
"""A starting point of ours, not the law's."""


@dataclass(frozen=True, slots=True)
class NumberStars:
    """One number and its stars.

    Attributes:
        number: Which one.
        value: Percent or working hours, two decimals; None when there is nothing to compute it from.
        stars: 0 to 5; None likewise.
        weight: Its weight.
    """

    number: StarNumber
    value: Decimal | None
    stars: int | None
    weight: int


@dataclass(frozen=True, slots=True)
class StarRating:
    """The rating of a centre; never an official one.

    Attributes:
        numbers: The four, in the order of the scheme.
        stars: Weighted mean, one decimal, 0 to 5; None when no number with a weight is there.
        is_complete: Whether all four numbers were there; the weight of one that is not goes to the others.
    """

    numbers: tuple[NumberStars, ...]
    stars: Decimal | None
    is_complete: bool


def star_rating(
    on_time: Share, online: Share, processing_minutes: Mean, satisfaction: Share, scheme: StarScheme = DEFAULT_SCHEME
) -> StarRating:
    """Rate a centre.

    Args:
        on_time: Kept promises.
        online: Dossiers received online.
        processing_minutes: Minutes of opening hours.
        satisfaction: Satisfied citizens.
        scheme: Weights and thresholds.
    """
    exact = {
        StarNumber.ON_TIME: _percent(on_time),
        StarNumber.ONLINE: _percent(online),
        StarNumber.PROCESSING_HOURS: None
        if processing_minutes.exact is None
        else processing_minutes.exact / _MINUTES_AN_HOUR,
        StarNumber.SATISFACTION: _percent(satisfaction),
    }
    numbers = tuple(_rated(rule, exact[rule.number]) for rule in scheme.rules)
    known = [(item.stars, item.weight) for item in numbers if item.stars is not None]
    weights = sum(weight for _, weight in known)
    return StarRating(
        numbers=numbers,
        stars=round_half_up(Fraction(sum(stars * weight for stars, weight in known), weights), 1) if weights else None,
        is_complete=len(known) == len(numbers),
    )


def _rated(rule: StarRule, value: Fraction | None) -> NumberStars:
    if value is None:
        return NumberStars(rule.number, None, None, rule.weight)
    less_is_better = rule.number is StarNumber.PROCESSING_HOURS
    stars = sum(value <= Fraction(step) if less_is_better else value >= Fraction(step) for step in rule.thresholds)
    return NumberStars(rule.number, round_half_up(value), stars, rule.weight)


def _percent(share: Share) -> Fraction | None:
    return None if share.ratio is None else share.ratio * 100
