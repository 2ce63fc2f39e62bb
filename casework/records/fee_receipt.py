# SPDX-License-Identifier: GPL-3.0-or-later
"""A receipt for a fee (biên lai thu phí, lệ phí)."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass

from casework.errors import BugError


class PaidBy(enum.StrEnum):
    """How a fee was paid."""

    CASH = "cash"
    TRANSFER = "transfer"
    ONLINE = "online"


class FeeKind(enum.StrEnum):
    """What kind of fee it is: phí pays for a service, lệ phí for an administrative act."""

    SERVICE_CHARGE = "service-charge"
    ADMINISTRATIVE_FEE = "administrative-fee"


@dataclass(frozen=True, slots=True)
class FeeReceipt:
    """One receipt for a fee.

    Attributes:
        book: The book or series of the receipt, e.g. "AA/26".
        number: Its number in the book, from 1.
        clerk_id: Who took the money.
        kind: Kind of fee.
        paid_by: How.
        amount: Đồng, at least 0.
        paid_at: Aware.
        dossier_id: What it was paid for.
        is_cancelled: Whether it counts no longer.
        cancel_reason: Why it was cancelled; empty when nobody said, or when it was not.

    Raises:
        BugError: The amount is negative.
    """

    book: str
    number: int
    clerk_id: str
    kind: FeeKind
    paid_by: PaidBy
    amount: int
    paid_at: dt.datetime
    dossier_id: str
    is_cancelled: bool = False
    cancel_reason: str = ""

    def __post_init__(self) -> None:
        if self.amount < 0:
            raise BugError("nobody is paid for handing in a dossier")
