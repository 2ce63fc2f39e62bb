# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.errors import BugError
from casework.figures.share import Mean, Share, mean_of, round_half_up, share_of


@pytest.mark.parametrize(
    ("numerator", "denominator", "percent", "words"),
    [
        (594, 612, "97.06", "97,06 %"),
        (179, 180, "99.44", "99,44 %"),
        (1, 3, "33.33", "33,33 %"),
        (2, 3, "66.67", "66,67 %"),
        (1, 800, "0.13", "0,13 %"),  # 0.125 lies in the middle and goes up
        (3, 800, "0.38", "0,38 %"),  # 0.375 too, where half-even would too
        (1, 160, "0.63", "0,63 %"),  # 0.625, where half-even would go down
        (0, 5, "0.00", "0,00 %"),
        (5, 5, "100.00", "100,00 %"),
    ],
)
def test_percent_is_rounded_half_up_to_two_decimals(numerator: int, denominator: int, percent: str, words: str) -> None:
    share = Share(numerator, denominator)
    assert share.percent == Decimal(percent)
    assert share.in_words() == words


def test_nothing_out_of_nothing_is_no_figure() -> None:
    empty = share_of([])
    assert empty == Share(0, 0)
    assert (empty.ratio, empty.percent, empty.in_words()) == (None, None, "–")
    assert (mean_of([]).exact, mean_of([]).divided_by(60)) == (None, None)


@pytest.mark.parametrize(("numerator", "denominator"), [(-1, 5), (6, 5), (1, 0), (0, -1)])
def test_more_than_the_whole_is_a_bug(numerator: int, denominator: int) -> None:
    with pytest.raises(BugError):
        Share(numerator, denominator)


def test_shares_and_means_are_counted_and_added_with_their_parts() -> None:
    assert share_of([True, False, True]) == Share(2, 3)
    assert Share(1, 2) + Share(3, 5) == Share(4, 7)
    assert mean_of([10, 20]) + Mean(3, 1) == Mean(33, 3)
    assert Mean(125, 2).exact == Fraction(125, 2)
    assert Mean(125, 2).divided_by(60) == Decimal("1.04")


@given(st.fractions(0, 1000))
def test_rounding_moves_a_number_by_half_a_hundredth_at_most(value: Fraction) -> None:
    rounded = round_half_up(value)
    assert rounded == round(rounded, 2)
    assert -Fraction(1, 200) < Fraction(rounded) - value <= Fraction(1, 200)


@given(st.lists(st.booleans()))
def test_percent_lies_between_0_and_100(answers: list[bool]) -> None:
    percent = share_of(answers).percent
    assert (percent is None) == (not answers)
    assert percent is None or 0 <= percent <= 100
