# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from casework.progress.reappointments import (
    LEGAL_BASIS,
    MOST_REAPPOINTMENTS,
    NOTICE,
    ReappointmentRefusal,
    issue_by,
    judge_reappointment,
)
from casework.records.reappointment import Reappointment
from casework.work_calendar import VIET_NAM, WorkCalendar

SHIPPED = WorkCalendar.shipped()


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"2026-11-{text}").replace(tzinfo=VIET_NAM)


LETTER = Reappointment(
    former_due_at=at("19 17:00"),
    new_due_at=at("23 17:00"),
    issued_at=at("18 10:00"),
    reason="Chờ kết quả xác minh nơi cư trú cũ",
    corrective_action="Đã gửi văn bản đôn đốc và cử người đi lấy kết quả",
)


def test_a_letter_in_time_with_reason_and_action_is_allowed() -> None:
    verdict = judge_reappointment(LETTER, [], SHIPPED)
    assert verdict.is_allowed
    assert verdict.reasons == ()
    assert issue_by(LETTER.former_due_at) == at("18 17:00")
    assert (1, dt.timedelta(days=1)) == (MOST_REAPPOINTMENTS, NOTICE)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"issued_at": at("18 17:01")}, ReappointmentRefusal.TOO_LATE),
        ({"issued_at": at("19 10:00")}, ReappointmentRefusal.TOO_LATE),
        ({"issued_at": at("20 10:00")}, ReappointmentRefusal.TOO_LATE),
        ({"new_due_at": at("19 17:00")}, ReappointmentRefusal.NOT_LATER),
        ({"new_due_at": at("19 16:00")}, ReappointmentRefusal.NOT_LATER),
        ({"new_due_at": at("21 10:00")}, ReappointmentRefusal.DAY_OFF),
        ({"new_due_at": at("24 10:00")}, ReappointmentRefusal.DAY_OFF),
        ({"new_due_at": at("23 17:01")}, ReappointmentRefusal.OUTSIDE_HOURS),
        ({"new_due_at": at("23 06:59")}, ReappointmentRefusal.OUTSIDE_HOURS),
        ({"new_due_at": at("23 12:30")}, ReappointmentRefusal.OUTSIDE_HOURS),
        ({"reason": " \n"}, ReappointmentRefusal.REASON_MISSING),
        ({"corrective_action": ""}, ReappointmentRefusal.ACTION_MISSING),
    ],
)
def test_each_thing_that_stands_against_it_is_told(changes: dict[str, object], refusal: ReappointmentRefusal) -> None:
    verdict = judge_reappointment(dataclasses.replace(LETTER, **changes), [], SHIPPED)  # type: ignore[arg-type]
    assert verdict.reasons == (refusal,)
    assert not verdict.is_allowed


@pytest.mark.parametrize(
    "changes",
    [
        {"issued_at": at("18 17:00")},
        {"new_due_at": at("20 07:00")},
        {"new_due_at": at("23 11:30")},
        {"new_due_at": at("23 13:30")},
        # The day is read in Viet Nam, wherever the clock stands: 01:00 on the 23rd in London is eight in the morning.
        {"new_due_at": at("23 08:00").astimezone(dt.UTC)},
        {"new_due_at": at("23 17:00").astimezone(dt.timezone(dt.timedelta(hours=-11)))},
    ],
)
def test_at_the_boundary_it_is_still_allowed(changes: dict[str, object]) -> None:
    assert judge_reappointment(dataclasses.replace(LETTER, **changes), [], SHIPPED).is_allowed  # type: ignore[arg-type]


def test_there_is_no_second_one() -> None:
    second = dataclasses.replace(LETTER, former_due_at=LETTER.new_due_at, new_due_at=at("27 17:00"))
    verdict = judge_reappointment(second, [LETTER], SHIPPED)
    assert verdict.reasons == (ReappointmentRefusal.ALREADY_REAPPOINTED,)
    assert judge_reappointment(second, [LETTER, LETTER], SHIPPED).reasons == verdict.reasons


def test_everything_is_told_at_once_in_a_fixed_order() -> None:
    worst = Reappointment(at("19 17:00"), at("15 10:00"), at("19 17:00"), "", "")
    verdict = judge_reappointment(worst, [LETTER], SHIPPED)
    assert verdict.reasons == tuple(
        refusal for refusal in ReappointmentRefusal if refusal is not ReappointmentRefusal.OUTSIDE_HOURS
    )


def test_a_make_up_saturday_is_a_day_for_an_appointment() -> None:
    saturday = dt.datetime(2026, 8, 22, 9, 0, tzinfo=VIET_NAM)
    early = dataclasses.replace(
        LETTER,
        former_due_at=saturday - dt.timedelta(days=2),
        issued_at=saturday - dt.timedelta(days=3),
        new_due_at=saturday,
    )
    assert judge_reappointment(early, [], SHIPPED).is_allowed


def test_what_stands_against_it_is_said_with_its_basis_and_what_to_do_instead() -> None:
    worst = Reappointment(at("19 17:00"), at("15 10:00"), at("19 17:00"), "", "")
    outside = dataclasses.replace(LETTER, new_due_at=at("23 12:30"))
    objections = [
        *judge_reappointment(worst, [LETTER], SHIPPED).objections,
        *judge_reappointment(outside, [], SHIPPED).objections,
    ]
    go_on = "Tiếp tục giải quyết, trả kết quả sớm nhất và ghi lý do chậm vào hồ sơ."
    assert {each.because.value: (each.words, each.instead) for each in objections} == {
        "already-reappointed": ("Hồ sơ đã được hẹn lại một lần; không được hẹn lại lần nữa.", go_on),
        "too-late": ("Văn bản xin lỗi phải ban hành trước khi hết hạn ít nhất 1 ngày.", go_on),
        "not-later": ("Ngày hẹn lại phải sau ngày hẹn cũ.", ""),
        "day-off": ("Ngày hẹn lại là ngày nghỉ.", ""),
        "reason-missing": ("Chưa ghi lý do chậm trả kết quả.", ""),
        "action-missing": ("Chưa ghi biện pháp khắc phục.", ""),
        "outside-hours": ("Giờ hẹn lại nằm ngoài giờ làm việc.", ""),
    }
    assert {each.legal_basis for each in objections} == {LEGAL_BASIS}
    assert LEGAL_BASIS == "NĐ 61/2018/NĐ-CP Đ19.9 (nay thay bằng Nghị định 118/2025/NĐ-CP)"
