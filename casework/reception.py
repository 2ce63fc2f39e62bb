# SPDX-License-Identifier: GPL-3.0-or-later
"""The guard at the counter: what may be demanded of the citizen, and what is still open.

Staff may not demand papers beyond the law (NĐ 61/2018/NĐ-CP Điều 5), so a demand is judged against the catalogue before
it can be printed on a supplement request.
"""

from __future__ import annotations

import datetime as dt
import enum
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from casework.records.paper import Paper
from casework.records.procedure import Channel, Duty, Procedure, Requirement
from casework.text import fold


class RefusedBecause(enum.StrEnum):
    """Why a demand is refused."""

    ADDRESS_CONFIRMATION = "address-confirmation"
    VNEID_IN_PERSON = "vneid-in-person"
    HOUSEHOLD_BOOK = "household-book"
    NOT_IN_FORCE = "not-in-force"
    OTHER_CHANNEL = "other-channel"
    NOT_IN_CATALOGUE = "not-in-catalogue"


_FORBIDDEN_TO_STAFF: Final = "Nghị định 61/2018/NĐ-CP Điều 5 (nay thay bằng Nghị định 118/2025/NĐ-CP)"

LEGAL_REASONS: Final[Mapping[RefusedBecause, str]] = {
    RefusedBecause.ADDRESS_CONFIRMATION: (
        f"{_FORBIDDEN_TO_STAFF}: không yêu cầu giấy xác nhận tên đơn vị hành chính cũ và mới; máy tự đối chiếu"
    ),
    RefusedBecause.VNEID_IN_PERSON: f"{_FORBIDDEN_TO_STAFF}: không bắt buộc VNeID khi người dân nộp trực tiếp",
    RefusedBecause.HOUSEHOLD_BOOK: (
        "Luật Cư trú 68/2020/QH14 Điều 38 khoản 3; Nghị định 104/2022/NĐ-CP Điều 14: sổ hộ khẩu, sổ tạm trú không còn "
        "giá trị, thông tin cư trú do cơ quan tự khai thác"
    ),
    RefusedBecause.NOT_IN_FORCE: f"{_FORBIDDEN_TO_STAFF}: thủ tục ở phiên bản này không còn (hoặc chưa) có hiệu lực",
    RefusedBecause.OTHER_CHANNEL: f"{_FORBIDDEN_TO_STAFF}: giấy tờ này chỉ dành cho hình thức nộp khác",
    RefusedBecause.NOT_IN_CATALOGUE: f"{_FORBIDDEN_TO_STAFF}: không yêu cầu thêm giấy tờ ngoài quy định",
}
"""The law behind each refusal, in the words shown to the clerk."""

_FORBIDDEN: Final = (
    (
        RefusedBecause.ADDRESS_CONFIRMATION,
        re.compile(
            r"(?:xac nhan|giay|chung minh|thong bao|van ban)"
            r".*(?:dia chi|don vi hanh chinh|dia danh|dia gioi|ten xa|ten phuong)"
            r".*(?:\bcu\b|\bmoi\b|sap nhap|sat nhap|thay doi|truoc day)"
        ),
    ),
    (
        RefusedBecause.VNEID_IN_PERSON,
        re.compile(r"\bvneid\b|tai khoan dinh danh|dinh danh (?:dien tu )?muc|ung dung dinh danh"),
    ),
    (
        RefusedBecause.HOUSEHOLD_BOOK,
        re.compile(r"\bso (?:ho khau|tam tru|khkd)\b|\bho khau (?:giay|goc)\b|\bshk\b"),
    ),
)


@dataclass(frozen=True, slots=True)
class DemandAllowed:
    """The demand may be made.

    Attributes:
        requirement: The requirement it rests on, or None for a demand in free words.
        text: What is demanded, as it goes onto the form.
        legal_basis: The decision that published the procedure, or what the clerk named for a free demand.
        needs_supervisor: True for a free demand: it goes to the supervisor's list.
    """

    requirement: Requirement | None
    text: str
    legal_basis: str
    needs_supervisor: bool


@dataclass(frozen=True, slots=True)
class DemandRefused:
    """The demand may not be made.

    Attributes:
        because: Why.
        legal_reason: The law behind it, in Vietnamese.
    """

    because: RefusedBecause
    legal_reason: str


class ItemState(enum.StrEnum):
    """How a requirement stands.

    ``MISSING`` is always required and not there. ``ONE_OF`` belongs to alternatives of which none is there.
    ``COVERED`` belongs to alternatives of which another is there. ``CONDITIONAL`` is required only in the case that its
    condition names. ``TO_PRESENT`` is shown and given back, so no copy is needed.
    """

    SATISFIED = "satisfied"
    MISSING = "missing"
    ONE_OF = "one-of"
    COVERED = "covered"
    CONDITIONAL = "conditional"
    TO_PRESENT = "to-present"


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One requirement and how it stands.

    Attributes:
        requirement: The requirement.
        state: How it stands.
        paper: The paper that satisfies it, or None.
    """

    requirement: Requirement
    state: ItemState
    paper: Paper | None = None


def judge_demand(
    procedure: Procedure, channel: Channel, demand: str, on: dt.date, legal_basis: str = ""
) -> DemandAllowed | DemandRefused:
    """Decide whether a paper may be demanded.

    Args:
        procedure: The version of the procedure that the dossier was received under.
        channel: How the file came in.
        demand: A ``requirement_id``, or the name of a paper in free words.
        on: The day.
        legal_basis: Where a free demand is not in the catalogue: the law that asks for it.

    Returns:
        The permission, or the refusal with its legal reason. What is forbidden by name stays refused even with a legal
        basis, and the household book even where an old catalogue still lists it.
    """
    requirement = _named(procedure, demand)
    forbidden = next(
        (
            reason
            for reason, pattern in _FORBIDDEN
            if (requirement is None or reason is RefusedBecause.HOUSEHOLD_BOOK)
            and (channel is Channel.COUNTER or reason is not RefusedBecause.VNEID_IN_PERSON)
            and pattern.search(fold(requirement.short_name if requirement else demand))
        ),
        None,
    )
    if forbidden:
        return _refusal(forbidden)
    if not is_in_force(procedure, on):
        return _refusal(RefusedBecause.NOT_IN_FORCE)
    if requirement is not None:
        if not requirement.is_asked_through(channel):
            return _refusal(RefusedBecause.OTHER_CHANNEL)
        return DemandAllowed(requirement, requirement.name, procedure.legal_basis, needs_supervisor=False)
    if not legal_basis.strip():
        return _refusal(RefusedBecause.NOT_IN_CATALOGUE)
    return DemandAllowed(None, demand, legal_basis.strip(), needs_supervisor=True)


def is_in_force(procedure: Procedure, on: dt.date) -> bool:
    """Whether the procedure's version is in force on a day; an unknown bound does not exclude."""
    started = procedure.effective_from is None or procedure.effective_from <= on
    return started and (procedure.effective_to is None or on <= procedure.effective_to)


def match_papers(procedure: Procedure, channel: Channel, papers: Iterable[Paper]) -> dict[str, str]:
    """Match papers to requirements; each satisfies at most one, and as many as possible are satisfied.

    A requirement that the clerk chose stays. The others are matched by class: surer papers first, and for a paper first
    what everybody must submit, then what is presented, then what depends on a case. The order of ``papers`` is of no
    consequence.

    Returns:
        ``requirement_id`` by ``paper_id``.
    """
    requirements = [item for item in procedure.requirements if item.is_asked_through(channel)]
    known = {requirement.requirement_id for requirement in requirements}
    in_order = sorted(papers, key=lambda paper: (-paper.confidence, paper.position, paper.paper_id))
    chosen: dict[str, str] = {}
    for paper in in_order:
        if paper.requirement_id in known and paper.requirement_id not in chosen:
            chosen[paper.requirement_id] = paper.paper_id
    wishes = {
        paper.paper_id: [
            requirement.requirement_id
            for requirement in sorted(requirements, key=_urgency)
            if paper.paper_class in requirement.paper_classes and requirement.requirement_id not in chosen
        ]
        for paper in in_order
        if paper.paper_id not in chosen.values()
    }
    for paper_id in wishes:
        _place(paper_id, wishes, chosen, set())
    return {paper_id: requirement_id for requirement_id, paper_id in chosen.items()}


def checklist(procedure: Procedure, channel: Channel, papers: Iterable[Paper]) -> tuple[ChecklistItem, ...]:
    """Say for each requirement of the channel how it stands, in catalogue order."""
    papers = tuple(papers)
    by_id = {paper.paper_id: paper for paper in papers}
    placed = {
        requirement_id: by_id[paper_id] for paper_id, requirement_id in match_papers(procedure, channel, papers).items()
    }
    requirements = [item for item in procedure.requirements if item.is_asked_through(channel)]
    covered = {item.alternatives for item in requirements if item.alternatives and item.requirement_id in placed}
    required = {item.alternatives for item in requirements if item.alternatives and not item.condition}
    return tuple(
        ChecklistItem(item, _state(item, placed, covered, required), placed.get(item.requirement_id))
        for item in requirements
    )


def missing(items: Sequence[ChecklistItem]) -> tuple[ChecklistItem, ...]:
    """Give what must still be handed in: the missing papers and the alternatives of which none is there."""
    return tuple(item for item in items if item.state in {ItemState.MISSING, ItemState.ONE_OF})


def _state(item: Requirement, placed: Mapping[str, Paper], covered: set[str], required: set[str]) -> ItemState:
    if item.requirement_id in placed:
        return ItemState.SATISFIED
    if item.alternatives in covered:
        return ItemState.COVERED
    if item.alternatives in required:
        return ItemState.ONE_OF
    if item.condition:
        return ItemState.CONDITIONAL
    return ItemState.TO_PRESENT if item.duty is Duty.PRESENT else ItemState.MISSING


def _named(procedure: Procedure, demand: str) -> Requirement | None:
    folded = fold(demand).rstrip(".;")
    for item in procedure.requirements:
        names = {item.requirement_id, fold(item.name).rstrip(".;"), fold(item.short_name)}
        if demand in names or folded in names:
            return item
    return None


def _refusal(because: RefusedBecause) -> DemandRefused:
    return DemandRefused(because, LEGAL_REASONS[because])


def _urgency(requirement: Requirement) -> tuple[bool, bool, int, str]:
    return (
        bool(requirement.condition),
        requirement.duty is Duty.PRESENT,
        len(requirement.paper_classes),
        requirement.requirement_id,
    )


def _place(paper_id: str, wishes: Mapping[str, Sequence[str]], chosen: dict[str, str], tried: set[str]) -> bool:
    """Find a requirement for a paper, moving earlier papers to their next wish where that makes room."""
    for requirement_id in wishes.get(paper_id, ()):
        if requirement_id in tried:
            continue
        tried.add(requirement_id)
        if requirement_id not in chosen or _place(chosen[requirement_id], wishes, chosen, tried):
            chosen[requirement_id] = paper_id
            return True
    return False
