# SPDX-License-Identifier: GPL-3.0-or-later
"""A short guidance text that a clerk reads out or prints."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass
from typing import Final

GENERAL_GUIDANCE: Final = "hướng dẫn chung"
"""Stands where a law would be named: the text is advice of ours and no rule."""


class Audience(enum.StrEnum):
    """Whom a text speaks to."""

    CITIZEN = "citizen"
    CLERK = "clerk"


@dataclass(frozen=True, slots=True)
class GuidanceText:
    """One text.

    Attributes:
        guidance_id: Short stable name.
        title: In Vietnamese.
        text: In Vietnamese, at most 120 words.
        audience: Whom it speaks to.
        keywords: Other words that people ask with.
        procedure_codes: Procedures that it is about; empty for none in particular.
        legal_basis: The law, or ``GENERAL_GUIDANCE``.
        is_verified: Whether its facts were seen in a law or an official page; False for general advice and for what is
            only reported.
        effective_from: First day on which it is shown.
        effective_to: Last such day; None while it is.
    """

    guidance_id: str
    title: str
    text: str
    audience: Audience
    keywords: tuple[str, ...]
    procedure_codes: tuple[str, ...]
    legal_basis: str
    is_verified: bool
    effective_from: dt.date
    effective_to: dt.date | None = None
