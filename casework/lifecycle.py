# SPDX-License-Identifier: GPL-3.0-or-later
"""The life of a dossier: which state may follow which, whether a change may be made, and how a life is retold."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from casework.errors import KnownError
from casework.progress.transitions import LEGAL_TRANSITIONS, OWN_DESIGN, RESUMPTIONS, Actor, Evidence, Transition
from casework.records.dossier import Dossier, DossierState
from casework.records.procedure import Route
from casework.records.state_change import StateChange
from casework.verdict import Objection, Verdict

_S = DossierState

TRANSITIONS: Final[Mapping[DossierState, Mapping[DossierState, str]]] = MappingProxyType(
    {
        state: MappingProxyType(
            {step.after: f"{step.event}, {step.legal_basis}" for step in LEGAL_TRANSITIONS if step.before is state}
        )
        for state in DossierState
    }
)
"""For every state the states that may follow, each with what makes it happen."""

_STEPS: Final[Mapping[tuple[DossierState, DossierState], Transition]] = MappingProxyType(
    {(step.before, step.after): step for step in (*LEGAL_TRANSITIONS, *RESUMPTIONS)}
)

FIRST_STATES: Final = frozenset({_S.REGISTERED, _S.RECEIVED})
"""A life begins online, or at the counter."""


class System(enum.StrEnum):
    """A system that may confirm a state; ours is a part of the province's."""

    PROVINCIAL = "provincial"
    MINISTRY = "ministry"
    PORTAL = "portal"


class StepObjection(enum.StrEnum):
    """What speaks against a change of state, apart from the evidence that it needs."""

    NOT_LEGAL = "not-legal"
    NOT_THE_STATE_IT_CAME_FROM = "not-the-state-it-came-from"
    NOT_BY_THIS_ACTOR = "not-by-this-actor"
    NOT_BY_THIS_SYSTEM = "not-by-this-system"


@dataclass(frozen=True, slots=True)
class TransitionRequest:
    """A change of state that somebody wants to make, with what is on file for it.

    Attributes:
        before: The state that the dossier is in.
        after: The state wanted.
        at: Aware moment of the change.
        due_at: Aware moment of the promised result, or None where none was promised.
        route: How the procedure is settled.
        actors: Everything that the one who wants it may act as.
        on_file: The evidence there is.
        system: The system that would confirm it.
        finished_at: Aware moment at which the result was there, or None while it is not.
        came_from: The state that a withdrawal was asked for in; only of use where one is undone.
    """

    before: DossierState
    after: DossierState
    at: dt.datetime
    due_at: dt.datetime | None
    route: Route
    actors: frozenset[Actor]
    on_file: frozenset[Evidence] = frozenset()
    system: System = System.PROVINCIAL
    finished_at: dt.datetime | None = None
    came_from: DossierState | None = None


_ONE_SYSTEM: Final = "NĐ 224/2026/NĐ-CP Đ15.1"
_LATENESS: Final = "NĐ 61/2018/NĐ-CP Đ19.9 (nay thay bằng Nghị định 118/2025/NĐ-CP)"

_WORDS: Final[Mapping[Evidence, str]] = MappingProxyType(
    {
        Evidence.RECEIPT: "giấy tiếp nhận hồ sơ và hẹn trả kết quả (Mẫu số 01)",
        Evidence.RECEIPT_WAIVED: "ghi nhận thủ tục trả kết quả ngay, người dân không yêu cầu giấy tiếp nhận",
        Evidence.SUPPLEMENT_REQUEST: "phiếu yêu cầu bổ sung, hoàn thiện hồ sơ (Mẫu số 02)",
        Evidence.REFUSAL: "phiếu từ chối tiếp nhận giải quyết hồ sơ (Mẫu số 03)",
        Evidence.STOP_NOTICE: "thông báo dừng giải quyết hồ sơ (Mẫu số 05)",
        Evidence.REASON: "lý do cụ thể",
        Evidence.SUPPLEMENTED_PAPERS: "giấy tờ người dân đã bổ sung",
        Evidence.PAYMENT_REQUEST: "thông báo nghĩa vụ tài chính",
        Evidence.PAYMENT_PROOF: "chứng từ nộp tiền",
        Evidence.RESULT: "kết quả giải quyết",
        Evidence.RECIPIENT: "người nhận kết quả",
        Evidence.CITIZEN_REQUEST: "yêu cầu rút hồ sơ của người dân được ghi nhận trên hệ thống",
        Evidence.LEGAL_GROUND: "căn cứ pháp luật để dừng giải quyết",
        Evidence.AGENCY_CONSENT: "văn bản đồng ý của cơ quan có thẩm quyền",
        Evidence.REQUEST_CLOSED: "ghi nhận người dân rút lại yêu cầu, hoặc cơ quan không đồng ý cho rút",
        Evidence.LATE_REASON: "lý do chậm",
        Evidence.CORRECTIVE_ACTION: "biện pháp khắc phục",
    }
)

_LATE_INSTEAD: Final = "Vẫn trả kết quả: ghi lý do chậm và biện pháp khắc phục, xin lỗi người dân."


def next_states(state: DossierState) -> tuple[DossierState, ...]:
    """Give the states that may follow; none after the last state of a life."""
    return tuple(TRANSITIONS[state])


def is_final(state: DossierState) -> bool:
    """Whether nothing may follow."""
    return not TRANSITIONS[state]


def check_transition(before: DossierState, after: DossierState) -> None:
    """Refuse a change of state that the law does not know.

    Raises:
        KnownError: ``state-change-not-allowed``, with both states by number.
    """
    if after not in TRANSITIONS[before]:
        raise KnownError("state-change-not-allowed", before=str(int(before)), after=str(int(after)))


def confirming_system(route: Route, state: DossierState) -> System:
    """Give the only system that may confirm a state (own reading of NĐ 224/2026 Đ15.1).

    What a citizen files online is registered by the portal; everything that follows is confirmed by the system that
    settles the procedure. What is settled offline is never registered online. Where nobody has said which system it
    is, the province's goes on as until now.
    """
    if route is Route.OFFLINE:
        return System.PROVINCIAL
    if state is _S.REGISTERED:
        return System.PORTAL
    return System.MINISTRY if route is Route.MINISTRY_SYSTEM else System.PROVINCIAL


def is_code_of(dossier: Dossier, code: str) -> bool:
    """Tell whether a code names a dossier: all channels use one code, the portal's own one is kept beside ours."""
    return bool(code) and code in {dossier.code, dossier.portal_code}


def judge(request: TransitionRequest) -> Verdict:
    """Decide whether a change of state may be made.

    Everything that is missing is told at once. Lateness never refuses a result: it asks for a reason and a corrective
    action (duty of every late result), which the clerk can always give.
    """
    step = _STEPS.get((request.before, request.after))
    if step is None:
        following = ", ".join(str(int(state)) for state in next_states(request.before)) or "không có"
        words = (
            f"Không thể chuyển hồ sơ từ trạng thái {int(request.before)} sang {int(request.after)}; "
            f"có thể chuyển sang: {following}."
        )
        return Verdict((Objection(StepObjection.NOT_LEGAL, words, OWN_DESIGN),))
    objections = []
    if step in RESUMPTIONS and request.came_from is not request.after:
        words = "Hồ sơ chỉ trở lại đúng trạng thái trước khi người dân yêu cầu rút."
        objections.append(Objection(StepObjection.NOT_THE_STATE_IT_CAME_FROM, words, step.legal_basis))
    if step.actors.isdisjoint(request.actors):
        words = "Việc này không thuộc vai trò của người đang thao tác."
        objections.append(Objection(StepObjection.NOT_BY_THIS_ACTOR, words, step.legal_basis))
    if request.system is not confirming_system(request.route, request.after):
        words = "Trạng thái này do hệ thống khác xác nhận; cập nhật tại hệ thống đó, máy sẽ nhận về khi đồng bộ."
        objections.append(Objection(StepObjection.NOT_BY_THIS_SYSTEM, words, _ONE_SYSTEM))
    objections.extend(_missing(group, step.legal_basis) for group in step.needs if group.isdisjoint(request.on_file))
    if _is_late(request):
        objections.extend(
            Objection(evidence, f"Hồ sơ quá hạn, còn thiếu {_WORDS[evidence]}.", _LATENESS, _LATE_INSTEAD)
            for evidence in (Evidence.LATE_REASON, Evidence.CORRECTIVE_ACTION)
            if evidence not in request.on_file
        )
    return Verdict(tuple(objections))


class StepFault(enum.StrEnum):
    """Why a step can not be retold."""

    NO_STEPS = "no-steps"
    NOT_A_BEGINNING = "not-a-beginning"
    OTHER_DOSSIER = "other-dossier"
    NOT_THE_STATE_BEFORE = "not-the-state-before"
    OUT_OF_TIME = "out-of-time"
    NOT_LEGAL = "not-legal"
    NOT_THE_STATE_IT_CAME_FROM = "not-the-state-it-came-from"


@dataclass(frozen=True, slots=True)
class IllegalStep:
    """The first step of a history that can not have happened.

    Attributes:
        position: Its place, from 0.
        because: Why.
    """

    position: int
    because: StepFault


def replay(changes: Iterable[StateChange]) -> DossierState | IllegalStep:
    """Retell the life of a dossier from its steps, oldest first.

    Returns:
        The state it has come to, or the first step that can not have happened. Two steps may share a moment.
    """
    past: list[StateChange] = []
    came_from: DossierState | None = None
    for position, change in enumerate(changes):
        fault = _fault(past[-1] if past else None, change, came_from)
        if fault is not None:
            return IllegalStep(position, fault)
        if change.after is _S.WITHDRAWAL_REQUESTED:
            came_from = change.before
        past.append(change)
    return past[-1].after if past else IllegalStep(0, StepFault.NO_STEPS)


def _fault(last: StateChange | None, change: StateChange, came_from: DossierState | None) -> StepFault | None:
    if last is None or change.before is None:
        begins = last is None and change.before is None and change.after in FIRST_STATES
        return None if begins else StepFault.NOT_A_BEGINNING
    if change.dossier_id != last.dossier_id:
        return StepFault.OTHER_DOSSIER
    if change.before is not last.after:
        return StepFault.NOT_THE_STATE_BEFORE
    if change.at < last.at:
        return StepFault.OUT_OF_TIME
    step = _STEPS.get((change.before, change.after))
    if step is None:
        return StepFault.NOT_LEGAL
    if step in RESUMPTIONS and change.after is not came_from:
        return StepFault.NOT_THE_STATE_IT_CAME_FROM
    return None


def _missing(group: frozenset[Evidence], legal_basis: str) -> Objection:
    """Object to a group of which nothing is on file; the first of the enum names it."""
    wanted = [evidence for evidence in Evidence if evidence in group]
    words = " hoặc ".join(_WORDS[evidence] for evidence in wanted)
    return Objection(wanted[0], f"Còn thiếu {words}.", legal_basis)


def _is_late(request: TransitionRequest) -> bool:
    """Whether the result comes after the promised moment; one that waits to be fetched was there in time."""
    if request.due_at is None or request.after not in {_S.FINISHED, _S.RETURNED}:
        return False
    return (request.finished_at or request.at) > request.due_at
