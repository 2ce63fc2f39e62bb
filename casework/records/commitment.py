# SPDX-License-Identifier: GPL-3.0-or-later
"""A member of staff's signed promise to have nothing to do with brokers of paperwork (cam kết không "cò" giấy tờ)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CommitmentText:
    """One version of what is signed.

    Attributes:
        version: E.g. ``2025-12``.
        text: In Vietnamese; paragraphs are separated by line breaks.
        effective_from: The first day on which this version is the one to sign.
        effective_to: The last such day; None while it is.
    """

    version: str
    text: str
    effective_from: dt.date
    effective_to: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Commitment:
    """A signed promise.

    Attributes:
        commitment_id: UUIDv7.
        clerk_id: Who signed.
        version: Of the text.
        signed_on: The day of signing, in Viet Nam.
        valid_until: The last day on which it counts; None for as long as the person works here.
    """

    commitment_id: str
    clerk_id: str
    version: str
    signed_on: dt.date
    valid_until: dt.date | None = None
