# SPDX-License-Identifier: GPL-3.0-or-later
"""Which state may follow which, written out a second time (domain: the portal's ten states)."""

from __future__ import annotations

from typing import Final

LEGAL: Final[dict[int, set[int]]] = {
    1: {2, 3, 5},
    2: {4, 5, 7, 9},
    3: set(),
    4: {5, 6, 7, 8, 9},
    5: {2, 4, 8},
    6: {4, 8},
    7: {8},
    8: set(),
    9: {10},
    10: set(),
}
