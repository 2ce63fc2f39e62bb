# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest

from casework.errors import BugError
from casework.records.feedback import Feedback, FeedbackChannel, FeedbackKind, FeedbackReply
from casework.registers import feedback as register
from casework.registers.feedback import ReplyFlaw, check_reply, may_send
from casework.work_calendar import VIET_NAM, WorkCalendar

F = ReplyFlaw
DAYS = {FeedbackKind.REPORT: 5, FeedbackKind.QUESTION: 2, FeedbackKind.COMPLAINT: 10}
MONDAY = dt.datetime(2026, 11, 16, 9, 0, tzinfo=VIET_NAM)
CALENDAR = WorkCalendar.shipped()
TOLD = Feedback(
    "f1", FeedbackKind.REPORT, FeedbackChannel.PORTAL, MONDAY, "Hồ sơ trễ", None, dossier_code="H56.14-261102-0001"
)
REPLY = FeedbackReply(
    finding="Hồ sơ xong ngày 05/11 nhưng kết quả chưa được cập nhật",
    rule="Điều 19 Nghị định số 118/2025/NĐ-CP",
    done="Đã cập nhật kết quả và gọi điện mời Ông đến nhận",
    done_by="Bà Lê Thị Lan, quầy 3",
    done_until=dt.date(2026, 11, 18),
    written_by="lan",
    written_at=MONDAY,
    reviewed_by="mai",
    reviewed_at=MONDAY,
)


def changed(**parts: Any) -> FeedbackReply:
    return dataclasses.replace(REPLY, **parts)


@pytest.mark.parametrize(
    ("kind", "received", "due"),
    [
        (FeedbackKind.REPORT, "2026-11-16 09:00", "2026-11-23 17:00"),
        (FeedbackKind.QUESTION, "2026-11-16 09:00", "2026-11-18 17:00"),
        (FeedbackKind.QUESTION, "2026-11-20 23:00", "2026-11-25 17:00"),  # 24 November is a holiday
        (FeedbackKind.PRAISE, "2026-11-16 09:00", None),
    ],
)
def test_each_kind_is_due_when_the_office_closes_on_its_last_working_day(
    kind: FeedbackKind, received: str, due: str | None
) -> None:
    moment = dt.datetime.fromisoformat(received).replace(tzinfo=VIET_NAM)
    expected = None if due is None else dt.datetime.fromisoformat(due).replace(tzinfo=VIET_NAM)
    assert register.due_at(kind, moment.astimezone(dt.UTC), DAYS, CALENDAR) == expected


@pytest.mark.parametrize("days", [{}, {FeedbackKind.REPORT: 0}])
def test_a_kind_without_days_is_our_own_fault(days: dict[FeedbackKind, int]) -> None:
    with pytest.raises(BugError):
        register.due_at(FeedbackKind.REPORT, MONDAY, days, CALENDAR)


def test_an_answer_with_all_its_parts_may_be_given() -> None:
    assert check_reply(TOLD, REPLY, is_about_dossier=True).is_allowed
    assert may_send(TOLD, REPLY, is_about_dossier=True).is_allowed


@pytest.mark.parametrize(
    ("parts", "flaw"),
    [
        ({"finding": ""}, F.NO_FINDING),
        ({"finding": "Đang kiểm tra, xin ghi nhận ý kiến của Ông"}, F.NO_FINDING),
        ({"rule": "theo quy định của pháp luật"}, F.NO_RULE),
        ({"rule": ""}, F.NO_RULE),
        ({"done": "Sẽ xem xét trong thời gian sớm nhất theo quy định"}, F.NOTHING_DONE),
        ({"done": "Đã chuyển bộ phận liên quan rút kinh nghiệm"}, F.NOTHING_DONE),
        ({"done": "theo quy định theo quy định theo quy định"}, F.NOTHING_DONE),
        ({"done_by": "cơ quan chức năng"}, F.NOBODY_NAMED),
        ({"done_by": " "}, F.NOBODY_NAMED),
        ({"done_until": None}, F.NO_DATE),
    ],
)
def test_a_vague_answer_is_refused_part_by_part(parts: dict[str, Any], flaw: ReplyFlaw) -> None:
    verdict = check_reply(TOLD, changed(**parts), is_about_dossier=True)
    assert verdict.reasons == (flaw,)
    assert verdict.objections[0].words.endswith(".")
    assert flaw in may_send(TOLD, changed(**parts), is_about_dossier=True).reasons


def test_whoever_speaks_of_a_dossier_is_answered_about_it() -> None:
    nameless = dataclasses.replace(TOLD, dossier_code="")
    assert check_reply(nameless, REPLY, is_about_dossier=True).reasons == (F.NO_DOSSIER,)
    assert check_reply(nameless, REPLY, is_about_dossier=False).is_allowed


@pytest.mark.parametrize("rule", ["Luật Hộ tịch 2014", "Quy chế tiếp công dân", "QĐ 128/2025/QĐ-UBND", "12/QĐ-UBND"])
def test_a_rule_is_named_by_its_number_or_its_law(rule: str) -> None:
    assert check_reply(TOLD, changed(rule=rule), is_about_dossier=True).is_allowed


@pytest.mark.parametrize(
    ("parts", "flaws"),
    [
        ({"reviewed_by": "", "reviewed_at": None}, (F.NOT_REVIEWED,)),
        ({"reviewed_at": None}, (F.NOT_REVIEWED,)),
        ({"reviewed_by": "lan"}, (F.REVIEWED_BY_WRITER,)),
        ({"written_at": MONDAY + dt.timedelta(seconds=1)}, (F.REVIEWED_BEFORE_WRITTEN,)),
    ],
)
def test_a_supervisor_reads_the_last_words_of_somebody_else(
    parts: dict[str, Any], flaws: tuple[ReplyFlaw, ...]
) -> None:
    assert may_send(TOLD, changed(**parts), is_about_dossier=True).reasons == flaws


def test_where_one_person_is_the_whole_centre_she_reads_her_own_answer() -> None:
    own = changed(reviewed_by="lan")
    assert may_send(TOLD, own, is_about_dossier=True, is_one_person_mode=True).is_allowed


@pytest.mark.parametrize(("words", "is_vague"), [("một hai ba bốn", True), ("một hai ba bốn năm", False)])
def test_five_words_that_say_something_are_enough(words: str, is_vague: bool) -> None:
    assert register.is_vague(f"{words}, theo quy định") is is_vague


def test_overdue_is_what_is_unanswered_after_its_time_the_longest_first() -> None:
    now = MONDAY
    first = dataclasses.replace(TOLD, feedback_id="a", due_at=now - dt.timedelta(days=2))
    second = dataclasses.replace(TOLD, feedback_id="b", due_at=now - dt.timedelta(seconds=1))
    just = dataclasses.replace(TOLD, feedback_id="c", due_at=now)
    answered = dataclasses.replace(first, feedback_id="d", replied_at=now)
    praise = dataclasses.replace(TOLD, feedback_id="e", due_at=None)
    assert register.overdue([second, just, praise, answered, first], now) == [first, second]
    assert register.was_late(answered)
    assert not register.was_late(dataclasses.replace(just, replied_at=now))
    assert not register.was_late(first)
    assert not register.was_late(dataclasses.replace(praise, replied_at=now))


def test_the_answer_is_written_out_with_every_part() -> None:
    text = register.reply_text(TOLD, REPLY, "Trung tâm Hoằng Phú")
    assert text.splitlines()[0] == "Kính gửi: Ông (Bà)"
    for part in ("H56.14-261102-0001", REPLY.finding, REPLY.rule, REPLY.done, "quầy 3", "18/11/2026", "16/11/2026"):
        assert part in text
    assert f"{REPLY.done.removesuffix('.')}. Đơn vị, người thực hiện:" in text
    assert ".." not in text
    assert "None" not in register.reply_text(TOLD, changed(done_until=None), "x")
