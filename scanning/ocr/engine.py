# SPDX-License-Identifier: GPL-3.0-or-later
"""The seam between a page and whatever reads it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from scanning.ocr.text import Box, PageText


@dataclass(frozen=True, slots=True)
class GrayPlane:
    """An upright gray picture.

    Attributes:
        pixels: One byte a pixel, 0 black to 255 white, rows from the top, without padding.
        width_px: Pixels a row.
        height_px: Rows.
        dpi: Dots per inch.
    """

    pixels: bytes = field(repr=False)
    width_px: int
    height_px: int
    dpi: float

    def crop(self, box: Box) -> GrayPlane:
        """Cut a box out; it must lie inside."""
        starts = range(box.top * self.width_px + box.left, box.bottom * self.width_px + box.left, self.width_px)
        rows = b"".join(self.pixels[start : start + box.width] for start in starts)
        return GrayPlane(rows, box.width, box.height, self.dpi)


class OcrEngine(Protocol):
    """Reads print. One engine belongs to one thread; it keeps everything in memory."""

    def read(self, plane: GrayPlane) -> PageText:
        """Read a page; boxes are in pixels of the plane."""
        ...

    def read_block(self, plane: GrayPlane) -> PageText:
        """Read a picture of one block of print, without looking for columns; cheaper than ``read``."""
        ...

    def read_line(self, plane: GrayPlane) -> PageText:
        """Read a picture of a single line of print."""
        ...
