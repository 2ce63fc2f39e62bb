# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pytest

from scanning.imaging.sheet_size import Shape, assumed_dpi, shape_of

A4, CARD = (210.0, 297.0), (85.6, 53.98)
PICTURE = (3000, 4000)
Corners = npt.NDArray[np.float64]


def photographed(size: tuple[float, float], tilt: float, towards: float, turn: float, focal: float) -> Corners:
    """Corners of a sheet in the middle of a picture, of which it fills four fifths."""
    width, height = size
    points = np.array(((-width, -height), (width, -height), (width, height), (-width, height))) / 2 / max(size)
    angle, axis = np.deg2rad(turn), np.array((np.cos(np.deg2rad(towards)), np.sin(np.deg2rad(towards))))
    points = points @ np.array(((np.cos(angle), np.sin(angle)), (-np.sin(angle), np.cos(angle))))
    along = points @ axis
    flat = points - np.outer(along * (1 - np.cos(np.deg2rad(tilt))), axis)
    depth = along * np.sin(np.deg2rad(tilt))
    distance = 1.0
    for _ in range(30):
        seen = flat * focal * max(PICTURE) / (distance + depth)[:, None]
        distance *= float((np.ptp(seen, axis=0) / PICTURE).max()) / 0.8
    return np.asarray(seen + np.array(PICTURE) / 2, np.float64)


def shapes(size: tuple[float, float], tilts: tuple[int, ...], focals: tuple[float, ...]) -> Iterator[Shape]:
    """What a sheet is taken for from every direction, with corners that are two pixels off."""
    random = np.random.default_rng(1)
    for tilt, focal, towards, turn in itertools.product(tilts, focals, range(0, 360, 30), (0, 5)):
        corners = photographed(size, tilt, towards, turn, focal)
        yield shape_of(corners + random.normal(0, 2.0, corners.shape), *PICTURE)


def is_taken_for(shape: Shape, size: tuple[float, float]) -> bool:
    longer, shorter = max(size), min(size)
    return shape.longer_mm == pytest.approx(longer) and max(shape.ratio, 1 / shape.ratio) == pytest.approx(
        longer / shorter
    )


@pytest.mark.parametrize("size", [A4, CARD, CARD[::-1]])
def test_a_slight_slant_leaves_a_sheet_its_shape_whatever_the_camera(size: tuple[float, float]) -> None:
    assert all(is_taken_for(each, size) for each in shapes(size, (0, 5), (0.6, 0.75, 0.85, 1.0, 1.3)))
    assert all(is_taken_for(each, size) for each in shapes(size, (15,), (0.75, 0.85, 1.0, 1.3)))


@pytest.mark.parametrize("size", [A4, (297.0, 210.0)])
def test_no_slant_makes_a_card_of_a_sheet(size: tuple[float, float]) -> None:
    found = list(shapes(size, (15, 25, 35, 45, 55), (0.6, 0.75, 0.85, 1.0, 1.3)))
    assert all(each.longer_mm == max(A4) for each in found)


@pytest.mark.parametrize("size", [CARD, CARD[::-1]])
def test_no_slant_makes_a_sheet_of_a_card(size: tuple[float, float]) -> None:
    found = list(shapes(size, (15, 25, 35, 45), (0.6, 0.75, 0.85, 1.0)))
    assert not any(is_taken_for(each, A4) for each in found)


def test_a_sheet_on_a_table_keeps_its_shape_in_the_usual_cameras() -> None:
    assert all(is_taken_for(each, A4) for each in shapes(A4, (25,), (0.75, 0.85, 1.0)))


@pytest.mark.parametrize(("width", "height"), [(3000, 2000), (4000, 3000), (1920, 1080)])
def test_the_shapes_of_pictures_are_no_cards(width: int, height: int) -> None:
    assert assumed_dpi(width, height) == pytest.approx(width / 297 * 25.4)


def test_a_picture_that_was_cut_to_a_card_has_the_density_of_a_card() -> None:
    assert assumed_dpi(1011, 638) == pytest.approx(300, abs=1)
