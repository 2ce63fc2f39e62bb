# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt
import importlib.resources
import json

import pytest

from casework.packs.extract_holidays import MAKE_UP_NAME, YEARS, pack, year_table
from casework.work_calendar import WorkCalendar

PACKS = importlib.resources.files("casework.packs")


def days(year: int, *texts: str) -> set[dt.date]:
    return {dt.date.fromisoformat(f"{year}-{text}") for text in texts}


@pytest.mark.parametrize(
    ("year", "off", "make_up"),
    [
        (
            2026,
            days(2026, "01-01", "02-16", "02-17", "02-18", "02-19", "02-20", "04-26", "04-27", "04-30", "05-01")
            | days(2026, "08-31", "09-01", "09-02", "11-24"),
            days(2026, "08-22"),
        ),
        (
            2027,
            days(2027, "01-01", *(f"02-{day:02}" for day in range(4, 11)), "04-16", "04-30", "05-01", "05-03")
            | days(2027, "09-02", "09-03", "11-24"),
            set(),
        ),
    ],
)
def test_the_shipped_years_hold_the_facts_and_no_more(year: int, off: set[dt.date], make_up: set[dt.date]) -> None:
    shipped = WorkCalendar.shipped()
    assert {day for day in shipped.days_off if day.year == year} == off
    assert {day for day in shipped.make_up_days if day.year == year} == make_up


def test_a_table_holds_the_days_of_its_year_in_order() -> None:
    new_year, victory = dt.date(2027, 1, 1), dt.date(2027, 4, 30)
    table = year_table(
        2027,
        {victory: "Ngày Chiến thắng", new_year: "Tết Dương lịch", dt.date(2026, 1, 1): "x", dt.date(2028, 1, 1): "x"},
        [dt.date(2027, 8, 28), dt.date(2019, 1, 5), dt.date(2027, 1, 9)],
    )
    assert table["source"] == YEARS[2027][0]
    assert table["announced"] is False
    assert list(table["days_off"].items()) == [("2027-01-01", "Tết Dương lịch"), ("2027-04-30", "Ngày Chiến thắng")]
    assert list(table["make_up_days"].items()) == [("2027-01-09", MAKE_UP_NAME), ("2027-08-28", MAKE_UP_NAME)]


def test_what_ships_is_what_the_tool_writes() -> None:
    text = PACKS.joinpath("holidays.json").read_text(encoding="utf-8")
    years = {int(year): table for year, table in json.loads(text)["years"].items()}
    rebuilt = {
        year: year_table(
            year,
            {dt.date.fromisoformat(day): name for day, name in table["days_off"].items()},
            [dt.date.fromisoformat(day) for day in table["make_up_days"]],
        )
        for year, table in reversed(years.items())
    }
    assert pack(rebuilt) == text
    assert set(years) == set(YEARS) == {2026, 2027}


def test_the_licence_of_the_source_ships_with_it() -> None:
    notice = PACKS.joinpath("LICENSE-holidays.txt").read_text(encoding="utf-8")
    assert "Permission is hereby granted, free of charge" in notice
