# SPDX-License-Identifier: GPL-3.0-or-later
"""Strokes of a pale pencil, told by their sharp edges from print that shines through: paper blurs what it hides."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from scanning.imaging._cv import cv2
from scanning.imaging.marks import marks_of_people

Darkness = npt.NDArray[np.float32]
Sums = npt.NDArray[np.float64]

_SMOOTHING_PX: Final = 0.7
_FAINTEST: Final = 0.04
_GRAIN_DEVIATIONS: Final = 5.0
# Smoothed: the palest pencils 0.065 and more, a front that is faint on the back 0.05 and less.
_LEAST_DARKNESS: Final = 0.055
_SMALLEST_DOTS: Final = 12
_SPECK_DARKNESS: Final = 0.17  # dust on a letter would make it sharp
_SPECK_WINDOW_PX: Final = 5
_MOST_TRACE: Final = 0.3
# Steepest step by darkness: of pencils 0.70 to 0.87, of print through paper 0.45 to 0.67; of single short marks, which
# mislead, up to 0.77.
_SHARP: Final = 0.69
_FEWEST_DOTS: Final = 60  # the four palest words have 180
_SHARP_ALONE: Final = 0.72
_FEWEST_DOTS_ALONE: Final = 130
_GRAIN_SHARE: Final = 2.0  # of what grain adds to the square of a step

_NORMAL_DEVIATION: Final = 1.4826
_NEAR: Final = np.ones((3, 3), np.uint8)


def has_faint_strokes(darkness: Darkness, traces: npt.NDArray[np.bool_], grain: float, per_mm: float) -> bool:
    """Look closer at a page that seems empty.

    Args:
        darkness: How much darker each dot is than the paper around it, 0 to 1.
        traces: What was dark enough to be seen at once, and was not made by people.
        grain: Deviation of the darkness of paper.
        per_mm: Dots a millimetre, about 4.
    """
    soft = np.asarray(cv2.GaussianBlur(darkness, (0, 0), _SMOOTHING_PX), np.float32)
    faintest = max(_FAINTEST, _GRAIN_DEVIATIONS * grain_of(soft))
    marks = marks_of_people((soft > faintest).astype(np.uint8), per_mm)
    count, labels = cv2.connectedComponents(marks.astype(np.uint8))
    rows, columns = np.nonzero(labels)
    if not len(rows):
        return False
    numbers = labels[rows, columns]
    specks = cv2.dilate((darkness > _SPECK_DARKNESS).astype(np.uint8), np.ones((_SPECK_WINDOW_PX,) * 2, np.uint8))
    even = specks[rows, columns] == 0

    def sums(plane: Darkness) -> Sums:
        darkest_near = cv2.dilate(plane, _NEAR)
        return np.asarray(np.bincount(numbers, darkest_near[rows, columns] * even, count), np.float64)

    dots = np.asarray(np.bincount(numbers, even, count), np.float64)
    traced = np.bincount(numbers, traces[rows, columns], count) / np.maximum(np.bincount(numbers), 1)
    kept = (dots > _SMALLEST_DOTS) & (traced < _MOST_TRACE)
    kept &= sums(soft) > _LEAST_DARKNESS * dots
    dots = dots[kept]
    if dots.sum() < _FEWEST_DOTS:
        return False
    steps, depths = (sums(plane)[kept] for plane in (_steps(darkness), darkness))
    alone = _sharpness(steps, depths, dots, grain)[dots > _FEWEST_DOTS_ALONE]
    together = _sharpness(steps.sum(keepdims=True), depths.sum(keepdims=True), dots.sum(keepdims=True), grain)
    return bool((together > _SHARP).any() or (alone > _SHARP_ALONE).any())


def grain_of(darkness: Darkness) -> float:
    """Give the deviation of the darkness of paper, whatever stands on it."""
    sample = darkness[::3, ::3]
    return float(np.median(np.abs(sample - np.median(sample)))) * _NORMAL_DEVIATION


def _steps(darkness: Darkness) -> Darkness:
    """Give the larger step of each dot to the next one, to the right and down."""
    steps = np.zeros_like(darkness)
    steps[:, :-1] = np.abs(np.diff(darkness, axis=1))
    steps[:-1] = np.maximum(steps[:-1], np.abs(np.diff(darkness, axis=0)))
    return steps


def _sharpness(steps: Sums, depths: Sums, dots: Sums, grain: float) -> Sums:
    """Give the middle of the steepest steps by the middle darkness, without what grain adds."""
    squared = np.maximum((steps / dots) ** 2 - _GRAIN_SHARE * grain**2, 0.0)
    return np.asarray(np.sqrt(squared) * dots / depths, np.float64)
