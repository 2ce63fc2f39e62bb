# SPDX-License-Identifier: GPL-3.0-or-later
"""Which rules a workstation works by: versions of the catalogue, days off and make-up days, hours of the unit."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CatalogueVersion:
    """A version of the catalogue that was in force here, or that a dossier from elsewhere names.

    Attributes:
        version: Its name, e.g. ``2026-11-22``.
        content_hash: SHA-256 of the pack in hex, or empty when only its name is known here.
        procedure_count: Procedures in it; 0 when only its name is known here.
        installed_at: Aware moment of its first use here, or None when only its name is known here.
    """

    version: str
    content_hash: str = ""
    procedure_count: int = 0
    installed_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day that a decision makes free, or makes a working day in exchange.

    Attributes:
        day: The day.
        is_working: Whether the office works.
        name: What it is, e.g. "Nghỉ Tết Dương lịch".
        legal_basis: The decision, e.g. "Thông báo 12/TB-UBND ngày 02/12/2026".
    """

    day: dt.date
    is_working: bool
    name: str
    legal_basis: str


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """One stretch of opening hours of a weekday.

    Attributes:
        weekday: 1 is Monday, 7 is Sunday (ISO 8601).
        opens: Local time, whole minutes.
        closes: Local time, whole minutes, later than ``opens``.
    """

    weekday: int
    opens: dt.time
    closes: dt.time
