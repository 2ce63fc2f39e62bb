# SPDX-License-Identifier: GPL-3.0-or-later
"""All that is known of a page after it was looked at; plain values, so that any program may hold them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from scanning.classify.classifier import NOTHING_KNOWN, ClassGuess
from scanning.extract.field import Field
from scanning.ocr.text import PageText
from scanning.transforms import Rotation, total_degrees

THUMBNAIL_WIDTH_PX: Final = 200


@dataclass(frozen=True, slots=True)
class QualityFacts:
    """What can be measured of a picture without judging it.

    Attributes:
        paper_brightness: Median of the stamp-proof plane, 0 black to 255 white.
        contrast: How much darker the darkest print is than the paper, 0 to 255.
        sharpness: Steepest edges of the print, as share of the contrast over one pixel at 200 dpi, 0 to 1.
        ink_coverage: Share of the page that carries ink, 0 to 1.
    """

    paper_brightness: float
    contrast: float
    sharpness: float
    ink_coverage: float


@dataclass(frozen=True, slots=True)
class PageReading:
    """A page, read.

    Attributes:
        transforms: What sets the original picture upright, in order.
        blank: Whether there is no ink on the page; only a flag, the page stays.
        text: Words on the upright page; boxes are in pixels of ``text.width_px`` x ``text.height_px``.
        guess: The class that the page seems to be of.
        fields: Its main fields, at most one a name.
        quality: Facts about the picture.
        thumbnail: Upright JPEG in colour, ``THUMBNAIL_WIDTH_PX`` wide; empty when the page is unreadable.
        fault: Code of the ``ScanningError`` that kept the page from being read; nothing else is known then.
    """

    transforms: tuple[Rotation, ...]
    blank: bool
    text: PageText
    guess: ClassGuess
    fields: tuple[Field, ...]
    quality: QualityFacts
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
        guess=NOTHING_KNOWN,
        fields=(),
        quality=QualityFacts(0.0, 0.0, 0.0, 0.0),
        thumbnail=b"",
        fault=fault,
    )
