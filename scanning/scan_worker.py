# SPDX-License-Identifier: GPL-3.0-or-later
"""The parent's hold on the scan worker: started when needed, waited for with a limit, replaced when it is stuck.

Native drivers hang and crash, also in their clean-up after a scan that went wrong (SANE's own ``test`` backend does so
once in a few hundred errors), and then poison the process that they live in. So the outcome of a scan is told before
the clean-up, the clean-up has a time limit, and a worker that does not take the next command at once is replaced.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Final

from scanning.child_program import ChildGoneError, ChildProgram, ChildSilentError
from scanning.devices import wire
from scanning.errors import ScanningError
from scanning.frames import Frame

logger = logging.getLogger(__name__)

_MODULE: Final = "scanning.devices"
_START_SECONDS: Final = 30.0
_ACCEPT_SECONDS: Final = 3.0
_CLEAN_UP_SECONDS: Final = 5.0
_WAITING_PAGES: Final = 100
"""A page that waits on this side survives the worker; drivers that read ahead would pile pages up on theirs."""


class ScanWorker:
    """At most one running worker; one command at a time."""

    def __init__(self, environment: Mapping[str, str] | None) -> None:
        self._environment = environment
        self._program: ChildProgram | None = None

    @property
    def pid(self) -> int | None:
        """Process id of the worker while there is one."""
        return self._program.pid if self._program else None

    def begin(self, command: Frame) -> None:
        """Give a command to a worker that takes it.

        Raises:
            ScanningError: ``scanner-crashed`` when not even a fresh worker does.
        """
        if self._program is not None and not self._accepts(command, _ACCEPT_SECONDS):
            logger.info("the scan worker does not listen any more and is replaced")
            self.kill()
        if self._program is None:
            self._program = ChildProgram(_MODULE, environment=self._environment, waiting_frames=_WAITING_PAGES)
            if not self._accepts(command, _START_SECONDS):
                self.kill()
                raise ScanningError("scanner-crashed", retryable=True)

    def next_frame(self, timeout_seconds: float) -> Frame | None:
        """The next frame of the command under way, or ``None`` when nothing comes in time.

        Raises:
            ScanningError: ``scanner-crashed`` when the worker ended.
        """
        try:
            return self._running().receive(timeout_seconds)
        except ChildSilentError:
            return None
        except ChildGoneError:
            raise self._crashed() from None

    def cancel(self) -> None:
        """Ask the scan under way to end.

        Raises:
            ScanningError: ``scanner-crashed`` when the worker ended.
        """
        try:
            self._running().send(wire.CANCEL)
        except ChildGoneError:
            raise self._crashed() from None

    def settle(self) -> None:
        """After the outcome of a command: let the driver clean up, for a while."""
        try:
            while self._running().receive(_CLEAN_UP_SECONDS).kind != wire.SETTLED.kind:
                pass
        except (ChildSilentError, ChildGoneError):
            logger.info("the scan worker got stuck while it cleaned up and is ended")
            self.kill()

    def kill(self) -> None:
        """End the worker at once."""
        program, self._program = self._program, None
        if program is not None:
            program.kill()

    def close(self) -> None:
        """Let the worker leave."""
        program, self._program = self._program, None
        if program is not None:
            program.close()

    def _running(self) -> ChildProgram:
        if self._program is None:
            raise ChildGoneError(_MODULE)
        return self._program

    def _accepts(self, command: Frame, timeout_seconds: float) -> bool:
        try:
            self._running().send(command)
            return self._running().receive(timeout_seconds).kind == wire.ACCEPTED.kind
        except (ChildSilentError, ChildGoneError):
            return False

    def _crashed(self) -> ScanningError:
        logger.warning("the scan worker ended unexpectedly")
        self.kill()
        return ScanningError("scanner-crashed", retryable=True)
