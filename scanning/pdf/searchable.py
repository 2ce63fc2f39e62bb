# SPDX-License-Identifier: GPL-3.0-or-later
"""Scanned pages as a searchable PDF/A-2b (ISO 19005-2): the archive pictures under invisible text."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, Page, Pdf, Stream, String

from scanning.errors import ScanningError
from scanning.jpeg import read_jpeg_header
from scanning.page_image import PageImage
from scanning.page_reading import ArchivePicture, PageReading
from scanning.pdf.color_profile import srgb_profile
from scanning.pdf.document_facts import NOTHING_KNOWN, DocumentFacts
from scanning.pdf.invisible_font import InvisibleFont
from scanning.pdf.metadata import info_dictionary, xmp_packet
from scanning.pdf.page_content import (
    BACKGROUND_NAME,
    FONT_NAME,
    ORIGINAL_NAME,
    PRINT_NAME,
    draw_layers,
    draw_nothing,
    draw_original,
    draw_text,
)
from scanning.transforms import upright_size

_POINTS_PER_INCH: Final = 72.0
_LARGEST_SIDE_POINTS: Final = 14_400  # ISO 19005-2, 6.1.13
_SMALLEST_SIDE_POINTS: Final = 3
_A4_POINTS: Final = (595.28, 841.89)
_SRGB: Final = "sRGB IEC61966-2.1"
_COLOR_SPACES: Final = {1: Name.DeviceGray, 3: Name.DeviceRGB}


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """A page for the document.

    Attributes:
        image: The original picture; ``None`` when the reading has an archive picture, or when nothing can be shown.
        reading: What was read on it. Without it, or when it has no archive picture, the page shows the original bytes,
            turned as the reading says, without text; without those too, a crossed-out sheet, so that no page is
            missing and none is taken for another.
    """

    image: PageImage | None
    reading: PageReading | None


def build_pdf(
    pages: Sequence[ScannedPage], title: str, created_at: dt.datetime, facts: DocumentFacts = NOTHING_KNOWN
) -> bytes:
    """Put pages into a document.

    Args:
        pages: At least one, in order.
        title: Shown by viewers in place of a file name.
        created_at: With time zone; it goes into the file. The same arguments give the same bytes.
        facts: What is known of the paper, for its metadata.

    Raises:
        ScanningError: ``page-unreadable``, ``page-format-unsupported``, ``page-resolution-invalid``: an original that
            has no archive picture and is no JPEG that can be embedded as it is.
        ValueError: No pages, or a moment without time zone.
    """
    if not pages or created_at.utcoffset() is None:
        raise ValueError("a document needs pages and a moment with time zone")
    words = [word.text for page in pages if _archive(page) and page.reading for word in page.reading.text.words]
    pdf = Pdf.new()
    font = InvisibleFont(" ".join(words))
    embedded = font.embed(pdf) if words else None
    for page in pages:
        archive = _archive(page)
        if archive and page.reading:
            _add_archive_page(pdf, archive, page.reading, font, embedded)
        elif page.image is not None:
            _add_original_page(pdf, page.image, page.reading)
        else:
            _add_page(pdf, _A4_POINTS, Dictionary(), draw_nothing(_A4_POINTS))
    root = pdf.Root
    root.Lang = String("vi-VN")
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    root.OutputIntents = Array([_output_intent(pdf)])
    packet = xmp_packet(title, created_at, facts)
    root.Metadata = pdf.make_indirect(Stream(pdf, packet, Type=Name.Metadata, Subtype=Name.XML))
    pdf.trailer.Info = info_dictionary(pdf, title, created_at, facts)
    content = io.BytesIO()
    pdf.save(
        content,
        force_version="1.7",
        object_stream_mode=ObjectStreamMode.disable,
        fix_metadata_version=False,
        deterministic_id=True,
    )
    return content.getvalue()


def _archive(page: ScannedPage) -> ArchivePicture | None:
    return page.reading.archive if page.reading and not page.reading.fault else None


def _add_archive_page(
    pdf: Pdf, archive: ArchivePicture, reading: PageReading, font: InvisibleFont, embedded: Object | None
) -> None:
    page_size = _page_size(archive.width_px, archive.height_px, archive.dpi)
    pictures = Dictionary({BACKGROUND_NAME: _jpeg(pdf, archive.background)})
    if archive.ink:
        pictures[PRINT_NAME] = _stencil(pdf, archive)
    content = draw_layers(page_size, archive.ink_color if archive.ink else None)
    resources = Dictionary(XObject=pictures)
    if reading.text.lines:
        content += "\n" + draw_text(reading.text, page_size, font)
        resources.Font = Dictionary({FONT_NAME: embedded})
    _add_page(pdf, page_size, resources, content)


def _add_original_page(pdf: Pdf, image: PageImage, reading: PageReading | None) -> None:
    header = read_jpeg_header(image.content)
    degrees = reading.rotation_degrees if reading else 0.0
    size = _page_size(header.width_px, header.height_px, image.dpi)
    page_size = _page_size(*upright_size(header.width_px, header.height_px, degrees), image.dpi)
    resources = Dictionary(XObject=Dictionary({ORIGINAL_NAME: _jpeg(pdf, image.content)}))
    _add_page(pdf, page_size, resources, draw_original(size, page_size, degrees))


def _page_size(width_px: int, height_px: int, dpi: int) -> tuple[float, float]:
    """Give the true size of the paper, in points."""
    if dpi <= 0:
        raise ScanningError("page-resolution-invalid", dpi=str(dpi))
    points = _POINTS_PER_INCH / dpi
    width, height = round(width_px * points, 2), round(height_px * points, 2)
    if min(width, height) < _SMALLEST_SIDE_POINTS or max(width, height) > _LARGEST_SIDE_POINTS:
        raise ScanningError("page-resolution-invalid", dpi=str(dpi))
    return width, height


def _jpeg(pdf: Pdf, content: bytes) -> Object:
    header = read_jpeg_header(content)
    if header.channels not in _COLOR_SPACES:
        raise ScanningError("page-format-unsupported", reason=f"{header.channels}-channels")
    return pdf.make_indirect(
        Stream(
            pdf,
            content,
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=header.width_px,
            Height=header.height_px,
            BitsPerComponent=8,
            ColorSpace=_COLOR_SPACES[header.channels],
            Filter=Name.DCTDecode,
        )
    )


def _stencil(pdf: Pdf, archive: ArchivePicture) -> Object:
    return pdf.make_indirect(
        Stream(
            pdf,
            archive.ink,
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=archive.width_px,
            Height=archive.height_px,
            ImageMask=True,
            BitsPerComponent=1,
            Decode=Array([1, 0]),  # paint where the bits are 1
            Filter=Name.CCITTFaxDecode,
            DecodeParms=Dictionary(K=-1, Columns=archive.width_px, Rows=archive.height_px, BlackIs1=True),
        )
    )


def _add_page(pdf: Pdf, page_size: tuple[float, float], resources: Dictionary, content: str) -> None:
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
