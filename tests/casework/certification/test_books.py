# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.certification.books import (
    BOOK_KINDS,
    BOOK_SIGNS,
    BookFault,
    book_label,
    check_book,
    close_book,
    due_for_closing,
    next_volume,
    number_label,
    take_number,
)
from casework.certification.fees import FEE_RULES
from casework.codes import SLOTS
from casework.errors import BugError, KnownError
from casework.records.certification import BookKind, CertificationBook, CertificationEntry

DAY = dt.date(2026, 12, 1)
NOON = dt.datetime(2026, 12, 1, 5, tzinfo=dt.UTC)


def a_book(
    volume: int = 1, kind: BookKind = BookKind.COPY, year: int = 2026, last_number: int = 0
) -> CertificationBook:
    return CertificationBook(f"{kind}{year}{volume}", kind, year, volume, "device", DAY, "c", last_number)


def an_entry(number: int, book: CertificationBook | None = None, **more: object) -> CertificationEntry:
    entry = CertificationEntry(
        entry_id=str(number),
        book_id=(book or a_book()).book_id,
        number=number,
        certified_at=NOON,
        procedure_code="2.000815",
        dossier_id=None,
        requester_name="Lê Văn Thành",
        subject="Giấy khai sinh",
        pages=1,
        copies=2,
        fee_amount=4_000,
        received_by="c",
        certified_by="c",
    )
    return dataclasses.replace(entry, **more)  # type: ignore[arg-type]


def test_numbers_run_from_one_without_gaps() -> None:
    book, numbers = a_book(), []
    for _ in range(5):
        book, number = take_number(book, DAY)
        numbers.append(number)
    assert numbers == [1, 2, 3, 4, 5]
    assert book.last_number == 5


@given(st.lists(st.tuples(st.integers(0, SLOTS - 1), st.sampled_from(BookKind), st.booleans()), max_size=60))
def test_desks_that_never_meet_never_give_the_same_number(steps: list[tuple[int, BookKind, bool]]) -> None:
    own: dict[int, dict[BookKind, list[CertificationBook]]] = {}
    given_labels: list[str] = []
    for slot, kind, opens_new in steps:
        books = own.setdefault(slot, {}).setdefault(kind, [])
        if opens_new or not books:
            books.append(a_book(next_volume(kind, 2026, slot, books), kind))
        books[-1], number = take_number(books[-1], DAY)
        given_labels.append(number_label(books[-1], number))
    assert len(set(given_labels)) == len(given_labels)


def test_volumes_follow_from_the_slot() -> None:
    assert [next_volume(BookKind.COPY, 2026, slot, []) for slot in (0, 1, 15)] == [1, 2, 16]
    assert next_volume(BookKind.COPY, 2026, 0, [a_book(1)]) == 17
    assert next_volume(BookKind.COPY, 2026, 0, [a_book(1), a_book(17)]) == 33


def test_books_of_another_kind_year_or_slot_take_no_volume() -> None:
    others = [a_book(1, BookKind.SIGNATURE), a_book(1, year=2025), a_book(2)]
    assert next_volume(BookKind.COPY, 2026, 0, others) == 1


@pytest.mark.parametrize("slot", [-1, SLOTS])
def test_an_impossible_slot_is_our_own_mistake(slot: int) -> None:
    with pytest.raises(BugError):
        next_volume(BookKind.COPY, 2026, slot, [])


def test_a_closed_book_gives_no_number() -> None:
    with pytest.raises(KnownError, match="certification-book-closed"):
        take_number(dataclasses.replace(a_book(), closed_on=DAY), DAY)


@pytest.mark.parametrize("day", [dt.date(2025, 12, 31), dt.date(2027, 1, 1)])
def test_a_book_gives_numbers_of_its_year_only(day: dt.date) -> None:
    with pytest.raises(KnownError, match="certification-book-year"):
        take_number(a_book(), day)


def test_book_and_number_are_written_as_on_the_stamp() -> None:
    assert number_label(a_book(), 123) == "Số chứng thực 123, quyển số 01/2026-SCT/BS"
    assert book_label(a_book(17, BookKind.SIGNATURE)) == "17/2026-SCT/CK,ĐC"


def test_every_kind_has_its_own_sign_and_only_two_were_seen_in_a_source() -> None:
    assert set(BOOK_SIGNS) == set(BookKind)
    assert len({sign.sign for sign in BOOK_SIGNS.values()}) == len(BookKind)
    assert {kind for kind, sign in BOOK_SIGNS.items() if sign.is_certain} == {BookKind.COPY, BookKind.ELECTRONIC_COPY}


def test_every_certification_but_the_copy_from_the_register_has_a_book() -> None:
    assert set(BOOK_KINDS) == set(FEE_RULES) - {"2.000908"}


def test_gaps_repetitions_and_foreign_numbers_are_found() -> None:
    book = a_book(last_number=5)
    entries = [an_entry(number) for number in (1, 3, 3, 5, 6, 0)] + [an_entry(2, a_book(2)), an_entry(4, a_book(2))]
    assert check_book(book, entries) == BookFault(missing=(2, 4), repeated=(3,), beyond=(0, 6))


@given(st.integers(0, 40))
def test_a_book_that_was_only_written_by_its_rule_has_no_fault(count: int) -> None:
    book, entries = a_book(), []
    for _ in range(count):
        book, number = take_number(book, DAY)
        entries.append(an_entry(number))
    assert check_book(book, entries) == BookFault()
    assert close_book(book, entries, DAY, "c").entries == count


def test_closing_counts_what_was_used_and_leaves_void_numbers_in_their_place() -> None:
    entries = [an_entry(1), an_entry(2, void_reason="In hỏng"), an_entry(3, copies=1, fee_amount=2_000)]
    closing = close_book(a_book(last_number=3), [*entries, an_entry(9, a_book(2))], DAY, "k")
    assert (closing.entries, closing.void, closing.copies, closing.fee_amount) == (3, 1, 3, 6_000)
    assert (closing.book.closed_on, closing.book.closed_by) == (DAY, "k")


def test_a_book_with_a_gap_is_not_closed() -> None:
    with pytest.raises(KnownError) as caught:
        close_book(a_book(last_number=3), [an_entry(1), an_entry(1), an_entry(3)], DAY, "c")
    assert caught.value.code == "certification-book-incomplete"
    assert caught.value.details == {"book": "01/2026-SCT/BS", "count": "2"}


def test_a_book_is_closed_once() -> None:
    with pytest.raises(KnownError, match="certification-book-closed"):
        close_book(dataclasses.replace(a_book(), closed_on=DAY), [], DAY, "c")


def test_open_books_of_past_years_are_due_for_closing() -> None:
    old, older = a_book(year=2025), a_book(year=2024)
    closed = dataclasses.replace(a_book(2, year=2024), closed_on=DAY)
    assert due_for_closing([a_book(), old, closed, older], DAY) == (older, old)
