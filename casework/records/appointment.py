# SPDX-License-Identifier: GPL-3.0-or-later
"""An appointment (lịch hẹn) that a person made elsewhere."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Appointment:
    """One line of an appointment list.

    Attributes:
        reference: What the other system calls it; unique within a day's list.
        at: Aware moment.
        full_name: Who comes.
        phone: As given, or empty.
        procedure_code: What for; empty when the list does not say.
        ticket_id: The queue ticket she came with, or None while she has not come.
    """

    reference: str
    at: dt.datetime
    full_name: str
    phone: str = ""
    procedure_code: str = ""
    ticket_id: str | None = None
