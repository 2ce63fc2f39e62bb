# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from casework.certification.extensions import (
    LEGAL_BASIS,
    WORKING_DAYS_WITHOUT_AGREEMENT,
    ExtensionRefusal,
    extend_certification,
)
from casework.deadlines import DueDate
from casework.work_calendar import WorkCalendar

Local = Callable[[str], dt.datetime]

SHIPPED = WorkCalendar.shipped()
WORDS = {
    ExtensionRefusal.NOTHING_ADDED: "Đề nghị nêu số ngày làm việc kéo dài.",
    ExtensionRefusal.AGREEMENT_MISSING: "Kéo dài quá 2 ngày làm việc cần có thỏa thuận bằng văn bản với người yêu cầu.",
}


@pytest.mark.parametrize(
    ("days", "agreed", "due"),
    [
        (1, False, "2026-11-23 17:00"),
        # 24 November is a holiday.
        (2, False, "2026-11-25 17:00"),
        (2, True, "2026-11-25 17:00"),
        (3, True, "2026-11-26 17:00"),
    ],
)
def test_two_working_days_more_or_as_agreed_in_writing(days: int, agreed: bool, due: str, local: Local) -> None:
    before = DueDate(local("2026-11-20 17:00"), is_certain=True)
    extension = extend_certification(before, days, SHIPPED, has_written_agreement=agreed)
    assert extension.verdict.is_allowed
    assert extension.due == DueDate(local(due), is_certain=True)


@pytest.mark.parametrize(
    ("days", "agreed", "refusal"),
    [
        (0, True, ExtensionRefusal.NOTHING_ADDED),
        (-1, False, ExtensionRefusal.NOTHING_ADDED),
        (3, False, ExtensionRefusal.AGREEMENT_MISSING),
    ],
)
def test_what_is_not_allowed_leaves_the_due_date(
    days: int, agreed: bool, refusal: ExtensionRefusal, local: Local
) -> None:
    before = DueDate(local("2026-11-20 17:00"), is_certain=True)
    extension = extend_certification(before, days, SHIPPED, has_written_agreement=agreed)
    assert extension.due == before
    assert extension.verdict.reasons == (refusal,)
    (objection,) = extension.verdict.objections
    assert (objection.words, objection.legal_basis) == (WORDS[refusal], LEGAL_BASIS)


def test_the_slip_tells_hour_and_date(local: Local) -> None:
    before = DueDate(local("2026-11-20 17:00").astimezone(dt.UTC), is_certain=True)
    extension = extend_certification(before, 1, SHIPPED, has_written_agreement=False)
    assert extension.slip_text == "Hẹn trả kết quả chứng thực lúc 17:00 ngày 23/11/2026."


@pytest.mark.parametrize(("certain", "end"), [(False, "2026-11-20 17:00"), (True, "2026-12-31 17:00")])
def test_uncertainty_stays_and_comes_with_a_year_that_is_not_announced(certain: bool, end: str, local: Local) -> None:
    extension = extend_certification(DueDate(local(end), certain), 1, SHIPPED, has_written_agreement=False)
    assert not extension.due.is_certain


def test_the_day_is_counted_from_the_day_in_viet_nam(local: Local) -> None:
    early = local("2026-11-20 06:00").astimezone(dt.UTC)
    extension = extend_certification(DueDate(early, True), 1, SHIPPED, has_written_agreement=False)
    assert extension.due.at == local("2026-11-23 17:00")


def test_the_numbers_and_names_stay() -> None:
    assert WORKING_DAYS_WITHOUT_AGREEMENT == 2
    assert LEGAL_BASIS == "NĐ 23/2015/NĐ-CP Đ21, Đ37; TT 01/2020/TT-BTP Điều 2"
