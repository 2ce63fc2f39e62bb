# SPDX-License-Identifier: GPL-3.0-or-later
"""The last millimetre: the sides of a sheet set on its own edge, not on the far side of its shadow.

A sheet on glass throws a thin shadow to one side. Between paper and lid of nearly one tone that shadow is the
strongest edge there is, and the sheet ends where it begins.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt

from scanning.imaging._cv import cv2
from scanning.imaging.edges import EdgeMap, Floats
from scanning.imaging.quadrilaterals import Quadrilateral

_ENDS: Final = 0.06  # share of a side at its ends that is left out: rounded corners
_NEAR_PX: Final = 3.0
_FEWEST_PIXELS: Final = 20
_SAMPLES: Final = 96
_INWARD_PX: Final = 14.0
_OUTWARD_PX: Final = 7.0
_STEP_PX: Final = 0.25
_LEVEL_PX: Final = 2.0
_SHADOW_WITHIN_PX: Final = 8.0  # of the edge that was found, which may be the far side of a wide shadow
_PAPER_PX: Final = (2.5, 6.0)  # before the darkest of the shadow; print and a portrait begin further inside
_SHADOW_DEPTH: Final = 2.5

Gray = npt.NDArray[np.uint8]


def settled(sheet: Quadrilateral, found: EdgeMap, gray: Gray) -> Quadrilateral:
    """Fit each side once more.

    Args:
        sheet: A sheet, roughly.
        found: The edges that it was found by.
        gray: The picture that they are of.
    """
    points = found.points
    sides = []
    for begin, end, support in zip(sheet.corners, np.roll(sheet.corners, -1, axis=0), sheet.support, strict=True):
        along = (end - begin) / np.linalg.norm(end - begin)
        outward = np.array((along[1], -along[0]))
        length = float(np.linalg.norm(end - begin))
        if support > 0.0:
            places, offsets = (points - begin) @ along, (points - begin) @ outward
            near = (np.abs(offsets) < _NEAR_PX) & (places > _ENDS * length) & (places < (1 - _ENDS) * length)
            if near.sum() > _FEWEST_PIXELS:
                slope, offset = np.polyfit(places[near], offsets[near], 1)
                begin, along = begin + offset * outward, along + slope * outward
            begin = begin + _shadow_begins(gray, begin, along * length, outward) * outward
        sides.append((begin, along))
    corners = [_crossing(*one, *other) for one, other in zip(sides[-1:] + sides[:-1], sides, strict=True)]
    return replace(sheet, corners=np.array(corners))


def _shadow_begins(gray: Gray, begin: Floats, side: Floats, outward: Floats) -> float:
    """Say how far outward a sheet ends before its shadow; 0.0 without a shadow."""
    shares = np.linspace(_ENDS, 1.0 - _ENDS, _SAMPLES)
    offsets = np.arange(-_INWARD_PX, _OUTWARD_PX + _STEP_PX, _STEP_PX)
    points = begin + shares[:, None, None] * side + offsets[None, :, None] * outward
    x, y = points[:, :, 0].astype(np.float32), points[:, :, 1].astype(np.float32)
    seen = cv2.remap(gray, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    profile = np.asarray(np.median(seen, axis=0), np.float64)
    ground = float(np.median(profile[offsets > _OUTWARD_PX - _LEVEL_PX]))
    darkest = int(np.argmin(np.where(np.abs(offsets) < _SHADOW_WITHIN_PX, profile, 255.0)))
    before = offsets - offsets[darkest]
    paper = float(np.median(profile[(before > -_PAPER_PX[1]) & (before < -_PAPER_PX[0])]))
    if profile[darkest] > min(paper, ground) - _SHADOW_DEPTH:
        return 0.0
    bright = np.nonzero(profile[:darkest] >= (paper + profile[darkest]) / 2)[0]
    return float(offsets[bright[-1]]) + _STEP_PX / 2 if len(bright) else 0.0


def _crossing(begin: Floats, along: Floats, other_begin: Floats, other_along: Floats) -> Floats:
    share, _ = np.linalg.solve(np.stack((along, -other_along), axis=1), other_begin - begin)
    return np.asarray(begin + share * along, np.float64)
