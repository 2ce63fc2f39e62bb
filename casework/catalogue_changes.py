# SPDX-License-Identifier: GPL-3.0-or-later
"""What a new version of the catalogue changes, so that people read it before it counts."""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from casework.catalogue import Catalogue
from casework.records.procedure import Channel, Procedure, Requirement, Way


class ChangeKind(enum.StrEnum):
    """What happened to a procedure, or to one thing of it."""

    ADDED = "added"
    REMOVED = "removed"
    ENDED = "ended"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    Attributes:
        code: The procedure.
        name: Its name, the new one where it has one.
        kind: What happened. ``REMOVED`` is gone without a word, ``ENDED`` has got a last day.
        what: ``procedure``, a field of it, ``requirement``, or ``way`` with its channel.
        before: In words, or empty.
        after: In words, or empty.
    """

    code: str
    name: str
    kind: ChangeKind
    what: str
    before: str = ""
    after: str = ""


_COMPARED: Final = (
    "name",
    "field",
    "legal_basis",
    "offered_at_counter",
    "levels",
    "effective_from",
    "effective_to",
    "route",
    "conditions",
    "no_papers_because",
    "may_come_without_appointment",
    "is_boundary_free",
)


def changes_between(before: Catalogue, after: Catalogue) -> tuple[Change, ...]:
    """Give every difference of the two, by code; local decisions are left out.

    Requirements are compared by their words, because their numbers may move; ways by channel, in their order.
    """
    found: list[Change] = []
    for code in sorted({*before.codes, *after.codes}):
        old, new = before.versions_of(code), after.versions_of(code)
        if not old:
            found.append(Change(code, new[-1].name, ChangeKind.ADDED, "procedure"))
        elif not new:
            found.append(Change(code, old[-1].name, ChangeKind.REMOVED, "procedure"))
        else:
            found += _changes_of(old[-1], new[-1])
            found += [
                Change(code, version.name, ChangeKind.ADDED, "version", after=str(version.effective_from or ""))
                for version in new[:-1]
                if version.effective_from not in {known.effective_from for known in old}
            ]
    return tuple(found)


def _changes_of(old: Procedure, new: Procedure) -> Iterator[Change]:
    for name in _COMPARED:
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            has_ended = name == "effective_to" and before is None
            kind = ChangeKind.ENDED if has_ended else ChangeKind.CHANGED
            yield Change(new.code, new.name, kind, name, _words(before), _words(after))
    yield from _requirement_changes(old, new)
    for channel in Channel:
        before, after = _way_words(old.ways_through(channel)), _way_words(new.ways_through(channel))
        if before != after:
            kind = ChangeKind.ADDED if not before else ChangeKind.REMOVED if not after else ChangeKind.CHANGED
            yield Change(new.code, new.name, kind, f"way {channel.value}", before, after)
    before, after = (", ".join(result.code or result.name for result in side.results) for side in (old, new))
    if before != after:
        yield Change(new.code, new.name, ChangeKind.CHANGED, "results", before, after)


def _requirement_changes(old: Procedure, new: Procedure) -> Iterator[Change]:
    before = {requirement.name: requirement for requirement in old.requirements}
    after = {requirement.name: requirement for requirement in new.requirements}
    for name, requirement in before.items():
        if name not in after:
            yield Change(new.code, new.name, ChangeKind.REMOVED, "requirement", before=requirement.name)
        elif _facts(requirement) != _facts(after[name]):
            yield Change(
                new.code, new.name, ChangeKind.CHANGED, "requirement", _asked(requirement), _asked(after[name])
            )
    for name in after:
        if name not in before:
            yield Change(new.code, new.name, ChangeKind.ADDED, "requirement", after=name)


def _facts(requirement: Requirement) -> Requirement:
    return dataclasses.replace(requirement, requirement_id="")


def _asked(requirement: Requirement) -> str:
    parts = [
        requirement.short_name,
        requirement.duty.value,
        f"{requirement.originals}+{requirement.copies}",
        requirement.condition,
        requirement.alternatives,
        ",".join(requirement.channels),
    ]
    return " | ".join(part for part in parts if part)


def _way_words(ways: tuple[Way, ...]) -> str:
    return "; ".join(
        f"{way.time_limit.amount if way.time_limit.amount is not None else '?'} {way.time_limit.unit.value}, "
        f"{way.fee.amount if way.fee.amount is not None else '?'} đ" + (f"/{way.fee.per}" if way.fee.per else "")
        for way in ways
    )


def _words(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)
