# SPDX-License-Identifier: GPL-3.0-or-later
"""Texts that the centre's own people copy into Zalo, a text message or a notice; nothing is sent from here.

A chat group and the screen of a telephone are read by others: a message names the dossier by its code and the person
not at all, holds no number of an identity card, and gives a term where the citizen can ask.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from casework.errors import KnownError
from casework.registers.personal_numbers import has_personal_number
from casework.text import clean
from casework.work_calendar import VIET_NAM

LONGEST_NOTICE: Final = 2_000
"""Signs; longer texts are cut off on small screens and by some channels."""

LONGEST_SHORT_MESSAGE: Final = 160
"""Signs of a text message without accents."""


class MessageKind(enum.StrEnum):
    """What a citizen is told about her dossier."""

    RECEIVED = "received"
    SUPPLEMENT = "supplement"
    RESULT_READY = "result-ready"
    APPOINTMENT = "appointment"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Message:
    """A text in two forms.

    Attributes:
        text: With accents, for Zalo or e-mail.
        short_text: Without accents, at most 160 signs, for a text message.
    """

    text: str
    short_text: str


_TEXTS: Final[Mapping[MessageKind, tuple[str, str]]] = {
    MessageKind.RECEIVED: (
        "{unit} đã tiếp nhận hồ sơ {code}. Hẹn trả kết quả: {at}. Hỏi đáp: {phone}.",
        "Da nhan ho so {code}. Hen tra {at}. LH {phone}",
    ),
    MessageKind.SUPPLEMENT: (
        "Hồ sơ {code} cần bổ sung giấy tờ theo phiếu đã gửi. Đề nghị Ông (Bà) nộp trực tiếp tại {unit}, trực tuyến hoặc"
        " qua bưu chính trước {at}. Hỏi đáp: {phone}.",
        "De nghi bo sung giay to ho so {code} truoc {at}. LH {phone}",
    ),
    MessageKind.RESULT_READY: (
        "Hồ sơ {code} đã có kết quả. Mời Ông (Bà) đến {unit} nhận từ {at}, mang theo giấy tiếp nhận và giấy tờ"
        " tùy thân. Hỏi đáp: {phone}.",
        "Ho so {code} da co ket qua. Moi nhan tu {at}. LH {phone}",
    ),
    MessageKind.APPOINTMENT: (
        "{unit} hẹn Ông (Bà) lúc {at} về hồ sơ {code}. Nếu bận, xin báo lại qua {phone}.",
        "Hen luc {at}, ho so {code}. Neu ban goi {phone}",
    ),
    MessageKind.LATE: (
        "{unit} xin lỗi vì hồ sơ {code} chưa có kết quả đúng hẹn. Thời điểm hẹn mới: {at}. Hỏi đáp: {phone}.",
        "Xin loi ho so {code} cham. Hen lai {at}. LH {phone}",
    ),
}


def message_about(kind: MessageKind, dossier_code: str, at: dt.datetime, unit_name: str, phone: str) -> Message:
    """Write a message about a dossier.

    Args:
        kind: What is told.
        dossier_code: Its code.
        at: Aware: due, appointed, or from when on.
        unit_name: Of the centre.
        phone: Where to ask.

    Raises:
        KnownError: ``message-too-long`` (details ``signs``) when the short form does not fit.
    """
    facts = {
        "unit": clean(unit_name),
        "code": clean(dossier_code),
        "at": f"{at.astimezone(VIET_NAM):%H:%M %d/%m/%Y}",
        "phone": clean(phone),
    }
    text, short = (form.format_map(facts) for form in _TEXTS[kind])
    if len(short) > LONGEST_SHORT_MESSAGE:
        raise KnownError("message-too-long", signs=str(LONGEST_SHORT_MESSAGE))
    return Message(text, short)


def notice(title: str, text: str, unit_name: str, valid_to: dt.date | None = None) -> str:
    """Write a notice to everybody: reception days, a change of hours, a new channel.

    Raises:
        KnownError: ``notice-empty``, ``text-holds-personal-number``, ``message-too-long`` (details ``signs``).
    """
    paragraphs = [clean(line) for line in text.splitlines() if clean(line)]
    if not clean(title) or not paragraphs:
        raise KnownError("notice-empty")
    end = [f"Thông báo có hiệu lực đến hết ngày {valid_to:%d/%m/%Y}."] if valid_to else []
    whole = "\n".join([clean(title), *paragraphs, *end, clean(unit_name)])
    if has_personal_number(whole):
        raise KnownError("text-holds-personal-number")
    if len(whole) > LONGEST_NOTICE:
        raise KnownError("message-too-long", signs=str(LONGEST_NOTICE))
    return whole
