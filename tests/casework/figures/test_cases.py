# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from casework.errors import BugError
from casework.figures.cases import CaseRow, Cases
from casework.records.dossier import DossierState
from casework.records.procedure import Channel

if TYPE_CHECKING:
    from tests.casework.figures.conftest import MakeRow

Local = Callable[[str], dt.datetime]


@pytest.mark.parametrize("state", [DossierState.REGISTERED, DossierState.REFUSED])
def test_what_was_not_received_is_no_case(state: DossierState, make_row: MakeRow) -> None:
    with pytest.raises(BugError):
        make_row(state=state)


@pytest.mark.parametrize("state", [DossierState.FINISHED, DossierState.RETURNED])
def test_what_is_done_has_a_moment_of_its_end(state: DossierState, make_row: MakeRow) -> None:
    with pytest.raises(BugError):
        make_row(state=state)
    make_row(state=state, returned_at="2026-11-03 09:00")


@pytest.mark.parametrize(
    "counts",
    [{"reused_count": 3}, {"digitised_at_reception": 3}, {"reused_count": -1}, {"digitised_at_reception": -1}],
)
def test_no_more_papers_are_digitised_than_there_are(counts: dict[str, int], make_row: MakeRow) -> None:
    with pytest.raises(BugError):
        make_row(paper_count=2, **counts)


def test_the_end_is_what_came_first(make_row: MakeRow, local: Local) -> None:
    row = make_row(state=DossierState.RETURNED, finished_at="2026-11-03 09:00", returned_at="2026-11-06 09:00")
    assert row.ended_at == local("2026-11-03 09:00")
    assert not row.is_open
    assert make_row().is_open
    assert not make_row(state=DossierState.STOPPED).is_open


def online_and_counter(make_row: MakeRow) -> list[CaseRow]:
    """Filed online, brought to the counter under the portal's code, and told once more by the portal."""
    online = make_row("1", code="000.00.01.H56-261102-0007", channel=Channel.ONLINE, clerk_id="hoa")
    counter = make_row(
        "2",
        portal_code="000.00.01.H56-261102-0007",
        received_at="2026-11-03 09:00",
        state=DossierState.FINISHED,
        finished_at="2026-11-04 10:00",
    )
    again = make_row("2", state=DossierState.PROCESSING, received_at="2026-11-03 09:00", field="?")
    return [online, counter, again]


def test_the_same_dossier_on_two_channels_is_counted_once(make_row: MakeRow, local: Local) -> None:
    for order in itertools.permutations([*online_and_counter(make_row), make_row("3")]):
        cases = Cases.of(order)
        assert [row.dossier_id for row in cases.rows] == ["d1", "d3"]
        merged = cases.rows[0]
        assert (merged.channel, merged.clerk_id, merged.received_at) == (
            Channel.ONLINE,
            "hoa",
            local("2026-11-02 08:00"),
        )
        assert (merged.state, merged.finished_at) == (DossierState.FINISHED, local("2026-11-04 10:00"))
        assert merged.portal_code == "000.00.01.H56-261102-0007"


def test_dossiers_without_a_portal_code_have_nothing_in_common(make_row: MakeRow) -> None:
    assert len(Cases.of([make_row("1"), make_row("2"), make_row("3")]).rows) == 3


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"dossier_id": "same"}, {"dossier_id": "same"}),
        ({"code": "same"}, {"code": "same"}),
        ({"portal_code": "same"}, {"portal_code": "same"}),
        ({"portal_code": "same"}, {"code": "same"}),
    ],
)
def test_identity_code_and_portal_code_each_make_rows_the_same(
    one: dict[str, Any], other: dict[str, Any], make_row: MakeRow
) -> None:
    assert len(Cases.of([make_row("1", **one), make_row("2", **other)]).rows) == 1


def test_bringing_together_twice_changes_nothing(make_row: MakeRow) -> None:
    once = Cases.of(online_and_counter(make_row))
    assert Cases.of(once.rows) == once


def test_cases_can_be_narrowed(make_row: MakeRow) -> None:
    cases = Cases.of([make_row("1"), make_row("2", field="Đất đai")])
    assert [row.dossier_id for row in cases.where(lambda row: row.field == "Đất đai").rows] == ["d2"]
