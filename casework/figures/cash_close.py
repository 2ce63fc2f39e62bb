# SPDX-License-Identifier: GPL-3.0-or-later
"""Closing the till at the end of a day: what each clerk took, what should be in the drawer, which receipts are missing.

Fees are paid in cash, by transfer or online (NĐ 61/2018 Đ22). Receipts of one book are numbered without gaps; a
cancelled one keeps its number and needs a reason. A drawer that does not agree with the receipts is no reason to
wait: the day is closed with the difference and its reason on record.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from casework.records.fee_receipt import FeeKind, FeeReceipt, PaidBy
from casework.work_calendar import local_day


class OpenPoint(enum.StrEnum):
    """What keeps a day from being closed."""

    NOT_COUNTED = "not-counted"
    DIFFERENCE_WITHOUT_REASON = "difference-without-reason"
    RECEIPT_MISSING = "receipt-missing"
    RECEIPT_TWICE = "receipt-twice"
    CANCELLED_WITHOUT_REASON = "cancelled-without-reason"


@dataclass(frozen=True, slots=True)
class Counted:
    """What a clerk counted in the drawer.

    Attributes:
        amount: Đồng.
        reason: Why it differs from what was expected; empty when it does not.
    """

    amount: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ClerkClose:
    """The close of one clerk.

    Attributes:
        clerk_id: The clerk.
        totals: Đồng by kind of fee and way of paying; only what was there.
        expected_cash: Đồng that should be in the drawer.
        counted: What was counted, or None while it was not.
        receipt_count: Number of receipts that count.
    """

    clerk_id: str
    totals: Mapping[tuple[FeeKind, PaidBy], int]
    expected_cash: int
    counted: Counted | None
    receipt_count: int

    @property
    def difference(self) -> int | None:
        """Đồng too much (positive) or too little (negative); None while the drawer was not counted."""
        return None if self.counted is None else self.counted.amount - self.expected_cash

    @property
    def total(self) -> int:
        """Đồng taken in every way."""
        return sum(self.totals.values())


@dataclass(frozen=True, slots=True)
class CashClose:
    """The close of a day.

    Attributes:
        day: The day, in Viet Nam.
        clerks: By ``clerk_id``.
        missing: Book and number of receipts that should be there and are not.
        twice: Book and number of receipts that are there more than once, or bear a number given on a day before.
        cancelled: Receipts that were cancelled, in order.
        open_points: What keeps the day from being closed, without repetition; empty when nothing does.
    """

    day: dt.date
    clerks: tuple[ClerkClose, ...]
    missing: tuple[tuple[str, int], ...]
    twice: tuple[tuple[str, int], ...]
    cancelled: tuple[FeeReceipt, ...]
    open_points: tuple[OpenPoint, ...]

    @property
    def may_be_closed(self) -> bool:
        """Whether nothing is open."""
        return not self.open_points


@dataclass(frozen=True, slots=True)
class DrawerCounts:
    """What was counted at the end of a day, and where the books stood before it.

    Attributes:
        by_clerk: What each clerk counted.
        last_numbers: By book the last number of the days before, or no entry for a book begun today.
    """

    by_clerk: Mapping[str, Counted] = field(default_factory=dict)
    last_numbers: Mapping[str, int] = field(default_factory=dict)


def close_day(day: dt.date, receipts: Iterable[FeeReceipt], counts: DrawerCounts) -> CashClose:
    """Close the till of a day.

    Args:
        day: The day, in Viet Nam.
        receipts: Receipts of the centre; those of other days are passed over.
        counts: What was counted. A clerk who took no cash need not count.
    """
    of_day = sorted(
        (receipt for receipt in receipts if local_day(receipt.paid_at) == day),
        key=lambda receipt: (receipt.book, receipt.number, repr(receipt)),
    )
    valid = [receipt for receipt in of_day if not receipt.is_cancelled]
    cancelled = tuple(receipt for receipt in of_day if receipt.is_cancelled)
    clerk_ids = sorted({receipt.clerk_id for receipt in of_day} | set(counts.by_clerk))
    clerks = tuple(
        _clerk(clerk_id, [item for item in valid if item.clerk_id == clerk_id], counts.by_clerk.get(clerk_id))
        for clerk_id in clerk_ids
    )
    numbers = Counter((receipt.book, receipt.number) for receipt in of_day)
    missing = _missing(numbers, counts.last_numbers)
    twice = tuple(sorted(key for key in numbers if numbers[key] > 1 or key[1] <= counts.last_numbers.get(key[0], 0)))
    conditions = {
        OpenPoint.NOT_COUNTED: any(item.counted is None and item.expected_cash for item in clerks),
        OpenPoint.DIFFERENCE_WITHOUT_REASON: any(
            item.difference and item.counted and not item.counted.reason.strip() for item in clerks
        ),
        OpenPoint.RECEIPT_MISSING: bool(missing),
        OpenPoint.RECEIPT_TWICE: bool(twice),
        OpenPoint.CANCELLED_WITHOUT_REASON: any(not receipt.cancel_reason.strip() for receipt in cancelled),
    }
    open_points = tuple(point for point, is_open in conditions.items() if is_open)
    return CashClose(day, clerks, missing, twice, cancelled, open_points)


def _clerk(clerk_id: str, receipts: list[FeeReceipt], counted: Counted | None) -> ClerkClose:
    totals: Counter[tuple[FeeKind, PaidBy]] = Counter()
    for receipt in receipts:
        totals[receipt.kind, receipt.paid_by] += receipt.amount
    return ClerkClose(
        clerk_id=clerk_id,
        totals=MappingProxyType(dict(sorted(totals.items()))),
        expected_cash=sum(amount for (_, paid_by), amount in totals.items() if paid_by is PaidBy.CASH),
        counted=counted,
        receipt_count=len(receipts),
    )


def _missing(numbers: Iterable[tuple[str, int]], last_numbers: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    by_book: dict[str, set[int]] = {}
    for book, number in numbers:
        by_book.setdefault(book, set()).add(number)
    return tuple(
        (book, number)
        for book, there in sorted(by_book.items())
        for number in range(last_numbers.get(book, min(there) - 1) + 1, max(there))
        if number not in there
    )
