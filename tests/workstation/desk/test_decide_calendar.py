# SPDX-License-Identifier: GPL-3.0-or-later
"""The yearly decision and the hours of the unit: decided by IT, seen by everybody, in the trail, as a whole or not."""

from __future__ import annotations

import datetime as dt

import pytest

from casework.errors import KnownError
from casework.records.rules_in_force import CalendarDay, OpeningHours
from casework.records.workplace import Role
from casework.work_calendar import WorkCalendar
from localdb import calendar_days
from tests.workstation.desk.counter import in_roles, reopened, trail
from workstation.desk.decide_calendar import import_holidays, read_calendar, set_opening_hours
from workstation.desk.session import DeskSession

BASIS = "Thông báo 99/TB-VPCP"
DAYS_OFF_2027 = (
    *("2027-01-01", "2027-02-04", "2027-02-05", "2027-02-08", "2027-02-09", "2027-02-10", "2027-04-16"),
    *("2027-04-30", "2027-05-01", "2027-05-03", "2027-09-02", "2027-11-24"),
)


def decision(*more: str) -> bytes:
    return "\n".join(f"{day};off;Nghỉ;{BASIS}" for day in (*DAYS_OFF_2027, *more)).encode()


MORNINGS = tuple(OpeningHours(weekday, dt.time(7, 30), dt.time(11, 30)) for weekday in range(1, 7))


def test_a_new_desk_works_by_what_ships(session: DeskSession) -> None:
    decided = read_calendar(session)
    assert (decided.calendar, decided.days, decided.hours) == (WorkCalendar.shipped(), (), ())


def test_an_imported_year_counts_from_the_next_sign_in_and_is_in_the_trail(session: DeskSession) -> None:
    file = import_holidays(session, decision("2027-12-24"))
    assert file.announced_years == {2027}
    assert trail(session)[-1] == (session.clerk.clerk_id, "calendar.imported", session.workstation.device_id)
    assert session.calendar.announced_years == {2026}
    decided = read_calendar(session)
    assert decided.days == file.days
    assert decided.calendar.announced_years == {2026, 2027}
    again = reopened(session)
    assert again.calendar == decided.calendar
    assert not again.calendar.is_working_day(dt.date(2027, 12, 24))
    assert again.calendar.is_working_day(dt.date(2027, 9, 3))
    again.close()


def test_a_corrected_file_takes_the_place_of_the_whole_year_and_leaves_other_years(session: DeskSession) -> None:
    kept = CalendarDay(dt.date(2026, 12, 24), False, "Nghỉ", "Thông báo 3")
    single = CalendarDay(dt.date(2027, 3, 1), False, "Nghỉ", "Thông báo 4")
    with session.store.transaction() as connection:
        for day in (kept, single):
            calendar_days.put(connection, day, session.clock())
    import_holidays(session, decision("2027-12-24"))
    corrected = import_holidays(session, decision())
    assert read_calendar(session).days == (kept, *corrected.days)


def test_a_forecast_is_kept_as_one(session: DeskSession) -> None:
    import_holidays(session, decision())
    import_holidays(session, decision(), is_announced=False)
    decided = read_calendar(session)
    assert decided.calendar.announced_years == {2026}
    assert {day.legal_basis for day in decided.days} == {""}


def test_a_file_with_a_fault_changes_nothing(session: DeskSession) -> None:
    before = trail(session)
    file = import_holidays(session, decision("2027-02-30"))
    assert [found.place for found in file.faults] == [f"dòng {len(DAYS_OFF_2027) + 1}"]
    with pytest.raises(KnownError, match="holiday-file-unreadable"):
        import_holidays(session, b"{")
    assert read_calendar(session).days == ()
    assert trail(session) == before


def test_hours_are_set_and_taken_back(session: DeskSession) -> None:
    set_opening_hours(session, MORNINGS)
    decided = read_calendar(session)
    assert decided.hours == MORNINGS
    assert decided.calendar.closing(dt.date(2026, 11, 28)).time() == dt.time(11, 30)
    assert trail(session)[-1] == (session.clerk.clerk_id, "opening-hours.changed", session.workstation.device_id)
    set_opening_hours(session, [])
    assert read_calendar(session).calendar == WorkCalendar.shipped()
    with session.store.reading() as connection:
        hashes = connection.rows(
            "SELECT before_hash, after_hash FROM audit_entries WHERE action = 'opening-hours.changed' ORDER BY number"
        )
    (usual, mornings), (mornings_again, usual_again) = hashes
    assert usual == usual_again != mornings == mornings_again


def test_hours_that_overlap_change_nothing(session: DeskSession) -> None:
    set_opening_hours(session, MORNINGS)
    before = trail(session)
    with pytest.raises(KnownError, match="hours-overlap"):
        set_opening_hours(session, [*MORNINGS, OpeningHours(1, dt.time(11, 0), dt.time(12, 0))])
    assert read_calendar(session).hours == MORNINGS
    assert trail(session) == before


@pytest.mark.parametrize("role", [Role.CLERK, Role.SIGNER, Role.SUPERVISOR])
def test_who_is_not_of_it_sees_the_calendar_and_changes_nothing(session: DeskSession, role: Role) -> None:
    somebody = in_roles(session, role)
    with pytest.raises(KnownError, match="not-allowed"):
        import_holidays(somebody, decision())
    with pytest.raises(KnownError, match="not-allowed"):
        set_opening_hours(somebody, MORNINGS)
    decided = read_calendar(somebody)
    assert (decided.days, decided.hours) == ((), ())
