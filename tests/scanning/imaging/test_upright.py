# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import numpy as np
import pytest

from scanning.imaging._cv import cv2
from scanning.imaging.formats import Pixels
from scanning.imaging.raster import Raster
from scanning.imaging.upright import paper_color, upright
from scanning.transforms import Cutout, Rotation, Transform, view_of

PAPER = 236


def picture(height: int = 600, width: int = 400) -> Pixels:
    """Paper with one dark spot whose middle is at (120.0, 150.0) from the top left corner."""
    pixels = np.full((height, width, 3), PAPER, np.uint8)
    pixels[140:160, 110:130] = 20
    return pixels


def shown(*steps: Transform, dpi: float = 100.0, pixels: Pixels | None = None) -> Raster:
    raster = Raster(picture() if pixels is None else pixels, 100.0)
    return upright(raster, view_of(steps, raster.width_px, raster.height_px), dpi)


def spot(raster: Raster) -> tuple[float, float]:
    dark = raster.pixels[:, :, 0] < 128
    rows, columns = np.nonzero(dark)
    return float(columns.mean()) + 0.5, float(rows.mean()) + 0.5


def test_without_steps_nothing_is_resampled() -> None:
    assert np.array_equal(shown().pixels, picture())


@pytest.mark.parametrize(
    ("degrees", "place", "size"),
    [(90, (150, 280), (600, 400)), (180, (280, 450), (400, 600)), (270, (450, 120), (600, 400))],
)
def test_quarter_turns_move_pixels_as_they_are(
    degrees: float, place: tuple[float, float], size: tuple[int, int]
) -> None:
    turned = shown(Rotation(degrees))
    assert (turned.width_px, turned.height_px) == size
    assert spot(turned) == place
    assert (turned.pixels < 128).sum() == 400 * 3


@pytest.mark.parametrize("degrees", [-3.0, 1.5, 88.0, 184.0])
def test_a_spot_comes_to_lie_where_the_view_says(degrees: float) -> None:
    view = view_of([Rotation(degrees)], 400, 600)
    matrix = cv2.getPerspectiveTransform(
        np.array(view.corners, np.float32),
        np.array(((0, 0), (view.width_px, 0), (view.width_px, view.height_px), (0, view.height_px)), np.float32),
    )
    expected = cv2.perspectiveTransform(np.array([[(120.0, 150.0)]]), matrix)[0, 0]
    assert spot(shown(Rotation(degrees))) == pytest.approx(expected, abs=0.3)


def test_a_cutout_fills_the_page_and_its_perspective_is_gone() -> None:
    corners = ((100.0, 100.0), (300.0, 120.0), (320.0, 400.0), (80.0, 380.0))
    pixels = np.full((600, 400, 3), 30, np.uint8)
    cv2.fillConvexPoly(pixels, np.array(corners, np.int32), (PAPER,) * 3)
    sheet = shown(Cutout(corners, 240, 300), pixels=pixels)
    assert sheet.pixels.shape == (300, 240, 3)
    assert sheet.pixels[3:-3, 3:-3].min() > 200


def test_a_lower_density_is_averaged_not_picked() -> None:
    stripes = np.zeros((600, 400, 3), np.uint8)
    stripes[::2] = 255
    for steps in ((), (Rotation(2.0),)):
        small = shown(*steps, dpi=25.0, pixels=stripes)
        assert small.pixels.shape == (150, 100, 3)
        assert small.dpi == 25.0
        assert np.abs(small.pixels[50:100, 30:70].astype(int) - 127).max() < 8


def test_a_higher_density_gives_more_pixels() -> None:
    assert shown(dpi=200.0).pixels.shape == (1200, 800, 3)
    assert spot(shown(Rotation(90), dpi=200.0)) == pytest.approx((300, 560), abs=0.6)


def test_what_comes_into_view_is_coloured_like_the_paper() -> None:
    tinted = picture()
    tinted[:, :, 0] = np.minimum(tinted[:, :, 0], 200)
    turned = shown(Rotation(5.0), pixels=tinted)
    assert turned.pixels[0, 0].tolist() == [200, PAPER, PAPER]


def test_gray_pages_stay_gray() -> None:
    gray = upright(Raster(picture()[:, :, 0], 100.0), view_of([Rotation(1.0)], 400, 600), 50.0)
    assert gray.pixels.shape == (300, 200)


def test_the_paper_is_what_is_bright_however_much_is_printed() -> None:
    pixels = picture()
    pixels[:280] = 10
    assert paper_color(pixels) == (PAPER, PAPER, PAPER)
