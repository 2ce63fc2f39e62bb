# SPDX-License-Identifier: GPL-3.0-or-later
"""Waiting for something from outside: a one-time password, a payment, another agency's answer."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass


class WaitReason(enum.StrEnum):
    """What is waited for."""

    ONE_TIME_PASSWORD = "one-time-password"  # noqa: S105 - names a reason
    PAYMENT = "payment"
    AGENCY_REPLY = "agency-reply"
    SYSTEM_DOWN = "system-down"


class WaitEnd(enum.StrEnum):
    """How a wait ended."""

    ARRIVED = "arrived"
    OTHER_WAY = "other-way"
    GIVEN_UP = "given-up"


@dataclass(frozen=True, slots=True)
class Wait:
    """One wait of one dossier or draft, which holds everything that was entered.

    Attributes:
        wait_id: UUIDv7.
        dossier_id: The dossier or its draft.
        reason: What is waited for.
        started_at: Aware moment.
        asked_again_at: Aware moment of the last repeated request (a new password was sent), or None.
        ended_at: Aware moment, or None while it lasts.
        end: How it ended, or None while it lasts.
        note: Free words, e.g. the fault that the other system showed.
    """

    wait_id: str
    dossier_id: str
    reason: WaitReason
    started_at: dt.datetime
    asked_again_at: dt.datetime | None = None
    ended_at: dt.datetime | None = None
    end: WaitEnd | None = None
    note: str = ""
