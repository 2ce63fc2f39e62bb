# SPDX-License-Identifier: GPL-3.0-or-later
"""The queue: who is next, how long people wait, and when another counter should open.

Nobody should wait longer than 20 minutes. A series of numbers is a field ("A" for civil status, "B" for land); a
counter serves some series, and which ones may be changed at any moment.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from casework.counter.waiting import Tone
from casework.records.counter import Counter
from casework.records.queue_ticket import QueueTicket

LONGEST_WAIT: Final = dt.timedelta(minutes=20)
"""A longer wait is red."""

AMBER_WAIT: Final = dt.timedelta(minutes=15)
"""From then on there is still time to open a counter; our own measure."""

USUAL_SERVICE: Final = dt.timedelta(minutes=2)
"""Time of one reception when none has been measured yet (reception with a pre-filled declaration)."""


@dataclass(frozen=True, slots=True)
class SeriesLoad:
    """How one series stands.

    Attributes:
        series: Letter or word; empty when the centre has one queue.
        waiting: People who wait.
        longest_wait: Of them; zero when nobody waits.
        tone: Of the longest wait.
        open_counters: Counters that serve it.
    """

    series: str
    waiting: int
    longest_wait: dt.timedelta
    tone: Tone
    open_counters: int


@dataclass(frozen=True, slots=True)
class CounterAdvice:
    """Whether to open a counter.

    Attributes:
        counters_to_open: How many more are needed for everybody to be called within 20 minutes; 0 when enough are open.
        may_open: Closed counters that would serve a series that needs it, in the order given, at most that many.
        series: The series that need it, the longest wait first.
    """

    counters_to_open: int
    may_open: tuple[Counter, ...]
    series: tuple[str, ...]


def waiting_time(ticket: QueueTicket, now: dt.datetime) -> dt.timedelta:
    """Give how long a person has waited, or did until she was called; never negative, whatever the clock did."""
    return max((ticket.called_at or now) - ticket.taken_at, dt.timedelta())


def is_waiting(ticket: QueueTicket) -> bool:
    """Whether a person is still to be called; who has left is called all the same, and found absent."""
    return ticket.called_at is None


def tone_of(wait: dt.timedelta) -> Tone:
    """Tell how urgent a wait looks: red beyond 20 minutes, amber from 15."""
    if wait > LONGEST_WAIT:
        return Tone.RED
    return Tone.AMBER if wait >= AMBER_WAIT else Tone.CALM


def next_ticket(tickets: Iterable[QueueTicket], counter: Counter) -> QueueTicket | None:
    """Give the ticket that an open counter calls next: those with priority first, then the one that waits longest.

    None when nobody waits for it, or it is closed.
    """
    waiting = [ticket for ticket in tickets if is_waiting(ticket) and counter.serves(ticket.series)]
    return min(waiting, key=_turn, default=None)


def people_before(ticket: QueueTicket, tickets: Iterable[QueueTicket]) -> int:
    """Count the people of the same series who are called before a waiting one."""
    return sum(
        is_waiting(other) and other.series == ticket.series and _turn(other) < _turn(ticket) for other in tickets
    )


def loads(tickets: Iterable[QueueTicket], counters: Iterable[Counter], now: dt.datetime) -> tuple[SeriesLoad, ...]:
    """Tell how every series with people waiting stands, the longest wait first."""
    room = tuple(counters)
    waits: dict[str, list[dt.timedelta]] = {}
    for ticket in tickets:
        if is_waiting(ticket):
            waits.setdefault(ticket.series, []).append(waiting_time(ticket, now))
    rows = (
        SeriesLoad(
            series=series,
            waiting=len(times),
            longest_wait=max(times),
            tone=tone_of(max(times)),
            open_counters=sum(counter.serves(series) for counter in room),
        )
        for series, times in waits.items()
    )
    return tuple(sorted(rows, key=lambda row: (-row.longest_wait, row.series)))


def advise(
    tickets: Iterable[QueueTicket],
    counters: Iterable[Counter],
    now: dt.datetime,
    service_time: dt.timedelta = USUAL_SERVICE,
) -> CounterAdvice:
    """Tell whether another counter should open.

    A series needs as many as let everybody in it be called before her 20 minutes are over, people being called in
    their order and each counter taking the next one after one service time; where somebody waits in red already, those
    that are open were too few, and one more is needed. A counter that serves several series counts for each: the
    advice is for the room, not a plan.

    Args:
        tickets: Of the day.
        counters: Of the room, closed ones included.
        now: Aware moment.
        service_time: Mean time of one reception, above zero.
    """
    room = tuple(counters)
    waiting = sorted(filter(is_waiting, tickets), key=_turn)
    missing: dict[str, int] = {}
    for row in loads(waiting, room, now):
        waits = [waiting_time(ticket, now) for ticket in waiting if ticket.series == row.series]
        wanted = _counters_wanted(waits, service_time)
        if row.tone is Tone.RED:
            wanted = max(wanted, row.open_counters + 1)
        missing[row.series] = max(wanted - row.open_counters, 0)
    needy = tuple(series for series, count in missing.items() if count)
    to_open = max(missing.values(), default=0)
    helpful = [
        counter
        for counter in room
        if counter.clerk_id is None and (not counter.series or not counter.series.isdisjoint(needy))
    ]
    return CounterAdvice(to_open, tuple(helpful[:to_open]), needy)


def _counters_wanted(waits: list[dt.timedelta], service_time: dt.timedelta) -> int:
    """Give the fewest counters that call everybody who is still within 20 minutes in time.

    Args:
        waits: How long each person has waited, in the order of calling; at least one.
        service_time: Of one reception.
    """
    counters = 1
    while any(wait <= LONGEST_WAIT < wait + place // counters * service_time for place, wait in enumerate(waits)):
        counters += 1
    return counters


def _turn(ticket: QueueTicket) -> tuple[bool, dt.datetime, str, int]:
    return (not ticket.has_priority, ticket.taken_at, ticket.series, ticket.number)
