# SPDX-License-Identifier: GPL-3.0-or-later
"""The number that a person waits with (phiếu số thứ tự)."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass


class TicketOutcome(enum.StrEnum):
    """How a ticket ended."""

    SERVED = "served"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class QueueTicket:
    """A number of one day and series.

    Attributes:
        ticket_id: UUIDv7.
        day: The day, in Viet Nam.
        series: Letter or word in front of the number, e.g. "A"; empty when the centre has one queue.
        number: From 1, without gaps within a day and series.
        has_priority: Of a person who is served before others (the old, the disabled, the pregnant).
        taken_at: Aware moment.
        called_at: Aware moment, or None while it waits.
        called_by: ``clerk_id`` of who called it, or None while it waits.
        finished_at: Aware moment, or None; never without a call.
        outcome: How it ended, or None.
        dossier_id: The dossier (or its draft) that came of it, or None.
    """

    ticket_id: str
    day: dt.date
    series: str
    number: int
    has_priority: bool
    taken_at: dt.datetime
    called_at: dt.datetime | None = None
    called_by: str | None = None
    finished_at: dt.datetime | None = None
    outcome: TicketOutcome | None = None
    dossier_id: str | None = None
