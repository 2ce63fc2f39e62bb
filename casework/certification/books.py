# SPDX-License-Identifier: GPL-3.0-or-later
"""Numbers of certifications: gap-free, from 1, per year and kind of book, without a network.

Every workstation keeps books of its own. Its volumes follow from its slot as dossier numbers do: slot ``s`` opens the
volumes ``s + 1``, ``s + 17``, ``s + 33`` …, so two desks that never meet never write in the same volume, and a number
is unique by volume. A book of its own a desk is our decision; that books are opened for a year, written without a blank
line and closed at its end, and the signs of the kinds other than SCT/BS and SCTĐT/BS, are not verified.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from casework.codes import SLOTS
from casework.errors import BugError, KnownError
from casework.records.certification import BookKind, CertificationBook, CertificationEntry


@dataclass(frozen=True, slots=True)
class BookSign:
    """The sign of a kind of book (ký hiệu sổ).

    Attributes:
        sign: E.g. "SCT/BS".
        is_certain: Whether it was seen in a source; the others are from knowledge.
    """

    sign: str
    is_certain: bool


BOOK_SIGNS: Final[Mapping[BookKind, BookSign]] = MappingProxyType(
    {
        BookKind.COPY: BookSign("SCT/BS", is_certain=True),
        BookKind.ELECTRONIC_COPY: BookSign("SCTĐT/BS", is_certain=True),
        BookKind.SIGNATURE: BookSign("SCT/CK,ĐC", is_certain=False),
        BookKind.TRANSLATOR_SIGNATURE: BookSign("SCT/CKND", is_certain=False),
        BookKind.TRANSACTION: BookSign("SCT/HĐ,GD", is_certain=False),
    }
)

BOOK_KINDS: Final[Mapping[str, BookKind]] = MappingProxyType(
    {
        "2.000815": BookKind.COPY,
        "2.000942": BookKind.COPY,
        "2.000884": BookKind.SIGNATURE,
        "2.000992": BookKind.TRANSLATOR_SIGNATURE,
        "2.001008": BookKind.TRANSLATOR_SIGNATURE,
        "2.001035": BookKind.TRANSACTION,
        "2.001019": BookKind.TRANSACTION,
        "2.001016": BookKind.TRANSACTION,
        "2.001406": BookKind.TRANSACTION,
        "2.000913": BookKind.TRANSACTION,
        "2.000927": BookKind.TRANSACTION,
    }
)
"""In which kind of book a procedure is entered."""


@dataclass(frozen=True, slots=True)
class BookFault:
    """What is wrong with the numbers of a book.

    Attributes:
        missing: Numbers that no entry has.
        repeated: Numbers that more than one entry has.
        beyond: Numbers that the book never gave: below 1 or above its last one.
    """

    missing: tuple[int, ...] = ()
    repeated: tuple[int, ...] = ()
    beyond: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ClosingStatement:
    """What is written under the last line of a closed book.

    Attributes:
        book: The closed book.
        entries: Numbers given.
        void: How many of them were not used in the end.
        copies: Copies certified, void ones not counted.
        fee_amount: Đồng, void ones not counted.
    """

    book: CertificationBook
    entries: int
    void: int
    copies: int
    fee_amount: int


def next_volume(kind: BookKind, year: int, slot: int, known_books: Iterable[CertificationBook]) -> int:
    """Give the volume that a workstation opens next.

    Args:
        kind: Kind of book.
        year: Year of the book.
        slot: The workstation's slot, 0 to 15.
        known_books: Every book of the commune that is known here, also of a workstation that had this slot before.

    Raises:
        BugError: When the slot is impossible.
    """
    if not 0 <= slot < SLOTS:
        raise BugError(f"slot {slot} is out of range")
    taken = {book.volume for book in known_books if (book.kind, book.year) == (kind, year)}
    volume = slot + 1
    while volume in taken:
        volume += SLOTS
    return volume


def take_number(book: CertificationBook, on: dt.date) -> tuple[CertificationBook, int]:
    """Give the book after its next entry, and that entry's number; both are kept in one transaction or not at all.

    Args:
        book: Of this workstation.
        on: Day of the certification in Viet Nam.

    Raises:
        KnownError: ``certification-book-closed``; ``certification-book-year`` when the day is of another year.
    """
    if book.closed_on is not None:
        raise KnownError("certification-book-closed", book=book_label(book))
    if on.year != book.year:
        raise KnownError("certification-book-year", book=book_label(book), year=str(on.year))
    number = book.last_number + 1
    return dataclasses.replace(book, last_number=number), number


def book_label(book: CertificationBook) -> str:
    """Write the name of a book, e.g. "01/2026-SCT/BS"."""
    return f"{book.volume:02}/{book.year}-{BOOK_SIGNS[book.kind].sign}"


def number_label(book: CertificationBook, number: int) -> str:
    """Write a number as it stands in the testimony, e.g. "Số chứng thực 123, quyển số 01/2026-SCT/BS"."""
    return f"Số chứng thực {number}, quyển số {book_label(book)}"


def check_book(book: CertificationBook, entries: Iterable[CertificationEntry]) -> BookFault:
    """Look for gaps and repetitions among the entries of a book; entries of other books are left out."""
    given = Counter(entry.number for entry in entries if entry.book_id == book.book_id)
    return BookFault(
        missing=tuple(number for number in range(1, book.last_number + 1) if number not in given),
        repeated=tuple(sorted(number for number, times in given.items() if times > 1)),
        beyond=tuple(sorted(number for number in given if not 1 <= number <= book.last_number)),
    )


def close_book(
    book: CertificationBook, entries: Iterable[CertificationEntry], on: dt.date, clerk_id: str
) -> ClosingStatement:
    """Close a book, at the end of its year or when its workstation is given up.

    Raises:
        KnownError: ``certification-book-closed``; ``certification-book-incomplete`` when its numbers are not 1 to the
            last one, each once (details ``count`` of faulty numbers).
    """
    own = [entry for entry in entries if entry.book_id == book.book_id]
    if book.closed_on is not None:
        raise KnownError("certification-book-closed", book=book_label(book))
    fault = check_book(book, own)
    if fault != BookFault():
        count = len({*fault.missing, *fault.repeated, *fault.beyond})
        raise KnownError("certification-book-incomplete", book=book_label(book), count=str(count))
    valid = [entry for entry in own if not entry.void_reason]
    return ClosingStatement(
        book=dataclasses.replace(book, closed_on=on, closed_by=clerk_id),
        entries=len(own),
        void=len(own) - len(valid),
        copies=sum(entry.copies for entry in valid),
        fee_amount=sum(entry.fee_amount for entry in valid),
    )


def due_for_closing(books: Iterable[CertificationBook], on: dt.date) -> tuple[CertificationBook, ...]:
    """Give the open books of years that are over, the oldest first."""
    late = [book for book in books if book.closed_on is None and book.year < on.year]
    return tuple(sorted(late, key=lambda book: (book.year, book.kind, book.volume)))
