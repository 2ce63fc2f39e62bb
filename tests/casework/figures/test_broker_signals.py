# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from casework.figures.broker_signals import (
    BrokerSignal,
    Filing,
    SignalKind,
    SignalThresholds,
    broker_signals,
)
from casework.figures.period import Period
from casework.records.participation import HelperKind, Part, Relationship
from casework.work_calendar import VIET_NAM

NOVEMBER = Period.month_of(dt.date(2026, 11, 1))
NOON = dt.datetime(2026, 11, 23, 12, 0, tzinfo=VIET_NAM)
BROKER = "038090012345"
THREE = SignalThresholds(overall=3)


def filing(number: int, **changes: Any) -> Filing:
    values: dict[str, Any] = {
        "received_at": NOON,
        "field": "Đất đai",
        "submitter_id": BROKER,
        "applicant_id": f"owner {number}",
    } | changes
    return Filing(f"d{number}", **values)


def kinds(
    filings: Sequence[Filing], thresholds: SignalThresholds = THREE
) -> list[tuple[SignalKind, str, int, tuple[str, ...]]]:
    return [
        (item.kind, item.field, item.applicant_count, item.dossier_ids)
        for item in broker_signals(filings, NOVEMBER, thresholds)
    ]


def test_the_same_submitter_for_three_strangers_is_a_signal_and_for_two_is_not() -> None:
    filings = [filing(1), filing(2), filing(3)]
    assert kinds(filings) == [(SignalKind.SAME_SUBMITTER, "", 3, ("d1", "d2", "d3"))]
    assert kinds(filings[:2]) == []


def test_many_dossiers_of_one_applicant_are_no_signal() -> None:
    assert kinds([filing(number, applicant_id="the same") for number in range(9)]) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"part": Part.HELPER, "helper_kind": HelperKind.OTHER},
        {"part": Part.HELPER},
        {"helper_kind": HelperKind.DIGITAL_TEAM},
    ],
)
def test_who_only_calls_himself_a_helper_is_looked_at(changes: dict[str, Any]) -> None:
    assert [kind for kind, *_ in kinds([filing(number, **changes) for number in range(3)])] == [
        SignalKind.SAME_SUBMITTER
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"relationship": Relationship.PARENT},
        {"relationship": Relationship.GRANDPARENT},
        {"relationship": Relationship.CHILD},
        {"relationship": Relationship.SPOUSE},
        {"relationship": Relationship.SIBLING},
        {"relationship": Relationship.OTHER_RELATIVE, "has_authorisation": True},
        {"part": Part.HELPER, "helper_kind": HelperKind.CLERK},
        {"part": Part.HELPER, "helper_kind": HelperKind.DIGITAL_TEAM},
        {"part": Part.LEGAL_REPRESENTATIVE},
        {"part": Part.ORGANISATION_REPRESENTATIVE},
    ],
)
def test_relatives_representatives_and_helpers_are_exempt(changes: dict[str, Any]) -> None:
    filings = [filing(number, phone="0912345678", **changes) for number in range(9)]
    assert kinds(filings) == []
    assert kinds([*filings, filing(10), filing(11)]) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"relationship": Relationship.UNRELATED},
        {"relationship": Relationship.UNRELATED, "has_authorisation": True},
        {"relationship": Relationship.OTHER_RELATIVE},
        {"has_authorisation": True},
    ],
)
def test_an_authorisation_alone_makes_nobody_a_relative(changes: dict[str, Any]) -> None:
    assert len(kinds([filing(number, **changes) for number in range(3)])) == 1


def test_who_files_for_herself_is_no_stranger() -> None:
    own = filing(3, applicant_id=BROKER)
    said = filing(4, part=Part.APPLICANT)
    assert kinds([filing(1), filing(2), own, said]) == []


@pytest.mark.parametrize(
    "phones",
    [
        ("0912 345 678", "+84 912.345.678", "(84) 912-345-678"),
        ("0084912345678", "+84 (0) 912 345 678", "912345678"),
    ],
)
def test_the_same_telephone_of_people_who_file_themselves_is_a_signal(phones: tuple[str, ...]) -> None:
    filings = [
        filing(number, submitter_id=f"owner {number}", part=Part.APPLICANT, phone=phone)
        for number, phone in enumerate(phones)
    ]
    assert kinds(filings) == [(SignalKind.SAME_PHONE, "", 3, ("d0", "d1", "d2"))]
    other = replace(filings[0], phone="0912345679")
    assert kinds([other, *filings[1:]]) == []


@pytest.mark.parametrize("phone", ["", "không có", "12345", "01234567"])
def test_no_telephone_is_shared_by_nobody(phone: str) -> None:
    assert kinds([filing(number, submitter_id=f"s{number}", phone=phone) for number in range(9)]) == []


def test_only_filings_of_the_period_count() -> None:
    december = dt.datetime(2026, 12, 1, 0, 0, tzinfo=VIET_NAM)
    assert kinds([filing(1), filing(2), filing(3, received_at=december)]) == []
    assert kinds([filing(1), filing(2), filing(3, received_at=december - dt.timedelta(seconds=1))]) != []


def test_a_field_may_have_a_threshold_of_its_own() -> None:
    thresholds = SignalThresholds(overall=5, by_field={"Đất đai": 2, "Hộ tịch": 4})
    land = [filing(1), filing(2)]
    births = [filing(number, field="Hộ tịch") for number in (3, 4)]
    assert kinds(land, thresholds) == [(SignalKind.SAME_SUBMITTER, "Đất đai", 2, ("d1", "d2"))]
    assert kinds(births, thresholds) == []
    fifth = filing(5, field="Chứng thực")
    assert kinds([*land, *births, fifth], thresholds) == [
        (SignalKind.SAME_SUBMITTER, "", 5, ("d1", "d2", "d3", "d4", "d5")),
        (SignalKind.SAME_SUBMITTER, "Đất đai", 2, ("d1", "d2")),
    ]


def test_the_same_dossiers_are_not_reported_for_field_and_whole() -> None:
    thresholds = SignalThresholds(overall=3, by_field={"Đất đai": 3})
    assert [item[1] for item in kinds([filing(1), filing(2), filing(3)], thresholds)] == ["Đất đai"]


def test_a_threshold_of_one_is_no_threshold() -> None:
    assert kinds([filing(1)], SignalThresholds(overall=1)) == []


def test_a_signal_says_why_and_names_nobody() -> None:
    filings = [filing(number, phone="0912345678") for number in range(3)]
    submitter, phone = sorted(broker_signals(filings, NOVEMBER, THREE), key=lambda item: item.kind, reverse=True)
    assert submitter.reason.startswith("Cùng một người nộp ở 3 hồ sơ của 3 chủ hồ sơ khác nhau")
    assert phone.reason.startswith("Cùng một số điện thoại liên hệ ở 3 hồ sơ")
    for signal in (submitter, phone):
        assert "Tháng 11/2026" in signal.reason
        assert "ngưỡng: 3" in signal.reason
        assert "dấu hiệu" in signal.reason
        assert "không là lý do từ chối hồ sơ" in signal.reason
        shown = repr(signal)
        assert not any(secret in shown for secret in (BROKER, "0912345678", "owner"))


def test_the_order_of_filings_is_of_no_consequence() -> None:
    filings = [filing(1), filing(2), filing(3), filing(4, submitter_id="other"), filing(5, phone="0912345678")]
    signals: set[tuple[BrokerSignal, ...]] = {
        broker_signals(order, NOVEMBER, THREE) for order in itertools.permutations(filings)
    }
    assert len(signals) == 1
