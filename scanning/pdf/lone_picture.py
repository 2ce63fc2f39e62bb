# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages of a brought PDF that are one picture and nothing else, as scanners and phones write them.

Such a picture is better taken as it lies in the file than drawn anew: no loss, and its true density is known.
"""

from __future__ import annotations

import io
import math
from dataclasses import dataclass, field
from typing import Final

import pypdfium2
import pypdfium2.raw as pdfium
from pikepdf import Array, Dictionary, Name, Object, Page, Stream
from PIL import Image

from scanning.errors import ScanningError
from scanning.jpeg import read_jpeg_header

_POINTS_PER_INCH: Final = 72.0
_OFF: Final = 0.01  # of a side; programs round, and scanners cut a line
_MOST_TEXTS: Final = 20_000
_PLAUSIBLE_DPI: Final = range(50, 1201)
_PLAIN_COLORS: Final = ("/DeviceRGB", "/DeviceGray", "/CalRGB", "/CalGray", "/ICCBased")
_ORIENTATION: Final = 0x0112


@dataclass(frozen=True, slots=True)
class LonePicture:
    """The picture that a page is.

    Attributes:
        width_px: Its width.
        height_px: Its height.
        dpi: How dense it lies on the page.
        content: The JPEG as it lies in the file; empty when it is packed otherwise and has to be drawn. Hidden from
            ``repr``.
    """

    width_px: int
    height_px: int
    dpi: int
    content: bytes = field(repr=False)


def lone_picture(drawn: pypdfium2.PdfPage, page: Page) -> LonePicture | None:
    """Give the picture when it lies upright over the whole page with nothing visible beside it.

    Args:
        drawn: The page as the renderer sees it.
        page: The same page as objects.
    """
    picture = _stream(page)
    if picture is None or "/Annots" in page.obj or not _covers(drawn):
        return None
    width, height = int(picture.Width), int(picture.Height)
    page_width, page_height = drawn.get_size()
    across, down = width * _POINTS_PER_INCH / page_width, height * _POINTS_PER_INCH / page_height
    dpi = round(across)
    if not math.isclose(across, down, rel_tol=2 * _OFF) or dpi not in _PLAUSIBLE_DPI:
        return None
    return LonePicture(width, height, dpi, _plain_jpeg(picture, width, height))


def _stream(page: Page) -> Stream | None:
    things = page.resources.get(Name.XObject)
    if not isinstance(things, Dictionary) or len(things) != 1:
        return None
    (thing,) = things.values()
    if not isinstance(thing, Stream) or thing.get(Name.Subtype) != Name.Image:
        return None
    return thing if min(int(thing[Name.Width]), int(thing[Name.Height])) > 0 else None


def _covers(drawn: pypdfium2.PdfPage) -> bool:
    """Say whether one picture, upright, is all that is seen; text that is not painted does not count."""
    count = pdfium.FPDFPage_CountObjects(drawn)
    if drawn.get_rotation() or not 1 <= count <= _MOST_TEXTS:
        return False
    found = None
    for index in range(count):
        item = pdfium.FPDFPage_GetObject(drawn, index)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE and found is None:
            found = item
        elif (
            kind != pdfium.FPDF_PAGEOBJ_TEXT
            or pdfium.FPDFTextObj_GetTextRenderMode(item) != pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
        ):
            return False
    matrix = pdfium.FS_MATRIX()
    if found is None or not pdfium.FPDFPageObj_GetMatrix(found, matrix):
        return False
    left, bottom, right, top = drawn.get_bbox()
    width, height = right - left, top - bottom
    return bool(
        abs(matrix.b) <= _OFF * height
        and abs(matrix.c) <= _OFF * width
        and abs(matrix.e - left) <= _OFF * width
        and abs(matrix.f - bottom) <= _OFF * height
        and abs(matrix.e + matrix.a - right) <= _OFF * width
        and abs(matrix.f + matrix.d - top) <= _OFF * height
    )


def _plain_jpeg(picture: Stream, width: int, height: int) -> bytes:
    """Give the bytes of a JPEG that means the same outside of the file as inside, else nothing."""
    packing = picture.get(Name.Filter)
    if isinstance(packing, Array) and len(packing) == 1:
        packing = packing[0]
    if packing != Name.DCTDecode or {"/DecodeParms", "/Decode", "/SMask", "/Mask", "/ImageMask"} & set(picture.keys()):
        return b""
    if not _has_plain_color(picture.get(Name.ColorSpace)):
        return b""
    content = picture.read_raw_bytes()
    try:
        header = read_jpeg_header(content)
    except ScanningError:
        return b""
    is_itself = (header.width_px, header.height_px) == (width, height) and header.channels in (1, 3)
    return content if is_itself and not _is_turned_outside(content) else b""


def _has_plain_color(space: Object | None) -> bool:
    if isinstance(space, Array) and len(space):
        space = space[0]
    return str(space) in _PLAIN_COLORS


def _is_turned_outside(content: bytes) -> bool:
    """Say whether the camera's mark, which counts for nothing inside a PDF, would turn the picture."""
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG",)) as image:
            return bool(image.getexif().get(_ORIENTATION, 1) != 1)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return True
