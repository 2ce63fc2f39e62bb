# SPDX-License-Identifier: GPL-3.0-or-later
"""What the header of a JPEG says, read without decoding a single pixel."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from scanning.errors import ScanningError

# Start-of-frame markers (ITU-T T.81 table B.1). C4, C8 and CC share the range but mean something else.
_BASELINE_AND_PROGRESSIVE = frozenset({0xC0, 0xC1, 0xC2})
_PROGRESSIVE = 0xC2
_OTHER_FRAMES = frozenset({0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})
_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD8)})
_START_OF_SCAN = 0xDA
_END_OF_IMAGE = b"\xff\xd9"
_SCAN_BYTES = b"\xff\xda"
# A progressive picture is drawn over and over: about ten times in practice, but nothing forbids ten thousand.
_MOST_SCANS = 64
_MOST_PIXELS_DRAWN = 1_500_000_000


@dataclass(frozen=True, slots=True)
class JpegHeader:
    """Size and kind of a JPEG.

    Attributes:
        width_px: Width in pixels, at least 1.
        height_px: Height in pixels, at least 1.
        channels: 1 for gray, 3 for colour, 4 for the inks of a print shop.
    """

    width_px: int
    height_px: int
    channels: int


def read_jpeg_header(content: bytes) -> JpegHeader:
    """Read the frame header of a complete JPEG.

    Raises:
        ScanningError: ``page-unreadable`` (not a JPEG, cut off, or damaged before the picture starts);
            ``page-format-unsupported`` (lossless, arithmetic or 12-bit: no office scanner sends these);
            ``page-too-large`` (a small file that means hours of work).
    """
    if not content.startswith(b"\xff\xd8"):
        raise ScanningError("page-unreadable", reason="not-a-jpeg")
    header: JpegHeader | None = None
    progressive = False
    position = 2
    try:
        while True:
            marker, position = _next_marker(content, position)
            if marker in _WITHOUT_LENGTH:
                continue
            (length,) = struct.unpack_from(">H", content, position)
            if length < 2:
                raise ScanningError("page-unreadable", reason="damaged")
            if marker in _OTHER_FRAMES:
                raise ScanningError("page-format-unsupported", reason="jpeg-process")
            if marker in _BASELINE_AND_PROGRESSIVE:
                header = _frame_header(content, position)
                progressive = marker == _PROGRESSIVE
            if marker == _START_OF_SCAN:
                break
            position += length
    except (struct.error, IndexError):
        raise ScanningError("page-unreadable", reason="cut-off") from None
    if header is None:
        raise ScanningError("page-unreadable", reason="damaged")
    if content.find(_END_OF_IMAGE, position) < 0:
        raise ScanningError("page-unreadable", reason="cut-off")
    if progressive:
        scans = content.count(_SCAN_BYTES, position - 2)
        if scans > _MOST_SCANS or scans * header.width_px * header.height_px > _MOST_PIXELS_DRAWN:
            raise ScanningError("page-too-large", scans=str(scans))
    return header


def _next_marker(content: bytes, position: int) -> tuple[int, int]:
    if content[position] != 0xFF:
        raise ScanningError("page-unreadable", reason="damaged")
    while content[position] == 0xFF:  # any number of fill bytes may stand before a marker
        position += 1
    return content[position], position + 1


def _frame_header(content: bytes, position: int) -> JpegHeader:
    precision, height, width, channels = struct.unpack_from(">BHHB", content, position + 2)
    if precision != 8 or channels not in (1, 3, 4):
        raise ScanningError("page-format-unsupported", reason=f"{precision}-bit-{channels}-channels")
    if not width or not height:
        raise ScanningError("page-unreadable", reason="damaged")
    return JpegHeader(width, height, channels)
