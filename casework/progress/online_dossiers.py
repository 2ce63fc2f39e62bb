# SPDX-License-Identifier: GPL-3.0-or-later
"""Online dossiers: looked at, then accepted, sent back for a supplement, or refused with a reason.

The answer is due within 8 working hours (NĐ 45/2020/NĐ-CP; from knowledge, not verified). An answer that comes later is
marked as late and is given all the same. A picture that can not be read, a paper that is missing and an entry that is
wrong are grounds to ask for a supplement, never to refuse.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from casework.records.dossier import DossierState
from casework.records.online_dossier import AnswerGround, AnswerToOnline, OnlineAnswer, OnlineDossier
from casework.verdict import Objection, Verdict
from casework.work_calendar import VIET_NAM

STATE_AFTER: Final[Mapping[OnlineAnswer, DossierState]] = MappingProxyType(
    {
        OnlineAnswer.ACCEPT: DossierState.RECEIVED,
        OnlineAnswer.SUPPLEMENT: DossierState.SUPPLEMENT_REQUESTED,
        OnlineAnswer.REFUSE: DossierState.REFUSED,
    }
)
"""The state that an answer leads to."""

_ANSWERED_FROM: Final[Mapping[OnlineAnswer, frozenset[DossierState]]] = MappingProxyType(
    {
        OnlineAnswer.ACCEPT: frozenset({DossierState.REGISTERED, DossierState.SUPPLEMENT_REQUESTED}),
        OnlineAnswer.SUPPLEMENT: frozenset({DossierState.REGISTERED}),
        OnlineAnswer.REFUSE: frozenset({DossierState.REGISTERED}),
    }
)

REFUSAL_GROUNDS: Final = frozenset({AnswerGround.NOT_THIS_OFFICE, AnswerGround.NOT_ELIGIBLE, AnswerGround.DUPLICATE})
"""What may refuse a dossier; everything else asks for a supplement."""


class AnswerObjection(enum.StrEnum):
    """What speaks against an answer."""

    NO_CODE = "no-code"
    ALREADY_ANSWERED = "already-answered"
    STILL_INCOMPLETE = "still-incomplete"
    NO_REASON = "no-reason"
    NO_LEGAL_BASIS = "no-legal-basis"
    NO_GROUND = "no-ground"
    GROUND_FOR_SUPPLEMENT = "ground-for-supplement"
    GROUND_FOR_REFUSAL = "ground-for-refusal"
    NO_DEMANDS = "no-demands"
    NOT_COMPLETE = "not-complete"
    NOT_ALLOWED_DEMAND = "not-allowed-demand"


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What the reception of an online dossier is made of.

    Attributes:
        dossier_id: The dossier.
        code: Mã hồ sơ as the portal gave it: no second code is ever made for it.
        received_at: Aware moment of the acceptance; time limits count from it, not from the filing.
        is_late: Whether the office answered after the hours it has.
    """

    dossier_id: str
    code: str
    received_at: dt.datetime
    is_late: bool


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Another dossier that may be the same.

    Attributes:
        dossier_id: The other one.
        has_same_code: Whether the portal gave both the same code: it is the same dossier, fetched twice. Otherwise the
            same person filed the same procedure on the same day in Viet Nam, which may be in order: the clerk looks.
    """

    dossier_id: str
    has_same_code: bool


_O = AnswerObjection
_BY_NOW: Final = "(nay thay bằng Nghị định 118/2025/NĐ-CP)"
_ONCE: Final = f"NĐ 61/2018/NĐ-CP Đ15.3, Đ17.1a {_BY_NOW}"
_REFUSAL: Final = f"NĐ 61/2018/NĐ-CP Đ17.1b {_BY_NOW}"

_WORDS: Final[Mapping[AnswerObjection, tuple[str, str, str]]] = MappingProxyType(
    {
        _O.NO_CODE: (
            "Hồ sơ trực tuyến chưa có mã của Cổng Dịch vụ công quốc gia.",
            f"NĐ 61/2018/NĐ-CP Đ17.3 {_BY_NOW}",
            "",
        ),
        _O.ALREADY_ANSWERED: ("Hồ sơ đang ở trạng thái không cho phép trả lời như vậy.", _ONCE, ""),
        _O.STILL_INCOMPLETE: (
            "Hồ sơ còn thiếu giấy tờ, chưa thể tiếp nhận.",
            f"NĐ 61/2018/NĐ-CP Đ17.1 {_BY_NOW}",
            "Hướng dẫn bổ sung đầy đủ một lần bằng Mẫu số 02.",
        ),
        _O.NO_REASON: ("Chưa ghi lý do cho người dân.", f"NĐ 61/2018/NĐ-CP Đ17.1 {_BY_NOW}", ""),
        _O.NO_LEGAL_BASIS: ("Chưa ghi căn cứ pháp luật của việc từ chối.", _REFUSAL, ""),
        _O.NO_GROUND: ("Chưa chọn căn cứ của câu trả lời.", f"NĐ 61/2018/NĐ-CP Đ17.1 {_BY_NOW}", ""),
        _O.GROUND_FOR_SUPPLEMENT: (
            "Ảnh chưa rõ, thiếu giấy tờ hoặc khai sai không phải là căn cứ từ chối tiếp nhận.",
            _REFUSAL,
            "Yêu cầu bổ sung, hoàn thiện hồ sơ bằng Mẫu số 02.",
        ),
        _O.GROUND_FOR_REFUSAL: (
            "Căn cứ đã chọn không thể khắc phục bằng việc bổ sung giấy tờ.",
            _ONCE,
            "Từ chối tiếp nhận bằng Mẫu số 03, nêu rõ lý do và nơi có thẩm quyền nếu có.",
        ),
        _O.NO_DEMANDS: ("Chưa nêu giấy tờ cần bổ sung.", _ONCE, ""),
        _O.NOT_COMPLETE: ("Chưa nêu hết giấy tờ còn thiếu; phải hướng dẫn đầy đủ một lần.", _ONCE, ""),
        _O.NOT_ALLOWED_DEMAND: ("Đòi giấy tờ ngoài quy định.", f"NĐ 61/2018/NĐ-CP Đ5 {_BY_NOW}", ""),
    }
)


def open_for_checking(dossier: OnlineDossier, clerk_id: str, at: dt.datetime) -> OnlineDossier:
    """Note who looked at a dossier first and when; its state stays what it was."""
    if dossier.opened_at is not None:
        return dossier
    return dataclasses.replace(dossier, opened_at=at, opened_by=clerk_id)


def judge_answer(
    dossier: OnlineDossier, answer: AnswerToOnline, missing: frozenset[str], allowed_demands: frozenset[str]
) -> Verdict:
    """Decide whether an answer may be given; everything that speaks against it is told at once.

    Args:
        dossier: As it stands.
        answer: The answer.
        missing: Everything that is missing or can not be read, named as in ``answer.demands``.
        allowed_demands: What the reception guard allows to be demanded.
    """
    found = []
    if dossier.state not in _ANSWERED_FROM[answer.answer]:
        found.append(_O.ALREADY_ANSWERED)
    match answer.answer:
        case OnlineAnswer.ACCEPT:
            found += _against_acceptance(dossier, missing)
        case OnlineAnswer.SUPPLEMENT:
            found += _against_supplement(answer, missing, allowed_demands)
        case OnlineAnswer.REFUSE:
            found += _against_refusal(answer)
    return Verdict(tuple(Objection(because, *_WORDS[because]) for because in found))


def is_late(dossier: OnlineDossier, at: dt.datetime) -> bool:
    """Whether an answer at this moment comes after the hours that the office has; it is given all the same."""
    return at > dossier.answer_by


def find_duplicates(dossier: OnlineDossier, others: Iterable[OnlineDossier]) -> tuple[Duplicate, ...]:
    """Find the dossiers that may be the same as this one, in the order given; nothing is refused by it."""
    found = []
    for other in others:
        if other.dossier_id == dossier.dossier_id:
            continue
        has_same_code = bool(dossier.portal_code) and other.portal_code == dossier.portal_code
        if has_same_code or _filing(other) == _filing(dossier):
            found.append(Duplicate(other.dossier_id, has_same_code))
    return tuple(found)


def acceptance(dossier: OnlineDossier, answer: AnswerToOnline) -> Acceptance:
    """Give what an acceptance that may be given makes of a dossier."""
    return Acceptance(dossier.dossier_id, dossier.portal_code, answer.at, is_late(dossier, answer.at))


def answered(dossier: OnlineDossier, answer: AnswerToOnline) -> OnlineDossier:
    """Give the dossier as it stands after an answer that may be given; its code stays the portal's."""
    return dataclasses.replace(dossier, state=STATE_AFTER[answer.answer])


def _filing(dossier: OnlineDossier) -> tuple[str, str, dt.date]:
    return dossier.applicant_number, dossier.procedure_code, dossier.submitted_at.astimezone(VIET_NAM).date()


def _against_acceptance(dossier: OnlineDossier, missing: frozenset[str]) -> list[AnswerObjection]:
    found = []
    if not dossier.portal_code.strip():
        found.append(_O.NO_CODE)
    if missing:
        found.append(_O.STILL_INCOMPLETE)
    return found


def _against_supplement(
    answer: AnswerToOnline, missing: frozenset[str], allowed_demands: frozenset[str]
) -> list[AnswerObjection]:
    found = []
    if not answer.reason.strip():
        found.append(_O.NO_REASON)
    if not answer.grounds:
        found.append(_O.NO_GROUND)
    if answer.grounds & REFUSAL_GROUNDS:
        found.append(_O.GROUND_FOR_REFUSAL)
    if not answer.demands:
        found.append(_O.NO_DEMANDS)
    if not missing.issubset(answer.demands):
        found.append(_O.NOT_COMPLETE)
    if not allowed_demands.issuperset(answer.demands):
        found.append(_O.NOT_ALLOWED_DEMAND)
    return found


def _against_refusal(answer: AnswerToOnline) -> list[AnswerObjection]:
    found = []
    if not answer.reason.strip():
        found.append(_O.NO_REASON)
    if not answer.legal_basis.strip():
        found.append(_O.NO_LEGAL_BASIS)
    if not answer.grounds:
        found.append(_O.NO_GROUND)
    if answer.grounds - REFUSAL_GROUNDS:
        found.append(_O.GROUND_FOR_SUPPLEMENT)
    return found
