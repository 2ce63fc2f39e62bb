# SPDX-License-Identifier: GPL-3.0-or-later
"""Why a dossier is late, and what the office does about it."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass


class LateCause(enum.StrEnum):
    """Whose or what fault it is that a dossier is late."""

    SYSTEM_OUTAGE = "system-outage"
    OTHER_AGENCY = "other-agency"
    APPLICANT = "applicant"
    STAFF = "staff"
    FORCE_MAJEURE = "force-majeure"


@dataclass(frozen=True, slots=True)
class LateExplanation:
    """An explanation.

    Attributes:
        explanation_id: UUIDv7.
        dossier_id: Its dossier.
        cause: Whose or what fault it is.
        reason: What happened, specific, as the citizen may read it.
        corrective_action: What the office does about it.
        explained_at: Aware date and time.
        explained_by: ``clerk_id``.
        evidence_ids: Records, papers and pictures that prove it.
    """

    explanation_id: str
    dossier_id: str
    cause: LateCause
    reason: str
    corrective_action: str
    explained_at: dt.datetime
    explained_by: str
    evidence_ids: tuple[str, ...] = ()
