# SPDX-License-Identifier: GPL-3.0-or-later
"""A demand in free words, outside the catalogue, on the supervisor's list."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass


class FreeDemandState(enum.StrEnum):
    """What the supervisor made of it."""

    OPEN = "open"
    APPROVED = "approved"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class FreeDemand:
    """A paper that a clerk wants to demand although the catalogue does not list it.

    Attributes:
        demand_id: UUIDv7.
        dossier_id: The dossier (or its draft).
        procedure_code: E.g. ``1.001193``.
        catalogue_version: The version that does not list it.
        words: What is demanded; may hold personal data, so it never goes into a log.
        legal_basis: The law that the clerk named.
        demanded_by: ``clerk_id``.
        demanded_at: Aware moment.
        state: Open until a supervisor decides.
        decided_by: ``clerk_id`` of the supervisor; empty while open.
        decided_at: Aware moment, or None while open.
        reason: Why it was rejected; may be empty when it was approved.
    """

    demand_id: str
    dossier_id: str
    procedure_code: str
    catalogue_version: str
    words: str
    legal_basis: str
    demanded_by: str
    demanded_at: dt.datetime
    state: FreeDemandState = FreeDemandState.OPEN
    decided_by: str = ""
    decided_at: dt.datetime | None = None
    reason: str = ""
