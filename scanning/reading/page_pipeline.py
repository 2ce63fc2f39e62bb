# SPDX-License-Identifier: GPL-3.0-or-later
"""One page from original bytes to reading: the order of the steps, each of which lives in a room of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from scanning.classify.classifier import classify, classify_title
from scanning.classify.corrections import Corrections
from scanning.classify.page_facts import PageFacts
from scanning.classify.paper_class import PaperClass
from scanning.code_reading import read_codes
from scanning.codes import PageCode
from scanning.extract.card_qr import card_code
from scanning.extract.extraction import extract
from scanning.imaging.archive import archive_picture
from scanning.imaging.formats import exif_quarter_turns
from scanning.imaging.ink import InkFacts, ink_facts
from scanning.imaging.pen_share import pen_share
from scanning.imaging.quality import measure
from scanning.imaging.raster import decode, encode_jpeg, reduce
from scanning.imaging.sheet import find_sheets
from scanning.imaging.sheet_planes import SheetPlanes
from scanning.ocr.engine import OcrEngine
from scanning.ocr.planes import gray_plane
from scanning.ocr.reading import READING_DPI
from scanning.ocr.repair import suggest
from scanning.ocr.text import PageText
from scanning.ocr.title import read_title
from scanning.page_image import PageImage
from scanning.page_reading import THUMBNAIL_WIDTH_PX, Glance, PageReading
from scanning.reading.way_up import levelled, read_as_it_lies, set_upright
from scanning.reading.wire import ReadRequest
from scanning.transforms import Cutout, Transform, tilt_degrees

_INK_DPI: Final = 100.0
_CODES_DPI: Final = 150.0
_FINE_DPI: Final = 300.0
_COLOR_DPI: Final = 200.0  # as the archive picture has it, so that it is made once
_THUMBNAIL_QUALITY: Final = 75
_ALIKE_DEGREES: Final = 1.0
_CARDS: Final = frozenset({PaperClass.IDENTITY_CARD, PaperClass.IDENTITY_CARD_FRONT, PaperClass.IDENTITY_CARD_BACK})

TellGlance = Callable[[Glance], None]


class PagePipeline:
    """Reads pages with one engine."""

    def __init__(self, engine: OcrEngine, corrections: Corrections | None = None, today: dt.date | None = None) -> None:
        """Prepare.

        Args:
            engine: Reads print.
            corrections: What the clerks taught about classes.
            today: In Viet Nam; dates after it are doubted, when it is known.
        """
        self._engine = engine
        self._corrections = corrections
        self._today = today

    def read(self, request: ReadRequest, tell_glance: TellGlance = lambda _: None) -> PageReading:
        """Look at a page.

        Args:
            request: The page, and how to read it.
            tell_glance: Is told what the title says, when the request wants that.

        Raises:
            ScanningError: ``page-…``, see ``scanning.imaging.raster.decode``.
        """
        sheet, turn = _sheet(request.page, request.transforms)
        ink = ink_facts(sheet.color(_INK_DPI))
        if request.wants_glance and not ink.is_blank:
            tell_glance(self._glance(sheet.turned(turn), ink))
        if request.text is not None:
            sheet, text = sheet.turned(turn), request.text
        elif ink.is_blank:
            sheet, text = sheet.turned(turn), PageText((), sheet.view.width_px, sheet.view.height_px)
        elif request.transforms is not None:
            text = read_as_it_lies(sheet, self._engine)
        else:
            sheet, text = set_upright(sheet, self._engine, turn)
        return self._reading(sheet, ink, text)

    def _glance(self, sheet: SheetPlanes, ink: InkFacts) -> Glance:
        title = read_title(gray_plane(levelled(sheet).reading_plane(_CODES_DPI)), self._engine)
        guess = classify_title(title)
        return Glance(guess, ink.is_blank, _thumbnail(sheet))

    def _reading(self, sheet: SheetPlanes, ink: InkFacts, text: PageText) -> PageReading:
        codes = () if ink.is_blank else _codes(sheet, text)
        facts = PageFacts(
            picture_share=ink.picture_share,
            ink_coverage=ink.coverage,
            pen_share=0.0 if ink.is_blank else pen_share(sheet.color(_COLOR_DPI)),
            has_card_code=any(card_code(code) for code in codes),
        )
        guess = classify(text, facts, self._corrections)
        if guess.paper_class in _CARDS and not codes:
            # On a sheet that shows a small copy of a card the code is too fine to be seen at the first density.
            codes = _codes(sheet, text, is_expected=True)
        return PageReading(
            transforms=sheet.transforms,
            blank=ink.is_blank,
            text=text,
            suggestions=suggest(text),
            guess=guess,
            fields=extract(text, guess.paper_class, codes, self._today),
            codes=codes,
            quality=measure(sheet, ink.coverage),
            archive=archive_picture(sheet),
            thumbnail=_thumbnail(sheet),
        )


def _sheet(page: PageImage, transforms: tuple[Transform, ...] | None) -> tuple[SheetPlanes, float]:
    """Give the sheet of a picture, and the turn that the camera remembers."""
    picture = decode(page)
    if transforms is not None:
        return SheetPlanes(picture, transforms), 0.0
    found = find_sheets(picture)
    picture = replace(picture, dpi=found.dpi)
    cutouts = [sheet.cutout for sheet in found.sheets]
    # Two cards on one glass are read as they lie together.
    steps = tuple(cutouts) if len(cutouts) == 1 else ()
    return SheetPlanes(picture, steps), 90.0 * exif_quarter_turns(page.content) + _common_tilt(cutouts)


def _common_tilt(cutouts: Sequence[Cutout]) -> float:
    """Give the turn that levels several sheets which lie alike; their print is too little to say it."""
    if len(cutouts) < 2:
        return 0.0
    tilts = [tilt_degrees((cutout,)) for cutout in cutouts]
    return tilts[0] if max(tilts) - min(tilts) <= _ALIKE_DEGREES else 0.0


def _codes(sheet: SheetPlanes, text: PageText, *, is_expected: bool = False) -> tuple[PageCode, ...]:
    scale = text.width_px / sheet.view.width_px
    return read_codes(
        gray_plane(reduce(sheet.plane(READING_DPI), _CODES_DPI)),
        lambda: gray_plane(sheet.plane(_FINE_DPI)),
        box_dpi=sheet.dpi * scale,
    )


def _thumbnail(sheet: SheetPlanes) -> bytes:
    dpi = sheet.dpi * min(1.0, THUMBNAIL_WIDTH_PX / sheet.view.width_px)
    return encode_jpeg(reduce(sheet.color(max(dpi, min(_COLOR_DPI, sheet.dpi))), dpi), _THUMBNAIL_QUALITY)
