# SPDX-License-Identifier: GPL-3.0-or-later
"""In which order the snapshots of a folder are offered."""

from __future__ import annotations

from pathlib import Path

from tests.workstation.desk import drill
from tests.workstation.desk.counter import Hand, sign_in_at
from workstation.desk.desk_folder import DeskFolder
from workstation.desk.restore_store import list_snapshots
from workstation.desk.session import DeskSession


def test_the_newest_snapshot_of_a_store_is_told_by_its_number_and_of_two_stores_by_its_time(
    session: DeskSession, clock: Hand, tmp_path: Path
) -> None:
    disk = tmp_path / "other disk"
    drill.choose_place(session, disk)
    for days in (0, 365, -364, 1):
        clock.go_on(days=days)
        drill.snapshot(session)
    other = sign_in_at(DeskFolder(tmp_path / "other"), clock, drill.successor(1))
    drill.choose_place(other, disk)
    for days in (1, 1):
        clock.go_on(days=days)
        drill.snapshot(other)
    other.close()
    kept = [(each.manifest.store_id, each.manifest.number) for each in list_snapshots(disk)]
    mine, hers = kept[-1][0], kept[0][0]
    assert kept == [(hers, 2), (hers, 1), (mine, 4), (mine, 3), (mine, 2), (mine, 1)]
