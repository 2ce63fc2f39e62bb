# SPDX-License-Identifier: GPL-3.0-or-later
"""Percentages and means that keep what they were made of, so that they can be added up and checked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from casework.errors import BugError

NO_FIGURE: Final = "–"
"""What is shown where there is nothing to compute from."""


@dataclass(frozen=True, slots=True)
class Share:
    """Some out of all.

    Attributes:
        numerator: How many, 0 to ``denominator``.
        denominator: Out of how many; 0 when there are none.

    Raises:
        BugError: There are more than all, or fewer than none.
    """

    numerator: int
    denominator: int

    def __post_init__(self) -> None:
        if not 0 <= self.numerator <= self.denominator:
            raise BugError("a share is neither negative nor more than the whole")

    def __add__(self, other: Share) -> Share:
        return Share(self.numerator + other.numerator, self.denominator + other.denominator)

    @property
    def ratio(self) -> Fraction | None:
        """Exactly, 0 to 1; None when there is nothing to divide by."""
        return Fraction(self.numerator, self.denominator) if self.denominator else None

    @property
    def percent(self) -> Decimal | None:
        """Percent, 0 to 100, rounded half up to two decimals; None when there is nothing to divide by."""
        return None if self.ratio is None else round_half_up(self.ratio * 100)

    def in_words(self) -> str:
        """Write it as on a Vietnamese report, e.g. "97,06 %", or "–"."""
        return NO_FIGURE if self.percent is None else f"{self.percent} %".replace(".", ",")


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean with its sum.

    Attributes:
        total: The sum, in the unit of the figure.
        count: Of how many; 0 when there are none.
    """

    total: int
    count: int

    def __add__(self, other: Mean) -> Mean:
        return Mean(self.total + other.total, self.count + other.count)

    @property
    def exact(self) -> Fraction | None:
        """Exactly; None when there is nothing to divide by."""
        return Fraction(self.total, self.count) if self.count else None

    def divided_by(self, unit: int) -> Decimal | None:
        """Give the mean in a larger unit (60: minutes as hours), rounded half up to two decimals, or None."""
        return None if self.exact is None else round_half_up(self.exact / unit)


def share_of(answers: Iterable[bool]) -> Share:
    """Count how many answers are yes, out of all."""
    counted = list(answers)
    return Share(sum(counted), len(counted))


def mean_of(values: Iterable[int]) -> Mean:
    """Add up values for their mean."""
    counted = list(values)
    return Mean(sum(counted), len(counted))


def round_half_up(value: Fraction, places: int = 2) -> Decimal:
    """Round a number that is not negative; what lies exactly in the middle is rounded up."""
    scaled = (2 * value * 10**places + 1) // 2
    return Decimal(scaled).scaleb(-places)
