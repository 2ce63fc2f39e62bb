# SPDX-License-Identifier: GPL-3.0-or-later
"""``./motcua scan``: scanners and scans for scripts, told by exit codes."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PIL import Image

from demo.counter_scanner import CounterScanner, counter_scanner
from demo.escl_scanner import Fault, FaultKind, Sheet

_ROOT = Path(__file__).parents[2]


def _white(dpi: int, *, level: int) -> Image.Image:
    return Image.new("RGB", (8 * dpi, 11 * dpi), (level, level, level))


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[CounterScanner]:
    folder = tmp_path / "sane"
    folder.mkdir()
    with counter_scanner(folder) as counter:
        counter.machine.load_feeder([Sheet(partial(_white, level=level)) for level in (100, 200)])
        yield counter


def _run(counter: CounterScanner, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scanning", *arguments],
        env={**os.environ, **counter.environment, "PYTHONPATH": str(_ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_scanners_are_listed(counter: CounterScanner) -> None:
    done = _run(counter, "--list", "--json")
    assert done.returncode == 0
    (device,) = json.loads(done.stdout)["devices"]
    assert device["model"] == "Máy quét quầy số 1"


def test_pages_go_to_numbered_files_that_only_their_owner_reads(counter: CounterScanner, tmp_path: Path) -> None:
    (tmp_path / "x-1.jpg").write_bytes(b"somebody's file")
    done = _run(counter, "--to", str(tmp_path / "x.jpg"), "--dpi", "100", "--json")
    assert done.returncode == 0
    files = [tmp_path / "x-2.jpg", tmp_path / "x-3.jpg"]
    assert json.loads(done.stdout) == {"files": [str(file) for file in files], "error": None}
    for file in files:
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        with Image.open(file) as picture:
            assert picture.size == (827, 1169)
    assert (tmp_path / "x-1.jpg").read_bytes() == b"somebody's file"


def test_a_jam_leaves_the_pages_that_arrived_and_an_exit_code(counter: CounterScanner, tmp_path: Path) -> None:
    counter.machine.order_fault(Fault(FaultKind.JAM, after_pages=1))
    done = _run(counter, "--to", str(tmp_path / "x.jpg"), "--dpi", "100")
    assert (done.returncode, done.stderr) == (1, "scanner-jammed pages=1\n")
    assert done.stdout == f"{tmp_path / 'x-1.jpg'}\n"


def test_a_file_that_cannot_be_written_is_told(counter: CounterScanner, tmp_path: Path) -> None:
    done = _run(counter, "--to", str(tmp_path / "nowhere" / "x.jpg"), "--dpi", "100")
    assert done.returncode == 3


@pytest.mark.parametrize(
    "arguments", [[], ["--to", "x.exe"], ["--to", "x.jpg", "--dpi", "9"], ["--list", "--to", "x.jpg"]]
)
def test_wrong_usage_is_told_apart(counter: CounterScanner, arguments: list[str]) -> None:
    assert _run(counter, *arguments).returncode == 2
