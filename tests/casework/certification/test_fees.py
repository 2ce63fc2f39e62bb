# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.catalogue import Catalogue
from casework.certification.fees import COPY_SCALE, FEE_RULES, PageScale, certification_fee, price_of_copy
from casework.errors import BugError
from casework.records.local_decision import LocalDecision
from casework.records.procedure import Channel

DAY = dt.date(2026, 12, 1)


@pytest.mark.parametrize(
    ("pages", "price"), [(1, 2_000), (2, 4_000), (3, 5_000), (4, 6_000), (197, 199_000), (198, 200_000), (199, 200_000)]
)
def test_two_pages_cost_two_thousand_each_and_further_ones_one_thousand_up_to_the_cap(pages: int, price: int) -> None:
    assert price_of_copy(pages) == price


@given(st.integers(1, 5000))
def test_a_copy_never_gets_cheaper_with_pages_and_never_dearer_than_the_cap(pages: int) -> None:
    assert price_of_copy(pages) <= price_of_copy(pages + 1) <= COPY_SCALE.highest


@given(
    st.builds(PageScale, st.integers(0, 9), st.integers(0, 9000), st.integers(0, 9000), st.integers(0, 10**6)),
    st.integers(1, 999),
)
def test_whatever_the_scale_it_is_monotone_and_capped(scale: PageScale, pages: int) -> None:
    assert 0 <= price_of_copy(pages, scale) <= price_of_copy(pages + 1, scale) <= scale.highest


def test_three_copies_of_an_original_of_five_pages_cost_three_times_seven_thousand() -> None:
    fee = certification_fee("2.000815", DAY, Channel.COUNTER, count=3, pages=5)
    assert fee is not None
    assert (fee.each, fee.count, fee.amount) == (7_000, 3, 21_000)


@pytest.mark.parametrize(
    ("code", "amount"),
    [
        ("2.000884", 10_000),
        ("2.000992", 10_000),
        ("2.001008", 10_000),
        ("2.001035", 50_000),
        ("2.001019", 50_000),
        ("2.001016", 50_000),
        ("2.001406", 50_000),
        ("2.000913", 30_000),
        ("2.000927", 25_000),
        ("2.000942", 5_000),
        ("2.000908", 0),
    ],
)
def test_every_certification_has_its_price_and_pages_count_for_copies_alone(code: str, amount: int) -> None:
    fee = certification_fee(code, DAY, Channel.COUNTER, pages=3)
    assert fee is not None
    assert fee.amount == amount


def test_the_prices_are_those_of_the_catalogue(catalogue: Catalogue) -> None:
    for code, rule in FEE_RULES.items():
        first = rule.price.first_price if isinstance(rule.price, PageScale) else rule.price.amount
        assert first in {way.fee.amount for way in catalogue.get(code).ways}, code


def test_the_circular_is_named_as_uncertain() -> None:
    fee = certification_fee("2.000815", DAY, Channel.COUNTER)
    assert fee is not None
    assert (fee.legal_basis, fee.is_basis_certain) == ("TT 226/2016/TT-BTC", False)


def test_a_procedure_without_a_price_here_has_none() -> None:
    assert certification_fee("1.001193", DAY, Channel.COUNTER) is None


@pytest.mark.parametrize(("count", "pages"), [(0, 1), (1, 0)])
def test_no_copy_or_no_page_is_our_own_mistake(count: int, pages: int) -> None:
    with pytest.raises(BugError):
        certification_fee("2.000815", DAY, Channel.COUNTER, count=count, pages=pages)


FREE = LocalDecision("NQ 23/2026", ("2.000815", "2.000884"), DAY, DAY, channels=(Channel.ONLINE,), fee_amount=0)


@pytest.mark.parametrize(
    ("code", "day", "channel", "amount"),
    [
        ("2.000815", DAY, Channel.ONLINE, 0),
        ("2.000884", DAY, Channel.ONLINE, 0),
        ("2.000884", DAY, Channel.COUNTER, 10_000),
        ("2.000884", DAY - dt.timedelta(days=1), Channel.ONLINE, 10_000),
        ("2.000884", DAY + dt.timedelta(days=1), Channel.ONLINE, 10_000),
        ("2.001035", DAY, Channel.ONLINE, 50_000),
    ],
)
def test_a_province_may_exempt_on_its_days_and_through_its_channels(
    code: str, day: dt.date, channel: Channel, amount: int
) -> None:
    fee = certification_fee(code, day, channel, pages=9, decisions=[FREE])
    assert fee is not None
    assert fee.amount == amount


def test_the_last_decision_of_the_file_that_names_a_fee_counts_as_everywhere() -> None:
    earlier = LocalDecision("A", ("2.000815",), dt.date(2026, 1, 1), fee_amount=1_500)
    later = LocalDecision("B", ("2.000815",), dt.date(2026, 6, 1), fee_amount=500)
    silent = LocalDecision("C", ("2.000815",), dt.date(2026, 9, 1), cut=1)
    fee = certification_fee("2.000815", DAY, Channel.COUNTER, pages=3, decisions=[earlier, later, silent])
    assert fee is not None
    assert (fee.amount, fee.legal_basis, fee.is_basis_certain) == (1_500, "B", True)
    fee = certification_fee("2.000815", DAY, Channel.COUNTER, pages=3, decisions=[later, silent, earlier])
    assert fee is not None
    assert (fee.amount, fee.legal_basis) == (4_000, "A")


def test_a_dearer_first_page_leaves_the_further_pages_and_the_cap() -> None:
    dear = LocalDecision("A", ("2.000815",), dt.date(2026, 1, 1), fee_amount=3_000)
    fees = [
        certification_fee("2.000815", DAY, Channel.COUNTER, pages=pages, decisions=[dear]) for pages in (2, 3, 1000)
    ]
    assert [fee and fee.amount for fee in fees] == [6_000, 7_000, 200_000]
