# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a result that will be late may be promised for another day (NĐ 61/2018/NĐ-CP Đ19.9).

Once at most, told at least one day before the limit expires, with an apology, the reason and what is done about it. The
wording of NĐ 118/2025 is not verified. What is refused here is the letter and the new date, never the result: a dossier
that is late stays late and is worked at until it is done.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from casework.records.reappointment import Reappointment
from casework.verdict import Objection, Verdict
from casework.work_calendar import WorkCalendar, local_day

MOST_REAPPOINTMENTS: Final = 1
NOTICE: Final = dt.timedelta(days=1)
"""How long before the limit expires the letter is issued at the latest."""

LEGAL_BASIS: Final = "NĐ 61/2018/NĐ-CP Đ19.9 (nay thay bằng Nghị định 118/2025/NĐ-CP)"

_WITHOUT_LETTER: Final = "Tiếp tục giải quyết, trả kết quả sớm nhất và ghi lý do chậm vào hồ sơ."


class ReappointmentRefusal(enum.StrEnum):
    """Why a new appointment is not possible as it stands."""

    ALREADY_REAPPOINTED = "already-reappointed"
    TOO_LATE = "too-late"
    NOT_LATER = "not-later"
    DAY_OFF = "day-off"
    OUTSIDE_HOURS = "outside-hours"
    REASON_MISSING = "reason-missing"
    ACTION_MISSING = "action-missing"


_R = ReappointmentRefusal

_WORDS: Final[Mapping[ReappointmentRefusal, tuple[str, str]]] = MappingProxyType(
    {
        _R.ALREADY_REAPPOINTED: ("Hồ sơ đã được hẹn lại một lần; không được hẹn lại lần nữa.", _WITHOUT_LETTER),
        _R.TOO_LATE: ("Văn bản xin lỗi phải ban hành trước khi hết hạn ít nhất 1 ngày.", _WITHOUT_LETTER),
        _R.NOT_LATER: ("Ngày hẹn lại phải sau ngày hẹn cũ.", ""),
        _R.DAY_OFF: ("Ngày hẹn lại là ngày nghỉ.", ""),
        _R.OUTSIDE_HOURS: ("Giờ hẹn lại nằm ngoài giờ làm việc.", ""),
        _R.REASON_MISSING: ("Chưa ghi lý do chậm trả kết quả.", ""),
        _R.ACTION_MISSING: ("Chưa ghi biện pháp khắc phục.", ""),
    }
)


def issue_by(due_at: dt.datetime) -> dt.datetime:
    """Give the last moment at which the letter may be issued."""
    return due_at - NOTICE


def judge_reappointment(wanted: Reappointment, earlier: Sequence[Reappointment], calendar: WorkCalendar) -> Verdict:
    """Tell whether a new appointment is possible; everything that stands against it is told at once.

    Args:
        wanted: What the letter would state.
        earlier: New appointments that the dossier has had.
        calendar: Working days and hours of the unit that hands the result out.
    """
    is_working_day = calendar.is_working_day(local_day(wanted.new_due_at))
    against = {
        _R.ALREADY_REAPPOINTED: len(earlier) >= MOST_REAPPOINTMENTS,
        _R.TOO_LATE: wanted.issued_at > issue_by(wanted.former_due_at),
        _R.NOT_LATER: wanted.new_due_at <= wanted.former_due_at,
        _R.DAY_OFF: not is_working_day,
        _R.OUTSIDE_HOURS: is_working_day and not calendar.is_within_hours(wanted.new_due_at),
        _R.REASON_MISSING: not wanted.reason.strip(),
        _R.ACTION_MISSING: not wanted.corrective_action.strip(),
    }
    return Verdict(tuple(_objection(refusal) for refusal, stands in against.items() if stands))


def _objection(refusal: ReappointmentRefusal) -> Objection:
    words, instead = _WORDS[refusal]
    return Objection(refusal, words, LEGAL_BASIS, instead)
