# SPDX-License-Identifier: GPL-3.0-or-later
"""What is drawn on a page: its picture, upright, and over it the words, invisibly.

A page that was read shows its archive picture: the background, and the print through a stencil in one colour. One that
was not shows the original picture, turned.
"""

from __future__ import annotations

import math
from typing import Final

from scanning.ocr.text import Line, PageText
from scanning.pdf.invisible_font import ADVANCE, DESCENT, InvisibleFont

BACKGROUND_NAME: Final = "/Background"
PRINT_NAME: Final = "/Print"
ORIGINAL_NAME: Final = "/Scan"
_FRAME: Final = 36.0  # half an inch from the edges
FONT_NAME: Final = "/Text"

# Of the font size. Below a tenth, readers of the text take two words for one.
_NARROWEST_GAP: Final = 0.15
# A space that bridges two columns would make one line of them, and is counted to the word before it.
_WIDEST_SPACE: Final = 0.3


def draw_layers(page_size: tuple[float, float], ink_color: tuple[int, int, int] | None) -> str:
    """Fill the page with its background, and lay the print over it.

    Args:
        page_size: Width and height of the page, in points.
        ink_color: Red, green, blue of the print, 0 to 255; ``None`` for a page without print.
    """
    place = _numbers(page_size[0], 0, 0, page_size[1], 0, 0)
    background = f"q {place} cm {BACKGROUND_NAME} Do Q"
    if ink_color is None:
        return background
    color = _numbers(*(channel / 255 for channel in ink_color))
    return f"{background}\nq {color} rg {place} cm {PRINT_NAME} Do Q"


def draw_nothing(page_size: tuple[float, float]) -> str:
    """Draw a crossed-out sheet, for a page that cannot be shown."""
    width, height = page_size
    frame = _numbers(_FRAME, _FRAME, width - 2 * _FRAME, height - 2 * _FRAME)
    rising = f"{_numbers(_FRAME, _FRAME)} m {_numbers(width - _FRAME, height - _FRAME)} l"
    falling = f"{_numbers(_FRAME, height - _FRAME)} m {_numbers(width - _FRAME, _FRAME)} l"
    return f"q 0.6 G 1 w {frame} re S {rising} S {falling} S Q"


def draw_original(size: tuple[float, float], page_size: tuple[float, float], degrees: float) -> str:
    """Draw the original picture about the middle of the page.

    Args:
        size: Width and height of the picture, in points.
        page_size: Width and height of the page, in points.
        degrees: Turn counter-clockwise.
    """
    width, height = size
    cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    a, b, c, d = width * cosine, width * sine, -height * sine, height * cosine
    e, f = (page_size[0] - a - c) / 2, (page_size[1] - b - d) / 2
    return f"q {_numbers(a, b, c, d, e, f)} cm {ORIGINAL_NAME} Do Q"


def draw_text(text: PageText, page_size: tuple[float, float], font: InvisibleFont) -> str:
    """Lay the words over the picture, line by line in reading order, each exactly over its print.

    Args:
        text: At least one word; boxes on the upright page.
        page_size: Width and height of the page, in points.
        font: The font, which knows all letters of the text.
    """
    scale_x, scale_y = page_size[0] / text.width_px, page_size[1] / text.height_px
    commands = ["BT 3 Tr"]
    for line in text.lines:
        size = max(1.0, line.box.height * scale_y)
        baseline = page_size[1] - line.box.bottom * scale_y + DESCENT * size
        commands.append(f"{FONT_NAME} {_numbers(size)} Tf")
        commands += _words(line, scale_x, size, baseline, font)
    commands.append("ET")
    return "\n".join(commands)


def _words(line: Line, scale: float, size: float, baseline: float, font: InvisibleFont) -> list[str]:
    commands = []
    for index, word in enumerate(line.words):
        left, right = word.box.left * scale, word.box.right * scale
        following = line.words[index + 1].box.left * scale if index + 1 < len(line.words) else None
        if following is not None and left < following:
            right = min(right, max(following - _NARROWEST_GAP * size, (left + following) / 2))
        stretch = 100 * (right - left) / (ADVANCE * size * len(word.text))
        commands.append(f"{_numbers(stretch)} Tz 1 0 0 1 {_numbers(left, baseline)} Tm {font.encode(word.text)} Tj")
        if following is not None:
            gap = min(max(following - right, _NARROWEST_GAP * size), _WIDEST_SPACE * size)
            space = 100 * gap / (ADVANCE * size)
            commands.append(f"{_numbers(space)} Tz {font.encode(' ')} Tj")
    return commands


def _numbers(*values: float) -> str:
    rounded = (round(value, 4) + 0.0 for value in values)  # adding zero takes the sign off a negative one
    return " ".join(f"{value:.4f}".rstrip("0").rstrip(".") for value in rounded)
