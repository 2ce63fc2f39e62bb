# SPDX-License-Identifier: GPL-3.0-or-later
"""What a certification costs at a commune.

Amounts as the procedures' pages give them (QĐ 3152/QĐ-BTP, QĐ 858/QĐ-BTP). The circular behind them is TT
226/2016/TT-BTC by secondary sources only; its text was not at hand. A province may decide otherwise, down to nothing.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from casework.errors import BugError
from casework.records.local_decision import LocalDecision
from casework.records.procedure import Channel

CIRCULAR: Final = "TT 226/2016/TT-BTC"


@dataclass(frozen=True, slots=True)
class PageScale:
    """A price by the pages of the original, for each copy.

    Attributes:
        first_pages: Pages at the first price.
        first_price: Đồng for each of them.
        further_price: Đồng for each page after them.
        highest: Đồng for one copy at most.
    """

    first_pages: int
    first_price: int
    further_price: int
    highest: int


@dataclass(frozen=True, slots=True)
class UnitPrice:
    """A price for each case.

    Attributes:
        amount: Đồng.
        per: What is counted, as the procedure's page says: "trường hợp", "giao dịch".
    """

    amount: int
    per: str


Price = PageScale | UnitPrice


@dataclass(frozen=True, slots=True)
class FeeRule:
    """The price of a procedure.

    Attributes:
        price: By page or by case.
        legal_basis: Who says so.
        is_basis_certain: Whether that text was at hand.
    """

    price: Price
    legal_basis: str
    is_basis_certain: bool


@dataclass(frozen=True, slots=True)
class CertificationFee:
    """What is to be paid.

    Attributes:
        amount: Đồng, all copies or cases together.
        each: Đồng for one copy or case.
        count: Copies or cases.
        legal_basis: For the receipt.
        is_basis_certain: Whether that text was at hand.
    """

    amount: int
    each: int
    count: int
    legal_basis: str
    is_basis_certain: bool


COPY_SCALE: Final = PageScale(first_pages=2, first_price=2_000, further_price=1_000, highest=200_000)

_PRICES: Final[Mapping[str, Price]] = {
    "2.000815": COPY_SCALE,
    "2.000942": COPY_SCALE,
    "2.000884": UnitPrice(10_000, "trường hợp"),
    "2.000992": UnitPrice(10_000, "trường hợp"),
    "2.001008": UnitPrice(10_000, "trường hợp"),
    "2.001035": UnitPrice(50_000, "giao dịch"),
    "2.001019": UnitPrice(50_000, "di chúc"),
    "2.001016": UnitPrice(50_000, "văn bản"),
    "2.001406": UnitPrice(50_000, "văn bản"),
    "2.000913": UnitPrice(30_000, "giao dịch"),
    "2.000927": UnitPrice(25_000, "giao dịch"),
}

FEE_RULES: Final[Mapping[str, FeeRule]] = MappingProxyType(
    {code: FeeRule(price, CIRCULAR, is_basis_certain=False) for code, price in _PRICES.items()}
    | {"2.000908": FeeRule(UnitPrice(0, "bản"), "QĐ 858/QĐ-BTP", is_basis_certain=True)}
)
"""The price of every certification procedure of a commune, by procedure code."""


def price_of_copy(pages: int, scale: PageScale = COPY_SCALE) -> int:
    """Give the price of one copy in đồng.

    Args:
        pages: Pages of the original, at least 1.
        scale: The scale in force.

    Raises:
        BugError: When there is no page.
    """
    if pages < 1:
        raise BugError("an original has at least one page")
    first = min(pages, scale.first_pages)
    return min(first * scale.first_price + (pages - first) * scale.further_price, scale.highest)


def certification_fee(
    procedure_code: str,
    day: dt.date,
    channel: Channel,
    *,
    count: int = 1,
    pages: int = 1,
    decisions: Iterable[LocalDecision] = (),
) -> CertificationFee | None:
    """Compute what a certification costs, or give None when its price is not known here.

    Several signatures in one paper are one case. Pages are those of the original, whatever the copy has.

    Args:
        procedure_code: E.g. ``2.000815``.
        day: Day of reception in Viet Nam.
        channel: How the request came in.
        count: Copies or cases, at least 1.
        pages: Pages of the original, at least 1; ignored where the price is by case.
        decisions: Of the province, in the order of its file; of those that name a fee for this procedure, day and
            channel the last counts, as in ``casework.local_decisions``. Zero exempts; for copies the amount is that of
            a first page, and no further page costs more.

    Raises:
        BugError: When there is no copy, case or page.
    """
    if count < 1:
        raise BugError("a certification has at least one copy or case")
    rule = FEE_RULES.get(procedure_code)
    deciding = [
        decision
        for decision in decisions
        if decision.fee_amount is not None
        and procedure_code in decision.codes
        and decision.is_in_force(day)
        and (not decision.channels or channel in decision.channels)
    ]
    if rule is not None and deciding:
        rule = _decided(rule, deciding[-1])
    if rule is None:
        return None
    each = price_of_copy(pages, rule.price) if isinstance(rule.price, PageScale) else rule.price.amount
    return CertificationFee(each * count, each, count, rule.legal_basis, rule.is_basis_certain)


def _decided(rule: FeeRule, decision: LocalDecision) -> FeeRule:
    amount = decision.fee_amount or 0
    price = (
        dataclasses.replace(rule.price, first_price=amount, further_price=min(rule.price.further_price, amount))
        if isinstance(rule.price, PageScale)
        else dataclasses.replace(rule.price, amount=amount)
    )
    return FeeRule(price, decision.decision, is_basis_certain=True)
