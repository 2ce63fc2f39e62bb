# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may work at a counter: two years of experience, no discipline, never complained of, gone through each quarter.

The conditions are those that one province set for its centres in 2025 and no law that we have seen; the head of the
centre decides, this only tells. A complaint that was examined and found unjustified counts for nothing here.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable, Mapping
from typing import Final

from casework.records.staff_profile import StaffProfile
from casework.sensitive_fields import is_sensitive
from casework.verdict import Objection, Verdict
from casework.work_calendar import months_after

YEARS_OF_EXPERIENCE: Final = 2
MONTHS_BETWEEN_CHECKS: Final = 3

BASIS: Final = "Yêu cầu của tỉnh đối với nhân sự trung tâm (chưa có văn bản gốc để đối chiếu)"


class ProfileFlaw(enum.StrEnum):
    """Which condition somebody does not fulfil."""

    TOO_LITTLE_EXPERIENCE = "too-little-experience"
    DISCIPLINED = "disciplined"
    COMPLAINED_OF = "complained-of"
    COMPLAINT_OPEN = "complaint-open"
    NEVER_CHECKED = "never-checked"
    CHECK_RUN_OUT = "check-run-out"
    ASSIGNMENT_ENDED = "assignment-ended"


_WORDS: Final[Mapping[ProfileFlaw, str]] = {
    ProfileFlaw.TOO_LITTLE_EXPERIENCE: "Chưa đủ 2 năm kinh nghiệm.",
    ProfileFlaw.DISCIPLINED: "Đã bị kỷ luật.",
    ProfileFlaw.COMPLAINED_OF: "Có phản ánh, khiếu nại đã xác minh là đúng.",
    ProfileFlaw.COMPLAINT_OPEN: "Có phản ánh, khiếu nại đang xác minh.",
    ProfileFlaw.NEVER_CHECKED: "Hồ sơ nhân sự chưa được rà soát.",
    ProfileFlaw.CHECK_RUN_OUT: "Đã quá 3 tháng từ lần rà soát gần nhất.",
    ProfileFlaw.ASSIGNMENT_ENDED: "Thời hạn phân công tại trung tâm đã hết.",
}


def check_profile(profile: StaffProfile, day: dt.date) -> Verdict:
    """Tell everything that speaks against a counter for somebody on a day."""
    flaws = []
    if day < months_after(profile.experience_since, 12 * YEARS_OF_EXPERIENCE):
        flaws.append(ProfileFlaw.TOO_LITTLE_EXPERIENCE)
    if any(discipline.decided_on <= day for discipline in profile.disciplines):
        flaws.append(ProfileFlaw.DISCIPLINED)
    complaints = [complaint.is_justified for complaint in profile.complaints if complaint.received_on <= day]
    if True in complaints:
        flaws.append(ProfileFlaw.COMPLAINED_OF)
    if None in complaints:
        flaws.append(ProfileFlaw.COMPLAINT_OPEN)
    next_check = next_check_on(profile)
    if next_check is None:
        flaws.append(ProfileFlaw.NEVER_CHECKED)
    elif next_check < day:
        flaws.append(ProfileFlaw.CHECK_RUN_OUT)
    if profile.assigned_until is not None and profile.assigned_until < day:
        flaws.append(ProfileFlaw.ASSIGNMENT_ENDED)
    return Verdict(tuple(Objection(flaw, _WORDS[flaw], BASIS) for flaw in flaws))


def next_check_on(profile: StaffProfile) -> dt.date | None:
    """Give the last day by which somebody is to be gone through again; None when that is at once."""
    return None if profile.checked_on is None else months_after(profile.checked_on, MONTHS_BETWEEN_CHECKS)


def due_for_check(profiles: Iterable[StaffProfile], day: dt.date) -> list[StaffProfile]:
    """Give whom to go through by a day: sensitive fields first, then the longest waiting."""
    due = [profile for profile in profiles if (next_check_on(profile) or day) <= day]
    return sorted(
        due,
        key=lambda profile: (
            not any(map(is_sensitive, profile.fields)),
            profile.checked_on or dt.date.min,
            profile.clerk_id,
        ),
    )
