# SPDX-License-Identifier: GPL-3.0-or-later
"""Longer time for certifying: two working days more, or as long as the person agrees to in writing.

NĐ 23/2015/NĐ-CP Đ21 (copies from originals that are many, long or hard to check) and Đ37 (transactions). The person
gets a slip with the hour and the day (TT 01/2020/TT-BTP Điều 2).
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Final

from casework.deadlines import DueDate, moment_in_words
from casework.verdict import Objection, Verdict
from casework.work_calendar import WorkCalendar, local_day

WORKING_DAYS_WITHOUT_AGREEMENT: Final = 2
LEGAL_BASIS: Final = "NĐ 23/2015/NĐ-CP Đ21, Đ37; TT 01/2020/TT-BTP Điều 2"


class ExtensionRefusal(enum.StrEnum):
    """Why certifying may not take so much longer."""

    NOTHING_ADDED = "nothing-added"
    AGREEMENT_MISSING = "agreement-missing"


_WORDS: Final = {
    ExtensionRefusal.NOTHING_ADDED: "Đề nghị nêu số ngày làm việc kéo dài.",
    ExtensionRefusal.AGREEMENT_MISSING: "Kéo dài quá 2 ngày làm việc cần có thỏa thuận bằng văn bản với người yêu cầu.",
}


@dataclass(frozen=True, slots=True)
class CertificationExtension:
    """Whether certifying may take longer, and until when.

    Attributes:
        due: The new due date; the former one when it is refused.
        verdict: Whether, and why not.
    """

    due: DueDate
    verdict: Verdict

    @property
    def slip_text(self) -> str:
        """What the slip states."""
        return f"Hẹn trả kết quả chứng thực lúc {moment_in_words(self.due.at)}."


def extend_certification(
    due: DueDate, working_days: int, calendar: WorkCalendar, *, has_written_agreement: bool
) -> CertificationExtension:
    """Tell until when certifying may take.

    Args:
        due: The due date before any extension; a further one is counted from it too.
        working_days: By how many working days it should move.
        calendar: Working days and hours of the unit.
        has_written_agreement: Whether the person agreed to it in writing.
    """
    if working_days < 1:
        return CertificationExtension(due, _refused(ExtensionRefusal.NOTHING_ADDED))
    if working_days > WORKING_DAYS_WITHOUT_AGREEMENT and not has_written_agreement:
        return CertificationExtension(due, _refused(ExtensionRefusal.AGREEMENT_MISSING))
    day = calendar.after_working_days(local_day(due.at), working_days)
    at = calendar.closing(day)
    return CertificationExtension(DueDate(at, due.is_certain and calendar.knows_years(due.at, at)), Verdict())


def _refused(because: ExtensionRefusal) -> Verdict:
    return Verdict((Objection(because, _WORDS[because], LEGAL_BASIS),))
