# SPDX-License-Identifier: GPL-3.0-or-later
"""Sets right what an engine cannot write, and lets go of what was never print.

Signatures, seals and drawings come out of an engine as a few odd letters with a very low confidence; kept, they would
be found by searches and copied into forms.
"""

from __future__ import annotations

import re
from dataclasses import replace
from statistics import median
from typing import Final

from scanning.ocr.doubles import without_doubles
from scanning.ocr.plausible import is_plausible
from scanning.ocr.text import Line, PageText, Word, enclosing

_LONE_STROKE: Final = 60.0
# Strokes make short words: a line whose longest word has fewer letters than this is noise below such a confidence.
_NOISE: Final = ((3, 75.0), (8, 45.0))
_NOISE_WITH_LONG_WORDS: Final = 20.0
_CARD_FILLER: Final = "<<"  # in the lines for machines of cards, which no language model believes in
_NO_WORD: Final = 50.0
_TALL: Final = 1.7
# Letters of other languages that the model learned from texts in old encodings, or takes an italic g for.
_OTHER_LETTERS: Final = str.maketrans({"Ð": "Đ", "ð": "đ", "ø": "g"})
# The model has no raised 2; behind an area it cannot be anything else.
_SQUARE_METRES: Final = re.compile(r"m[?°¿*ˆ'”\"]2?(?=[.,;:)]*$)")
_AREA: Final = re.compile(r"\(?\d[\d.,]*")
# What language models make of letters for machines. No such line has others than A to Z, digits and fillers.
_CARD_LETTERS: Final = str.maketrans({"ó": "6", "Ó": "6", "Ơ": "0", "Ô": "0", "Đ": "D"})
_CARD_START: Final = re.compile(r"^[I1]{1,2}D(?=VNM)")
_TICK: Final = 0.75  # of the height of words: a small x has 0.65, a large one 0.9
_NEVER_ALONE: Final = frozenset(".,;„‹›")
_DOT_WIDTH: Final = 1.2  # of its height; a hyphen has two to three, or its box is as high as the line
_DOT_HEIGHT: Final = 0.4
_LEADERS: Final = re.compile(r"[.…·]{3,}|_+|[—¬]+$")
_DIGITS: Final = re.compile(r"\d{1,11}")
_FEWEST_BOXES: Final = 8
_FEWEST_LONE_DIGITS: Final = 2  # no number that is written in groups has them
_BOX_GAP: Final = 2.0  # of a digit's height
_STRAY_START: Final = re.compile(r"^(?:['‘`´^~|*](?=\w)|[—¬\\]+(?=\d))")  # a line of a drawing before its number
_STRAY: Final = frozenset("@|_~^`'‘’´*\"”“=<>«»—¬\\¡¿©®°ˆ")


def without_noise(text: PageText) -> PageText:
    """Drop lines that are no print."""
    return PageText(tuple(line for line in text.lines if not _is_noise(line)), text.width_px, text.height_px)


def without_guesses(text: PageText) -> PageText:
    """Drop also what was read twice, and what was made of two lines in one, so that they can be read anew."""
    kept = (
        Line(words)
        for line in without_doubles(without_noise(text)).lines
        if (words := tuple(word for word in line.words if not _is_of_two_lines(word, line)))
    )
    return PageText(tuple(kept), text.width_px, text.height_px)


def _is_of_two_lines(word: Word, line: Line) -> bool:
    height = median(other.box.height for other in line.words)
    if _CARD_FILLER in word.text:
        return False
    return word.confidence < _NO_WORD and word.box.height > _TALL * height


def tidied(text: PageText) -> PageText:
    """Give a page without noise, its words as they can be printed."""
    kept = []
    height = median(word.box.height for word in text.words) if text.words else 0.0
    for line in text.lines:
        words = tuple(word for word in line.words if not _is_speck(word, height))
        written = (_as_tick(word, _TICK * height) for word in _with_units(_with_boxes_joined(words)))
        words = tuple(word for word in map(_tidied, written) if word is not None)
        if words:
            kept.append(Line(words))
    return without_noise(PageText(tuple(kept), text.width_px, text.height_px))


def _with_boxes_joined(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Write the digits of a row of boxes as the number that they are."""
    joined: list[Word] = []
    run: list[Word] = []
    for word in words:
        is_far = run and word.box.left - run[-1].box.right >= _BOX_GAP * word.box.height
        if is_far or not _DIGITS.fullmatch(word.text):
            joined += _as_number(run)
            run = []
        if _DIGITS.fullmatch(word.text):
            run.append(word)
        else:
            joined.append(word)
    return (*joined, *_as_number(run))


def _as_number(run: list[Word]) -> list[Word]:
    lone = sum(len(word.text) == 1 for word in run)
    if lone < _FEWEST_LONE_DIGITS or sum(len(word.text) for word in run) < _FEWEST_BOXES:
        return run
    confidence = min(word.confidence for word in run)
    return [Word("".join(word.text for word in run), enclosing(word.box for word in run), confidence)]


def _with_units(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Write square metres behind numbers as what they are."""
    written = []
    previous = ""
    for word in words:
        text = _SQUARE_METRES.sub("m²", word.text) if _AREA.fullmatch(previous) else word.text
        written.append(Word(text, word.box, word.confidence))
        previous = word.text
    return tuple(written)


def _is_speck(word: Word, height: float) -> bool:
    """Say whether a sign that stands alone is dirt: a full stop has a word before it, and a hyphen is no dot."""
    box = word.box
    is_dot = box.width <= _DOT_WIDTH * box.height and box.height <= _DOT_HEIGHT * height
    return word.text in _NEVER_ALONE or (word.text == "-" and is_dot)


def _as_tick(word: Word, tick_px: float) -> Word:
    """Write a small x in a column of ticks as one; standing alone, both look alike to an engine."""
    return replace(word, text="x") if word.text == "X" and word.box.height < tick_px else word


def _tidied(word: Word) -> Word | None:
    if _CARD_FILLER in word.text:
        return replace(word, text=_CARD_START.sub("ID", word.text.translate(_CARD_LETTERS)))
    text = _STRAY_START.sub("", _LEADERS.sub("", word.text.translate(_OTHER_LETTERS)))
    if not text or all(letter in _STRAY for letter in text):
        return None
    if not any(letter.isalnum() for letter in text):
        return Word(text, word.box, word.confidence) if word.confidence >= _LONE_STROKE else None
    if word.confidence < _NO_WORD and len(text) <= 4 and not is_plausible(text):
        return None
    return Word(text, word.box, word.confidence)


def _is_noise(line: Line) -> bool:
    if any(_CARD_FILLER in word.text for word in line.words):
        return False
    letters = max(sum(letter.isalnum() for letter in word.text) for word in line.words)
    limit = next((limit for shorter, limit in _NOISE if letters < shorter), _NOISE_WITH_LONG_WORDS)
    return line.mean_confidence < limit
