# SPDX-License-Identifier: GPL-3.0-or-later
"""The decoded page: pixels in, pixels out, with their density."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from scanning.errors import ScanningError
from scanning.imaging._cv import cv2
from scanning.imaging.formats import Pixels, decode_pixels, read_picture_header
from scanning.page_image import PageImage

MINIMUM_DPI: Final = 50
MAXIMUM_DPI: Final = 1200
MINIMUM_SIDE_INCHES: Final = 0.4

_NEAR_DOTS: Final = 1.51  # 300 dpi to 200, and what rounding adds

# Of the paper's brightness: dark and purple pads come out at 0.55 to 0.67, bright ones at 0.76 to 0.93.
_BRIGHT_RED: Final = 0.8
_DARK_RED: Final = 0.72
_PAPER_PERCENTILE: Final = 80
_RED: Final = 60
_STRONG: Final = 0.75
_LEAST_RED: Final = 0.0003  # of the page: a seal covers 0.01
_SAMPLE_STEP: Final = 4
_PALEST_COLOR: Final = 45
_LIFT: Final = np.clip(1.2 * (np.arange(256) - _PALEST_COLOR), 0, 255).astype(np.uint8)

Plane = npt.NDArray[np.integer[Any] | np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Raster:
    """Pixels and how dense they lie.

    Attributes:
        pixels: Gray or colour.
        dpi: Dots per inch, both directions.
    """

    pixels: Pixels
    dpi: float

    @property
    def width_px(self) -> int:
        """Width in pixels."""
        return int(self.pixels.shape[1])

    @property
    def height_px(self) -> int:
        """Height in pixels."""
        return int(self.pixels.shape[0])


def decode(page: PageImage) -> Raster:
    """Decode a page to colour, whatever its colour mode is.

    Raises:
        ScanningError: ``page-unreadable``, ``page-format-unsupported``, ``page-resolution-invalid`` (the stated dpi
            cannot be true), ``page-too-small`` (a side under a centimetre), ``page-too-large``;
            see ``scanning.imaging.formats``.
    """
    if not MINIMUM_DPI <= page.dpi <= MAXIMUM_DPI:
        raise ScanningError("page-resolution-invalid", dpi=str(page.dpi))
    header = read_picture_header(page.content)
    if min(header.width_px, header.height_px) < page.dpi * MINIMUM_SIDE_INCHES:
        raise ScanningError("page-too-small", size=f"{header.width_px}x{header.height_px}")
    return Raster(decode_pixels(page.content), float(page.dpi))


def stamp_proof_plane(raster: Raster) -> Raster:
    """Take the brightest channel of every pixel: red seals and blue ink fade, black print stays.

    On pages with a red seal over the signature the reading errors fell from 2.97 % (gray) to 0.01 %. A seal of dark red
    or purple ink has no bright channel. Where there is one, strong colours are lifted as far as bright red is: of pages
    with further such seals over the print 3.0 % of the words were lost instead of 13.3 %. They are lifted no further,
    so that what is printed in red can still be read.
    """
    blue, green, red = cv2.split(raster.pixels)
    brightest = cv2.max(cv2.max(blue, green), red)
    paper = float(np.percentile(brightest[::_SAMPLE_STEP, ::_SAMPLE_STEP], _PAPER_PERCENTILE))
    if not _has_dark_seal(blue, green, red, paper):
        return Raster(np.asarray(brightest, np.uint8), raster.dpi)
    color = cv2.subtract(brightest, cv2.min(cv2.min(blue, green), red))
    lifted = np.minimum(cv2.add(brightest, cv2.LUT(color, _LIFT)), np.uint8(_BRIGHT_RED * paper))
    return Raster(np.asarray(cv2.max(brightest, lifted), np.uint8), raster.dpi)


def _has_dark_seal(blue: Plane, green: Plane, red: Plane, paper: float) -> bool:
    blue, green, red = (plane[::_SAMPLE_STEP, ::_SAMPLE_STEP] for plane in (blue, green, red))
    color = cv2.subtract(red, cv2.min(blue, green))
    reddish = (color > _RED) & (red >= blue)
    if reddish.mean() < _LEAST_RED:
        return False
    # The strongest colours are the pad's own; the others are its edges, where paper or print shows.
    strong = color[reddish] > _STRONG * np.percentile(color[reddish], 95)
    return float(np.median(red[reddish][strong])) < _DARK_RED * paper


def darkest_plane(raster: Raster) -> Raster:
    """Take the darkest channel of every pixel: ink of any colour counts, also a lone red seal."""
    blue, green, red = cv2.split(raster.pixels)
    return Raster(np.asarray(cv2.min(cv2.min(blue, green), red), np.uint8), raster.dpi)


def reduce(raster: Raster, dpi: float) -> Raster:
    """Average down to a lower resolution; a page that is not finer than ``dpi`` is returned as it is."""
    if raster.dpi <= dpi:
        return raster
    factor = dpi / raster.dpi
    width, height = (max(1, round(raster.width_px * factor)), max(1, round(raster.height_px * factor)))
    pixels = raster.pixels
    # Halving is five times as fast as any other way of averaging, also when another step follows.
    while pixels.shape[1] + 1 >= 2 * width and pixels.shape[0] + 1 >= 2 * height:
        pixels = _halved(pixels, max(width, pixels.shape[1] // 2), max(height, pixels.shape[0] // 2))
    if pixels.shape[:2] != (height, width):
        # Two by two of such near dots, the weights are nearly those of the area: in a seventh of the time.
        near = max(pixels.shape[1] / width, pixels.shape[0] / height) <= _NEAR_DOTS
        method = cv2.INTER_LINEAR if near else cv2.INTER_AREA
        pixels = np.asarray(cv2.resize(pixels, (width, height), interpolation=method), np.uint8)
    return Raster(pixels, dpi)


def _halved(pixels: Pixels, width: int, height: int) -> Pixels:
    below, beside = (max(0, 2 * side - had) for side, had in zip((height, width), pixels.shape, strict=False))
    if below or beside:
        pixels = np.asarray(cv2.copyMakeBorder(pixels, 0, below, 0, beside, cv2.BORDER_REPLICATE), np.uint8)
    even = pixels[: 2 * height, : 2 * width]
    return np.asarray(cv2.resize(even, (width, height), interpolation=cv2.INTER_AREA), np.uint8)


def encode_jpeg(raster: Raster, quality: int) -> bytes:
    """Encode as JPEG.

    Args:
        raster: The picture.
        quality: 1 (worst) to 100.
    """
    done, content = cv2.imencode(".jpg", raster.pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not done:
        raise ValueError("picture cannot be encoded")
    return bytes(content)
