# SPDX-License-Identifier: GPL-3.0-or-later
"""Late dossiers: each needs a clear reason, proof of it and a corrective action; lists help to clear them.

A dossier is late when its result is there after the promised moment. Nothing is refused because of it: whoever can not
prove an outage or another agency's silence names the office itself as the reason and says what it does about it.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from casework.records.dossier import Dossier, DossierState
from casework.records.late_explanation import LateCause, LateExplanation
from casework.records.result import Result
from casework.verdict import Objection, Verdict
from casework.work_calendar import VIET_NAM

_S = DossierState

_OFFICE_HAS_TO_ACT: Final = frozenset({_S.RECEIVED, _S.PROCESSING, _S.WITHDRAWAL_REQUESTED})
_IS_UPDATED: Final = frozenset({_S.FINISHED, _S.RETURNED})


class ExplanationObjection(enum.StrEnum):
    """What an explanation lacks."""

    NO_REASON = "no-reason"
    NO_CORRECTIVE_ACTION = "no-corrective-action"
    NO_OUTAGE_IN_THIS_TIME = "no-outage-in-this-time"
    NO_LATE_AGENCY = "no-late-agency"
    NO_EVIDENCE = "no-evidence"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time, e.g. an outage from the outage log.

    Attributes:
        start: Aware moment.
        end: Aware moment, or None while it lasts.
    """

    start: dt.datetime
    end: dt.datetime | None = None


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
    outages: tuple[Span, ...] = ()
    inquiries: tuple[AgencyInquiry, ...] = ()


@dataclass(frozen=True, slots=True)
class CampaignItem:
    """A dossier that is to be cleared by a day.

    Attributes:
        dossier: The dossier.
        is_overdue: Whether it is late already; otherwise it falls due within the campaign.
        is_explained: Whether a reason and a corrective action are on file.
    """

    dossier: Dossier
    is_overdue: bool
    is_explained: bool


class Reminder(enum.StrEnum):
    """What the system has not been told."""

    FINISHED = "finished"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class NotUpdated:
    """A dossier that is settled while its state says otherwise.

    Attributes:
        dossier: The dossier.
        reminder: What has to be entered: that the result is there, or that it was returned.
        since: Aware moment since when it is so; None when the result bears no date.
    """

    dossier: Dossier
    reminder: Reminder
    since: dt.datetime | None


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


def outages_of(facts: LateFacts) -> tuple[Span, ...]:
    """Give the outages that overlap the work on the dossier: from reception until it was finished, else until due.

    To touch is not to overlap, and an outage of no length is none.
    """
    end = facts.due_at if facts.finished_at is None else facts.finished_at
    return tuple(
        outage
        for outage in facts.outages
        if outage.start < end and (outage.end is None or outage.end > max(outage.start, facts.received_at))
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


def campaign(
    dossiers: Iterable[Dossier], explained: Collection[str], clear_by: dt.datetime, now: dt.datetime
) -> tuple[CampaignItem, ...]:
    """List what the office still has to do by a day, the longest due first.

    Args:
        dossiers: In any order. Those that wait for the citizen's papers or payment are not listed.
        explained: ``dossier_id`` of those whose lateness is explained.
        clear_by: Aware moment until which everything is to be cleared.
        now: The present moment.
    """
    open_ones = [dossier for dossier in dossiers if dossier.state in _OFFICE_HAS_TO_ACT and dossier.due_at <= clear_by]
    open_ones.sort(key=lambda dossier: (dossier.due_at, dossier.code))
    return tuple(CampaignItem(dossier, now > dossier.due_at, dossier.dossier_id in explained) for dossier in open_ones)


def not_updated(dossier: Dossier, result: Result | None, signed_at: dt.datetime | None = None) -> NotUpdated | None:
    """Tell whether a dossier is settled while the system does not know it.

    Args:
        dossier: As the system knows it.
        result: The result on file, or None.
        signed_at: Aware moment at which the result was signed, where that is known.

    Returns:
        The reminder, or None when the state says what is so.
    """
    if result is not None and result.returned_at is not None:
        if dossier.state is _S.RETURNED:
            return None
        return NotUpdated(dossier, Reminder.RETURNED, result.returned_at)
    if dossier.state in _IS_UPDATED or (result is None and signed_at is None):
        return None
    return NotUpdated(dossier, Reminder.FINISHED, _there_since(result, signed_at))


def reminders(
    known: Iterable[tuple[Dossier, Result | None, dt.datetime | None]],
) -> tuple[NotUpdated, ...]:
    """List what was settled without the system knowing, the longest so at the top, what bears no date last.

    Args:
        known: Dossiers, each with its result and the moment of its signature as :func:`not_updated` takes them.
    """
    found = (not_updated(dossier, result, signed_at) for dossier, result, signed_at in known)
    return tuple(sorted((reminder for reminder in found if reminder is not None), key=_longest_first))


def _longest_first(reminder: NotUpdated) -> tuple[bool, dt.datetime, str]:
    return reminder.since is None, reminder.since or reminder.dossier.received_at, reminder.dossier.code


def _there_since(result: Result | None, signed_at: dt.datetime | None) -> dt.datetime | None:
    if signed_at is not None or result is None or result.issued_on is None:
        return signed_at
    return dt.datetime.combine(result.issued_on, dt.time(), VIET_NAM)
