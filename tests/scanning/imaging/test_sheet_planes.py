# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import numpy as np
import pytest

from scanning.imaging.raster import Raster, reduce
from scanning.imaging.sheet_planes import SheetPlanes
from scanning.transforms import Rotation


def striped(width: int, height: int, dpi: float, period: int = 60) -> Raster:
    """Broad vertical stripes."""
    columns = np.where(np.arange(width) % period < period // 2, 40, 230).astype(np.uint8)
    return Raster(np.ascontiguousarray(np.broadcast_to(columns[None, :, None], (height, width, 3))), dpi)


def test_a_plane_that_several_steps_ask_for_is_made_once() -> None:
    sheet = SheetPlanes(striped(300, 400, 300.0), (Rotation(1.0),))
    assert sheet.color(200.0) is sheet.color(200.0)
    assert sheet.plane(200.0) is sheet.plane(200.0)
    assert sheet.turned(2.0).plane(200.0) is not sheet.plane(200.0)
    assert sheet.turned(2.0).stamp_proof() is sheet.stamp_proof()


@pytest.mark.parametrize("degrees", [0.0, 0.001])
def test_colour_lies_where_the_plane_lies(degrees: float) -> None:
    sheet = SheetPlanes(striped(900, 600, 300.0), (Rotation(degrees),))
    color, plane = sheet.color(200.0).pixels[:, :, 1], sheet.plane(200.0).pixels
    assert color.shape == plane.shape == (400, 600)
    assert np.abs(color.astype(np.int16) - plane).mean() < 3.0


@pytest.mark.parametrize("width", [1652, 1653, 1654, 2480, 2481])
@pytest.mark.parametrize("dpi", [200.0, 100.0, 75.0, 50.0])
def test_reduced_pages_keep_their_tones_and_their_places_whatever_their_size(width: int, dpi: float) -> None:
    small = reduce(striped(width, 900, 300.0), dpi)
    assert small.pixels.shape[:2] == (round(900 * dpi / 300), round(width * dpi / 300))
    middles = ((np.arange(small.width_px) + 0.5) * width / small.width_px) % 60
    inside_dark, inside_light = np.abs(middles - 15) < 8, np.abs(middles - 45) < 8
    assert (small.pixels[:, inside_dark] == 40).all()
    assert (small.pixels[:, inside_light] == 230).all()


@pytest.mark.parametrize("dpi", [200.0, 300.0])
@pytest.mark.parametrize("degrees", [0.0, 1.3, 90.0, 92.4])
def test_a_piece_is_what_the_whole_plane_shows_there(degrees: float, dpi: float) -> None:
    sheet = SheetPlanes(striped(900, 600, 300.0), (Rotation(degrees),))
    left, top, width, height = 41, 63, 180, 50
    piece, whole = sheet.reading_piece((left, top, width, height), dpi), sheet.reading_plane(dpi)
    assert piece.dpi == dpi
    shown = whole.pixels[top : top + height, left : left + width]
    assert np.abs(piece.pixels.astype(np.int16) - shown).max() <= 6
