# SPDX-License-Identifier: GPL-3.0-or-later
"""What a check of the audit trail found: which entries, and what was done to them."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass

MOST_FINDINGS = 1_000
"""A trail with more is told as broken and not looked at in detail any further."""


class FindingKind(enum.StrEnum):
    """What was done to entries."""

    CHANGED = "changed"
    REWRITTEN = "rewritten"
    REMOVED = "removed"
    REORDERED = "reordered"
    INSERTED = "inserted"
    CUT_OFF = "cut-off"


@dataclass(frozen=True, slots=True)
class Finding:
    """One stretch of entries that something was done to.

    Attributes:
        kind: ``CHANGED``: the content does not fit its own hash. ``REWRITTEN``: content and hash fit each other, but
            the entry after it, or an anchor, knew another; entries before it, back to the anchor before, may have been
            rewritten with it. ``REMOVED``: not there. ``REORDERED``: lies at another place than it was written at.
            ``INSERTED``: does not belong there. ``CUT_OFF``: the end is missing, as an anchor shows.
        first: Number of the first entry: as it was written for those that are gone or changed, as it lies now for those
            that were inserted or moved.
        last: Number of the last one.
        came_from: Where a reordered entry was written, else None.
    """

    kind: FindingKind
    first: int
    last: int
    came_from: int | None = None


@dataclass(frozen=True, slots=True)
class AuditReport:
    """What a check of the trail found.

    Attributes:
        entries: Number of entries in the trail.
        findings: What is wrong, by number; at most 1,000.
        left_behind: Entries that another life of this store had, before it was restored, copied or turned back: anchors
            know them, and its identity ended before them.
        anchors: Number of anchors that were compared.
    """

    entries: int
    findings: tuple[Finding, ...] = ()
    left_behind: tuple[Finding, ...] = ()
    anchors: int = 0

    @property
    def chain_ok(self) -> bool:
        """Whether every entry is the one that was written, as far as can be known."""
        return not self.findings


def merged(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Give findings by number, neighbours of one kind as one stretch."""
    result: list[Finding] = []
    for finding in sorted(set(findings), key=lambda each: (each.first, each.last, each.kind)):
        before = result[-1] if result else None
        if before and finding.kind == before.kind is not FindingKind.REORDERED and finding.first <= before.last + 1:
            result[-1] = Finding(before.kind, before.first, max(before.last, finding.last))
        else:
            result.append(finding)
    return tuple(result[:MOST_FINDINGS])
