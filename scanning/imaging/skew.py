# SPDX-License-Identifier: GPL-3.0-or-later
"""How far a sheet went through the feeder askew, from the print itself.

Ink is projected on the left edge along slanted lines. At the true slant, lines of print and the gaps between them
fall apart most sharply, so the profile's differences are largest. A page without such a slant has an angle of 0.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from scanning.imaging._cv import cv2
from scanning.imaging.raster import Raster, reduce

LARGEST_SKEW_DEGREES: Final = 10.0

_SEARCH_DPI: Final = 75.0
# The lines of a card are short and its print is small, so more dots of them are looked at.
_LINE_PX: Final = 600.0
_MOST_FINER: Final = 2.5
_INK_CONTRAST: Final = 40
_BACKGROUND_WINDOW_PX: Final = 15
_MARGIN: Final = 0.02  # scanner lid and paper edge
_FEWEST_INK_PIXELS: Final = 300
# Sharpness of the best angle over that of a middling one: text pages reach 20 and more, photos and noise 1 to 3.
_SURE_RATIO: Final = 4.0

Coordinates = npt.NDArray[np.float64]


def skew_correction_degrees(plane: Raster) -> float:
    """Estimate the turn that sets the lines of print level.

    Args:
        plane: The gray page at any resolution from 50 dpi.

    Returns:
        Degrees counter-clockwise, within ±10, to 0.02°; 0.0 when the page does not say.
    """
    dpi = min(plane.dpi, _SEARCH_DPI)
    x, y, weight = _ink(reduce(plane, dpi).pixels)
    if len(x) < _FEWEST_INK_PIXELS:
        return 0.0
    coarse = np.arange(-LARGEST_SKEW_DEGREES, LARGEST_SKEW_DEGREES + 0.01, 0.5)
    sharpness = [_sharpness(x, y, weight, float(angle)) for angle in coarse]
    best = float(coarse[int(np.argmax(sharpness))])
    sure = abs(best) < LARGEST_SKEW_DEGREES and max(sharpness) >= _SURE_RATIO * float(np.median(sharpness))
    if not sure:
        return 0.0
    finer_dpi = min(plane.dpi, dpi * min(_LINE_PX / float(np.ptp(np.percentile(x, (5, 95)))), _MOST_FINER))
    if finer_dpi > dpi:
        x, y, weight = _ink(reduce(plane, finer_dpi).pixels)
    for reach, step in ((0.5, 0.1), (0.1, 0.02)):
        finer = np.arange(best - reach, best + reach + step / 2, step)
        best = float(finer[int(np.argmax([_sharpness(x, y, weight, float(angle)) for angle in finer]))])
    return round(best, 2) + 0.0  # no negative zero


def _ink(pixels: npt.NDArray[np.uint8]) -> tuple[Coordinates, Coordinates, Coordinates]:
    """Give the ink pixels, measured from the middle of the page, and how dark each is."""
    window = cv2.getStructuringElement(cv2.MORPH_RECT, (_BACKGROUND_WINDOW_PX, _BACKGROUND_WINDOW_PX))
    ink = np.asarray(cv2.subtract(cv2.morphologyEx(pixels, cv2.MORPH_CLOSE, window), pixels))
    height, width = ink.shape
    top, left = int(height * _MARGIN), int(width * _MARGIN)
    inner = ink[top : height - top, left : width - left]
    y, x = np.nonzero(inner > _INK_CONTRAST)
    weight = inner[y, x].astype(np.float64)
    return x - inner.shape[1] / 2, y - inner.shape[0] / 2, weight


def _sharpness(x: Coordinates, y: Coordinates, weight: Coordinates, degrees: float) -> float:
    angle = np.deg2rad(degrees)
    rows = y * np.cos(angle) - x * np.sin(angle)
    profile = np.bincount((rows - rows.min()).astype(np.int64), weights=weight)
    return float(np.square(np.diff(profile)).sum())
