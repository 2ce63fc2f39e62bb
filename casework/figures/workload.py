# SPDX-License-Identifier: GPL-3.0-or-later
"""How much a centre and its clerks received, day by day: some communes have 12 people for 240 dossiers a day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from casework.figures.cases import Cases
from casework.figures.period import Period
from casework.figures.share import Mean
from casework.work_calendar import local_day


@dataclass(frozen=True, slots=True)
class DayLoad:
    """One day.

    Attributes:
        day: The day, in Viet Nam.
        per_clerk: Dossiers received, over the clerks who received any.
        most: The most that one clerk received.
    """

    day: dt.date
    per_clerk: Mean
    most: int


def workload(cases: Cases, period: Period) -> tuple[DayLoad, ...]:
    """Give the load of every day of a period on which something was received, in order; imports are no load."""
    by_day: dict[dt.date, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in cases.received_here.rows:
        if period.contains(row.received_at):
            by_day[local_day(row.received_at)][row.clerk_id] += 1
    return tuple(
        DayLoad(day, Mean(sum(clerks.values()), len(clerks)), max(clerks.values()))
        for day, clerks in sorted(by_day.items())
    )
