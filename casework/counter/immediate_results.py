# SPDX-License-Identifier: GPL-3.0-or-later
"""Results while the citizen waits: no receipt is owed unless asked for, everything is recorded all the same.

NĐ 61/2018/NĐ-CP Đ17.4 (replaced by NĐ 118/2025/NĐ-CP, whose wording has not been seen). What can not be finished on
the day it was taken needs a receipt with hour and date, like any other dossier.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from casework.records.dossier import Dossier, DossierState
from casework.records.immediate_service import ImmediateService
from casework.verdict import Objection, Verdict
from casework.work_calendar import VIET_NAM


class ImmediateObjection(enum.StrEnum):
    """What speaks against settling a dossier while the citizen waits."""

    NOT_RECORDED = "not-recorded"
    NOT_JUST_RECEIVED = "not-just-received"
    NEEDS_VERIFICATION = "needs-verification"
    NOBODY_SIGNS = "nobody-signs"


_O = ImmediateObjection
_AT_ONCE: Final = "NĐ 61/2018/NĐ-CP Đ17.4 (nay thay bằng Nghị định 118/2025/NĐ-CP)"
_WITH_RECEIPT: Final = "Cấp giấy tiếp nhận hồ sơ và hẹn trả kết quả (Mẫu số 01), ghi cả giờ và ngày hẹn."

_WORDS: Final[Mapping[ImmediateObjection, tuple[str, str, str]]] = MappingProxyType(
    {
        _O.NOT_RECORDED: ("Hồ sơ trả kết quả ngay vẫn phải được ghi vào hệ thống.", _AT_ONCE, ""),
        _O.NOT_JUST_RECEIVED: ("Chỉ hồ sơ vừa tiếp nhận mới trả kết quả ngay được.", _AT_ONCE, ""),
        _O.NEEDS_VERIFICATION: ("Thủ tục cần xác minh, không trả kết quả ngay được.", _AT_ONCE, _WITH_RECEIPT),
        _O.NOBODY_SIGNS: ("Chưa có người ký tại chỗ.", _AT_ONCE, _WITH_RECEIPT),
    }
)


def judge_immediate(service: ImmediateService, dossier: Dossier | None, may_be_immediate: bool) -> Verdict:
    """Decide whether a dossier may be settled while the citizen waits.

    Args:
        service: With its stamps.
        dossier: The recorded dossier, or None.
        may_be_immediate: False for a procedure that needs verification.
    """
    found = []
    if dossier is None or dossier.dossier_id != service.dossier_id:
        found.append(_O.NOT_RECORDED)
    elif dossier.state is not DossierState.RECEIVED:
        found.append(_O.NOT_JUST_RECEIVED)
    if not may_be_immediate:
        found.append(_O.NEEDS_VERIFICATION)
    if not service.signer_id:
        found.append(_O.NOBODY_SIGNS)
    return Verdict(tuple(Objection(because, *_WORDS[because]) for because in found))


def is_receipt_owed(service: ImmediateService, now: dt.datetime) -> bool:
    """Whether the citizen gets Mẫu 01: when asked for, or when the day ended without a result."""
    return service.wants_receipt or not is_same_day(service, now)


def is_same_day(service: ImmediateService, now: dt.datetime) -> bool:
    """Whether the result was there, or may still be there, on the day the dossier was taken, in Viet Nam."""
    end = now if service.finished_at is None else service.finished_at
    return end.astimezone(VIET_NAM).date() == service.started_at.astimezone(VIET_NAM).date()


def time_taken(service: ImmediateService) -> dt.timedelta | None:
    """Give the time from taking the dossier to its result, or None while there is none."""
    return None if service.finished_at is None else service.finished_at - service.started_at


def signing_order(services: Iterable[ImmediateService]) -> tuple[ImmediateService, ...]:
    """Give what people wait for in the order of the signer: people with priority first, then the longest waiting."""
    unfinished = (service for service in services if service.finished_at is None)
    return tuple(
        sorted(unfinished, key=lambda service: (not service.has_priority, service.started_at, service.service_id))
    )
