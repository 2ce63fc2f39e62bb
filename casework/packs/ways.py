# SPDX-License-Identifier: GPL-3.0-or-later
"""Read time limits and fees as the procedure pages write them."""

from __future__ import annotations

import re
from typing import Final

from casework.records.procedure import Channel, Fee, TimeLimit, TimeUnit
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
_BY_PIECE: Final = frozenset({"trang", "bản"})
_SMALLEST_BELIEVABLE_FEE: Final = 1_000
_DECIDED_ELSEWHERE: Final = re.compile(
    r"hoi dong nhan dan|hdnd|muc (?:le )?phi|muc thu|theo quy dinh|quyet dinh|\d ?(?:d|dong|vnd|usd)\b|%"
)


def read_time_limit(source: str | None) -> TimeLimit:
    """Read "5 Ngày làm việc", "1 Giờ", a bare "1" (unit unstated) or nothing."""
    text = clean(source or "")
    match = _TIME.fullmatch(text)
    if match is None:
        return TimeLimit(None, TimeUnit.UNSTATED, text)
    unit = _TIME_UNITS.get(match.group(2) or "", TimeUnit.UNSTATED)
    return TimeLimit(int(match.group(1)), unit, text)


def read_fee(source: str | None, note: str) -> Fee:
    """Read "Miễn phí", "8,000 VNĐ", a foreign amount or nothing, in the light of the note beside it.

    An amount below 1,000 đ is a page that dropped its thousands, so the number is not believed.
    """
    text = clean(source or "")
    per_match = _PER.match(clean(note))
    per = per_match.group(1).strip() if per_match else ""
    if text == "Miễn phí":
        return Fee(0, _DECIDED_ELSEWHERE.search(fold(note)) is None, text)
    amount_match = _DONG.fullmatch(text)
    if amount_match is None:
        return Fee(None, False, text, per)
    amount = int(amount_match.group(1).replace(",", ""))
    if 0 < amount < _SMALLEST_BELIEVABLE_FEE:
        return Fee(None, False, text, per)
    return Fee(amount, per not in _BY_PIECE and not (amount == 0 and _DECIDED_ELSEWHERE.search(fold(note))), text, per)
