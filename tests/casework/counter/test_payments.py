# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from casework.counter.payments import Payment, PaymentState, payment_of
from casework.records.fee_receipt import FeeKind, FeeReceipt, PaidBy
from casework.work_calendar import VIET_NAM

NOON = dt.datetime(2026, 12, 1, 12, tzinfo=VIET_NAM)


def receipt(number: int, amount: int, paid_by: PaidBy = PaidBy.CASH) -> FeeReceipt:
    return FeeReceipt("AA/26", number, "hoa", FeeKind.SERVICE_CHARGE, paid_by, amount, NOON, "d")


@pytest.mark.parametrize(
    ("due", "amounts", "state", "missing"),
    [
        (None, [], PaymentState.UNKNOWN, 0),
        (None, [8000], PaymentState.UNKNOWN, 0),
        (0, [], PaymentState.NOTHING_DUE, 0),
        (0, [1], PaymentState.TOO_MUCH, 0),
        (8000, [], PaymentState.UNPAID, 8000),
        (8000, [1], PaymentState.PARTLY_PAID, 7999),
        (8000, [5000, 2999], PaymentState.PARTLY_PAID, 1),
        (8000, [5000, 3000], PaymentState.PAID, 0),
        (8000, [5000, 3001], PaymentState.TOO_MUCH, 0),
    ],
)
def test_what_was_paid_is_set_against_what_is_due(
    due: int | None, amounts: list[int], state: PaymentState, missing: int
) -> None:
    payment = payment_of("d", due, [receipt(number, amount) for number, amount in enumerate(amounts, start=1)])
    assert payment == Payment(state, due, sum(amounts))
    assert payment.missing == missing


@pytest.mark.parametrize("paid_by", PaidBy)
def test_every_way_of_paying_counts_alike(paid_by: PaidBy) -> None:
    assert payment_of("d", 8000, [receipt(1, 8000, paid_by)]).state is PaymentState.PAID


def test_cancelled_receipts_and_those_of_others_pay_nothing() -> None:
    cancelled = dataclasses.replace(receipt(1, 8000), is_cancelled=True, cancel_reason="Ghi sai tên")
    of_another = dataclasses.replace(receipt(2, 8000), dossier_id="e")
    assert payment_of("d", 8000, [cancelled, of_another]) == Payment(PaymentState.UNPAID, 8000, 0)
