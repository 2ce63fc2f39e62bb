# SPDX-License-Identifier: GPL-3.0-or-later
"""One side of one sheet, as it left the scanner."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field


class ColorMode(enum.Enum):
    """How a page is sampled; the value is what travels between programs."""

    COLOR = "color"
    GRAY = "gray"


@dataclass(frozen=True, slots=True)
class PageImage:
    """The original bytes of a scanned page; never altered afterwards.

    Attributes:
        content: From a scanner a baseline JPEG whose JFIF header carries ``dpi``; from a file any format of
            ``scanning.imaging.formats``, as it came. Hidden from ``repr``.
        width_px: Width in pixels, at least 1.
        height_px: Height in pixels, at least 1.
        dpi: Resolution the page was scanned at, in dots per inch, the same in both directions. What a phone states
            is believed here and judged when the sheet is looked for.
        color_mode: Three channels or one.
    """

    content: bytes = field(repr=False)
    width_px: int
    height_px: int
    dpi: int
    color_mode: ColorMode
