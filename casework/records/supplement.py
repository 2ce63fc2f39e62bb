# SPDX-License-Identifier: GPL-3.0-or-later
"""A request to complete a dossier (Mẫu 02) that was made after its reception, and its completion."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass


class SupplementMode(enum.StrEnum):
    """What becomes of the time limit while the office waits for papers; a parameter of the rules in force.

    ``RESTART``: it is counted again from the start when the dossier is complete (NĐ 61/2018/NĐ-CP Đ19.4, repealed; the
    wording of NĐ 118/2025 is not verified). ``PAUSE``: the clock stands still on the days between the request and the
    completion. ``RESUME_REMAINING``: what was left of the limit at the request runs from the completion.
    """

    RESTART = "restart"
    PAUSE = "pause"
    RESUME_REMAINING = "resume-remaining"


@dataclass(frozen=True, slots=True)
class Supplement:
    """One request and its completion.

    Attributes:
        requested_at: Aware moment at which Mẫu 02 was issued.
        completed_at: Aware moment, not before the request, at which the dossier was complete; None while it is not.
    """

    requested_at: dt.datetime
    completed_at: dt.datetime | None = None
