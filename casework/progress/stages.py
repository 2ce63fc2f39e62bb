# SPDX-License-Identifier: GPL-3.0-or-later
"""Dossiers that several agencies work at, one after the other (NĐ 61/2018/NĐ-CP Đ19.6-7, liên thông).

Each agency has a time limit and hours of its own; the result comes back to the counter that received. The same counts
for the steps inside one office. These are limits of the house: they never replace the legal one, which alone is printed
on the receipt, and a plan that takes longer says so.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casework.deadlines import DueDate, counted_from, due_at
from casework.errors import BugError
from casework.progress.lateness import Standing, WorkingTime, late_by, standing
from casework.records.procedure import TimeLimit
from casework.work_calendar import WorkCalendar


@dataclass(frozen=True, slots=True)
class Stage:
    """What one agency does.

    Attributes:
        agency: Its name.
        work: What it does, for the transfer slip.
        limit: How long it may take.
        calendar: Its working days and hours.
    """

    agency: str
    work: str
    limit: TimeLimit
    calendar: WorkCalendar


@dataclass(frozen=True, slots=True)
class PlannedStage:
    """A stage with its time.

    Attributes:
        stage: What is done.
        begins_at: When the agency has the dossier: a moment within its hours, the closing included.
        due_at: When it hands it on at the latest.
    """

    stage: Stage
    begins_at: dt.datetime
    due_at: dt.datetime


@dataclass(frozen=True, slots=True)
class StagePlan:
    """The way of a dossier through the agencies.

    Attributes:
        stages: In order.
        whole_due_at: When the result is back at the receiving counter if everybody takes the whole time.
        legal: What the receipt prints.
        exceeds_legal_by: Working time by which the stages together take longer than the law allows; nothing when they
            do not.
    """

    stages: tuple[PlannedStage, ...]
    whole_due_at: dt.datetime
    legal: DueDate
    exceeds_legal_by: WorkingTime

    @property
    def is_within_legal_limit(self) -> bool:
        """Whether the stages together leave the legal limit alone."""
        return self.whole_due_at <= self.legal.at


@dataclass(frozen=True, slots=True)
class StageProgress:
    """How a stage that was reached goes, or went.

    Attributes:
        planned: The stage, with its time counted from when the agency really had the dossier.
        standing: How it stands against it.
    """

    planned: PlannedStage
    standing: Standing


def plan_stages(
    received_at: dt.datetime, stages: Sequence[Stage], legal_limit: TimeLimit, calendar: WorkCalendar
) -> StagePlan:
    """Plan the way of a dossier.

    Args:
        received_at: Aware moment of reception.
        stages: In order, at least one; each with a known limit.
        legal_limit: The limit of the procedure.
        calendar: Working days and hours of the receiving counter.

    Raises:
        KnownError: ``time-limit-unknown`` when a limit has no amount.
        BugError: Without a stage.
    """
    if not stages:
        raise BugError("a way through no agency")
    planned: list[PlannedStage] = []
    begins_at = stages[0].calendar.open_moment(received_at)
    for stage in stages:
        begins_at = _begins(begins_at, stage.calendar)
        due = counted_from(begins_at, stage.limit, stage.calendar)
        planned.append(PlannedStage(stage, begins_at, due))
        begins_at = due
    whole_due_at = _begins(begins_at, calendar)
    legal = due_at(received_at, legal_limit, calendar)
    return StagePlan(tuple(planned), whole_due_at, legal, late_by(legal.at, whole_due_at, calendar))


def follow_stages(
    received_at: dt.datetime, stages: Sequence[Stage], handed_on: Sequence[dt.datetime], now: dt.datetime
) -> tuple[StageProgress, ...]:
    """Tell how each stage that was reached stands; who had it late may still take the whole time of the stage.

    Args:
        received_at: Aware moment of reception.
        stages: In order, at least one.
        handed_on: When each finished stage was handed on, in order.
        now: The present moment.

    Raises:
        KnownError: ``time-limit-unknown`` when the limit of a stage has no amount.
        BugError: Without a stage, when more was handed on than there are stages, or not in order.
    """
    if not stages:
        raise BugError("a way through no agency")
    if len(handed_on) > len(stages) or any(
        later < earlier for earlier, later in itertools.pairwise((received_at, *handed_on))
    ):
        raise BugError("hand-overs that do not fit their stages")
    return tuple(_progress(received_at, stages, handed_on, now))


def late_stages(progress: Sequence[StageProgress]) -> tuple[StageProgress, ...]:
    """Give the stages that are or were late."""
    return tuple(each for each in progress if each.standing.is_late)


def _progress(
    received_at: dt.datetime, stages: Sequence[Stage], handed_on: Sequence[dt.datetime], now: dt.datetime
) -> Iterator[StageProgress]:
    arrived = stages[0].calendar.open_moment(received_at)
    for stage, left in itertools.zip_longest(stages[: len(handed_on) + 1], handed_on):
        begins_at = _begins(arrived, stage.calendar)
        due = counted_from(begins_at, stage.limit, stage.calendar)
        yield StageProgress(PlannedStage(stage, begins_at, due), standing(due, left, now, stage.calendar))
        arrived = left


def _begins(handed_over: dt.datetime, calendar: WorkCalendar) -> dt.datetime:
    """Give when an agency has what was handed over: at once within its hours, else at its next opening."""
    return handed_over if calendar.is_within_hours(handed_over) else calendar.open_moment(handed_over)
