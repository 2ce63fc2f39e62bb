# SPDX-License-Identifier: GPL-3.0-or-later
"""The plane that engines read: only print is left, black on white."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Final, TypeAlias

import numpy as np

from scanning.imaging._cv import cv2
from scanning.imaging.formats import Pixels
from scanning.imaging.raster import Raster
from scanning.ocr.engine import GrayPlane
from scanning.ocr.planes import gray_plane, pixels_of
from scanning.ocr.rules import without_rules
from scanning.ocr.specks import without_specks
from scanning.ocr.text import Box

PlaneAt: TypeAlias = Callable[[float], GrayPlane]
"""Gives the same upright, level page with even light at some density; coarser when the original is."""

PieceAt: TypeAlias = Callable[[Box, int], GrayPlane]
"""Gives a piece of that page in more pixels: its place, in pixels of a page that is so many pixels wide."""

# What is paler than the grain of paper becomes white, what is darker than worn toner black: copies then lose a quarter
# of their errors (6.7 to 5.0 % of the letters), clean prints none and win none.
_BLACK: Final = 50
_WHITE: Final = 205
_STEEPER: Final = np.clip((np.arange(256) - _BLACK) * 255.0 / (_WHITE - _BLACK), 0, 255).astype(np.uint8)
# Thin strokes of copies are so pale that they would go with the grain.
_PALE: Final = 90
_INK: Final = 200
_PALE_BLACK: Final = 80
_PALE_WHITE: Final = 240
_STEEPER_IF_PALE: Final = np.clip((np.arange(256) - _PALE_BLACK) * 255.0 / (_PALE_WHITE - _PALE_BLACK), 0, 255).astype(
    np.uint8
)
_SOFT_PX: Final = 0.9


def print_plane(plane: GrayPlane) -> GrayPlane:
    """Take lines and specks out of a plane and strengthen what is left.

    Args:
        plane: Upright, level, with even light.
    """
    pixels = without_specks(without_rules(pixels_of(plane), plane.dpi), plane.dpi)
    return gray_plane(Raster(strengthened(pixels), plane.dpi))


def soft_print_plane(plane: GrayPlane) -> GrayPlane:
    """Do that for copies of office print: rough edges are smoothed, and pale strokes saved.

    Small print would lose its marks.

    Args:
        plane: Upright, level, with even light, at 300 dpi.
    """
    pixels = without_specks(without_rules(pixels_of(plane), plane.dpi), plane.dpi)
    soft = np.asarray(cv2.GaussianBlur(pixels, (0, 0), _SOFT_PX), np.uint8)
    return gray_plane(Raster(_strengthened_like(soft, pixels), plane.dpi))


def strengthened_unless_pale(pixels: Pixels) -> Pixels:
    """Make print black and the grain of the paper white; where strokes are pale, less so, that none is lost."""
    return _strengthened_like(pixels, pixels)


def _strengthened_like(pixels: Pixels, print_: Pixels) -> Pixels:
    return np.asarray(cv2.LUT(pixels, _STEEPER_IF_PALE if _is_pale(print_) else _STEEPER), np.uint8)


def _is_pale(pixels: Pixels) -> bool:
    """Say whether most of the print does not get dark even in the middle of its strokes."""
    ink = np.asarray(cv2.threshold(pixels, _INK, 1, cv2.THRESH_BINARY_INV)[1], np.uint8)
    strokes = np.asarray(cv2.erode(ink, np.ones((2, 2), np.uint8)), np.uint8)
    counts = np.cumsum(cv2.calcHist([pixels], [0], strokes, [256], [0, 256]))
    return bool(np.searchsorted(counts, counts[-1] / 2) >= _PALE)


def strengthened(pixels: Pixels) -> Pixels:
    """Make pale print black and the grain of the paper white."""
    return np.asarray(cv2.LUT(pixels, _STEEPER), np.uint8)


@functools.lru_cache(maxsize=1)  # the page that is being read
def print_planes(plane_at: PlaneAt) -> PlaneAt:
    """Do that at any density, once each for as long as the same page is asked for."""
    return functools.cache(lambda dpi: print_plane(plane_at(dpi)))
