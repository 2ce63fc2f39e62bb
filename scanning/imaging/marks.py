# SPDX-License-Identifier: GPL-3.0-or-later
"""Which marks on a page a person can have made, and which are only traces of paper, office and scanner."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np
import numpy.typing as npt

from scanning.imaging._cv import cv2

Bits = npt.NDArray[np.uint8]
Labels = npt.NDArray[np.int32]

# All in millimetres.
_SMALLEST: Final = 1.6  # a printed digit is 2 mm high; specks of dust and toner are smaller
_SPECK: Final = 2.6
_EDGE: Final = 4.0  # of the picture: paper edges, the lid's shadow
_EDGE_STRIP: Final = 9.0
_THICKEST_LINE: Final = 4.0
_HOLE_RADIUS: Final = (2.4, 3.6)
_HOLE_FROM_EDGE: Final = 22.0
_STAPLE: Final = (6.0, 14.0)
_STAPLE_WIDTH: Final = 2.2
_STAPLE_FROM_CORNER: Final = 28.0
_CREASE_WIDTH: Final = 2.0
_CREASE_NEAR: Final = 3.0

_LONG_SHARE: Final = 0.45  # of a page's side: a fold, a streak of the scanner, the edge of a copied sheet
_ROUND_FILL: Final = 0.6
_STRAIGHT_FILL: Final = 0.45  # of its narrowest box; handwriting fills a quarter
_CREASE_PIECES: Final = 3
_CREASE_SHARE: Final = 0.4
_CREASE_SLOPE: Final = 0.12  # a page may lie askew by 6 degrees
_MOST_PIECES: Final = 40
_ELONGATED: Final = 2.5


@dataclass(frozen=True, slots=True)
class _Marks:
    """Connected marks; arrays of one value each, the first is the paper.

    Attributes:
        labels: Number of the mark at each dot.
        left: Bounds in dots.
        top: Bounds in dots.
        across: Extent in dots.
        down: Extent in dots.
        area: Dots.
    """

    labels: Labels
    left: Labels
    top: Labels
    across: Labels
    down: Labels
    area: Labels

    @property
    def longest(self) -> Labels:
        """The longer extents."""
        return np.maximum(self.across, self.down)

    def dots(self, index: int) -> npt.NDArray[np.float32]:
        """Places of the dots of one mark, across and down from its bounds."""
        left, top = int(self.left[index]), int(self.top[index])
        part = self.labels[top : top + int(self.down[index]), left : left + int(self.across[index])]
        rows, columns = np.nonzero(part == index)
        return np.stack((columns, rows), axis=1).astype(np.float32)

    def from_edges(self) -> tuple[Labels, Labels]:
        """Distance of each mark from the nearer side edge, and from the nearer of top and bottom."""
        height, width = self.labels.shape
        return (
            np.minimum(self.left, width - self.left - self.across),
            np.minimum(self.top, height - self.top - self.down),
        )


def marks_of_people(bits: Bits, per_mm: float) -> npt.NDArray[np.bool_]:
    """Leave out what no person made.

    Args:
        bits: 1 where a page is dark.
        per_mm: Dots a millimetre, about 4.
    """
    _, labels, stats, _ = cv2.connectedComponentsWithStats(bits, connectivity=8)
    left, top, across, down, area = np.asarray(stats, np.int32).T
    marks = _Marks(np.asarray(labels, np.int32), left, top, across, down, area)
    kept = marks.longest >= _SMALLEST * per_mm
    kept &= ~((marks.longest <= _SPECK * per_mm) & (area >= _ROUND_FILL * across * down))
    kept &= ~_at_the_edge(marks, per_mm) & ~_across_the_page(marks, per_mm)
    kept[0] = False
    for is_trace in (_edge_strips, _holes, _staples, _creases):
        kept[is_trace(marks, np.nonzero(kept)[0], per_mm)] = False
    return np.asarray(kept[labels], np.bool_)


def _at_the_edge(marks: _Marks, per_mm: float) -> npt.NDArray[np.bool_]:
    """What touches the picture's edge or lies beside it."""
    height, width = marks.labels.shape
    beside, above = marks.from_edges()
    edge = _EDGE * per_mm
    right, bottom = marks.left + marks.across, marks.top + marks.down
    inside = (right > edge) & (bottom > edge) & (marks.left < width - edge) & (marks.top < height - edge)
    return np.asarray((beside <= 0) | (above <= 0) | ~inside, np.bool_)


def _across_the_page(marks: _Marks, per_mm: float) -> npt.NDArray[np.bool_]:
    """Thin and nearly as long as the page."""
    height, width = marks.labels.shape
    thin = np.minimum(marks.across, marks.down) <= _THICKEST_LINE * per_mm
    return np.asarray(thin & ((marks.across >= _LONG_SHARE * width) | (marks.down >= _LONG_SHARE * height)), np.bool_)


def _edge_strips(marks: _Marks, candidates: npt.NDArray[np.intp], per_mm: float) -> list[int]:
    """Straight strips along an edge: what is seen of the lid beside a sheet that lies askew."""
    height, width = marks.labels.shape
    strip = _EDGE_STRIP * per_mm
    right, bottom = marks.left + marks.across, marks.top + marks.down
    beside = (right <= strip) | (marks.left >= width - strip)
    above = (bottom <= strip) | (marks.top >= height - strip)
    along = (beside & (marks.down >= _ELONGATED * marks.across)) | (above & (marks.across >= _ELONGATED * marks.down))
    return [int(index) for index in candidates if along[index] and _is_straight(marks, int(index))]


def _is_straight(marks: _Marks, index: int) -> bool:
    (_, _), (one, other), _ = cv2.minAreaRect(marks.dots(index))
    return int(marks.area[index]) >= _STRAIGHT_FILL * (one + 1) * (other + 1)


def _holes(marks: _Marks, candidates: npt.NDArray[np.intp], per_mm: float) -> list[int]:
    """Round, as wide as a punch, near an edge, and not alone; the rim may be all that shows."""
    beside, above = marks.from_edges()
    smallest, largest = (radius * per_mm for radius in _HOLE_RADIUS)
    found = []
    for index in candidates:
        if not 2 * smallest <= marks.longest[index] <= 2 * largest:
            continue
        dots = marks.dots(int(index))
        middle, reach = cv2.minEnclosingCircle(dots)
        on_rim = float((np.linalg.norm(dots - middle, axis=1) > reach - per_mm).mean())
        is_round = on_rim > 0.9 or len(dots) > 0.8 * np.pi * reach**2
        if is_round and reach <= largest and min(beside[index], above[index]) <= _HOLE_FROM_EDGE * per_mm:
            found.append(int(index))
    return found if len(found) > 1 else []


def _staples(marks: _Marks, candidates: npt.NDArray[np.intp], per_mm: float) -> list[int]:
    """Short straight pieces of wire in a corner."""
    beside, above = marks.from_edges()
    near = np.maximum(beside, above) < _STAPLE_FROM_CORNER * per_mm
    found = []
    for index in candidates:
        if near[index] and marks.longest[index] <= _STAPLE[1] * per_mm:
            (_, _), sides, _ = cv2.minAreaRect(marks.dots(int(index)))
            if min(sides) <= _STAPLE_WIDTH * per_mm and max(sides) >= _STAPLE[0] * per_mm:
                found.append(int(index))
    return found


def _creases(marks: _Marks, candidates: npt.NDArray[np.intp], per_mm: float) -> list[int]:
    """Thin pieces that lie on one line through the page, and what little lies beside it."""
    found: set[int] = set()
    for along, aside, extent, thickness in (
        (marks.left + marks.across / 2, marks.top + marks.down / 2, marks.across, marks.down),
        (marks.top + marks.down / 2, marks.left + marks.across / 2, marks.down, marks.across),
    ):
        length = float(max(marks.labels.shape) if extent is marks.down else marks.labels.shape[1])
        thin = candidates[
            (thickness[candidates] <= _CREASE_WIDTH * per_mm)
            & (extent[candidates] >= _ELONGATED * thickness[candidates])
        ]
        pieces = thin[np.argsort(-extent[thin])][:_MOST_PIECES]
        for one, other in combinations(pieces, 2):
            run = float(along[other] - along[one])
            if abs(run) < _CREASE_SHARE * length:
                continue
            slope = float(aside[other] - aside[one]) / run
            if abs(slope) > _CREASE_SLOPE:
                continue
            off = np.abs(aside - aside[one] - slope * (along - along[one]))
            if (off[pieces] < per_mm).sum() >= _CREASE_PIECES:
                beside = candidates[off[candidates] + thickness[candidates] / 2 < _CREASE_NEAR * per_mm]
                found.update(int(index) for index in beside)
    return sorted(found)
