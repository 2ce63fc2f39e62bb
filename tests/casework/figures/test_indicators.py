# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt
import random
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.catalogue import Catalogue
from casework.figures.cases import CaseRow, Cases
from casework.figures.indicators import (
    Indicators,
    OnTime,
    Timeliness,
    boundary_free_procedures,
    indicators,
    on_time,
    timeliness,
    verdict_day,
)
from casework.figures.period import Period
from casework.figures.share import Mean, Share
from casework.records.dossier import DossierState, PortalState
from casework.records.procedure import Channel
from casework.work_calendar import VIET_NAM

if TYPE_CHECKING:
    from tests.casework.figures.conftest import MakeRow

AS_OF = dt.datetime(2026, 11, 20, 12, 0, tzinfo=VIET_NAM)
NOVEMBER = Period.month_of(dt.date(2026, 11, 1))
S = DossierState


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        # The promise is 5 Nov 17:00.
        ({"state": S.FINISHED, "finished_at": "2026-11-05 17:00"}, Timeliness.ON_TIME),
        ({"state": S.FINISHED, "finished_at": "2026-11-05 17:01"}, Timeliness.LATE),
        ({"state": S.RETURNED, "returned_at": "2026-11-05 17:00"}, Timeliness.ON_TIME),
        (
            {"state": S.RETURNED, "finished_at": "2026-11-05 16:00", "returned_at": "2026-11-09 08:00"},
            Timeliness.ON_TIME,
        ),
        # After an extension the new promise counts.
        (
            {
                "state": S.FINISHED,
                "extended_from": "2026-11-03 17:00",
                "finished_at": "2026-11-05 09:00",
            },
            Timeliness.ON_TIME,
        ),
        ({"state": S.PROCESSING}, Timeliness.LATE),
        ({"state": S.RECEIVED}, Timeliness.LATE),
        ({"state": S.WITHDRAWAL_REQUESTED}, Timeliness.LATE),
        ({"state": S.PROCESSING, "due_at": "2026-11-20 12:00"}, Timeliness.NOT_YET_DUE),
        ({"state": S.PROCESSING, "due_at": "2026-11-20 11:59"}, Timeliness.LATE),
        # A result that exists and of which the state does not speak does not help.
        ({"state": S.PROCESSING, "result_issued_at": "2026-11-04 09:00"}, Timeliness.LATE),
        # With the citizen since before the promise: no verdict. Asked after it: too late to ask.
        ({"state": S.SUPPLEMENT_REQUESTED}, Timeliness.WITH_CITIZEN),
        ({"state": S.SUPPLEMENT_REQUESTED, "waits_for_citizen_since": "2026-11-05 17:00"}, Timeliness.WITH_CITIZEN),
        ({"state": S.PAYMENT_REQUESTED, "waits_for_citizen_since": "2026-11-03 09:00"}, Timeliness.WITH_CITIZEN),
        ({"state": S.SUPPLEMENT_REQUESTED, "waits_for_citizen_since": "2026-11-05 17:01"}, Timeliness.LATE),
        ({"state": S.PROCESSING, "waits_for_citizen_since": "2026-11-03 09:00"}, Timeliness.LATE),
        ({"state": S.STOPPED, "stopped_at": "2026-11-05 17:00"}, Timeliness.STOPPED_IN_TIME),
        ({"state": S.STOPPED, "stopped_at": "2026-11-06 08:00"}, Timeliness.LATE),
        ({"state": S.STOPPED}, Timeliness.STOPPED_IN_TIME),
    ],
)
def test_how_a_dossier_stands_towards_its_promise(
    changes: dict[str, Any], expected: Timeliness, make_row: MakeRow
) -> None:
    assert timeliness(make_row(**changes), AS_OF) is expected


@pytest.mark.parametrize(
    ("changes", "day"),
    [
        ({"state": S.FINISHED, "finished_at": "2026-11-03 09:00"}, dt.date(2026, 11, 3)),
        ({"state": S.FINISHED, "finished_at": "2026-11-09 09:00"}, dt.date(2026, 11, 5)),
        ({"state": S.PROCESSING}, dt.date(2026, 11, 5)),
        ({"state": S.STOPPED, "stopped_at": "2026-11-09 08:00"}, dt.date(2026, 11, 5)),
        ({"state": S.PROCESSING, "due_at": "2026-12-05 17:00"}, None),
        ({"state": S.SUPPLEMENT_REQUESTED}, None),
        ({"state": S.STOPPED}, None),
    ],
)
def test_a_verdict_falls_when_it_can_first_be_known(
    changes: dict[str, Any], day: dt.date | None, make_row: MakeRow
) -> None:
    assert verdict_day(make_row(**changes), AS_OF) == day


def test_a_late_dossier_stays_late_in_the_period_of_its_promise_after_it_was_finished(make_row: MakeRow) -> None:
    week = Period.week_of(dt.date(2026, 11, 5))
    still_open = on_time(Cases.of([make_row()]), week, AS_OF)
    finished = make_row(state=S.FINISHED, finished_at="2026-11-19 09:00")
    assert still_open == on_time(Cases.of([finished]), week, AS_OF) == OnTime(Share(0, 1), Share(0, 0))


def test_extended_dossiers_are_counted_with_all_and_told_apart(make_row: MakeRow) -> None:
    rows = [
        make_row("1", state=S.FINISHED, finished_at="2026-11-04 09:00"),
        make_row("2", state=S.FINISHED, finished_at="2026-11-05 09:00", extended_from="2026-11-03 17:00"),
        make_row("3", state=S.FINISHED, finished_at="2026-11-06 09:00", extended_from="2026-11-03 17:00"),
        make_row("4", state=S.PROCESSING, due_at="2026-11-25 17:00", extended_from="2026-11-03 17:00"),
    ]
    assert on_time(Cases.of(rows), NOVEMBER, AS_OF) == OnTime(Share(2, 3), Share(1, 2))


def test_the_figures_of_a_month_computed_by_hand(make_row: MakeRow) -> None:
    rows = [
        make_row("1", channel=Channel.ONLINE, is_boundary_free=True, paper_count=2, digitised_at_reception=2),
        make_row("2", channel=Channel.ONLINE, is_boundary_free=False, paper_count=3, digitised_at_reception=2),
        make_row(
            "3",
            channel=Channel.POST,
            state=S.FINISHED,
            finished_at="2026-11-04 09:00",
            processing_minutes=300,
            paper_count=4,
            digitised_at_reception=4,
            reused_count=3,
            has_fee=True,
            is_paid_online=True,
        ),
        make_row("4", state=S.RETURNED, returned_at="2026-11-05 18:00", processing_minutes=181, has_fee=True),
        # Received in October, ended in November; received in November, ended in December.
        make_row(
            "5",
            received_at="2026-10-30 08:00",
            state=S.FINISHED,
            finished_at="2026-11-02 09:00",
            processing_minutes=60,
            channel=Channel.ONLINE,
        ),
        make_row(
            "6", due_at="2026-12-09 17:00", state=S.FINISHED, finished_at="2026-12-01 09:00", processing_minutes=9
        ),
    ]
    assert indicators(Cases.of(rows), NOVEMBER, AS_OF) == Indicators(
        period=NOVEMBER,
        received=5,
        on_time=OnTime(Share(2, 5), Share(0, 0)),
        online=Share(2, 5),
        boundary_free=Share(1, 2),
        digitised_from_start=Share(2, 3),
        reuse=Share(1, 5),
        reused_papers=Share(3, 9),
        paid_online=Share(1, 2),
        processing=Mean(541, 3),
    )


def test_an_empty_period_has_no_figures_and_no_error() -> None:
    empty = indicators(Cases.of([]), NOVEMBER, AS_OF)
    assert empty.on_time.every.in_words() == empty.online.in_words() == "–"


def test_a_procedure_of_which_nobody_said_is_not_on_the_boundary_free_list() -> None:
    procedure = Catalogue.shipped().get("1.001193")
    listed = [
        replace(procedure, is_boundary_free=True),
        replace(procedure, is_boundary_free=False),
        replace(procedure, is_boundary_free=None),
        replace(procedure, is_boundary_free=True, offered_at_counter=False),
    ]
    assert boundary_free_procedures(listed) == Share(1, 3)


OCTOBER = dt.datetime(2026, 10, 1, tzinfo=VIET_NAM)
moments = st.integers(0, 91 * 24 * 60).map(lambda minutes: OCTOBER + dt.timedelta(minutes=minutes))


@st.composite
def rows(draw: st.DrawFn) -> CaseRow:
    number = draw(st.integers(0, 30))
    state = draw(st.sampled_from([state for state in S if state not in {S.REGISTERED, S.REFUSED}]))
    ended = draw(moments) if state in {S.FINISHED, S.RETURNED} else None
    papers = draw(st.integers(0, 4))
    return CaseRow(
        dossier_id=f"d{number}",
        code=f"code {number}",
        procedure_code="1.001193",
        field=draw(st.sampled_from(["Hộ tịch", "Đất đai"])),
        channel=draw(st.sampled_from(Channel)),
        state=state,
        portal_state=PortalState.ACCEPTED,
        clerk_id=draw(st.sampled_from(["lan", "hoa"])),
        received_at=draw(moments),
        due_at=draw(moments),
        portal_code=draw(st.sampled_from(["", "", f"portal {number}", f"code {number + 1}"])),
        extended_from=draw(st.none() | moments),
        finished_at=ended,
        stopped_at=draw(moments) if state is S.STOPPED else None,
        waits_for_citizen_since=draw(st.none() | moments),
        processing_minutes=draw(st.none() | st.integers(0, 5000)) if ended else None,
        is_boundary_free=draw(st.none() | st.booleans()),
        paper_count=papers,
        digitised_at_reception=draw(st.integers(0, papers)),
        reused_count=draw(st.integers(0, papers)),
        has_fee=draw(st.booleans()),
        is_paid_online=draw(st.booleans()),
    )


many_rows = st.lists(rows(), max_size=8)
fast = settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)


def shares(figures: Indicators) -> list[Share]:
    own = [getattr(figures, item.name) for item in fields(figures)]
    return [part for part in own if isinstance(part, Share)] + [figures.on_time.every, figures.on_time.extended]


@fast
@given(many_rows, st.dates(dt.date(2026, 10, 2), dt.date(2026, 12, 30)))
def test_the_parts_of_a_period_add_up_to_the_whole(cases: list[CaseRow], middle: dt.date) -> None:
    book = Cases.of(cases)
    first, until = dt.date(2026, 10, 1), dt.date(2026, 12, 31)
    whole = indicators(book, Period(first, until), AS_OF)
    before, after = (indicators(book, period, AS_OF) for period in (Period(first, middle), Period(middle, until)))
    assert before.received + after.received == whole.received
    assert before.processing + after.processing == whole.processing
    assert [one + other for one, other in zip(shares(before), shares(after), strict=True)] == shares(whole)


@fast
@given(many_rows, st.randoms(use_true_random=False))
def test_the_order_of_rows_is_of_no_consequence(cases: list[CaseRow], chance: random.Random) -> None:
    shuffled = list(cases)
    chance.shuffle(shuffled)
    assert Cases.of(shuffled) == Cases.of(cases)


@fast
@given(many_rows)
def test_every_percentage_lies_between_0_and_100(cases: list[CaseRow]) -> None:
    for share in shares(indicators(Cases.of(cases), Period.quarter_of(dt.date(2026, 11, 1)), AS_OF)):
        assert share.percent is None or 0 <= share.percent <= 100


@fast
@given(many_rows)
def test_no_code_is_counted_twice(cases: list[CaseRow]) -> None:
    codes = [{row.code, row.portal_code} - {""} for row in Cases.of(cases).rows]
    assert len(set[str]().union(*codes)) == sum(map(len, codes))


@fast
@given(many_rows)
def test_an_on_time_dossier_more_never_lowers_the_share(cases: list[CaseRow]) -> None:
    quarter = Period.quarter_of(dt.date(2026, 11, 1))
    kept = CaseRow(
        dossier_id="kept",
        code="kept",
        procedure_code="1.001193",
        field="Hộ tịch",
        channel=Channel.COUNTER,
        state=S.FINISHED,
        portal_state=PortalState.ACCEPTED,
        clerk_id="lan",
        received_at=AS_OF,
        due_at=AS_OF,
        finished_at=AS_OF,
    )
    before = on_time(Cases.of(cases), quarter, AS_OF).every
    after = on_time(Cases.of([*cases, kept]), quarter, AS_OF).every
    assert after == before + Share(1, 1)
    assert before.ratio is None or (after.ratio is not None and after.ratio >= before.ratio)
