# SPDX-License-Identifier: GPL-3.0-or-later
"""Papers of households' businesses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from demo.papers.forms import business_applications, business_certificates
from demo.papers.plan import Layout

LAYOUTS: Mapping[str, Sequence[Layout]] = {
    **business_applications.LAYOUTS,
    **business_certificates.LAYOUTS,
}
