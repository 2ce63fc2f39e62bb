# SPDX-License-Identifier: GPL-3.0-or-later
"""A time in which a system that the office depends on did not work: evidence of why a dossier was late."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outage:
    """One line of the outage log.

    Attributes:
        outage_id: UUIDv7.
        system: What did not work, e.g. "Cổng Dịch vụ công quốc gia".
        began_at: Aware.
        ended_at: Aware, not before ``began_at``; None while it lasts.
        screenshot_id: Object id of a screenshot, or empty.
        reference: Number of a report, a message or a ticket that tells of it, or empty.
        noted_by: ``clerk_id``.
    """

    outage_id: str
    system: str
    began_at: dt.datetime
    ended_at: dt.datetime | None = None
    screenshot_id: str = ""
    reference: str = ""
    noted_by: str = ""

    @property
    def is_proven(self) -> bool:
        """Whether a screenshot or a reference tells of it."""
        return bool(self.screenshot_id or self.reference)
