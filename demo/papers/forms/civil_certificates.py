# SPDX-License-Identifier: GPL-3.0-or-later
"""Certificates and confirmations of births, marriages and deaths."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from demo.papers.forms import civil_birth_copies, civil_births, civil_confirmations, civil_marriages, health_papers
from demo.papers.plan import Layout

LAYOUTS: Final[Mapping[str, Sequence[Layout]]] = {
    **civil_births.LAYOUTS,
    **civil_birth_copies.LAYOUTS,
    **civil_confirmations.LAYOUTS,
    "marriage-certificate": civil_marriages.LAYOUTS["marriage-certificate"],
    **health_papers.LAYOUTS,
}
"""Even index: seen by the classifier when it learns; odd: never."""
