# SPDX-License-Identifier: GPL-3.0-or-later
"""The parent's side of a worker program: start it, talk frames, give up on it when it is silent or dead."""

from __future__ import annotations

import contextlib
import logging
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Final, Self

from scanning.frames import BrokenFrameError, Frame, read_frame, write_frame

logger = logging.getLogger(__name__)

_SOURCE_ROOT: Final = Path(__file__).resolve().parents[1]
_EXIT_GRACE_SECONDS: Final = 5.0


class ChildGoneError(Exception):
    """The worker program ended (crashed, was killed, or left) while an answer was expected."""


class ChildSilentError(Exception):
    """The worker program lives but did not answer in time."""


class ChildProgram:
    """One running ``python -m <module>`` that speaks frames over its stdin and stdout.

    The child's stderr is inherited, so that what native libraries print ends up where our own log goes. ``receive``
    belongs to one thread; ``send``, ``kill`` and ``close`` may be called from any.
    """

    def __init__(
        self,
        module: str,
        *,
        arguments: Sequence[str] = (),
        environment: Mapping[str, str] | None = None,
        waiting_frames: int = 8,
    ) -> None:
        """Start the program.

        Args:
            module: What to run, e.g. ``scanning.devices``.
            arguments: Command line arguments; visible to every user of the machine, so never secret or personal.
            environment: Variables set on top of ours.
            waiting_frames: How many received frames may wait for ``receive`` before the worker is slowed down.
        """
        self._module = module
        path = os.pathsep.join(filter(None, [str(_SOURCE_ROOT), os.environ.get("PYTHONPATH", "")]))
        self._process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": path, **(environment or {})},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        assert self._process.stdin is not None  # noqa: S101 — PIPE was asked for
        assert self._process.stdout is not None  # noqa: S101
        self._outgoing = self._process.stdin
        self._write_lock = threading.Lock()
        self._arrived: queue.Queue[Frame | None] = queue.Queue(maxsize=waiting_frames)
        self._closing = threading.Event()
        self._reader = threading.Thread(
            target=self._read_all, args=(self._process.stdout,), name=f"frames of {module}", daemon=True
        )
        self._reader.start()

    @property
    def pid(self) -> int:
        """The process id of the worker."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether the worker still runs."""
        return self._process.poll() is None

    def send(self, frame: Frame) -> None:
        """Hand a frame to the worker.

        Raises:
            ChildGoneError: The worker no longer listens.
        """
        try:
            with self._write_lock:
                write_frame(self._outgoing, frame)
        except (OSError, ValueError) as error:
            raise ChildGoneError(self._module) from error

    def receive(self, timeout_seconds: float) -> Frame:
        """Wait for the next frame of the worker.

        Raises:
            ChildGoneError: The worker ended; every frame that it had finished was received before.
            ChildSilentError: Nothing came within ``timeout_seconds``.
        """
        try:
            frame = self._arrived.get(timeout=max(0.0, timeout_seconds))
        except queue.Empty:
            raise ChildSilentError(self._module) from None
        if frame is None:
            self._arrived.put(None)
            raise ChildGoneError(self._module)
        return frame

    def kill(self) -> None:
        """End the worker at once, whatever native code it is stuck in."""
        self._closing.set()
        self._process.kill()
        self._finish()

    def close(self) -> None:
        """Let the worker leave by closing its stdin; kill it when it does not within five seconds."""
        self._closing.set()
        with contextlib.suppress(OSError):
            self._outgoing.close()
        try:
            self._process.wait(_EXIT_GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            logger.info("worker %s did not leave, killed", self._module)
            self._process.kill()
        self._finish()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _finish(self) -> None:
        self._process.wait()
        self._reader.join()
        with contextlib.suppress(OSError):
            self._outgoing.close()

    def _read_all(self, incoming: IO[bytes]) -> None:
        with incoming:
            try:
                while (frame := read_frame(incoming)) is not None:
                    self._deliver(frame)
            except (BrokenFrameError, OSError, ValueError) as error:
                logger.warning("worker %s: %s", self._module, type(error).__name__)
        self._deliver(None)

    def _deliver(self, frame: Frame | None) -> None:
        while not self._closing.is_set():
            with contextlib.suppress(queue.Full):
                return self._arrived.put(frame, timeout=0.2)
        if frame is None:  # nobody reads on, but somebody may still wait for the end
            with contextlib.suppress(queue.Empty):
                self._arrived.get_nowait()
            self._arrived.put_nowait(None)
        return None
