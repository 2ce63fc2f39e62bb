# SPDX-License-Identifier: GPL-3.0-or-later
"""The text that a page of a brought PDF has of its own, where it can be trusted more than reading its picture.

That is so for documents that a program wrote. It is not for scans with somebody's text layer, for fonts that name
their letters wrongly (TCVN3 and VNI documents extract as ``Céng hßa``), and for forms whose entries lie beside the
text.
"""

from __future__ import annotations

import ctypes
import unicodedata
from typing import Final

import pypdfium2
import pypdfium2.raw as pdfium

from scanning.ocr.text import Box, Line, PageText, Word, enclosing

TEXT_DPI: Final = 200
"""Density of the plane that the boxes lie on, as for pages that are read."""

_POINTS_PER_INCH: Final = 72.0
_FEWEST_LETTERS: Final = 40  # a page whose print was turned into outlines keeps a page number at most
_MOST_LETTERS: Final = 100_000
_MOST_OBJECTS: Final = 50_000
_DEEPEST_FORM: Final = 8
_PICTURE_SHARE: Final = 0.5  # of the page; letterheads and stamps are smaller, scans larger
_WRONG_LETTERS: Final = 0.01
_WORDS_WITH_VOWEL: Final = 0.6  # Vietnamese has one in every syllable; abbreviations and codes have none
_CERTAIN: Final = 100.0
_DIVISION: Final = 0x02  # how the library marks a word divided at the end of a line
_UNKNOWN: Final = "\ufffd"
_VOWELS: Final = "aăâeêioôơuưy"
_TONES: Final = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_VOWELS_WITH_TONES: Final = frozenset(
    unicodedata.normalize("NFC", vowel + tone) for vowel in _VOWELS for tone in _TONES
)
# What official text is made of. Hardly a letter of the old encodings is among it.
_EXPECTED: Final = _VOWELS_WITH_TONES | frozenset(
    "bcdđfghjklmnpqrstvwxz0123456789.,;:!?'\"()[]{}<>/\\|-–—_+*=%&@#^~°²³…“”‘’«»§•×≤≥☐☑☒✓→−№€₫$\u00ad"
)


def own_text(page: pypdfium2.PdfPage) -> PageText | None:
    """Give the text of a page; ``None`` when its picture should be read instead."""
    if _is_picture(page):
        return None
    text_page = page.get_textpage()
    try:
        count = text_page.count_chars()
        if not _FEWEST_LETTERS <= count <= _MOST_LETTERS:
            return None
        text = _text(page, text_page, count)
    finally:
        text_page.close()
    return text if _is_sane(text) else None


def _is_picture(page: pypdfium2.PdfPage) -> bool:
    """Say whether pictures cover the page, or whether it is too crowded to tell."""
    count = pdfium.FPDFPage_CountObjects(page)
    if count > _MOST_OBJECTS:
        return True
    width, height = page.get_size()
    covered = 0.0
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for index in range(count):
        item = pdfium.FPDFPage_GetObject(page, index)
        if _holds_picture(item, 0) and pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top):
            covered += max(0.0, right.value - left.value) * max(0.0, top.value - bottom.value)
    return bool(covered > _PICTURE_SHARE * width * height)


def _holds_picture(item: object, depth: int) -> bool:
    kind = pdfium.FPDFPageObj_GetType(item)
    if kind != pdfium.FPDF_PAGEOBJ_FORM:
        return bool(kind == pdfium.FPDF_PAGEOBJ_IMAGE)
    inside = range(min(pdfium.FPDFFormObj_CountObjects(item), _MOST_OBJECTS))
    return depth == _DEEPEST_FORM or any(
        _holds_picture(pdfium.FPDFFormObj_GetObject(item, index), depth + 1) for index in inside
    )


def _text(page: pypdfium2.PdfPage, text_page: pypdfium2.PdfTextPage, count: int) -> PageText:
    width, height = (max(1, round(side / _POINTS_PER_INCH * TEXT_DPI)) for side in page.get_size())
    lines: list[list[Word]] = [[]]
    letters: list[tuple[str, Box]] = []

    def end_word() -> None:
        text = unicodedata.normalize("NFC", "".join(letter for letter, _ in letters))
        if text:
            lines[-1].append(Word(text, enclosing(box for _, box in letters), _CERTAIN))
        letters.clear()

    for index in range(count):
        letter = _letter(pdfium.FPDFText_GetUnicode(text_page, index))
        if not letter.isspace():
            box = _box(page, text_page, index, width, height)
            if box is not None:
                letters.append((letter, box))
            continue
        end_word()
        if letter == "\n":
            lines.append([])
    end_word()
    return PageText(tuple(Line(tuple(words)) for words in lines if words), width, height)


def _letter(code: int) -> str:
    if code == _DIVISION:
        return "-"
    letter = chr(code) if 0 < code <= 0x10FFFF else _UNKNOWN
    return letter if letter.isprintable() or letter.isspace() else _UNKNOWN


def _box(page: pypdfium2.PdfPage, text_page: pypdfium2.PdfTextPage, index: int, width: int, height: int) -> Box | None:
    """Give where a letter stands; ``None`` for one that is not on the page."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    if not pdfium.FPDFText_GetCharBox(text_page, index, left, right, bottom, top):
        return None
    across, down = ctypes.c_int(), ctypes.c_int()
    corners = []
    for x, y in ((left.value, top.value), (right.value, bottom.value)):
        if not pdfium.FPDF_PageToDevice(page, 0, 0, width, height, 0, x, y, across, down):
            return None
        corners.append((across.value, down.value))
    (x0, y0), (x1, y1) = corners
    x0, x1, y0, y1 = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
    if x1 < 0 or y1 < 0 or x0 >= width or y0 >= height:
        return None
    return Box(max(0, x0), max(0, y0), max(1, min(x1, width) - max(0, x0)), max(1, min(y1, height) - max(0, y0)))


def _is_sane(text: PageText) -> bool:
    letters = "".join(word.text for word in text.words).lower()
    if sum(letter.isalpha() for letter in letters) < _FEWEST_LETTERS:
        return False
    wrong = sum(letter not in _EXPECTED for letter in letters)
    spelled = [word.text.lower() for word in text.words if len(word.text) > 1 and word.text.isalpha()]
    with_vowel = sum(not _VOWELS_WITH_TONES.isdisjoint(word) for word in spelled)
    return wrong <= _WRONG_LETTERS * len(letters) and with_vowel >= _WORDS_WITH_VOWEL * len(spelled)
