# SPDX-License-Identifier: GPL-3.0-or-later
"""Scanned pages as a searchable PDF/A-2b (ISO 19005-2): the original pictures, byte for byte, under invisible text."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, Page, Pdf, Stream, String

from scanning.errors import ScanningError
from scanning.jpeg import read_jpeg_header
from scanning.ocr.text import PageText
from scanning.page_image import PageImage
from scanning.page_reading import PageReading
from scanning.pdf.color_profile import srgb_profile
from scanning.pdf.invisible_font import InvisibleFont
from scanning.pdf.metadata import info_dictionary, xmp_packet
from scanning.pdf.page_content import FONT_NAME, IMAGE_NAME, draw_image, draw_text
from scanning.transforms import upright_size

_POINTS_PER_INCH: Final = 72.0
_SRGB: Final = "sRGB IEC61966-2.1"
_COLOR_SPACES: Final = {1: Name.DeviceGray, 3: Name.DeviceRGB}


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """A page for the document.

    Attributes:
        image: The original picture.
        reading: What was read on it; without it, or when it has a fault, the page shows as scanned, without text.
    """

    image: PageImage
    reading: PageReading | None


def build_pdf(pages: Sequence[ScannedPage], title: str, created_at: dt.datetime) -> bytes:
    """Put pages into a document.

    Args:
        pages: At least one, in order.
        title: Shown by viewers in place of a file name.
        created_at: With time zone; it goes into the file. The same arguments give the same bytes.

    Raises:
        ScanningError: ``page-unreadable``, ``page-format-unsupported``, ``page-resolution-invalid``: a picture that
            cannot be embedded.
        ValueError: No pages, or a moment without time zone.
    """
    if not pages or created_at.utcoffset() is None:
        raise ValueError("a document needs pages and a moment with time zone")
    texts = [_text(page) for page in pages]
    words = [word.text for text in texts if text for word in text.words]
    pdf = Pdf.new()
    font = InvisibleFont(" ".join(words))
    embedded = font.embed(pdf) if words else None
    for page, text in zip(pages, texts, strict=True):
        _add_page(pdf, page, text, font, embedded)
    root = pdf.Root
    root.Lang = String("vi-VN")
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    root.OutputIntents = Array([_output_intent(pdf)])
    root.Metadata = pdf.make_indirect(Stream(pdf, xmp_packet(title, created_at), Type=Name.Metadata, Subtype=Name.XML))
    pdf.trailer.Info = info_dictionary(pdf, title, created_at)
    content = io.BytesIO()
    pdf.save(
        content,
        force_version="1.7",
        object_stream_mode=ObjectStreamMode.disable,
        fix_metadata_version=False,
        deterministic_id=True,
    )
    return content.getvalue()


def _text(page: ScannedPage) -> PageText | None:
    reading = page.reading
    return reading.text if reading and not reading.fault and reading.text.lines else None


def _add_page(pdf: Pdf, page: ScannedPage, text: PageText | None, font: InvisibleFont, embedded: Object | None) -> None:
    image = page.image
    header = read_jpeg_header(image.content)
    if image.dpi <= 0:
        raise ScanningError("page-resolution-invalid", dpi=str(image.dpi))
    scan = Stream(
        pdf,
        image.content,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=header.width_px,
        Height=header.height_px,
        BitsPerComponent=8,
        ColorSpace=_COLOR_SPACES[header.channels],
        Filter=Name.DCTDecode,
    )
    degrees = page.reading.rotation_degrees if page.reading else 0.0
    points = _POINTS_PER_INCH / image.dpi
    upright_width, upright_height = upright_size(header.width_px, header.height_px, degrees)
    page_size = round(upright_width * points, 2), round(upright_height * points, 2)
    content = draw_image((header.width_px * points, header.height_px * points), page_size, degrees)
    resources = Dictionary(XObject=Dictionary({IMAGE_NAME: pdf.make_indirect(scan)}))
    if text:
        content += "\n" + draw_text(text, page_size, font)
        resources.Font = Dictionary({FONT_NAME: embedded})
    pdf.pages.append(
        Page(
            Dictionary(
                Type=Name.Page,
                MediaBox=Array([0, 0, *page_size]),
                Resources=resources,
                Contents=pdf.make_indirect(Stream(pdf, content.encode("ascii"))),
            )
        )
    )


def _output_intent(pdf: Pdf) -> Object:
    profile = pdf.make_indirect(Stream(pdf, srgb_profile(), N=3))
    return pdf.make_indirect(
        Dictionary(
            Type=Name.OutputIntent,
            S=Name.GTS_PDFA1,
            OutputConditionIdentifier=String(_SRGB),
            Info=String(_SRGB),
            DestOutputProfile=profile,
        )
    )
