# SPDX-License-Identifier: GPL-3.0-or-later
"""What stands on a page and where: the text, also the unseen text of a scan, and the drawings."""

from __future__ import annotations

import contextlib
import ctypes
import functools
import threading
from collections.abc import Iterable, Iterator
from typing import Final

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium

from signing.errors import SigningError
from signing.looks.page_frame import PageFrame
from signing.stamp import Box

_MOST_LETTERS: Final = 200_000
_MOST_DRAWINGS: Final = 2_000
_BACKGROUND: Final = 0.5  # of the page: a scan, a frame around the page or a coloured ground, not a drawing on it
_INK_DPI: Final = 36
_CELL: Final = 3  # pixels, so 6 points: a stamp between two paragraphs still finds its place
_DARKER: Final = 48  # of 255 than the paper; less is dirt, or the print of the other side

_FLAT: Final = 1.0  # points: letters of a font without shapes
_SAME_WORD: Final = 0.5  # times the size of a letter: no farther apart

# PDFium is not made for two threads at once.
_ONE_AT_A_TIME = threading.Lock()


class ReadDocument:
    """An open document; boxes are on the page as it is seen."""

    def __init__(self, document: pypdfium2.PdfDocument, closing: contextlib.ExitStack) -> None:
        """Read pages when they are asked for; ``closing`` closes them."""
        self._document = document
        self._closing = closing
        self._page = functools.cache(self._open_page)
        self._text = functools.cache(self._open_text)

    def text_boxes(self, index: int, frame: PageFrame) -> tuple[Box, ...]:
        """Where there is text, in pieces of lines."""
        text = self._text(index)
        left, top, right, bottom = (ctypes.c_double() for _ in range(4))
        boxes = []
        for number in range(min(pdfium.FPDFText_CountRects(text, 0, -1), _MOST_LETTERS)):
            if pdfium.FPDFText_GetRect(text, number, left, top, right, bottom):
                boxes.append(Box(left.value, bottom.value, right.value, top.value))
        if any(min(box.width, box.height) < _FLAT for box in boxes):
            boxes = [*boxes, *_words(text)]
        area = frame.area
        return tuple(box for box in map(frame.seen, boxes) if box.overlaps(area))

    def drawing_boxes(self, index: int, frame: PageFrame) -> tuple[Box, ...]:
        """Where there are rules, frames and pictures, without those that lie under most of the page."""
        page = self._page(index)
        boxes = []
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        for number in range(min(pdfium.FPDFPage_CountObjects(page), _MOST_DRAWINGS)):
            item = pdfium.FPDFPage_GetObject(page, number)
            if pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_TEXT:
                continue
            if pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top):
                boxes.append(frame.seen(Box(left.value, bottom.value, right.value, top.value)))
        area = frame.area
        largest = _BACKGROUND * area.width * area.height
        return tuple(box for box in boxes if box.overlaps(area) and box.width * box.height < largest)

    def ink_boxes(self, index: int, frame: PageFrame) -> tuple[Box, ...]:
        """Where the page is darker than its ground, in pieces of rows: for scans whose text nobody read."""
        shown = (
            self._page(index)
            .render(scale=_INK_DPI / 72, grayscale=True, may_draw_forms=False, draw_annots=False)
            .to_numpy()
        )
        rows, columns = (size // _CELL for size in shown.shape[:2])
        cells = shown[: rows * _CELL, : columns * _CELL].reshape(rows, _CELL, columns, _CELL).min(axis=(1, 3))
        ground = float(np.median(shown))
        across, up = frame.area.width / columns, frame.area.height / rows
        boxes = []
        for row, dark in enumerate(cells < ground - _DARKER):
            edges = np.flatnonzero(np.diff(dark, prepend=False, append=False))
            for begins, ends in zip(edges[::2], edges[1::2], strict=True):
                top = frame.area.top - row * up
                boxes.append(Box(float(begins) * across, top - up, float(ends) * across, top))
        return tuple(boxes)

    def letters(self, index: int) -> str:
        """The text of a page in its reading order, one character for each that the page has."""
        text = self._text(index)
        codes = (pdfium.FPDFText_GetUnicode(text, number) for number in range(min(text.count_chars(), _MOST_LETTERS)))
        return "".join(chr(code) if 0 < code <= 0x10FFFF else "\ufffd" for code in codes)

    def letter_boxes(self, index: int, frame: PageFrame, which: Iterable[int]) -> tuple[Box, ...]:
        """Where some letters of a page stand."""
        text = self._text(index)
        boxes = (_letter_box(text, number) for number in which)
        return tuple(frame.seen(box) for box in boxes if box is not None)

    def _open_page(self, index: int) -> pypdfium2.PdfPage:
        page = self._document[index]
        self._closing.callback(page.close)
        return page

    def _open_text(self, index: int) -> pypdfium2.PdfTextPage:
        text = self._page(index).get_textpage()
        self._closing.callback(text.close)
        return text


def _letter_box(text: pypdfium2.PdfTextPage, number: int) -> Box | None:
    """Where a letter is drawn; for an unseen one where it would be."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    if not pdfium.FPDFText_GetCharBox(text, number, left, right, bottom, top):
        return None
    box = Box(left.value, bottom.value, right.value, top.value)
    return _line_box(text, number) if min(box.width, box.height) < _FLAT else box


def _line_box(text: pypdfium2.PdfTextPage, number: int) -> Box | None:
    """A letter's part of its line, however high the letter itself is."""
    edges = pdfium.FS_RECTF()
    if not pdfium.FPDFText_GetLooseCharBox(text, number, edges):
        return None
    box = Box(edges.left, edges.bottom, edges.right, edges.top)
    return box if min(box.width, box.height) >= _FLAT else None


def _words(text: pypdfium2.PdfTextPage) -> Iterator[Box]:
    """Where words are that nobody sees: the letters of their fonts have no height.

    There are thousands of letters on a page and this is on the way of every signature, so it counts in plain numbers.
    """
    loose_box, edges = pdfium.FPDFText_GetLooseCharBox, pdfium.FS_RECTF()
    where = ctypes.byref(edges)
    left = bottom = right = top = 0.0
    for number in range(min(text.count_chars(), _MOST_LETTERS)):
        if not loose_box(text.raw, number, where):
            continue
        x0, y0, x1, y1 = edges.left, edges.bottom, edges.right, edges.top
        if x1 - x0 < _FLAT or y1 - y0 < _FLAT:
            continue
        nearness = _SAME_WORD * max(x1 - x0, y1 - y0)
        beside = abs(y0 - bottom) < _FLAT and abs(y1 - top) < _FLAT and x0 < right + nearness and left < x1 + nearness
        above = abs(x0 - left) < _FLAT and abs(x1 - right) < _FLAT and y0 < top + nearness and bottom < y1 + nearness
        if beside or above:
            left, bottom, right, top = min(left, x0), min(bottom, y0), max(right, x1), max(top, y1)
            continue
        if right > left:
            yield Box(left, bottom, right, top)
        left, bottom, right, top = x0, y0, x1, y1
    if right > left:
        yield Box(left, bottom, right, top)


@contextlib.contextmanager
def reading(content: bytes) -> Iterator[ReadDocument]:
    """Open a document, one at a time.

    Raises:
        SigningError: ``stamp-page-unreadable``: nobody could say what a stamp would cover.
    """
    with _ONE_AT_A_TIME, contextlib.ExitStack() as closing:
        try:
            document = pypdfium2.PdfDocument(content)
            closing.callback(document.close)
            yield ReadDocument(document, closing)
        except (pypdfium2.PdfiumError, IndexError):
            raise SigningError("stamp-page-unreadable") from None
