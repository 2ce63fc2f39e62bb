# SPDX-License-Identifier: GPL-3.0-or-later
"""Receipts: of dossiers and of money."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from demo.papers.forms import dossier_receipts, fee_receipts
from demo.papers.plan import Layout

LAYOUTS: Mapping[str, Sequence[Layout]] = {
    **dossier_receipts.LAYOUTS,
    **fee_receipts.LAYOUTS,
}
