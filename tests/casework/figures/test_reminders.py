# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt
import itertools
from typing import TYPE_CHECKING, Any

import pytest

from casework.figures.cases import Cases
from casework.figures.reminders import ReminderKind, ReminderRules, overdue_list, reminders
from casework.records.dossier import DossierState, PortalState
from casework.work_calendar import VIET_NAM, WorkCalendar

if TYPE_CHECKING:
    from tests.casework.figures.conftest import MakeRow

AS_OF = dt.datetime(2026, 11, 20, 12, 0, tzinfo=VIET_NAM)
CALENDAR = WorkCalendar.shipped()
LATER = "2026-12-01 17:00"
K, S = ReminderKind, DossierState


@pytest.mark.parametrize(
    ("changes", "kinds"),
    [
        # The result is there and the state does not say so: the most urgent, and overdue on top.
        ({"result_issued_at": "2026-11-04 09:00"}, [K.RESOLVED_NOT_UPDATED, K.OVERDUE, K.LATE_REASON_MISSING]),
        ({"result_issued_at": "2026-11-04 09:00", "due_at": LATER}, [K.RESOLVED_NOT_UPDATED]),
        # The portal has not taken the end in for a day.
        (
            {"state": S.FINISHED, "finished_at": "2026-11-05 08:00", "portal_state": PortalState.WAITING},
            [K.RESOLVED_NOT_UPDATED],
        ),
        (
            {
                "state": S.FINISHED,
                "finished_at": "2026-11-19 12:00",
                "due_at": LATER,
                "portal_state": PortalState.REJECTED,
            },
            [K.RESOLVED_NOT_UPDATED],
        ),
        (
            {
                "state": S.FINISHED,
                "finished_at": "2026-11-19 12:01",
                "due_at": LATER,
                "portal_state": PortalState.WAITING,
            },
            [],
        ),
        ({"state": S.FINISHED, "finished_at": "2026-11-05 08:00"}, []),
        # A former system has told the portal of its own dossiers.
        ({"state": S.RETURNED, "returned_at": "2026-11-05 08:00", "portal_state": PortalState.KEPT_HERE}, []),
        ({}, [K.OVERDUE, K.LATE_REASON_MISSING]),
        ({"has_late_reason": True}, [K.OVERDUE]),
        ({"state": S.FINISHED, "finished_at": "2026-11-06 08:00"}, [K.LATE_REASON_MISSING]),
        ({"state": S.FINISHED, "finished_at": "2026-11-06 08:00", "has_late_reason": True}, []),
        # Due soon: eight open hours, from Friday noon over the week-end; the promise itself included.
        ({"due_at": "2026-11-23 13:30"}, [K.DUE_SOON]),
        ({"due_at": "2026-11-23 13:31"}, []),
        ({"due_at": "2026-11-20 12:00"}, [K.DUE_SOON]),
        ({"due_at": LATER, "waits_for_signature_since": "2026-11-20 11:00"}, [K.WAITING_FOR_SIGNATURE]),
        (
            {
                "state": S.FINISHED,
                "finished_at": "2026-11-04 08:00",
                "waits_for_signature_since": "2026-11-03 11:00",
            },
            [],
        ),
        # The citizen has a week before anybody calls.
        (
            {"state": S.SUPPLEMENT_REQUESTED, "due_at": LATER, "waits_for_citizen_since": "2026-11-13 12:00"},
            [K.SUPPLEMENT_UNANSWERED],
        ),
        ({"state": S.SUPPLEMENT_REQUESTED, "due_at": LATER, "waits_for_citizen_since": "2026-11-13 12:01"}, []),
        (
            {"state": S.PAYMENT_REQUESTED, "due_at": LATER, "waits_for_citizen_since": "2026-11-01 12:00"},
            [K.SUPPLEMENT_UNANSWERED],
        ),
        ({"due_at": LATER, "waits_for_citizen_since": "2026-11-01 12:00"}, []),
        ({"state": S.STOPPED, "stopped_at": "2026-11-04 08:00", "portal_state": PortalState.WAITING}, []),
    ],
)
def test_what_a_dossier_is_reminded_of(changes: dict[str, Any], kinds: list[ReminderKind], make_row: MakeRow) -> None:
    assert [item.kind for item in reminders(Cases.of([make_row(**changes)]), AS_OF, CALENDAR)] == kinds


def test_the_most_urgent_comes_first_and_within_a_kind_the_oldest(make_row: MakeRow) -> None:
    rows = [
        make_row("1", due_at="2026-11-23 10:00"),
        make_row("2", due_at="2026-11-20 17:00"),
        make_row("3", has_late_reason=True),
        make_row("4", due_at="2026-11-04 17:00", has_late_reason=True),
        make_row("5", due_at=LATER, result_issued_at="2026-11-20 09:00"),
        make_row("6", state=S.SUPPLEMENT_REQUESTED, waits_for_citizen_since="2026-11-03 09:00"),
    ]
    for order in itertools.permutations(rows):
        assert [item.dossier_id for item in reminders(Cases.of(order), AS_OF, CALENDAR)] == [
            "d5",
            "d4",
            "d3",
            "d2",
            "d1",
            "d6",
        ]


def test_how_early_to_remind_is_settled_by_the_centre(make_row: MakeRow) -> None:
    cases = Cases.of([make_row(due_at="2026-11-20 16:00")])
    assert reminders(cases, AS_OF, CALENDAR, ReminderRules(due_soon=dt.timedelta(hours=2))) == ()
    assert len(reminders(cases, AS_OF, CALENDAR, ReminderRules(due_soon=dt.timedelta(hours=3)))) == 1


def test_the_campaign_list_holds_what_is_open_and_late(make_row: MakeRow) -> None:
    rows = [
        make_row("1"),
        make_row("2", due_at="2026-09-30 17:00", extended_from="2026-09-15 17:00", has_late_reason=True),
        make_row("3", due_at="2026-11-20 11:00"),
        make_row("4", due_at="2026-11-20 12:00"),
        make_row("5", state=S.FINISHED, finished_at="2026-11-09 09:00"),
        make_row("6", state=S.STOPPED, stopped_at="2026-11-09 09:00"),
        make_row("7", state=S.SUPPLEMENT_REQUESTED),
    ]
    lines = overdue_list(Cases.of(rows), AS_OF)
    assert [(line.dossier_id, line.days_overdue, line.was_extended, line.has_late_reason) for line in lines] == [
        ("d2", 51, True, True),
        ("d1", 15, False, False),
        ("d3", 0, False, False),
    ]
