# SPDX-License-Identifier: GPL-3.0-or-later
"""One step in the life of a dossier: from which state to which, when, by whom."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from casework.records.dossier import DossierState


@dataclass(frozen=True, slots=True)
class StateChange:
    """One step.

    Attributes:
        change_id: UUIDv7.
        dossier_id: Its dossier.
        at: Aware date and time.
        before: The state it starts from; None for the first step of a life.
        after: The state it leads to.
        actor_id: ``clerk_id``, or ``portal`` or ``gateway``.
        evidence_ids: Letters, results, requests and proofs it rests on.
        note: Free words; may hold personal data, so it never goes into a log.
    """

    change_id: str
    dossier_id: str
    at: dt.datetime
    before: DossierState | None
    after: DossierState
    actor_id: str
    evidence_ids: tuple[str, ...] = ()
    note: str = ""
