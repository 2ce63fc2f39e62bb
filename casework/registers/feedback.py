# SPDX-License-Identifier: GPL-3.0-or-later
"""Feedback of citizens: when it is due, which answers are good enough to be given, and what is overdue.

Vague answers were what citizens complained of on a province's feedback page; an answer therefore names the dossier, the
rule, what was done, by whom and until when, and a supervisor reads it first. How many working days each kind has is the
centre's own published rule. A complaint or denunciation in the sense of its law goes its own way and has its own times.
"""

from __future__ import annotations

import datetime as dt
import enum
import re
from collections.abc import Iterable, Mapping
from typing import Final

from casework.errors import BugError
from casework.records.feedback import Feedback, FeedbackKind, FeedbackReply
from casework.text import fold
from casework.verdict import Objection, Verdict
from casework.work_calendar import WorkCalendar, local_day

OWN_RULE: Final = "Mẫu trả lời phản ánh của trung tâm"
"""Stands where a legal basis would: that an answer has these parts is the centre's own rule."""

_FEWEST_WORDS: Final = 5
_RULE_NUMBER: Final = re.compile(r"\d+\s*/\s*(?:\d{4}|[a-zđ])|(?:luat|bo luat)\s+\w+|quy che\s+\w+", re.IGNORECASE)
_VAGUE: Final = (
    "theo quy dinh cua phap luat",
    "theo dung quy dinh",
    "theo quy dinh hien hanh",
    "theo quy dinh",
    "trong thoi gian som nhat",
    "trong thoi gian toi",
    "som nhat co the",
    "dang xem xet",
    "se xem xet",
    "dang kiem tra",
    "se kiem tra",
    "ghi nhan y kien",
    "tiep thu y kien",
    "xin ghi nhan",
    "xin tiep thu",
    "chuyen bo phan lien quan",
    "chuyen co quan chuc nang",
    "co quan chuc nang",
    "bo phan lien quan",
    "cac don vi lien quan",
    "don vi lien quan",
    "rut kinh nghiem",
)


class ReplyFlaw(enum.StrEnum):
    """What keeps an answer from being given."""

    NO_DOSSIER = "no-dossier"
    NO_FINDING = "no-finding"
    NO_RULE = "no-rule"
    NOTHING_DONE = "nothing-done"
    NOBODY_NAMED = "nobody-named"
    NO_DATE = "no-date"
    NOT_REVIEWED = "not-reviewed"
    REVIEWED_BY_WRITER = "reviewed-by-writer"
    REVIEWED_BEFORE_WRITTEN = "reviewed-before-written"


_WORDS: Final[Mapping[ReplyFlaw, str]] = {
    ReplyFlaw.NO_DOSSIER: "Chưa ghi mã hồ sơ, trong khi ý kiến nói về một hồ sơ.",
    ReplyFlaw.NO_FINDING: "Chưa nêu cụ thể đã xác minh được điều gì.",
    ReplyFlaw.NO_RULE: "Chưa nêu số hiệu văn bản làm căn cứ.",
    ReplyFlaw.NOTHING_DONE: "Chưa nêu cụ thể việc đã làm hoặc sẽ làm; đề nghị viết rõ việc.",
    ReplyFlaw.NOBODY_NAMED: "Chưa nêu đơn vị hoặc người thực hiện.",
    ReplyFlaw.NO_DATE: "Chưa nêu ngày hoàn thành.",
    ReplyFlaw.NOT_REVIEWED: "Người phụ trách chưa duyệt; đề nghị trình duyệt.",
    ReplyFlaw.REVIEWED_BY_WRITER: "Người duyệt phải khác người soạn.",
    ReplyFlaw.REVIEWED_BEFORE_WRITTEN: "Nội dung đã sửa sau khi duyệt; đề nghị duyệt lại.",
}


def due_at(
    kind: FeedbackKind, received_at: dt.datetime, working_days: Mapping[FeedbackKind, int], calendar: WorkCalendar
) -> dt.datetime | None:
    """Give the moment by which feedback is answered: when the office closes on its last working day.

    Args:
        kind: What it is; praise needs no answer.
        received_at: Aware. The first working day after it counts as day one.
        working_days: The centre's rule, at least 1 for every kind but praise.
        calendar: When the office works.

    Raises:
        BugError: When the rule leaves the kind out or gives it no day.
    """
    if kind is FeedbackKind.PRAISE:
        return None
    days = working_days.get(kind, 0)
    if days < 1:
        raise BugError(f"no working days for {kind}")
    return calendar.closing(calendar.after_working_days(local_day(received_at), days))


def check_reply(feedback: Feedback, reply: FeedbackReply, *, is_about_dossier: bool) -> Verdict:
    """Tell what an answer still lacks before a supervisor reads it.

    Args:
        feedback: What is answered.
        reply: The answer.
        is_about_dossier: Whether the citizen speaks of a certain dossier.
    """
    flaws = []
    if is_about_dossier and not feedback.dossier_code.strip():
        flaws.append(ReplyFlaw.NO_DOSSIER)
    if is_vague(reply.finding):
        flaws.append(ReplyFlaw.NO_FINDING)
    if _RULE_NUMBER.search(fold(reply.rule)) is None:
        flaws.append(ReplyFlaw.NO_RULE)
    if is_vague(reply.done):
        flaws.append(ReplyFlaw.NOTHING_DONE)
    if not _without_empty_phrases(reply.done_by):
        flaws.append(ReplyFlaw.NOBODY_NAMED)
    if reply.done_until is None:
        flaws.append(ReplyFlaw.NO_DATE)
    return _verdict(flaws)


def may_send(
    feedback: Feedback, reply: FeedbackReply, *, is_about_dossier: bool, is_one_person_mode: bool = False
) -> Verdict:
    """Tell whether an answer may be given: complete, and read by a supervisor who did not write it.

    Args:
        feedback: What is answered.
        reply: The answer.
        is_about_dossier: Whether the citizen speaks of a certain dossier.
        is_one_person_mode: Whether the centre works with one person, so that nobody else can read it.
    """
    flaws = []
    if not reply.reviewed_by or reply.reviewed_at is None:
        flaws.append(ReplyFlaw.NOT_REVIEWED)
    else:
        if reply.reviewed_by == reply.written_by and not is_one_person_mode:
            flaws.append(ReplyFlaw.REVIEWED_BY_WRITER)
        if reply.reviewed_at < reply.written_at:
            flaws.append(ReplyFlaw.REVIEWED_BEFORE_WRITTEN)
    content = check_reply(feedback, reply, is_about_dossier=is_about_dossier)
    return Verdict(content.objections + _verdict(flaws).objections)


def is_vague(text: str) -> bool:
    """Whether fewer than five words are left of a text once its empty phrases are taken out."""
    return len(_without_empty_phrases(text)) < _FEWEST_WORDS


def is_overdue(feedback: Feedback, now: dt.datetime) -> bool:
    """Whether feedback is still to be answered and its time is over."""
    return feedback.replied_at is None and feedback.due_at is not None and feedback.due_at < now


def was_late(feedback: Feedback) -> bool:
    """Whether feedback was answered after its time."""
    return feedback.replied_at is not None and feedback.due_at is not None and feedback.due_at < feedback.replied_at


def overdue(register: Iterable[Feedback], now: dt.datetime) -> list[Feedback]:
    """Give what is overdue, the longest first."""
    late = [feedback for feedback in register if is_overdue(feedback, now)]
    return sorted(late, key=lambda feedback: (feedback.due_at or now, feedback.feedback_id))


def reply_text(feedback: Feedback, reply: FeedbackReply, unit_name: str) -> str:
    """Write the answer out, in Vietnamese; lines for parts that are missing are left out."""
    until = f" Hoàn thành chậm nhất ngày {reply.done_until:%d/%m/%Y}." if reply.done_until else ""
    lines = [
        f"Kính gửi: {feedback.teller_name or 'Ông (Bà)'}",
        f"{unit_name} trả lời ý kiến nhận ngày {local_day(feedback.received_at):%d/%m/%Y} như sau:",
        *([f"Hồ sơ: {feedback.dossier_code}."] if feedback.dossier_code else []),
        f"Kết quả xác minh: {_sentence(reply.finding)}",
        f"Căn cứ: {_sentence(reply.rule)}",
        f"Việc thực hiện: {_sentence(reply.done)} Đơn vị, người thực hiện: {_sentence(reply.done_by)}{until}",
        "Trân trọng cảm ơn Ông (Bà) đã góp ý.",
    ]
    return "\n".join(lines)


def _sentence(text: str) -> str:
    return f"{text.strip().removesuffix('.')}."


def _without_empty_phrases(text: str) -> list[str]:
    folded = f" {' '.join(re.findall(r'[a-z0-9]+', fold(text)))} "
    for phrase in _VAGUE:
        while f" {phrase} " in folded:
            folded = folded.replace(f" {phrase} ", " ")
    return folded.split()


def _verdict(flaws: Iterable[ReplyFlaw]) -> Verdict:
    return Verdict(tuple(Objection(flaw, _WORDS[flaw], OWN_RULE) for flaw in flaws))
