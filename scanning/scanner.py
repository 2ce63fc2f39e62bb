# SPDX-License-Identifier: GPL-3.0-or-later
"""Scanning as the rest of the program sees it: list the scanners, get the pages, one error when it ends badly.

The drivers live in a worker program. What hangs there is killed, what crashes there is started again; the pages that
had arrived before are already with the caller.

Codes of the ``ScanningError`` that ``scan`` and ``list_devices`` raise:

======================== ==============================================================================
``no-scanner``           no scanner of that id
``source-not-offered``   the scanner has no such feeder or no duplex
``feeder-empty``         nothing lies in the feeder
``scanner-jammed``       paper jam
``cover-open``           the lid is open
``scanner-busy``         somebody else scans, or the lamp is still cold
``scanner-gone``         the connection to the scanner ended
``scanner-locked``       the transport lock of the scanner is closed
``scanner-access-denied`` this user may not use the scanner
``scanner-unsupported``  the scanner cannot do what was asked, or sends pictures that we cannot read
``scanner-failed``       the driver reports some other failure
``scanner-silent``       no sign of life for too long; the worker was ended
``scanner-crashed``      the driver took the worker down
``page-truncated``       a page ended too early; it was not taken
``scan-cancelled``       the caller asked for it
``driver-missing``       this computer has no scanner software (SANE)
======================== ==============================================================================
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Generator, Iterator, Mapping
from types import TracebackType
from typing import Final, Self

from scanning.child_program import ChildGoneError, ChildProgram, ChildSilentError
from scanning.devices import wire
from scanning.devices.driver import Device, ScanRequest
from scanning.errors import ScanningError
from scanning.frames import Frame
from scanning.page_image import PageImage

logger = logging.getLogger(__name__)

_WORKER: Final = "scanning.devices"
_LIST_SECONDS: Final = 20.0
_SILENCE_SECONDS: Final = 60.0
"""Longer than the half minute for which sane-airscan asks a busy scanner again."""
_WAITING_PAGES: Final = 100
"""A page that waits on this side survives the worker; drivers that read ahead would pile pages up on theirs."""
_CANCEL_SECONDS: Final = 15.0
"""Longer than the ten seconds that sane-airscan gives a page on its way to end."""
_POLL_SECONDS: Final = 0.1


class Scanner:
    """The scanners of this computer; a context manager that ends the worker program with it.

    Starts the worker at the first use and keeps it. One list or scan at a time: a second one at the same time is
    refused with ``scanner-busy``.
    """

    def __init__(
        self,
        *,
        environment: Mapping[str, str] | None = None,
        silence_seconds: float = _SILENCE_SECONDS,
        cancel_seconds: float = _CANCEL_SECONDS,
    ) -> None:
        """Prepare; nothing is started yet.

        Args:
            environment: Variables for the worker on top of ours, e.g. ``SANE_CONFIG_DIR``.
            silence_seconds: How long a scan may go on without a sign of life.
            cancel_seconds: How long the driver may take to stop before its worker is killed.
        """
        self._environment = environment
        self._silence_seconds = silence_seconds
        self._cancel_seconds = cancel_seconds
        self._in_use = threading.Lock()
        self._worker: ChildProgram | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the worker."""
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.close()

    @property
    def worker_pid(self) -> int | None:
        """Process id of the worker while there is one."""
        return self._worker.pid if self._worker else None

    def list_devices(self, timeout_seconds: float = _LIST_SECONDS) -> list[Device]:
        """Look for scanners, also on the network, which may take seconds.

        Raises:
            ScanningError: See the module.
        """
        with _Turn(self._in_use):
            worker = self._ask(wire.LIST)
            frame = self._answer(worker, timeout_seconds)
            if frame.kind == "error":
                raise wire.read_error(frame)
            return wire.read_devices(frame)

    def scan(self, request: ScanRequest, cancel: threading.Event | None = None) -> Generator[PageImage, None, None]:
        """Scan and yield every page as soon as it has arrived; starts when the first page is asked for.

        Put each page into safety before asking for the next; leave slow work for later.
        Closing the iterator early ends the scan and its worker.

        Args:
            request: What to scan.
            cancel: Set it from any thread to stop the scan; the sheet on its way through the feeder is still
                yielded. Drivers read ahead, so a few more sheets may come out of the scanner unread.

        Raises:
            ScanningError: See the module; ``details["pages"]`` tells how many pages had arrived.
        """
        with _Turn(self._in_use):
            worker = self._ask(wire.scan_frame(request))
            pages = 0
            ended = False
            try:
                for frame in self._frames(worker, cancel or threading.Event()):
                    if frame.kind == "page":
                        pages += 1
                        yield wire.read_page(frame)
                    elif frame.kind == "error":
                        ended = True
                        raise wire.read_error(frame)
                    elif frame.kind == "done":
                        ended = True
                        return
            except ScanningError as error:
                details = {**error.details, "pages": str(pages)}
                raise ScanningError(error.code, retryable=error.retryable, **details) from None
            finally:
                if not ended:
                    self.close()

    def _frames(self, worker: ChildProgram, cancel: threading.Event) -> Iterator[Frame]:
        """The worker's frames; never silent for longer than allowed."""
        deadline = time.monotonic() + self._silence_seconds
        cancel_sent = False
        while True:
            if cancel.is_set() and not cancel_sent:
                cancel_sent = True
                deadline = time.monotonic() + self._cancel_seconds
                self._send(worker, wire.CANCEL)
            try:
                frame = self._answer(worker, min(_POLL_SECONDS, self._silence_seconds), patient=True)
            except ChildSilentError:
                if time.monotonic() < deadline:
                    continue
                self._kill()
                code = "scan-cancelled" if cancel_sent else "scanner-silent"
                raise ScanningError(code, retryable=not cancel_sent) from None
            yield frame
            if not cancel_sent:
                deadline = time.monotonic() + self._silence_seconds

    def _ask(self, frame: Frame) -> ChildProgram:
        if self._worker is None or not self._worker.alive:
            self.close()
            self._worker = ChildProgram(_WORKER, environment=self._environment, waiting_frames=_WAITING_PAGES)
        self._send(self._worker, frame)
        return self._worker

    def _send(self, worker: ChildProgram, frame: Frame) -> None:
        try:
            worker.send(frame)
        except ChildGoneError:
            raise self._crashed() from None

    def _answer(self, worker: ChildProgram, timeout_seconds: float, *, patient: bool = False) -> Frame:
        try:
            return worker.receive(timeout_seconds)
        except ChildGoneError:
            raise self._crashed() from None
        except ChildSilentError:
            if patient:
                raise
            self._kill()
            raise ScanningError("scanner-silent", retryable=True) from None

    def _crashed(self) -> ScanningError:
        logger.warning("the scan worker ended unexpectedly")
        self.close()
        return ScanningError("scanner-crashed", retryable=True)

    def _kill(self) -> None:
        logger.warning("the scan worker gave no sign of life and was ended")
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.kill()


class _Turn:
    """Holds a lock, and refuses instead of waiting for it."""

    def __init__(self, lock: threading.Lock) -> None:
        self._lock = lock

    def __enter__(self) -> None:
        if not self._lock.acquire(blocking=False):
            raise ScanningError("scanner-busy", retryable=True)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._lock.release()
