# SPDX-License-Identifier: GPL-3.0-or-later
"""The review of each clerk's work, at least every three months, above all in the fields where temptation is greatest.

The numbers are a start for a conversation; they decide nothing about anybody. Who received a dossier is not always who
is to blame for its lateness.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from casework.figures.cases import Cases
from casework.figures.indicators import Indicators, Timeliness, indicators, timeliness, verdict_day
from casework.figures.period import Period
from casework.figures.satisfaction import Satisfaction, satisfaction
from casework.records.rating import Rating
from casework.work_calendar import months_after

REVIEW_MONTHS: Final = 3


class SensitiveField(enum.StrEnum):
    """A field that the reviews look at above all."""

    LAND = "land"
    CONSTRUCTION = "construction"
    BUSINESS_REGISTRATION = "business-registration"
    HEALTH = "health"


SENSITIVE_FIELDS: Final[Mapping[SensitiveField, frozenset[str]]] = MappingProxyType(
    {
        SensitiveField.LAND: frozenset({"Đất đai", "Tài chính đất đai", "Đăng ký biện pháp bảo đảm"}),
        SensitiveField.CONSTRUCTION: frozenset(
            {
                "Hoạt động xây dựng",
                "Quản lý chất lượng công trình xây dựng",
                "Quy hoạch đô thị và nông thôn",
                "Nhà ở và công sở",
                "Hạ tầng kỹ thuật",
            }
        ),
        SensitiveField.BUSINESS_REGISTRATION: frozenset(
            {
                "Thành lập và hoạt động doanh nghiệp (hộ kinh doanh)",
                "Thành lập và hoạt động của tổ hợp tác",
                "Thành lập và hoạt động của tổ hợp tác, hợp tác xã, liên hiệp hợp tác xã",
            }
        ),
        SensitiveField.HEALTH: frozenset(
            {
                "Khám bệnh, chữa bệnh",
                "Dược phẩm",
                "Mỹ phẩm",
                "Trang thiết bị và công trình y tế",
                "Y tế Dự phòng",
                "An toàn thực phẩm và Dinh dưỡng",
                "Dân số, Bà mẹ - Trẻ em",
            }
        ),
    }
)
"""Lĩnh vực as the catalogue names them. The shipped catalogue holds none of the Ministry of Health's; the names of its
fields are from common use and unverified."""


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
    chosen = cases.where(lambda row: row.field in names) if sensitive else cases
    clerk_ids = sorted(
        {row.clerk_id for row in chosen.rows if period.contains(row.received_at)}
        | {row.clerk_id for row in _judged(chosen, period, as_of).rows}
    )
    return tuple(_review(clerk_id, chosen, ratings, period, as_of) for clerk_id in clerk_ids)


def review_due_by(last_review: dt.date) -> dt.date:
    """Give the last day for the next review: three months after the one before."""
    return months_after(last_review, REVIEW_MONTHS)


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
