# SPDX-License-Identifier: GPL-3.0-or-later
"""A disk that is full, or fails, at any change of any verb: the desk says so, keeps what it told, and goes on later."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.localdb import desk_hands
from tests.localdb.crash_disk import build
from tests.localdb.quick_disk import QUICK

if sys.platform != "linux":
    pytest.skip("records through the loader of Linux", allow_module_level=True)

SAID = {
    errno.ENOSPC: {"disk-full", "disk-error", "no-access"},
    errno.EIO: {"disk-error", "disk-full", "no-access"},
    errno.EROFS: {"no-access", "disk-error", "disk-full"},
}
"""What may be said for each trouble. The engine tells only of some which one it was."""


@pytest.fixture
def place() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="motcua-failing-", dir=QUICK) as folder:
        yield Path(folder)


def fail(place: Path, error: int, stride: int) -> list[dict[str, Any]]:
    """Try every verb on a failing disk; give what came of it."""
    folder = place / "desk"
    desk_hands.set_up(folder)
    environment = {
        **os.environ,
        "LD_PRELOAD": str(build(place)),
        "MOTCUA_DISK": str(folder),
        "MOTCUA_DISK_LOG": os.devnull,
        "MOTCUA_DISK_SAID": str(place / "said"),
    }
    program = [sys.executable, "-m", "tests.localdb.failing_disk", str(folder), str(error), str(stride)]
    done = subprocess.run(program, env=environment, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def check(place: Path, error: int, stride: int) -> None:
    tried = fail(place, error, stride)
    assert len(tried) == 13
    for trial in tried:
        assert trial["wrong"] == [], trial
        assert set(trial["codes"]) <= SAID[error], trial
    assert sum(sum(trial["codes"].values()) for trial in tried) > 200 / stride


def test_a_disk_that_gets_full_at_every_eleventh_change_costs_nothing(place: Path) -> None:
    check(place, errno.ENOSPC, 11)


@pytest.mark.full
@pytest.mark.timeout(590)
@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO, errno.EROFS], ids=errno.errorcode.get)
def test_a_disk_that_fails_at_every_third_change_costs_nothing(place: Path, error: int) -> None:
    check(place, error, 3)
