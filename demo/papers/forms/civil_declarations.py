# SPDX-License-Identifier: GPL-3.0-or-later
"""Declarations to the registrar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from demo.papers.forms import (
    declarations_of_births_and_deaths,
    declarations_of_changes,
    declarations_of_marriages,
)
from demo.papers.plan import Layout

LAYOUTS: Final[Mapping[str, Sequence[Layout]]] = {
    **declarations_of_births_and_deaths.LAYOUTS,
    **declarations_of_marriages.LAYOUTS,
    **declarations_of_changes.LAYOUTS,
}
"""Even index: seen by the classifier when it learns; odd: never."""
