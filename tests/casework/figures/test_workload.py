# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from casework.figures.cases import Cases
from casework.figures.period import Period
from casework.figures.share import Mean
from casework.figures.workload import DayLoad, workload
from casework.records.former_dossier import FORMER_SYSTEM

if TYPE_CHECKING:
    from tests.casework.figures.conftest import MakeRow


def test_the_load_of_a_day_is_counted_over_those_who_received(make_row: MakeRow) -> None:
    rows = [
        make_row("1"),
        make_row("2"),
        make_row("3"),
        make_row("4", clerk_id="hoa"),
        make_row("5", received_at="2026-11-04 08:00"),
        make_row("6", received_at="2026-12-01 00:00"),
        make_row("7", clerk_id=FORMER_SYSTEM),
    ]
    assert workload(Cases.of(rows), Period.month_of(dt.date(2026, 11, 1))) == (
        DayLoad(dt.date(2026, 11, 2), Mean(4, 2), 3),
        DayLoad(dt.date(2026, 11, 4), Mean(1, 1), 1),
    )
