# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from scanning.classify.guess import NOTHING_KNOWN, ClassGuess, Evidence
from scanning.classify.paper_class import PaperClass
from scanning.codes import PageCode
from scanning.extract.field import Field
from scanning.ocr.text import Box, PageText
from scanning.page_reading import PageReading, unreadable
from scanning.papers import SEPARATOR, group_pages

Print = Callable[..., PageText]

PLAIN = replace(unreadable(""), fault=None)
UNTITLED = PLAIN
BLANK = replace(PLAIN, blank=True)
BROKEN = unreadable("page-unreadable")
SHEET = replace(PLAIN, codes=(PageCode("qr", f"{SEPARATOR}:1", Box(0, 0, 9, 9)),))


def page(
    paper_class: PaperClass, *, titled: bool = False, by: Evidence = Evidence.PHRASES, sure: float = 0.6
) -> PageReading:
    guess = ClassGuess(paper_class, 0.99, Evidence.TITLE, True) if titled else ClassGuess(paper_class, sure, by)
    return replace(PLAIN, guess=guess)


def with_text(reading: PageReading, text: PageText) -> PageReading:
    return replace(reading, text=text)


def with_field(reading: PageReading, name: str, value: str) -> PageReading:
    return replace(reading, fields=(Field(name, value, 0.9, (Box(0, 0, 9, 9),)),))


PROOF = page(PaperClass.BIRTH_PROOF, titled=True)
LAND = page(PaperClass.LAND_USE_CERTIFICATE, titled=True)
LAND_BY_PHRASES = page(PaperClass.LAND_USE_CERTIFICATE)
CHANGES = page(PaperClass.LAND_USE_CERTIFICATE_CHANGES)
LETTER = page(PaperClass.OTHER, titled=True)
NAMELESS = replace(PLAIN, guess=ClassGuess(PaperClass.UNKNOWN, 0.0, Evidence.TITLE, True))
FRONT = page(PaperClass.IDENTITY_CARD_FRONT, titled=True)
BACK = page(PaperClass.IDENTITY_CARD_BACK, sure=0.9)


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


def test_the_title_of_a_paper_of_no_known_class_begins_one_too() -> None:
    for something_else, paper_class in ((LETTER, PaperClass.OTHER), (NAMELESS, PaperClass.UNKNOWN)):
        groups = group_pages([PROOF, something_else, UNTITLED])
        assert [group.page_indexes for group in groups] == [(0,), (1, 2)]
        assert groups[1].guess.paper_class is paper_class


def test_phrases_of_another_class_begin_a_paper_but_those_of_the_same_do_not() -> None:
    assert indexes(PROOF, LAND_BY_PHRASES) == [(0,), (1,)]
    assert indexes(LAND, LAND_BY_PHRASES) == [(0, 1)]


def test_phrases_do_not_tear_an_unknown_paper_apart() -> None:
    assert indexes(LETTER, LAND_BY_PHRASES) == [(0, 1)]
    assert indexes(NAMELESS, LAND_BY_PHRASES) == [(0, 1)]


def test_the_model_alone_begins_a_paper_only_when_it_is_sure_or_the_page_before_is_signed(printed: Print) -> None:
    guessed = page(PaperClass.WILL, by=Evidence.MODEL)
    assert indexes(PROOF, guessed) == [(0, 1)]
    assert indexes(PROOF, page(PaperClass.WILL, by=Evidence.MODEL, sure=0.9)) == [(0,), (1,)]
    signed = with_text(
        PROOF, printed(*["Nội dung"] * 25, "NGƯỜI KHAI", "(Ký, ghi rõ họ, chữ đệm, tên)", height_px=2000)
    )
    assert indexes(signed, guessed) == [(0,), (1,)]


def test_a_paper_is_of_the_class_of_its_titled_page() -> None:
    assert group_pages([BLANK, PROOF, UNTITLED])[0].guess == PROOF.guess
    assert group_pages([UNTITLED])[0].guess == NOTHING_KNOWN


def test_no_pages_are_no_papers() -> None:
    assert group_pages([]) == []


def test_a_separator_sheet_parts_papers_and_is_none() -> None:
    groups = group_pages([PROOF, UNTITLED, SHEET, UNTITLED, UNTITLED])
    assert [(group.page_indexes, group.is_separator) for group in groups] == [
        ((0, 1), False), ((2,), True), ((3, 4), False)
    ]  # fmt: skip


def test_the_blank_back_of_a_separator_stays_with_it_and_a_second_blank_page_does_not() -> None:
    assert indexes(SHEET, BLANK, PROOF) == [(0, 1), (2,)]
    assert indexes(PROOF, SHEET, BLANK, BLANK, LAND) == [(0,), (1, 2), (3, 4)]


def test_two_separators_in_a_row_and_one_at_the_end_lose_nothing() -> None:
    assert indexes(SHEET, SHEET, PROOF, SHEET) == [(0,), (1,), (2,), (3,)]


def test_another_code_is_no_separator() -> None:
    receipt = replace(PLAIN, codes=(PageCode("qr", "H56.14-261201-0007", Box(0, 0, 9, 9)),))
    assert indexes(PROOF, receipt) == [(0, 1)]


def test_a_page_numbered_one_begins_a_paper(printed: Print) -> None:
    first = with_text(UNTITLED, printed("Trang 1/2", "Nội dung"))
    assert indexes(PROOF, first, UNTITLED) == [(0,), (1, 2)]


def test_an_annex_with_a_title_goes_on_when_its_number_follows(printed: Print) -> None:
    first, second = (with_text(LETTER, printed(f"Trang {number}/2", "Nội dung")) for number in (1, 2))
    assert indexes(first, second) == [(0, 1)]


def test_a_lone_number_does_not_outvote_a_title(printed: Print) -> None:
    middle = " " * 41
    second = with_text(LETTER, printed(f"{middle}2", "THÔNG BÁO", height_px=2300))
    assert indexes(LETTER, second) == [(0,), (1,)]
    untitled = with_text(LAND_BY_PHRASES, printed(f"{middle}2", "gắn liền với đất", height_px=2300))
    assert indexes(PROOF, untitled) == [(0, 1)]


def test_a_number_of_another_count_of_pages_is_of_another_paper(printed: Print) -> None:
    third = with_text(UNTITLED, printed("Trang 3/4"))
    assert indexes(with_text(PROOF, printed("Trang 1/2")), third) == [(0,), (1,)]
    assert indexes(with_text(PROOF, printed("Trang 2/4")), third) == [(0, 1)]


def test_both_sides_of_a_card_are_one_identity_card_whichever_was_scanned_first() -> None:
    for stack in ([FRONT, BACK], [BACK, FRONT], [FRONT, BLANK, BACK]):
        (group,) = group_pages(stack)
        assert group.guess.paper_class is PaperClass.IDENTITY_CARD
        assert group.guess.confidence == 0.9
        assert group.guess.starts_paper


def test_cards_of_several_people_stay_apart() -> None:
    assert indexes(FRONT, BACK, FRONT, BACK) == [(0, 1), (2, 3)]
    assert indexes(FRONT, FRONT) == [(0,), (1,)]
    one, other = (
        with_field(FRONT, "personal_number", "038190001234"),
        with_field(BACK, "personal_number", "001190001234"),
    )
    assert indexes(one, other) == [(0,), (1,)]


def test_the_further_pages_of_a_land_certificate_belong_to_it() -> None:
    (group,) = group_pages([LAND, CHANGES, CHANGES])
    assert group.guess.paper_class is PaperClass.LAND_USE_CERTIFICATE
    assert indexes(PROOF, CHANGES) == [(0,), (1,)]


def test_pages_of_land_certificates_with_different_numbers_are_two_papers() -> None:
    one, other = (with_field(each, "document_number", number) for each, number in ((LAND, "DG 1"), (CHANGES, "DG 2")))
    assert indexes(one, other) == [(0,), (1,)]


def test_a_land_certificate_scanned_from_its_back_is_one_paper_only_by_its_number() -> None:
    assert indexes(CHANGES, LAND) == [(0,), (1,)]
    back, front = (with_field(each, "document_number", "DG 582947") for each in (CHANGES, LAND))
    (group,) = group_pages([back, front])
    assert group.guess.paper_class is PaperClass.LAND_USE_CERTIFICATE


@given(
    st.lists(
        st.sampled_from(
            [UNTITLED, BLANK, BROKEN, PROOF, LAND, LAND_BY_PHRASES, CHANGES, LETTER, NAMELESS, FRONT, BACK, SHEET]
        )
    )
)
def test_every_page_is_in_exactly_one_paper_in_the_order_of_the_stack(readings: list[PageReading]) -> None:
    assert [index for group in group_pages(readings) for index in group.page_indexes] == list(range(len(readings)))
