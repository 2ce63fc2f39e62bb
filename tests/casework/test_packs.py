# SPDX-License-Identifier: GPL-3.0-or-later
"""The shipped packs are what their sources compile to."""

from __future__ import annotations

import gzip
import json

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
    with pytest.raises(ValueError, match="unknown keys"):
        packs.compile_catalogue(pages, Rules(corrections=({**stale, "conditon": ""},)))


def test_a_table_of_units_with_a_hole_stops_the_compiler() -> None:
    facts = packs.read_source("units.json.gz")
    with pytest.raises(ValueError, match="unexpected number of units"):
        compile_units({**facts, "communes": facts["communes"][1:]})


def test_the_notice_of_the_source_of_the_units_is_shipped() -> None:
    notice = (packs.PACKS / "LICENSE-vietnamadminunits.txt").read_text()
    assert "MIT License" in notice
    assert "Tran Ngoc Minh Hieu" in notice
