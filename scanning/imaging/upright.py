# SPDX-License-Identifier: GPL-3.0-or-later
"""The upright page out of the original picture in one resampling: cut out, set straight, levelled and reduced."""

from __future__ import annotations

from typing import Final

import numpy as np

from scanning.imaging._cv import cv2
from scanning.imaging.formats import Pixels
from scanning.imaging.raster import Raster, reduce
from scanning.transforms import View

_GRID_TOLERANCE_PX: Final = 0.01
# So much finer pictures are averaged down to by reading between their pixels; each of them still counts.
_BETWEEN_PIXELS: Final = (1.3, 1.5)
_SURVEY_STEP: Final = 16  # every 16th pixel tells the colour of the paper


def upright(raster: Raster, view: View, dpi: float, *, is_soft: bool = False) -> Raster:
    """Show a part of the picture as an upright page.

    Args:
        raster: The original picture, gray or colour; its density is the one that ``view`` is measured in.
        view: Where the page's corners lie.
        dpi: Density wanted; a lower one is averaged down to, never picked out of.
        is_soft: Whether a little less sharpness will do, in a third of the time.

    Returns:
        ``view.width_px`` x ``view.height_px`` pixels, scaled by ``dpi``; paper-coloured outside the picture.
    """
    turns = quarter_turns_of(raster, view)
    if turns is not None:
        scaled = _scaled(raster, dpi)
        return Raster(np.ascontiguousarray(np.rot90(scaled.pixels, turns)), scaled.dpi)
    in_one_go = is_soft and _BETWEEN_PIXELS[0] * dpi <= raster.dpi <= _BETWEEN_PIXELS[1] * dpi
    reduced = raster if in_one_go else reduce(raster, dpi)
    width, height = (max(1, round(side * dpi / raster.dpi)) for side in (view.width_px, view.height_px))
    pixels = _warped(raster, reduced, view, (0, 0, width, height), dpi, is_soft=is_soft)
    return Raster(pixels, float(dpi))


def upright_piece(raster: Raster, view: View, dpi: float, box: tuple[int, int, int, int]) -> Raster:
    """Show a piece of what ``upright`` shows; a word takes a thousandth of a page's time.

    Args:
        raster: The original picture; no finer than ``dpi``, for all of it would be averaged down for each piece.
        view: Where the page's corners lie, other than a whole picture that is nothing but turned.
        dpi: Density wanted.
        box: Left, top, width and height on the upright page of that density.
    """
    return Raster(_warped(raster, raster, view, box, dpi, is_soft=False), float(dpi))


def _warped(
    raster: Raster, reduced: Raster, view: View, box: tuple[int, int, int, int], dpi: float, *, is_soft: bool
) -> Pixels:
    left, top, width, height = box
    page_width, page_height = (max(1, round(side * dpi / raster.dpi)) for side in (view.width_px, view.height_px))
    scale = np.array((reduced.width_px / raster.width_px, reduced.height_px / raster.height_px))
    # Corners lie on the edges of pixels, the warp counts from their middles.
    source = (np.array(view.corners) * scale - 0.5).astype(np.float32)
    sheet = np.array(((0, 0), (page_width, 0), (page_width, page_height), (0, page_height)), np.float32)
    target = sheet - np.array((left + 0.5, top + 0.5), np.float32)
    warp, matrix = cv2.warpPerspective, cv2.getPerspectiveTransform(target, source)
    if np.abs(source[0] + source[2] - source[1] - source[3]).max() < _GRID_TOLERANCE_PX:
        warp, matrix = cv2.warpAffine, cv2.getAffineTransform(target[:3], source[:3])
    pixels = warp(
        reduced.pixels,
        matrix,
        (width, height),
        flags=(cv2.INTER_LINEAR if is_soft else cv2.INTER_CUBIC) | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=paper_color(reduced.pixels),
    )
    return np.asarray(pixels, np.uint8)


def paper_color(pixels: Pixels) -> tuple[float, ...]:
    """Give the middle colour of the brighter half of a picture: the paper, whatever is printed on it."""
    sample = pixels[::_SURVEY_STEP, ::_SURVEY_STEP].astype(np.float32)
    sample = sample.reshape(-1, 1 if pixels.ndim == 2 else pixels.shape[2])
    brightness = sample.sum(axis=1)
    brighter = sample[brightness >= np.median(brightness)]
    return tuple(float(level) for level in np.median(brighter, axis=0))


def quarter_turns_of(raster: Raster, view: View) -> int | None:
    """Give the number of quarter turns when the view is the whole picture and nothing but turned."""
    width, height = raster.width_px, raster.height_px
    whole = np.array(((0, 0), (width, 0), (width, height), (0, height)), np.float64)
    for turns in range(4):
        if np.abs(np.array(view.corners) - np.roll(whole, -turns, axis=0)).max() < _GRID_TOLERANCE_PX:
            return turns
    return None


def _scaled(raster: Raster, dpi: float) -> Raster:
    if dpi <= raster.dpi:
        return reduce(raster, dpi)
    size = (round(raster.width_px * dpi / raster.dpi), round(raster.height_px * dpi / raster.dpi))
    return Raster(np.asarray(cv2.resize(raster.pixels, size, interpolation=cv2.INTER_CUBIC), np.uint8), float(dpi))
