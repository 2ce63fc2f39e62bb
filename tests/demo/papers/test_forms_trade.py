# SPDX-License-Identifier: GPL-3.0-or-later
"""Made-up pages of land, contract, business, receipt and other papers say what their truth says."""

from __future__ import annotations

import datetime as dt
import random
import re
import unicodedata
from collections.abc import Iterator, Mapping

import pytest

from demo.papers import press
from demo.papers.forms import business, contracts, land, others, receipts
from demo.papers.generator import setting_of
from demo.papers.made_up import MadeUp, written_date
from demo.papers.made_up_civil import TODAY
from demo.papers.plan import Layout, PagePlan

LAYOUTS = {
    **land.LAYOUTS,
    **contracts.LAYOUTS,
    **business.LAYOUTS,
    **receipts.LAYOUTS,
    **others.LAYOUTS,
}
FIELDS = {
    "land-use-certificate": "document_number owner_name owner_number parcel_number map_sheet parcel_address area_m2"
    " issue_date issuer signer",
    "land-use-certificate-changes": "document_number",
    "power-of-attorney": "principal_name principal_number principal_birth_date agent_name agent_number agent_birth_date"
    " issue_date",
    "will": "full_name birth_date personal_number issue_date",
    "land-transfer-contract": "seller_name seller_number buyer_name buyer_number parcel_number map_sheet area_m2"
    " issue_date",
    "land-change-application": "full_name personal_number residence phone parcel_number map_sheet area_m2"
    " certificate_number issue_date",
    "building-permit-application": "full_name personal_number residence phone parcel_number map_sheet area_m2"
    " issue_date",
    "household-business-application": "full_name birth_date sex personal_number business_name business_place capital"
    " phone issue_date",
    "household-business-certificate": "document_number business_name business_place full_name birth_date"
    " personal_number issue_date issuer signer",
    "dossier-receipt": "dossier_code full_name phone issue_date due_date",
    "fee-receipt": "document_number full_name amount issue_date",
    "household-book": "document_number head_name residence issue_date",
    "other": "document_number issue_date issuer signer",
    "handwritten-sheet": "",
    "photo": "",
}
LEAST = dict.fromkeys(FIELDS, 4) | {"other": 16}
EVERY_LAYOUT = [
    pytest.param(layout, index, id=f"{paper_class}-{index}")
    for paper_class, layouts in LAYOUTS.items()
    for index, layout in enumerate(layouts)
]


def plan_of(layout: Layout, seed: int) -> PagePlan:
    return layout(MadeUp(random.Random(seed)))


def words(value: object) -> Iterator[str]:
    """Every string of a plan, in its order."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from words(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from words(each)


def text_of(plan: PagePlan) -> str:
    return re.sub(r"\s+", " ", " ".join(words(list(plan.blocks)))).casefold()


def ways_to_print(name: str, value: str) -> list[str]:
    """How a canonical value may stand on paper."""
    if name.endswith("_date"):
        day = dt.date.fromisoformat(value)
        return [f"{day:%d/%m/%Y}", written_date(day), f"ngày {day:%d} tháng {day:%m} năm {day:%Y}"]
    if name == "sex":
        return [{"male": "nam", "female": "nữ"}[value]]
    if name == "area_m2":
        return [value.replace(".", ",")]
    if name in ("amount", "capital"):
        return [f"{int(value):,}".replace(",", ".")]
    return [value.casefold()]


def test_the_modules_offer_every_class() -> None:
    assert set(LAYOUTS) == set(FIELDS)


@pytest.mark.parametrize("paper_class", FIELDS)
def test_a_class_has_enough_layouts_in_both_halves_with_names_of_their_own(paper_class: str) -> None:
    layouts = LAYOUTS[paper_class]
    names = [plan_of(layout, 0).layout for layout in layouts]

    assert len(layouts) >= LEAST[paper_class]
    assert len(layouts) % 2 == 0
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(("layout", "index"), EVERY_LAYOUT)
def test_a_page_prints_what_its_truth_says(layout: Layout, index: int) -> None:
    for seed in range(8):
        plan = plan_of(layout, seed)
        text = text_of(plan)

        assert LAYOUTS[plan.paper_class][index] is layout
        assert set(plan.fields) <= set(FIELDS[plan.paper_class].split())
        for name, value in plan.fields.items():
            assert any(way in text for way in ways_to_print(name, value)), (plan.layout, name, value)


def test_no_paper_was_issued_in_the_future() -> None:
    for layout in (layout for layouts in LAYOUTS.values() for layout in layouts):
        days = [plan_of(layout, seed).fields.get("issue_date", "") for seed in range(30)]

        assert max(days) <= TODAY.isoformat()


@pytest.mark.parametrize(("layout", "index"), EVERY_LAYOUT)
def test_a_page_is_the_same_for_the_same_seed_and_composed_as_papers_are(layout: Layout, index: int) -> None:
    plan = plan_of(layout, index)

    assert plan == plan_of(layout, index)
    assert all(unicodedata.is_normalized("NFC", text) for text in words(list(plan.blocks)))


def test_most_papers_are_filled_in_for_different_people_each_time() -> None:
    for layout in (layout for paper_class, layouts in LAYOUTS.items() if paper_class != "photo" for layout in layouts):
        plans = [plan_of(layout, seed) for seed in range(4)]

        assert len({text_of(plan) for plan in plans}) > 2, plans[0].layout


def test_handwritten_sheets_and_photographs_hold_no_print() -> None:
    for paper_class, kinds in (("handwritten-sheet", {"handwriting"}), ("photo", {"photo"})):
        for layout in LAYOUTS[paper_class]:
            for seed in range(4):
                found = set(kinds_in(list(plan_of(layout, seed).blocks)))

                assert kinds <= found <= kinds | {"row", "column", "space"}


def kinds_in(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield value["kind"]
        yield from kinds_in(value.get("blocks", []))
    elif isinstance(value, list):
        for each in value:
            yield from kinds_in(each)


@pytest.mark.full
@pytest.mark.parametrize(("layout", "index"), EVERY_LAYOUT)
def test_a_page_fits_on_one_sheet_in_every_typeface(layout: Layout, index: int) -> None:
    for seed in range(4):
        press.printed_text(plan_of(layout, seed), setting_of(seed, seen=index % 2 == 0).typefaces)
