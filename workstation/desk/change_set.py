# SPDX-License-Identifier: GPL-3.0-or-later
"""What a use case changed, so that each view refreshes only what it shows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """What one transaction changed.

    Attributes:
        dossiers: ``dossier_id`` of changed or new dossiers.
        drafts: ``dossier_id`` of drafts that were started, filled, given pages or closed.
        outbox: Whether something new waits to be sent, or something sent was answered.
    """

    dossiers: frozenset[str] = frozenset()
    drafts: frozenset[str] = frozenset()
    outbox: bool = False

    def __or__(self, other: ChangeSet) -> ChangeSet:
        return ChangeSet(self.dossiers | other.dossiers, self.drafts | other.drafts, self.outbox or other.outbox)

    def __bool__(self) -> bool:
        return bool(self.dossiers or self.drafts or self.outbox)
