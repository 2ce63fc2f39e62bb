# SPDX-License-Identifier: GPL-3.0-or-later
"""Days without appointments (ngày không hẹn)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OpenDay:
    """A weekday on which people come without an appointment and take the result home (e.g. "Thứ Sáu không hẹn").

    Attributes:
        name: As announced.
        weekday: 1 is Monday, 7 is Sunday (ISO 8601).
        effective_from: First day.
        effective_to: Last day, or None while it goes on.
    """

    name: str
    weekday: int
    effective_from: dt.date
    effective_to: dt.date | None = None

    def is_on(self, day: dt.date) -> bool:
        """Whether a day is one of them."""
        return (
            day.isoweekday() == self.weekday
            and self.effective_from <= day
            and (self.effective_to is None or day <= self.effective_to)
        )
