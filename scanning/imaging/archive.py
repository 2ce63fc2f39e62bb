# SPDX-License-Identifier: GPL-3.0-or-later
"""The page for the archive in two layers: black print as sharp bits, and below it everything else as a soft JPEG.

Print is what people and courts read, so it keeps every dot of the scan; no shape is ever taken for another one, as
coders that collect symbols do. The layer below needs few bytes once the print is out of it: where print was it goes on
as its surroundings do, and the grain of the paper is smoothed. Whatever the bits do not hold stays in the JPEG.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from PIL import Image, TiffImagePlugin

from scanning.imaging._cv import cv2
from scanning.imaging.formats import Pixels
from scanning.imaging.raster import Raster, darkest_plane, reduce, stamp_proof_plane
from scanning.imaging.sheet_planes import SheetPlanes
from scanning.imaging.upright import upright
from scanning.page_reading import ArchivePicture

Color: TypeAlias = tuple[float, float, float]

_FINEST_PRINT_DPI: Final = 300
_COARSEST_PRINT_DPI: Final = 200
# Nghị định 30/2020 asks for 200 dpi; there letters of 2 mm in a seal are as clear as on the paper.
_BACKGROUND_DPI: Final = 200.0

# Identity cards and photographs by themselves: print of 5 points on fine lines is torn by any cut between layers, and
# whole as a JPEG they need no more room than a page of print.
_CARD_SQUARE_INCHES: Final = 30.0
_CARD: Final = ((300.0, 85), (300.0, 70), (200.0, 60))

# Paper around print, as in ``scanning.imaging.light``.
_PAPER_DPI: Final = 75.0
_PAPER_WINDOW_PX: Final = 11
_PAPER_SMOOTHING_PX: Final = 9

# Shares of the paper's brightness. A mark is all that is faintly dark and hangs together; one that is hardly dark
# (pencil, a worn ribbon, gray rules, shades of a photocopied card) looks worse in bits than in the JPEG.
_FAINT: Final = 0.74
_DARK: Final = 0.60
_SURELY_DARK: Final = 0.48
# A pixel counts as brighter by so much for each step between its channels. Black print under a red seal has a fifth of
# the seal's colour and passes; where blue ink crosses the seal, nothing does. Blue costs more still: dark blue pens
# are common and black print on blue is not.
_COLOR_PENALTY: Final = 1.2
_BLUE_PENALTY: Final = 1.5
# Steps between the channels from which a pixel beside print belongs to a seal or a pen and is not erased with it.
_COLORED: Final = 32
_MARKS_DPI: Final = 150.0  # marks are told apart nearly as at 300, in a quarter of the time
_SMALLEST_MARK_PX: Final = 5
_FEWEST_SURE_PX: Final = 2
_LEAST_DARK_SHARE: Final = 0.70  # small thin print loses its hairlines in bits
_LEAST_PRINT_SHARE: Final = 0.20  # of all that is faintly dark; less is what a worn ribbon printed by chance

# A picture: most of a quarter of an inch is neither paper nor print nor as strongly coloured as seals and pens are.
_TONE_DPI: Final = 100.0
_TONE: Final = 0.80
_VIVID: Final = 0.42
_TONE_WINDOW_PX: Final = 25
_TONE_SHARE: Final = 0.45
_MARK_IN_PICTURE: Final = 0.30
_LARGE_PAPER_DPI: Final = 25.0
_LARGE_PAPER_WINDOW_PX: Final = 61  # wider than a passport photograph
# With more of the page than this in pictures, bits would only tear it apart.
_PICTURE_PAGE: Final = 0.35

# Above this share of print, of 255, a pixel of the background has too little left of itself.
_MOST_PRINT: Final = 195
_FILLING_DPI: Final = 50.0
_FILLING_REACH: Final = (5, 5)
_SMOOTHING_DPI: Final = 50.0
_SMOOTHING_CLOSE_PX: Final = 9
_SMOOTHING_WINDOW_PX: Final = 15
_OTHER_THAN_PAPER: Final = 16
_PAPER_LEFT: Final = 16
_GRAIN: Final = 4.0  # times the median deviation
_LEAST_GRAIN: Final = 3.0
_MOST_GRAIN: Final = 6.0  # lines of security printing differ by more

_TINT: Final = 8
_PEN_COLOR: Final = 20
_COLORED_SHARE: Final = 0.0002  # an initial in blue ink covers 0.0004 of A4

# The document's text, fonts and frame take 12 to 25 KB of the 150 and 400.
_TEXT_PAGE_BYTES: Final = 125_000
_COLOR_PAGE_BYTES: Final = 375_000
_A4_SQUARE_INCHES: Final = 8.27 * 11.69
# Density and quality, best first; the last is the floor at which a seal's small letters are still read.
_BESIDE_PRINT: Final = ((200.0, 60), (200.0, 45))
_GRAY_BESIDE_PRINT: Final = ((150.0, 60), (150.0, 45), (100.0, 45))
_FLOOR: Final = ((150.0, 50), (100.0, 50))
_PRINT_AND_ALL: Final = (200.0, 75)

_STRIP_OFFSETS: Final = 273  # TIFF 6.0, section 8
_STRIP_BYTE_COUNTS: Final = 279


def archive_picture(sheet: SheetPlanes) -> ArchivePicture:
    """Make the layers of a page.

    Args:
        sheet: The sheet, set upright.
    """
    dpi = float(min(max(round(sheet.dpi), _COARSEST_PRINT_DPI), _FINEST_PRINT_DPI))
    if sheet.view.width_px * sheet.view.height_px < _CARD_SQUARE_INCHES * sheet.dpi**2:
        return _card(sheet, dpi)
    page = _Page.of(sheet.color(min(_BACKGROUND_DPI, sheet.dpi)))
    score = _print_score(sheet.picture, sheet.stamp_proof().pixels)
    # Sharper ways to warp round a letter's edges up and down: read again, the bits had an eighth more errors.
    print_bits = _print_of(page, upright(score, sheet.view, dpi, is_soft=True))
    height, width = print_bits.shape
    has_print = bool(print_bits.any())
    ink = _group_4(print_bits) if has_print else b""
    ink_color, background = (0.0, 0.0, 0.0), page.raster
    if has_print:
        print_share = _resized(print_bits, page.raster)
        ink_color = _mean_color(page.raster, print_share)
        background = _without_print(page, print_share, ink_color)
    blue, green, red = ink_color
    return ArchivePicture(
        width_px=width,
        height_px=height,
        dpi=round(dpi),
        background=_encoded(_smoothed(background), len(ink), has_print=has_print),
        ink=ink,
        ink_color=(round(red), round(green), round(blue)),
    )


@dataclass(frozen=True, slots=True)
class _Page:
    """What the soft layer is made from, and the planes that several steps need.

    Attributes:
        raster: In colour.
        brightest: Brightest channel of each pixel.
        darkest: Its darkest.
        colorfulness: Steps between the two.
    """

    raster: Raster
    brightest: Pixels
    darkest: Pixels
    colorfulness: Pixels

    @classmethod
    def of(cls, raster: Raster) -> _Page:
        brightest, darkest = stamp_proof_plane(raster).pixels, darkest_plane(raster).pixels
        return cls(raster, brightest, darkest, _pixels(cv2.subtract(brightest, darkest)))

    def plane(self, pixels: Pixels, dpi: float) -> Raster:
        """Reduce one of the planes."""
        return reduce(Raster(pixels, self.raster.dpi), dpi)


def _card(sheet: SheetPlanes, dpi: float) -> ArchivePicture:
    whole = sheet.color(dpi)
    content = _fitting(sheet.color(min(dpi, sheet.dpi)), 0, [(_TEXT_PAGE_BYTES, *step) for step in _CARD])
    return ArchivePicture(whole.width_px, whole.height_px, round(dpi), content, b"")


def _print_score(raster: Raster, brightest: Pixels) -> Raster:
    """Tell for each pixel how far it is from black, colour counted as brightness."""
    blue, green, red = cv2.split(raster.pixels)
    colorfulness = cv2.subtract(brightest, cv2.min(cv2.min(blue, green), red))
    score = cv2.addWeighted(brightest, 1.0, colorfulness, _COLOR_PENALTY, 0)
    return Raster(_pixels(cv2.addWeighted(score, 1.0, cv2.subtract(blue, red), _BLUE_PENALTY, 0)), raster.dpi)


def _print_of(page: _Page, score: Raster) -> Pixels:
    """Find black print: 255 where it is, at the density of the score."""
    window = cv2.getStructuringElement(cv2.MORPH_RECT, (_PAPER_WINDOW_PX, _PAPER_WINDOW_PX))
    survey = page.plane(page.brightest, _PAPER_DPI).pixels
    paper = cv2.blur(cv2.morphologyEx(survey, cv2.MORPH_CLOSE, window), (_PAPER_SMOOTHING_PX, _PAPER_SMOOTHING_PX))
    faint, dark, surely_dark = (
        _pixels(cv2.compare(score.pixels, _resized(cv2.convertScaleAbs(paper, alpha=share), score), cv2.CMP_LT))
        for share in (_FAINT, _DARK, _SURELY_DARK)
    )
    pictures = _pictures(page, Raster(dark, score.dpi))
    if np.count_nonzero(pictures) > _PICTURE_PAGE * pictures.size:
        return np.zeros_like(dark)
    return _marks(Raster(faint, score.dpi), dark, surely_dark, pictures)


def _pictures(page: _Page, dark: Raster) -> Pixels:
    """Find photographs and dark areas, coarsely: 255 where they are."""
    darkest, brightest = page.plane(page.darkest, _TONE_DPI), page.plane(page.brightest, _TONE_DPI).pixels
    window = np.ones((_LARGE_PAPER_WINDOW_PX, _LARGE_PAPER_WINDOW_PX), np.uint8)
    paper = cv2.morphologyEx(reduce(darkest, _LARGE_PAPER_DPI).pixels, cv2.MORPH_CLOSE, window)
    limit = cv2.convertScaleAbs(_resized(paper, darkest), alpha=_TONE)
    vivid = cv2.compare(
        cv2.subtract(brightest, darkest.pixels), cv2.convertScaleAbs(brightest, alpha=_VIVID), cv2.CMP_GT
    )
    near_print = cv2.dilate(_resized(reduce(dark, _TONE_DPI).pixels, darkest), np.ones((3, 3), np.uint8))
    far = _at_most(near_print, 0)
    tone = cv2.bitwise_and(cv2.bitwise_and(cv2.compare(darkest.pixels, limit, cv2.CMP_LT), far), cv2.bitwise_not(vivid))
    reach = (_TONE_WINDOW_PX, _TONE_WINDOW_PX)
    sparse = _at_most(cv2.blur(tone, reach), 255 * _TONE_SHARE)
    return _pixels(cv2.dilate(cv2.bitwise_not(sparse), np.ones(reach, np.uint8)))


def _marks(faint: Raster, dark: Pixels, surely_dark: Pixels, pictures: Pixels) -> Pixels:
    """Give the dark pixels of the marks that are print as a whole, so that none is torn between the layers."""
    shares = [reduce(Raster(plane, faint.dpi), _MARKS_DPI) for plane in (faint.pixels, dark, surely_dark)]
    seen = _above(shares[0].pixels, 0)
    count, labels = cv2.connectedComponentsWithAlgorithm(seen, 8, cv2.CV_32S, cv2.CCL_GRANA)
    inside = np.flatnonzero(seen > 0)
    label = np.asarray(labels).reshape(-1)[inside]
    lost = cv2.bitwise_and(shares[1].pixels, _resized(pictures, shares[1], cv2.INTER_NEAREST))
    one = 255.0 * seen.size / faint.pixels.size
    area, is_dark, is_sure, is_lost = (
        np.bincount(label, _pixels(plane).reshape(-1)[inside], count) / one
        for plane in (*(share.pixels for share in shares), lost)
    )
    kept = (
        (is_dark >= np.maximum(_SMALLEST_MARK_PX, _LEAST_DARK_SHARE * area))
        & (is_sure >= _FEWEST_SURE_PX)
        & (is_lost <= _MARK_IN_PICTURE * is_dark)
    )
    if is_dark[kept].sum() < _LEAST_PRINT_SHARE * area.sum():
        return np.zeros_like(dark)
    marks = np.zeros_like(seen)
    marks.reshape(-1)[inside] = np.where(kept, 255, 0).astype(np.uint8)[label]
    return _pixels(cv2.bitwise_and(dark, _resized(marks, faint, cv2.INTER_NEAREST)))


def _mean_color(raster: Raster, print_share: Pixels) -> Color:
    """Give the colour of the print's inside, blue first."""
    inside = _pixels(cv2.erode(print_share, np.ones((3, 3), np.uint8)))
    inside = inside if inside.any() else print_share
    blue, green, red, _ = cv2.mean(raster.pixels, _above(inside, float(inside.max()) - 1))
    return blue, green, red


def _without_print(page: _Page, print_share: Pixels, ink_color: Color) -> Raster:
    """Take print out of the page; its place is filled from what lies around it."""
    touched = cv2.dilate(_above(print_share, 0), np.ones((3, 3), np.uint8))
    gray = _at_most(page.colorfulness, _COLORED)
    filled = cv2.bitwise_or(cv2.bitwise_and(touched, gray), _above(print_share, _MOST_PRINT))
    clean = _pixels(cv2.bitwise_not(touched))
    left = reduce(Raster(_pixels(cv2.copyTo(page.raster.pixels, clean)), page.raster.dpi), _FILLING_DPI).pixels
    share = cv2.blur(page.plane(clean, _FILLING_DPI).pixels, _FILLING_REACH)
    around = cv2.divide(cv2.blur(left, _FILLING_REACH), _in_color(share), scale=255)
    pixels = page.raster.pixels.copy()
    _unmix(pixels, cv2.bitwise_and(print_share, cv2.bitwise_not(filled)), ink_color)
    return Raster(_pixels(cv2.copyTo(_resized(around, page.raster), filled, pixels)), page.raster.dpi)


def _unmix(pixels: Pixels, print_share: object, ink_color: Color) -> None:
    """Take off the print's part where the scanner mixed it with a seal or a pen."""
    shares = _pixels(print_share).reshape(-1)
    mixed = np.flatnonzero(shares)
    share = shares[mixed, None].astype(np.float32) / 255
    dots = pixels.reshape(-1, 3)
    dots[mixed] = np.clip((dots[mixed] - share * np.array(ink_color, np.float32)) / (1 - share), 0, 255)


def _smoothed(background: Raster) -> Raster:
    """Put even paper in place of paper that differs from it by no more than grain does."""
    near = reduce(background, _SMOOTHING_DPI).pixels
    closed = cv2.morphologyEx(near, cv2.MORPH_CLOSE, np.ones((_SMOOTHING_CLOSE_PX, _SMOOTHING_CLOSE_PX), np.uint8))
    plain = _at_most(_largest(cv2.absdiff(near, closed)), _OTHER_THAN_PAPER)
    plain = _pixels(cv2.erode(plain, np.ones((3, 3), np.uint8)))
    reach = (_SMOOTHING_WINDOW_PX, _SMOOTHING_WINDOW_PX)
    share = cv2.blur(plain, reach)
    paper = cv2.divide(cv2.blur(cv2.bitwise_and(near, _in_color(plain)), reach), _in_color(share), scale=255)
    cv2.copyTo(closed, _at_most(share, _PAPER_LEFT), paper)
    paper = _resized(paper, background)
    away = _largest(cv2.absdiff(cv2.blur(background.pixels, (3, 3)), paper))
    grain = min(max(_GRAIN * float(np.median(away[::4, ::4])), _LEAST_GRAIN), _MOST_GRAIN)
    even = cv2.erode(_at_most(away, grain), np.ones((3, 3), np.uint8))
    return Raster(_pixels(cv2.copyTo(paper, even, background.pixels.copy())), background.dpi)


def _encoded(background: Raster, ink_bytes: int, *, has_print: bool) -> bytes:
    """Encode as well as the size allows."""
    is_colored = _is_colored(background)
    if not is_colored:
        background = Raster(_pixels(cv2.cvtColor(background.pixels, cv2.COLOR_BGR2GRAY)), background.dpi)
    steps = [(_COLOR_PAGE_BYTES, *step) for step in (*_BESIDE_PRINT, *_FLOOR)]
    if has_print:
        beside_print = _BESIDE_PRINT if is_colored else _BESIDE_PRINT + _GRAY_BESIDE_PRINT
        steps = [(_TEXT_PAGE_BYTES, *step) for step in beside_print] + steps
    else:
        steps.insert(0, (_COLOR_PAGE_BYTES, *_PRINT_AND_ALL))
    return _fitting(background, ink_bytes, steps)


def _fitting(background: Raster, ink_bytes: int, steps: Sequence[tuple[int, float, int]]) -> bytes:
    """Give the first JPEG that fits: bytes for the layers of an A4 page, density, quality; else the last."""
    room = max(1.0, _square_inches(background) / _A4_SQUARE_INCHES)
    content = b""
    for limit, dpi, quality in steps:
        content = _jpeg(reduce(background, dpi), quality)
        if len(content) + ink_bytes <= limit * room:
            break
    return content


def _square_inches(raster: Raster) -> float:
    return raster.width_px * raster.height_px / raster.dpi**2


def _is_colored(background: Raster) -> bool:
    small = reduce(background, _TONE_DPI)
    colorfulness = _pixels(cv2.subtract(stamp_proof_plane(small).pixels, darkest_plane(small).pixels))
    colored = int(np.count_nonzero(colorfulness > _PEN_COLOR))
    return float(np.median(colorfulness)) > _TINT or colored > _COLORED_SHARE * colorfulness.size


def _jpeg(raster: Raster, quality: int) -> bytes:
    # Of an even background, tables made for it take half the bytes of the standard ones.
    done, content = cv2.imencode(
        ".jpg", raster.pixels, [cv2.IMWRITE_JPEG_QUALITY, quality, cv2.IMWRITE_JPEG_OPTIMIZE, 1]
    )
    if not done:
        raise ValueError("picture cannot be encoded")
    return bytes(content)


def _group_4(print_bits: Pixels) -> bytes:
    """Encode bits by ITU-T T.6, print as black."""
    height, width = print_bits.shape
    packed = np.packbits(print_bits, axis=1)
    file = io.BytesIO()
    Image.frombytes("1", (width, height), packed.tobytes()).save(
        file, "TIFF", compression="group4", strip_size=packed.size
    )
    file.seek(0)
    with TiffImagePlugin.TiffImageFile(file) as tiff:
        (start,), (length,) = tiff.tag_v2[_STRIP_OFFSETS], tiff.tag_v2[_STRIP_BYTE_COUNTS]
    return file.getvalue()[start : start + length]


def _resized(plane: object, like: Raster, method: int = cv2.INTER_LINEAR) -> Pixels:
    return _pixels(cv2.resize(_pixels(plane), (like.width_px, like.height_px), interpolation=method))


def _in_color(plane: object) -> Pixels:
    return _pixels(cv2.merge([_pixels(plane)] * 3))


def _largest(picture: object) -> Pixels:
    blue, green, red = cv2.split(_pixels(picture))
    return _pixels(cv2.max(cv2.max(blue, green), red))


def _at_most(plane: object, most: float) -> Pixels:
    """Give 255 where a plane does not exceed a brightness."""
    return _pixels(cv2.threshold(_pixels(plane), most, 255, cv2.THRESH_BINARY_INV)[1])


def _above(plane: object, least: float) -> Pixels:
    """Give 255 where a plane exceeds a brightness."""
    return _pixels(cv2.threshold(_pixels(plane), least, 255, cv2.THRESH_BINARY)[1])


def _pixels(picture: object) -> Pixels:
    return np.asarray(picture, np.uint8)
