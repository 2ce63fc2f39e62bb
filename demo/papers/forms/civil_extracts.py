# SPDX-License-Identifier: GPL-3.0-or-later
"""Extracts of civil registers: of deaths, marriages and of everything that has no certificate of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from demo.papers.forms import civil_marriages, death_extracts, other_extracts
from demo.papers.plan import Layout

LAYOUTS: Final[Mapping[str, Sequence[Layout]]] = {
    "marriage-extract": civil_marriages.LAYOUTS["marriage-extract"],
    **death_extracts.LAYOUTS,
    **other_extracts.LAYOUTS,
}
"""Even index: seen by the classifier when it learns; odd: never."""
