# SPDX-License-Identifier: GPL-3.0-or-later
"""A power cut at any moment costs nothing that was told, and leaves a desk that agrees with itself and works on."""

from __future__ import annotations

import logging
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.localdb import power_cuts
from tests.localdb.crash_disk import build
from tests.localdb.desk_hands import BACKGROUND, FULL, NORMAL, OFF, ROOMS, UNSYNCED_FILES
from tests.localdb.quick_disk import QUICK

if sys.platform != "linux":
    pytest.skip("records through the loader of Linux", allow_module_level=True)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("library"))


@pytest.mark.parametrize(("seed", "rooms"), [(1, ()), (2, ()), (3, ROOMS)])
def test_a_power_cut_loses_nothing_that_was_told(library: Path, place: Path, seed: int, rooms: tuple[str, ...]) -> None:
    day = power_cuts.work(library, place, seed, 30, FULL, *rooms)
    verdict = power_cuts.cut_day(day, 16, seed)
    assert (verdict.cuts, verdict.lost, verdict.broken) == (16, 0, 0), verdict.reasons


def test_a_power_cut_loses_nothing_while_the_background_program_is_at_work(library: Path, place: Path) -> None:
    day = power_cuts.work(library, place, 4, 12, FULL, BACKGROUND)
    verdict = power_cuts.cut_day(day, 6, 4)
    assert (verdict.cuts, verdict.lost, verdict.broken) == (6, 0, 0), verdict.reasons


@pytest.fixture
def place() -> Iterator[Path]:
    """What a cut leaves is made up anyway, so the day may be worked in memory."""
    with tempfile.TemporaryDirectory(prefix="motcua-cuts-", dir=QUICK) as folder:
        yield Path(folder)


@pytest.fixture
def _damage_is_expected() -> Iterator[None]:
    """A desk complains of what a disk that is not synced has done to it."""
    logging.disable()
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.usefixtures("_damage_is_expected")
def test_the_cuts_are_hard_enough_to_show_a_disk_that_is_not_synced(library: Path, place: Path) -> None:
    verdict = power_cuts.cut_day(power_cuts.work(library, place / "engine", 1, 30, OFF), 10, 1)
    assert verdict.lost + verdict.broken > 5
    verdict = power_cuts.cut_day(power_cuts.work(library, place / "files", 1, 30, UNSYNCED_FILES), 10, 1)
    assert verdict.broken > 5


@pytest.mark.full
@pytest.mark.timeout(590)
@pytest.mark.parametrize("seed", range(100, 112))
def test_two_hundred_power_cuts_lose_nothing_that_was_told(library: Path, place: Path, seed: int) -> None:
    day = power_cuts.work(library, place, seed, 60, FULL)
    verdict = power_cuts.cut_day(day, 200, seed)
    assert (verdict.cuts, verdict.lost, verdict.broken) == (200, 0, 0), verdict.reasons


@pytest.mark.full
@pytest.mark.timeout(590)
@pytest.mark.parametrize("room", [*ROOMS, BACKGROUND])
def test_a_hundred_power_cuts_lose_nothing_whatever_the_desk_is_at(library: Path, place: Path, room: str) -> None:
    day = power_cuts.work(library, place, 7, 60, FULL, room)
    verdict = power_cuts.cut_day(day, 100, 7)
    assert (verdict.cuts, verdict.lost, verdict.broken) == (100, 0, 0), verdict.reasons


@pytest.mark.full
@pytest.mark.timeout(590)
@pytest.mark.usefixtures("_damage_is_expected")
def test_a_hundred_power_cuts_show_what_each_way_of_syncing_is_worth(library: Path, place: Path) -> None:
    """NORMAL keeps the database whole and loses the last commits; OFF keeps neither."""
    figures = {}
    for how in (FULL, NORMAL, OFF, UNSYNCED_FILES):
        day = power_cuts.work(library, place / how, 1, 60, how)
        verdict = power_cuts.cut_day(day, 100, 1)
        figures[how] = (verdict.lost, verdict.broken)
    assert figures[FULL] == (0, 0), figures
    assert figures[NORMAL][0] > 30, figures
    assert sum(figures[OFF]) > 60, figures
    assert sum(figures[UNSYNCED_FILES]) > 30, figures
