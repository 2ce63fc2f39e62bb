# SPDX-License-Identifier: GPL-3.0-or-later
"""How much of a page is continuous tone: neither paper nor ink, and not merely a shadow."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from scanning.imaging._cv import cv2
from scanning.imaging.raster import Raster, reduce, stamp_proof_plane

_SURVEY_DPI: Final = 100.0
_MARGIN: Final = 0.03
_PALEST, _DARKEST = 0.15, 0.85  # of the way from paper to black
_STROKE_PX: Final = 5  # 1.3 mm: the soft edges of print are thinner
_PRINT_WINDOW_PX: Final = 13
_CELL_PX: Final = 12  # 3 mm
_LEAST_RANGE: Final = 0.08  # of tones among neighbouring cells: shadows change more slowly
_STRIP_CELLS: Final = 6
_SMALLEST_CELLS: Final = 12  # 1 cm²: a portrait of 2 x 3 cm has 60


def picture_share(page: Raster) -> float:
    """Measure the share of a page that is continuous tone.

    Args:
        page: In colour; stamps and blue pens are no pictures.
    """
    plane = stamp_proof_plane(reduce(page, _SURVEY_DPI)).pixels
    height, width = plane.shape
    top, left = int(height * _MARGIN), int(width * _MARGIN)
    plane = plane[top : height - top, left : width - left]
    window = np.ones((_PRINT_WINDOW_PX, _PRINT_WINDOW_PX), np.uint8)
    tones = cv2.morphologyEx(plane, cv2.MORPH_CLOSE, window)
    paper = float(np.percentile(tones[::4, ::4], 90))
    darkness = 1.0 - plane.astype(np.float32) / max(paper, 1.0)
    tinted = ((darkness > _PALEST) & (darkness < _DARKEST)).astype(np.uint8)
    between = cv2.morphologyEx(tinted, cv2.MORPH_OPEN, np.ones((_STROKE_PX, _STROKE_PX), np.uint8))
    cells = (max(1, plane.shape[1] // _CELL_PX), max(1, plane.shape[0] // _CELL_PX))
    share = cv2.resize(between.astype(np.float32), cells, interpolation=cv2.INTER_AREA)
    coarse = cv2.resize(tones, cells, interpolation=cv2.INTER_AREA)
    near = np.ones((3, 3), np.uint8)
    spread = (cv2.dilate(coarse, near).astype(np.float32) - cv2.erode(coarse, near)) / max(paper, 1.0)
    likely = ((share > 0.5) & (spread > _LEAST_RANGE)).astype(np.uint8)
    picture = cv2.morphologyEx(likely, cv2.MORPH_CLOSE, near)
    _, _, stats, _ = cv2.connectedComponentsWithStats(picture, connectivity=8)
    return round(sum(int(part[cv2.CC_STAT_AREA]) for part in stats[1:] if _is_picture(part, cells)) / picture.size, 4)


def _is_picture(part: npt.NDArray[np.int32], cells: tuple[int, int]) -> bool:
    """Leave out small things, and the strips along the edges that lids and copiers leave."""
    left, top, across, down, area = (int(value) for value in part)
    at_edge = left == 0 or top == 0 or left + across == cells[0] or top + down == cells[1]
    return area >= _SMALLEST_CELLS and not (at_edge and area / max(across, down) < _STRIP_CELLS)
