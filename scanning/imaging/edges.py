# SPDX-License-Identifier: GPL-3.0-or-later
"""Straight edges between tones: where one even area meets another, print and ruled lines left out.

A gray closing paints over whatever is dark and narrower than its window, so a frame or a table leaves no edge behind,
while the border between a sheet and what it lies on stays where it is. Every edge pixel then votes for the line that
its own gradient says.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from scanning.imaging._cv import cv2
from scanning.imaging.formats import Pixels

Floats = npt.NDArray[np.float64]

MOST_LINES: Final = 28
_MOST_TRIES: Final = 60

_CLOSING_PX: Final = 13  # 4 mm at 77 dpi: strokes of headlines and ruled lines are thinner
_SMOOTHING: Final = 1.2
FINENESS: Final = 16  # steps a level: the gradients of faint edges have directions only so
# What a step of 2 levels leaves of Sobel's sums; even paper stays well below.
_FAINTEST_EDGE: Final = 4.0 * FINENESS
_EDGE_OVER_GRAIN: Final = 5.0
_ANGLES: Final = 360
_CELL_PX: Final = 2.0
_VOTES_ASIDE: Final = 4  # degrees by which the gradient of a faint edge is off
_INLIERS_PX: Final = (4.0, 2.0, 1.3)
_INLIERS_TURNED: Final = 12.0
_NEAR_PX: Final = 12.0  # further than a line moves while it is fitted
_FEWEST_PIXELS: Final = 10
_SHORTEST_LINE: Final = 0.05  # of the longer side: a card across the glass


@dataclass(frozen=True)
class EdgeMap:
    """Edges of the tones of a picture.

    Attributes:
        tones: The picture without print, 0 to 4080.
        edges: Thin edge pixels, 0 or 255.
        across: Gradient to the right.
        down: Gradient downwards.
    """

    tones: npt.NDArray[np.uint16]
    edges: Pixels
    across: npt.NDArray[np.int16]
    down: npt.NDArray[np.int16]

    @cached_property
    def points(self) -> Floats:
        """Where the edge pixels are, across and down."""
        rows, columns = np.nonzero(self.edges)
        return np.stack((columns, rows), axis=1).astype(np.float64)


@dataclass(frozen=True, slots=True)
class Line:
    """A straight edge, ``x * normal_x + y * normal_y = distance``; the normal points to the brighter side.

    Attributes:
        normal_x: Of length 1.
        normal_y: Of length 1.
        distance: From the picture's top left corner, pixels.
        votes: How many edge pixels lie on it.
    """

    normal_x: float
    normal_y: float
    distance: float
    votes: int


def edge_map(pixels: Pixels) -> EdgeMap:
    """Find the edges between tones.

    Args:
        pixels: A colour picture about 900 pixels long.
    """
    window = cv2.getStructuringElement(cv2.MORPH_RECT, (_CLOSING_PX, _CLOSING_PX))
    smooth = cv2.GaussianBlur(cv2.multiply(pixels, np.full(4, FINENESS), dtype=cv2.CV_16U), (0, 0), _SMOOTHING)
    tones = np.asarray(cv2.morphologyEx(smooth, cv2.MORPH_CLOSE, window), np.uint16)
    soft = np.asarray(cv2.GaussianBlur(tones, (0, 0), _SMOOTHING), np.uint16)
    across, down = _strongest_gradient(soft)
    magnitude = np.abs(across) + np.abs(down)
    faintest = max(_FAINTEST_EDGE, _EDGE_OVER_GRAIN * float(np.median(magnitude)))
    edges = cv2.Canny(across, down, faintest, 1.5 * faintest, L2gradient=True)
    return EdgeMap(tones, np.asarray(edges, np.uint8), across, down)


def straight_lines(found: EdgeMap) -> list[Line]:
    """Give the straight edges, the longest first."""
    height, width = found.edges.shape
    rows, columns = np.nonzero(found.edges)
    shortest = int(_SHORTEST_LINE * max(height, width))
    if len(rows) < shortest:
        return []
    # Counted from the picture's middle, the distance of a line changes least with its angle.
    x, y = columns - width / 2.0, rows - height / 2.0
    angles = np.degrees(np.arctan2(found.down[rows, columns], found.across[rows, columns])) % 360.0
    cells = int(np.hypot(height, width) / _CELL_PX) + 2
    ballots = _ballots(x, y, angles, cells)
    votes = np.bincount(ballots.ravel(), minlength=_ANGLES * cells)
    lines: list[Line] = []
    for _ in range(_MOST_TRIES):
        table = cv2.blur(votes.reshape(_ANGLES, cells).astype(np.float32), (3, 1))
        best = int(np.argmax(table))
        if 3 * table.flat[best] < shortest or len(lines) == MOST_LINES:
            break
        angle, distance = np.deg2rad(best // cells), (best % cells - cells // 2) * _CELL_PX
        line, inliers = _fitted(x, y, angles, float(angle), float(distance))
        if line is None or line.votes < shortest:
            votes[best - 1 : best + 2] = 0  # a bow or a crowd of specks
            continue
        lines.append(replace(line, distance=line.distance + (line.normal_x * width + line.normal_y * height) / 2))
        np.subtract.at(votes, ballots[inliers].ravel(), 1)
        left = np.ones(len(x), np.bool_)
        left[inliers] = False
        x, y, angles, ballots = x[left], y[left], angles[left], ballots[left]
    return sorted(lines, key=lambda line: -line.votes)


def _strongest_gradient(soft: npt.NDArray[np.uint16]) -> tuple[npt.NDArray[np.int16], npt.NDArray[np.int16]]:
    """Give, for every pixel, the gradient of the channel in which it is steepest."""
    planes = cv2.split(soft)
    across = cv2.Sobel(planes[0], cv2.CV_16S, 1, 0)
    down = cv2.Sobel(planes[0], cv2.CV_16S, 0, 1)
    for plane in planes[1:]:
        other_across, other_down = cv2.Sobel(plane, cv2.CV_16S, 1, 0), cv2.Sobel(plane, cv2.CV_16S, 0, 1)
        steeper = np.abs(other_across) + np.abs(other_down) > np.abs(across) + np.abs(down)
        across = np.where(steeper, other_across, across)
        down = np.where(steeper, other_down, down)
    return np.asarray(across, np.int16), np.asarray(down, np.int16)


def _ballots(x: Floats, y: Floats, angles: Floats, cells: int) -> npt.NDArray[np.int64]:
    """Give the cells (angle and distance, in one number) that each pixel votes for."""
    bins = (np.round(angles).astype(np.int64)[:, None] + np.arange(-_VOTES_ASIDE, _VOTES_ASIDE + 1)) % _ANGLES
    radians = np.deg2rad(np.arange(_ANGLES))
    distances = x[:, None] * np.cos(radians)[bins] + y[:, None] * np.sin(radians)[bins]
    return np.asarray(bins * cells + np.round(distances / _CELL_PX).astype(np.int64) + cells // 2, np.int64)


def _fitted(
    x: Floats, y: Floats, angles: Floats, angle: float, distance: float
) -> tuple[Line | None, npt.NDArray[np.intp]]:
    """Fit a line to the edge pixels near a first guess, closer each time; give also which pixels lie on it."""
    near = np.flatnonzero(np.abs(x * np.cos(angle) + y * np.sin(angle) - distance) < _NEAR_PX)
    x, y, angles = x[near], y[near], angles[near]
    inliers = np.zeros(len(near), np.bool_)
    for tolerance in _INLIERS_PX:
        turned = np.abs((angles - np.degrees(angle) + 180.0) % 360.0 - 180.0)
        inliers = (np.abs(x * np.cos(angle) + y * np.sin(angle) - distance) < tolerance) & (turned < _INLIERS_TURNED)
        if inliers.sum() < _FEWEST_PIXELS:
            return None, near[inliers]
        points = np.stack((x[inliers], y[inliers]), axis=1)
        middle = points.mean(axis=0)
        _, directions = np.linalg.eigh(np.cov((points - middle).T))
        normal = directions[:, 0]
        if normal @ (np.cos(angle), np.sin(angle)) < 0:
            normal = -normal
        angle, distance = float(np.arctan2(normal[1], normal[0])), float(normal @ middle)
    return Line(float(np.cos(angle)), float(np.sin(angle)), distance, int(inliers.sum())), near[inliers]
