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
from casework.records.workplace import Clerk
from casework.rights import Right, may
from casework.verdict import Objection, Verdict


class TwoPersonRule(enum.StrEnum):
    """A step that a second person looks at."""

    SIGN_RESULT = "sign-result"
    REFUSE = "refuse"
    STOP = "stop"
    EXTEND = "extend"
    DEMAND_OUTSIDE_CATALOGUE = "demand-outside-catalogue"
    CLOSE_BOOK = "close-book"
    VOID_ENTRY = "void-entry"
    CONFIRM_TRANSFER = "confirm-transfer"


@dataclass(frozen=True, slots=True)
class StandIn:
    """What replaces the second person.

    Attributes:
        right: What the second person must be allowed to do.
        statement: Vietnamese; what the one person confirms.
        is_replaceable: False where a second person can not be replaced.
    """

    right: Right
    statement: str
    is_replaceable: bool = True


STAND_INS: Final[Mapping[TwoPersonRule, StandIn]] = MappingProxyType(
    {
        TwoPersonRule.SIGN_RESULT: StandIn(Right.SIGN, "Tôi vừa thẩm định vừa ký kết quả này và chịu trách nhiệm."),
        TwoPersonRule.REFUSE: StandIn(Right.DEMAND_PAPERS, "Tôi đã kiểm tra lại lý do và căn cứ từ chối hồ sơ này."),
        TwoPersonRule.STOP: StandIn(Right.DEMAND_PAPERS, "Tôi đã xem xét đề nghị và đồng ý dừng giải quyết hồ sơ này."),
        TwoPersonRule.EXTEND: StandIn(Right.DEMAND_PAPERS, "Tôi đã kiểm tra lý do và thời gian xin gia hạn."),
        TwoPersonRule.DEMAND_OUTSIDE_CATALOGUE: StandIn(
            Right.DEMAND_PAPERS, "Tôi đã kiểm tra căn cứ pháp lý của yêu cầu ngoài danh mục."
        ),
        TwoPersonRule.CLOSE_BOOK: StandIn(Right.SIGN, "Tôi đã đối chiếu số thứ tự và khóa sổ chứng thực."),
        TwoPersonRule.VOID_ENTRY: StandIn(Right.SIGN, "Tôi xác nhận số chứng thực này không được sử dụng."),
        TwoPersonRule.CONFIRM_TRANSFER: StandIn(
            Right.RECEIVE, "Việc giao nhận giữa hai nơi phải có người nhận ký.", is_replaceable=False
        ),
    }
)


class ApprovalLack(enum.StrEnum):
    """Why an approval does not count."""

    NO_RIGHT = "no-right"
    SAME_PERSON = "same-person"
    NOT_CONFIRMED = "not-confirmed"
    NOT_REPLACEABLE = "not-replaceable"


@dataclass(frozen=True, slots=True)
class Approval:
    """The record of a second look.

    Attributes:
        rule: At what.
        record_id: The dossier, book or transfer.
        first_id: ``clerk_id`` who did it.
        second_id: ``clerk_id`` who looked at it; the same person in one-person mode.
        at: Aware moment of the second look.
        statement: What was confirmed; empty when a second person looked.
    """

    rule: TwoPersonRule
    record_id: str
    first_id: str
    second_id: str
    at: dt.datetime
    statement: str = ""

    @property
    def is_self_approval(self) -> bool:
        """Whether one person did both; reviewers look at these first."""
        return self.first_id == self.second_id


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
    if not may(second, stand_in.right):
        lacks.append((ApprovalLack.NO_RIGHT, "Người xem xét chưa được giao quyền thực hiện bước này."))
    if second.clerk_id == first_id:
        if not stand_in.is_replaceable:
            lacks.append((ApprovalLack.NOT_REPLACEABLE, stand_in.statement))
        elif not is_one_person_mode:
            lacks.append((ApprovalLack.SAME_PERSON, "Bước này cần người thứ hai xem xét."))
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
