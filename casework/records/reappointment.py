# SPDX-License-Identifier: GPL-3.0-or-later
"""The one new appointment that an office may give when a result will be late (Mẫu 04)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reappointment:
    """What the extension letter states.

    Attributes:
        former_due_at: Aware moment that had been promised.
        new_due_at: Aware moment that is promised instead.
        issued_at: Aware moment at which the letter was issued.
        reason: Why the result will be late; may hold personal data.
        corrective_action: What the office does about it.
    """

    former_due_at: dt.datetime
    new_due_at: dt.datetime
    issued_at: dt.datetime
    reason: str
    corrective_action: str
