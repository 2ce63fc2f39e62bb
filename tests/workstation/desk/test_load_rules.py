# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt

from casework.catalogue import Catalogue
from casework.records.rules_in_force import CalendarDay, OpeningHours
from casework.work_calendar import VIET_NAM
from localdb import calendar_days, catalogue_versions, opening_hours
from tests.workstation.desk.counter import MONDAY_MORNING, ready, reopened
from workstation.desk.load_rules import load_catalogue
from workstation.desk.receive_dossier import receive_dossier
from workstation.desk.session import DeskSession

MONDAY = MONDAY_MORNING.date()


def installations(session: DeskSession) -> list[tuple[str, str]]:
    with session.store.reading() as connection:
        return connection.rows(
            "SELECT before_hash, after_hash FROM audit_entries WHERE action = 'catalogue.installed' ORDER BY number"
        )


def test_the_catalogue_of_the_program_is_noted_once_with_its_hash(session: DeskSession) -> None:
    again = reopened(session)
    shipped = Catalogue.shipped()
    with again.store.reading() as connection:
        noted = catalogue_versions.get(connection, shipped.version)
    assert (noted.content_hash, noted.procedure_count) == (shipped.content_hash, len(shipped.codes))
    assert len(shipped.content_hash) == 64
    assert installations(again) == [("", shipped.content_hash)]
    again.close()


def test_another_content_under_the_same_name_stands_in_the_trail(session: DeskSession) -> None:
    with session.store.transaction() as connection:
        connection.execute("UPDATE catalogue_versions SET content_hash = 'other'")
    load_catalogue(session.store, session.folder, session.clerk.clerk_id, session.clock())
    assert installations(session)[1:] == [("other", Catalogue.shipped().content_hash)]


def test_a_received_dossier_names_the_version_that_was_noted(session: DeskSession) -> None:
    received = receive_dossier(session, ready(session))
    with session.store.reading() as connection:
        noted = catalogue_versions.get(connection, received.dossier.catalogue_version)
        assert noted.content_hash == Catalogue.shipped().content_hash
        assert len(catalogue_versions.known(connection)) == 1


def test_what_was_decided_here_moves_the_due_date(session: DeskSession) -> None:
    with session.store.transaction() as connection:
        calendar_days.put(connection, CalendarDay(MONDAY, False, "Nghỉ bù", "Thông báo 3"), session.clock())
        hours = [OpeningHours(weekday, dt.time(8), dt.time(16)) for weekday in range(1, 6)]
        opening_hours.replace(connection, hours)
    again = reopened(session)
    received = receive_dossier(again, ready(again))
    again.close()
    holiday, wednesday = MONDAY + dt.timedelta(days=1), MONDAY + dt.timedelta(days=2)
    assert not again.calendar.is_working_day(MONDAY)
    assert not again.calendar.is_working_day(holiday), "Ngày Văn hóa Việt Nam"
    assert received.dossier.due_at == dt.datetime.combine(wednesday, dt.time(16), VIET_NAM)
