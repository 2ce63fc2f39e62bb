# SPDX-License-Identifier: GPL-3.0-or-later
"""Places as numbers: frames of pages, and the free place nearest to a wished one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signing.looks.free_place import coarse, is_free, nearest_free
from signing.looks.measures import measures
from signing.looks.page_frame import PageFrame
from signing.stamp import Box

PAGE = Box(0, 0, 300, 400)

sides = st.integers(1, 120)
boxes = st.builds(
    lambda left, bottom, width, height: Box(left, bottom, left + width, bottom + height),
    st.integers(-20, 280), st.integers(-20, 380), sides, sides,
)  # fmt: skip
frames = st.builds(
    PageFrame,
    st.sampled_from([Box(0, 0, 595, 842), Box(-50, 20, 200, 90)]),
    st.integers(0, 3),
    st.sampled_from([1, 2, 0.5]),
)


@given(boxes, st.lists(boxes, max_size=8))
def test_the_place_is_free_on_the_page_and_no_other_is_nearer(wished: Box, taken: list[Box]) -> None:
    found = nearest_free(wished, PAGE, taken)
    grid = [
        Box(left, bottom, left + wished.width, bottom + wished.height)
        for left in range(0, round(PAGE.right - wished.width) + 1, 12)
        for bottom in range(0, round(PAGE.top - wished.height) + 1, 12)
    ]
    free = [box for box in grid if is_free(box, taken)]
    if found is None:
        assert not free
        return
    assert (found.width, found.height) == pytest.approx((wished.width, wished.height))
    assert PAGE.left <= found.left
    assert found.right <= PAGE.right + 1e-9
    assert PAGE.bottom <= found.bottom
    assert found.top <= PAGE.top + 1e-9
    assert is_free(Box(found.left + 1e-6, found.bottom + 1e-6, found.right - 1e-6, found.top - 1e-6), taken)
    assert all(far(found, wished) <= far(box, wished) + 1e-6 for box in free)


def far(one: Box, other: Box) -> float:
    return float(((one.left - other.left) ** 2 + (one.bottom - other.bottom) ** 2) ** 0.5)


def test_very_many_boxes_are_covered_by_fewer() -> None:
    many = [Box(x, y, x + 0.4, y + 0.4) for x in range(0, 300, 2) for y in range(0, 400, 4)]
    fewer = coarse(many, PAGE)
    assert len(fewer) < len(many) / 10
    assert all(any(contains(cover, box) for cover in fewer) for box in many[::97])
    assert nearest_free(Box(10, 10, 50, 20), PAGE, fewer) is None
    assert coarse(many[:10], PAGE) == many[:10]


def contains(cover: Box, box: Box) -> bool:
    across = cover.left <= box.left and box.right <= cover.right
    return across and cover.bottom <= box.top and box.bottom <= cover.top


def test_drawings_are_kept_clear_of_when_that_costs_little() -> None:
    wished, line = Box(100, 100, 200, 140), Box(0, 110, 300, 111)
    moved = nearest_free(wished, PAGE, [], [line])
    assert moved is not None
    assert is_free(Box(moved.left, moved.bottom + 1e-6, moved.right, moved.top), [line])
    assert nearest_free(wished, PAGE, [], [Box(0, 0, 300, 399)]) == wished


def test_there_is_no_place_for_what_is_larger_than_the_page() -> None:
    assert nearest_free(Box(0, 0, 301, 10), PAGE, []) is None


@given(frames, boxes)
def test_a_box_comes_back_from_the_page_as_it_is_seen(frame: PageFrame, box: Box) -> None:
    back = frame.in_user_space(frame.seen(box))
    assert (back.left, back.bottom, back.right, back.top) == pytest.approx((box.left, box.bottom, box.right, box.top))


@given(frames, sides, sides)
def test_an_upright_drawing_fills_its_box_of_user_space(frame: PageFrame, width: int, height: int) -> None:
    a, b, c, d, e, f = frame.upright(width, height)
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (0, width) for y in (0, height)]
    box = frame.in_user_space(Box(0, 0, width, height))
    assert min(x for x, _ in corners) == pytest.approx(0, abs=1e-9)
    assert min(y for _, y in corners) == pytest.approx(0, abs=1e-9)
    assert max(x for x, _ in corners) == pytest.approx(box.width)
    assert max(y for _, y in corners) == pytest.approx(box.height)


def test_every_measure_has_a_source_and_none_is_called_verified_that_nobody_verified() -> None:
    data = Path(__file__).parents[3] / "signing" / "looks" / "decree_30_2020.json"
    assert set(json.loads(data.read_text(encoding="utf-8"))) == set(measures())
    assert all(measure.source and measure.unit for measure in measures().values())
    assert {name for name, measure in measures().items() if measure.verified} == {"qr_quiet_zone"}
    assert measures()["seal_width"].points == pytest.approx(36 / 25.4 * 72)
