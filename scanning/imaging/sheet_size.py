# SPDX-License-Identifier: GPL-3.0-or-later
"""The sizes that paper comes in, and the shape of a sheet that was photographed at a slant."""

from __future__ import annotations

import math
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
_TOLERANCE_MM: Final = 2.5
_SHAPES: Final = (_A4, _ID_CARD)
_SHAPE_TOLERANCE: Final = 0.06
_FOCAL_SHARE: Final = 0.75  # of the picture's longer side: the main camera of most phones
_PLAUSIBLE_FOCAL_SHARES: Final = (0.5, 2.0)
_LEAST_SLANT: Final = 1e-4
_LONGEST_GLASS_INCHES: Final = 18.0  # A3 has 16.5


def is_known_size(sides_px: tuple[float, float], dpi: float) -> bool:
    """Say whether a sheet is as large as paper and cards are."""
    longer, shorter = (side / dpi * MM_PER_INCH for side in (max(sides_px), min(sides_px)))
    return any(
        abs(longer - known[0]) < _TOLERANCE_MM and abs(shorter - known[1]) < _TOLERANCE_MM for known in _KNOWN_MM
    )


def is_card(sides_px: tuple[float, float], dpi: float) -> bool:
    """Say whether a sheet is as large as an identity card."""
    longer, shorter = (side / dpi * MM_PER_INCH for side in (max(sides_px), min(sides_px)))
    return abs(longer - _ID_CARD[0]) < _TOLERANCE_MM and abs(shorter - _ID_CARD[1]) < _TOLERANCE_MM


def is_believable(width_px: int, height_px: int, dpi: float) -> bool:
    """Say whether a scanner can have taken so large a picture at its stated density; phones state 72."""
    return max(width_px, height_px) / dpi <= _LONGEST_GLASS_INCHES


def assumed_dpi(width_px: float, height_px: float) -> float:
    """Give the density of a sheet of which only the shape is known: an identity card by its shape, else A4."""
    longer, shorter = max(width_px, height_px), min(width_px, height_px)
    nearest = min(_SHAPES, key=lambda shape: abs(math.log(longer / shorter * shape[1] / shape[0])))
    size = nearest if abs(longer / shorter * nearest[1] / nearest[0] - 1.0) < _SHAPE_TOLERANCE else _A4
    return longer / size[0] * MM_PER_INCH


def shape_of(corners: Floats, width_px: int, height_px: int) -> float:
    """Give width by height of the sheet itself.

    The corners of a rectangle show where the camera stood, up to its focal length (Zhang and He 2007). Shapes near
    A4 or a card are taken for these, whether they come out so by the focal length that the corners show or by the
    one that most phones have: a slight slant shows hardly any.

    Args:
        corners: 4 x 2, from the top left one clockwise.
        width_px: Width of the picture.
        height_px: Its height.
    """
    ratios = _by_camera(corners - (width_px / 2, height_px / 2), float(max(width_px, height_px)))
    for shape in _SHAPES:
        for ratio in ratios:
            if abs(max(ratio, 1.0 / ratio) * shape[1] / shape[0] - 1.0) < _SHAPE_TOLERANCE:
                return shape[0] / shape[1] if ratio > 1.0 else shape[1] / shape[0]
    return ratios[0]


def _by_camera(corners: Floats, longer_px: float) -> tuple[float, ...]:
    """Give width by height for the usual focal length and for the one that the corners show, if it can be true."""
    top_left, top_right, bottom_right, bottom_left = (np.array((x, y, 1.0)) for x, y in corners)
    diagonal = np.cross(top_left, bottom_right)
    across = diagonal @ bottom_left / (np.cross(top_right, bottom_right) @ bottom_left) * top_right - top_left
    down = diagonal @ top_right / (np.cross(bottom_left, bottom_right) @ top_right) * bottom_left - top_left
    slant = across[2] * down[2]
    squared = -(across[0] * down[0] + across[1] * down[1]) / slant if abs(slant) > _LEAST_SLANT else 0.0
    shown = math.sqrt(squared) if squared > 0 else 0.0
    shortest, longest = (share * longer_px for share in _PLAUSIBLE_FOCAL_SHARES)
    focals = [_FOCAL_SHARE * longer_px, *([shown] if shortest <= shown <= longest else [])]
    scales = [np.array((1.0, 1.0, focal)) for focal in focals]
    return tuple(float(np.linalg.norm(across * scale) / np.linalg.norm(down * scale)) for scale in scales)
