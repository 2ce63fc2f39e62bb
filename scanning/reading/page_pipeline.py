# SPDX-License-Identifier: GPL-3.0-or-later
"""One page from original bytes to reading: the order of the steps, each of which lives in a room of its own."""

from __future__ import annotations

from functools import partial
from typing import Final

from scanning.classify.classifier import classify
from scanning.extract.extraction import extract
from scanning.imaging.ink import ink_coverage, is_blank
from scanning.imaging.light import even_light
from scanning.imaging.quality import measure
from scanning.imaging.raster import Raster, decode, encode_jpeg, reduce, rotate, stamp_proof_plane
from scanning.imaging.skew import skew_correction_degrees
from scanning.ocr.engine import GrayPlane, OcrEngine
from scanning.ocr.second_look import with_second_look, without_noise
from scanning.ocr.text import PageText
from scanning.page_image import PageImage
from scanning.page_reading import THUMBNAIL_WIDTH_PX, PageReading
from scanning.transforms import Rotation, total_degrees, upright_size

# Office print is read best at 200 dpi, and a third cheaper than at 300; doubtful lines win by a look at more pixels.
READING_DPI: Final = 200.0
_SMALL_PRINT_DPI: Final = 250.0
_SECOND_LOOKS_DPI: Final = (300.0, 250.0)
# Mean confidence: office print reaches 93 to 97, the print of an identity card 80, a page upside down 30 to 41.
_SMALL_PRINT: Final = 88.0
_WRONG_WAY_UP: Final = 60.0
_RIGHT_WAY_UP: Final = 75.0
_FEWEST_LETTERS: Final = 40
_TURNS: Final = (180.0, 90.0, 270.0)
_THUMBNAIL_QUALITY: Final = 75


def read_page(page: PageImage, engine: OcrEngine) -> PageReading:
    """Look at a page.

    Raises:
        ScanningError: ``page-…``, see ``scanning.imaging.raster.decode``.
    """
    picture = decode(page)
    coverage = ink_coverage(picture)
    plane = stamp_proof_plane(picture)
    quality = measure(reduce(plane, READING_DPI), coverage)
    blank = is_blank(coverage)
    transforms: tuple[Rotation, ...] = ()
    text = PageText((), picture.width_px, picture.height_px)
    if not blank:
        transforms, text = _Reader(even_light(plane), engine).read()
    guess = classify(text)
    degrees = total_degrees(transforms)
    return PageReading(
        transforms=transforms,
        blank=blank,
        text=text,
        guess=guess,
        fields=extract(text, guess.paper_class),
        quality=quality,
        thumbnail=_thumbnail(picture, degrees),
    )


class _Reader:
    """The attempts at one page."""

    def __init__(self, plane: Raster, engine: OcrEngine) -> None:
        self._plane = plane
        self._engine = engine

    def read(self) -> tuple[tuple[Rotation, ...], PageText]:
        """Find the way up and read."""
        turn, skew, text = self._right_way_up()
        if text.mean_confidence < _SMALL_PRINT and self._plane.dpi >= _SMALL_PRINT_DPI:
            again = self._engine.read(self._upright(_SMALL_PRINT_DPI, turn + skew))
            text = max(text, again, key=lambda reading: reading.mean_confidence)
        for dpi in _SECOND_LOOKS_DPI:
            if dpi <= self._plane.dpi:
                text = with_second_look(text, self._engine, partial(self._upright, dpi, turn + skew))
        transforms = tuple(Rotation(degrees) for degrees in (turn, skew) if degrees)
        return transforms, without_noise(text)

    def _right_way_up(self) -> tuple[float, float, PageText]:
        """Read as the page lies; turn it only when it makes no sense so, and only to where it clearly does."""
        skew, text = self._attempt(0.0)
        as_it_lies = 0.0, skew, text
        if not _looks_turned(text):
            return as_it_lies
        for turn in _TURNS:
            skew, text = self._attempt(turn)
            if text.mean_confidence >= _RIGHT_WAY_UP and not _looks_turned(text):
                return turn, skew, text
        return as_it_lies

    def _attempt(self, turn: float) -> tuple[float, PageText]:
        skew = skew_correction_degrees(rotate(reduce(self._plane, READING_DPI), turn))
        return skew, self._engine.read(self._upright(READING_DPI, turn + skew))

    def _upright(self, dpi: float, degrees: float) -> GrayPlane:
        raster = rotate(reduce(self._plane, dpi), degrees)
        return GrayPlane(raster.pixels.tobytes(), raster.width_px, raster.height_px, raster.dpi)


def _looks_turned(text: PageText) -> bool:
    """Say whether the letters make no sense, or stand on top of each other."""
    words = [word for word in text.words if len(word.text) >= 3]
    if sum(len(word.text) for word in words) < _FEWEST_LETTERS:
        return False
    standing = sum(word.box.height > word.box.width for word in words)
    return text.mean_confidence < _WRONG_WAY_UP or standing > len(words) / 2


def _thumbnail(picture: Raster, degrees: float) -> bytes:
    width, _ = upright_size(picture.width_px, picture.height_px, degrees)
    small = reduce(picture, picture.dpi * min(1.0, THUMBNAIL_WIDTH_PX / width))
    return encode_jpeg(rotate(small, degrees), _THUMBNAIL_QUALITY)
