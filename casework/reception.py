# SPDX-License-Identifier: GPL-3.0-or-later
"""What is still open at the counter: papers are matched to requirements, and each requirement says how it stands.

What may be demanded is judged in ``casework.guard.demands``, what the office looks up itself in
``casework.guard.look_ups``.
"""

from __future__ import annotations

import enum
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from casework.guard.look_ups import BETWEEN_CONDITIONS, LookUps, LookUpState, case_of, look_up_state
from casework.records.paper import Paper
from casework.records.procedure import Channel, Duty, Procedure, Requirement
from casework.text import fold

_STANDS_IN: Final = re.compile(r"\bkhong co\b")


class ItemState(enum.StrEnum):
    """How a requirement stands.

    ``MISSING`` is always required and not there. ``ONE_OF`` belongs to alternatives of which none is there.
    ``COVERED`` belongs to alternatives of which another is there. ``CONDITIONAL`` is required only in the case that its
    condition names. ``TO_PRESENT`` is shown and given back, so no copy is needed. ``TO_LOOK_UP`` is looked up by the
    office, which has not finished; it keeps no dossier from being received. ``LOOKED_UP`` was found by the office.
    """

    SATISFIED = "satisfied"
    MISSING = "missing"
    ONE_OF = "one-of"
    COVERED = "covered"
    CONDITIONAL = "conditional"
    TO_PRESENT = "to-present"
    TO_LOOK_UP = "to-look-up"
    LOOKED_UP = "looked-up"


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


def match_papers(
    procedure: Procedure, channel: Channel, papers: Iterable[Paper], *, is_delegated: bool | None = None
) -> dict[str, str]:
    """Match papers to requirements; each satisfies at most one, and as many as possible are satisfied.

    A requirement that the clerk chose stays. The others are matched by class: surer papers first, and for a paper first
    what everybody must submit, then what is presented, then what depends on a case. The order of ``papers`` is of no
    consequence.

    Args:
        procedure: The version that the dossier is received under.
        channel: How the file comes in.
        papers: Scanned, reused, issued earlier or seen, whichever way they name their requirement.
        is_delegated: Whether somebody else hands in; None while nobody has said.

    Returns:
        ``requirement_id`` by ``paper_id``.
    """
    requirements = _asked_for(procedure, channel, is_delegated)
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


def checklist(
    procedure: Procedure,
    channel: Channel,
    papers: Iterable[Paper],
    *,
    cases: frozenset[str] = frozenset(),
    is_delegated: bool | None = None,
    look_ups: LookUps | None = None,
) -> tuple[ChecklistItem, ...]:
    """Say for each requirement of the channel how it stands, in catalogue order.

    Args:
        procedure: The version that the dossier is received under.
        channel: How the file comes in.
        papers: Scanned, reused, issued earlier or seen.
        cases: Conditions of the catalogue that apply here, in its words; their papers are required like any other.
        is_delegated: Whether somebody else hands in: the papers of a delegate are left out when not, and required when
            so (those of one kind of delegate only when their condition is among ``cases``). None while nobody has said.
        look_ups: What the office has looked up; None where nobody looks up, and the requirement stands as any other.
    """
    papers = tuple(papers)
    by_id = {paper.paper_id: paper for paper in papers}
    matched = match_papers(procedure, channel, papers, is_delegated=is_delegated)
    placed = {requirement_id: by_id[paper_id] for paper_id, requirement_id in matched.items()}
    requirements = _asked_for(procedure, channel, is_delegated)
    applying = {item.requirement_id for item in requirements if _applies(item, cases, is_delegated, look_ups)}
    looked_up = {
        item.requirement_id: look_up_state(item, procedure, look_ups)
        for item in requirements
        if look_ups is not None and item.looked_up_in and item.requirement_id in applying
    }
    found = {requirement_id for requirement_id, state in looked_up.items() if state is LookUpState.FOUND}
    groups = [(item.alternatives, item.requirement_id) for item in requirements if item.alternatives]
    standing = _Standing(
        placed,
        applying,
        looked_up,
        covered={group for group, requirement_id in groups if requirement_id in placed or requirement_id in found},
        chosen_from=_chosen_from(requirements, applying),
    )
    return tuple(ChecklistItem(item, _state(item, standing), placed.get(item.requirement_id)) for item in requirements)


def missing(items: Sequence[ChecklistItem]) -> tuple[ChecklistItem, ...]:
    """Give what must still be handed in: the missing papers and the alternatives of which none is there."""
    return tuple(item for item in items if item.state in {ItemState.MISSING, ItemState.ONE_OF})


def to_look_up(items: Sequence[ChecklistItem]) -> tuple[ChecklistItem, ...]:
    """Give what the office must still look up itself."""
    return tuple(item for item in items if item.state is ItemState.TO_LOOK_UP)


@dataclass(frozen=True, slots=True)
class _Standing:
    """What decides on the states: papers, requirements that apply, look-ups, alternatives covered and chosen from."""

    placed: Mapping[str, Paper]
    applying: set[str]
    looked_up: Mapping[str, LookUpState]
    covered: set[str]
    chosen_from: set[str]


def _state(item: Requirement, standing: _Standing) -> ItemState:
    if item.requirement_id in standing.placed:
        return ItemState.SATISFIED
    looked_up = standing.looked_up.get(item.requirement_id)
    if looked_up is LookUpState.FOUND:
        return ItemState.LOOKED_UP
    if item.alternatives in standing.covered:
        return ItemState.COVERED
    if looked_up in {LookUpState.TO_LOOK_UP, LookUpState.LATER}:
        return ItemState.TO_LOOK_UP
    if item.requirement_id in standing.chosen_from:
        return ItemState.ONE_OF
    if item.requirement_id not in standing.applying:
        return ItemState.CONDITIONAL
    return ItemState.TO_PRESENT if item.duty is Duty.PRESENT else ItemState.MISSING


def _chosen_from(requirements: Sequence[Requirement], applying: set[str]) -> set[str]:
    """Give the alternatives between which there is a choice here.

    Those that apply, and with them those that stand in for a paper that is not there ("trường hợp không có văn bản nêu
    trên"); one of a case of its own (an abandoned child) is none before its case applies.
    """
    chosen = [
        item
        for item in requirements
        if item.alternatives and (item.requirement_id in applying or _STANDS_IN.search(fold(item.condition)))
    ]
    counts = Counter(item.alternatives for item in chosen)
    required = {item.alternatives for item in chosen if item.requirement_id in applying}
    return {item.requirement_id for item in chosen if item.alternatives in required and counts[item.alternatives] > 1}


def _asked_for(procedure: Procedure, channel: Channel, is_delegated: bool | None) -> list[Requirement]:
    return [
        item
        for item in procedure.requirements
        if item.is_asked_through(channel) and not (item.is_for_delegation and is_delegated is False)
    ]


def _applies(item: Requirement, cases: frozenset[str], is_delegated: bool | None, look_ups: LookUps | None) -> bool:
    if item.condition in {"", *cases}:
        return True
    if item.is_for_delegation and is_delegated:
        return BETWEEN_CONDITIONS not in item.condition
    return look_ups is not None and case_of(item) in {"", *cases}


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
