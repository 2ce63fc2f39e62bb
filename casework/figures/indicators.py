# SPDX-License-Identifier: GPL-3.0-or-later
"""The figures of a period: on time, online, digitised from the start, reuse, processing time.

A dossier counts as on time when its result was there, or was handed over, at or before the promised moment; after an
extension (NĐ 61/2018 Đ19.9) at or before the new one, and such dossiers are also told apart. What is open and past its
promise counts as late. What is open and not yet due, what waits for the citizen since before its promise, and what was
stopped before its promise say nothing and are left out.

A verdict falls on the day on which it could first be known: the day of the end when that was in time, else the day of
the promise. So it stays in its period for ever, and the figures of two periods in a row add up to those of both.
Everything else is counted on the day of reception; the processing time on the day of the end.

The national portal's published formula also counts as on time what is open within its promise, and takes the request
for a supplement as the end; this one does not, so that no open dossier makes a centre look better.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from casework.figures.cases import CaseRow, Cases
from casework.figures.period import Period
from casework.figures.share import Mean, Share, mean_of, share_of
from casework.records.dossier import DossierState
from casework.records.procedure import Channel, Procedure
from casework.work_calendar import local_day

AWAITS_CITIZEN: Final = frozenset({DossierState.SUPPLEMENT_REQUESTED, DossierState.PAYMENT_REQUESTED})
"""States in which the next step is the citizen's."""


class Timeliness(enum.StrEnum):
    """How a dossier stands towards its promise."""

    ON_TIME = "on-time"
    LATE = "late"
    NOT_YET_DUE = "not-yet-due"
    WITH_CITIZEN = "with-citizen"
    STOPPED_IN_TIME = "stopped-in-time"


_VERDICTS: Final = frozenset({Timeliness.ON_TIME, Timeliness.LATE})


@dataclass(frozen=True, slots=True)
class OnTime:
    """Dossiers whose promise was kept.

    Attributes:
        every: Out of all with a verdict.
        extended: Out of those among them that had been extended.
    """

    every: Share
    extended: Share


@dataclass(frozen=True, slots=True)
class Indicators:
    """The figures of a period.

    Attributes:
        period: The period.
        received: Number of dossiers received.
        on_time: Kept promises.
        online: Received online, out of all received.
        boundary_free: Of procedures that any centre takes in, out of those received of which it is known.
        digitised_from_start: All papers digitised or reused before forwarding, out of received dossiers with papers.
        reuse: At least one paper reused, out of all received; the national indicator counts dossiers, not papers.
        reused_papers: Reused papers, out of all that had to be digitised.
        paid_online: Paid online, out of received dossiers with something to pay.
        processing: Minutes of opening hours of the dossiers that ended in the period.
    """

    period: Period
    received: int
    on_time: OnTime
    online: Share
    boundary_free: Share
    digitised_from_start: Share
    reuse: Share
    reused_papers: Share
    paid_online: Share
    processing: Mean


def timeliness(row: CaseRow, as_of: dt.datetime) -> Timeliness:
    """Say how a dossier stands towards its promise.

    Args:
        row: The dossier.
        as_of: Aware moment of the question.
    """
    if row.ended_at is not None:
        return Timeliness.ON_TIME if row.ended_at <= row.due_at else Timeliness.LATE
    if row.state is DossierState.STOPPED:
        stopped_late = row.stopped_at is not None and row.stopped_at > row.due_at
        return Timeliness.LATE if stopped_late else Timeliness.STOPPED_IN_TIME
    if row.state in AWAITS_CITIZEN and (
        row.waits_for_citizen_since is None or row.waits_for_citizen_since <= row.due_at
    ):
        return Timeliness.WITH_CITIZEN
    return Timeliness.LATE if as_of > row.due_at else Timeliness.NOT_YET_DUE


def verdict_day(row: CaseRow, as_of: dt.datetime) -> dt.date | None:
    """Give the day in Viet Nam on which the verdict could first be known, or None while there is none."""
    verdict = timeliness(row, as_of)
    if verdict not in _VERDICTS:
        return None
    return local_day(row.ended_at if row.ended_at and verdict is Timeliness.ON_TIME else row.due_at)


def on_time(cases: Cases, period: Period, as_of: dt.datetime) -> OnTime:
    """Count the kept promises among the verdicts of a period."""
    judged = []
    for row in cases.rows:
        day = verdict_day(row, as_of)
        if day is not None and period.contains_day(day):
            judged.append((row, timeliness(row, as_of) is Timeliness.ON_TIME))
    return OnTime(
        share_of(is_kept for _, is_kept in judged),
        share_of(is_kept for row, is_kept in judged if row.extended_from is not None),
    )


def processing(cases: Cases, period: Period) -> Mean:
    """Add up the opening hours, in minutes, that the dossiers took whose result came in a period."""
    return mean_of(
        row.processing_minutes
        for row in cases.rows
        if row.processing_minutes is not None and row.ended_at is not None and period.contains(row.ended_at)
    )


def received_in(cases: Cases, period: Period) -> Cases:
    """Give the cases received in a period."""
    return cases.where(lambda row: period.contains(row.received_at))


def indicators(cases: Cases, period: Period, as_of: dt.datetime) -> Indicators:
    """Compute the figures of a period.

    Args:
        cases: Every case that may concern it: received, due or ended in it.
        period: The period.
        as_of: Aware moment up to which the rows are known.
    """
    rows = received_in(cases, period).rows
    return Indicators(
        period=period,
        received=len(rows),
        on_time=on_time(cases, period, as_of),
        online=share_of(row.channel is Channel.ONLINE for row in rows),
        boundary_free=share_of(row.is_boundary_free for row in rows if row.is_boundary_free is not None),
        digitised_from_start=share_of(row.digitised_at_reception == row.paper_count for row in rows if row.paper_count),
        reuse=share_of(row.reused_count > 0 for row in rows),
        reused_papers=Share(sum(row.reused_count for row in rows), sum(row.paper_count for row in rows)),
        paid_online=share_of(row.is_paid_online for row in rows if row.has_fee),
        processing=processing(cases, period),
    )


def boundary_free_procedures(procedures: Iterable[Procedure]) -> Share:
    """Count the procedures that any centre takes in, out of those offered at a counter (CĐ 187/CĐ-TTg: 100 %).

    A procedure of which nobody has said counts as not free.
    """
    return share_of(procedure.is_boundary_free is True for procedure in procedures if procedure.offered_at_counter)
