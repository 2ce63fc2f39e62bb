# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

import pytest

from casework.errors import BugError
from casework.figures.cash_close import CashClose, Counted, DrawerCounts, OpenPoint, close_day
from casework.records.fee_receipt import FeeKind, FeeReceipt, PaidBy
from casework.work_calendar import VIET_NAM

DAY = dt.date(2026, 11, 23)
NOON = dt.datetime(2026, 11, 23, 12, 0, tzinfo=VIET_NAM)
FEE, CHARGE = FeeKind.ADMINISTRATIVE_FEE, FeeKind.SERVICE_CHARGE


def receipt(number: int, amount: int = 8000, **changes: Any) -> FeeReceipt:
    values: dict[str, Any] = {
        "book": "AA/26",
        "clerk_id": "lan",
        "kind": FEE,
        "paid_by": PaidBy.CASH,
        "paid_at": NOON,
        "dossier_id": f"d{number}",
    } | changes
    return FeeReceipt(number=number, amount=amount, **values)


def close(receipts: list[FeeReceipt], last_numbers: dict[str, int] | None = None, **counted: Counted) -> CashClose:
    return close_day(DAY, receipts, DrawerCounts(counted, last_numbers or {}))


def test_a_day_computed_by_hand() -> None:
    receipts = [
        receipt(11, 8000),
        receipt(12, 16000),
        receipt(13, 2000, kind=CHARGE),
        receipt(14, 50000, kind=CHARGE, paid_by=PaidBy.TRANSFER),
        receipt(15, 10000, paid_by=PaidBy.ONLINE),
        receipt(16, 10000, clerk_id="hoa"),
        receipt(17, 99000, is_cancelled=True, cancel_reason="Ghi sai số tiền"),
        receipt(18, 7000, paid_at=NOON + dt.timedelta(days=1)),
    ]
    for order in itertools.islice(itertools.permutations(receipts), 0, 40320, 4999):
        closed = close(list(order), {"AA/26": 10}, lan=Counted(26000), hoa=Counted(9000, "Thối nhầm"))
        hoa, lan = closed.clerks
        assert dict(lan.totals) == {
            (FEE, PaidBy.CASH): 24000,
            (CHARGE, PaidBy.CASH): 2000,
            (CHARGE, PaidBy.TRANSFER): 50000,
            (FEE, PaidBy.ONLINE): 10000,
        }
        assert (lan.expected_cash, lan.total, lan.difference, lan.receipt_count) == (26000, 86000, 0, 5)
        assert (hoa.expected_cash, hoa.difference) == (10000, -1000)
        assert [item.number for item in closed.cancelled] == [17]
        assert closed.may_be_closed
        assert closed.day == DAY


@pytest.mark.parametrize("counted", [Counted(7999), Counted(8001), Counted(7999, "  ")])
def test_a_difference_needs_a_reason(counted: Counted) -> None:
    closed = close([receipt(1)], lan=counted)
    assert closed.open_points == (OpenPoint.DIFFERENCE_WITHOUT_REASON,)
    assert not closed.may_be_closed
    assert close([receipt(1)], lan=Counted(7999, "Thiếu tiền lẻ")).may_be_closed


def test_a_drawer_with_cash_must_be_counted_and_one_without_need_not() -> None:
    assert close([receipt(1)]).open_points == (OpenPoint.NOT_COUNTED,)
    assert close([receipt(1, paid_by=PaidBy.ONLINE)]).may_be_closed
    assert close([receipt(1, 0)]).may_be_closed


def test_one_clerk_keeps_the_day_open_for_all() -> None:
    receipts = [receipt(1), receipt(2, clerk_id="hoa")]
    assert close(receipts, lan=Counted(8000)).open_points == (OpenPoint.NOT_COUNTED,)
    assert close(receipts, lan=Counted(8000), hoa=Counted(7000)).open_points == (OpenPoint.DIFFERENCE_WITHOUT_REASON,)


def test_money_in_a_drawer_without_receipts_needs_a_reason() -> None:
    assert close([], lan=Counted(5000)).open_points == (OpenPoint.DIFFERENCE_WITHOUT_REASON,)


@pytest.mark.parametrize(
    ("numbers", "last", "missing"),
    [
        ([5, 6, 7], 4, []),
        ([5, 7], 4, [6]),
        ([5, 6], 2, [3, 4]),
        ([5, 8], None, [6, 7]),
        ([5], None, []),
    ],
)
def test_receipts_of_a_book_have_no_gaps(numbers: list[int], last: int | None, missing: list[int]) -> None:
    closed = close([receipt(number, 0) for number in numbers], {} if last is None else {"AA/26": last, "BB/26": 1})
    assert closed.missing == tuple(("AA/26", number) for number in missing)
    assert closed.open_points == ((OpenPoint.RECEIPT_MISSING,) if missing else ())


def test_each_book_has_numbers_of_its_own() -> None:
    closed = close([receipt(1, 0), receipt(9, 0, book="BB/26"), receipt(11, 0, book="BB/26")])
    assert closed.missing == (("BB/26", 10),)


def test_a_cancelled_receipt_keeps_its_number_and_needs_a_reason() -> None:
    receipts = [receipt(1, 0), receipt(2, 5000, is_cancelled=True), receipt(3, 0)]
    closed = close(receipts)
    assert (closed.missing, closed.open_points) == ((), (OpenPoint.CANCELLED_WITHOUT_REASON,))


def test_a_number_of_a_day_before_is_not_given_again() -> None:
    closed = close([receipt(4, 0), receipt(5, 0)], {"AA/26": 4})
    assert (closed.twice, closed.open_points) == ((("AA/26", 4),), (OpenPoint.RECEIPT_TWICE,))


def test_a_number_that_was_used_twice_is_found() -> None:
    closed = close([receipt(1, 0), receipt(1, 0, clerk_id="hoa"), receipt(2, 0)])
    assert closed.twice == (("AA/26", 1),)
    assert closed.open_points == (OpenPoint.RECEIPT_TWICE,)


def test_nobody_is_paid_for_a_dossier() -> None:
    with pytest.raises(BugError):
        receipt(1, -1)


def test_the_day_ends_at_midnight_in_viet_nam() -> None:
    late = dt.datetime(2026, 11, 23, 17, 0, tzinfo=dt.UTC)
    assert close([receipt(1, paid_at=late)]).clerks == ()
    assert len(close([receipt(1, paid_at=late - dt.timedelta(seconds=1))]).clerks) == 1
