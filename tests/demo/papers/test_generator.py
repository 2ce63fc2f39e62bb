# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from demo.papers import press
from demo.papers.__main__ import TRUTH_FILE, main
from demo.papers.generator import CLASSES, generate, plan_page, setting_of
from demo.papers.look import CONDITIONS
from scanning.classify.paper_class import PaperClass


@pytest.mark.parametrize("seen", [True, False], ids=["seen", "unseen"])
@pytest.mark.parametrize("paper_class", CLASSES)
def test_every_class_has_pages_in_both_halves(paper_class: str, seen: bool) -> None:
    plan = plan_page(paper_class, 1, seen)
    assert plan.paper_class == paper_class
    assert press.printed_text(plan, setting_of(1, seen).typefaces) or press.has_hand(plan) or press.has_pictures(plan)


def test_the_halves_share_no_layout() -> None:
    for paper_class in CLASSES:
        halves = [{plan_page(paper_class, seed, seen).layout for seed in range(8)} for seen in (True, False)]
        assert not halves[0] & halves[1], paper_class


def test_classes_are_those_of_the_reader_except_unknown() -> None:
    assert set(CLASSES) == {each.value for each in PaperClass} - {"unknown"}


@pytest.mark.parametrize("name", CONDITIONS)
def test_every_condition_gives_a_page_with_its_truth(name: str) -> None:
    look = replace(CONDITIONS[name](3, seen=False), dpi=75)
    page = generate("identity-card-front", 3, seen=False, condition=look)
    truth = page.truth
    assert (page.dpi, truth.condition) == (75, name)
    assert np.asarray(page.picture).std() > 5
    assert truth.fields["personal_number"]
    assert truth.has_print
    assert truth.quarter_turns == look.placing.quarter_turns
    assert (truth.other_corners is not None) == (name == "two-cards")


def test_the_same_seed_gives_the_same_page_and_another_seed_another_one() -> None:
    look = replace(CONDITIONS["scan-seal"](5), dpi=60)
    first, second, other = (generate("will", seed, seen=True, condition=look) for seed in (5, 5, 6))
    assert first.truth == second.truth
    assert np.array_equal(np.asarray(first.picture), np.asarray(second.picture))
    assert first.truth.text != other.truth.text


def test_the_text_of_the_truth_is_what_the_plan_prints() -> None:
    truth = generate("marriage-extract", 8, seen=False, condition=replace(CONDITIONS["clean"](8), dpi=50)).truth
    plan = plan_page("marriage-extract", 8, False)
    assert "".join(truth.text.split()) == "".join(press.printed_text(plan).split())
    assert truth.fields == plan.fields


def test_two_cards_are_both_sides_of_one_card() -> None:
    look = replace(CONDITIONS["two-cards"](1), dpi=60)
    truth = generate("identity-card-front", 11, seen=True, condition=look).truth
    front, back = (plan_page(f"identity-card-{side}", 11, True) for side in ("front", "back"))
    assert truth.paper_class == "identity-card"
    assert truth.fields == {**front.fields, **back.fields}
    assert all(front.fields[name] == back.fields[name] for name in front.fields.keys() & back.fields.keys())


def test_other_papers_lie_alone_on_the_glass() -> None:
    truth = generate("fee-receipt", 1, seen=True, condition=replace(CONDITIONS["two-cards"](1), dpi=50)).truth
    assert truth.paper_class == "fee-receipt"
    assert truth.other_corners is None


def test_the_command_writes_pages_and_their_truth(tmp_path: Path) -> None:
    arguments = ["--out", str(tmp_path), "--count", "2", "--seed", "4", "--class", "photo", "--condition", "low-dpi"]
    assert main([*arguments, "--unseen"]) == 0
    entries = json.loads((tmp_path / TRUTH_FILE).read_text(encoding="utf-8"))
    assert [entry["seed"] for entry in entries] == [4, 5]
    for entry in entries:
        with Image.open(tmp_path / entry["file"]) as picture:
            assert round(picture.info["dpi"][0]) == entry["dpi"]
        assert (entry["paper_class"], entry["condition"], entry["seen"]) == ("photo", "low-dpi", False)
        assert len(entry["corners"]) == 4
