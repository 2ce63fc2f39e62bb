# SPDX-License-Identifier: GPL-3.0-or-later
"""Which outages are evidence for why a dossier was late.

An outage counts as far as it fell into the time of the dossier and into opening hours, and only with a screenshot or a
reference that proves it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from casework.errors import BugError
from casework.records.outage import Outage
from casework.work_calendar import WorkCalendar


@dataclass(frozen=True, slots=True)
class OutageOverlap:
    """How far an outage fell into the time of a dossier.

    Attributes:
        outage: The outage.
        open_time: Overlap within opening hours, more than nothing.
    """

    outage: Outage
    open_time: dt.timedelta


@dataclass(frozen=True, slots=True)
class OutageEvidence:
    """The outages that count for a dossier.

    Attributes:
        overlaps: In the order in which they began.
        open_time: Open time lost in all; what two outages share counts once.
    """

    overlaps: tuple[OutageOverlap, ...]
    open_time: dt.timedelta


def outage_evidence(
    outages: Iterable[Outage], received_at: dt.datetime, until: dt.datetime, calendar: WorkCalendar
) -> OutageEvidence:
    """Give the outages that count for a dossier.

    Args:
        outages: The log, in any order.
        received_at: Aware moment of reception.
        until: When the dossier was finished, or the present moment.
        calendar: Working days and hours of the office.

    Raises:
        BugError: For an outage that ended before it began.
    """
    overlaps: list[OutageOverlap] = []
    total = dt.timedelta()
    counted_until = received_at
    for outage in sorted(outages, key=lambda outage: (outage.began_at, outage.outage_id)):
        if outage.ended_at is not None and outage.ended_at < outage.began_at:
            raise BugError("an outage that ended before it began")
        begins = max(outage.began_at, received_at)
        ends = until if outage.ended_at is None else min(outage.ended_at, until)
        open_time = calendar.open_time(begins, ends)
        if not open_time or not outage.is_proven:
            continue
        overlaps.append(OutageOverlap(outage, open_time))
        total += calendar.open_time(max(begins, counted_until), ends)
        counted_until = max(counted_until, ends)
    return OutageEvidence(tuple(overlaps), total)
