# SPDX-License-Identifier: GPL-3.0-or-later
"""How large things are and where they stand, as data: each measure with its source and whether somebody checked it."""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

POINTS_PER_MILLIMETRE: Final = 72 / 25.4

_DATA = Path(__file__).parent / "decree_30_2020.json"


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure.

    Attributes:
        value: How much.
        unit: Of what.
        source: Who says so.
        verified: Whether the primary text was read; ``False`` = second-hand, or our own choice.
    """

    value: float
    unit: str
    source: str
    verified: bool

    @property
    def points(self) -> float:
        """A length in points."""
        return self.value * {"mm": POINTS_PER_MILLIMETRE, "pt": 1.0}[self.unit]


@functools.cache
def measures() -> dict[str, Measure]:
    """All measures, by name."""
    return {name: Measure(**facts) for name, facts in json.loads(_DATA.read_text(encoding="utf-8")).items()}
