# SPDX-License-Identifier: GPL-3.0-or-later
"""What is done to a page's picture before people see it: a list of steps beside the untouched original bytes.

First, perhaps, a cutout: which part of the picture is the sheet. Then turns about the middle of what is left. A turn
near a quarter swaps width and height; a small one (a sheet that went through the feeder askew) leaves them, and the
corners that leave are hidden, never cut. Every list of steps comes down to one ``View``: which four points of the
original become the corners of the upright page.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]
"""Across and down, in pixels of the original picture, from its top left corner."""

Corners: TypeAlias = tuple[Point, Point, Point, Point]
"""Top left, top right, bottom right, bottom left."""


@dataclass(frozen=True, slots=True)
class Cutout:
    """Take only a part of the picture: a card on the glass, a sheet on a table.

    Attributes:
        corners: Where the part's corners lie in the original picture, as it lies there; any convex quadrilateral.
        width_px: Width that it gets.
        height_px: Height that it gets.
    """

    corners: Corners
    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True)
class Rotation:
    """Turn the page counter-clockwise about its middle.

    Attributes:
        degrees: The angle; negative turns clockwise.
    """

    degrees: float


Transform: TypeAlias = Cutout | Rotation
"""A cutout comes first, and only once."""


@dataclass(frozen=True, slots=True)
class View:
    """The upright page as a part of the original picture.

    Attributes:
        corners: Points of the original that become its corners; some lie outside when a skewed sheet was levelled.
        width_px: Width of the upright page in pixels of the original's density.
        height_px: Its height.
    """

    corners: Corners
    width_px: int
    height_px: int


def view_of(transforms: Iterable[Transform], width_px: int, height_px: int) -> View:
    """Bring steps down to one view.

    Args:
        transforms: The steps, in order.
        width_px: Width of the original picture.
        height_px: Its height.
    """
    steps = tuple(transforms)
    cutout = next((step for step in steps if isinstance(step, Cutout)), whole(width_px, height_px))
    degrees = total_degrees(steps)
    width, height = upright_size(cutout.width_px, cutout.height_px, degrees)
    angle = math.radians(degrees)
    corners = []
    for x, y in ((0.0, 0.0), (width, 0.0), (width, height), (0.0, height)):
        across, down = x - width / 2, y - height / 2
        # The page was turned counter-clockwise (down grows downwards), so its corners go back clockwise.
        back_across = across * math.cos(angle) - down * math.sin(angle) + cutout.width_px / 2
        back_down = across * math.sin(angle) + down * math.cos(angle) + cutout.height_px / 2
        corners.append(_in_original(cutout, back_across / cutout.width_px, back_down / cutout.height_px))
    first, second, third, fourth = corners
    return View((first, second, third, fourth), width, height)


def whole(width_px: int, height_px: int) -> Cutout:
    """Give the cutout that leaves a picture as it is."""
    right, bottom = float(width_px), float(height_px)
    return Cutout(((0.0, 0.0), (right, 0.0), (right, bottom), (0.0, bottom)), width_px, height_px)


def total_degrees(transforms: Iterable[Transform]) -> float:
    """Add the turns up.

    Returns:
        Degrees counter-clockwise, above -180 and up to 180.
    """
    degrees = math.remainder(sum(step.degrees for step in transforms if isinstance(step, Rotation)), 360.0)
    return 180.0 if degrees == -180.0 else degrees


def tilt_degrees(transforms: Iterable[Transform]) -> float:
    """Tell how far the sheet lay turned clockwise in its picture: what the steps turn it back by.

    Returns:
        Degrees, above -180 and up to 180.
    """
    steps = tuple(transforms)
    tilt = total_degrees(steps)
    for step in steps:
        if isinstance(step, Cutout):
            (left, top), (right, beside), *_ = step.corners
            tilt += math.degrees(math.atan2(beside - top, right - left))
    tilt = math.remainder(tilt, 360.0)
    return 180.0 if tilt == -180.0 else tilt


def quarter_turns(degrees: float) -> int:
    """Give the nearest number of quarter turns counter-clockwise, 0 to 3."""
    return round(degrees / 90.0) % 4


def upright_size(width: int, height: int, degrees: float) -> tuple[int, int]:
    """Give width and height of the page after a turn, in the unit that they came in."""
    return (height, width) if quarter_turns(degrees) % 2 else (width, height)


def _in_original(cutout: Cutout, across: float, down: float) -> Point:
    """Carry a point of the cutout (shares of its width and height) over to the picture (a projective map)."""
    a, b, c, d, e, f, g, h = _square_to(cutout.corners)
    depth = g * across + h * down + 1.0
    return (a * across + b * down + c) / depth, (d * across + e * down + f) / depth


def _square_to(corners: Sequence[Point]) -> tuple[float, ...]:
    """Give the coefficients of the map from the unit square to a quadrilateral (Heckbert 1989, section 2.2.3)."""
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = corners
    sum_x, sum_y = x0 - x1 + x2 - x3, y0 - y1 + y2 - y3
    if abs(sum_x) < 1e-9 and abs(sum_y) < 1e-9:
        return x1 - x0, x3 - x0, x0, y1 - y0, y3 - y0, y0, 0.0, 0.0
    dx1, dx2, dy1, dy2 = x1 - x2, x3 - x2, y1 - y2, y3 - y2
    determinant = dx1 * dy2 - dx2 * dy1
    g = (sum_x * dy2 - dx2 * sum_y) / determinant
    h = (dx1 * sum_y - sum_x * dy1) / determinant
    return x1 - x0 + g * x1, x3 - x0 + h * x3, x0, y1 - y0 + g * y1, y3 - y0 + h * y3, y0, g, h
