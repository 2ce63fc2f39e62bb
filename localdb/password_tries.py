# SPDX-License-Identifier: GPL-3.0-or-later
"""How long to wait after wrong passwords: three tries are free, then each costs twice the wait of the one before.

The count lies in a small file beside the key file and survives a restart. A try is counted before it is made, so that
ending the program in time wins nothing. Waiting is measured by the clock that nobody can set; only when the computer
was started anew meanwhile does the wall clock help to wait less. Nobody is locked out: the longest wait is five
minutes. Whoever can write into the folder can remove the file, and could as well try passwords on a copy of the key
file: against that, Argon2id makes every try expensive.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from casework.errors import KnownError
from localdb import durable_file

FREE_TRIES: Final = 3
LONGEST_WAIT: Final = 300
"""Seconds."""


@dataclass(frozen=True, slots=True)
class _Record:
    failures: int
    wall: float
    ticks: float


class PasswordTries:
    """The tries at one key file."""

    def __init__(
        self, path: Path, clock: Callable[[], dt.datetime], ticks: Callable[[], float] = time.monotonic
    ) -> None:
        """Name the file that counts.

        Args:
            path: The file; there is none as long as nothing went wrong.
            clock: The present moment, aware.
            ticks: Seconds since the computer was started; never goes back while it runs.
        """
        self._path = path
        self._clock = clock
        self._ticks = ticks

    def seconds_to_wait(self) -> int:
        """Give the whole seconds until the next try may be made; 0 when it may be made now.

        Raises:
            KnownError: ``no-access``, ``disk-error``.
        """
        last = self._load()
        if last is None or last.failures < FREE_TRIES:
            return 0
        wait = min(LONGEST_WAIT, 1 << min(last.failures - FREE_TRIES + 1, 10))
        return max(0, math.ceil(wait - self._elapsed(last)))

    @contextlib.contextmanager
    def one(self) -> Iterator[None]:
        """Make one try: the block raises ``wrong-password``, or ends well and all is forgotten.

        What fails for another reason does not count.

        Raises:
            KnownError: ``too-many-tries`` (details ``seconds``) without the block being run; ``disk-full``,
                ``no-access``, ``disk-error``.
        """
        seconds = self.seconds_to_wait()
        if seconds:
            raise KnownError("too-many-tries", retryable=True, seconds=str(seconds))
        before = self._load()
        failures = before.failures if before else 0
        self._save(_Record(failures + 1, self._clock().timestamp(), self._ticks()))
        try:
            yield
        except BaseException as error:
            if not isinstance(error, KnownError) or error.code != "wrong-password":
                self._save(before)
            raise
        self._save(None)

    def _elapsed(self, last: _Record) -> float:
        ticks = self._ticks()
        if ticks >= last.ticks:
            return ticks - last.ticks
        return max(ticks, self._clock().timestamp() - last.wall)

    def _load(self) -> _Record | None:
        with durable_file.explained():
            try:
                content = self._path.read_bytes()
            except FileNotFoundError:
                return None
        try:
            value = json.loads(content)
            record = _Record(int(value["failures"]), float(value["wall"]), float(value["ticks"]))
        except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
            return None
        return record if math.isfinite(record.wall) and math.isfinite(record.ticks) else None

    def _save(self, record: _Record | None) -> None:
        if record is None:
            with durable_file.explained():
                self._path.unlink(missing_ok=True)
            return
        value = {"failures": record.failures, "wall": record.wall, "ticks": record.ticks}
        with durable_file.replacing(self._path) as file:
            file.write(json.dumps(value).encode())
