# SPDX-License-Identifier: GPL-3.0-or-later
"""The second look at a step that two persons answer for."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass


class TwoPersonRule(enum.StrEnum):
    """A step that a second person looks at."""

    SIGN_RESULT = "sign-result"
    REFUSE = "refuse"
    STOP = "stop"
    EXTEND = "extend"
    DEMAND_OUTSIDE_CATALOGUE = "demand-outside-catalogue"
    CLOSE_BOOK = "close-book"
    VOID_ENTRY = "void-entry"
    CONFIRM_TRANSFER = "confirm-transfer"


@dataclass(frozen=True, slots=True)
class Approval:
    """A second look.

    Attributes:
        rule: At what.
        record_id: The dossier, book or transfer.
        first_id: ``clerk_id`` who did it.
        second_id: ``clerk_id`` who looked at it; the same person in one-person mode.
        at: Aware moment of the second look.
        statement: What was confirmed; empty when a second person looked.
    """

    rule: TwoPersonRule
    record_id: str
    first_id: str
    second_id: str
    at: dt.datetime
    statement: str = ""

    @property
    def is_self_approval(self) -> bool:
        """Whether one person did both; reviewers look at these first."""
        return self.first_id == self.second_id
