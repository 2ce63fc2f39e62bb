# SPDX-License-Identifier: GPL-3.0-or-later
"""Start and stop the program that works in the background while a clerk is signed in, and hear its news."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from casework.errors import KnownError
from casework.rights import Right
from localdb.wiping import wipe
from workstation.desk.background_wire import BackgroundNews, BackgroundOrders
from workstation.desk.session import DeskSession

_SOURCE_ROOT: Final = Path(__file__).resolve().parents[2]
_EXIT_GRACE_SECONDS: Final = 2.0


class BackgroundProgram:
    """The running program. It dies with this one: its orders come through a pipe, and when that closes it ends.

    ``news`` belongs to one thread; ``stop`` may be called from any.
    """

    def __init__(self, orders: BackgroundOrders) -> None:
        """Start it; takes a few milliseconds.

        Raises:
            KnownError: ``background-does-not-start``.
        """
        path = os.pathsep.join(filter(None, [str(_SOURCE_ROOT), os.environ.get("PYTHONPATH", "")]))
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "workstation.background"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": path},
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0)
                | getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0),
            )
        except OSError:
            raise KnownError("background-does-not-start", retryable=True) from None
        self._stopping = threading.Lock()
        self._is_heard = False
        assert self._process.stdin is not None  # noqa: S101 - PIPE was asked for
        line = orders.to_line()
        try:
            # Past the buffer of the pipe, which nobody would wipe; a pipe takes so little in one piece.
            os.write(self._process.stdin.fileno(), line)
        except OSError:
            pass  # it may be gone already; then there is no news
        finally:
            wipe(line)

    @property
    def pid(self) -> int:
        """The process id of the program."""
        return self._process.pid

    def news(self) -> Iterator[BackgroundNews]:
        """Give the news as they come; ends when the program ends."""
        self._is_heard = True
        assert self._process.stdout is not None  # noqa: S101 - PIPE was asked for
        with self._process.stdout as lines:
            for line in lines:
                if line.endswith(b"\n"):
                    yield BackgroundNews.from_line(line)

    def let_go(self) -> None:
        """Tell the program to end, and do not wait for it."""
        assert self._process.stdin is not None  # noqa: S101 - PIPE was asked for
        with self._stopping, contextlib.suppress(OSError):
            self._process.stdin.close()

    def stop(self) -> None:
        """End the program, before the store is closed: whoever closes the store last puts its log away."""
        self.let_go()
        try:
            self._process.wait(_EXIT_GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            # One that hangs in a share that does not answer cannot even be killed; it does nothing any more.
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(_EXIT_GRACE_SECONDS)
        if not self._is_heard and self._process.stdout is not None:
            self._process.stdout.close()


def start_background(session: DeskSession) -> BackgroundProgram:
    """Start the background program of a session.

    Raises:
        KnownError: ``background-does-not-start``.
    """
    session.require(Right.SYNCHRONISE)
    return BackgroundProgram(BackgroundOrders(session.folder.root, session.store.keys))
