# SPDX-License-Identifier: GPL-3.0-or-later
"""Waiting as a state that never blocks the desk.

A wait holds up the one step outside that needs the answer. Every step of the desk stays open, for this dossier and for
the next person in the queue, and what was entered stays entered: the draft is the place to go on from. How long is too
long is our own measure, not the law's.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from casework.errors import KnownError
from casework.records.waiting import Wait, WaitEnd, WaitReason


class Step(enum.StrEnum):
    """What may be done at the counter; the last three happen outside and may have to wait."""

    IDENTIFY = "identify"
    FILL_FORM = "fill-form"
    SCAN = "scan"
    RECEIVE = "receive"
    PRINT_RECEIPT = "print-receipt"
    HAND_OVER = "hand-over"
    NEXT_PERSON = "next-person"
    FILE_ONLINE = "file-online"
    PAY_ONLINE = "pay-online"
    DECIDE = "decide"


class Tone(enum.StrEnum):
    """How urgent a timer looks."""

    CALM = "calm"
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True, slots=True)
class WaitRule:
    """What a wait holds up, and what helps.

    Attributes:
        holds_up: Steps outside that need the answer.
        amber_after: From then on somebody should look.
        red_after: From then on another way should be taken.
        meanwhile: Vietnamese; what to do in the meantime.
        other_way: Vietnamese; how it goes on without the answer.
    """

    holds_up: frozenset[Step]
    amber_after: dt.timedelta
    red_after: dt.timedelta
    meanwhile: str
    other_way: str


WAIT_RULES: Final[Mapping[WaitReason, WaitRule]] = MappingProxyType(
    {
        WaitReason.ONE_TIME_PASSWORD: WaitRule(
            holds_up=frozenset({Step.FILE_ONLINE}),
            amber_after=dt.timedelta(minutes=2),
            red_after=dt.timedelta(minutes=5),
            meanwhile="Tiếp tục quét giấy tờ, điền biểu mẫu hoặc mời người tiếp theo; nội dung đã nhập vẫn được giữ.",
            other_way="Tiếp nhận trực tiếp tại quầy bằng thẻ căn cước; không cần mã OTP.",
        ),
        WaitReason.PAYMENT: WaitRule(
            holds_up=frozenset({Step.PAY_ONLINE, Step.DECIDE}),
            amber_after=dt.timedelta(minutes=5),
            red_after=dt.timedelta(minutes=15),
            meanwhile="Tiếp nhận hồ sơ và in giấy hẹn; hệ thống ghi nhận thanh toán khi có kết quả.",
            other_way="Thu tiền mặt hoặc chuyển khoản và lập biên lai.",
        ),
        WaitReason.AGENCY_REPLY: WaitRule(
            holds_up=frozenset({Step.DECIDE}),
            amber_after=dt.timedelta(days=2),
            red_after=dt.timedelta(days=3),
            meanwhile="Theo dõi hạn trả lời; các bước khác của hồ sơ vẫn thực hiện được.",
            other_way="Nếu đã quá hạn trả lời, đề nghị ghi nhận việc trả lời chậm và báo người đứng đầu Trung tâm.",
        ),
        WaitReason.SYSTEM_DOWN: WaitRule(
            holds_up=frozenset({Step.FILE_ONLINE, Step.PAY_ONLINE}),
            amber_after=dt.timedelta(minutes=2),
            red_after=dt.timedelta(minutes=10),
            meanwhile="Tiếp nhận trên máy trạm như bình thường; hồ sơ tự gửi khi có kết nối.",
            other_way="Ghi lại thời điểm và thông báo lỗi làm căn cứ giải trình nếu hồ sơ bị chậm.",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class WaitStanding:
    """How a wait stands.

    Attributes:
        waited: Since it began, whatever was asked again; until its end when it is over.
        tone: Of the timer; calm when it is over.
        words: Vietnamese; what to do: in the meantime, or from red on instead. Empty when it is over.
        may_ask_again: Whether to ask for it again: nothing came, and nothing was asked for, in the time until amber.
    """

    waited: dt.timedelta
    tone: Tone
    words: str
    may_ask_again: bool


def open_steps(waits: Iterable[Wait]) -> frozenset[Step]:
    """Give the steps that may be done now; every step of the desk is always among them.

    Args:
        waits: Of the dossier; waits that are over hold nothing up.
    """
    held: set[Step] = set()
    for wait in waits:
        if wait.ended_at is None:
            held |= WAIT_RULES[wait.reason].holds_up
    return frozenset(Step) - held


def standing(wait: Wait, now: dt.datetime) -> WaitStanding:
    """Tell how a wait stands at a moment."""
    rule = WAIT_RULES[wait.reason]
    if wait.ended_at is not None:
        return WaitStanding(wait.ended_at - wait.started_at, Tone.CALM, "", may_ask_again=False)
    waited = now - wait.started_at
    tone = Tone.RED if waited >= rule.red_after else Tone.AMBER if waited >= rule.amber_after else Tone.CALM
    since_asked = now - (wait.asked_again_at or wait.started_at)
    words = rule.other_way if tone is Tone.RED else rule.meanwhile
    return WaitStanding(waited, tone, words, may_ask_again=since_asked >= rule.amber_after)


def ask_again(wait: Wait, at: dt.datetime) -> Wait:
    """Note that the password or the answer was asked for again; nothing that was entered changes.

    Raises:
        KnownError: ``wait-over``.
    """
    _check_lasts(wait)
    return dataclasses.replace(wait, asked_again_at=at)


def end_wait(wait: Wait, at: dt.datetime, end: WaitEnd, note: str = "") -> Wait:
    """End a wait.

    Raises:
        KnownError: ``wait-over``.
    """
    _check_lasts(wait)
    return dataclasses.replace(wait, ended_at=at, end=end, note=note or wait.note)


def to_look_after(waits: Iterable[Wait], now: dt.datetime) -> tuple[Wait, ...]:
    """Give the waits that somebody should look after, red ones first, then by the time they have lasted."""
    order = (Tone.RED, Tone.AMBER)
    pending = [(wait, standing(wait, now)) for wait in waits]
    urgent = [(wait, stands) for wait, stands in pending if stands.tone in order]
    return tuple(wait for wait, _ in sorted(urgent, key=lambda pair: (order.index(pair[1].tone), pair[0].started_at)))


def _check_lasts(wait: Wait) -> None:
    if wait.ended_at is not None:
        raise KnownError("wait-over")
