# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows that the tests of figures share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from casework.figures.cases import CaseRow
from casework.records.dossier import DossierState, PortalState
from casework.records.procedure import Channel
from casework.work_calendar import VIET_NAM

MakeRow = Callable[..., CaseRow]


@pytest.fixture
def make_row() -> MakeRow:
    """A dossier received on 2 Nov 2026 at 8:00 and due on 5 Nov at 17:00; moments may be given as text."""

    def make(name: str = "1", **changes: Any) -> CaseRow:
        values: dict[str, Any] = {
            "dossier_id": f"d{name}",
            "code": f"H56.14-261102-{name:0>4}",
            "procedure_code": "1.001193",
            "field": "Hộ tịch",
            "channel": Channel.COUNTER,
            "state": DossierState.PROCESSING,
            "portal_state": PortalState.ACCEPTED,
            "clerk_id": "lan",
            "received_at": "2026-11-02 08:00",
            "due_at": "2026-11-05 17:00",
        } | changes
        for key, value in values.items():
            if isinstance(value, str) and key.rsplit("_", 1)[-1] in {"at", "since", "from"}:
                values[key] = dt.datetime.fromisoformat(value).replace(tzinfo=VIET_NAM)
        return CaseRow(**values)

    return make
