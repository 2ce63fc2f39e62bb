# SPDX-License-Identifier: GPL-3.0-or-later
"""The sizes that paper comes in, and the shape of a sheet that was photographed at a slant."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from scanning.imaging.edges import Floats

MM_PER_INCH: Final = 25.4

_ID_CARD: Final = (85.6, 53.98)  # ISO/IEC 7810 ID-1
_A4: Final = (297.0, 210.0)
_KNOWN_MM: Final = (
    _A4,
    (210.0, 148.0),  # A5
    (148.0, 105.0),  # A6
    (250.0, 176.0),  # B5
    (125.0, 88.0),  # a passport's page
    _ID_CARD,
)
SIZE_TOLERANCE_MM: Final = 2.5
_SHAPES: Final = (_A4, _ID_CARD)
_SHAPE_TOLERANCE: Final = 0.02  # a picture of 3 to 2 is no card, which has 3.17 to 2
# Of the picture's longer side: 0.75 to 0.8 has the main camera of most phones, 0.5 a wide one, 2.0 a long one.
_FOCAL_SHARES: Final = np.geomspace(0.5, 2.0, 41)
_USUAL_FOCAL_SHARE: Final = 0.8
_FOCAL_SPREAD: Final = 0.3  # of its logarithm
# What corners that are a hundredth of the sheet's width off do to its shape.
_RATIO_ERROR: Final = 0.02
_COSINE_ERROR: Final = 0.015
_WORST_FIT: Final = 25.0
# By how much better a size has to fit: a sheet shrunk to a card cannot be read, and sheets are more usual.
_CLEARLY: Final = (1.0, 4.0)
_LONGEST_GLASS_INCHES: Final = 18.0  # A3 has 16.5


def is_known_size(sides_px: tuple[float, float], dpi: float, tolerance_mm: float = SIZE_TOLERANCE_MM) -> bool:
    """Say whether a sheet is as large as paper and cards are."""
    longer, shorter = (side / dpi * MM_PER_INCH for side in (max(sides_px), min(sides_px)))
    return any(abs(longer - known[0]) < tolerance_mm and abs(shorter - known[1]) < tolerance_mm for known in _KNOWN_MM)


def is_card(sides_px: tuple[float, float], dpi: float) -> bool:
    """Say whether a sheet is as large as an identity card."""
    longer, shorter = (side / dpi * MM_PER_INCH for side in (max(sides_px), min(sides_px)))
    return abs(longer - _ID_CARD[0]) < SIZE_TOLERANCE_MM and abs(shorter - _ID_CARD[1]) < SIZE_TOLERANCE_MM


def is_believable(width_px: int, height_px: int, dpi: float) -> bool:
    """Say whether a scanner can have taken so large a picture at its stated density; phones state 72."""
    return max(width_px, height_px) / dpi <= _LONGEST_GLASS_INCHES


def assumed_dpi(width_px: float, height_px: float) -> float:
    """Give the density of a sheet of which only the shape is known: an identity card by its shape, else A4."""
    longer, shorter = max(width_px, height_px), min(width_px, height_px)
    nearest = min(_SHAPES, key=lambda shape: abs(math.log(longer / shorter * shape[1] / shape[0])))
    size = nearest if abs(longer / shorter * nearest[1] / nearest[0] - 1.0) < _SHAPE_TOLERANCE else _A4
    return longer / size[0] * MM_PER_INCH


@dataclass(frozen=True, slots=True)
class Shape:
    """Of a photographed sheet.

    Attributes:
        ratio: Width by height.
        longer_mm: Its longer side, that of A4 when it may be anything.
    """

    ratio: float
    longer_mm: float


def shape_of(corners: Floats, width_px: int, height_px: int) -> Shape:
    """Give the shape of the sheet itself.

    The corners of a rectangle show where the camera stood, up to its focal length (Zhang and He 2007), and that too
    when they are slanted both ways. So each focal length is weighed by how square it makes the corners and by how
    usual it is, each size by how well it then fits; a size is taken only when it fits clearly better than the other.

    Args:
        corners: 4 x 2, from the top left one clockwise.
        width_px: Width of the picture.
        height_px: Its height.
    """
    ratios, costs = _by_focal(corners - (width_px / 2, height_px / 2), float(max(width_px, height_px)))
    elongations = np.abs(np.log(ratios))
    fits = [costs + ((elongations - math.log(shape[0] / shape[1])) / _RATIO_ERROR) ** 2 for shape in _SHAPES]
    least = [float(fit.min()) for fit in fits]
    best = int(np.argmin(least))
    if least[best] > _WORST_FIT or least[best] + _CLEARLY[best] > max(least):
        return Shape(float(ratios[np.argmin(costs)]), _A4[0])
    longer, shorter = _SHAPES[best]
    return Shape(longer / shorter if ratios[np.argmin(fits[best])] > 1.0 else shorter / longer, longer)


def _by_focal(corners: Floats, longer_px: float) -> tuple[Floats, Floats]:
    """Give width by height for each focal length that a phone can have, and how unlikely that length is."""
    top_left, top_right, bottom_right, bottom_left = (np.array((x, y, 1.0)) for x, y in corners / longer_px)
    diagonal = np.cross(top_left, bottom_right)
    across = diagonal @ bottom_left / (np.cross(top_right, bottom_right) @ bottom_left) * top_right - top_left
    down = diagonal @ top_right / (np.cross(bottom_left, bottom_right) @ top_right) * bottom_left - top_left
    widths = np.sqrt(across[0] ** 2 + across[1] ** 2 + (across[2] * _FOCAL_SHARES) ** 2)
    heights = np.sqrt(down[0] ** 2 + down[1] ** 2 + (down[2] * _FOCAL_SHARES) ** 2)
    cosines = (across[:2] @ down[:2] + across[2] * down[2] * _FOCAL_SHARES**2) / (widths * heights)
    unusual = np.log(_FOCAL_SHARES / _USUAL_FOCAL_SHARE) / _FOCAL_SPREAD
    return widths / heights, (cosines / _COSINE_ERROR) ** 2 + unusual**2
