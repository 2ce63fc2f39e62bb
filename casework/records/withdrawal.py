# SPDX-License-Identifier: GPL-3.0-or-later
"""A citizen's request to withdraw a dossier, and what became of it."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass

from casework.records.procedure import Channel


class WithdrawalOutcome(enum.StrEnum):
    """What became of a request."""

    GRANTED = "granted"
    NOT_GRANTED = "not-granted"
    TAKEN_BACK = "taken-back"


class FeeOutcome(enum.StrEnum):
    """What becomes of the fee: none was paid, it is paid back, or a provision lets the office keep it."""

    NONE_PAID = "none-paid"
    PAID_BACK = "paid-back"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class HandedBackOriginal:
    """An original that the office holds and hands back.

    Attributes:
        title: What it is, e.g. "Giấy chứng sinh".
        count: How many, at least 1.
        handed_back_at: Aware moment, or None while the office holds it.
    """

    title: str
    count: int
    handed_back_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class WithdrawalRequest:
    """A request to withdraw.

    Attributes:
        request_id: UUIDv7.
        dossier_id: Its dossier.
        requested_at: Aware moment at which it was recorded.
        requested_by: ``person_id`` of who asks.
        channel: How it came in.
        recorded_by: ``clerk_id``, or ``portal``.
        reason: In the citizen's words; may be empty, for nobody has to justify it.
        authorisation_id: The paper or object that authorises somebody else than the applicant, or empty.
        outcome: What became of it, or None while it is considered.
        decided_at: Aware moment, or None.
        decided_by: ``clerk_id`` of who decided, or empty.
        decision_reason: Why, or empty.
        consent_id: The agency's consent document, or empty.
        letter_id: The stop notice, or empty.
        originals: Originals that the office holds.
        fee_outcome: What becomes of the fee, or None while undecided.
        fee_basis: The provision that lets the office keep it, or empty.
    """

    request_id: str
    dossier_id: str
    requested_at: dt.datetime
    requested_by: str
    channel: Channel
    recorded_by: str
    reason: str = ""
    authorisation_id: str = ""
    outcome: WithdrawalOutcome | None = None
    decided_at: dt.datetime | None = None
    decided_by: str = ""
    decision_reason: str = ""
    consent_id: str = ""
    letter_id: str = ""
    originals: tuple[HandedBackOriginal, ...] = ()
    fee_outcome: FeeOutcome | None = None
    fee_basis: str = ""
