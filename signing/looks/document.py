# SPDX-License-Identifier: GPL-3.0-or-later
"""The document that a stamp is for: its pages, fields and text, as far as places are sought among them."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Final

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

from signing.errors import SigningError
from signing.looks.anchor import find_last
from signing.looks.free_place import coarse
from signing.looks.page_frame import PageFrame
from signing.looks.page_reading import ReadDocument
from signing.pdf_file import annotation_boxes, elements, entry, page_frame, rectangle, signature_fields
from signing.stamp import Box, enclosing

_PART_1: Final = re.compile(rb"pdfaid:part(>|=[\"'])\s*1\b")


@dataclass(frozen=True, slots=True)
class FoundField:
    """A signature field that can be seen.

    Attributes:
        name: Fully qualified.
        is_signed: Whether it holds a signature.
        page: Page index.
        box: Where it is on the page as it is seen.
        shows_text: Whether there is text in its appearance.
    """

    name: str
    is_signed: bool
    page: int
    box: Box
    shows_text: bool


class StampedDocument:
    """A document twice open: its objects with pyHanko, its text with PDFium."""

    def __init__(self, reader: PdfFileReader, text: ReadDocument) -> None:
        self._reader = reader
        self._text = text
        self.pages = int(reader.root["/Pages"]["/Count"])
        self.is_pdf_a_1 = _is_pdf_a_1(reader)
        self.frame = functools.cache(self._frame)
        self.text_boxes = functools.cache(self._text_boxes)
        self._letters = functools.cache(text.letters)

    def index(self, page: int) -> int:
        """Count a page from the start.

        Raises:
            SigningError: ``stamp-page-missing``.
        """
        if not -self.pages <= page < self.pages:
            raise SigningError("stamp-page-missing", page=str(page + 1), pages=str(self.pages))
        return page % self.pages

    def annotations(self, index: int) -> tuple[Box, ...]:
        """Where the annotations of a page are."""
        frame = self.frame(index)
        boxes = [frame.seen(box) for box in annotation_boxes(self._page(index))]
        return tuple(coarse(boxes, frame.area))

    def drawings(self, index: int) -> tuple[Box, ...]:
        """Where the drawings of a page are."""
        return self._text.drawing_boxes(index, self.frame(index))

    def ink(self, index: int) -> tuple[Box, ...]:
        """Where there may be text that nobody read: a page with drawings or pictures and without text."""
        frame = self.frame(index)
        return () if self.text_boxes(index) else self._text.ink_boxes(index, frame)

    def find(self, words: str, index: int, *, exact: bool) -> Box | None:
        """Find words on a page, the last time that it has them."""
        which = find_last(self._letters(index), words, exact=exact)
        boxes = self._text.letter_boxes(index, self.frame(index), which)
        return enclosing(boxes) if boxes else None

    def fields(self) -> tuple[FoundField, ...]:
        """The signature fields that can be seen, in the order of the form."""
        pages = self._pages_of_annotations()
        found = []
        for name, field, is_signed in signature_fields(self._reader):
            for widget in (field, *elements(field, "/Kids")):
                index = pages.get(_number(widget))
                box = rectangle(entry(widget, "/Rect"))
                if index is not None and box is not None:
                    found.append(FoundField(name, is_signed, index, self.frame(index).seen(box), _shows_text(widget)))
        return tuple(found)

    def _page(self, index: int) -> generic.DictionaryObject:
        reference, _ = self._reader.find_page_for_modification(index)  # type: ignore[no-untyped-call]  # pyHanko's gap
        page: generic.DictionaryObject = reference.get_object()
        return page

    def _frame(self, index: int) -> PageFrame:
        return page_frame(self._page(index))

    def _text_boxes(self, index: int) -> tuple[Box, ...]:
        frame = self.frame(index)
        return tuple(coarse(self._text.text_boxes(index, frame), frame.area))

    def _pages_of_annotations(self) -> dict[int | None, int]:
        numbers = (
            (_number(annotation), index)
            for index in range(self.pages)
            for annotation in elements(self._page(index), "/Annots")
        )
        return {number: index for number, index in numbers if number is not None}


def _is_pdf_a_1(reader: PdfFileReader) -> bool:
    metadata = entry(reader.root, "/Metadata")
    return isinstance(metadata, generic.StreamObject) and _PART_1.search(metadata.data) is not None


def _number(dictionary: generic.PdfObject) -> int | None:
    reference = dictionary.container_ref
    return reference.idnum if isinstance(reference, generic.Reference) else None


def _shows_text(widget: generic.DictionaryObject) -> bool:
    appearances = entry(widget, "/AP")
    normal = None if appearances is None else entry(appearances, "/N")
    return isinstance(normal, generic.DictionaryObject) and _has_font(normal, 0)


def _has_font(form: generic.DictionaryObject, depth: int) -> bool:
    resources = entry(form, "/Resources")
    if resources is None or depth > 8:
        return False
    if entry(resources, "/Font"):
        return True
    inner = entry(resources, "/XObject") or {}
    return any(_has_font(inner[name], depth + 1) for name in inner)
