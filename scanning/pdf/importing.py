# SPDX-License-Identifier: GPL-3.0-or-later
"""PDF files that people bring: judged, drawn page by page, and never altered.

A signed file, and one that brings its own text, stays byte for byte what it was: any other byte would break the
signature. What was read on its pages lies beside it. In a folder that a person named that is ``<name>.text.json``: a
JSON list with, for each page, the text as ``scanning.reading.wire`` writes it, or ``null``. Inside the product it is
the text of each page in the database, where the search finds it. Text is never put into the file itself.

Runs in a worker only: both libraries are native code, and the files are strangers'.
"""

from __future__ import annotations

import enum
import io
import math
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf
from PIL import Image, ImageChops

from scanning.errors import ScanningError
from scanning.imaging.formats import MAXIMUM_PIXELS, MAXIMUM_SIDE_PX
from scanning.ocr.text import PageText
from scanning.page_image import ColorMode, PageImage
from scanning.pdf.lone_picture import lone_picture
from scanning.pdf.own_text import own_text
from scanning.pdf.page_weight import check_weight

MOST_PAGES: Final = 500

_POINTS_PER_INCH: Final = 72.0
_SMALLEST_SIDE_POINTS: Final = 28.8  # as for pictures: a centimetre
_LARGEST_SIDE_POINTS: Final = 14_400  # ISO 32000-1 annex C
_COARSEST_DPI: Final = 100  # a plan that can only be drawn more coarsely is for another door
_JPEG_QUALITY: Final = 90
_GRAY_STEPS: Final = 6  # between the channels; anti-aliasing of the renderer stays below

_MOST_ANNOTATIONS: Final = 2_000
_DEEPEST_FIELD: Final = 16

_BYTE_RANGE: Final = re.compile(rb"/ByteRange\s*\[")
_APPEND_ONLY: Final = 2  # SigFlags, ISO 32000-1 table 219
# What the libraries raise on damaged files; they have no common class for it.
_DAMAGE: Final = (
    pikepdf.PikepdfError,
    pypdfium2.PdfiumError,
    RuntimeError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    NotImplementedError,
    OSError,
)


class ActiveContent(enum.Enum):
    """What a file could do or carry beside its pages; nothing of it is ever run here."""

    JAVASCRIPT = "javascript"
    LAUNCH = "launch"
    EMBEDDED_FILES = "embedded-files"


@dataclass(frozen=True, slots=True)
class BroughtFacts:
    """A brought PDF as a whole.

    Attributes:
        page_count: 1 to ``MOST_PAGES``.
        is_signed: Whether it carries digital signatures.
        active: What else it carries.
    """

    page_count: int
    is_signed: bool
    active: frozenset[ActiveContent]


@contextmanager
def open_document(content: bytes) -> Iterator[BroughtDocument]:
    """Open a PDF. One that anybody may look at and only owners may change is open enough.

    Args:
        content: The file.

    Raises:
        ScanningError: ``document-encrypted`` (asks for a password), ``document-unreadable`` (damaged, or no PDF),
            ``document-too-long``.
    """
    try:
        pdf = Pdf.open(io.BytesIO(content))
    except _DAMAGE as error:
        is_locked = isinstance(error, pikepdf.PasswordError) or "encrypt" in str(error)
        raise ScanningError("document-encrypted" if is_locked else "document-unreadable") from None
    with pdf:
        facts, drawn = _judged(pdf, content)
        try:
            yield BroughtDocument(drawn, pdf, facts)
        finally:
            drawn.close()


class BroughtDocument:
    """An open file; made by ``open_document``.

    Attributes:
        facts: What it is.
    """

    def __init__(self, drawn: pypdfium2.PdfDocument, pdf: Pdf, facts: BroughtFacts) -> None:
        self._drawn = drawn
        self._pdf = pdf
        self.facts = facts

    def render_page(self, index: int, dpi: int = 300) -> PageImage:
        """Give a page as a picture.

        A page that is one scanned JPEG is given as that JPEG, byte for byte and as dense as it is.

        Args:
            index: Which page, from 0.
            dpi: How dense to draw it; a very large page is drawn less densely.

        Raises:
            ScanningError: ``page-unreadable``, ``page-too-large``, ``page-too-small``.
        """
        with self._page(index) as (drawn, page):
            picture = lone_picture(drawn, page)
            if picture is None:
                return _drawn(drawn, dpi)
            if not picture.content:
                return _drawn(drawn, min(dpi, picture.dpi))
            with Image.open(io.BytesIO(picture.content)) as image:
                mode = ColorMode.GRAY if image.mode == "L" else ColorMode.COLOR
            return PageImage(picture.content, picture.width_px, picture.height_px, picture.dpi, mode)

    def page_text(self, index: int) -> PageText | None:
        """Give the text that the file itself has for a page, or ``None`` when its picture is to be read.

        Args:
            index: Which page, from 0.

        Raises:
            ScanningError: As ``render_page``.
        """
        with self._page(index) as (drawn, page):
            return None if _has_entries(page) else own_text(drawn)

    @contextmanager
    def _page(self, index: int) -> Iterator[tuple[pypdfium2.PdfPage, Page]]:
        try:
            page = self._pdf.pages[index]
            check_weight(page)
            _check_size(*self._drawn.get_page_size(index))
            drawn = self._drawn[index]
            try:
                yield drawn, page
            finally:
                drawn.close()
        except _DAMAGE:
            raise ScanningError("page-unreadable", reason="damaged") from None


def _judged(pdf: Pdf, content: bytes) -> tuple[BroughtFacts, pypdfium2.PdfDocument]:
    """Give the facts of a file and hand it to the renderer."""
    try:
        page_count = len(pdf.pages)
        if page_count > MOST_PAGES:
            raise ScanningError("document-too-long", pages=str(page_count), limit=str(MOST_PAGES))
        facts = BroughtFacts(page_count, _is_signed(pdf, content), _active(pdf))
        # Of a damaged file two readers make two different ones. The renderer shall see what was judged here.
        copy = io.BytesIO()
        pdf.save(copy, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
        drawn = pypdfium2.PdfDocument(copy.getvalue())
        if drawn.get_formtype() == pdfium.FORMTYPE_ACRO_FORM:
            drawn.init_forms()  # stamps of signatures and entries of forms are drawn by it
        if len(drawn) != page_count:
            raise ScanningError("document-unreadable", reason="damaged")
    except _DAMAGE:
        raise ScanningError("document-unreadable", reason="damaged") from None
    return facts, drawn


def _is_signed(pdf: Pdf, content: bytes) -> bool:
    """Say whether a signature is in the file: it names the bytes that it covers, always in the open."""
    form = pdf.Root.get(Name.AcroForm)
    flags = form.get(Name.SigFlags, 0) if isinstance(form, Dictionary) else 0
    is_append_only = isinstance(flags, int) and bool(flags & _APPEND_ONLY)
    return is_append_only or Name.Perms in pdf.Root or _BYTE_RANGE.search(content) is not None


def _active(pdf: Pdf) -> frozenset[ActiveContent]:
    found: set[ActiveContent] = set()
    names = pdf.Root.get(Name.Names)
    if isinstance(names, Dictionary):
        if Name.JavaScript in names:
            found.add(ActiveContent.JAVASCRIPT)
        if Name.EmbeddedFiles in names:
            found.add(ActiveContent.EMBEDDED_FILES)
    for holder in (pdf.Root, *(page.obj for page in pdf.pages)):
        _note_actions(holder, found)
        annotations = holder.get(Name.Annots)
        for annotation in list(annotations)[:_MOST_ANNOTATIONS] if isinstance(annotations, Array) else ():
            if isinstance(annotation, Dictionary):
                _note_actions(annotation, found)
                if annotation.get(Name.Subtype) == Name.FileAttachment:
                    found.add(ActiveContent.EMBEDDED_FILES)
    return frozenset(found)


def _note_actions(holder: Object, found: set[ActiveContent]) -> None:
    further = holder.get(Name.AA)
    actions = [holder.get(Name.OpenAction), holder.get(Name.A)]
    actions += further.values() if isinstance(further, Dictionary) else ()
    for action in actions:
        kind = action.get(Name.S) if isinstance(action, Dictionary) else None
        if kind == Name.JavaScript:
            found.add(ActiveContent.JAVASCRIPT)
        elif kind == Name.Launch:
            found.add(ActiveContent.LAUNCH)


def _check_size(width: float, height: float) -> None:
    size = f"{width:.0f}x{height:.0f} points"
    if not (math.isfinite(width) and math.isfinite(height)) or max(width, height) > _LARGEST_SIDE_POINTS:
        raise ScanningError("page-too-large", size=size)
    if min(width, height) < _SMALLEST_SIDE_POINTS:
        raise ScanningError("page-too-small", size=size)


def _has_entries(page: Page) -> bool:
    """Say whether annotations show words that the page's own text does not have; links and signatures have none."""
    annotations = page.obj.get(Name.Annots)
    for annotation in list(annotations)[:_MOST_ANNOTATIONS] if isinstance(annotations, Array) else ():
        if not isinstance(annotation, Dictionary):
            continue
        subtype = annotation.get(Name.Subtype)
        if subtype in (Name.FreeText, Name.Stamp, Name.Ink):
            return True
        if subtype == Name.Widget and _inherited(annotation, Name.FT) in (Name.Tx, Name.Ch):
            value = _inherited(annotation, Name.V)
            if value is not None and str(value).strip():
                return True
    return False


def _inherited(field: Object, key: Name) -> Object | None:
    for _ in range(_DEEPEST_FIELD):
        if key in field:
            return field[key]
        parent = field.get(Name.Parent)
        if not isinstance(parent, Dictionary):
            break
        field = parent
    return None


def _drawn(drawn: pypdfium2.PdfPage, dpi: int) -> PageImage:
    width, height = (side / _POINTS_PER_INCH for side in drawn.get_size())
    densest = min(math.sqrt(0.99 * MAXIMUM_PIXELS / (width * height)), 0.99 * MAXIMUM_SIDE_PX / max(width, height))
    if densest < min(dpi, _COARSEST_DPI):
        raise ScanningError("page-too-large", size=f"{width:.0f}x{height:.0f} inches")
    dpi = min(dpi, int(densest))
    picture: Image.Image = drawn.render(scale=dpi / _POINTS_PER_INCH, rev_byteorder=True).to_pil().convert("RGB")
    mode = ColorMode.COLOR
    if _is_gray(picture):
        picture, mode = picture.convert("L"), ColorMode.GRAY
    content = io.BytesIO()
    picture.save(content, "JPEG", quality=_JPEG_QUALITY, dpi=(dpi, dpi))
    return PageImage(content.getvalue(), picture.width, picture.height, dpi, mode)


def _is_gray(picture: Image.Image) -> bool:
    red, green, blue = picture.split()
    differences = (ImageChops.difference(green, other).histogram() for other in (red, blue))
    return all(sum(counts[_GRAY_STEPS + 1 :]) == 0 for counts in differences)
