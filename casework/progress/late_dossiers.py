# SPDX-License-Identifier: GPL-3.0-or-later
"""Late dossiers: each needs a clear reason, proof of it and a corrective action.

A dossier is late when its result is there after the promised moment. Nothing is refused because of it: whoever can not
prove an outage or another agency's silence names the office itself as the reason and says what it does about it.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from casework.records.late_explanation import LateCause, LateExplanation
from casework.records.outage import Outage
from casework.verdict import Objection, Verdict


class ExplanationObjection(enum.StrEnum):
    """What an explanation lacks."""

    NO_REASON = "no-reason"
    NO_CORRECTIVE_ACTION = "no-corrective-action"
    NO_OUTAGE_IN_THIS_TIME = "no-outage-in-this-time"
    NO_LATE_AGENCY = "no-late-agency"
    NO_EVIDENCE = "no-evidence"


@dataclass(frozen=True, slots=True)
class AgencyInquiry:
    """A request to another agency for its opinion or its part of the work (NĐ 61/2018 Đ19.5).

    Attributes:
        asked_at: Aware moment.
        answer_by: Aware moment until which it was to answer.
        answered_at: Aware moment, or None while it has not.
    """

    asked_at: dt.datetime
    answer_by: dt.datetime
    answered_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class LateFacts:
    """What is known about a late dossier.

    Attributes:
        received_at: Aware moment of reception.
        due_at: Aware moment of the promised result.
        finished_at: Aware moment at which the result was there, or None while it is not.
        outages: Of the outage log, in any order.
        inquiries: Requests to other agencies about this dossier, in any order.
    """

    received_at: dt.datetime
    due_at: dt.datetime
    finished_at: dt.datetime | None = None
    outages: tuple[Outage, ...] = ()
    inquiries: tuple[AgencyInquiry, ...] = ()


_O = ExplanationObjection
_AGENCIES: Final = "NĐ 61/2018/NĐ-CP Đ19.5 (nay thay bằng Nghị định 118/2025/NĐ-CP)"
_LATENESS: Final = "NĐ 61/2018/NĐ-CP Đ19.9 (nay thay bằng Nghị định 118/2025/NĐ-CP)"
_NAME_THE_OFFICE: Final = "Chọn đúng nguyên nhân; nếu do cơ quan giải quyết thì ghi rõ và nêu biện pháp khắc phục."

_WORDS: Final[Mapping[ExplanationObjection, tuple[str, str, str]]] = MappingProxyType(
    {
        _O.NO_REASON: ("Chưa ghi rõ lý do chậm.", _LATENESS, ""),
        _O.NO_CORRECTIVE_ACTION: ("Chưa ghi biện pháp khắc phục.", _LATENESS, ""),
        _O.NO_OUTAGE_IN_THIS_TIME: (
            "Nhật ký sự cố không có lần gián đoạn nào trong thời gian giải quyết hồ sơ.",
            _LATENESS,
            _NAME_THE_OFFICE,
        ),
        _O.NO_LATE_AGENCY: (
            "Không có văn bản hỏi cơ quan khác trong hạn mà bị trả lời chậm hoặc chưa được trả lời.",
            _AGENCIES,
            _NAME_THE_OFFICE,
        ),
        _O.NO_EVIDENCE: ("Chưa kèm tài liệu chứng minh nguyên nhân này.", _LATENESS, _NAME_THE_OFFICE),
    }
)


def is_late(due_at: dt.datetime, finished_at: dt.datetime | None, now: dt.datetime) -> bool:
    """Whether the result comes, or would come now, after the promised moment.

    A result that was there in time and waits to be fetched is not late, however long it waits.
    """
    return (now if finished_at is None else finished_at) > due_at


def judge_explanation(explanation: LateExplanation, facts: LateFacts) -> Verdict:
    """Decide whether an explanation is complete and proven; everything that it lacks is told at once.

    The office's own fault needs no proof.
    """
    found = []
    if not explanation.reason.strip():
        found.append(_O.NO_REASON)
    if not explanation.corrective_action.strip():
        found.append(_O.NO_CORRECTIVE_ACTION)
    match explanation.cause:
        case LateCause.SYSTEM_OUTAGE:
            if not outages_of(facts):
                found.append(_O.NO_OUTAGE_IN_THIS_TIME)
        case LateCause.OTHER_AGENCY:
            if not late_inquiries(facts):
                found.append(_O.NO_LATE_AGENCY)
        case LateCause.APPLICANT | LateCause.FORCE_MAJEURE:
            if not explanation.evidence_ids:
                found.append(_O.NO_EVIDENCE)
    return Verdict(tuple(Objection(because, *_WORDS[because]) for because in found))


def outages_of(facts: LateFacts) -> tuple[Outage, ...]:
    """Give the outages that overlap the work on the dossier: from reception until it was finished, else until due.

    To touch is not to overlap, and an outage of no length is none. Only what a screenshot or a reference proves counts.
    """
    end = facts.due_at if facts.finished_at is None else facts.finished_at
    return tuple(
        outage
        for outage in facts.outages
        if outage.is_proven
        and outage.began_at < end
        and (outage.ended_at is None or outage.ended_at > max(outage.began_at, facts.received_at))
    )


def late_inquiries(facts: LateFacts) -> tuple[AgencyInquiry, ...]:
    """Give the requests that were made between reception and due date and were answered late or not at all.

    One that is not answered explains nothing before its own time is over at the dossier's end, or at the due date.
    """
    end = facts.due_at if facts.finished_at is None else facts.finished_at
    return tuple(
        inquiry
        for inquiry in facts.inquiries
        if facts.received_at <= inquiry.asked_at <= facts.due_at and (inquiry.answered_at or end) > inquiry.answer_by
    )
