# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads QR and bar codes off a page: everything at low density first, a dense code again where it was seen.

The code of an identity card has 49 to 57 modules on 15 to 20 mm, under two pixels each at 150 dpi: there the reader
sees that a code is there but not what it says. Reading the whole page at 300 dpi takes five to fifteen times as long,
so only the place is looked at again.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import Final

import numpy as np
import zxingcpp

from scanning.codes import PageCode
from scanning.ocr.engine import GrayPlane
from scanning.ocr.text import Box, enclosing

# What offices and post print; more kinds of bars are sooner found in ornaments than on papers.
_FORMATS: Final[Mapping[zxingcpp.BarcodeFormat, str]] = {
    zxingcpp.BarcodeFormat.QRCode: "qr",
    zxingcpp.BarcodeFormat.DataMatrix: "data-matrix",
    zxingcpp.BarcodeFormat.PDF417: "pdf-417",
    zxingcpp.BarcodeFormat.Code128: "code-128",
    zxingcpp.BarcodeFormat.Code39: "code-39",
    zxingcpp.BarcodeFormat.EAN13: "ean-13",
}
_ALL: Final = zxingcpp.barcode_formats_from_str(",".join(each.name for each in _FORMATS))
_QR: Final = zxingcpp.BarcodeFormat.QRCode
_ONLY_QR: Final = zxingcpp.barcode_formats_from_str(_QR.name)
_CARD_MM: Final = (95.0, 65.0)  # an identity card is 85.6 x 54 mm; its cutout may have a margin
_SHORTEST_TEXT: Final = 4  # shorter ones were bars found in rules and letters
_SMALLEST_MM: Final = 6.0
_LEAST_DARK: Final = 0.3  # a QR code's modules are balanced to 0.4 and more, ornaments reach 0.23
_QUIET_ZONE: Final = 0.3  # of the side, around a code that is looked at again


def read_codes(
    plane: GrayPlane,
    finer: Callable[[], GrayPlane] | None = None,
    *,
    box_dpi: float | None = None,
    is_expected: bool = False,
) -> tuple[PageCode, ...]:
    """Read the codes of a page.

    Args:
        plane: The upright page, at some 150 dpi; without stamps (``stamp_proof_plane``) codes under a seal are read.
        finer: Gives the same page with more pixels; asked only when a code was seen that is too dense for ``plane``,
            or on a card without any.
        box_dpi: Density of the pixels that boxes are given in; that of ``plane`` by default.
        is_expected: Whether the page should have a code, as the print of an identity card on a larger sheet says.

    Returns:
        From top to bottom, each text once.
    """
    clear, unclear = _read(plane)
    if finer is not None and unclear:
        dense = finer()
        for place in unclear:
            clear.extend(_read_place(dense, place, plane.dpi))
    elif finer is not None and not clear and (is_expected or _is_card(plane)):
        dense = finer()
        clear.extend(_scaled(code, plane.dpi / dense.dpi) for code in _read(dense)[0])
    scale = (box_dpi or plane.dpi) / plane.dpi
    once = {(code.symbology, code.text): code for code in clear}
    return tuple(sorted((_scaled(code, scale) for code in once.values()), key=lambda code: code.box.top))


def _read(plane: GrayPlane) -> tuple[list[PageCode], list[Box]]:
    """Give the codes, and the places of QR codes that are seen and not understood."""
    clear: list[PageCode] = []
    unclear: list[Box] = []
    for barcode in zxingcpp.read_barcodes(_pixels(plane), formats=_ALL, return_errors=True, try_invert=False):
        box = _box(barcode, plane)
        if barcode.valid and barcode.format in _FORMATS:
            text = _text(barcode)
            if len(text) >= _SHORTEST_TEXT:
                clear.append(PageCode(_FORMATS[barcode.format], text, box))
        elif barcode.format == _QR and _is_like_a_code(box, plane):
            unclear.append(box)
    return clear, [box for box in unclear if not any(_overlap(box, code.box) for code in clear)]


def _is_like_a_code(box: Box, plane: GrayPlane) -> bool:
    """Tell a code from the scrolls of a frame, in which the reader sees dozens of them."""
    if min(box.width, box.height) < _SMALLEST_MM / 25.4 * plane.dpi:
        return False
    dots = np.frombuffer(plane.crop(box).pixels, np.uint8)
    return float((dots < (int(dots.min()) + int(dots.max())) / 2).mean()) >= _LEAST_DARK


def _read_place(dense: GrayPlane, place: Box, dpi: float) -> Iterator[PageCode]:
    margin = round(_QUIET_ZONE * max(place.width, place.height))
    scale = dense.dpi / dpi
    left, top = (max(0, round((edge - margin) * scale)) for edge in (place.left, place.top))
    right = min(dense.width_px, round((place.right + margin) * scale))
    bottom = min(dense.height_px, round((place.bottom + margin) * scale))
    piece = dense.crop(Box(left, top, right - left, bottom - top))
    for binarizer in (zxingcpp.Binarizer.LocalAverage, zxingcpp.Binarizer.GlobalHistogram):
        found = zxingcpp.read_barcodes(_pixels(piece), formats=_ONLY_QR, binarizer=binarizer)
        for barcode in found:
            box = _box(barcode, piece)
            on_page = Box(box.left + left, box.top + top, box.width, box.height)
            yield _scaled(PageCode("qr", _text(barcode), on_page), 1 / scale)
        if found:
            return


def _pixels(plane: GrayPlane) -> memoryview:
    return memoryview(plane.pixels).cast("B", (plane.height_px, plane.width_px))


def _box(barcode: zxingcpp.Barcode, plane: GrayPlane) -> Box:
    place = barcode.position
    corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    points = [
        Box(min(max(0, each.x), plane.width_px - 1), min(max(0, each.y), plane.height_px - 1), 1, 1) for each in corners
    ]
    return enclosing(points)


def _text(barcode: zxingcpp.Barcode) -> str:
    """Give the text of a code; no code names its character set, nearly all are UTF-8."""
    try:
        text = bytes(barcode.bytes).decode("utf-8")
    except UnicodeDecodeError:
        text = str(barcode.text)
    return unicodedata.normalize("NFC", repaired(text))


def repaired(text: str) -> str:
    """Undo the work of a program that took UTF-8 for a Western character set: ``LÃŠ`` is ``LÊ``."""
    content = bytearray()
    for letter in text:
        try:
            content += letter.encode("cp1252")
        except UnicodeEncodeError:
            if ord(letter) > 0xFF:
                return text
            content.append(ord(letter))  # five bytes have no letter in cp1252 and stay as they are
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return text


def _is_card(plane: GrayPlane) -> bool:
    sides = sorted((plane.width_px / plane.dpi * 25.4, plane.height_px / plane.dpi * 25.4), reverse=True)
    return sides[0] <= _CARD_MM[0] and sides[1] <= _CARD_MM[1]


def _overlap(one: Box, other: Box) -> bool:
    across = one.left < other.right and other.left < one.right
    return across and one.top < other.bottom and other.top < one.bottom


def _scaled(code: PageCode, scale: float) -> PageCode:
    box = code.box
    left, top, right, bottom = (round(edge * scale) for edge in (box.left, box.top, box.right, box.bottom))
    return PageCode(code.symbology, code.text, Box(left, top, max(1, right - left), max(1, bottom - top)))
