# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.counter.queue import (
    advise,
    loads,
    next_ticket,
    people_before,
    tone_of,
    waiting_time,
)
from casework.counter.waiting import Tone
from casework.records.counter import Counter
from casework.records.queue_ticket import QueueTicket
from casework.work_calendar import VIET_NAM

NOW = dt.datetime(2026, 12, 1, 9, tzinfo=VIET_NAM)
MINUTE = dt.timedelta(minutes=1)


def a_ticket(number: int, minutes: float = 0, series: str = "A", *, has_priority: bool = False) -> QueueTicket:
    return QueueTicket(f"{series}{number}", NOW.date(), series, number, has_priority, NOW - minutes * MINUTE)


def a_counter(name: str, *series: str, clerk_id: str | None = "hoa") -> Counter:
    return Counter(name, frozenset(series), clerk_id)


@pytest.mark.parametrize(
    ("seconds", "tone"),
    [(0, Tone.CALM), (899, Tone.CALM), (900, Tone.AMBER), (1200, Tone.AMBER), (1201, Tone.RED)],
)
def test_a_wait_is_amber_from_fifteen_minutes_and_red_beyond_twenty(seconds: int, tone: Tone) -> None:
    assert tone_of(dt.timedelta(seconds=seconds)) is tone


def test_a_wait_ends_when_the_person_is_called_and_is_never_negative() -> None:
    ticket = a_ticket(1, minutes=10)
    assert waiting_time(ticket, NOW) == 10 * MINUTE
    assert waiting_time(dataclasses.replace(ticket, called_at=NOW - 3 * MINUTE), NOW) == 7 * MINUTE
    assert waiting_time(ticket, NOW - 11 * MINUTE) == dt.timedelta()


def test_priority_is_called_first_then_who_waits_longest_in_a_series_of_the_counter() -> None:
    tickets = [
        a_ticket(2, 8),
        a_ticket(1, 9),
        a_ticket(7, 1, has_priority=True),
        a_ticket(8, 2, has_priority=True),
        a_ticket(1, 30, "B", has_priority=True),
    ]
    order = []
    while ticket := next_ticket(tickets, a_counter("Quầy 1", "A")):
        order.append(ticket.ticket_id)
        tickets = [
            dataclasses.replace(one, called_at=NOW) if one.ticket_id == ticket.ticket_id else one for one in tickets
        ]
    assert order == ["A8", "A7", "A1", "A2"]
    first = next_ticket(tickets, a_counter("Quầy 2"))
    assert first is not None
    assert first.ticket_id == "B1"


def test_tickets_taken_at_the_same_moment_are_called_by_number() -> None:
    first = next_ticket([a_ticket(11), a_ticket(9)], a_counter("Quầy 1"))
    assert first is not None
    assert first.number == 9


def test_a_closed_counter_calls_nobody() -> None:
    assert next_ticket([a_ticket(1)], a_counter("Quầy 1", clerk_id=None)) is None


def test_a_person_is_told_how_many_of_her_series_are_before_her() -> None:
    mine = a_ticket(5, 5)
    called = dataclasses.replace(a_ticket(1, 20), called_at=NOW)
    others = [called, a_ticket(3, 9), a_ticket(8, 1, has_priority=True), a_ticket(9, 1), a_ticket(1, 9, "B"), mine]
    assert people_before(mine, others) == 2


def test_every_series_is_told_with_its_longest_wait_first() -> None:
    tickets = [
        a_ticket(1, 16),
        a_ticket(2, 3),
        a_ticket(1, 25, "B"),
        dataclasses.replace(a_ticket(9, 99), called_at=NOW),
    ]
    rows = loads(tickets, [a_counter("1", "A"), a_counter("2"), a_counter("3", "B", clerk_id=None)], NOW)
    assert [(row.series, row.waiting, row.longest_wait, row.tone, row.open_counters) for row in rows] == [
        ("B", 1, 25 * MINUTE, Tone.RED, 1),
        ("A", 2, 16 * MINUTE, Tone.AMBER, 2),
    ]


@pytest.mark.parametrize(("people", "wanted"), [(11, 0), (12, 1), (22, 1), (23, 2)])
def test_a_counter_calls_eleven_people_in_twenty_minutes_at_two_minutes_each(people: int, wanted: int) -> None:
    tickets = [a_ticket(number) for number in range(1, people + 1)]
    assert advise(tickets, [a_counter("1")], NOW).counters_to_open == wanted


@pytest.mark.parametrize(("minutes", "wanted"), [(15, 0), (20, 0), (20.1, 1), (60, 1)])
def test_somebody_who_waits_in_red_asks_for_one_counter_more(minutes: float, wanted: int) -> None:
    assert advise([a_ticket(1, minutes)], [a_counter("1")], NOW).counters_to_open == wanted


@pytest.mark.parametrize(("people", "wanted"), [(3, 0), (4, 1), (6, 1), (7, 2)])
def test_who_has_waited_already_must_be_called_the_sooner(people: int, wanted: int) -> None:
    tickets = [a_ticket(number, 15) for number in range(1, people + 1)]
    assert advise(tickets, [a_counter("1")], NOW).counters_to_open == wanted


def test_people_with_priority_push_the_others_back() -> None:
    tickets = [a_ticket(1, 20), a_ticket(2, 0, has_priority=True)]
    assert advise(tickets, [a_counter("1")], NOW).counters_to_open == 1
    assert advise(tickets[:1], [a_counter("1")], NOW).counters_to_open == 0


def test_closed_counters_that_would_help_are_named_and_no_more_than_needed() -> None:
    room = [
        a_counter("1", "A"),
        a_counter("2", "A", clerk_id=None),
        a_counter("3", "B", clerk_id=None),
        a_counter("4", clerk_id=None),
    ]
    advice = advise([a_ticket(1, 1, "B")], room, NOW)
    assert (advice.counters_to_open, advice.series) == (1, ("B",))
    assert [counter.name for counter in advice.may_open] == ["3"]


def test_longer_receptions_need_more_counters() -> None:
    tickets = [a_ticket(number) for number in range(1, 6)]
    assert advise(tickets, [a_counter("1")], NOW, dt.timedelta(minutes=10)).counters_to_open == 1
    assert advise(tickets[:3], [a_counter("1")], NOW, dt.timedelta(minutes=10)).counters_to_open == 0


@given(st.lists(st.integers(0, 20), max_size=40), st.integers(1, 6))
def test_with_the_counters_that_are_advised_nobody_needs_another(waits: list[int], open_counters: int) -> None:
    tickets = [a_ticket(number, minutes) for number, minutes in enumerate(waits, start=1)]
    room = [a_counter(str(number)) for number in range(open_counters)]
    advice = advise(tickets, room, NOW)
    more = [a_counter(f"+{number}") for number in range(advice.counters_to_open)]
    assert advise(tickets, [*room, *more], NOW).counters_to_open == 0


def test_an_empty_room_needs_nothing() -> None:
    advice = advise([], [a_counter("1", clerk_id=None)], NOW)
    assert (advice.counters_to_open, advice.may_open, advice.series) == (0, (), ())
