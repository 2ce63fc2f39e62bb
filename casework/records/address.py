# SPDX-License-Identifier: GPL-3.0-or-later
"""A place of residence: as it stands on the paper, and in the units of today."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class AddressDecision(enum.StrEnum):
    """How it was decided which commune an address lies in today."""

    ALREADY_CURRENT = "already-current"
    CONVERTED = "converted"
    CHOSEN_BY_CLERK = "chosen-by-clerk"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Address:
    """An address with both texts; the written one is never changed.

    Attributes:
        written: As on the paper or card, NFC.
        hamlet: Hamlet or street group (thôn, ấp, tổ) as the citizen told it when asked; empty when nobody asked.
        commune_code: 5-digit code of the commune of today, or None while undecided.
        current: The address with the units of today; empty while undecided.
        decision: How the commune was decided.
    """

    written: str
    hamlet: str = ""
    commune_code: str | None = None
    current: str = ""
    decision: AddressDecision = AddressDecision.UNDECIDED
