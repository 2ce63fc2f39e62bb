# SPDX-License-Identifier: GPL-3.0-or-later
"""Slips that send a citizen to free legal advice or other help; no dossier waits for it.

A slip is carried through a waiting hall, so it holds no name and no number of a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from casework.errors import KnownError
from casework.records.referral import Referral, ReferralPlace
from casework.registers.personal_numbers import has_personal_number
from casework.text import clean
from casework.work_calendar import VIET_NAM

_TITLES: Final[Mapping[ReferralPlace, str]] = {
    ReferralPlace.LEGAL_ADVICE: "PHIẾU GIỚI THIỆU TƯ VẤN PHÁP LUẬT MIỄN PHÍ",
    ReferralPlace.VOLUNTEERS: "PHIẾU GIỚI THIỆU HỖ TRỢ CỦA TÌNH NGUYỆN VIÊN",
    ReferralPlace.OTHER_OFFICE: "PHIẾU HƯỚNG DẪN ĐẾN CƠ QUAN KHÁC",
}


def check_referral(referral: Referral) -> None:
    """See that a slip says where to and what about, and names no person's number.

    Raises:
        KnownError: ``referral-incomplete``, ``text-holds-personal-number``.
    """
    if not clean(referral.place_name) or not clean(referral.matter):
        raise KnownError("referral-incomplete")
    if has_personal_number(referral.matter):
        raise KnownError("text-holds-personal-number")


def slip_lines(referral: Referral, unit_name: str) -> tuple[str, ...]:
    """Lay out a slip, in Vietnamese, for printing.

    Raises:
        KnownError: As ``check_referral``.
    """
    check_referral(referral)
    return (
        unit_name,
        _TITLES[referral.place],
        f"Nơi đến: {clean(referral.place_name)}",
        f"Nội dung: {clean(referral.matter)}",
        *([f"Mã hồ sơ: {referral.dossier_code}"] if referral.dossier_code else []),
        f"Giờ giới thiệu: {referral.given_at.astimezone(VIET_NAM):%H:%M ngày %d/%m/%Y}",
        "Việc tư vấn, hỗ trợ này không thu tiền và không làm chậm việc tiếp nhận hồ sơ.",
    )
