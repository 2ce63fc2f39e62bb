# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanning.transforms import (
    Corners,
    Cutout,
    Rotation,
    View,
    quarter_turns,
    tilt_degrees,
    total_degrees,
    upright_size,
    view_of,
    whole,
)


def flat(corners: Corners) -> list[float]:
    return [each for corner in corners for each in corner]


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


def test_a_page_without_steps_is_the_whole_picture() -> None:
    assert view_of([], 210, 297) == View(whole(210, 297).corners, 210, 297)


def test_a_page_that_lay_on_its_right_side_has_its_top_where_the_picture_has_its_right() -> None:
    view = view_of([Rotation(90)], 297, 210)
    assert (view.width_px, view.height_px) == (210, 297)
    assert flat(view.corners) == pytest.approx([297, 0, 297, 210, 0, 210, 0, 0])


def test_levelling_turns_the_corners_about_the_middle_and_lets_them_leave_the_picture() -> None:
    (left, top), (right, _), *_ = view_of([Rotation(3)], 210, 297).corners
    assert top < 0 < left
    assert right > left
    corners = view_of([Rotation(3)], 210, 297).corners
    assert sum(x for x, _ in corners) / 4 == pytest.approx(105)
    assert sum(y for _, y in corners) / 4 == pytest.approx(148.5)


def test_a_sheet_lay_as_far_askew_as_its_cutout_and_its_turns_say() -> None:
    slanting = Cutout(((0, 0), (100, 10), (95, 60), (-5, 50)), 100, 50)
    assert tilt_degrees([Rotation(-2.0)]) == -2.0
    assert tilt_degrees([slanting]) == pytest.approx(5.71, abs=0.01)
    assert tilt_degrees([slanting, Rotation(90), Rotation(0.5)]) == pytest.approx(96.21, abs=0.01)


def test_a_cutout_goes_before_the_turns() -> None:
    card = Cutout(((10, 20), (110, 20), (110, 80), (10, 80)), 100, 60)
    assert view_of([card], 400, 400) == View(card.corners, 100, 60)
    assert flat(view_of([card, Rotation(180)], 400, 400).corners) == pytest.approx([110, 80, 10, 80, 10, 20, 110, 20])


_SHIFTS = st.floats(-0.2, 0.2)


@given(st.tuples(*[st.tuples(_SHIFTS, _SHIFTS)] * 4))
def test_any_quadrilateral_keeps_its_own_corners(shifts: tuple[tuple[float, float], ...]) -> None:
    ideal = ((100.0, 100.0), (300.0, 100.0), (300.0, 400.0), (100.0, 400.0))
    first, second, third, fourth = (
        (x + 200 * dx, y + 300 * dy) for (x, y), (dx, dy) in zip(ideal, shifts, strict=True)
    )
    sheet = Cutout((first, second, third, fourth), 210, 297)
    assert flat(view_of([sheet], 500, 500).corners) == pytest.approx(flat(sheet.corners))
