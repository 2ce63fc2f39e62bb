# SPDX-License-Identifier: GPL-3.0-or-later
"""The part of a page that says what it is, small enough to be read while the next page feeds."""

from __future__ import annotations

from typing import Final

from scanning.imaging.raster import Raster, reduce
from scanning.ocr.engine import GrayPlane, OcrEngine
from scanning.ocr.planes import gray_plane, pixels_of
from scanning.ocr.print_plane import print_plane
from scanning.ocr.text import Box, PageText
from scanning.ocr.tidy import tidied

# Titles are large: at 150 dpi they are read as well as at 200, in half the time.
_TITLE_DPI: Final = 150.0
_TITLE_SHARE: Final = 0.35
_BORDER_SHARE: Final = 0.065  # certificates have ornaments along the edge, which are read as letters


def read_title(plane: GrayPlane, engine: OcrEngine) -> PageText:
    """Read the top of a page; boxes lie on ``title_crop``.

    Args:
        plane: The upright page with even light, of at least 100 dpi.
        engine: Who reads.
    """
    return tidied(engine.read(title_crop(plane)))


def title_crop(plane: GrayPlane) -> GrayPlane:
    """Cut out the top of a page, where letterhead and title stand, with nothing but print.

    Args:
        plane: The upright page with even light, of at least 100 dpi.
    """
    small = plane
    if plane.dpi > _TITLE_DPI:
        small = gray_plane(reduce(Raster(pixels_of(plane), plane.dpi), _TITLE_DPI))
    border = round(small.width_px * _BORDER_SHARE)
    height = max(1, round(small.height_px * _TITLE_SHARE))
    return print_plane(small.crop(Box(border, 0, small.width_px - 2 * border, height)))
