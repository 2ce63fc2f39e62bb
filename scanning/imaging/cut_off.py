# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether print runs into the edge of a picture: the sheet lay beside the glass, or was larger than it."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from scanning.imaging.letters import letters_of
from scanning.imaging.raster import Raster, reduce
from scanning.imaging.sheet_size import MM_PER_INCH

_SURVEY_DPI: Final = 100.0
_DARKNESS: Final = 0.3
_STRIP_MM: Final = 16.0
_TOUCHING_PX: Final = 1
_NEAR: Final = 0.8  # of a letter's height, to the next letter of its word
_FEWEST_LINES: Final = 3
_FEWEST_LETTERS: Final = 10

Box = npt.NDArray[np.int32]


def is_cut_off(plane: Raster) -> bool:
    """Say whether letters touch an edge of the picture: of several lines beside each other, or many of one line.

    Args:
        plane: The whole picture, gray, stamps and pens pale.
    """
    depth = round(_STRIP_MM / MM_PER_INCH * plane.dpi)
    for turns in range(4):
        strip = reduce(Raster(np.rot90(np.rot90(plane.pixels, turns)[:depth], -turns), plane.dpi), _SURVEY_DPI).pixels
        boxes = letters_of(np.ascontiguousarray(np.rot90(strip, turns)), _SURVEY_DPI, _DARKNESS).boxes
        touching = boxes[boxes[:, 1] <= _TOUCHING_PX]
        # The page may lie on its side: what touches its top are then the beginnings of lines.
        lines = sum(_has_next(box, boxes, along=1) for box in touching)
        letters = sum(_has_next(box, touching, along=0) for box in touching)
        if lines >= _FEWEST_LINES or letters >= _FEWEST_LETTERS:
            return True
    return False


def _has_next(box: Box, boxes: Box, along: int) -> bool:
    """Say whether a letter stands close behind another, across (0) or down (1)."""
    aside = 1 - along
    size = box[2 + aside]
    gap = boxes[:, along] - (box[along] + box[2 + along])
    shared = np.minimum(boxes[:, aside] + boxes[:, 2 + aside], box[aside] + size) - np.maximum(
        boxes[:, aside], box[aside]
    )
    alike = (boxes[:, 2 + aside] < 2 * size) & (2 * boxes[:, 2 + aside] > size)
    return bool((alike & (gap >= 0) & (gap < _NEAR * size) & (2 * shared > size)).any())
