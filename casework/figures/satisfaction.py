# SPDX-License-Identifier: GPL-3.0-or-later
"""What citizens think of the service: the rating slip with its criteria of 0 to 2 points, and one overall answer.

The nine criteria are those of TT 01/2018/TT-VPCP Đ12–15: repealed, and still the scheme seen in use. 1 to 4, 6 and 7
are rated for each dossier; 5, 6, 8 and 9 for the centre. The overall answer is what one-stop systems ask besides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from casework.figures.period import Period
from casework.figures.share import Share, share_of
from casework.records.rating import MOST_POINTS, Criterion, Overall, Rating
from casework.work_calendar import local_day

CRITERION_WORDS: Final[Mapping[Criterion, str]] = MappingProxyType(
    {
        Criterion.TOTAL_TIME: "Tổng thời gian giải quyết",
        Criterion.TIME_OF_EACH_UNIT: "Thời gian giải quyết của từng cơ quan, đơn vị",
        Criterion.CONTACTS: "Số lần phải liên hệ để hoàn thiện hồ sơ",
        Criterion.AGENCIES: "Số cơ quan, đơn vị phải liên hệ",
        Criterion.ORGANISATION: "Tổ chức tiếp nhận và trả kết quả",
        Criterion.PUBLICITY: "Công khai thủ tục hành chính",
        Criterion.ATTITUDE: "Thái độ phục vụ",
        Criterion.COMPLAINTS: "Tiếp thu, giải quyết phản ánh, kiến nghị",
        Criterion.ONLINE_SERVICES: "Cung cấp dịch vụ công trực tuyến",
    }
)
"""The criteria in a few words of our own; the circular's full titles are longer."""


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """The ratings of a period.

    Attributes:
        satisfied: Satisfied or very satisfied, out of those who gave an overall answer.
        very_satisfied: Very satisfied, out of the same.
        points: Points given, out of the most that could be given.
        by_criterion: The same for each criterion that was answered.
    """

    satisfied: Share
    very_satisfied: Share
    points: Share
    by_criterion: Mapping[Criterion, Share]


def satisfaction(ratings: Iterable[Rating], period: Period) -> Satisfaction:
    """Add up the ratings given in a period; of a dossier that was rated twice the later slip counts."""
    chosen = [rating for rating in _latest(ratings) if period.contains_day(local_day(rating.rated_at))]
    answers = [rating.overall for rating in chosen if rating.overall is not None]
    by_criterion: dict[Criterion, Share] = {}
    for rating in chosen:
        for criterion, points in rating.points:
            by_criterion[criterion] = by_criterion.get(criterion, Share(0, 0)) + Share(points, MOST_POINTS)
    return Satisfaction(
        satisfied=share_of(answer is not Overall.NOT_SATISFIED for answer in answers),
        very_satisfied=share_of(answer is Overall.VERY_SATISFIED for answer in answers),
        points=sum(by_criterion.values(), Share(0, 0)),
        by_criterion=MappingProxyType(dict(sorted(by_criterion.items()))),
    )


def points_for_contacts(extra_contacts: int) -> int:
    """Give the points of criterion 3: 2 for none beyond handing in and fetching, 1 for one, 0 for more."""
    return max(0, MOST_POINTS - extra_contacts)


def points_for_complaints(handled: Share) -> int | None:
    """Give the points of criterion 8: 2 when all were handled, 1 from 90 % on, else 0; None when there were none."""
    if handled.ratio is None:
        return None
    if handled.ratio == 1:
        return 2
    return 1 if handled.ratio >= Fraction(9, 10) else 0


def _latest(ratings: Iterable[Rating]) -> Iterable[Rating]:
    latest: dict[str, Rating] = {}
    for rating in ratings:
        known = latest.get(rating.dossier_id)
        if known is None or (rating.rated_at, repr(rating)) > (known.rated_at, repr(known)):
            latest[rating.dossier_id] = rating
    return latest.values()
