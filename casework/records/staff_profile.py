# SPDX-License-Identifier: GPL-3.0-or-later
"""What the head of the centre knows of a member of staff before giving her a counter."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Discipline:
    """A disciplinary measure.

    Attributes:
        decided_on: Day of the decision.
        decision: Its number.
    """

    decided_on: dt.date
    decision: str


@dataclass(frozen=True, slots=True)
class StaffComplaint:
    """A complaint about a member of staff.

    Attributes:
        received_on: When it came.
        is_justified: What the examination found; None while it goes on.
    """

    received_on: dt.date
    is_justified: bool | None = None


@dataclass(frozen=True, slots=True)
class StaffProfile:
    """A member of staff.

    Attributes:
        clerk_id: Who.
        position: Post, as on the decision of appointment.
        fields: Fields (lĩnh vực) that she receives, as the catalogue names them.
        experience_since: First day of work in the field.
        checked_on: When the head of the centre last went through this profile; None while nobody has.
        checked_by: ``clerk_id`` of who did; empty while nobody has.
        disciplines: Every measure, whenever it was.
        complaints: Every complaint, whatever it came to.
        assigned_until: Last day of the assignment to the centre; None when it has no end.
    """

    clerk_id: str
    position: str
    fields: tuple[str, ...]
    experience_since: dt.date
    checked_on: dt.date | None = None
    checked_by: str = ""
    disciplines: tuple[Discipline, ...] = ()
    complaints: tuple[StaffComplaint, ...] = ()
    assigned_until: dt.date | None = None
