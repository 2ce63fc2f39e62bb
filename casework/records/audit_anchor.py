# SPDX-License-Identifier: GPL-3.0-or-later
"""An anchor of the audit trail: its last entry at one moment of a day, signed, so that somebody else knows of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class AuditAnchor:
    """One anchor.

    Attributes:
        device_id: The workstation whose trail it is.
        entry_number: Number of the last entry.
        entry_hash: Its hash, 32 bytes, which covers all entries before.
        day: In Viet Nam, on the workstation's clock.
        made_at: Aware date and time on the workstation's clock.
        signature: Of the device key, 64 bytes.
    """

    device_id: str
    entry_number: int
    entry_hash: bytes
    day: dt.date
    made_at: dt.datetime
    signature: bytes = field(repr=False)
