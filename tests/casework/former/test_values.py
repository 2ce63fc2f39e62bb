# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.former import values
from casework.former.values import ReadBirth, ReadMoment, ReadNumber
from casework.records.dossier import DossierState
from casework.records.procedure import Channel
from casework.work_calendar import VIET_NAM

TODAY = dt.date(2026, 11, 23)
BORN_1990 = dt.date(1990, 5, 2)


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> dt.datetime:
    return dt.datetime(year, month, day, hour, minute, second, tzinfo=VIET_NAM)


@pytest.mark.parametrize(
    ("cell", "moment", "has_time"),
    [
        ("25/11/2025", at(2025, 11, 25), False),
        ("5-1-2025", at(2025, 1, 5), False),
        ("05.01.2025", at(2025, 1, 5), False),
        ("25/11/25", at(2025, 11, 25), False),
        ("25/11/2025 08:30", at(2025, 11, 25, 8, 30), True),
        ("25/11/2025, 8h30", at(2025, 11, 25, 8, 30), True),
        ("8 giờ 30 phút, ngày 25 tháng 11 năm 2025", at(2025, 11, 25, 8, 30), True),
        ("08:30:15 25/11/2025", at(2025, 11, 25, 8, 30, 15), True),
        ("2025-11-25", at(2025, 11, 25), False),
        ("2025-11-25T08:30:15", at(2025, 11, 25, 8, 30, 15), True),
        ("2025-11-25T01:30:15Z", at(2025, 11, 25, 8, 30, 15), True),
        ("2025-11-25T03:30:15+02:00", at(2025, 11, 25, 8, 30, 15), True),
        ("20251125083015", at(2025, 11, 25, 8, 30, 15), True),
        (20251125083015, at(2025, 11, 25, 8, 30, 15), True),
        ("20251125", at(2025, 11, 25), False),
        (45986, at(2025, 11, 25), False),
        (45986.5, at(2025, 11, 25, 12), True),
        ("45986", at(2025, 11, 25), False),
        (dt.datetime(2025, 11, 25), at(2025, 11, 25), False),  # noqa: DTZ001 - as a workbook gives it
        (dt.datetime(2025, 11, 25, 8, 30), at(2025, 11, 25, 8, 30), True),  # noqa: DTZ001
        (dt.date(2025, 11, 25), at(2025, 11, 25), False),
    ],
)
def test_a_moment_is_read_in_every_form_that_offices_write(cell: Any, moment: dt.datetime, has_time: bool) -> None:
    assert values.read_moment(cell) == ReadMoment(moment, has_time)


@pytest.mark.parametrize(
    "cell",
    ["", None, "31/02/2025", "11/25/2025", "25/11/1889", "25/11/2101", "25-11-25", "hôm qua", 7, 3.5, "25:61 1/1/2025"],
)
def test_what_is_no_day_of_a_dossier_is_not_guessed(cell: Any) -> None:
    assert values.read_moment(cell) is None


@pytest.mark.parametrize(
    ("cell", "state"),
    [
        *((state.value, state) for state in DossierState),
        *((str(state.value), state) for state in DossierState),
        ("Mới đăng ký", DossierState.REGISTERED),
        ("Được tiếp nhận", DossierState.RECEIVED),
        ("KHÔNG ĐƯỢC TIẾP NHẬN", DossierState.REFUSED),
        ("Đang xử lý (trễ hạn)", DossierState.PROCESSING),
        ("Yêu cầu bổ sung giấy tờ", DossierState.SUPPLEMENT_REQUESTED),
        ("Yêu cầu thực hiện nghĩa vụ tài chính", DossierState.PAYMENT_REQUESTED),
        ("Công dân yêu cầu rút hồ sơ", DossierState.WITHDRAWAL_REQUESTED),
        ("Dừng xử lý", DossierState.STOPPED),
        ("Đã xử lý xong", DossierState.FINISHED),
        ("Đã trả kết quả đúng hạn", DossierState.RETURNED),
        ("receiving", DossierState.REGISTERED),
        ("new", DossierState.RECEIVED),
        ("denied", DossierState.REFUSED),
        ("processing", DossierState.PROCESSING),
        ("waiting", DossierState.SUPPLEMENT_REQUESTED),
        ("paying", DossierState.PAYMENT_REQUESTED),
        ("cancelled", DossierState.WITHDRAWAL_REQUESTED),
        ("unresolved", DossierState.STOPPED),
        ("releasing", DossierState.FINISHED),
        ("done", DossierState.RETURNED),
        ("0", None),
        ("11", None),
        ("có lẽ xong", None),
    ],
)
def test_a_state_is_read_by_the_portals_number_or_in_the_words_of_several_systems(
    cell: Any, state: DossierState | None
) -> None:
    assert values.read_state(cell) is state


@pytest.mark.parametrize(
    ("cell", "channel"),
    [(1, Channel.COUNTER), ("2", Channel.ONLINE), ("3", Channel.POST), ("Trực tuyến", Channel.ONLINE), ("fax", None)],
)
def test_a_channel_is_read_by_number_or_in_words(cell: Any, channel: Channel | None) -> None:
    assert values.read_channel(cell) is channel


@pytest.mark.parametrize(
    ("cell", "born", "read"),
    [
        ("038090001234", None, ReadNumber("038090001234")),
        ("038 090 001 234", None, ReadNumber("038090001234")),
        ("172345678", None, ReadNumber("172345678")),
        (38090001234, None, ReadNumber("038090001234", zeros_restored=True)),
        ("3.8090001234E+10", None, ReadNumber("038090001234", zeros_restored=True)),
        ("38090001234", BORN_1990, ReadNumber("038090001234", zeros_restored=True)),
        ("38090001234", dt.date(1991, 1, 1), ReadNumber("38090001234", is_doubtful=True)),
        ("38490001234", None, ReadNumber("38490001234", is_doubtful=True)),
        ("99090001234", None, ReadNumber("99090001234", is_doubtful=True)),
        (1090001234, BORN_1990, ReadNumber("001090001234", zeros_restored=True)),
        (1090001234, None, ReadNumber("1090001234", is_doubtful=True)),
        ("3.81E+10", None, ReadNumber("", digits_lost=True)),
        ("003090001234", None, ReadNumber("003090001234", is_doubtful=True)),
        ("12345678", None, ReadNumber("12345678", is_doubtful=True)),
        ("C1234567", None, ReadNumber("C1234567")),
        ("không có", None, ReadNumber("KHÔNGCÓ", is_doubtful=True)),
        ("", None, ReadNumber("")),
    ],
)
def test_zeros_of_a_number_come_back_only_where_nothing_else_can_have_stood_there(
    cell: Any, born: dt.date | None, read: ReadNumber
) -> None:
    assert values.read_id_number(cell, born, TODAY) == read


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("0912 345 678", ReadNumber("0912345678")),
        ("+84 912345678", ReadNumber("0912345678")),
        ("84912345678", ReadNumber("0912345678")),
        (84912345678, ReadNumber("0912345678")),
        ("0084 237 3851234", ReadNumber("02373851234")),
        ("+84 (0)912345678", ReadNumber("0912345678")),
        ("+84 1", ReadNumber("+84 1", is_doubtful=True)),
        (912345678, ReadNumber("0912345678", zeros_restored=True)),
        (2373851234, ReadNumber("02373851234", zeros_restored=True)),
        ("0237.3851234", ReadNumber("02373851234")),
        ("9.12E+08", ReadNumber("", digits_lost=True, is_doubtful=True)),
        ("gọi con trai", ReadNumber("gọi con trai", is_doubtful=True)),
        ("", ReadNumber("")),
    ],
)
def test_a_telephone_number_gets_its_zero_back(cell: Any, read: ReadNumber) -> None:
    assert values.read_phone(cell) == read


@pytest.mark.parametrize(
    ("cell", "sets"), [("", 1), (None, 1), ("2", 2), (99, 99), (0, None), (100, None), ("hai", None)]
)
def test_sets_are_one_to_ninety_nine_and_one_where_nothing_stands(cell: Any, sets: int | None) -> None:
    assert values.read_sets(cell) == sets


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("02/05/1990", ReadBirth(BORN_1990)),
        ("ngày 2 tháng 5 năm 1990", ReadBirth(BORN_1990)),
        (dt.datetime(1990, 5, 2), ReadBirth(BORN_1990)),  # noqa: DTZ001 - as a workbook gives it
        (32995, ReadBirth(BORN_1990)),
        ("", ReadBirth(None)),
        (None, ReadBirth(None)),
        ("1990", ReadBirth(None)),
        (1990, ReadBirth(None)),
        ("05/1990", ReadBirth(None)),
        ("1879", ReadBirth(None, is_doubtful=True)),
        ("2027", ReadBirth(None, is_doubtful=True)),
        ("02/05/90", ReadBirth(None, is_doubtful=True)),
        ("ngày rằm", ReadBirth(None, is_doubtful=True)),
        (1e300, ReadBirth(None, is_doubtful=True)),
        ("23/11/2026", ReadBirth(TODAY)),
        ("24/11/2026", ReadBirth(None, is_doubtful=True)),
        ("01/01/1880", ReadBirth(dt.date(1880, 1, 1))),
        ("31/12/1879", ReadBirth(None, is_doubtful=True)),
    ],
)
def test_a_birth_is_a_whole_day_between_1880_and_today_or_left_out(cell: Any, read: ReadBirth) -> None:
    assert values.read_birth_date(cell, TODAY) == read


CELLS = st.one_of(
    st.none(),
    st.text(max_size=30),
    st.from_regex(r"\d{0,14}([/.:-]\d{1,4}){0,5}", fullmatch=True),
    st.integers(),
    st.floats(),
    st.datetimes(),
    st.dates(),
)


@given(CELLS, st.none() | st.dates(dt.date(1900, 1, 1)))
@settings(max_examples=150, deadline=None)
def test_no_cell_breaks_a_reading(cell: Any, born: dt.date | None) -> None:
    values.read_moment(cell)
    values.read_birth_date(cell, TODAY)
    values.read_state(cell)
    values.read_channel(cell)
    values.read_sets(cell)
    assert values.read_phone(cell).text is not None
    number = values.read_id_number(cell, born, TODAY)
    assert not number.zeros_restored or len(number.text) == 12
