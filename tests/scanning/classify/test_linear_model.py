# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from scanning.classify.features import BUCKETS, features_of
from scanning.classify.linear_model import from_bytes, quantised, shipped_model, to_bytes
from scanning.classify.model_file import MODEL_PATH, shipped_version
from scanning.classify.paper_class import PaperClass
from scanning.classify.rules import NAMING_GROUNDS
from scanning.errors import ScanningError
from scanning.ocr.text import PageText

Print = Callable[..., PageText]
CLASSES = (PaperClass.WILL, PaperClass.OTHER)
GROUNDS = dict.fromkeys(NAMING_GROUNDS, 2.5)


def tiny() -> bytes:
    random = np.random.default_rng(5)
    weights = random.normal(size=(2, BUCKETS))
    return to_bytes(quantised(CLASSES, weights, np.array([0.5, -0.5]), 1.5, GROUNDS, random.random(BUCKETS) < 0.3))


def test_a_model_survives_its_file_and_equal_models_are_equal_bytes() -> None:
    blob = tiny()
    model = from_bytes(blob)
    assert to_bytes(model) == blob == tiny()
    assert (model.classes, model.temperature, model.grounds) == (CLASSES, 1.5, GROUNDS)
    assert len(model.version) == 32


def test_rounding_keeps_the_scores_to_a_hundredth(printed: Print) -> None:
    weights = np.random.default_rng(5).normal(size=(2, BUCKETS))
    model = quantised(CLASSES, weights, np.zeros(2), 1.0, GROUNDS, np.zeros(BUCKETS, bool))
    features = features_of(printed("Tôi lập di chúc này", "DI CHÚC"))
    exact = weights[:, features.buckets] @ features.weights
    assert np.allclose(model.scores(features), exact, atol=0.05)
    assert model.probabilities(features).sum() == pytest.approx(1.0)


@pytest.mark.parametrize("at", [0, 4, 20, 60, -1])
def test_a_changed_byte_is_noticed(at: int) -> None:
    blob = bytearray(tiny())
    blob[at] ^= 1
    with pytest.raises(ScanningError, match="model-damaged"):
        from_bytes(bytes(blob))


@pytest.mark.parametrize("blob", [b"", b"MCPC", tiny()[:-5], b"x" * 100])
def test_what_is_no_model_is_refused(blob: bytes) -> None:
    with pytest.raises(ScanningError, match="model-damaged"):
        from_bytes(blob)


def test_the_shipped_model_is_small_and_knows_every_class_that_has_words() -> None:
    assert MODEL_PATH.stat().st_size <= 1_500_000
    assert set(shipped_model().classes) == set(PaperClass) - {PaperClass.PHOTO, PaperClass.HANDWRITTEN_SHEET}
    assert shipped_model() is shipped_model()


def test_its_version_is_told_without_loading_it() -> None:
    assert shipped_version() == shipped_model().version
