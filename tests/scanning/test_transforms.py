# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanning.transforms import Rotation, quarter_turns, total_degrees, upright_size


@given(st.lists(st.floats(-720, 720)))
def test_turns_add_up_to_an_angle_within_half_a_circle(angles: list[float]) -> None:
    total = total_degrees(map(Rotation, angles))
    assert -180 < total <= 180
    assert (total - sum(angles)) / 360 == pytest.approx(round((total - sum(angles)) / 360), abs=1e-6)


def test_a_small_turn_stays_exactly_what_it_is() -> None:
    assert total_degrees([Rotation(-2.1)]) == -2.1


@pytest.mark.parametrize(
    ("degrees", "turns"), [(0, 0), (-3.2, 0), (44, 0), (90, 1), (88.5, 1), (180, 2), (-178, 2), (-90, 3), (271, 3)]
)
def test_the_nearest_quarter_turn(degrees: float, turns: int) -> None:
    assert quarter_turns(degrees) == turns


def test_a_sheet_on_its_side_swaps_width_and_height_and_a_skewed_one_does_not() -> None:
    assert upright_size(210, 297, -1.5) == (210, 297)
    assert upright_size(210, 297, 91.5) == (297, 210)
    assert upright_size(210, 297, 180) == (210, 297)
