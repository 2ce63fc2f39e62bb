# SPDX-License-Identifier: GPL-3.0-or-later
"""How much ink is on a page, of any colour, and whether that is none.

A blank page is only ever flagged: the back of a sheet may be what proves that nothing stands there.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from scanning.imaging._cv import cv2
from scanning.imaging.raster import Raster, darkest_plane, reduce

_SURVEY_DPI: Final = 75.0
_MARGIN: Final = 0.03  # paper edges, the lid's shadow
_BACKGROUND_WINDOW_PX: Final = 31
# Print that shines through from the back is 5 to 15 % darker than its surroundings, a hard pencil 18 % and more.
_INK_DARKNESS: Final = 0.18
_SMALLEST_MARK_PX: Final = 3
# A page number alone covers 0.007 % of A4, dust and noise 0.000 %.
_BLANK_COVERAGE: Final = 0.00002


def ink_coverage(page: Raster) -> float:
    """Measure the share of the page that carries ink.

    Args:
        page: The colour page.

    Returns:
        0 to 1; specks and what shines through from the back do not count.
    """
    pixels = darkest_plane(reduce(page, _SURVEY_DPI)).pixels
    window = cv2.getStructuringElement(cv2.MORPH_RECT, (_BACKGROUND_WINDOW_PX, _BACKGROUND_WINDOW_PX))
    background = cv2.blur(
        cv2.morphologyEx(pixels, cv2.MORPH_CLOSE, window), (_BACKGROUND_WINDOW_PX, _BACKGROUND_WINDOW_PX)
    )
    darkness = 1.0 - pixels.astype(np.float32) / np.maximum(np.asarray(background, np.float32), 1.0)
    height, width = pixels.shape
    top, left = int(height * _MARGIN), int(width * _MARGIN)
    ink = (darkness[top : height - top, left : width - left] > _INK_DARKNESS).astype(np.uint8)
    _, _, marks, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    areas = np.asarray(marks)[1:, cv2.CC_STAT_AREA]
    return float(areas[areas >= _SMALLEST_MARK_PX].sum()) / ink.size


def is_blank(coverage: float) -> bool:
    """Say whether so little ink means a blank page."""
    return coverage < _BLANK_COVERAGE
