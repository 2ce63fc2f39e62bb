# SPDX-License-Identifier: GPL-3.0-or-later
"""The answer of a rule of the law: allowed, or everything that speaks against it at once."""

from __future__ import annotations

import enum
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Objection:
    """One thing that speaks against what somebody wants to do.

    Attributes:
        because: Which condition is not fulfilled; its value is a stable name.
        words: What is missing, in Vietnamese, for the clerk.
        legal_basis: The law behind the condition.
        instead: What the clerk does where the condition can no longer be fulfilled, in Vietnamese; empty where the
            condition simply has to be fulfilled.
    """

    because: enum.StrEnum
    words: str
    legal_basis: str
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Allowed when nothing speaks against it.

    Attributes:
        objections: Everything that speaks against it, in the order of the law's conditions.
    """

    objections: tuple[Objection, ...] = ()

    @property
    def is_allowed(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.objections

    @property
    def reasons(self) -> tuple[enum.StrEnum, ...]:
        """The conditions that are not fulfilled, in order."""
        return tuple(objection.because for objection in self.objections)
