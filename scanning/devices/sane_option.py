# SPDX-License-Identifier: GPL-3.0-or-later
"""A SANE option as plain data: its unit, its bounds, and the fixed-point words that it is set with.

Numbers cross the SANE interface as 32-bit words; those of type FIXED count 1/65536 (SANE standard 1.06, 4.2.1).
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_FIXED_ONE: Final = 1 << 16
_MM_PER_INCH: Final = 25.4


class OptionType(enum.IntEnum):
    """SANE_Value_Type."""

    BOOL = 0
    INT = 1
    FIXED = 2
    STRING = 3
    BUTTON = 4
    GROUP = 5


class OptionUnit(enum.IntEnum):
    """SANE_Unit."""

    NONE = 0
    PIXEL = 1
    BIT = 2
    MM = 3
    DPI = 4
    PERCENT = 5
    MICROSECOND = 6


@dataclass(frozen=True, slots=True)
class NumberRange:
    """Bounds in the option's own unit; ``step`` is 0 when every value between is allowed."""

    minimum: float
    maximum: float
    step: float

    def nearest(self, wanted: float) -> float:
        """The allowed number that is closest to ``wanted``."""
        bounded = min(max(wanted, self.minimum), self.maximum)
        if self.step <= 0:
            return bounded
        return min(self.minimum + round((bounded - self.minimum) / self.step) * self.step, self.maximum)


Constraint = NumberRange | tuple[float, ...] | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class SaneOption:
    """One option of an opened device, as it was when the descriptors were last read.

    Attributes:
        index: Its number in the device's list.
        name: The driver's name for it, e.g. ``br-x``.
        type: What kind of value it holds.
        unit: What its numbers count.
        size_bytes: How large the driver's value is; for strings with the closing zero.
        settable: Whether software may set it now.
        constraint: The allowed values, as real numbers or strings.
    """

    index: int
    name: str
    type: OptionType
    unit: OptionUnit
    size_bytes: int
    settable: bool
    constraint: Constraint

    def word(self, number: float) -> int:
        """The 32-bit word for a number."""
        return round(number * _FIXED_ONE) if self.type is OptionType.FIXED else round(number)

    def number(self, word: int) -> float:
        """The number in a 32-bit word."""
        return word / _FIXED_ONE if self.type is OptionType.FIXED else float(word)

    def nearest(self, wanted: float) -> float:
        """The allowed number that is closest to ``wanted``; of two equally close ones the larger."""
        if isinstance(self.constraint, NumberRange):
            return self.constraint.nearest(wanted)
        numbers = [value for value in self.constraint or () if isinstance(value, float)]
        return min(numbers, key=lambda value: (abs(value - wanted), -value), default=wanted)

    def length(self, millimetres: float, dpi: int) -> float:
        """A length on paper in the option's unit."""
        return millimetres / _MM_PER_INCH * dpi if self.unit is OptionUnit.PIXEL else millimetres

    @property
    def offered(self) -> Sequence[str]:
        """The allowed strings, when it has such a list."""
        if isinstance(self.constraint, tuple):
            return [value for value in self.constraint if isinstance(value, str)]
        return []
