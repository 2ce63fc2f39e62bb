# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from scanning.classify.classifier import classify
from scanning.classify.handwriting import UNRESTED, unrest
from scanning.classify.page_facts import PageFacts
from scanning.classify.paper_class import PaperClass
from scanning.ocr.text import Box, Line, PageText, Word

Print = Callable[..., PageText]
LETTER = ("Anh Nam thân mến", "nhà em năm nay lúa tốt", "mùa màng anh chị nhớ về", "mẹ vẫn mạnh khỏe như xưa") * 3


def shaken(text: PageText, pixels: int, *, slope: float = 0.0, lines: slice = slice(None)) -> PageText:
    """Move words up or down by some pixels, and along a slope."""
    chance = random.Random(4)

    def moved(word: Word, by: int) -> Word:
        box = word.box
        down = chance.randint(-by, by) + round(slope * box.left)
        return Word(word.text, Box(box.left, box.top + down, box.width, box.height), word.confidence)

    chosen = set(range(len(text.lines))[lines])
    return PageText(
        tuple(
            Line(tuple(moved(word, pixels if at in chosen else 0) for word in line.words))
            for at, line in enumerate(text.lines)
        ),
        text.width_px,
        text.height_px,
    )


def test_print_is_at_rest_even_when_its_lines_climb(printed: Print) -> None:
    assert unrest(printed(*LETTER)) == pytest.approx(0.0, abs=1e-9)
    assert unrest(shaken(printed(*LETTER), 0, slope=0.02)) < UNRESTED


def test_a_hand_is_not(printed: Print) -> None:
    assert unrest(shaken(printed(*LETTER), 3)) > UNRESTED


def test_a_form_with_some_lines_filled_in_by_hand_is_at_rest(printed: Print) -> None:
    assert unrest(shaken(printed(*LETTER), 5, lines=slice(0, 8))) < UNRESTED


@pytest.mark.parametrize("lines", [(), ("Anh",), ("Anh Nam thân mến", "nhà em")])
def test_too_few_lines_tell_nothing(printed: Print, lines: tuple[str, ...]) -> None:
    assert unrest(shaken(printed(*lines), 5)) == 0.0


def test_a_neat_hand_that_is_read_like_print_is_still_handwriting(printed: Print) -> None:
    facts = PageFacts(ink_coverage=0.02)
    assert classify(printed(*LETTER), facts).paper_class is not PaperClass.HANDWRITTEN_SHEET
    assert classify(shaken(printed(*LETTER), 3), facts).paper_class is PaperClass.HANDWRITTEN_SHEET
    assert (
        classify(printed(*LETTER), PageFacts(ink_coverage=0.02, pen_share=0.9)).paper_class
        is PaperClass.HANDWRITTEN_SHEET
    )


def test_a_hand_that_writes_a_title_of_its_own_begins_a_paper(printed: Print) -> None:
    guess = classify(shaken(printed("BẢN TƯỜNG TRÌNH", *LETTER), 3), PageFacts(ink_coverage=0.02))
    assert guess.paper_class is PaperClass.HANDWRITTEN_SHEET
    assert guess.starts_paper
