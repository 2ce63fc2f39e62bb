# SPDX-License-Identifier: GPL-3.0-or-later
"""A desk that is killed again and again while it works, and looked at every time."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Sequence
from pathlib import Path

from tests.localdb import desk_hands, killing, power_cuts
from tests.workstation.desk import counter

ENDLESS = 10**6


def killed(folder: Path, said: Path, seed: int, seconds: float, password: str, arguments: Sequence[str]) -> list[bytes]:
    """Let hands work in a desk, kill them so many seconds after their first word, and give what they had told."""
    said.write_bytes(b"")
    arguments = [str(folder), str(seed), str(ENDLESS), *arguments]
    with killing.running(desk_hands.__name__, arguments, password, {"MOTCUA_DISK_SAID": str(said)}) as desk:
        patience = time.monotonic() + 60
        while not said.stat().st_size:
            assert desk.poll() is None
            assert time.monotonic() < patience
            time.sleep(0.001)
        time.sleep(seconds)
        assert desk.poll() is None
    return [line for line in said.read_bytes().splitlines(keepends=True) if line.endswith(b"\n")]


def work_under_kills(place: Path, kills: int, seed: int, *arguments: str) -> list[str]:
    """Kill a desk so often, each time going on where the last one died; give what was wrong each time."""
    folder, copy = place / "desk", place / "copy"
    desk_hands.set_up(folder)
    chance = random.Random(seed)
    password = counter.PASSWORD
    verdicts = []
    for number in range(kills):
        said = killed(folder, place / "said", seed * 1000 + number, chance.uniform(0, 0.3), password, arguments)
        shutil.copytree(folder, copy)
        session, password = power_cuts.open_again(copy, desk_hands.understand(said))
        session.close()
        shutil.rmtree(copy)
        shutil.copytree(folder, copy)
        verdicts.append(power_cuts.morning_after(copy, said))
        shutil.rmtree(copy)
    return verdicts
