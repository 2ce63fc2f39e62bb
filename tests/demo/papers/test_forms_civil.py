# SPDX-License-Identifier: GPL-3.0-or-later
"""Made-up pages of civil-status and identity papers say what their truth says."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Mapping, Sequence

import pytest

from casework.identity.machine_readable_zone import read_zone
from demo.papers import press
from demo.papers.forms import civil_certificates, civil_declarations, civil_extracts, identity, residence
from demo.papers.generator import setting_of
from demo.papers.made_up import MadeUp, written_date
from demo.papers.plan import Layout, PagePlan
from scanning.folding import fold

LAYOUTS: Mapping[str, Sequence[Layout]] = {
    **identity.LAYOUTS,
    **civil_certificates.LAYOUTS,
    **civil_extracts.LAYOUTS,
    **civil_declarations.LAYOUTS,
    **residence.LAYOUTS,
}
FIELDS = {
    "identity-card": "personal_number full_name birth_date sex origin residence expiry_date issue_date",
    "identity-card-front": "personal_number full_name birth_date sex origin residence expiry_date",
    "identity-card-back": "personal_number birth_date sex expiry_date issue_date",
    "birth-certificate": "document_number full_name birth_date sex birth_place origin personal_number mother_name"
    " father_name issuer issue_date signer",
    "birth-certificate-copy": "document_number full_name birth_date sex birth_place origin personal_number mother_name"
    " father_name issuer issue_date signer",
    "marriage-certificate": "document_number wife_name wife_number wife_birth_date husband_name husband_number"
    " husband_birth_date registration_date issuer signer",
    "marriage-extract": "document_number wife_name wife_number wife_birth_date husband_name husband_number"
    " husband_birth_date issue_date issuer signer",
    "death-extract": "document_number full_name birth_date sex personal_number death_date death_place issue_date issuer"
    " signer",
    "death-notice": "document_number full_name birth_date sex personal_number death_date death_place issue_date issuer"
    " signer",
    "civil-status-extract": "document_number full_name birth_date personal_number issue_date issuer signer",
    "marital-status-confirmation": "document_number full_name birth_date sex personal_number residence issue_date"
    " issuer signer",
    "birth-proof": "document_number mother_name mother_number father_name child_name child_birth_date child_sex"
    " weight_grams issue_date signer",
    "residence-change-declaration": "full_name birth_date sex personal_number phone residence head_name head_number"
    " issue_date",
    "residence-confirmation": "document_number full_name birth_date sex personal_number residence head_name issue_date"
    " issuer signer",
    "birth-registration-declaration": "requester_name requester_number child_name child_birth_date child_sex"
    " birth_place mother_name mother_number father_name father_number",
    "death-registration-declaration": "requester_name requester_number full_name birth_date personal_number death_date"
    " death_place issue_date",
    "marriage-registration-declaration": "wife_name wife_birth_date wife_number husband_name husband_birth_date"
    " husband_number issue_date",
    "marital-status-declaration": "requester_name requester_number full_name birth_date sex personal_number residence"
    " issue_date",
    "civil-status-change-declaration": "requester_name requester_number full_name birth_date personal_number"
    " issue_date",
    "civil-status-copy-request": "requester_name requester_number full_name birth_date issue_date",
}
EVERY_LAYOUT = [
    pytest.param(layout, index, id=f"{paper_class}-{index}")
    for paper_class, layouts in LAYOUTS.items()
    for index, layout in enumerate(layouts)
]


def plan_of(layout: Layout, seed: int) -> PagePlan:
    return layout(MadeUp(random.Random(seed)))


def words(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from words(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from words(each)


def ways_to_print(name: str, value: str) -> list[str]:
    if name.endswith("sex"):
        return ["Nam", "Trai"] if value == "male" else ["Nữ", "Gái"]
    if not name.endswith("date"):
        return [value]
    day = dt.date.fromisoformat(value)
    in_zone = f"{day:%y%m%d}"
    return [
        f"{day:%d/%m/%Y}",
        f"{day.day}/{day.month}/{day.year}",
        f"{day:ngày %d tháng %m năm %Y}",
        written_date(day),
        f"{written_date(day).removeprefix('ngày ')}",
        in_zone,
    ]


def test_every_class_of_these_papers_has_layouts_of_both_halves() -> None:
    assert LAYOUTS.keys() == FIELDS.keys()
    assert all(len(layouts) >= 4 and len(layouts) % 2 == 0 for layouts in LAYOUTS.values())


@pytest.mark.parametrize("paper_class", LAYOUTS)
def test_layouts_of_a_class_have_names_of_their_own_and_print_the_fields_of_the_class_among_them(
    paper_class: str,
) -> None:
    plans = [plan_of(layout, seed) for layout in LAYOUTS[paper_class] for seed in range(8)]
    assert {plan.paper_class for plan in plans} == {paper_class}
    assert len({plan.layout for plan in plans}) == len(LAYOUTS[paper_class])
    assert {name for plan in plans for name in plan.fields} == set(FIELDS[paper_class].split())


@pytest.mark.parametrize(("layout", "index"), EVERY_LAYOUT)
def test_the_page_says_every_value_of_its_truth(layout: Layout, index: int) -> None:
    for seed in range(25):
        plan = plan_of(layout, seed)
        text = fold(" ".join(words(list(plan.blocks))))
        missing = [
            name
            for name, value in plan.fields.items()
            if not any(fold(way) in text for way in ways_to_print(name, value))
            # The zone has days without century and separators, and the sex as a letter.
            and not (name in ("birth_date", "expiry_date", "sex") and "IDVNM" in text)
        ]
        assert missing == [], plan.layout


@pytest.mark.parametrize(("layout", "index"), EVERY_LAYOUT)
def test_the_same_chance_gives_the_same_page(layout: Layout, index: int) -> None:
    assert plan_of(layout, 3) == plan_of(layout, 3)
    assert plan_of(layout, 3) != plan_of(layout, 4)


@pytest.mark.parametrize("index", [0, 2])
def test_the_zone_on_the_back_of_a_card_agrees_with_the_truth(index: int) -> None:
    for seed in range(20):
        plan = plan_of(identity.LAYOUTS["identity-card-back"][index], seed)
        (lines,) = [block["lines"] for block in plan.blocks if block["kind"] == "machine_readable"]
        zone = read_zone("\n".join(words(lines)), dt.date(2026, 12, 1))
        assert zone.personal_number == plan.fields["personal_number"]
        assert zone.birth_date == dt.date.fromisoformat(plan.fields["birth_date"])
        assert zone.sex is not None
        assert zone.sex.value == plan.fields["sex"]
        assert zone.doubts == ()


@pytest.mark.full
@pytest.mark.parametrize(("layout", "index"), EVERY_LAYOUT)
def test_the_page_fits_on_its_sheet_in_every_typeface(layout: Layout, index: int) -> None:
    for seed in range(12):
        assert press.typeset(plan_of(layout, seed), setting_of(seed, index % 2 == 0), press.Layer.TEXT)
