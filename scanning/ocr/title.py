# SPDX-License-Identifier: GPL-3.0-or-later
"""The part of a page that says what it is, small enough to be read while the next page feeds."""

from __future__ import annotations

from typing import Final

from scanning.imaging.raster import Raster, reduce
from scanning.ocr.engine import GrayPlane
from scanning.ocr.planes import gray_plane, pixels_of
from scanning.ocr.text import Box

# Titles are large: at 150 dpi they are read as well as at 200, in half the time.
_TITLE_DPI: Final = 150.0
_TITLE_SHARE: Final = 0.35


def title_crop(plane: GrayPlane) -> GrayPlane:
    """Cut out the top of a page, where letterhead and title stand; for ``OcrEngine.read_block``.

    Args:
        plane: The upright page, of at least 100 dpi.
    """
    small = plane
    if plane.dpi > _TITLE_DPI:
        small = gray_plane(reduce(Raster(pixels_of(plane), plane.dpi), _TITLE_DPI))
    return small.crop(Box(0, 0, small.width_px, max(1, round(small.height_px * _TITLE_SHARE))))
