# SPDX-License-Identifier: GPL-3.0-or-later
"""A batch that is killed, anywhere, as often as one likes: nothing signed twice, nothing lost, nothing half-written."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from signing.verification import verify_pdf
from tests.signing.batch.conftest import Desk

if TYPE_CHECKING:
    from tests.signing.conftest import PluggedInToken

ROOT = Path(__file__).parents[3]
HERE = Path(__file__).parent
KILLS, PARTS, DOCUMENTS = 200, 4, 50


def program(name: str, *arguments: str) -> tuple[list[str], dict[str, str]]:
    return [sys.executable, str(HERE / name), *arguments], {**os.environ, "PYTHONPATH": str(ROOT)}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="lives are forks")
def test_a_batch_may_die_at_any_point_where_it_touches_the_disk_or_the_key(tmp_path: Path, pdf: bytes) -> None:
    (tmp_path / "document.pdf").write_bytes(pdf)
    command, environment = program("dying_program.py", str(tmp_path), str(tmp_path / "document.pdf"))
    ended = subprocess.run(command, env=environment, check=True, capture_output=True)
    result = json.loads(ended.stdout)
    assert result["wrong"] == []
    assert result["deaths"] >= 40


@pytest.mark.full
@pytest.mark.timeout(900)
@pytest.mark.parametrize("part", range(PARTS))
def test_two_hundred_kills_sign_nothing_twice_lose_nothing_and_leave_nothing_half_written(
    tmp_path: Path, pdf: bytes, token: PluggedInToken, part: int
) -> None:
    chance = random.Random(part)
    kills = batches = twice = lost = half_written = 0
    while kills < KILLS // PARTS:
        folder = tmp_path / str(batches)
        folder.mkdir()
        desk = Desk(folder, pdf, DOCUMENTS)
        while not run_until_killed(folder, token, chance, may_kill=kills < KILLS // PARTS):
            kills += 1
        batches += 1
        asked = set((folder / "asked").read_text().split())
        twice += max(0, len(asked) - DOCUMENTS)
        lost += DOCUMENTS - len(desk.outputs())
        half_written += len(list(desk.work.iterdir()))
        for file in desk.files:
            (verdict,) = verify_pdf((desk.signed / file.name).read_bytes(), token.soft.trust)
            half_written += not verdict.valid
    sys.stdout.write(
        f"{kills} kills, {batches} batches of {DOCUMENTS}: {twice} twice, {lost} lost, {half_written} half-written\n"
    )
    assert (twice, lost, half_written) == (0, 0, 0)


def run_until_killed(folder: Path, token: PluggedInToken, chance: random.Random, *, may_kill: bool) -> bool:
    """Let a victim work on the batch; whether it came to the end of it. One kill in four hits the signer alone."""
    order = {
        "module": str(token.soft.module_path),
        "environment": dict(token.soft.environment),
        "serial": token.soft.serial,
        "certificate": token.soft.certificate_sha256,
        "pin": token.soft.pin,
        "documents": DOCUMENTS,
    }
    command, environment = program("victim_program.py", str(folder))
    with subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as victim:
        assert victim.stdin is not None
        assert victim.stdout is not None
        victim.stdin.write(json.dumps(order).encode())
        victim.stdin.close()
        word, pid = victim.stdout.readline().split()
        assert word == b"ready"
        if may_kill:
            time.sleep(chance.expovariate(8.0))
            if chance.random() < 0.25:
                with contextlib.suppress(ProcessLookupError):  # it was done before
                    os.kill(int(pid), signal.SIGKILL)
            else:
                victim.kill()
        return victim.stdout.readline() == b"done\n"
