# SPDX-License-Identifier: GPL-3.0-or-later
"""Read time limits and fees as the procedure pages write them."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from typing import Final

from casework.records.procedure import Channel, Fee, TimeLimit, TimeUnit, Way
from casework.text import clean, fold

CHANNELS: Final = {
    "Trực tiếp": Channel.COUNTER,
    "Trực tuyến": Channel.ONLINE,
    "Dịch vụ bưu chính": Channel.POST,
}

_TIME: Final = re.compile(r"(\d+)(?:,0+)?(?: (\D+))?")
_TIME_UNITS: Final = {
    "Ngày làm việc": TimeUnit.WORKING_DAY,
    "Ngày": TimeUnit.CALENDAR_DAY,
    "Giờ": TimeUnit.HOUR,
}
_DONG: Final = re.compile(r"([\d,]+) (?:VNĐ|Việt Nam Đồng)")
_PER: Final = re.compile(r"^\(/([^()/]+)\)")
_BY_PIECE: Final = re.compile(r"^(?:trang|bản|người|trường hợp|văn bản xác nhận)\b", re.IGNORECASE)
_NOT_FOR_EVERYBODY: Final = re.compile(
    r"\bmien (?:le )?phi\b|\bkhong phai nop (?:le )?phi\b|\bdien duoc mien\b|\b\d+ ?% muc thu\b"
)
"""Folded words of a note by which some pay less than the amount."""
_BY_THE_PROVINCE: Final = re.compile(r"hoi dong nhan dan|hdnd")
_SMALLEST_BELIEVABLE_FEE: Final = 1_000
_DECIDED_ELSEWHERE: Final = re.compile(
    r"hoi dong nhan dan|hdnd|muc (?:le )?phi|muc thu|theo quy dinh|quyet dinh|\d ?(?:d|dong|vnd|usd)\b|%"
    r"|chua quy dinh|mien (?:le )?phi (?:cho|doi voi)\b|\(phi (?!cap ban sao)"
)
_FEE_OF_COPIES: Final = re.compile(
    r"Phí cấp bản sao [^.]*? thực hiện theo quy định tại Thông tư số 281/2016/TT-BTC[^.)]*", re.IGNORECASE
)
_NAMED_AMOUNT: Final = re.compile(r"(?<![\d.])(\d{1,3}(?:\.\d{3})+|0\.000|\d{4,6})\s?(?:đồng|đ\b|vnđ)", re.IGNORECASE)
_NAMED_PER: Final = re.compile(r"\d\s?(?:đồng|đ|vnđ)\s?/\s?([^().;,:/]{2,60})", re.IGNORECASE)
NOTE_OF_THE_PAGE: Final = "Ghi chú của trang thủ tục"
"""Legal basis of a time limit that a page gives only in the note beside it."""
STEPS_OF_THE_PAGE: Final = "Các bước nối tiếp nhau trên trang thủ tục"
"""Legal basis of a time limit that is the sum of the steps of a page."""

_NAMED_TIME: Final = re.compile(r"\b(\d{1,3})(?: \([^()]*\))? (ngay lam viec|ngay|gio)\b")
_SPOKEN_UNITS: Final = {
    "ngay lam viec": TimeUnit.WORKING_DAY,
    "ngay": TimeUnit.CALENDAR_DAY,
    "gio": TimeUnit.HOUR,
}


def read_time_limit(source: str | None, note: str = "") -> TimeLimit:
    """Read "5 Ngày làm việc", "1 Giờ", a bare "1" (unit unstated) or nothing, in the light of the note beside it.

    Where the page gives no limit but its note gives exactly one, that is taken. Where number and note agree but one
    says days and the other working days, the unit is unstated.
    """
    text = clean(source or "")
    match = _TIME.fullmatch(text)
    named = _named_times(note)
    if match is None:
        if text or len(named) != 1:
            return TimeLimit(None, TimeUnit.UNSTATED, text)
        ((amount, unit),) = named
        return TimeLimit(amount, unit, clean(note).strip(" ()"), NOTE_OF_THE_PAGE)
    unit = _TIME_UNITS.get(match.group(2) or "", TimeUnit.UNSTATED)
    amount = int(match.group(1))
    units_of_note = {other for number, other in named if number == amount}
    if unit is not TimeUnit.UNSTATED and units_of_note and unit not in units_of_note:
        unit = TimeUnit.UNSTATED
    return TimeLimit(amount, unit, text)


def _named_times(note: str) -> set[tuple[int, TimeUnit]]:
    return {(int(number), _SPOKEN_UNITS[unit]) for number, unit in _NAMED_TIME.findall(fold(note))}


def read_fee(source: str | None, note: str) -> Fee:
    """Read "Miễn phí", "8,000 VNĐ", a foreign amount or nothing, in the light of the note beside it.

    An amount below 1,000 đ is a page that dropped its thousands, so the number is not believed; nor is one that the
    note contradicts. An amount is open also when the note lets some pay less. What copies of an extract cost is another
    matter and does not make "Miễn phí" uncertain.
    """
    text, note = clean(source or ""), clean(note)
    about_it = fold(_FEE_OF_COPIES.sub("", note))
    if text == "Miễn phí":
        return Fee(0, _DECIDED_ELSEWHERE.search(about_it) is None, text)
    per_match = _PER.match(note) or _NAMED_PER.search(note)
    per = per_match.group(1).strip() if per_match else ""
    amount_match = _DONG.fullmatch(text)
    if amount_match is None:
        return Fee(None, False, text, per)
    amount = int(amount_match.group(1).replace(",", ""))
    if 0 < amount < _SMALLEST_BELIEVABLE_FEE:
        return Fee(None, False, text, per)
    if amount == 0:
        return Fee(0, _DECIDED_ELSEWHERE.search(about_it) is None, text, per)
    named = {int(number.replace(".", "")) for number in _NAMED_AMOUNT.findall(note)}
    contradicted = bool(named) and amount not in named
    is_open = (
        contradicted
        or _BY_PIECE.search(per)
        or _BY_THE_PROVINCE.search(about_it)
        or _NOT_FOR_EVERYBODY.search(about_it)
    )
    return Fee(amount, not is_open, text, per)


def in_steps(ways: Sequence[Way]) -> tuple[Way, ...]:
    """Join the ways of each channel that are steps of one another, so that the sum of their time limits is counted.

    Raises:
        ValueError: When two steps are counted in different units, or one is not counted at all.
    """
    joined = []
    for channel in dict.fromkeys(way.channel for way in ways):
        steps = [way for way in ways if way.channel is channel]
        limits = [step.time_limit for step in steps]
        amounts = [limit.amount for limit in limits if limit.amount is not None]
        units = {limit.unit for limit in limits}
        if len(amounts) < len(limits) or len(units) > 1 or TimeUnit.UNSTATED in units:
            raise ValueError(f"steps that cannot be added: {[limit.source_text for limit in limits]}")
        words = " + ".join(limit.source_text for limit in limits)
        limit = limits[0] if len(limits) == 1 else TimeLimit(sum(amounts), limits[0].unit, words, STEPS_OF_THE_PAGE)
        joined.append(dataclasses.replace(steps[0], time_limit=limit, note="\n".join(step.note for step in steps)))
    return tuple(joined)
