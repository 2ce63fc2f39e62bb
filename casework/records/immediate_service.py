# SPDX-License-Identifier: GPL-3.0-or-later
"""A dossier that is settled while the citizen waits, e.g. on a day without appointments."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ImmediateService:
    """One such dossier with its stamps.

    Attributes:
        service_id: UUIDv7.
        dossier_id: Its dossier: what is settled at once is recorded all the same.
        started_at: Aware moment at which the clerk took it.
        has_priority: Whether the person is served before others.
        signer_id: ``clerk_id`` of who signs on the spot, or empty while nobody is asked.
        finished_at: Aware moment at which the result was there, or None while it is not.
        wants_receipt: Whether the citizen asked for Mẫu 01.
        event: Name of the day or session, e.g. "Ngày thứ Sáu không hẹn", or empty.
    """

    service_id: str
    dossier_id: str
    started_at: dt.datetime
    has_priority: bool = False
    signer_id: str = ""
    finished_at: dt.datetime | None = None
    wants_receipt: bool = False
    event: str = ""
