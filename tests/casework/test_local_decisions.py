# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.catalogue import Catalogue
from casework.errors import KnownError
from casework.local_decisions import LocalDecisions, lengthened
from casework.records.procedure import Channel, Fee, Procedure, Route, TimeLimit, TimeUnit

DAY = dt.date(2026, 11, 23)
NUMBER = "Quyết định 12/2026/QĐ-UBND ngày 01/08/2026"
RESIDENCE = "1.004222"  # 7 working days, 20,000 đ at the counter and 10,000 đ online
COPY = "2.000815"  # 2,000 đ a page


def decided(*rows: dict[str, Any]) -> LocalDecisions:
    full = [{"decision": NUMBER, "effective_from": "2026-08-08", **row} for row in rows]
    return LocalDecisions.from_bytes(json.dumps({"format": 1, "decisions": full}).encode())


def here(code: str, *rows: dict[str, Any], on: dt.date = DAY) -> Procedure:
    return decided(*({"codes": [code], **row} for row in rows)).apply(Catalogue.shipped().get(code, on), on)


def limit(procedure: Procedure, channel: Channel = Channel.COUNTER) -> tuple[int | None, TimeUnit, str]:
    way = procedure.way(channel)
    assert way is not None
    return way.time_limit.amount, way.time_limit.unit, way.time_limit.legal_basis


def test_a_shorter_time_counts_with_the_number_of_its_decision() -> None:
    procedure = here(RESIDENCE, {"time_limit": {"amount": 4, "unit": "working-day"}})
    assert limit(procedure) == (4, TimeUnit.WORKING_DAY, NUMBER)
    assert procedure.local_decision == NUMBER


def test_a_cut_takes_units_away_and_never_goes_below_the_same_day() -> None:
    assert limit(here(RESIDENCE, {"cut": 3}))[:2] == (4, TimeUnit.WORKING_DAY)
    assert limit(here(RESIDENCE, {"cut": 7}))[:2] == (0, TimeUnit.WORKING_DAY)
    assert limit(here(RESIDENCE, {"cut": 70}))[:2] == (0, TimeUnit.WORKING_DAY)


@pytest.mark.parametrize(("cut", "left"), [(3, 2), (4, 1), (5, 0)])
def test_what_a_cut_leaves_of_a_bare_number_are_working_days(cut: int, left: int) -> None:
    """Else a bare 5 cut to a bare 1 would be due the same day."""
    assert limit(Catalogue.shipped().get("1.004884", DAY))[:2] == (5, TimeUnit.UNSTATED)
    assert limit(here("1.004884", {"cut": cut}))[:2] == (left, TimeUnit.WORKING_DAY)


@pytest.mark.parametrize(
    ("wanted", "is_applied"),
    [
        ({"amount": 7, "unit": "working-day"}, True),
        ({"amount": 8, "unit": "working-day"}, False),
        ({"amount": 56, "unit": "hour"}, True),
        ({"amount": 57, "unit": "hour"}, False),
    ],
)
def test_a_longer_time_than_the_law_is_not_applied_and_told_to_it(wanted: dict[str, Any], is_applied: bool) -> None:
    decisions = decided({"codes": [RESIDENCE], "time_limit": wanted})
    national = Catalogue.shipped().get(RESIDENCE, DAY)
    applied = decisions.apply(national, DAY)
    assert (applied.local_decision == NUMBER) is is_applied
    assert (lengthened(decisions, national) == ()) is is_applied


def test_the_same_day_is_eight_working_hours() -> None:
    assert limit(here("2.000815", {"time_limit": {"amount": 8, "unit": "hour"}}))[:2] == (8, TimeUnit.HOUR)
    assert limit(here("2.000815", {"time_limit": {"amount": 9, "unit": "hour"}}))[:2] == (0, TimeUnit.WORKING_DAY)


def test_calendar_days_are_compared_with_calendar_days() -> None:
    national = Catalogue.shipped().get("1.011607", DAY)
    shorter = decided({"codes": ["1.011607"], "time_limit": {"amount": 5, "unit": "working-day"}})
    longer = decided({"codes": ["1.011607"], "time_limit": {"amount": 99, "unit": "calendar-day"}})
    assert limit(national)[1] is TimeUnit.CALENDAR_DAY
    assert limit(shorter.apply(national, DAY))[:2] == (5, TimeUnit.WORKING_DAY)
    assert lengthened(longer, national) == longer.decisions


def test_a_fee_counts_for_its_channels_only() -> None:
    procedure = here(RESIDENCE, {"fee_amount": 0, "channels": ["online"]})
    online, counter = procedure.way(Channel.ONLINE), procedure.way(Channel.COUNTER)
    assert online is not None
    assert counter is not None
    assert (online.fee.amount, online.fee.is_certain) == (0, True)
    assert counter.fee.amount == 20_000


def test_a_fee_by_the_page_stays_one_by_the_page() -> None:
    way = here(COPY, {"fee_amount": 1500}).way(Channel.COUNTER)
    assert way is not None
    assert (way.fee.amount, way.fee.is_certain, way.fee.per) == (1500, False, "trang")


def test_the_flags_of_the_centre() -> None:
    procedure = here(
        RESIDENCE,
        {
            "is_offered_at_counter": False,
            "may_come_without_appointment": True,
            "is_boundary_free": False,
            "route": "ministry-system",
        },
    )
    assert not procedure.offered_at_counter
    assert procedure.may_come_without_appointment is True
    assert procedure.is_boundary_free is False
    assert procedure.route is Route.MINISTRY_SYSTEM


@pytest.mark.parametrize(
    ("on", "amount"),
    [(dt.date(2026, 8, 7), 7), (dt.date(2026, 8, 8), 4), (dt.date(2026, 12, 31), 4), (dt.date(2027, 1, 1), 7)],
)
def test_a_decision_counts_from_its_first_to_its_last_day(on: dt.date, amount: int) -> None:
    assert limit(here(RESIDENCE, {"cut": 3, "effective_to": "2026-12-31"}, on=on))[0] == amount


def test_the_later_decision_of_two_counts_and_both_are_named() -> None:
    other = "Quyết định 30/2026/QĐ-UBND ngày 01/10/2026"
    procedure = here(RESIDENCE, {"fee_amount": 5000}, {"fee_amount": 0, "decision": other})
    way = procedure.way(Channel.COUNTER)
    assert way is not None
    assert way.fee == Fee(0, True, way.fee.source_text)
    assert procedure.local_decision == f"{NUMBER}; {other}"


def test_a_procedure_of_which_it_does_not_speak_is_untouched() -> None:
    national = Catalogue.shipped().get("1.001193", DAY)
    decisions = decided({"codes": [RESIDENCE], "fee_amount": 0})
    assert decisions.apply(national, DAY) is national
    assert lengthened(decisions, national) == ()
    assert here(RESIDENCE, {"is_offered_at_counter": True}).local_decision == ""


def test_the_version_is_named_by_the_newest_day_and_the_content() -> None:
    decisions = decided({"codes": ["a"], "fee_amount": 1}, {"codes": ["a"], "cut": 1, "effective_from": "2026-10-01"})
    assert decisions.version == f"2026-10-01.{decisions.content_hash[:8]}"
    assert decided().version == ""


@pytest.mark.parametrize(
    "row",
    [
        {"codes": []},
        {"codes": "1.004222"},
        {"codes": [1]},
        {"codes": ["a"], "papers": ["thêm một giấy"]},
        {"codes": ["a"], "decision": "theo chỉ đạo"},
        {"codes": ["a"], "cut": 0},
        {"codes": ["a"], "cut": True},
        {"codes": ["a"], "cut": 1, "time_limit": {"amount": 1, "unit": "hour"}},
        {"codes": ["a"], "fee_amount": -1},
        {"codes": ["a"], "time_limit": {"amount": None, "unit": "hour"}},
        {"codes": ["a"], "time_limit": {"amount": 1, "unit": "unstated"}},
        {"codes": ["a"], "time_limit": {"amount": 1, "unit": "hour", "note": ""}},
        {"codes": ["a"], "is_boundary_free": "có"},
        {"codes": ["a"], "route": "somewhere"},
        {"codes": ["a"], "channels": ["fax"]},
        {"codes": ["a"], "effective_from": "8/8/2026"},
        {"codes": ["a"], "effective_to": "2026-08-07"},
    ],
)
def test_what_a_decision_cannot_say_is_refused_with_its_number(row: dict[str, Any]) -> None:
    with pytest.raises(KnownError) as caught:
        decided({"codes": ["a"], "fee_amount": 0}, row)
    assert (caught.value.code, dict(caught.value.details)) == ("decisions-unreadable", {"number": "2"})


def test_one_day_is_the_shortest_life_of_a_decision() -> None:
    assert decided({"codes": ["a"], "effective_to": "2026-08-08"}).decisions[0].is_in_force(dt.date(2026, 8, 8))


@given(st.binary(max_size=60) | st.sampled_from([b"{}", b"[]", b'{"format": 2}', b"[" * 9999]))
def test_any_other_file_is_refused(data: bytes) -> None:
    with pytest.raises(KnownError, match="decisions-unreadable number=0"):
        LocalDecisions.from_bytes(data)


@given(st.integers(0, 200), st.sampled_from([TimeUnit.HOUR, TimeUnit.WORKING_DAY, TimeUnit.CALENDAR_DAY]))
def test_no_decision_ever_takes_longer_than_the_law_in_the_same_unit(amount: int, unit: TimeUnit) -> None:
    national = Catalogue.shipped().get(RESIDENCE, DAY)
    changed = decided({"codes": [RESIDENCE], "time_limit": {"amount": amount, "unit": unit.value}}).apply(national, DAY)
    for before, after in zip(national.ways, changed.ways, strict=True):
        if after.time_limit.unit is before.time_limit.unit:
            assert (after.time_limit.amount or 0) <= (before.time_limit.amount or 0)
        assert after.time_limit.source_text == before.time_limit.source_text
    assert TimeLimit(7, TimeUnit.WORKING_DAY).is_certain
