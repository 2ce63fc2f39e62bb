# SPDX-License-Identifier: GPL-3.0-or-later
"""All that is known of a page after it was looked at; plain values, so that any program may hold them."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import Final

from scanning.classify.guess import NOTHING_KNOWN, ClassGuess
from scanning.codes import PageCode
from scanning.extract.field import Field
from scanning.ocr.text import Box, PageText
from scanning.transforms import Transform, total_degrees

THUMBNAIL_WIDTH_PX: Final = 200


class Advice(str, enum.Enum):  # noqa: UP042 — travels as JSON
    """Why a page had better be scanned again."""

    BLURRED = "blurred"
    TOO_DARK = "too-dark"
    TOO_PALE = "too-pale"
    CUT_OFF = "cut-off"
    LOW_RESOLUTION = "low-resolution"


@dataclass(frozen=True, slots=True)
class Quality:
    """What can be measured of a picture, and what follows from it.

    Attributes:
        paper_brightness: Median of the stamp-proof plane, 0 black to 255 white.
        contrast: How much darker the darkest print is than the paper, 0 to 255.
        sharpness: Steepest edges of the print, as share of the contrast over one pixel at 200 dpi, 0 to 1.
        ink_coverage: Share of the page that carries ink, 0 to 1.
        advice: Why to scan again; empty for a good page.
    """

    paper_brightness: float
    contrast: float
    sharpness: float
    ink_coverage: float
    advice: tuple[Advice, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A word that was probably misread; only ever shown, never put in its place.

    Attributes:
        box: Where the doubtful word stands.
        read: As the engine read it. Hidden from ``repr``.
        proposed: What it probably says. Hidden from ``repr``.
    """

    box: Box
    read: str = field(repr=False)
    proposed: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ArchivePicture:
    """The upright page in colour for the archive: small, and sharp where people read.

    Attributes:
        width_px: Width of the whole page, in pixels at ``dpi``.
        height_px: Its height.
        dpi: Density of the ink layer, and of the page's size.
        background: JPEG (gray or colour) of everything; paper, stamps, pens and photographs.
        ink: CCITT group 4 (T.6, black is 1) bits of the print, ``width_px`` x ``height_px``; empty when the page has
            none.
        ink_color: Red, green, blue of the print, 0 to 255.
    """

    width_px: int
    height_px: int
    dpi: int
    background: bytes = field(repr=False)
    ink: bytes = field(repr=False)
    ink_color: tuple[int, int, int] = (0, 0, 0)


@dataclass(frozen=True, slots=True)
class Glance:
    """What a clerk can be told before the whole page is read.

    Attributes:
        guess: By the title alone.
        blank: See ``PageReading``.
        thumbnail: Of the page as it lies.
    """

    guess: ClassGuess
    blank: bool
    thumbnail: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class PageReading:
    """A page, read.

    Attributes:
        transforms: What sets the original picture upright, in order.
        blank: Whether there is no ink on the page; only a flag, the page stays.
        text: Words on the upright page; boxes are in pixels of ``text.width_px`` x ``text.height_px``.
        suggestions: Words of it that were probably misread.
        guess: The class that the page seems to be of.
        fields: Its main fields, at most one a name.
        codes: QR and bar codes.
        quality: Facts about the picture.
        archive: The upright page for the document; ``None`` when the page is unreadable.
        thumbnail: Upright JPEG in colour, ``THUMBNAIL_WIDTH_PX`` wide; empty when the page is unreadable.
        fault: Code of the ``ScanningError`` that kept the page from being read; nothing else is known then.
    """

    transforms: tuple[Transform, ...]
    blank: bool
    text: PageText
    suggestions: tuple[Suggestion, ...]
    guess: ClassGuess
    fields: tuple[Field, ...]
    codes: tuple[PageCode, ...]
    quality: Quality
    archive: ArchivePicture | None = field(repr=False)
    thumbnail: bytes = field(repr=False)
    fault: str | None = None

    @property
    def rotation_degrees(self) -> float:
        """Total turn counter-clockwise, above -180 and up to 180."""
        return total_degrees(self.transforms)


def unreadable(fault: str) -> PageReading:
    """Give the reading of a page that could not be read."""
    return PageReading(
        transforms=(),
        blank=False,
        text=PageText((), 1, 1),
        suggestions=(),
        guess=NOTHING_KNOWN,
        fields=(),
        codes=(),
        quality=Quality(0.0, 0.0, 0.0, 0.0),
        archive=None,
        thumbnail=b"",
        fault=fault,
    )
