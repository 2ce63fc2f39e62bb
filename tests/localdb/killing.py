# SPDX-License-Identifier: GPL-3.0-or-later
"""Programs that are killed so long after their first word, and never outlive the test that started them."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

_KILLED = 1 if sys.platform == "win32" else -signal.SIGKILL


@dataclass(frozen=True, slots=True)
class End:
    """What came of a program.

    Attributes:
        said: Its lines, the first one included, a torn one left out.
        seconds: How long it lived after its first word.
        was_killed: Whether it was at work when it was killed; False when it had ended by itself.
    """

    said: list[str]
    seconds: float
    was_killed: bool


@contextlib.contextmanager
def running(
    module: str, arguments: Sequence[str], secret: str, environment: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[str]]:
    """Run a Python program until the block ends, however it ends; ``secret`` is all of its standard input."""
    with subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        env={**os.environ, **(environment or {})},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as program:
        try:
            assert program.stdin is not None
            program.stdin.write(secret)
            program.stdin.close()
            yield program
        finally:
            program.kill()


def run_and_kill(module: str, arguments: Sequence[str], secret: str, seconds: float) -> End:
    """Run a Python program and kill it so many seconds after its first word; one that breaks down is an error."""
    with running(module, arguments, secret) as program:
        assert program.stdout is not None
        said = [program.stdout.readline()]
        begun = time.monotonic()
        timer = threading.Timer(seconds, program.kill)
        timer.start()
        try:
            said += program.stdout.readlines()
            lived = time.monotonic() - begun
            status = program.wait()
        finally:
            timer.cancel()
            timer.join()
    if status not in {0, _KILLED}:
        raise RuntimeError(f"{module} ended with {status}")
    return End([line for line in said if line.endswith("\n")], lived, status == _KILLED)
