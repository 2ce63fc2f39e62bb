# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt

import pytest

from casework.errors import BugError
from casework.progress.outages import OutageEvidence, OutageOverlap, outage_evidence
from casework.records.outage import Outage
from casework.work_calendar import VIET_NAM, WorkCalendar

SHIPPED = WorkCalendar.shipped()


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"2026-11-{text}").replace(tzinfo=VIET_NAM)


RECEIVED, UNTIL = at("09 08:00"), at("12 10:00")


def outage(name: str, began: str, ended: str | None, proof: str = "CV 12/STTTT") -> Outage:
    return Outage(name, "Cổng Dịch vụ công", at(began), at(ended) if ended else None, reference=proof)


def evidence(*outages: Outage) -> OutageEvidence:
    return outage_evidence(outages, RECEIVED, UNTIL, SHIPPED)


@pytest.mark.parametrize(
    ("began", "ended", "minutes"),
    [
        ("10 09:00", "10 10:30", 90),
        # Over lunch and the night only opening hours count.
        ("10 11:00", "10 14:00", 60),
        ("10 16:30", "11 07:15", 45),
        # What came before the dossier, or after it, does not count.
        ("09 07:00", "09 08:30", 30),
        ("12 09:00", "12 11:00", 60),
        ("12 09:00", None, 60),
        ("09 07:30", "12 16:00", 8 * 60 * 3 + 120),
    ],
)
def test_an_outage_counts_as_far_as_it_fell_into_the_time_of_the_dossier(
    began: str, ended: str | None, minutes: int
) -> None:
    found = outage("a", began, ended)
    lost = dt.timedelta(minutes=minutes)
    assert evidence(found) == OutageEvidence((OutageOverlap(found, lost),), lost)


@pytest.mark.parametrize(
    ("began", "ended"),
    [
        ("09 07:00", "09 08:00"),
        ("12 10:00", "12 11:00"),
        ("10 17:00", "11 07:00"),
        ("10 11:30", "10 13:30"),
        ("07 08:00", "08 17:00"),
        ("10 09:00", "10 09:00"),
        ("13 09:00", None),
    ],
)
def test_an_outage_that_cost_no_open_time_is_no_evidence(began: str, ended: str | None) -> None:
    assert evidence(outage("a", began, ended)) == OutageEvidence((), dt.timedelta())


def test_an_outage_without_proof_is_no_evidence() -> None:
    bare = outage("a", "10 09:00", "10 10:00", proof="")
    assert evidence(bare).overlaps == ()
    pictured = Outage("b", "VNeID", at("10 09:00"), at("10 10:00"), screenshot_id="0" * 64)
    assert [overlap.outage for overlap in evidence(bare, pictured).overlaps] == [pictured]


def test_what_two_outages_share_counts_once_and_they_stand_in_the_order_in_which_they_began() -> None:
    portal = outage("portal", "10 09:00", "10 11:00")
    login = outage("login", "10 10:00", "10 10:30")
    line = outage("line", "10 10:30", "10 11:30")
    later = outage("later", "11 08:00", "11 09:00")
    found = evidence(later, line, login, portal)
    assert [overlap.outage.outage_id for overlap in found.overlaps] == ["portal", "login", "line", "later"]
    assert [overlap.open_time for overlap in found.overlaps] == [
        dt.timedelta(minutes=count) for count in (120, 30, 60, 60)
    ]
    assert found.open_time == dt.timedelta(minutes=150 + 60)


def test_two_that_began_together_stand_in_the_order_of_their_identities() -> None:
    found = evidence(outage("b", "10 09:00", "10 10:00"), outage("a", "10 09:00", "10 11:00"))
    assert [overlap.outage.outage_id for overlap in found.overlaps] == ["a", "b"]
    assert found.open_time == dt.timedelta(hours=2)


def test_an_outage_that_ended_before_it_began_is_our_own_fault() -> None:
    with pytest.raises(BugError, match=r"^an outage that ended before it began$"):
        evidence(outage("a", "10 09:00", "10 08:59"))
