# SPDX-License-Identifier: GPL-3.0-or-later
"""``./motcua admin calendar``."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from casework.records.rules_in_force import OpeningHours
from tests.workstation.admin.conftest import Desk
from tests.workstation.desk.counter import CLERK, PASSWORD
from workstation.admin.calendar import read_stretches

DAYS_OFF_2027 = (
    *("2027-01-01", "2027-02-04", "2027-02-05", "2027-02-08", "2027-02-09", "2027-02-10", "2027-04-16"),
    *("2027-04-30", "2027-05-01", "2027-05-03", "2027-09-02", "2027-11-24"),
)
USUAL = ["07:00-11:30", "13:30-17:00"]


def decision(*more: str) -> bytes:
    """A table with the days off of 2027, and whatever a test adds."""
    return "\n".join(f"{day};off;Nghỉ;Thông báo 99/TB-VPCP" for day in (*DAYS_OFF_2027, *more)).encode()


def test_a_new_desk_shows_what_ships(desk: Desk) -> None:
    shown = desk.administer("calendar", "show")
    assert shown.code == 0
    assert shown.facts["hours"] == {str(weekday): USUAL for weekday in range(1, 6)}
    assert shown.facts["announced_years"] == [2026]
    assert shown.facts["make_up_days"] == ["2026-08-22"]
    assert "2026-11-24" in shown.facts["days_off"]
    assert shown.facts["decided_here"] == []


def test_a_person_reads_it_as_lines(desk: Desk) -> None:
    shown = desk.run("calendar", "show", "--login", CLERK.login, "--password-stdin", asked=(PASSWORD,))
    lines = shown.stdout.splitlines()
    assert lines[0] == "1\t07:00-11:30, 13:30-17:00"
    assert "2026-11-24\toff" in lines
    assert lines[-1] == "2026-08-22\twork"


def test_a_decision_is_imported_and_shown(program: Desk, tmp_path: Path) -> None:
    file = tmp_path / "2027.csv"
    file.write_bytes(decision())
    imported = program.administer("calendar", "import", str(file))
    assert (imported.code, imported.facts) == (
        0,
        {"years": [2027], "announced_years": [2027], "days": len(DAYS_OFF_2027), "faults": []},
    )
    shown = program.administer("calendar", "show").facts
    assert shown["announced_years"] == [2026, 2027]
    assert shown["decided_here"] == sorted(DAYS_OFF_2027)


def test_a_forecast_announces_nothing(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "2027.csv"
    file.write_bytes(decision())
    imported = desk.administer("calendar", "import", str(file), "--forecast")
    assert (imported.code, imported.facts["announced_years"]) == (0, [])
    assert desk.administer("calendar", "show").facts["announced_years"] == [2026]


def test_every_fault_of_a_file_is_told_and_nothing_is_changed(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "2027.csv"
    file.write_bytes(decision("2027-02-30", "2027-01-01"))
    refused = desk.administer("calendar", "import", str(file))
    assert refused.code == 1
    first, second = len(DAYS_OFF_2027) + 1, len(DAYS_OFF_2027) + 2
    assert refused.facts["faults"] == [
        {"place": f"dòng {first}", "fault": "date"},
        {"place": f"dòng {second}", "fault": "twice"},
    ]
    told = desk.run("calendar", "import", str(file), "--login", CLERK.login, "--password-stdin", asked=(PASSWORD,))
    assert told.stdout == f"dòng {first}: ngày không đọc được.\ndòng {second}: ngày này đã có ở trên.\n"
    assert desk.administer("calendar", "show").facts["decided_here"] == []


def test_a_file_that_is_not_there_or_no_calendar_is_refused(desk: Desk, tmp_path: Path) -> None:
    missing = desk.administer("calendar", "import", str(tmp_path / "none.csv"))
    assert (missing.code, missing.facts["error"]["code"]) == (3, "no-such-file")
    file = tmp_path / "page.html"
    file.write_text("")
    refused = desk.administer("calendar", "import", str(file))
    assert (refused.code, refused.facts["error"]["code"]) == (1, "holiday-file-unreadable")


def test_hours_of_the_week_are_set_and_taken_back(desk: Desk) -> None:
    changed = desk.administer("calendar", "hours", "1-5=07:30-11:30,13:00-17:00", "6=07:30-11:30")
    assert changed.code == 0
    assert changed.facts["hours"] == {
        **{str(weekday): ["07:30-11:30", "13:00-17:00"] for weekday in range(1, 6)},
        "6": ["07:30-11:30"],
    }
    usual = desk.administer("calendar", "hours")
    assert usual.facts["hours"] == {str(weekday): USUAL for weekday in range(1, 6)}


def test_hours_that_overlap_are_refused(desk: Desk) -> None:
    refused = desk.administer("calendar", "hours", "1=07:30-11:30", "1=11:00-12:00")
    assert (refused.code, refused.facts["error"]["code"]) == (1, "hours-overlap")


def test_hours_are_read_day_by_day() -> None:
    assert read_stretches("6-7=07:30-11:30,13:00-17:00") == (
        OpeningHours(6, dt.time(7, 30), dt.time(11, 30)),
        OpeningHours(6, dt.time(13, 0), dt.time(17, 0)),
        OpeningHours(7, dt.time(7, 30), dt.time(11, 30)),
        OpeningHours(7, dt.time(13, 0), dt.time(17, 0)),
    )
    assert read_stretches("1=07:30-11:30") == (OpeningHours(1, dt.time(7, 30), dt.time(11, 30)),)


@pytest.mark.parametrize(
    "text", ["", "1", "1=", "0=07:00-11:00", "7-8=07:00-11:00", "5-1=07:00-11:00", "1=7-11", "x=y"]
)
def test_hours_that_are_written_wrong_are_wrong_usage(text: str, desk: Desk) -> None:
    assert desk.administer("calendar", "hours", text).code == 2
