# SPDX-License-Identifier: GPL-3.0-or-later
"""How a dossier stands with its fee: what is due, what the receipts say was paid, what is missing.

A fee is paid in cash, by transfer or online (NĐ 61/2018 Đ22). Nothing here keeps a dossier from being received or a
form from being filled in: payment is waited for beside the work.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass

from casework.records.fee_receipt import FeeReceipt


class PaymentState(enum.StrEnum):
    """How the fee of a dossier stands; ``UNKNOWN`` while nobody has said how much it is."""

    UNKNOWN = "unknown"
    NOTHING_DUE = "nothing-due"
    UNPAID = "unpaid"
    PARTLY_PAID = "partly-paid"
    PAID = "paid"
    TOO_MUCH = "too-much"


@dataclass(frozen=True, slots=True)
class Payment:
    """The fee of one dossier.

    Attributes:
        state: How it stands.
        due: Đồng, or None while the amount is not known.
        paid: Đồng by receipts that count.
    """

    state: PaymentState
    due: int | None
    paid: int

    @property
    def missing(self) -> int:
        """Đồng still to pay; 0 while the amount is not known."""
        return max((self.due or 0) - self.paid, 0)


def payment_of(dossier_id: str, fee_amount: int | None, receipts: Iterable[FeeReceipt]) -> Payment:
    """Tell how the fee of a dossier stands.

    Args:
        dossier_id: Which.
        fee_amount: Đồng, or None while it is not known.
        receipts: Of the centre; those of other dossiers and cancelled ones are passed over.
    """
    paid = sum(receipt.amount for receipt in receipts if receipt.dossier_id == dossier_id and not receipt.is_cancelled)
    return Payment(_state(fee_amount, paid), fee_amount, paid)


def _state(due: int | None, paid: int) -> PaymentState:
    if due is None:
        return PaymentState.UNKNOWN
    if paid > due:
        return PaymentState.TOO_MUCH
    if due == 0:
        return PaymentState.NOTHING_DUE
    if paid == due:
        return PaymentState.PAID
    return PaymentState.PARTLY_PAID if paid else PaymentState.UNPAID
