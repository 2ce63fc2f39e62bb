# SPDX-License-Identifier: GPL-3.0-or-later
"""Papers and moments that the tests of the law share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from casework.catalogue import Catalogue
from casework.records.paper import Paper, PaperClass, PaperForm
from casework.work_calendar import VIET_NAM

MakePaper = Callable[..., Paper]


@pytest.fixture
def catalogue() -> Catalogue:
    return Catalogue.shipped()


@pytest.fixture
def make_paper() -> MakePaper:
    def make(
        paper_id: str,
        paper_class: PaperClass = PaperClass.UNKNOWN,
        confidence: float = 0.9,
        position: int = 0,
        requirement_id: str | None = None,
    ) -> Paper:
        return Paper(
            paper_id=paper_id,
            dossier_id="dossier",
            position=position,
            title=paper_class.value,
            paper_class=paper_class,
            confidence=confidence,
            form=PaperForm.ORIGINAL,
            page_count=1,
            requirement_id=requirement_id,
        )

    return make


@pytest.fixture
def local() -> Callable[[str], dt.datetime]:
    """A moment in Viet Nam from text such as ``2026-11-23 08:30``."""
    return lambda text: dt.datetime.fromisoformat(text).replace(tzinfo=VIET_NAM)
