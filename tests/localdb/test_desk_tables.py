# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from casework.errors import BugError, KnownError
from casework.records.queue_ticket import TicketOutcome
from casework.records.result import Result
from casework.records.rules_in_force import CalendarDay, CatalogueVersion, OpeningHours
from localdb import (
    calendar_days,
    catalogue_versions,
    dossiers,
    objects,
    opening_hours,
    persons,
    queue_tickets,
    results,
)
from localdb.store import Store
from tests.localdb import samples
from tests.localdb.samples import CLERK, NOON

DAY = NOON.date()
LATER = NOON + dt.timedelta(minutes=5)


def receive(store: Store) -> tuple[str, str]:
    """Give the identities of a dossier and its applicant."""
    person = samples.make_person()
    dossier_id = samples.new_id()
    with store.transaction() as connection:
        persons.add(connection, person)
        dossiers.add(connection, samples.make_dossier(dossier_id, person.person_id))
    return dossier_id, person.person_id


def make_result(dossier_id: str, object_id: str | None = None) -> Result:
    return Result(
        result_id=samples.new_id(),
        dossier_id=dossier_id,
        kind_code="KQ.G15.000031",
        title="Giấy khai sinh",
        document_number="12/2026",
        issued_on=DAY,
        issued_by="UBND xã Tân Lập",
        object_id=object_id,
        signature_level="B-T",
        signature_digest="ab" * 32,
        signed_by="Trần Văn Nam",
    )


def test_a_result_is_kept_with_its_dossier_and_the_one_who_took_it(store: Store) -> None:
    dossier_id, person_id = receive(store)
    result = make_result(dossier_id, samples.store_content(store, b"%PDF"))
    on_paper = Result(samples.new_id(), dossier_id, "KQ.1", "Bản sao")
    with store.transaction() as connection:
        results.add(connection, result)
        results.add(connection, on_paper)
        assert results.of_dossier(connection, dossier_id) == sorted([result, on_paper], key=lambda one: one.result_id)
        results.note_return(connection, result.result_id, person_id, LATER)
        returned = results.get(connection, result.result_id)
        assert returned == dataclasses.replace(result, returned_at=LATER.astimezone(dt.UTC), returned_to=person_id)


def test_a_result_is_handed_over_once(store: Store) -> None:
    dossier_id, person_id = receive(store)
    result = make_result(dossier_id)
    with store.transaction() as connection:
        results.add(connection, result)
        results.note_return(connection, result.result_id, person_id, NOON)
        with pytest.raises(KnownError, match="result-returned"):
            results.note_return(connection, result.result_id, person_id, LATER)
        with pytest.raises(KnownError, match="no-such-record"):
            results.note_return(connection, "none", person_id, LATER)
        assert results.get(connection, result.result_id).returned_at == NOON.astimezone(dt.UTC)


def test_an_object_that_a_result_names_is_not_forgotten(store: Store) -> None:
    dossier_id, _ = receive(store)
    object_id = samples.store_content(store, b"%PDF")
    with store.transaction() as connection:
        results.add(connection, make_result(dossier_id, object_id))
        assert objects.forget(connection, object_id) is None
        assert objects.find(connection, object_id) is not None


def test_numbers_of_a_day_and_series_are_given_out_without_gaps(store: Store) -> None:
    with store.transaction() as connection:
        numbers = [
            queue_tickets.take(connection, samples.new_id(), day, NOON, series=series).number
            for day, series in [
                (DAY, ""),
                (DAY, ""),
                (DAY, "A"),
                (DAY, ""),
                (DAY + dt.timedelta(days=1), ""),
                (DAY, "A"),
            ]
        ]
    assert numbers == [1, 2, 1, 3, 1, 2]


def test_a_number_that_was_not_committed_is_given_out_again(store: Store) -> None:
    def take_and_fail() -> None:
        with store.transaction() as connection:
            queue_tickets.take(connection, samples.new_id(), DAY, NOON)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take_and_fail()
    with store.transaction() as connection:
        assert queue_tickets.take(connection, samples.new_id(), DAY, NOON).number == 1


def test_who_has_priority_is_called_first(store: Store) -> None:
    with store.transaction() as connection:
        plain = [queue_tickets.take(connection, samples.new_id(), DAY, NOON).ticket_id for _ in range(2)]
        old = queue_tickets.take(connection, samples.new_id(), DAY, NOON, has_priority=True).ticket_id
        assert [ticket.ticket_id for ticket in queue_tickets.waiting(connection, DAY)] == [old, *plain]
        queue_tickets.call(connection, old, CLERK.clerk_id, LATER)
        assert [ticket.ticket_id for ticket in queue_tickets.waiting(connection, DAY)] == plain


def test_a_ticket_is_called_by_one_counter_and_finished_once(store: Store) -> None:
    dossier_id = samples.begin_draft(store)
    with store.transaction() as connection:
        ticket = queue_tickets.take(connection, samples.new_id(), DAY, NOON)
        with pytest.raises(KnownError, match="ticket-not-open"):
            queue_tickets.finish(connection, ticket.ticket_id, LATER, TicketOutcome.ABSENT)
        queue_tickets.call(connection, ticket.ticket_id, CLERK.clerk_id, LATER)
        with pytest.raises(KnownError, match="ticket-called"):
            queue_tickets.call(connection, ticket.ticket_id, CLERK.clerk_id, LATER)
        queue_tickets.finish(connection, ticket.ticket_id, LATER, TicketOutcome.SERVED, dossier_id)
        with pytest.raises(KnownError, match="ticket-not-open"):
            queue_tickets.finish(connection, ticket.ticket_id, LATER, TicketOutcome.ABSENT)
        late = LATER.astimezone(dt.UTC)
        assert queue_tickets.get(connection, ticket.ticket_id) == dataclasses.replace(
            ticket,
            called_at=late,
            called_by=CLERK.clerk_id,
            finished_at=late,
            outcome=TicketOutcome.SERVED,
            dossier_id=dossier_id,
        )


def test_a_dossier_names_a_version_of_the_catalogue_that_is_known(store: Store) -> None:
    receive(store)
    with store.transaction() as connection:
        assert catalogue_versions.get(connection, "2026-11-01") == CatalogueVersion("2026-11-01")
        shipped = CatalogueVersion("2026-11-01", "ab" * 32, 5000, NOON.astimezone(dt.UTC))
        assert catalogue_versions.install(connection, shipped) == ""
        assert catalogue_versions.install(connection, shipped) is None
        assert catalogue_versions.known(connection) == [shipped]
        assert catalogue_versions.install(connection, dataclasses.replace(shipped, content_hash="cd")) == "ab" * 32
        with pytest.raises(KnownError, match="no-such-record"):
            catalogue_versions.get(connection, "2020-01-01")
    with pytest.raises(BugError), store.transaction() as connection:
        connection.execute("DELETE FROM catalogue_versions")


def test_what_was_decided_about_a_day_is_kept_until_it_is_taken_back(store: Store) -> None:
    off = CalendarDay(dt.date(2027, 1, 1), False, "Tết Dương lịch", "Thông báo 1")
    working = CalendarDay(dt.date(2026, 12, 26), True, "Làm bù", "Thông báo 2")
    with store.transaction() as connection:
        calendar_days.put(connection, off, NOON)
        calendar_days.put(connection, dataclasses.replace(working, is_working=False), NOON)
        calendar_days.put(connection, working, LATER)
        assert calendar_days.decided(connection) == [working, off]
        assert calendar_days.remove(connection, off.day)
        assert not calendar_days.remove(connection, off.day)
        assert calendar_days.decided(connection) == [working]


def test_hours_of_the_week_are_put_in_the_place_of_the_earlier_ones(store: Store) -> None:
    morning = OpeningHours(1, dt.time(7, 0), dt.time(11, 30))
    afternoon = OpeningHours(1, dt.time(13, 30), dt.time(17, 0))
    saturday = OpeningHours(6, dt.time(8, 0), dt.time(23, 59))
    with store.transaction() as connection:
        opening_hours.replace(connection, [saturday, afternoon, morning])
        assert opening_hours.written(connection) == [morning, afternoon, saturday]
        for overlapping in (
            [morning, OpeningHours(1, dt.time(11, 0), dt.time(12, 0))],
            [OpeningHours(2, *[dt.time(9)] * 2)],
        ):
            with pytest.raises(KnownError, match="hours-overlap"):
                opening_hours.replace(connection, overlapping)
        assert opening_hours.written(connection) == [morning, afternoon, saturday]
        opening_hours.replace(connection, [])
        assert opening_hours.written(connection) == []
