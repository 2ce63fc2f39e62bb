# SPDX-License-Identifier: GPL-3.0-or-later
"""How long a reception takes at the counter: from the first key of the form to the receipt.

Two to three minutes are what a centre with 20 dossiers a day and clerk can afford. The mean also tells the queue how
many counters are needed. Nobody is judged by a single time: whoever explains a form to somebody old takes longer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from casework.figures.period import Period
from casework.figures.share import Mean, Share, mean_of, share_of

USUAL_LIMIT: Final = dt.timedelta(minutes=3)
"""What one reception should take at most."""

INTERRUPTED: Final = dt.timedelta(hours=1)
"""A form that lay open longer was left and taken up again; its time says nothing about the work."""


@dataclass(frozen=True, slots=True)
class ReceptionTime:
    """The two moments of one reception.

    Attributes:
        began_at: Aware moment at which the form was opened.
        received_at: Aware moment of the reception.
    """

    began_at: dt.datetime
    received_at: dt.datetime

    @property
    def length(self) -> dt.timedelta | None:
        """How long it took; None when it was interrupted, or a clock was set back meanwhile."""
        length = self.received_at - self.began_at
        return length if dt.timedelta() <= length <= INTERRUPTED else None


@dataclass(frozen=True, slots=True)
class ReceptionTimes:
    """The receptions of a period.

    Attributes:
        within_limit: Those that took no longer than the limit, out of all that tell something.
        seconds: Their length.
        interrupted: How many tell nothing.
    """

    within_limit: Share
    seconds: Mean
    interrupted: int

    @property
    def service_time(self) -> dt.timedelta | None:
        """The mean, as the queue reckons with it; None when there is none yet or it is zero."""
        return dt.timedelta(seconds=float(self.seconds.exact)) if self.seconds.exact else None


def reception_times(
    receptions: Iterable[ReceptionTime], period: Period, limit: dt.timedelta = USUAL_LIMIT
) -> ReceptionTimes:
    """Measure the receptions of a period.

    Args:
        receptions: Of the centre or of one counter.
        period: Days of the reception.
        limit: What one should take at most.
    """
    lengths = [reception.length for reception in receptions if period.contains(reception.received_at)]
    told = [length for length in lengths if length is not None]
    return ReceptionTimes(
        within_limit=share_of(length <= limit for length in told),
        seconds=mean_of(int(length.total_seconds()) for length in told),
        interrupted=len(lengths) - len(told),
    )
