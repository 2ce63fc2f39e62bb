# SPDX-License-Identifier: GPL-3.0-or-later
"""A crash of a program that holds keys leaves no core file, although the system would write one."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from sync_agent.data_folder import DataFolder

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="core(5)")

ROOT = Path(__file__).parents[2]
CORE_BYTES = 65_536


def leaves_a_core(cwd: Path, arguments: list[str], is_up: Callable[[], bool]) -> bool:
    """Start a Python program that may dump core, crash it as soon as it is up, and tell what the kernel says of it."""
    before = resource.getrlimit(resource.RLIMIT_CORE)
    if before[1] == 0:
        pytest.skip("this system lets nobody dump core")
    resource.setrlimit(resource.RLIMIT_CORE, (CORE_BYTES, before[1]))
    try:
        process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=cwd,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    finally:
        resource.setrlimit(resource.RLIMIT_CORE, before)
    deadline = time.monotonic() + 30
    while not is_up():
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.02)
    process.send_signal(signal.SIGABRT)
    ended = os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    process.wait()
    assert ended is not None
    assert ended.si_status == signal.SIGABRT
    return ended.si_code == os.CLD_DUMPED


@pytest.fixture(autouse=True)
def this_system_dumps(tmp_path: Path) -> None:
    up = tmp_path / "up"
    script = f"import pathlib, time; pathlib.Path({str(up)!r}).touch(); time.sleep(60)"
    if not leaves_a_core(tmp_path, ["-c", script], up.exists):
        pytest.skip("this system writes no cores here")


def test_of_the_courier(tmp_path: Path, folder: DataFolder) -> None:
    arguments = ["-m", "sync_agent", "--data", str(folder.root)]
    assert not leaves_a_core(tmp_path, arguments, folder.status.exists)


def test_of_the_gateway(tmp_path: Path) -> None:
    ready = tmp_path / "ready.json"
    arguments = ["-m", "gateway", "serve", "--folder", str(tmp_path / "gateway"), "--ready-file", str(ready)]
    assert not leaves_a_core(tmp_path, arguments, ready.exists)
