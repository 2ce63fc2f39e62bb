# SPDX-License-Identifier: GPL-3.0-or-later
"""Papers about land and what is built on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from demo.papers.forms import building, land_applications, land_certificates, land_changes
from demo.papers.plan import Layout

LAYOUTS: Mapping[str, Sequence[Layout]] = {
    **building.LAYOUTS,
    **land_applications.LAYOUTS,
    **land_certificates.LAYOUTS,
    **land_changes.LAYOUTS,
}
