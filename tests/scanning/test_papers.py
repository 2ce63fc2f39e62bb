# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from scanning.classify.classifier import NOTHING_KNOWN, ClassGuess, Evidence
from scanning.classify.paper_class import PaperClass
from scanning.page_reading import PageReading, unreadable
from scanning.papers import group_pages

PLAIN = replace(unreadable(""), fault=None)
UNTITLED = PLAIN
BLANK = replace(PLAIN, blank=True)
BROKEN = unreadable("page-unreadable")
PROOF = replace(PLAIN, guess=ClassGuess(PaperClass.BIRTH_PROOF, 0.99, Evidence.TITLE))
LAND = replace(PLAIN, guess=ClassGuess(PaperClass.LAND_USE_CERTIFICATE, 0.85, Evidence.DAMAGED_TITLE))
LAND_BY_PHRASES = replace(PLAIN, guess=ClassGuess(PaperClass.LAND_USE_CERTIFICATE, 0.6, Evidence.PHRASES))
SOMETHING_ELSE = replace(PLAIN, guess=ClassGuess(PaperClass.UNKNOWN, 0.0, Evidence.TITLE))


def indexes(*readings: PageReading) -> list[tuple[int, ...]]:
    return [group.page_indexes for group in group_pages(readings)]


def test_a_title_begins_a_paper_and_pages_without_one_go_on() -> None:
    assert indexes(PROOF, UNTITLED, LAND, UNTITLED, UNTITLED) == [(0, 1), (2, 3, 4)]


def test_two_titled_pages_of_the_same_class_are_two_papers() -> None:
    assert indexes(PROOF, PROOF) == [(0,), (1,)]


def test_blank_and_unreadable_pages_belong_to_the_paper_before_them() -> None:
    assert indexes(PROOF, BLANK, LAND, BROKEN, BLANK) == [(0, 1), (2, 3, 4)]


def test_a_blank_sheet_on_top_of_the_stack_goes_with_the_first_paper() -> None:
    assert indexes(BLANK, PROOF, LAND) == [(0, 1), (2,)]


def test_the_title_of_an_unknown_paper_begins_one_too() -> None:
    groups = group_pages([PROOF, SOMETHING_ELSE, UNTITLED])
    assert [group.page_indexes for group in groups] == [(0,), (1, 2)]
    assert groups[1].guess.paper_class is PaperClass.UNKNOWN


def test_phrases_of_another_class_begin_a_paper_but_those_of_the_same_do_not() -> None:
    assert indexes(PROOF, LAND_BY_PHRASES) == [(0,), (1,)]
    assert indexes(LAND, LAND_BY_PHRASES) == [(0, 1)]


def test_phrases_do_not_tear_an_unknown_paper_apart() -> None:
    assert indexes(SOMETHING_ELSE, LAND_BY_PHRASES) == [(0, 1)]


def test_a_paper_is_of_the_class_of_its_titled_page() -> None:
    assert group_pages([BLANK, PROOF, UNTITLED])[0].guess == PROOF.guess
    assert group_pages([UNTITLED])[0].guess == NOTHING_KNOWN


def test_no_pages_are_no_papers() -> None:
    assert group_pages([]) == []


@given(st.lists(st.sampled_from([UNTITLED, BLANK, BROKEN, PROOF, LAND, LAND_BY_PHRASES, SOMETHING_ELSE])))
def test_every_page_is_in_exactly_one_paper_in_the_order_of_the_stack(readings: list[PageReading]) -> None:
    assert [index for group in group_pages(readings) for index in group.page_indexes] == list(range(len(readings)))
