# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes dirt out of a plane: specks that stand alone, and the dotted lines of forms, which are rows of specks.

A full stop or the dot below a vowel is as small, but stands close to letters.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from scanning.imaging._cv import cv2
from scanning.imaging.formats import Pixels

_INK: Final = 190  # paler than letters: the rim of a speck belongs to it
_PAPER: Final = 255
_MM_PER_INCH: Final = 25.4
_SPECK_MM: Final = 0.75
_ALONE_MM: Final = 2.0  # a full stop stands 0.5 mm behind its word, 1.6 on a typewriter
_LEADER_GAP_MM: Final = 1.5
_LEADER_MM: Final = 5.0  # three letters i beside each other are shorter


def without_specks(pixels: Pixels, dpi: float) -> Pixels:
    """Give a plane without lone specks.

    Args:
        pixels: Gray, level, with even light.
        dpi: Their density.
    """
    dots = dpi / _MM_PER_INCH
    ink = np.asarray(cv2.threshold(pixels, _INK, 1, cv2.THRESH_BINARY_INV)[1], np.uint8)
    _, labels, facts, _ = cv2.connectedComponentsWithStats(ink, connectivity=8, ltype=cv2.CV_32S)
    facts = np.asarray(facts)
    small = np.maximum(facts[:, cv2.CC_STAT_WIDTH], facts[:, cv2.CC_STAT_HEIGHT]) <= _SPECK_MM * dots
    small[0] = False
    if not small.any():
        return pixels
    inked = np.flatnonzero(ink.view(np.bool_))
    speck_of = np.asarray(labels).reshape(-1)[inked]
    is_speck = small[speck_of]
    inked, speck_of = inked[is_speck], speck_of[is_speck]
    specks = np.zeros_like(ink)
    specks.reshape(-1)[inked] = 1
    reach = 2 * round(_ALONE_MM * dots) + 1
    letters = np.asarray(cv2.dilate(cv2.subtract(ink, specks), np.ones((reach, reach), np.uint8)))
    kept = np.zeros(len(facts), bool)
    kept[speck_of[letters.reshape(-1)[inked] > 0]] = True
    kept[speck_of[_leaders(specks, dots).reshape(-1)[inked] > 0]] = False
    specks.reshape(-1)[inked[kept[speck_of]]] = 0
    dirt = cv2.dilate(specks, np.ones((3, 3), np.uint8))
    return np.asarray(cv2.max(pixels, cv2.convertScaleAbs(dirt, alpha=_PAPER)), np.uint8)


def _leaders(specks: Pixels, dots: float) -> Pixels:
    """Find where specks stand in a row."""
    rows = cv2.dilate(specks, np.ones((3, 1), np.uint8))
    joined = cv2.morphologyEx(rows, cv2.MORPH_CLOSE, np.ones((1, round(_LEADER_GAP_MM * dots)), np.uint8))
    return np.asarray(
        cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((1, round(_LEADER_MM * dots)), np.uint8)), np.uint8
    )
