# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import functools
import gzip
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from demo.plaintext_check import Traces
from demo.process_watch import ProcessWatch

NAME = "Nguyễn Thị Hồng Nhung"

pytestmark = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs /proc")


@pytest.fixture
def watch(tmp_path: Path) -> ProcessWatch:
    (tmp_path / "tmp").mkdir()
    return ProcessWatch(f"TMPDIR={tmp_path / 'tmp'}", (tmp_path / "tmp",), Traces([NAME]))


def run(tmp_path: Path, *arguments: str, seconds: float = 0.2, **environment: str) -> None:
    """Start a program as the commune does, and let it live for a moment."""
    subprocess.run(
        [sys.executable, "-S", "-c", f"import time; time.sleep({seconds})", *arguments],
        check=True,
        env={**os.environ, "TMPDIR": str(tmp_path / "tmp"), **environment},
    )


def until(fact: Callable[[], object]) -> None:
    deadline = time.monotonic() + 20
    while not fact():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def has_leaks(watch: ProcessWatch, count: int) -> bool:
    return len(watch.leaks()) >= count


def test_a_name_in_a_command_line_is_seen(watch: ProcessWatch, tmp_path: Path) -> None:
    with watch:
        run(tmp_path, f"--name={NAME}")
    (leak,) = watch.leaks()
    assert leak.path.name == "cmdline"


def test_a_name_in_an_environment_is_seen(watch: ProcessWatch, tmp_path: Path) -> None:
    with watch:
        run(tmp_path, APPLICANT=NAME.upper())
    (leak,) = watch.leaks()
    assert leak.path.name == "environ"


def test_a_file_that_was_there_for_a_moment_is_seen(watch: ProcessWatch, tmp_path: Path) -> None:
    with watch:
        for number, content in enumerate((NAME.encode(), gzip.compress(NAME.encode()))):
            path = tmp_path / "tmp" / f"scan-{number}"
            path.write_bytes(content)
            until(functools.partial(has_leaks, watch, number + 1))
            path.unlink()
    assert {leak.path.name for leak in watch.leaks()} == {"scan-0", "scan-1"}


def test_a_child_is_watched_whatever_its_environment(watch: ProcessWatch, tmp_path: Path) -> None:
    with watch:
        run(tmp_path / "elsewhere", f"--name={NAME}")
    assert [leak.path.name for leak in watch.leaks()] == ["cmdline"]


def test_programs_that_say_nothing_are_no_leak(watch: ProcessWatch, tmp_path: Path) -> None:
    with watch:
        run(tmp_path, "--quiet")
    assert watch.leaks() == ()
    assert watch.programs
