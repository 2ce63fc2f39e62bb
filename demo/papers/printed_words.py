# SPDX-License-Identifier: GPL-3.0-or-later
"""What a perfect engine would read on a made-up page: every printed word with its place, without making a picture."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

import pypdfium2
import pypdfium2.raw as pdfium

from demo.papers import press
from demo.papers.plan import PagePlan
from demo.papers.press import Setting
from demo.sheets import pdfium_lock
from scanning.ocr.text import Box, Line, PageText, Word

_DPI: Final = 200
_BELIEF: Final = 95.0
_NARROW_GAP: Final = 0.35  # of the letters' height: more parts two words
# The font's height reaches above and below the letters; an engine's box does not.
_ABOVE: Final = 0.18
_LETTERS: Final = 0.68
_SAME_LINE: Final = 0.5
_LINE_END_HYPHENS: Final = "\x02\ufffe"


def printed_words(plan: PagePlan, setting: Setting) -> PageText:
    """Set a page and give its printed words at 200 dpi, lines from left to right over the whole page."""
    pdf = press.typeset(plan, setting, press.Layer.TEXT)
    with pdfium_lock:
        document = pypdfium2.PdfDocument(pdf)
        try:
            page = document[0]
            width, height = page.get_size()
            words = list(_words(page.get_textpage(), height))
        finally:
            document.close()
    return PageText(tuple(_lines(words)), round(width * _DPI / 72), round(height * _DPI / 72))


def _words(text: pypdfium2.PdfTextPage, page_height: float) -> Iterator[Word]:
    letters = ""
    left = top = right = bottom = 0.0
    for index in range(text.count_chars()):
        letter = chr(pdfium.FPDFText_GetUnicode(text.raw, index))
        x1, y1, x2, y2 = text.get_charbox(index, loose=True)
        y1, y2 = page_height - y2, page_height - y1
        height = bottom - top
        apart = x1 - right > _NARROW_GAP * height or x1 < right - _NARROW_GAP * 2 * height
        if letters and (letter.isspace() or apart or abs(y1 + y2 - top - bottom) > height):
            yield _word(letters, left, top, right, bottom)
            letters = ""
        if letter.isspace() or letter == "\x00":
            continue
        if not letters:
            left, top, right, bottom = x1, y1, x2, y2
        letters += "-" if letter in _LINE_END_HYPHENS else letter
        top, right, bottom = min(top, y1), max(right, x2), max(bottom, y2)
    if letters:
        yield _word(letters, left, top, right, bottom)


def _word(letters: str, left: float, top: float, right: float, bottom: float) -> Word:
    scale, height = _DPI / 72, bottom - top
    box = Box(
        round(left * scale),
        round((top + _ABOVE * height) * scale),
        max(1, round((right - left) * scale)),
        max(1, round(_LETTERS * height * scale)),
    )
    return Word(unicodedata.normalize("NFC", letters), box, _BELIEF)


def _lines(words: Iterable[Word]) -> Iterator[Line]:
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda each: each.box.top + each.box.height / 2):
        home = next((row for row in reversed(rows[-4:]) if _fits(word, row)), None)
        if home is None:
            rows.append([word])
        else:
            home.append(word)
    for row in rows:
        yield Line(tuple(sorted(row, key=lambda each: each.box.left)))


def _fits(word: Word, row: list[Word]) -> bool:
    last = row[-1].box
    common = min(last.bottom, word.box.bottom) - max(last.top, word.box.top)
    free = all(word.box.left >= each.box.right - 2 or each.box.left >= word.box.right - 2 for each in row)
    return free and common > _SAME_LINE * min(last.height, word.box.height)
