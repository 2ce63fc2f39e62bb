# SPDX-License-Identifier: GPL-3.0-or-later
"""What a province or a commune decided about procedures of the national catalogue: shorter times, fees, flags."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from casework.records.procedure import Channel, Route, TimeLimit


@dataclass(frozen=True, slots=True)
class LocalDecision:
    """One line of a decision; what it does not speak of is None and stays as the national catalogue says.

    Attributes:
        decision: Kind, number and day, e.g. "Nghị quyết 23/2026/NQ-HĐND ngày 15/07/2026".
        codes: Procedures it speaks of, at least one.
        effective_from: First day.
        effective_to: Last day, or None while it is in force.
        channels: Ways it speaks of; empty means all.
        time_limit: The time limit instead of the catalogue's.
        cut: How many units of the catalogue's time limit it takes away, at least 1. What it leaves of a bare number are
            working days.
        fee_amount: Đồng instead of the catalogue's fee, for the same piece (page, copy, dossier).
        is_offered_at_counter: Whether the counters of this place serve it.
        may_come_without_appointment: Whether the day without appointments serves it.
        is_boundary_free: Whether any centre of the province takes it in.
        route: The system that confirms its states.
    """

    decision: str
    codes: tuple[str, ...]
    effective_from: dt.date
    effective_to: dt.date | None = None
    channels: tuple[Channel, ...] = ()
    time_limit: TimeLimit | None = None
    cut: int | None = None
    fee_amount: int | None = None
    is_offered_at_counter: bool | None = None
    may_come_without_appointment: bool | None = None
    is_boundary_free: bool | None = None
    route: Route | None = None

    def is_in_force(self, on: dt.date) -> bool:
        """Whether it counts on a day."""
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)
