# SPDX-License-Identifier: GPL-3.0-or-later
"""What people declare to each other or before a notary: contracts, powers of attorney, wills."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from demo.papers.forms import powers, transfers, wills
from demo.papers.plan import Layout

LAYOUTS: Mapping[str, Sequence[Layout]] = {
    **powers.LAYOUTS,
    **transfers.LAYOUTS,
    **wills.LAYOUTS,
}
