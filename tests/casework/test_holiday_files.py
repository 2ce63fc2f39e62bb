# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt
import importlib.resources
import json
from typing import Any

import pytest

from casework.errors import KnownError
from casework.holiday_files import FAULT_WORDS, FoundFault, HolidayFault, HolidayFile, read_holiday_file
from casework.records.rules_in_force import CalendarDay
from casework.work_calendar import WorkCalendar

BASIS = "Thông báo 99/TB-VPCP ngày 02/12/2026"
ROWS_OF_2027 = (
    "2027-01-01;off;Tết Dương lịch",
    *(f"2027-02-{day:02};off;Tết Nguyên đán" for day in range(4, 11)),
    "2027-04-16;off;Giỗ Tổ Hùng Vương",
    "2027-04-30;off;Ngày Chiến thắng",
    "01/05/2027;off;Quốc tế Lao động",
    "03/05/2027;off;Nghỉ bù",
    "2027-08-28;work;Làm bù",
    "2027-08-30;off;Hoán đổi",
    "2027-09-02;off;Quốc khánh",
    "2027-09-03;off;Quốc khánh",
    "2027-11-24;off;Ngày Văn hóa Việt Nam",
)


def table(rows: tuple[str, ...] = ROWS_OF_2027, basis: str = BASIS, top: str = "") -> bytes:
    return (top + "\n".join(f"{row};{basis}" for row in rows)).encode()


def without(*days: str) -> bytes:
    return table(tuple(row for row in ROWS_OF_2027 if not row.startswith(days)))


def pack(**changes: object) -> bytes:
    content = json.loads(importlib.resources.files("casework.packs").joinpath("holidays.json").read_bytes())
    year: dict[str, Any] = {**content["years"]["2027"], "source": BASIS, "announced": True, **changes}
    return json.dumps({"format": 1, "years": {"2027": year}}).encode()


def faults(data: bytes, *, is_announced: bool = True) -> list[tuple[str, HolidayFault]]:
    file = read_holiday_file(data, is_announced=is_announced)
    assert (file.days, file.years, file.announced_years) == ((), frozenset(), frozenset())
    return [(found.place, found.fault) for found in file.faults]


def test_a_table_states_a_year_with_the_decision_behind_each_day() -> None:
    file = read_holiday_file(table())
    assert file.faults == ()
    assert file.years == file.announced_years == {2027}
    assert len(file.days) == len(ROWS_OF_2027)
    assert file.days[0] == CalendarDay(dt.date(2027, 1, 1), False, "Tết Dương lịch", BASIS)
    assert CalendarDay(dt.date(2027, 8, 28), True, "Làm bù", BASIS) in file.days
    assert [day.day for day in file.days] == sorted(day.day for day in file.days)


def test_heading_blank_lines_spaces_capitals_and_a_byte_order_mark_do_no_harm() -> None:
    decorated = table(top="\ufeffdate;off|work;name;basis\n\n ; ;;\n").replace(b";off;", b"; OFF ; ")
    assert read_holiday_file(decorated) == read_holiday_file(table())


def test_a_quoted_name_may_hold_a_semicolon() -> None:
    file = read_holiday_file(table().replace("Hoán đổi".encode(), '"Hoán đổi; làm bù 28/8"'.encode()))
    assert "Hoán đổi; làm bù 28/8" in {day.name for day in file.days}


def test_a_forecast_names_no_decision_and_announces_nothing() -> None:
    for basis in ("", BASIS):
        file = read_holiday_file(table(basis=basis), is_announced=False)
        assert file.years == {2027}
        assert file.announced_years == frozenset()
        assert {day.legal_basis for day in file.days} == {""}


def test_the_json_that_ships_can_be_imported_too() -> None:
    data = importlib.resources.files("casework.packs").joinpath("holidays.json").read_bytes()
    file = read_holiday_file(b"\n" + data, is_announced=False)
    assert file.faults == ()
    assert file.years == {2026, 2027}
    assert file.announced_years == {2026}
    shipped = WorkCalendar.shipped()
    assert {day.day for day in file.days if not day.is_working} == shipped.days_off
    assert {day.day for day in file.days if day.is_working} == shipped.make_up_days
    assert {bool(day.legal_basis) for day in file.days if day.day.year == 2026} == {True}
    assert {day.legal_basis for day in file.days if day.day.year == 2027} == {""}


def test_an_imported_year_takes_the_place_of_the_shipped_one() -> None:
    shipped = WorkCalendar.shipped()
    amended = shipped.amended(read_holiday_file(table()).days, [])
    assert amended.announced_years == {2026, 2027}
    assert amended.is_working_day(dt.date(2027, 8, 28))
    assert not amended.is_working_day(dt.date(2027, 8, 30))
    assert {day for day in amended.days_off if day.year == 2026} == {
        day for day in shipped.days_off if day.year == 2026
    }
    shorter = shipped.amended(read_holiday_file(without("2027-09-03")).days, [])
    assert shorter.is_working_day(dt.date(2027, 9, 3))
    assert amended.make_up_days == {dt.date(2026, 8, 22), dt.date(2027, 8, 28)}


def test_a_forecast_takes_the_announcement_back() -> None:
    shipped = WorkCalendar.shipped()
    rows = tuple(row.replace("2027", "2026") for row in ROWS_OF_2027 if not row.startswith("2027-08-28"))
    forecast = read_holiday_file(table(rows), is_announced=False)
    assert forecast.faults == ()
    amended = shipped.amended(forecast.days, [])
    assert amended.announced_years == frozenset()
    assert amended.make_up_days == frozenset()


def test_a_single_day_announces_nothing() -> None:
    shipped = WorkCalendar.shipped()
    day = CalendarDay(dt.date(2027, 3, 1), False, "Nghỉ", BASIS)
    assert shipped.amended([day], []).announced_years == {2026}
    worked = CalendarDay(dt.date(2027, 1, 1), True, "Trực", BASIS)
    amended = shipped.amended([worked], [])
    assert amended.announced_years == {2026}
    assert not amended.is_working_day(dt.date(2027, 2, 8))
    first_of_december = CalendarDay(dt.date(2027, 12, 1), False, "Nghỉ", BASIS)
    second_of_january = CalendarDay(dt.date(2027, 1, 4), False, "Nghỉ", BASIS)
    assert shipped.amended([first_of_december, second_of_january], []).announced_years == {2026}


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("2027-12-24;off;Nghỉ", HolidayFault.COLUMNS),
        (f"2027-12-24;off;Nghỉ;{BASIS};x", HolidayFault.COLUMNS),
        (f"2027-02-30;off;Nghỉ;{BASIS}", HolidayFault.DATE),
        (f"24.12.2027;off;Nghỉ;{BASIS}", HolidayFault.DATE),
        (f";off;Nghỉ;{BASIS}", HolidayFault.DATE),
        (f"2027-12-24;nghỉ;Nghỉ;{BASIS}", HolidayFault.KIND),
        (f"2027-12-24;off; ;{BASIS}", HolidayFault.NAME_MISSING),
        ("2027-12-24;off;Nghỉ; ", HolidayFault.BASIS_MISSING),
        (f"30/04/2027;off;Nghỉ;{BASIS}", HolidayFault.TWICE),
        (f"2027-12-24;work;Làm bù;{BASIS}", HolidayFault.MAKE_UP_ON_WEEKDAY),
    ],
)
def test_a_row_that_is_wrong_is_told_with_its_line(row: str, fault: HolidayFault) -> None:
    data = table() + f"\n{row}\n".encode()
    assert faults(data) == [(f"dòng {len(ROWS_OF_2027) + 1}", fault)]


def test_a_make_up_day_is_a_saturday_or_a_sunday() -> None:
    for day in ("2027-12-25", "2027-12-26"):
        assert read_holiday_file(table((*ROWS_OF_2027, f"{day};work;Làm bù"))).faults == ()


def test_every_fault_of_every_row_is_told() -> None:
    data = b"2027-02-30;x;;\n2027-01-01;off;a\n;;;\nx;off;a;b\n"
    assert faults(data) == [
        ("dòng 1", HolidayFault.DATE),
        ("dòng 1", HolidayFault.KIND),
        ("dòng 1", HolidayFault.NAME_MISSING),
        ("dòng 1", HolidayFault.BASIS_MISSING),
        ("dòng 2", HolidayFault.COLUMNS),
        ("dòng 4", HolidayFault.DATE),
    ]


@pytest.mark.parametrize(
    ("days", "fault"),
    [
        (("2027-01-01",), HolidayFault.HOLIDAY_MISSING),
        (("2027-04-30",), HolidayFault.HOLIDAY_MISSING),
        (("01/05/2027",), HolidayFault.HOLIDAY_MISSING),
        (("2027-09-02",), HolidayFault.HOLIDAY_MISSING),
        (("2027-11-24",), HolidayFault.HOLIDAY_MISSING),
        (("2027-02-04", "2027-02-05", "2027-02-06"), HolidayFault.TET_MISSING),
        (("2027-04-16",), HolidayFault.HUNG_KINGS_MISSING),
    ],
)
def test_a_year_without_a_holiday_of_the_law_is_not_whole(days: tuple[str, ...], fault: HolidayFault) -> None:
    assert faults(without(*days)) == [("2027", fault)]


def test_five_days_of_tet_are_enough() -> None:
    assert read_holiday_file(without("2027-02-04", "2027-02-05")).faults == ()


def moved_tet(first: dt.date) -> bytes:
    rows = [row for row in ROWS_OF_2027 if not row.startswith("2027-02")]
    return table((*rows, *(f"{first + dt.timedelta(days=count)};off;Tết" for count in range(5))))


@pytest.mark.parametrize(
    ("first", "whole"),
    [("2027-01-14", False), ("2027-01-15", True), ("2027-02-24", True), ("2027-02-25", False)],
)
def test_tet_lies_between_the_middle_of_january_and_the_end_of_february(first: str, whole: bool) -> None:
    file = read_holiday_file(moved_tet(dt.date.fromisoformat(first)))
    assert (not file.faults) is whole


@pytest.mark.parametrize(
    ("day", "whole"),
    [("2027-03-24", False), ("2027-03-25", True), ("2027-04-29", True), ("2027-05-02", False)],
)
def test_the_day_of_the_hung_kings_lies_in_spring(day: str, whole: bool) -> None:
    rows = tuple(row.replace("2027-04-16", day) for row in ROWS_OF_2027)
    assert (not read_holiday_file(table(rows)).faults) is whole


def test_a_make_up_day_is_no_holiday() -> None:
    rows = tuple(row.replace("01/05/2027;off", "01/05/2027;work") for row in ROWS_OF_2027)
    assert faults(table(rows)) == [("2027", HolidayFault.HOLIDAY_MISSING)]


def test_before_2026_there_was_no_day_of_culture() -> None:
    def of(year: str) -> bytes:
        rows = (row for row in ROWS_OF_2027 if "-11-24" not in row and ";work;" not in row)
        return table(tuple(row.replace("2027", year) for row in rows))

    assert read_holiday_file(of("2025")).faults == ()
    assert faults(of("2026")) == [("2026", HolidayFault.HOLIDAY_MISSING)]


def test_each_year_of_a_file_is_looked_at_by_itself() -> None:
    other = tuple(row.replace("2027", "2028") for row in ROWS_OF_2027 if ";work;" not in row)
    both = read_holiday_file(table((*other, *ROWS_OF_2027)))
    assert both.years == both.announced_years == {2027, 2028}
    assert [day.day for day in both.days] == sorted(day.day for day in both.days)
    assert faults(table((*ROWS_OF_2027, "2028-01-01;off;Tết Dương lịch"))) == [
        ("2028", HolidayFault.HOLIDAY_MISSING),
        ("2028", HolidayFault.TET_MISSING),
        ("2028", HolidayFault.HUNG_KINGS_MISSING),
    ]


def test_a_day_under_another_year_in_json_is_told_with_its_date() -> None:
    data = pack(make_up_days={"2028-01-08": "Làm bù"})
    assert faults(data) == [("2028-01-08", HolidayFault.OTHER_YEAR)]


def test_an_announced_year_in_json_names_its_decision() -> None:
    assert {fault for _, fault in faults(pack(source=" "))} == {HolidayFault.BASIS_MISSING}
    assert read_holiday_file(pack(source="", announced=False)).announced_years == frozenset()
    assert read_holiday_file(pack()).announced_years == {2027}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n\n",
        b"date;off|work;name;basis\n",
        b"\xff\xfe2\x00",
        b'"2027-01-01;off;x;y',
        b"{",
        b"{}",
        b'{"format": 2, "years": {}}',
        b'{"format": 1, "years": {}}',
        b'{"format": 1, "years": []}',
        b'{"a":' * 100_000,
        pack(announced="yes"),
        pack(source=None),
        pack(days_off={}),
        pack(days_off=[]),
        pack(days_off={"2027-01-01": 1}),
        pack(make_up_days=None),
        table() + b"\n" * 1_000_000,
    ],
    ids=range(18),
)
def test_what_is_no_holiday_file_is_refused(data: bytes) -> None:
    with pytest.raises(KnownError) as caught:
        read_holiday_file(data)
    assert caught.value.code == "holiday-file-unreadable"


def test_a_file_may_be_a_million_bytes_long_and_no_longer() -> None:
    room = 1_000_000 - len(table())
    assert read_holiday_file(table() + b"\n" * room).faults == ()
    with pytest.raises(KnownError):
        read_holiday_file(table() + b"\n" * (room + 1))


def test_a_fault_is_one_line_for_who_made_the_file() -> None:
    assert FoundFault("dòng 3", HolidayFault.DATE).in_words() == "dòng 3: ngày không đọc được."


def test_every_fault_has_words_and_a_name_that_stays() -> None:
    assert set(FAULT_WORDS) == set(HolidayFault)
    assert len(set(FAULT_WORDS.values())) == len(HolidayFault)
    assert [fault.value for fault in HolidayFault] == [
        "columns",
        "date",
        "kind",
        "name-missing",
        "basis-missing",
        "twice",
        "other-year",
        "make-up-on-weekday",
        "holiday-missing",
        "tet-missing",
        "hung-kings-missing",
    ]
    assert HolidayFile((), frozenset(), frozenset()).faults == ()
