# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may be put on duty: only who has signed the promise against brokers of paperwork, in a version that counts."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from casework.records.commitment import Commitment, CommitmentText

SHIPPED_TEXT: Final = CommitmentText(
    version="2025-12",
    text=(
        "Tôi cam kết: chỉ yêu cầu giấy tờ có trong danh mục thủ tục hành chính đã công bố; không nhận tiền, quà hoặc"
        " lợi ích khác ngoài phí, lệ phí có biên lai.\n"
        "Tôi không môi giới, không giới thiệu người dân cho người làm thuê giấy tờ, không cung cấp thông tin hồ sơ cho"
        " người không có quyền.\n"
        "Khi biết có người môi giới, mạo danh hoặc chèo kéo tại trung tâm, tôi báo ngay người phụ trách.\n"
        "Nếu vi phạm, tôi chịu trách nhiệm theo quy định về kỷ luật cán bộ, công chức, viên chức và quy định của"
        " pháp luật."
    ),
    effective_from=dt.date(2025, 12, 1),
)
"""Our own wording, no official form; a centre replaces it by what its province has issued."""


class CommitmentFlaw(enum.StrEnum):
    """Why somebody may not be put on duty; of several promises that do not count the first of these is told."""

    NOT_SIGNED = "not-signed"
    SIGNED_LATER = "signed-later"
    RUN_OUT = "run-out"
    OLD_VERSION = "old-version"


@dataclass(frozen=True, slots=True)
class BlockedDuty:
    """Somebody on a roster who may not be on duty.

    Attributes:
        clerk_id: Who.
        flaw: Why.
    """

    clerk_id: str
    flaw: CommitmentFlaw


def text_in_force(texts: Iterable[CommitmentText], day: dt.date) -> CommitmentText | None:
    """Give the version to sign on a day: of those in force the one that came last; None when there is none."""
    in_force = [
        text for text in texts if text.effective_from <= day and (text.effective_to is None or day <= text.effective_to)
    ]
    return max(in_force, key=lambda text: (text.effective_from, text.version), default=None)


def flaw_of(
    clerk_id: str, commitments: Iterable[Commitment], day: dt.date, accepted_versions: frozenset[str]
) -> CommitmentFlaw | None:
    """Tell why somebody may not be on duty on a day; None when she may.

    Args:
        clerk_id: Who.
        commitments: All signed promises.
        day: Of the duty, in Viet Nam.
        accepted_versions: The version in force, and former ones that the centre still accepts.
    """
    flaws = []
    for commitment in commitments:
        if commitment.clerk_id == clerk_id:
            flaw = _flaw(commitment, day, accepted_versions)
            if flaw is None:
                return None
            flaws.append(flaw)
    order = list(CommitmentFlaw)
    return min(flaws, key=order.index, default=CommitmentFlaw.NOT_SIGNED)


def check_roster(
    clerk_ids: Iterable[str], commitments: Iterable[Commitment], day: dt.date, accepted_versions: frozenset[str]
) -> tuple[BlockedDuty, ...]:
    """Give everybody on a roster who may not be on duty, in its order; the roster stands only when there is nobody."""
    signed = tuple(commitments)
    flaws = ((clerk_id, flaw_of(clerk_id, signed, day, accepted_versions)) for clerk_id in clerk_ids)
    return tuple(BlockedDuty(clerk_id, flaw) for clerk_id, flaw in flaws if flaw is not None)


def _flaw(commitment: Commitment, day: dt.date, accepted_versions: frozenset[str]) -> CommitmentFlaw | None:
    if commitment.version not in accepted_versions:
        return CommitmentFlaw.OLD_VERSION
    if day < commitment.signed_on:
        return CommitmentFlaw.SIGNED_LATER
    if commitment.valid_until is not None and commitment.valid_until < day:
        return CommitmentFlaw.RUN_OUT
    return None
