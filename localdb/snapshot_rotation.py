# SPDX-License-Identifier: GPL-3.0-or-later
"""Which snapshots stay: the newest one of each of the last hours, days and weeks that have any.

Hours without a snapshot do not count, so a computer that was off for a month has lost nothing. What is newest is told
by number, not by time: a clock that was wrong for a day must not throw away what was taken after it was put right.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from casework.work_calendar import VIET_NAM
from localdb.snapshot_manifest import SnapshotManifest


@dataclass(frozen=True, slots=True)
class Rotation:
    """How many stay.

    Attributes:
        hours: Of so many hours the last snapshot.
        days: Of so many days the last snapshot.
        weeks: Of so many weeks the last snapshot.
    """

    hours: int
    days: int
    weeks: int


BESIDE_THE_DATABASE: Final = Rotation(hours=24, days=7, weeks=0)
"""On the disk of the database itself, where room is dear and only damage to the database is guarded against."""

ELSEWHERE: Final = Rotation(hours=24, days=14, weeks=8)
"""On another disk: a mistake may take two months to be noticed."""


def staying(manifests: Iterable[SnapshotManifest], rotation: Rotation) -> frozenset[str]:
    """Give the file names of the manifests that stay; always the newest one."""
    newest_first = sorted(manifests, key=lambda manifest: (manifest.number, manifest.taken_at), reverse=True)
    kept = {manifest.file_name for manifest in newest_first[:1]}
    rules: tuple[tuple[int, Callable[[dt.datetime], object]], ...] = (
        (rotation.hours, lambda moment: (moment.date(), moment.hour)),
        (rotation.days, lambda moment: moment.date()),
        (rotation.weeks, lambda moment: moment.isocalendar()[:2]),
    )
    for count, period in rules:
        seen: set[object] = set()
        for manifest in newest_first:
            key = period(manifest.taken_at.astimezone(VIET_NAM))
            if key not in seen and len(seen) < count:
                kept.add(manifest.file_name)
            seen.add(key)
    return frozenset(kept)
