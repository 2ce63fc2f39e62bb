# SPDX-License-Identifier: GPL-3.0-or-later
"""The clock guard: what this machine's clock says, beside the times that others have vouched for."""

from __future__ import annotations

import datetime as dt
from typing import Final

from signing.errors import SigningError

# A PC that asks a time server is right within seconds; one that never did drifts by minutes a month.
DEFAULT_TOLERANCE: Final = dt.timedelta(minutes=5)


def refuse_clock_behind(
    now: dt.datetime, newest_trusted: dt.datetime | None, tolerance: dt.timedelta = DEFAULT_TOLERANCE
) -> None:
    """Refuse a clock that is before a time that has been proven to be over.

    Args:
        now: What the clock says.
        newest_trusted: The newest time of a time stamping authority that was ever seen; the caller keeps it.
        tolerance: How far a clock may be off.

    Raises:
        SigningError: ``clock-behind`` (details ``minutes``).
    """
    if newest_trusted is not None and now < newest_trusted - tolerance:
        raise SigningError("clock-behind", minutes=_minutes(newest_trusted - now))


def refuse_clock_difference(
    now: dt.datetime, trusted: dt.datetime, tolerance: dt.timedelta = DEFAULT_TOLERANCE
) -> None:
    """Refuse when clock and time stamping authority differ; which of them is wrong cannot be told from here.

    Raises:
        SigningError: ``clock-differs`` (details ``minutes``, negative = the clock is behind).
    """
    if abs(now - trusted) > tolerance:
        raise SigningError("clock-differs", minutes=_minutes(now - trusted))


def is_claim_too_late(
    claimed: dt.datetime | None, proven: dt.datetime | None, tolerance: dt.timedelta = DEFAULT_TOLERANCE
) -> bool:
    """Whether a signature says that it was made later than it is proven to have existed: the clock was wrong."""
    return claimed is not None and proven is not None and claimed > proven + tolerance


def _minutes(difference: dt.timedelta) -> str:
    return str(round(difference / dt.timedelta(minutes=1)))
