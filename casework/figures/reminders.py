# SPDX-License-Identifier: GPL-3.0-or-later
"""What the desk reminds of: dossiers that are done and not updated, due soon, overdue, waiting for somebody.

Nothing is refused because it is late: being overdue is a property of the promise, never a ground against the citizen.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from casework.figures.cases import CaseRow, Cases
from casework.figures.indicators import AWAITS_CITIZEN, Timeliness, timeliness
from casework.progress.lateness import DUE_SOON, is_due_soon
from casework.records.dossier import PortalState
from casework.work_calendar import WorkCalendar, local_day


class ReminderKind(enum.Enum):
    """What has to be done; the first is the most urgent.

    ``RESOLVED_NOT_UPDATED`` costs a click and makes a dossier late that is not: the result exists and the state does
    not say so, or the portal has not taken the state in.
    """

    RESOLVED_NOT_UPDATED = 1
    OVERDUE = 2
    DUE_SOON = 3
    WAITING_FOR_SIGNATURE = 4
    SUPPLEMENT_UNANSWERED = 5
    LATE_REASON_MISSING = 6


@dataclass(frozen=True, slots=True)
class ReminderRules:
    """When to remind.

    Attributes:
        due_soon: How much open time before the promise, as on the board (``casework.progress.lateness``).
        portal_patience: How long the portal may take to accept the end of a dossier; a line may be down for hours.
        supplement_patience: How long the citizen may take before somebody calls; asking is no threat.
    """

    due_soon: dt.timedelta = DUE_SOON
    portal_patience: dt.timedelta = dt.timedelta(hours=24)
    supplement_patience: dt.timedelta = dt.timedelta(days=7)


_PORTAL_KNOWS: Final = frozenset({PortalState.ACCEPTED, PortalState.KEPT_HERE})
"""The end is told: by us, or by the former system."""

DEFAULT_RULES: Final = ReminderRules()


@dataclass(frozen=True, slots=True)
class Reminder:
    """One thing to do.

    Attributes:
        kind: What.
        dossier_id: With which dossier.
        code: Its code.
        clerk_id: Who received it.
        since: The moment that urgency is measured by: the promise; for a supplement the request.
    """

    kind: ReminderKind
    dossier_id: str
    code: str
    clerk_id: str
    since: dt.datetime


@dataclass(frozen=True, slots=True)
class OverdueLine:
    """One line of the campaign list of overdue dossiers.

    Attributes:
        dossier_id: The dossier.
        code: Its code.
        field: Lĩnh vực.
        clerk_id: Who received it.
        due_at: The broken promise.
        days_overdue: Calendar days in Viet Nam since then; 0 on the day itself.
        was_extended: Whether the promise had been extended already; it cannot be a second time (NĐ 61/2018 Đ19.9).
        has_late_reason: Whether reason and corrective measure are on record.
    """

    dossier_id: str
    code: str
    field: str
    clerk_id: str
    due_at: dt.datetime
    days_overdue: int
    was_extended: bool
    has_late_reason: bool


def reminders(
    cases: Cases, as_of: dt.datetime, calendar: WorkCalendar, rules: ReminderRules = DEFAULT_RULES
) -> tuple[Reminder, ...]:
    """Give everything to do, the most urgent kind first and within a kind the oldest; a dossier may be there twice.

    Args:
        cases: Every case of the centre.
        as_of: Aware moment up to which the rows are known.
        calendar: Working days and hours of the centre.
        rules: When to remind.
    """
    found = [
        Reminder(kind, row.dossier_id, row.code, row.clerk_id, since)
        for row in cases.rows
        for kind, since in _kinds(row, as_of, calendar, rules)
    ]
    return tuple(sorted(found, key=lambda item: (item.kind.value, item.since, item.code, item.dossier_id)))


def overdue_list(cases: Cases, as_of: dt.datetime) -> tuple[OverdueLine, ...]:
    """Give the open dossiers whose promise was broken, the oldest promise first."""
    late = [row for row in cases.rows if row.is_open and timeliness(row, as_of) is Timeliness.LATE]
    return tuple(
        OverdueLine(
            dossier_id=row.dossier_id,
            code=row.code,
            field=row.field,
            clerk_id=row.clerk_id,
            due_at=row.due_at,
            days_overdue=(local_day(as_of) - local_day(row.due_at)).days,
            was_extended=row.extended_from is not None,
            has_late_reason=row.has_late_reason,
        )
        for row in sorted(late, key=lambda row: (row.due_at, row.code, row.dossier_id))
    )


def _kinds(
    row: CaseRow, as_of: dt.datetime, calendar: WorkCalendar, rules: ReminderRules
) -> Iterator[tuple[ReminderKind, dt.datetime]]:
    standing = timeliness(row, as_of)
    if _is_resolved_and_not_updated(row, as_of, rules):
        yield ReminderKind.RESOLVED_NOT_UPDATED, row.due_at
    if standing is Timeliness.LATE:
        if row.is_open:
            yield ReminderKind.OVERDUE, row.due_at
        if not row.has_late_reason:
            yield ReminderKind.LATE_REASON_MISSING, row.due_at
    if standing is Timeliness.NOT_YET_DUE and is_due_soon(row.due_at, as_of, calendar, rules.due_soon):
        yield ReminderKind.DUE_SOON, row.due_at
    if row.is_open and row.waits_for_signature_since is not None:
        yield ReminderKind.WAITING_FOR_SIGNATURE, row.due_at
    asked = row.waits_for_citizen_since
    if row.state in AWAITS_CITIZEN and asked is not None and as_of - asked >= rules.supplement_patience:
        yield ReminderKind.SUPPLEMENT_UNANSWERED, asked


def _is_resolved_and_not_updated(row: CaseRow, as_of: dt.datetime, rules: ReminderRules) -> bool:
    if row.is_open:
        return row.result_issued_at is not None
    if row.ended_at is None:
        return False
    return row.portal_state not in _PORTAL_KNOWS and as_of - row.ended_at >= rules.portal_patience
