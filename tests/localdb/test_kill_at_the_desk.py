# SPDX-License-Identifier: GPL-3.0-or-later
"""A desk that is killed, whatever it is at, has lost nothing that it told and goes on."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.localdb import under_kills
from tests.localdb.desk_hands import FULL, ROOMS
from tests.localdb.quick_disk import QUICK


@pytest.fixture
def place() -> Iterator[Path]:
    """A kill leaves what was written, so any disk will do."""
    with tempfile.TemporaryDirectory(prefix="motcua-kills-", dir=QUICK) as folder:
        yield Path(folder)


def test_a_desk_killed_at_anything_has_lost_nothing(place: Path) -> None:
    assert set(under_kills.work_under_kills(place, 2, 1, FULL, *ROOMS)) == {"ok"}


@pytest.mark.full
@pytest.mark.timeout(590)
@pytest.mark.parametrize("room", ROOMS)
def test_a_desk_killed_fifty_times_in_one_room_has_lost_nothing(place: Path, room: str) -> None:
    assert set(under_kills.work_under_kills(place, 50, 2, FULL, room)) == {"ok"}


@pytest.mark.full
@pytest.mark.timeout(590)
def test_a_desk_killed_sixty_times_at_anything_has_lost_nothing(place: Path) -> None:
    assert set(under_kills.work_under_kills(place, 60, 3, FULL, *ROOMS)) == {"ok"}
