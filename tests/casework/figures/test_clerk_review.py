# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from casework.figures.cases import Cases
from casework.figures.clerk_review import clerk_reviews
from casework.figures.period import Period
from casework.figures.share import Share
from casework.records.dossier import DossierState
from casework.records.former_dossier import FORMER_SYSTEM
from casework.records.rating import Overall, Rating
from casework.sensitive_fields import SensitiveField
from casework.work_calendar import VIET_NAM

if TYPE_CHECKING:
    from tests.casework.figures.conftest import MakeRow

QUARTER = Period.quarter_of(dt.date(2026, 11, 1))
AS_OF = dt.datetime(2026, 11, 20, 12, 0, tzinfo=VIET_NAM)
FINISHED = DossierState.FINISHED


@pytest.fixture
def cases(make_row: MakeRow) -> Cases:
    return Cases.of(
        [
            make_row("1", state=FINISHED, finished_at="2026-11-04 09:00"),
            make_row("2", field="Đất đai", state=FINISHED, finished_at="2026-11-09 09:00"),
            make_row("3", field="Đất đai", has_late_reason=True),
            make_row("4", field="Hoạt động xây dựng", clerk_id="hoa", due_at="2026-12-24 17:00"),
            make_row("5", clerk_id="mai", received_at="2026-09-30 09:00", due_at="2026-10-02 17:00"),
            make_row("7", clerk_id=FORMER_SYSTEM, field="Đất đai"),
            make_row("6", clerk_id="nga", received_at="2026-08-03 09:00", due_at="2026-08-05 17:00"),
        ]
    )


def test_every_clerk_with_a_dossier_in_the_quarter_is_reviewed(cases: Cases) -> None:
    ratings = [
        Rating("d1", AS_OF, Overall.SATISFIED),
        Rating("d2", AS_OF, Overall.NOT_SATISFIED),
        Rating("d4", AS_OF, Overall.VERY_SATISFIED),
    ]
    hoa, lan, mai = clerk_reviews(cases, ratings, QUARTER, AS_OF)
    assert (hoa.clerk_id, lan.clerk_id, mai.clerk_id) == ("hoa", "lan", "mai")
    assert (lan.figures.received, lan.figures.on_time.every) == (3, Share(1, 3))
    assert (lan.late, lan.late_without_reason) == (2, 1)
    assert (lan.ratings.satisfied, hoa.ratings.satisfied) == (Share(1, 2), Share(1, 1))
    assert (hoa.figures.received, hoa.figures.on_time.every, hoa.late) == (1, Share(0, 0), 0)
    # Received in the quarter before, due in this one.
    assert (mai.figures.received, mai.late, mai.late_without_reason) == (0, 1, 1)


@pytest.mark.parametrize(
    ("sensitive", "expected"),
    [
        ({SensitiveField.LAND}, [("lan", 2)]),
        ({SensitiveField.CONSTRUCTION}, [("hoa", 1)]),
        ({SensitiveField.LAND, SensitiveField.CONSTRUCTION}, [("hoa", 1), ("lan", 2)]),
        ({SensitiveField.HEALTH}, []),
    ],
)
def test_the_review_can_look_at_sensitive_fields_only(
    sensitive: set[SensitiveField], expected: list[tuple[str, int]], cases: Cases
) -> None:
    reviews = clerk_reviews(cases, [], QUARTER, AS_OF, frozenset(sensitive))
    assert [(review.clerk_id, review.figures.received) for review in reviews] == expected
