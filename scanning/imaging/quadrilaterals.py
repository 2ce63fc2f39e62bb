# SPDX-License-Identifier: GPL-3.0-or-later
"""Quadrilaterals whose four sides are edges between tones: brighter inside all around, or darker all around."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from scanning.imaging._cv import cv2
from scanning.imaging.edges import EdgeMap, Floats, Line

_FACING: Final = -0.86  # cosine of the normals of opposite sides: perspective turns them by up to 30°
_CROSSING: Final = 0.57  # and of adjacent ones: corners from 55° to 125°
_SMALLEST_AREA: Final = 0.012  # of the picture: two thirds of a card on A3
_NARROWEST: Final = 0.1  # of the picture's longer side: a card on A3 has 0.13
_OUTSIDE: Final = 0.02  # of the picture's size that a corner may lie beyond it
_CORNER: Final = 0.04  # share of a side at its ends that is not looked at: rounded and folded corners
_OVERRUN: Final = (0.04, 0.12)  # where an edge that ends at its corner has nothing more
_ASIDE_PX: Final = (-1.5, 0.0, 1.5)
_ALONG_NORMAL: Final = 0.88  # cosine between an edge's gradient and its side's normal

Point: TypeAlias = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Quadrilateral:
    """Four corners with the evidence for them.

    Attributes:
        corners: 4 x 2, clockwise from the top left one.
        support: For each side from the top one clockwise, the share of it that is an edge; 0.0 for the picture's own
            border.
        overrun: Share of edge beyond the corners, on the worst side.
        real_sides: How many sides are edges; the others are the border of the picture.
        brighter: Whether the inside is brighter than what is around it.
    """

    corners: Floats
    support: tuple[float, float, float, float]
    overrun: float
    real_sides: int
    brighter: bool

    @property
    def area(self) -> float:
        """In square pixels."""
        return float(cv2.contourArea(self.corners.astype(np.float32)))

    @property
    def weakest_support(self) -> float:
        """Of the sides that are edges."""
        return sorted(self.support)[4 - self.real_sides]

    def side_lengths(self) -> Floats:
        """Top, right, bottom, left."""
        return np.asarray(np.linalg.norm(np.roll(self.corners, -1, axis=0) - self.corners, axis=1), np.float64)

    def mask(self, shape: tuple[int, int], grown_px: int = 0) -> npt.NDArray[np.bool_]:
        """Say which pixels lie inside."""
        filled = np.zeros(shape, np.uint8)
        cv2.fillConvexPoly(filled, np.round(self.corners).astype(np.int32), 1)
        if grown_px:
            window = np.ones((2 * abs(grown_px) + 1,) * 2, np.uint8)
            return np.asarray((cv2.dilate if grown_px > 0 else cv2.erode)(filled, window), np.bool_)
        return np.asarray(filled, np.bool_)


@dataclass(frozen=True, slots=True)
class _Side:
    """A line that may be a side.

    Attributes:
        normal: Towards the brighter side.
        distance: From the picture's top left corner.
        hits: How many edge pixels lie on it up to each pixel along it, from ``-reach`` to ``reach``; ``None`` for the
            picture's own border.
    """

    normal: tuple[float, float]
    distance: float
    hits: npt.NDArray[np.int64] | None

    def share(self, begin: float, end: float) -> float:
        """Give the share of edge between two places along the line."""
        if self.hits is None:
            return 0.0
        reach = len(self.hits) // 2
        first, last = sorted((round(begin) + reach, round(end) + reach))
        first, last = max(first, 0), min(last, len(self.hits) - 1)
        return float(self.hits[last] - self.hits[first]) / (last - first) if last > first else 0.0

    def place(self, point: Point) -> float:
        """Say where along the line a point of it lies."""
        return point[1] * self.normal[0] - point[0] * self.normal[1]


def quadrilaterals(
    found: EdgeMap, lines: Sequence[Line], least_support: float, least_real_sides: int
) -> Iterator[Quadrilateral]:
    """Give every quadrilateral that the lines form, in no order.

    Args:
        found: The picture's edges.
        lines: Straight ones among them.
        least_support: Share of edge that each side must have that is no border of the picture.
        least_real_sides: How many sides must be no border of the picture.
    """
    height, width = found.edges.shape
    near = cv2.dilate(found.edges, np.ones((3, 3), np.uint8)) > 0
    real = [_Side((line.normal_x, line.normal_y), line.distance, _hits(found, near, line)) for line in lines]
    for sign in (1.0, -1.0):
        border = [
            _Side((sign, 0.0), 0.0, None),
            _Side((-sign, 0.0), -sign * (width - 1), None),
            _Side((0.0, sign), 0.0, None),
            _Side((0.0, -sign), -sign * (height - 1), None),
        ]
        pairs = [
            pair for pair in combinations([*real, *border], 2) if _facing(pair, sign, _NARROWEST * max(height, width))
        ]
        for first, second in combinations(pairs, 2):
            sides = (first[0], second[0], first[1], second[1])
            if sum(side.hits is not None for side in sides) < least_real_sides:
                continue
            corners = _corners(sides, width, height)
            if corners is not None and (quadrilateral := _weighed(sides, corners, sign, least_support)) is not None:
                yield quadrilateral


def _hits(found: EdgeMap, near: npt.NDArray[np.bool_], line: Line) -> npt.NDArray[np.int64]:
    height, width = found.edges.shape
    reach = int(np.hypot(height, width)) + 2
    places = np.arange(-reach, reach + 1)
    normal = np.array((line.normal_x, line.normal_y))
    points = normal * line.distance + places[:, None] * (-line.normal_y, line.normal_x)
    hits = np.zeros(len(places), np.bool_)
    for aside in _ASIDE_PX:
        x, y = np.round(points + aside * normal).astype(np.int64).T
        inside = (x >= 0) & (x < width) & (y >= 0) & (y < height)
        x, y = x.clip(0, width - 1), y.clip(0, height - 1)
        across, down = found.across[y, x].astype(np.float64), found.down[y, x].astype(np.float64)
        facing = across * normal[0] + down * normal[1]
        hits |= inside & near[y, x] & (facing > _ALONG_NORMAL * np.hypot(across, down))
    return np.cumsum(hits)


def _facing(pair: tuple[_Side, _Side], sign: float, narrowest: float) -> bool:
    one, other = pair
    if one.hits is None and other.hits is None:
        return False
    cosine = one.normal[0] * other.normal[0] + one.normal[1] * other.normal[1]
    return cosine < _FACING and -sign * (one.distance + other.distance) > narrowest


def _corners(sides: Sequence[_Side], width: int, height: int) -> list[Point] | None:
    """Cross each side with the one before it; there are thousands of them, and numpy would be slower."""
    points = []
    for one, other in zip((*sides[-1:], *sides[:-1]), sides, strict=True):
        (a, b), (c, d) = one.normal, other.normal
        if abs(a * c + b * d) > _CROSSING:
            return None
        determinant = a * d - b * c
        x = (one.distance * d - other.distance * b) / determinant
        y = (a * other.distance - c * one.distance) / determinant
        if not (
            -_OUTSIDE * width <= x <= (1 + _OUTSIDE) * width and -_OUTSIDE * height <= y <= (1 + _OUTSIDE) * height
        ):
            return None
        points.append((x, y))
    return points if abs(_signed_area(points)) >= _SMALLEST_AREA * width * height else None


def _signed_area(corners: Sequence[Point]) -> float:
    """Give the area, positive when the corners run clockwise on a picture."""
    return sum(x * v - u * y for (x, y), (u, v) in zip(corners, (*corners[1:], corners[0]), strict=True)) / 2


def _weighed(sides: Sequence[_Side], corners: list[Point], sign: float, least_support: float) -> Quadrilateral | None:
    """Look how much edge there is along the sides, until one of them has too little."""
    support, ends = [], []
    for side, begin, end in zip(sides, corners, (*corners[1:], corners[0]), strict=True):
        first, last = side.place(begin), side.place(end)
        length = last - first
        share = side.share(first + _CORNER * length, last - _CORNER * length)
        if side.hits is not None and share < least_support:
            return None
        support.append(share)
        ends.append((side, first, last))
    overrun = 0.0
    for side, first, last in ends:
        near, far = _OVERRUN[0] * (last - first), _OVERRUN[1] * (last - first)
        overrun = max(overrun, side.share(first - far, first - near), side.share(last + near, last + far))
    if _signed_area(corners) < 0:
        corners, support = corners[::-1], [support[2], support[1], support[0], support[3]]
    # The sheet lies turned by less than 45°: the side that is nearest to running right is the top one.
    around = np.array(corners, np.float64)
    ahead = np.roll(around, -1, axis=0) - around
    turns = int(np.argmin(np.abs(np.arctan2(ahead[:, 1], ahead[:, 0]))))
    top, right, bottom, left = support[turns:] + support[:turns]
    real_sides = sum(side.hits is not None for side in sides)
    return Quadrilateral(np.roll(around, -turns, axis=0), (top, right, bottom, left), overrun, real_sides, sign > 0)
