# SPDX-License-Identifier: GPL-3.0-or-later
"""How long people waited with their number: nobody should wait longer than 20 minutes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from casework.counter.queue import LONGEST_WAIT, is_waiting, waiting_time
from casework.figures.period import Period
from casework.figures.share import Mean, Share, mean_of, share_of
from casework.records.queue_ticket import QueueTicket


@dataclass(frozen=True, slots=True)
class QueueWaits:
    """The waits of a period.

    Attributes:
        over_limit: Tickets that waited longer than the limit, out of all of which that is decided.
        seconds: Waits of those who were called, in seconds.
        longest: The longest wait among those decided; None when there is none.
    """

    over_limit: Share
    seconds: Mean
    longest: dt.timedelta | None


def queue_waits(
    tickets: Iterable[QueueTicket], period: Period, as_of: dt.datetime, limit: dt.timedelta = LONGEST_WAIT
) -> QueueWaits:
    """Count who waited too long.

    Who is still waiting counts as soon as the limit has passed and not before.

    Args:
        tickets: Tickets of the centre.
        period: Days of the tickets.
        as_of: Aware moment up to which the tickets are known.
        limit: The longest wait that is no fault.
    """
    chosen = [ticket for ticket in tickets if period.contains_day(ticket.day)]
    waits = [
        wait for ticket in chosen for wait in (waiting_time(ticket, as_of),) if wait > limit or not is_waiting(ticket)
    ]
    until_called = [waiting_time(ticket, as_of) for ticket in chosen if ticket.called_at is not None]
    return QueueWaits(
        over_limit=share_of(wait > limit for wait in waits),
        seconds=mean_of(int(wait.total_seconds()) for wait in until_called),
        longest=max(waits, default=None),
    )
