# SPDX-License-Identifier: GPL-3.0-or-later
"""The dossier (hồ sơ): what was received, by whom, until when, and how far it has got."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass
from typing import Final

from casework.records.procedure import Channel


class DossierState(enum.IntEnum):
    """State of a dossier; the numbers are those of the national portal (mapi ``TrangThaiHoSo``)."""

    REGISTERED = 1
    RECEIVED = 2
    REFUSED = 3
    PROCESSING = 4
    SUPPLEMENT_REQUESTED = 5
    PAYMENT_REQUESTED = 6
    WITHDRAWAL_REQUESTED = 7
    STOPPED = 8
    FINISHED = 9
    RETURNED = 10


DECIDED: Final = frozenset({DossierState.REFUSED, DossierState.STOPPED, DossierState.FINISHED, DossierState.RETURNED})
"""States in which the office has nothing left to decide."""


class PortalState(enum.StrEnum):
    """What is known of the dossier's way to the national portal; ``KEPT_HERE`` is a former system's, which told it."""

    WAITING = "waiting"
    AT_GATEWAY = "at-gateway"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    KEPT_HERE = "kept-here"


@dataclass(frozen=True, slots=True)
class Dossier:
    """A received dossier.

    Attributes:
        dossier_id: UUIDv7: the identity.
        code: Mã hồ sơ from the workstation's own slot, e.g. ``H56.14-261122-0601``: an attribute.
        portal_code: Code given by the portal, kept beside ours; empty when none.
        procedure_code: E.g. ``1.001193``.
        procedure_name: As in the catalogue version in force at reception.
        catalogue_version: That version.
        state: Where the work stands.
        portal_state: Where the reconciliation stands.
        channel: How it came in.
        applicant_id: Person who owns the request (chủ hồ sơ).
        submitter_id: Person who hands it in (người nộp).
        received_at: Aware date and time.
        due_at: Aware date and time of the promised result.
        time_limit_text: As printed on the receipt, e.g. "1 ngày làm việc".
        fee_amount: Đồng, or None when not known.
        sets: Number of sets handed in (số bộ), at least 1.
        received_by: ``clerk_id`` of the receiving clerk.
        unit_code: Code of the receiving unit, e.g. ``H56.14``.
        version: Grows by one with every accepted change; the base that an operation names.
        retention_basis: The law that says how long it is kept; empty while nothing is decided.
        retain_until: Last day to be kept; None for ever, or while nothing is decided.
    """

    dossier_id: str
    code: str
    procedure_code: str
    procedure_name: str
    catalogue_version: str
    state: DossierState
    portal_state: PortalState
    channel: Channel
    applicant_id: str
    submitter_id: str
    received_at: dt.datetime
    due_at: dt.datetime
    time_limit_text: str
    fee_amount: int | None
    sets: int
    received_by: str
    unit_code: str
    version: int = 1
    portal_code: str = ""
    retention_basis: str = ""
    retain_until: dt.date | None = None


class HistoryAction(enum.StrEnum):
    """What happened to a dossier."""

    RECEIVED = "received"
    STATE_CHANGED = "state-changed"
    PORTAL_ANSWERED = "portal-answered"


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One line of a dossier's history.

    Attributes:
        entry_id: UUIDv7.
        dossier_id: Its dossier.
        at: Aware date and time.
        actor_id: ``clerk_id``, or ``portal`` or ``gateway``.
        action: What happened.
        note: Free words; may hold personal data, so it never goes into a log.
    """

    entry_id: str
    dossier_id: str
    at: dt.datetime
    actor_id: str
    action: HistoryAction
    note: str = ""
