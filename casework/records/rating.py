# SPDX-License-Identifier: GPL-3.0-or-later
"""A rating slip (phiếu đánh giá) that a citizen filled in; criteria of TT 01/2018/TT-VPCP Đ12–15, repealed."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass
from typing import Final

from casework.errors import BugError

MOST_POINTS: Final = 2


class Criterion(enum.IntEnum):
    """What is rated; the numbers are those of the circular."""

    TOTAL_TIME = 1
    TIME_OF_EACH_UNIT = 2
    CONTACTS = 3
    AGENCIES = 4
    ORGANISATION = 5
    PUBLICITY = 6
    ATTITUDE = 7
    COMPLAINTS = 8
    ONLINE_SERVICES = 9


class Overall(enum.StrEnum):
    """The overall answer: rất hài lòng, hài lòng, không hài lòng."""

    VERY_SATISFIED = "very-satisfied"
    SATISFIED = "satisfied"
    NOT_SATISFIED = "not-satisfied"


@dataclass(frozen=True, slots=True)
class Rating:
    """One rating slip.

    Attributes:
        dossier_id: What it is about.
        rated_at: Aware.
        overall: The overall answer, or None when that line stayed empty.
        points: Criteria that were answered, each with 0, 1 or 2; each at most once.

    Raises:
        BugError: A criterion has other points than 0, 1 or 2, or stands there twice.
    """

    dossier_id: str
    rated_at: dt.datetime
    overall: Overall | None = None
    points: tuple[tuple[Criterion, int], ...] = ()

    def __post_init__(self) -> None:
        if not all(0 <= points <= MOST_POINTS for _, points in self.points):
            raise BugError("a criterion has 0, 1 or 2 points")
        if len({criterion for criterion, _ in self.points}) < len(self.points):
            raise BugError("a criterion is rated once")
