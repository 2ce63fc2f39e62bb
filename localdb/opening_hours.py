# SPDX-License-Identifier: GPL-3.0-or-later
"""The hours of the unit, weekday by weekday; none written means the usual ones."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable

from casework.errors import KnownError
from casework.records.rules_in_force import OpeningHours
from localdb.connection import Connection


def replace(connection: Connection, hours: Iterable[OpeningHours]) -> None:
    """Put new hours in the place of all that were written.

    Raises:
        KnownError: ``hours-overlap`` when a stretch ends before it begins or two of a weekday overlap; nothing has
            changed.
    """
    ordered = sorted(hours, key=lambda stretch: (stretch.weekday, stretch.opens))
    for stretch in ordered:
        if stretch.opens >= stretch.closes:
            raise KnownError("hours-overlap")
    for earlier, later in itertools.pairwise(ordered):
        if earlier.weekday == later.weekday and later.opens < earlier.closes:
            raise KnownError("hours-overlap")
    connection.execute("DELETE FROM opening_hours")
    connection.execute_many(
        "INSERT INTO opening_hours (weekday, opens, closes) VALUES (?, ?, ?)",
        [(stretch.weekday, _minutes(stretch.opens), _minutes(stretch.closes)) for stretch in ordered],
    )


def written(connection: Connection) -> list[OpeningHours]:
    """Give the hours that were written, in the order of the week."""
    rows = connection.rows("SELECT weekday, opens, closes FROM opening_hours ORDER BY weekday, opens")
    return [OpeningHours(weekday, _time(opens), _time(closes)) for weekday, opens, closes in rows]


def _minutes(time: dt.time) -> int:
    return time.hour * 60 + time.minute


def _time(minutes: int) -> dt.time:
    return dt.time(*divmod(minutes, 60))
