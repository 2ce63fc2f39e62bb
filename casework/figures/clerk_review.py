# SPDX-License-Identifier: GPL-3.0-or-later
"""The review of each clerk's work, at least every three months, above all in the fields where temptation is greatest.

The numbers are a start for a conversation; they decide nothing about anybody. Who received a dossier is not always who
is to blame for its lateness.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from casework.figures.cases import Cases
from casework.figures.indicators import Indicators, Timeliness, indicators, timeliness, verdict_day
from casework.figures.period import Period
from casework.figures.satisfaction import Satisfaction, satisfaction
from casework.records.rating import Rating
from casework.sensitive_fields import SENSITIVE_FIELDS, SensitiveField


@dataclass(frozen=True, slots=True)
class ClerkReview:
    """The figures of one clerk.

    Attributes:
        clerk_id: Who received the dossiers.
        figures: Of the dossiers that she received.
        late: Number of broken promises among the verdicts of the period.
        late_without_reason: How many of them have no reason and measure on record.
        ratings: What citizens said of these dossiers.
    """

    clerk_id: str
    figures: Indicators
    late: int
    late_without_reason: int
    ratings: Satisfaction


def clerk_reviews(
    cases: Cases,
    ratings: Iterable[Rating],
    period: Period,
    as_of: dt.datetime,
    sensitive: frozenset[SensitiveField] = frozenset(),
) -> tuple[ClerkReview, ...]:
    """Review every clerk who has a dossier in a period, by ``clerk_id``.

    Args:
        cases: Every case that may concern the period.
        ratings: Rating slips of the centre.
        period: As a rule a quarter.
        as_of: Aware moment up to which the rows are known.
        sensitive: Only dossiers of these fields; empty means of all.
    """
    ratings = tuple(ratings)
    names = frozenset().union(*(SENSITIVE_FIELDS[field] for field in sensitive))
    own = cases.received_here
    chosen = own.where(lambda row: row.field in names) if sensitive else own
    clerk_ids = sorted(
        {row.clerk_id for row in chosen.rows if period.contains(row.received_at)}
        | {row.clerk_id for row in _judged(chosen, period, as_of).rows}
    )
    return tuple(_review(clerk_id, chosen, ratings, period, as_of) for clerk_id in clerk_ids)


def _review(
    clerk_id: str, cases: Cases, ratings: tuple[Rating, ...], period: Period, as_of: dt.datetime
) -> ClerkReview:
    own = cases.where(lambda row: row.clerk_id == clerk_id)
    late = [row for row in _judged(own, period, as_of).rows if timeliness(row, as_of) is Timeliness.LATE]
    dossier_ids = {row.dossier_id for row in own.rows}
    return ClerkReview(
        clerk_id=clerk_id,
        figures=indicators(own, period, as_of),
        late=len(late),
        late_without_reason=sum(not row.has_late_reason for row in late),
        ratings=satisfaction((rating for rating in ratings if rating.dossier_id in dossier_ids), period),
    )


def _judged(cases: Cases, period: Period, as_of: dt.datetime) -> Cases:
    return cases.where(lambda row: (day := verdict_day(row, as_of)) is not None and period.contains_day(day))
