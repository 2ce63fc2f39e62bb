# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules that need two persons, and what stands in for the second where there is only one.

On an island without a centre one person holds every role. Nothing is skipped there: where two persons should look, the
one looks twice and says so, and that stands in the record for whoever reviews it later. The stand-in is our design; no
law at hand describes it, and the centre's head has to allow it.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from casework.progress.transitions import OWN_DESIGN
from casework.records.approval import Approval, TwoPersonRule
from casework.records.workplace import Clerk, Role
from casework.verdict import Objection, Verdict


@dataclass(frozen=True, slots=True)
class StandIn:
    """What replaces the second person.

    Attributes:
        roles: One of them is what the second person must hold.
        statement: Vietnamese; what the one person confirms.
        is_replaceable: False where a second person can not be replaced.
    """

    roles: frozenset[Role]
    statement: str
    is_replaceable: bool = True


_ANSWERS: Final = frozenset({Role.SIGNER, Role.SUPERVISOR})
"""Who answers for what the counter decides."""

STAND_INS: Final[Mapping[TwoPersonRule, StandIn]] = MappingProxyType(
    {
        TwoPersonRule.SIGN_RESULT: StandIn(
            frozenset({Role.SIGNER}), "Tôi vừa thẩm định vừa ký kết quả này và chịu trách nhiệm."
        ),
        TwoPersonRule.REFUSE: StandIn(_ANSWERS, "Tôi đã kiểm tra lại lý do và căn cứ từ chối hồ sơ này."),
        TwoPersonRule.STOP: StandIn(_ANSWERS, "Tôi đã xem xét đề nghị và đồng ý dừng giải quyết hồ sơ này."),
        TwoPersonRule.EXTEND: StandIn(_ANSWERS, "Tôi đã kiểm tra lý do và thời gian đề nghị gia hạn."),
        TwoPersonRule.DEMAND_OUTSIDE_CATALOGUE: StandIn(
            frozenset({Role.SUPERVISOR}), "Tôi đã kiểm tra căn cứ pháp lý của yêu cầu ngoài danh mục."
        ),
        TwoPersonRule.CLOSE_BOOK: StandIn(_ANSWERS, "Tôi đã đối chiếu số thứ tự và khóa sổ chứng thực."),
        TwoPersonRule.VOID_ENTRY: StandIn(_ANSWERS, "Tôi xác nhận số chứng thực này không được sử dụng."),
        TwoPersonRule.CONFIRM_TRANSFER: StandIn(
            frozenset({Role.CLERK}), "Việc giao nhận giữa hai nơi phải có người nhận ký.", is_replaceable=False
        ),
    }
)


class ApprovalLack(enum.StrEnum):
    """Why an approval does not count."""

    NO_ROLE = "no-role"
    SAME_PERSON = "same-person"
    NOT_CONFIRMED = "not-confirmed"
    NOT_REPLACEABLE = "not-replaceable"


def judge_approval(
    rule: TwoPersonRule, first_id: str, second: Clerk, *, is_one_person_mode: bool, has_confirmed: bool
) -> Verdict:
    """Judge whether somebody may look at a step as the second person.

    Args:
        rule: The step.
        first_id: ``clerk_id`` who did it.
        second: Who looks at it.
        is_one_person_mode: Whether the centre has been allowed to work with one person.
        has_confirmed: Whether she confirmed the statement of ``STAND_INS`` in so many words.
    """
    stand_in = STAND_INS[rule]
    lacks: list[tuple[ApprovalLack, str]] = []
    if second.roles.isdisjoint(stand_in.roles):
        lacks.append((ApprovalLack.NO_ROLE, "Người xem xét chưa được giao vai trò cần cho bước này."))
    if second.clerk_id == first_id:
        if not stand_in.is_replaceable:
            lacks.append((ApprovalLack.NOT_REPLACEABLE, stand_in.statement))
        elif not is_one_person_mode:
            lacks.append((ApprovalLack.SAME_PERSON, "Bước này cần người thứ hai xem xét; đề nghị chuyển người khác."))
        elif not has_confirmed:
            lacks.append((ApprovalLack.NOT_CONFIRMED, f"Cần xác nhận: {stand_in.statement}"))
    return Verdict(tuple(Objection(lack, words, OWN_DESIGN) for lack, words in lacks))


def approve(rule: TwoPersonRule, record_id: str, first_id: str, second_id: str, at: dt.datetime) -> Approval:
    """Make the record of a second look that was judged to count."""
    statement = STAND_INS[rule].statement if first_id == second_id else ""
    return Approval(rule, record_id, first_id, second_id, at, statement)


def self_approvals(approvals: Iterable[Approval]) -> tuple[Approval, ...]:
    """Give the approvals that one person made alone, the oldest first, for the review of the centre's head."""
    return tuple(sorted((one for one in approvals if one.is_self_approval), key=lambda one: one.at))
