# SPDX-License-Identifier: GPL-3.0-or-later
"""What the national portal might give the centre: an estimate of its score of 100 points, made from local figures.

The portal scores six groups (QĐ 766/QĐ-TTg, 2022). That satisfaction counts 18 points is known; the points of the other
groups, how the points of digitisation are shared out, and what a group needs for full marks are taken from secondary
descriptions and are not certain. The first group, openness, is about the catalogue of the ministries and the provinces
and cannot be seen from a centre. So the result is an estimate out of the points that can be estimated, never a score.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from casework.figures.share import Share, round_half_up


class ScoreGroup(enum.StrEnum):
    """A group of the national score."""

    OPENNESS = "openness"
    PROGRESS = "progress"
    ONLINE = "online"
    PAYMENT = "payment"
    DIGITISATION = "digitisation"
    SATISFACTION = "satisfaction"


GROUP_WORDS: Final[Mapping[ScoreGroup, str]] = MappingProxyType(
    {
        ScoreGroup.OPENNESS: "Công khai, minh bạch",
        ScoreGroup.PROGRESS: "Tiến độ giải quyết",
        ScoreGroup.ONLINE: "Dịch vụ công trực tuyến",
        ScoreGroup.PAYMENT: "Thanh toán trực tuyến",
        ScoreGroup.DIGITISATION: "Số hóa hồ sơ",
        ScoreGroup.SATISFACTION: "Mức độ hài lòng",
    }
)


class ScoredFigure(enum.StrEnum):
    """A local figure that earns points."""

    ON_TIME = "on-time"
    ONLINE = "online"
    PAID_ONLINE = "paid-online"
    DIGITISED = "digitised"
    REUSE = "reuse"
    SATISFIED = "satisfied"


@dataclass(frozen=True, slots=True)
class ScoreRule:
    """How a figure earns points.

    Attributes:
        group: The group it belongs to.
        figure: The figure; None for a part that cannot be computed here.
        most_points: What it can earn.
        full_from: Percent from which on it earns all; below, points fall in proportion.
        is_certain: Whether ``most_points`` is known rather than read from a secondary description.
    """

    group: ScoreGroup
    figure: ScoredFigure | None
    most_points: int
    full_from: int
    is_certain: bool


ESTIMATED_RULES: Final = (
    ScoreRule(ScoreGroup.OPENNESS, None, 18, 100, is_certain=False),
    ScoreRule(ScoreGroup.PROGRESS, ScoredFigure.ON_TIME, 20, 100, is_certain=False),
    ScoreRule(ScoreGroup.ONLINE, ScoredFigure.ONLINE, 12, 50, is_certain=False),
    ScoreRule(ScoreGroup.PAYMENT, ScoredFigure.PAID_ONLINE, 10, 100, is_certain=False),
    ScoreRule(ScoreGroup.DIGITISATION, ScoredFigure.DIGITISED, 11, 80, is_certain=False),
    ScoreRule(ScoreGroup.DIGITISATION, ScoredFigure.REUSE, 11, 80, is_certain=False),
    ScoreRule(ScoreGroup.SATISFACTION, ScoredFigure.SATISFIED, 18, 90, is_certain=True),
)


@dataclass(frozen=True, slots=True)
class GroupEstimate:
    """What a group might earn.

    Attributes:
        group: The group.
        points: Two decimals; None when none of its figures is there.
        out_of: What the figures that are there could earn; 0 when none is there.
        most_points: What the whole group can earn.
    """

    group: ScoreGroup
    points: Decimal | None
    out_of: int
    most_points: int


@dataclass(frozen=True, slots=True)
class NationalEstimate:
    """What the centre might earn.

    Attributes:
        groups: In the order of the rules.
        points: Over all groups, two decimals; None when no figure is there.
        out_of: What the figures that are there could earn together; less than 100.
    """

    groups: tuple[GroupEstimate, ...]
    points: Decimal | None
    out_of: int


def estimate_national_score(
    figures: Mapping[ScoredFigure, Share], rules: tuple[ScoreRule, ...] = ESTIMATED_RULES
) -> NationalEstimate:
    """Estimate the national score.

    Args:
        figures: Local figures; those that are missing or empty earn nothing and are left out of what could be earned.
        rules: The groups and their points.
    """
    earned = [(rule, _points(rule, figures)) for rule in rules]
    groups = tuple(
        _group([(rule, points) for rule, points in earned if rule.group is group])
        for group in dict.fromkeys(rule.group for rule in rules)
    )
    known = [(rule.most_points, points) for rule, points in earned if points is not None]
    return NationalEstimate(
        groups=groups,
        points=round_half_up(sum((points for _, points in known), Fraction())) if known else None,
        out_of=sum(most for most, _ in known),
    )


def _group(earned: list[tuple[ScoreRule, Fraction | None]]) -> GroupEstimate:
    known = [(rule.most_points, points) for rule, points in earned if points is not None]
    return GroupEstimate(
        group=earned[0][0].group,
        points=round_half_up(sum((points for _, points in known), Fraction())) if known else None,
        out_of=sum(most for most, _ in known),
        most_points=sum(rule.most_points for rule, _ in earned),
    )


def _points(rule: ScoreRule, figures: Mapping[ScoredFigure, Share]) -> Fraction | None:
    share = figures.get(rule.figure) if rule.figure else None
    if share is None or share.ratio is None:
        return None
    return rule.most_points * min(Fraction(1), share.ratio * 100 / rule.full_from)
