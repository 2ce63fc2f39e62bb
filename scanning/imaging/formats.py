# SPDX-License-Identifier: GPL-3.0-or-later
"""Picture files from anywhere: what their headers say, and their pixels only when the header promises a page.

Scanners send JPEG; people bring PNG, TIFF, BMP, WebP and phone JPEGs. The format is told by the first bytes, never
tried out, so that no other decoder of the library can be reached.
"""

from __future__ import annotations

import enum
import io
import logging
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from PIL import Image

from scanning.errors import ScanningError
from scanning.imaging._cv import cv2
from scanning.jpeg import JpegHeader, read_jpeg_header

Pixels = npt.NDArray[np.uint8]
"""Height x width (gray) or height x width x 3 (blue, green, red), 0 black to 255 white."""

# A3 at 600 dpi has 70 million pixels; anything beyond is a decompression bomb or a large-format plan for another door.
MAXIMUM_PIXELS: Final = 100_000_000
MAXIMUM_SIDE_PX: Final = 20_000

_MOST_FRAMES: Final = 2_000  # a feeder's whole day in one file; beyond that the chain is a trap
_ORIENTATION: Final = 0x0112
# Exif: what the camera's top edge is; mirrored ones (2, 4, 5, 7) no camera writes and no turn sets right.
_QUARTER_TURNS: Final = {3: 2, 6: 3, 8: 1}
_PHOTOMETRIC: Final = 262
_WHITE_IS_ZERO: Final = 0
_SIXTEEN_BITS: Final = "I;16"
_MODES: Final = frozenset({"1", "L", "LA", "P", "PA", "RGB", "RGBA", "RGBX", "CMYK", "YCbCr"})
_STRIP_ROWS: Final = 512
# The library reports damage to its log as well; whoever asks is told by a ScanningError.
logging.getLogger("PIL").setLevel(logging.CRITICAL)

# What the library raises on damaged bytes, found by fuzzing: it has no common class for it.
_DAMAGE: Final = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    AttributeError,
    EOFError,
    struct.error,
)


class PictureFormat(enum.Enum):
    """A format that is read; the value is the decoding library's name of it."""

    JPEG = "JPEG"
    PNG = "PNG"
    TIFF = "TIFF"
    BMP = "BMP"
    WEBP = "WEBP"


@dataclass(frozen=True, slots=True)
class PictureHeader:
    """What a picture file says of itself.

    Attributes:
        format: How it is packed.
        width_px: Width of the first frame, at least 1.
        height_px: Its height.
        stated_dpi: Density that the file states, across; ``None`` when it states none. Phones state 72 and mean
            nothing by it.
    """

    format: PictureFormat
    width_px: int
    height_px: int
    stated_dpi: float | None


def picture_format(content: bytes) -> PictureFormat:
    """Tell a format by its first bytes.

    Raises:
        ScanningError: ``page-format-unsupported``.
    """
    if content.startswith(b"\xff\xd8"):
        return PictureFormat.JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PictureFormat.PNG
    if content[:4] in (b"II*\x00", b"MM\x00*"):
        return PictureFormat.TIFF
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return PictureFormat.WEBP
    if content.startswith(b"BM"):
        return PictureFormat.BMP
    raise ScanningError("page-format-unsupported", reason="unknown-format")


def read_picture_header(content: bytes) -> PictureHeader:
    """Read the header of a picture without decoding a pixel.

    Raises:
        ScanningError: ``page-unreadable``, ``page-format-unsupported``, ``page-too-large``.
    """
    kind = picture_format(content)
    with _opened(content, kind) as image:
        density = image.info.get("dpi")
        stated = float(density[0]) if density else 0.0
        return PictureHeader(kind, image.width, image.height, stated if 1.0 <= stated <= 100_000.0 else None)


def frames(content: bytes) -> int:
    """Count the pages in a file: those of a TIFF, else 1.

    Raises:
        ScanningError: ``page-unreadable`` (also when the chain of pages bites its tail), ``page-format-unsupported``,
            ``page-too-large`` (more pages than anybody feeds).
    """
    if picture_format(content) is not PictureFormat.TIFF:
        return 1
    order = "<" if content.startswith(b"II") else ">"
    seen: set[int] = set()
    try:
        (offset,) = struct.unpack_from(f"{order}I", content, 4)
        while offset:
            if offset in seen:
                raise ScanningError("page-unreadable", reason="damaged")
            if len(seen) == _MOST_FRAMES:
                raise ScanningError("page-too-large", frames=f"over {_MOST_FRAMES}")
            seen.add(offset)
            (entries,) = struct.unpack_from(f"{order}H", content, offset)
            (offset,) = struct.unpack_from(f"{order}I", content, offset + 2 + 12 * entries)
    except struct.error:
        raise ScanningError("page-unreadable", reason="cut-off") from None
    if not seen:
        raise ScanningError("page-unreadable", reason="damaged")
    return len(seen)


def exif_quarter_turns(content: bytes) -> int:
    """Say how often a picture must be turned by 90° counter-clockwise to stand as the camera was held.

    Returns:
        0 to 3; 0 when the file does not say, and for TIFF, whose orientation is part of its decoding.

    Raises:
        ScanningError: As ``read_picture_header``.
    """
    kind = picture_format(content)
    if kind is PictureFormat.TIFF:
        return 0
    with _opened(content, kind) as image:
        try:
            return _QUARTER_TURNS.get(image.getexif().get(_ORIENTATION, 1), 0)
        except _DAMAGE:
            return 0


def decode_pixels(content: bytes) -> Pixels:
    """Decode the first frame to blue, green, red; what is transparent becomes white.

    Raises:
        ScanningError: ``page-unreadable``, ``page-format-unsupported`` (also floating point and 32-bit samples),
            ``page-too-large``.
    """
    kind = picture_format(content)
    if kind is PictureFormat.JPEG:
        header = _checked_jpeg(content)
        if header.channels != 4:
            return _decode_jpeg(content)
    with _opened(content, kind) as image:
        try:
            image.load()
            return _blue_green_red(image)
        except _DAMAGE:
            raise ScanningError("page-unreadable", reason="damaged") from None


@contextmanager
def _opened(content: bytes, kind: PictureFormat) -> Iterator[Image.Image]:
    """Open a picture of known format; its size is checked, its pixels are not decoded yet."""
    if kind is PictureFormat.JPEG:
        _checked_jpeg(content)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the library grumbles about damaged metadata; the size is judged below
        try:
            image = Image.open(io.BytesIO(content), formats=(kind.value,))
        except Image.DecompressionBombError:
            raise ScanningError("page-too-large", reason="pixels") from None
        except _DAMAGE:
            raise ScanningError("page-unreadable", reason="damaged") from None
        with image:
            _check_size(image.width, image.height)
            yield image


def _check_size(width: int, height: int) -> None:
    if width < 1 or height < 1:
        raise ScanningError("page-unreadable", reason="damaged")
    if width * height > MAXIMUM_PIXELS or max(width, height) > MAXIMUM_SIDE_PX:
        raise ScanningError("page-too-large", size=f"{width}x{height}")


def _checked_jpeg(content: bytes) -> JpegHeader:
    header = read_jpeg_header(content)
    _check_size(header.width_px, header.height_px)
    return header


def _decode_jpeg(content: bytes) -> Pixels:
    # The camera's own orientation mark is ignored: the transforms of a page are ours, beside the original bytes.
    flags = cv2.IMREAD_COLOR | cv2.IMREAD_IGNORE_ORIENTATION
    try:
        pixels = cv2.imdecode(np.frombuffer(content, np.uint8), flags)
    except cv2.error:
        pixels = None
    if pixels is None:
        raise ScanningError("page-unreadable", reason="damaged")
    return pixels.astype(np.uint8, copy=False)


def _blue_green_red(image: Image.Image) -> Pixels:
    """Convert a decoded picture, strip by strip: whole, the copies in between would take gigabytes."""
    if image.mode not in _MODES and not image.mode.startswith(_SIXTEEN_BITS):
        raise ScanningError("page-format-unsupported", reason=image.mode)
    # Inks of a JPEG and samples of 16 bits come as they are stored; the library turns round only what Adobe wrote.
    inverted = (image.format == "JPEG" and "adobe" not in image.info) or (
        getattr(image, "tag_v2", {}).get(_PHOTOMETRIC) == _WHITE_IS_ZERO
    )
    pixels = np.empty((image.height, image.width, 3), np.uint8)
    for top in range(0, image.height, _STRIP_ROWS):
        bottom = min(top + _STRIP_ROWS, image.height)
        pixels[top:bottom] = _strip(image.crop((0, top, image.width, bottom)), inverted=inverted)
    return pixels


def _strip(image: Image.Image, *, inverted: bool) -> npt.NDArray[np.uint8]:
    if image.mode.startswith(_SIXTEEN_BITS):
        high = (np.asarray(image).astype(np.uint16, copy=False) >> 8).astype(np.uint8)
        return (255 - high if inverted else high)[:, :, None]
    if image.mode == "CMYK":
        return _from_cmyk(np.asarray(image), inverted=inverted)
    if image.has_transparency_data:
        alpha = image.convert("RGBA")
        image = Image.new("RGB", image.size, (255, 255, 255))
        image.paste(alpha, mask=alpha.getchannel("A"))
    return np.asarray(image.convert("RGB"))[:, :, ::-1]


def _from_cmyk(samples: npt.NDArray[np.uint8], *, inverted: bool) -> npt.NDArray[np.uint8]:
    """Lay the four inks on white; no colour profile, for reading and looking at it is near enough."""
    missing = samples if inverted else 255 - samples
    black = np.ascontiguousarray(missing[:, :, 3])
    planes = [cv2.multiply(np.ascontiguousarray(missing[:, :, ink]), black, scale=1 / 255) for ink in (2, 1, 0)]
    return np.asarray(cv2.merge(planes), np.uint8)
