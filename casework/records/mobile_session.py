# SPDX-License-Identifier: GPL-3.0-or-later
"""A session of a mobile team (tổ lưu động): one laptop, one place, one day, no network."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass


class SessionOutcome(enum.StrEnum):
    """What became of a dossier of the session while it lasted."""

    ON_THE_SPOT = "on-the-spot"
    APPOINTED = "appointed"
    SUPPLEMENT_ASKED = "supplement-asked"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class MobileSession:
    """A session.

    Attributes:
        session_id: UUIDv7.
        place: Where, e.g. "Nhà văn hóa khu phố Phù Lưu".
        day: The day in Viet Nam.
        device_id: The laptop.
        unit_code: Code of the receiving unit.
        slot: The laptop's slot: its block of the day's numbers.
        catalogue_version: The version that was loaded before the team left.
        team: ``clerk_id`` of everybody who came along.
        started_at: Aware moment.
        ended_at: Aware moment, or None while it lasts.
    """

    session_id: str
    place: str
    day: dt.date
    device_id: str
    unit_code: str
    slot: int
    catalogue_version: str
    team: frozenset[str]
    started_at: dt.datetime
    ended_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class SessionEntry:
    """One dossier of a session.

    Attributes:
        session_id: Its session.
        dossier_id: Which dossier.
        code: Its code, from the laptop's block.
        received_at: Aware moment.
        outcome: What became of it.
    """

    session_id: str
    dossier_id: str
    code: str
    received_at: dt.datetime
    outcome: SessionOutcome
