# SPDX-License-Identifier: GPL-3.0-or-later
"""The visible stamp of a signature, drawn as a one-page PDF with its font inside.

pyHanko's own text style spaces letters wrongly for fonts with 2048 units per em and drops glyphs that a font lacks
without a word; so the text is typeset by typst, after a look whether every letter can be drawn.
"""

from __future__ import annotations

import datetime as dt
import functools
import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import typst
from fontTools.ttLib import TTFont

from signing.errors import SigningError

_HERE = Path(__file__).parent
_FONTS = _HERE / "fonts"
_FONT = _FONTS / "LiberationSerif-Regular.ttf"

# Viet Nam keeps one time zone and no summer time; the machine's own zone does not matter.
VIETNAM_TIME = dt.timezone(dt.timedelta(hours=7))

# NĐ 30/2020, Phụ lục I asks for margins of at least 20 mm above and below the text, and puts no page number on the
# first page: a stamp inside them covers nothing.
_DEFAULT_WIDTH = 205.0
_DEFAULT_HEIGHT = 42.0
_FROM_SIDE = 42.5
_FROM_EDGE = 11.0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points from the lower left corner of PDF user space."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """Points."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Points."""
        return self.top - self.bottom

    def overlaps(self, other: Box) -> bool:
        """Whether the two share more than an edge."""
        return (
            self.left < other.right and other.left < self.right and self.bottom < other.top and other.bottom < self.top
        )


def enclosing(boxes: Sequence[Box]) -> Box:
    """The smallest box around some."""
    return Box(
        min(box.left for box in boxes),
        min(box.bottom for box in boxes),
        max(box.right for box in boxes),
        max(box.top for box in boxes),
    )


@dataclass(frozen=True, slots=True)
class StampPlace:
    """Where the stamp goes.

    Attributes:
        page: Page index, 0 = first; -1 = last.
        box: Where on the page, in user space; ``None`` = the first free place in the margins, beginning at the top
            right, where NĐ 30/2020 wants the signature of digitised copies and annexes. A place that is not free
            gives way to the nearest free one.
    """

    page: int = 0
    box: Box | None = None


def default_boxes(page: Box) -> tuple[Box, ...]:
    """Give the places in a page's margins, best first: top right, top left, bottom right, bottom left."""
    width = min(_DEFAULT_WIDTH, page.width * 0.9)
    height = min(_DEFAULT_HEIGHT, page.height * 0.2)
    aside = min(_FROM_SIDE, (page.width - width) / 2)
    edge = min(_FROM_EDGE, page.height * 0.05)
    return tuple(
        Box(left, bottom, left + width, bottom + height)
        for bottom in (page.top - edge - height, page.bottom + edge)
        for left in (page.right - aside - width, page.left + aside)
    )


def stamp_lines(signer: str, unit: str, signing_time: dt.datetime) -> tuple[str, ...]:
    """Compose the text of a stamp.

    Args:
        signer: Name on the certificate.
        unit: Name of the unit; the line is left out when it is empty.
        signing_time: Aware; shown as Vietnamese time whatever its zone (ISO 8601 offset, NĐ 30/2020 Phụ lục I).
    """
    lines = [f"Ký bởi: {signer}"]
    if unit:
        lines.append(f"Cơ quan: {unit}")
    lines.append(signing_time_line(signing_time))
    return tuple(lines)


def signing_time_line(signing_time: dt.datetime) -> str:
    """Say when, to the second, in Vietnamese time."""
    return f"Thời gian ký: {signing_time.astimezone(VIETNAM_TIME):%d/%m/%Y %H:%M:%S} +07:00"


def draw_stamp(lines: Sequence[str], width: float, height: float) -> bytes:
    """Draw lines of text as a one-page PDF/A-1b, 10 points high or as much smaller as they need, 6 at least.

    Args:
        lines: Text in any Unicode normal form.
        width: Points.
        height: Points.

    Raises:
        SigningError: ``stamp-glyph-missing`` (details ``characters``: code points that the font lacks),
            ``stamp-does-not-fit``.
    """
    inputs = {"lines": json.dumps(compose_drawable(lines)), "width": str(width), "height": str(height)}
    return typeset(_HERE / "stamp.typ", inputs)


def compose_drawable(lines: Sequence[str]) -> list[str]:
    """Bring text into the form that is drawn, and see that every letter can be.

    Raises:
        SigningError: ``stamp-glyph-missing`` (details ``characters``: code points that the font lacks).
    """
    composed = [unicodedata.normalize("NFC", " ".join(line.split())) for line in lines]
    missing = {character for line in composed for character in line} - drawable_characters()
    if missing:
        raise SigningError(
            "stamp-glyph-missing", characters=" ".join(f"U+{ord(character):04X}" for character in sorted(missing))
        )
    return composed


def typeset(template: Path, inputs: Mapping[str, str], standard: typst.PDFStandard = "a-1b") -> bytes:
    """Draw one of our templates as a one-page PDF/A.

    What PDF/A-1b allows, PDF/A-2 and 3 allow too, so that a stamp of it fits into an archive copy of any part; pictures
    with a transparent ground need 2b.

    Raises:
        SigningError: ``stamp-does-not-fit``.
    """
    try:
        return typst.compile(
            template,
            font_paths=_loaded_fonts(),
            sys_inputs=dict(inputs),
            pdf_standards=[standard],
            pdf_tags=False,
            timestamp=0,
        )
    except typst.TypstError as error:
        if "stamp-does-not-fit" in error.message:
            raise SigningError("stamp-does-not-fit") from None
        raise


@functools.cache
def _loaded_fonts() -> typst.Fonts:
    """The font, loaded once: looking for it takes 6 of the 9 ms that a stamp costs otherwise."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(_FONTS)])


@functools.cache
def drawable_characters() -> frozenset[str]:
    """All characters that the stamp's font has a glyph for."""
    with TTFont(_FONT, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))
