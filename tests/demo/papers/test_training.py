# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from demo.papers.class_accuracy import simulated, table
from demo.papers.misreading import LIGHT, USUAL
from demo.papers.training import fit, learn_from, main
from demo.papers.training_texts import LEARNT, drafts, generated
from scanning.classify.features import BUCKETS
from scanning.classify.linear_model import quantised, to_bytes
from scanning.classify.model_file import MODEL_PATH
from scanning.classify.paper_class import PaperClass
from scanning.classify.rules import NAMING_GROUNDS


def test_drafts_are_made_up_anew_from_the_same_seeds() -> None:
    for paper_class in (PaperClass.WILL, PaperClass.OTHER, PaperClass.UNKNOWN):
        once, again = (list(drafts(paper_class, 3)) for _ in range(2))
        assert once == again
        assert len({sample.text for sample in once}) == 3


def test_the_generator_makes_pages_of_every_class_that_is_learnt() -> None:
    made = {paper_class for paper_class in LEARNT if list(generated(paper_class, 1))}
    assert made == set(LEARNT) - {PaperClass.UNKNOWN}


def test_training_twice_gives_the_same_bytes() -> None:
    samples = [sample for each in (PaperClass.WILL, PaperClass.FEE_RECEIPT) for sample in drafts(each, 4)]
    lessons = learn_from(samples)
    vocabulary, grounds = np.zeros(BUCKETS, bool), dict.fromkeys(NAMING_GROUNDS, 1.0)
    once, again = (to_bytes(quantised(LEARNT, *fit(lessons, 2), 1.0, grounds, vocabulary)) for _ in range(2))
    assert once == again


def test_a_few_pages_of_unseen_layouts_are_told() -> None:
    judged = list(simulated(2, LIGHT))
    assert len(judged) == 2 * (len(LEARNT) - 1)
    assert sum(each.is_right for each in judged) >= 0.94 * len(judged)
    assert sum(each.is_confidently_wrong for each in judged) <= 2
    assert table(judged).startswith("66 pages")


@pytest.mark.full
@pytest.mark.timeout(1800)
def test_the_shipped_model_is_what_training_gives(tmp_path: Path) -> None:
    main(["--out", str(tmp_path / "again.model")])
    assert (tmp_path / "again.model").read_bytes() == MODEL_PATH.read_bytes()


@pytest.mark.full
@pytest.mark.timeout(600)
def test_unseen_layouts_are_told_as_well_as_was_promised() -> None:
    read = list(simulated(20, LIGHT))
    assert sum(each.is_right for each in read) >= 0.97 * len(read)
    assert sum(each.is_confidently_wrong for each in read) <= 0.01 * len(read)


@pytest.mark.full
@pytest.mark.timeout(600)
def test_without_titles_and_lines_unseen_layouts_are_rather_unknown_than_wrong() -> None:
    torn = list(simulated(20, USUAL))
    assert sum(each.is_right for each in torn) >= 0.8 * len(torn)
    assert sum(each.is_confidently_wrong for each in torn) <= 0.04 * len(torn)
