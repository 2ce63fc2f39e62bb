# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt

import pytest

from casework.figures.share import Share
from casework.records.kept_paper import AcceptedReuse, ReuseSource
from casework.reuse.counters import DossierCounters, PaperCounters, PaperDigitisation, dossier_counters, paper_counters

BIRTH_RESULT = "KQ.G15.000031"


def reuse(source: ReuseSource, result_code: str = "") -> AcceptedReuse:
    return AcceptedReuse("d", "p/01", source, "k", result_code, "lan", dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC))


@pytest.mark.parametrize(
    ("is_scanned", "accepted", "counters"),
    [
        (False, None, (0, 0, 0, "", 0)),
        (True, None, (1, 0, 0, "", 1)),
        (False, reuse(ReuseSource.OWN_DOSSIER), (1, 1, 0, "", 2)),
        (True, reuse(ReuseSource.OWN_DOSSIER), (1, 1, 0, "", 2)),
        (False, reuse(ReuseSource.OWN_DOSSIER, BIRTH_RESULT), (1, 2, 0, BIRTH_RESULT, 2)),
        (False, reuse(ReuseSource.OWN_RESULT, BIRTH_RESULT), (1, 2, 0, BIRTH_RESULT, 3)),
        (False, reuse(ReuseSource.OWN_RESULT), (1, 1, 0, "", 3)),
        (False, reuse(ReuseSource.NATIONAL_STORE, BIRTH_RESULT), (1, 2, 1, BIRTH_RESULT, 3)),
        (False, reuse(ReuseSource.NATIONAL_STORE), (1, 1, 1, "", 3)),
    ],
)
def test_the_counters_of_a_paper(
    is_scanned: bool, accepted: AcceptedReuse | None, counters: tuple[int, int, int, str, int]
) -> None:
    digitised, reused, from_store, code, state = counters
    assert paper_counters(is_scanned, accepted) == PaperCounters(
        digitised, reused, from_store, code, PaperDigitisation(state)
    )


def test_the_counters_of_a_dossier() -> None:
    papers = [
        paper_counters(False, None),
        paper_counters(True, None),
        paper_counters(False, reuse(ReuseSource.OWN_DOSSIER)),
        paper_counters(False, reuse(ReuseSource.NATIONAL_STORE, BIRTH_RESULT)),
    ]
    assert dossier_counters(papers) == DossierCounters(1, Share(3, 4), Share(2, 4))
    assert dossier_counters(papers[:1]) == DossierCounters(0, Share(0, 1), Share(0, 1))
    assert dossier_counters([]) == DossierCounters(0, Share(0, 0), Share(0, 0))
