# SPDX-License-Identifier: GPL-3.0-or-later
"""One row of a benchmark: what is ours, what it is measured against, and how the two compare."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Row:
    """One figure.

    Attributes:
        name: What was measured.
        ours: Our figure, in ``unit``.
        peer: The peer's figure, or the limit.
        peer_name: Who the peer is; ``limit`` for a limit.
        ratio: How many times better than the peer; of an overhead or a limit: ours divided by the peer's, smaller is
            better.
        unit: E.g. ``ms CPU``.
    """

    name: str
    ours: float
    peer: float
    peer_name: str
    ratio: float
    unit: str

    @classmethod
    def against(cls, name: str, ours: float, peer: float, peer_name: str, unit: str) -> Self:
        """Give a row about a cost (smaller is better); the ratio tells how many times better than the peer."""
        return cls(name, round(ours, 4), round(peer, 4), peer_name, round(peer / ours, 3), unit)

    @classmethod
    def overhead(cls, name: str, ours: float, peer: float, peer_name: str, unit: str) -> Self:
        """Give a row about what something more costs than going without; the ratio tells how many times."""
        return cls(name, round(ours, 4), round(peer, 4), peer_name, round(ours / peer, 3), unit)

    @classmethod
    def limit(cls, name: str, ours: float, limit: float, unit: str) -> Self:
        """Give a row about a figure that must stay below a limit; the ratio tells which part of it is used up."""
        return cls(name, round(ours, 4), limit, "limit", round(ours / limit, 3), unit)
