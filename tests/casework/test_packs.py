# SPDX-License-Identifier: GPL-3.0-or-later
"""The shipped packs are what their sources compile to."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest

from casework.packs import compile as packs
from casework.packs.compile import Rules
from casework.packs.unit_names import compile_units


def test_no_pack_is_older_than_its_source() -> None:
    for name, content in packs.pack_contents().items():
        shipped = json.loads(gzip.decompress((packs.PACKS / name).read_bytes()))
        assert shipped == json.loads(json.dumps(content)), f"run python -m casework.packs.compile: {name} is stale"


def test_the_same_source_gives_the_same_bytes() -> None:
    content = {"a": ["khai sinh", 1, None]}
    assert packs.packed(content) == packs.packed(dict(content))
    assert packs.packed(content)[4:8] == b"\0\0\0\0"


def test_the_version_of_the_catalogue_follows_its_content() -> None:
    pages = [page for page in packs.read_source("procedures.json.gz") if page["code"] == "1.001193"]
    first = packs.compile_catalogue(pages, Rules())
    again = packs.compile_catalogue(pages, Rules())
    other = packs.compile_catalogue([{**pages[0], "name": "Thủ tục khác"}], Rules())
    assert first["version"] == again["version"] != other["version"]
    assert first["version"].startswith("2026-07-20.")


def test_a_correction_that_fits_no_page_stops_the_compiler() -> None:
    pages = packs.read_source("procedures.json.gz")[:1]
    stale = {"code": "9.999999", "paper": "Giấy", "duty": "present", "reason": "x"}
    with pytest.raises(ValueError, match=r"9\.999999"):
        packs.compile_catalogue(pages, Rules(corrections=(stale,)))
    limit = {"codes": ["9.999998"], "amount": 1, "unit": "hour", "words": "", "legal_basis": ""}
    with pytest.raises(ValueError, match=r"9\.999998"):
        packs.compile_catalogue(pages, Rules(time_limits=(limit,)))
    with pytest.raises(ValueError, match=r"9\.999997"):
        packs.compile_catalogue(pages, Rules(ways=({"codes": ["9.999997"], "are_steps": True, "reason": "x"},)))
    with pytest.raises(ValueError, match="no such time limit"):
        packs.compile_catalogue(
            pages, Rules(time_limits=({**limit, "codes": [pages[0]["code"]], "instead_of": "77 Ngày"},))
        )
    with pytest.raises(ValueError, match="unknown keys"):
        packs.compile_catalogue(pages, Rules(corrections=({**stale, "conditon": ""},)))


def compiled_ways(code: str, rules: Rules) -> list[dict[str, Any]]:
    pages = [page for page in packs.read_source("procedures.json.gz") if page["code"] == code]
    ways: list[dict[str, Any]] = packs.compile_catalogue(pages, rules)["procedures"][0]["ways"]
    return ways


def test_a_limit_replaces_the_one_it_names_and_a_blank_but_no_other() -> None:
    limit = {"codes": ["1.012533"], "amount": 18, "unit": "working-day", "words": "x", "legal_basis": "y"}
    named = compiled_ways("1.012533", Rules(time_limits=({**limit, "instead_of": "15 Ngày làm việc"},)))
    assert [way["time_limit"]["amount"] for way in named] == [18, 3]
    blank = compiled_ways("2.000815", Rules(time_limits=({**limit, "codes": ["2.000815"]},)))
    assert [way["time_limit"]["amount"] for way in blank] == [18, 18]


def test_ways_are_ordered_and_added_as_the_rules_say() -> None:
    page_order = [way["time_limit"]["source_text"] for way in compiled_ways("1.013067", Rules())]
    first = {"codes": ["1.013067"], "first": page_order[2], "reason": "x"}
    ordered = [way["time_limit"]["source_text"] for way in compiled_ways("1.013067", Rules(ways=(first,)))]
    assert ordered == [page_order[2], *page_order[:2]]
    also = {"codes": ["1.003677"], "also_through": "counter", "like": "online", "reason": "x"}
    channels = [way["channel"] for way in compiled_ways("1.003677", Rules(ways=(also,)))]
    assert channels == ["counter", "counter", "online", "online"]


@pytest.mark.parametrize(
    "rule",
    [{"first": "77 Ngày"}, {"also_through": "counter", "like": "post"}],
)
def test_a_rule_about_ways_that_changes_nothing_stops_the_compiler(rule: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="changes nothing"):
        compiled_ways("1.013067", Rules(ways=({"codes": ["1.013067"], **rule},)))


def test_a_fee_that_depends_on_the_case_is_open_and_keeps_what_it_is_for() -> None:
    fees = [way["fee"] for way in compiled_ways("2.001016", Rules(fee_units=({"codes": ["2.001016"]},)))]
    assert {(fee["amount"], fee["per"], fee["is_certain"]) for fee in fees} == {(50_000, "văn bản", False)}
    fees = [way["fee"] for way in compiled_ways("2.001016", Rules(fee_units=({"codes": ["2.001016"], "per": "tờ"},)))]
    assert {fee["per"] for fee in fees} == {"tờ"}


def test_a_table_of_units_with_a_hole_stops_the_compiler() -> None:
    facts = packs.read_source("units.json.gz")
    with pytest.raises(ValueError, match="unexpected number of units"):
        compile_units({**facts, "communes": facts["communes"][1:]})


def test_the_notice_of_the_source_of_the_units_is_shipped() -> None:
    notice = (packs.PACKS / "LICENSE-vietnamadminunits.txt").read_text()
    assert "MIT License" in notice
    assert "Tran Ngoc Minh Hieu" in notice
