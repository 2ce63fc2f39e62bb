# SPDX-License-Identifier: GPL-3.0-or-later
"""How much of the ink on a page is blue, as from a pen: what tells a sheet written by hand that reads like print."""

from __future__ import annotations

from typing import Final

import numpy as np

from scanning.imaging._cv import cv2
from scanning.imaging.raster import Raster, reduce

_SURVEY_DPI: Final = 100.0
_INK_DARKNESS: Final = 0.25
_BLUE_LEAD: Final = 0.12  # of blue over red, relative to the paper; print stays below 0.05, ball pens reach 0.2 to 0.6
_FEWEST_PX: Final = 200  # a signature has 500


def pen_share(page: Raster) -> float:
    """Measure the share of the ink that is blue; 0 on a gray page, where a pen looks like print.

    Args:
        page: In colour.
    """
    pixels = reduce(page, _SURVEY_DPI).pixels
    paper = np.maximum(np.median(pixels[::3, ::3].reshape(-1, pixels.shape[2]), axis=0), 1.0)
    is_paper = cv2.inRange(pixels, np.ceil((1.0 - _INK_DARKNESS) * paper), np.full(pixels.shape[2], 255.0))
    ink = pixels[np.asarray(is_paper) == 0]
    if len(ink) < _FEWEST_PX:
        return 0.0
    blue, red = ink[:, 0] / paper[0], ink[:, 2] / paper[2]
    return round(float((blue - red > _BLUE_LEAD).mean()), 4)
