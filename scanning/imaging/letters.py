# SPDX-License-Identifier: GPL-3.0-or-later
"""Marks on a plane that have the size and shape of printed letters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from scanning.imaging._cv import cv2
from scanning.imaging.formats import Pixels
from scanning.imaging.sheet_size import MM_PER_INCH

_WINDOW_MM: Final = 4.0
_HEIGHT_MM: Final = (0.9, 7.0)
_WIDEST: Final = 2.2  # times the height: two letters that touch
_NARROWEST: Final = 0.12
_FEWEST: Final = 5
_SAMPLE: Final = 300
_STEP: Final = 0.8  # of a letter's height, from one to the next
_LEVEL: Final = 0.3
_FULLEST: Final = 0.85  # specks and strips are solid


@dataclass(frozen=True, slots=True)
class Letters:
    """What looks like print.

    Attributes:
        bits: 1 where a plane is dark.
        labels: Number of the mark at each dot.
        boxes: Left, top, width, height of each letter, in dots.
        numbers: Their numbers in ``labels``.
    """

    bits: npt.NDArray[np.uint8]
    labels: npt.NDArray[np.int32]
    boxes: npt.NDArray[np.int32]
    numbers: npt.NDArray[np.intp]

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.numbers)

    @property
    def mask(self) -> npt.NDArray[np.bool_]:
        """Where letters are; everything dark when there are next to none."""
        if self.count < _FEWEST:
            return self.bits > 0
        inside = np.flatnonzero(self.bits.view(np.bool_))
        numbers = self.labels.reshape(-1)[inside]
        chosen = np.zeros(int(numbers.max()) + 1, np.bool_)
        chosen[self.numbers] = True
        mask = np.zeros(self.bits.shape, np.bool_)
        mask.reshape(-1)[inside] = chosen[numbers]
        return mask

    @property
    def height_px(self) -> float:
        """Their middle height: that of small letters without their marks; 0.0 without letters."""
        return float(np.median(self.boxes[:, 3])) if self.count else 0.0

    @property
    def share_in_words(self) -> float:
        """Share of them that stand close to another on the same line: of print three quarters, of photographs 0.1."""
        if not self.count:
            return 0.0
        some = self.boxes[:: max(1, self.count // _SAMPLE), None]
        left, height, bottom = some[..., 0], some[..., 3], some[..., 1] + some[..., 3]
        gaps = np.abs(self.boxes[:, 0] - left)
        beside = (gaps > 0) & (gaps < _STEP * height + some[..., 2])
        level = np.abs(self.boxes[:, 1] + self.boxes[:, 3] - bottom) < _LEVEL * height
        alike = (self.boxes[:, 3] < 2 * height) & (2 * self.boxes[:, 3] > height)
        return float((beside & level & alike).any(axis=1).mean())


def letters_of(plane: Pixels, dpi: float, darkness: float) -> Letters:
    """Find what looks like print.

    Args:
        plane: Gray.
        dpi: Its density.
        darkness: How much darker than the paper around it print is at least, 0 to 1.
    """
    per_mm = dpi / MM_PER_INCH
    side = round(_WINDOW_MM * per_mm) | 1
    paper = cv2.morphologyEx(plane, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8))
    limit = np.ceil((1.0 - darkness) * np.arange(256)).astype(np.uint8)
    bits = (plane < np.asarray(cv2.LUT(paper, limit))).view(np.uint8)
    # Of OpenCV's ways to count, this one takes less than half the time of the others.
    _, labels, stats, _ = cv2.connectedComponentsWithStatsWithAlgorithm(bits, 8, cv2.CV_32S, cv2.CCL_GRANA)
    _, _, across, down, area = np.asarray(stats).T
    lowest, highest = (height * per_mm for height in _HEIGHT_MM)
    likely = (down >= lowest) & (down <= highest) & (across <= _WIDEST * down) & (across >= _NARROWEST * down)
    likely &= area <= _FULLEST * across * down
    likely[0] = False
    numbers = np.nonzero(likely)[0]
    return Letters(bits, np.asarray(labels, np.int32), np.asarray(stats, np.int32)[numbers, :4], numbers)
