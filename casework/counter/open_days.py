# SPDX-License-Identifier: GPL-3.0-or-later
"""Days without appointments ("Thứ Sáu không hẹn"): who may come.

On an open day somebody with power to sign sits in the room, so that a result can be handed over at once, without a
receipt (Mẫu 01) unless the person asks for one (NĐ 61/2018/NĐ-CP Đ17.4). Procedures that need verification are left
out; which those are the catalogue says, or does not say yet.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from casework.records.open_day import OpenDay


class Welcome(enum.StrEnum):
    """Whether somebody may come for a procedure without an appointment today."""

    YES = "yes"
    ANOTHER_DAY = "another-day"
    NEEDS_VERIFICATION = "needs-verification"
    UNDECIDED = "undecided"


WELCOME_WORDS: Final[Mapping[Welcome, str]] = MappingProxyType(
    {
        Welcome.YES: "Giải quyết ngay trong buổi, không cần hẹn trước.",
        Welcome.ANOTHER_DAY: "Hôm nay tiếp nhận theo quy trình thường ngày và có giấy hẹn trả kết quả.",
        Welcome.NEEDS_VERIFICATION: "Thủ tục cần xác minh; hồ sơ vẫn được tiếp nhận và có giấy hẹn trả kết quả.",
        Welcome.UNDECIDED: "Danh mục chưa ghi thủ tục này thuộc ngày không hẹn hay không; đề nghị hỏi người phụ trách.",
    }
)


def welcome(may_come_without_appointment: bool | None, day: dt.date, open_days: Iterable[OpenDay]) -> Welcome:
    """Tell whether somebody may come for a procedure without an appointment and take the result home.

    Args:
        may_come_without_appointment: What the catalogue says of the procedure; None while it says nothing.
        day: Today in Viet Nam.
        open_days: As announced by the centre.
    """
    if not any(open_day.is_on(day) for open_day in open_days):
        return Welcome.ANOTHER_DAY
    if may_come_without_appointment is None:
        return Welcome.UNDECIDED
    return Welcome.YES if may_come_without_appointment else Welcome.NEEDS_VERIFICATION
