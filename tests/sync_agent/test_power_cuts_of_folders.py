# SPDX-License-Identifier: GPL-3.0-or-later
"""What the courier was told to be done with a file stands after a power cut."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

from sync_agent.spool import Spool, Station
from tests.localdb.crash_disk import Disk, build, record

if sys.platform != "linux":
    pytest.skip("records through the loader of Linux", allow_module_level=True)

CUTS = 30
MOVE = """
import sys
from pathlib import Path
from sync_agent.spool import Spool, Station
spool = Spool(Path(sys.argv[1]))
(waiting,) = spool.envelopes(Station.WAITING)
spool.move(waiting, Station.DELIVERED)
"""
FETCH = """
import sys
from pathlib import Path
from sync_agent import fetching
for number in range(3):
    fetching._append(Path(sys.argv[1]) / "scan.part", bytes([number + 1]) * 5000)
"""


def left_by(tmp_path: Path, folder: Path, program: str) -> list[Path]:
    """Let a program work in a folder; give what cuts of the power after its end could leave."""
    disk = Disk(folder)
    for change in record(build(tmp_path), folder, ["-c", program, str(folder)]):
        disk.happen(change)
    chance = random.Random(1)
    left = [tmp_path / f"left-{number}" for number in range(CUTS)]
    for target in left:
        disk.cut(target, chance)
    return left


def test_an_envelope_that_was_moved_lies_at_its_new_station_only(tmp_path: Path) -> None:
    Spool(tmp_path / "spool").put(1, "e-1", b"sealed")
    for left in left_by(tmp_path, tmp_path / "spool", MOVE):
        spool = Spool(left)
        assert (spool.count(Station.WAITING), spool.count(Station.DELIVERED)) == (0, 1)


def test_the_pieces_of_a_scan_that_arrived_are_on_the_disk(tmp_path: Path) -> None:
    folder = tmp_path / "wanted"
    folder.mkdir()
    (folder / "scan.part").touch()
    for left in left_by(tmp_path, folder, FETCH):
        assert (left / "scan.part").read_bytes() == b"".join(bytes([number]) * 5000 for number in (1, 2, 3))
