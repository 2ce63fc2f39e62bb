# SPDX-License-Identifier: GPL-3.0-or-later
"""The pages of a document that ``searchable`` made, as pictures for the screen.

A page shows its archive picture, in two layers, or the original bytes of the scanner, turned; documents made before
there were archive pictures have only the latter. A signature adds to the end of a document and changes nothing before
it, so they are there in a signed one too. No native code but Pillow's and qpdf's: the documents are our own.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, Final, cast

from pikepdf import Dictionary, Name, Object, Page, Pdf, PdfImage, PikepdfError, Stream, parse_content_stream
from PIL import Image, ImageChops

from scanning.errors import ScanningError
from scanning.pdf.page_content import BACKGROUND_NAME, ORIGINAL_NAME, PRINT_NAME
from scanning.transforms import quarter_turns

_FINEST_DPI: Final = 200.0
_POINTS_PER_INCH: Final = 72.0
_JPEG_QUALITY: Final = 85
_PAPER: Final = (255, 255, 255)
_UPRIGHT_DEGREES: Final = 0.005  # less than a pixel over a page
# What a file that is not quite one of ours makes of the code below.
_FOREIGN: Final = (PikepdfError, OSError, SyntaxError, AttributeError, LookupError, TypeError, ValueError)


def page_picture(document: BinaryIO, number: int) -> bytes:
    """Give one page as it is seen, upright, reading little else of the document.

    Args:
        document: A PDF that can be sought in.
        number: Which page, from 0.

    Returns:
        A JPEG of at most 200 dpi; an original that lies upright in the document as it is, byte for byte.

    Raises:
        ScanningError: ``page-unreadable`` when there is no such page, or no scanned picture on it.
    """
    try:
        with _opened(document) as pdf:
            page = pdf.pages[number]
            pictures = _pictures(page)
            if BACKGROUND_NAME in pictures:
                return _layers(page, pictures)
            return _original(page, pictures[ORIGINAL_NAME])
    except _FOREIGN:
        raise ScanningError("page-unreadable") from None


def holds_pages(document: BinaryIO, count: int) -> bool:
    """Say whether a document shows so many pages, each with a picture of ours; none is decoded.

    Args:
        document: A PDF that can be sought in.
        count: How many pages the paper has.

    Raises:
        ScanningError: ``page-unreadable`` when it is no PDF.
    """
    try:
        with _opened(document) as pdf:
            return len(pdf.pages) == count and all(
                {BACKGROUND_NAME, ORIGINAL_NAME} & set(_pictures(page).keys()) for page in pdf.pages
            )
    except _FOREIGN:
        raise ScanningError("page-unreadable") from None


@contextmanager
def _opened(document: BinaryIO) -> Iterator[Pdf]:
    with Pdf.open(document) as pdf:
        yield pdf


def _pictures(page: Page) -> Object:
    resources = page.obj.get(Name.Resources, Dictionary())
    pictures: Object = resources.get(Name.XObject, Dictionary())
    return pictures


def _layers(page: Page, pictures: Object) -> bytes:
    """Compose background and print."""
    background = _decoded(pictures[BACKGROUND_NAME].read_raw_bytes())
    width, height = (round(float(side) / _POINTS_PER_INCH * _FINEST_DPI) for side in page.mediabox[2:])
    if PRINT_NAME not in pictures:
        return _encoded(background if background.width <= width else background.resize((width, height)), page)
    stencil = ImageChops.invert(PdfImage(cast("Stream", pictures[PRINT_NAME])).as_pil_image().convert("L"))
    picture = background.convert("RGB").resize((width, height), Image.Resampling.BILINEAR)
    picture.paste(_ink_color(page), mask=stencil.resize((width, height), Image.Resampling.BOX))
    return _encoded(picture, page)


def _ink_color(page: Page) -> tuple[int, int, int]:
    for instruction in parse_content_stream(page, "rg"):
        red, green, blue = (round(float(share) * 255) for share in instruction.operands)
        return red, green, blue
    raise ScanningError("page-unreadable")


def _original(page: Page, picture: Object) -> bytes:
    """Turn the original as the page draws it."""
    content: bytes = picture.read_raw_bytes()
    matrix = next(iter(parse_content_stream(page, "cm"))).operands
    degrees = math.degrees(math.atan2(float(matrix[1]), float(matrix[0])))
    if abs(degrees) < _UPRIGHT_DEGREES:
        return content
    image = _decoded(content)
    across = math.hypot(float(matrix[0]), float(matrix[1])) / _POINTS_PER_INCH
    if image.width > across * _FINEST_DPI:
        size = round(across * _FINEST_DPI), round(image.height * across * _FINEST_DPI / image.width)
        image = image.resize(size, Image.Resampling.BOX)
    turns = quarter_turns(degrees)
    if turns:
        image = image.transpose(
            (Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_270)[turns - 1]
        )
    rest = (degrees - 90.0 * turns + 180.0) % 360.0 - 180.0
    paper = _PAPER if image.mode == "RGB" else _PAPER[0]
    return _encoded(image.rotate(rest, Image.Resampling.BICUBIC, fillcolor=paper), page)


def _decoded(content: bytes) -> Image.Image:
    with Image.open(io.BytesIO(content), formats=("JPEG",)) as image:
        image.load()
        return image.copy()


def _encoded(picture: Image.Image, page: Page) -> bytes:
    dpi = round(picture.width / (float(page.mediabox[2]) / _POINTS_PER_INCH))
    content = io.BytesIO()
    picture.save(content, "JPEG", quality=_JPEG_QUALITY, dpi=(dpi, dpi))
    return content.getvalue()
