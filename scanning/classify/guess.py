# SPDX-License-Identifier: GPL-3.0-or-later
"""What a page is believed to be, how firmly, and on what ground."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Final

from scanning.classify.paper_class import PaperClass


class Evidence(str, enum.Enum):  # noqa: UP042 — travels as JSON
    """What a guess rests on."""

    TITLE = "title"
    DAMAGED_TITLE = "damaged-title"
    PHRASES = "phrases"
    MODEL = "model"
    LOOK = "look"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class ClassGuess:
    """What a page seems to be.

    Attributes:
        paper_class: The class; ``UNKNOWN`` when nothing speaks for one.
        confidence: Calibrated: of a hundred pages with 0.9, some ninety are of the class. 0 for ``UNKNOWN``.
        evidence: What the guess rests on.
        starts_paper: Whether the page has a title of its own, so that a paper begins with it.
    """

    paper_class: PaperClass
    confidence: float
    evidence: Evidence
    starts_paper: bool = False


NOTHING_KNOWN: Final = ClassGuess(PaperClass.UNKNOWN, 0.0, Evidence.NONE)
