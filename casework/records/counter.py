# SPDX-License-Identifier: GPL-3.0-or-later
"""A counter (quầy) of the room: which numbers it calls, and who sits there now."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Counter:
    """A counter; what it serves may be changed at any moment.

    Attributes:
        name: As shown on the display, e.g. "Quầy 3".
        series: Series that it serves; empty means all.
        clerk_id: Who sits there, or None while it is closed.
    """

    name: str
    series: frozenset[str]
    clerk_id: str | None

    def serves(self, series: str) -> bool:
        """Whether it is open and calls the numbers of a series."""
        return self.clerk_id is not None and (not self.series or series in self.series)
