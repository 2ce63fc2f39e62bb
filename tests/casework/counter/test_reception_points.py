# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from casework.codes import make_code
from casework.counter.reception_points import check_points, point_of, to_hand_over
from casework.errors import KnownError
from casework.records.reception_point import Places, ReceptionPoint
from casework.records.transfer import Carrier, Transfer, TransferItem, TransferKind
from casework.work_calendar import VIET_NAM

DAY = dt.date(2026, 12, 1)
MAIN = ReceptionPoint("m", "Trung tâm", "H56.14", frozenset({0, 1}), True, dt.date(2025, 7, 1))
SECOND = ReceptionPoint("s", "Điểm tiếp nhận số 2", "H56.14", frozenset({2}), False, dt.date(2025, 11, 30))


def test_two_points_share_the_unit_code_and_never_a_number() -> None:
    check_points([MAIN, SECOND], DAY)
    codes = {make_code("H56.14", DAY, slot, count) for slot in (0, 1, 2) for count in range(1, 601)}
    assert len(codes) == 1800
    assert point_of(make_code("H56.14", DAY, 1, 600), [MAIN, SECOND]) == MAIN
    assert point_of(make_code("H56.14", DAY, 2, 1), [MAIN, SECOND]) == SECOND


@pytest.mark.parametrize(
    ("second", "code"),
    [
        (dataclasses.replace(SECOND, unit_code="H56.15"), "reception-point-unit"),
        (dataclasses.replace(SECOND, slots=frozenset({1, 2})), "reception-point-slot slot=1"),
        (dataclasses.replace(SECOND, slots=frozenset({16})), "reception-point-slot slot=16"),
        (dataclasses.replace(SECOND, slots=frozenset({-1})), "reception-point-slot slot=-1"),
        (dataclasses.replace(SECOND, is_main=True), "reception-point-main"),
    ],
)
def test_points_that_would_get_in_each_others_way_are_refused(second: ReceptionPoint, code: str) -> None:
    with pytest.raises(KnownError, match=code):
        check_points([MAIN, second], DAY)


def test_one_point_is_the_main_one_and_closed_points_do_not_count() -> None:
    with pytest.raises(KnownError, match="reception-point-main"):
        check_points([SECOND], DAY)
    closed = dataclasses.replace(SECOND, slots=frozenset({0}), closed_on=DAY - dt.timedelta(days=1))
    check_points([MAIN, closed], DAY)
    check_points([], DAY)


def test_a_point_is_open_on_its_first_and_its_last_day() -> None:
    short = dataclasses.replace(SECOND, opened_on=DAY, closed_on=DAY)
    days = [DAY - dt.timedelta(days=1), DAY, DAY + dt.timedelta(days=1)]
    assert [short.is_open(day) for day in days] == [False, True, False]


@pytest.mark.parametrize("code", ["H56.15-261201-0001", "H56.14-261201-123456", "Hồ sơ", "H56.14-251129-1201"])
def test_a_dossier_of_another_unit_system_or_time_is_of_no_point(code: str) -> None:
    assert point_of(code, [MAIN, SECOND]) is None


def test_a_point_hands_over_what_it_received_and_has_not_handed_over_yet() -> None:
    papers = [
        TransferItem(f"d{slot}{count}", make_code("H56.14", DAY, slot, count), "Khai sinh", 2)
        for slot, count in ((2, 3), (2, 1), (2, 2), (0, 1))
    ]
    first = to_hand_over(SECOND, papers, [])
    assert [item.dossier_id for item in first] == ["d21", "d22", "d23"]
    assert (first[0].sheets, first[0].received_at) == (2, None)
    noon = dt.datetime(2026, 12, 1, 12, tzinfo=VIET_NAM)
    sent = Transfer("t", TransferKind.BETWEEN_POINTS, SECOND.name, MAIN.name, Carrier.BY_HAND, noon, "hoa", first[:2])
    assert [item.dossier_id for item in to_hand_over(SECOND, papers, [sent])] == ["d23"]
    to_police = dataclasses.replace(sent, kind=TransferKind.TO_AGENCY)
    assert len(to_hand_over(SECOND, papers, [to_police])) == 3


def test_place_of_help_of_reception_and_of_decision_are_kept_apart() -> None:
    assert Places("Nhà văn hóa thôn Đông", "H56.14", "H04.7").is_boundary_free
    assert not Places("Nhà văn hóa thôn Đông", "H56.14", "H56.14").is_boundary_free
