# SPDX-License-Identifier: GPL-3.0-or-later
"""Moments in the database: whole microseconds since 1970 in UTC, so that order and difference are plain integers.

Dates without a time (a birth date) are ISO 8601 text, ``YYYY-MM-DD``.
"""

from __future__ import annotations

import datetime as dt

from casework.errors import BugError

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)


def to_microseconds(moment: dt.datetime) -> int:
    """Give the column value of an aware moment.

    Raises:
        BugError: When the moment has no time zone.
    """
    if moment.utcoffset() is None:
        raise BugError("a moment without a time zone")
    return (moment - _EPOCH) // _MICROSECOND


def from_microseconds(value: int) -> dt.datetime:
    """Give the moment of a column value, in UTC."""
    return _EPOCH + value * _MICROSECOND


def to_date_text(day: dt.date | None) -> str | None:
    """Give the column value of a date that may be unknown."""
    return None if day is None else day.isoformat()


def from_date_text(value: str | None) -> dt.date | None:
    """Give the date of a column value."""
    return None if value is None else dt.date.fromisoformat(value)
