# SPDX-License-Identifier: GPL-3.0-or-later
"""Which snapshots stay, however the clock went."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from localdb.snapshot_manifest import BLOCK_SIZE, SnapshotManifest
from localdb.snapshot_rotation import BESIDE_THE_DATABASE, ELSEWHERE, Rotation, staying
from tests.localdb import samples


def manifest_at(number: int, moment: dt.datetime) -> SnapshotManifest:
    return SnapshotManifest(number, moment, "s", "g", "d", 2, BLOCK_SIZE, 0, 0, (bytes(32),))


def kept_numbers(moments: Iterator[dt.datetime], rotation: Rotation) -> list[int]:
    manifests = [manifest_at(number, moment) for number, moment in enumerate(moments, 1)]
    names = staying(manifests, rotation)
    return [manifest.number for manifest in manifests if manifest.file_name in names]


def hourly(start: dt.datetime, count: int) -> Iterator[dt.datetime]:
    return (start + dt.timedelta(hours=number) for number in range(count))


def test_hours_then_days_then_weeks_stay() -> None:
    count = 24 * 7 * 20
    kept = kept_numbers(hourly(samples.NOON, count), ELSEWHERE)
    assert kept[-24:] == list(range(count - 23, count + 1))
    assert len(kept) <= 24 + 14 + 8
    assert kept[0] < count - 24 * 7 * 6
    beside = kept_numbers(hourly(samples.NOON, count), BESIDE_THE_DATABASE)
    assert len(beside) <= 24 + 7
    assert set(beside) <= set(kept)


def test_a_computer_that_was_off_for_a_year_loses_nothing() -> None:
    def moments() -> Iterator[dt.datetime]:
        yield from hourly(samples.NOON, 20)
        yield samples.NOON + dt.timedelta(days=365)

    assert kept_numbers(moments(), ELSEWHERE) == list(range(1, 22))


@pytest.mark.parametrize("jump", [dt.timedelta(days=730), dt.timedelta(days=-730)])
def test_a_wrong_clock_does_not_throw_away_what_is_newest(jump: dt.timedelta) -> None:
    def moments() -> Iterator[dt.datetime]:
        yield from hourly(samples.NOON + jump, 100)
        yield from hourly(samples.NOON, 30)

    kept = kept_numbers(moments(), ELSEWHERE)
    assert kept[-24:] == list(range(107, 131))


def test_the_newest_stays_whatever_the_rule() -> None:
    assert kept_numbers(hourly(samples.NOON, 5), Rotation(0, 0, 0)) == [5]
