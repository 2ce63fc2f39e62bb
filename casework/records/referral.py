# SPDX-License-Identifier: GPL-3.0-or-later
"""A slip with which a counter sends a citizen to free help: legal advice, volunteers, another office."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass


class ReferralPlace(enum.StrEnum):
    """Where a citizen is sent."""

    LEGAL_ADVICE = "legal-advice"
    VOLUNTEERS = "volunteers"
    OTHER_OFFICE = "other-office"


@dataclass(frozen=True, slots=True)
class Referral:
    """One slip.

    Attributes:
        referral_id: UUIDv7.
        place: Where to.
        place_name: Room, address or office, as the citizen will find it.
        matter: What she asks, in a sentence, without names and numbers of persons.
        dossier_code: The dossier it is about; empty when there is none yet.
        given_at: Aware.
        given_by: ``clerk_id``.
        outcome: What came of it, noted later; may be empty.
    """

    referral_id: str
    place: ReferralPlace
    place_name: str
    matter: str
    dossier_code: str
    given_at: dt.datetime
    given_by: str
    outcome: str = ""
