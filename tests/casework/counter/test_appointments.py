# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt

import pytest

from casework.counter.appointments import (
    LeftOutLine,
    LineTrouble,
    appointments_of,
    read_appointments,
    with_ticket,
)
from casework.errors import KnownError
from casework.records.appointment import Appointment
from casework.records.former_dossier import Cell, TableRow
from casework.work_calendar import VIET_NAM

FRIDAY = dt.date(2026, 12, 4)


def at(hour: int, minute: int = 0, day: dt.date = FRIDAY) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour, minute), VIET_NAM)


def table(*rows: tuple[Cell, ...]) -> list[TableRow]:
    return [TableRow(number, cells) for number, cells in enumerate(rows, start=1)]


def test_a_list_is_read_by_its_headings_and_sorted_by_time() -> None:
    read = read_appointments(
        table(
            ("", None),
            ("Mã lịch hẹn", "Họ và tên", "Ngày hẹn", "Giờ hẹn", "Số điện thoại", "Mã thủ tục", "Ghi chú"),
            ("L2", "Nguyễn  Thị Nhung", "04/12/2026", "9:30", 912345678, "1.001193", "x"),
            ("L1", "Lê Văn Thành", FRIDAY, "8 giờ"),
        )
    )
    assert read.appointments == (
        Appointment("L1", at(8), "Lê Văn Thành"),
        Appointment("L2", at(9, 30), "Nguyễn Thị Nhung", "0912345678", "1.001193"),
    )
    assert read.left_out == ()


@pytest.mark.parametrize(
    ("hour", "minutes"),
    [
        ("08:05", 485),
        ("8h05", 485),
        ("8h", 480),
        ("8", 480),
        (8, 480),
        ("8 giờ 05 phút", 485),
        ("08:05:30", 485),
        ("8 Giờ", 480),
        ("23:59", 1439),
        ("0:00", 0),
    ],
)
def test_hours_are_read_as_people_write_them(hour: Cell, minutes: int) -> None:
    read = read_appointments(table(("ho ten", "ngay", "gio"), ("A", "04/12/2026", hour)))
    assert read.appointments[0].at == at(0) + dt.timedelta(minutes=minutes)


def test_the_hour_may_stand_with_the_day() -> None:
    read = read_appointments(table(("ho ten", "thoi gian hen"), ("A", "04/12/2026 08:30"), ("B", at(9)), ("C", FRIDAY)))
    assert [appointment.at for appointment in read.appointments] == [at(8, 30), at(9)]
    assert read.left_out == (LeftOutLine(4, LineTrouble.NO_MOMENT),)


def test_bad_lines_are_left_out_and_told_and_the_others_taken() -> None:
    read = read_appointments(
        table(
            ("Họ tên", "Ngày", "Giờ"),
            ("", "04/12/2026", "8:00"),
            ("A", "32/12/2026", "8:00"),
            ("A", "04/12/2026", "24:00"),
            ("A", "04/12/2026", "8:60"),
            ("A", "04/12/2026", "sáng"),
            ("A", "04/12/2026"),
            (),
            ("A", "04/12/2026", "8:00"),
            ("a", "04/12/2026", "8:00"),
            ("A", "04/12/2026", "9:00"),
        )
    )
    assert [appointment.at for appointment in read.appointments] == [at(8), at(9)]
    assert read.left_out == (
        LeftOutLine(2, LineTrouble.NO_NAME),
        *(LeftOutLine(line, LineTrouble.NO_MOMENT) for line in range(3, 8)),
        LeftOutLine(10, LineTrouble.REPEATED),
    )


@pytest.mark.parametrize("rows", [[], table(()), table(("Họ tên", "Giờ")), table(("Ngày", "Giờ"))])
def test_a_list_needs_columns_for_day_and_name(rows: list[TableRow]) -> None:
    with pytest.raises(KnownError, match="appointment-list-columns"):
        read_appointments(rows)


def test_one_reference_may_stand_for_two_moments() -> None:
    read = read_appointments(
        table(("ma", "ho ten", "ngay", "gio"), ("1", "A", "04/12/2026", 8), ("1", "A", "05/12/2026", 8))
    )
    assert len(read.appointments) == 2


def test_somebody_who_comes_is_found_by_phone_else_by_name_on_her_day_and_once() -> None:
    late = Appointment("1", at(10), "Lê Văn Thành", "+84 912 345 678")
    early = Appointment("2", at(8), "LÊ VĂN THÀNH")
    other_day = Appointment("3", at(8, day=FRIDAY + dt.timedelta(days=1)), "Lê Văn Thành")
    other = Appointment("4", at(9), "Lê Văn Thành", "0900000000")
    used = with_ticket(Appointment("5", at(7), "Lê Văn Thành"), "t")
    everybody = [late, early, other_day, other, used]
    assert appointments_of(everybody, "le van thanh", "0912 345 678", FRIDAY) == (early, late)
    assert appointments_of(everybody, "Le Van Thanh", "", FRIDAY) == (early, other, late)
    assert appointments_of(everybody, "Nguyễn Thị Nhung", "", FRIDAY) == ()
    wordy = Appointment("6", at(11), "Lê Văn Thành", "gọi con trai")
    assert appointments_of([wordy], "Lê Văn Thành", "0912345678", FRIDAY) == (wordy,), "words are no number to compare"
    assert appointments_of([late], "Nguyễn Thị Nhung", "0084912345678", FRIDAY) == (late,)
    assert used.ticket_id == "t"
