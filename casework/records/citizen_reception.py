# SPDX-License-Identifier: GPL-3.0-or-later
"""When somebody of the authority sees citizens in person (lịch tiếp công dân)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReceptionSchedule:
    """One line of the schedule that was put up.

    Attributes:
        schedule_id: UUIDv7.
        host: Post of who sees people, e.g. "Chủ tịch Ủy ban nhân dân xã".
        place: Where.
        weekday: 1 is Monday, 7 is Sunday (ISO 8601).
        weeks: Which of the month's days of that name, from 1 for the first to 5; empty means every week.
        opens: From when.
        closes: Until when, later than ``opens``.
        effective_from: First day.
        effective_to: Last day, or None while it goes on.
    """

    schedule_id: str
    host: str
    place: str
    weekday: int
    weeks: frozenset[int]
    opens: dt.time
    closes: dt.time
    effective_from: dt.date
    effective_to: dt.date | None = None

    def is_on(self, day: dt.date) -> bool:
        """Whether a day is one of them, days off aside."""
        return (
            day.isoweekday() == self.weekday
            and (not self.weeks or (day.day - 1) // 7 + 1 in self.weeks)
            and self.effective_from <= day
            and (self.effective_to is None or day <= self.effective_to)
        )
