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

from scanning.devices import wire
from scanning.devices.driver import Device, ScanRequest
from scanning.errors import ScanningError
from scanning.frames import Frame
from scanning.page_image import PageImage
from scanning.scan_worker import ScanWorker

logger = logging.getLogger(__name__)

_LIST_SECONDS: Final = 20.0
_SILENCE_SECONDS: Final = 60.0
"""Longer than the half minute for which sane-airscan asks a busy scanner again."""
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
        self._silence_seconds = silence_seconds
        self._cancel_seconds = cancel_seconds
        self._worker = ScanWorker(environment)
        self._in_use = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the worker."""
        self._worker.close()

    @property
    def worker_pid(self) -> int | None:
        """Process id of the worker while there is one."""
        return self._worker.pid

    def list_devices(self, timeout_seconds: float = _LIST_SECONDS) -> list[Device]:
        """Look for scanners, also on the network, which may take seconds.

        Raises:
            ScanningError: See the module.
        """
        with _Turn(self._in_use):
            self._worker.begin(wire.LIST)
            frame = self._worker.next_frame(timeout_seconds)
            if frame is None:
                raise self._silent()
            self._worker.settle()
            if frame.kind == "error":
                raise wire.read_error(frame)
            return wire.read_devices(frame)

    def scan(self, request: ScanRequest, cancel: threading.Event | None = None) -> Generator[PageImage, None, None]:
        """Scan and yield every page as soon as it has arrived; starts when the first page is asked for.

        Put each page into safety before asking for the next, and leave slow work for later: drivers read ahead. Closing
        the iterator early ends the scan and its worker.

        Args:
            request: What to scan.
            cancel: Set it from any thread to stop the scan; the sheet on its way through the feeder is still
                yielded. Because drivers read ahead, a few more sheets may come out of the scanner unread.

        Raises:
            ScanningError: See the module; ``details["pages"]`` tells how many pages had arrived.
        """
        with _Turn(self._in_use):
            pages = 0
            settled = False
            try:
                self._worker.begin(wire.scan_frame(request))
                for frame in self._frames(cancel or threading.Event()):
                    if frame.kind == "page":
                        pages += 1
                        yield wire.read_page(frame)
                    elif frame.kind in {"done", "error"}:
                        settled = True
                        self._worker.settle()
                        if frame.kind == "error":
                            raise wire.read_error(frame)
                        return
            except ScanningError as error:
                details = {**error.details, "pages": str(pages)}
                raise ScanningError(error.code, retryable=error.retryable, **details) from None
            finally:
                if not settled:
                    self._worker.close()

    def _frames(self, cancel: threading.Event) -> Iterator[Frame]:
        """The worker's frames; never silent for longer than allowed."""
        deadline = time.monotonic() + self._silence_seconds
        cancel_sent = False
        while True:
            if cancel.is_set() and not cancel_sent:
                cancel_sent = True
                deadline = time.monotonic() + self._cancel_seconds
                self._worker.cancel()
            frame = self._worker.next_frame(_POLL_SECONDS)
            if frame is not None:
                yield frame
                if not cancel_sent:
                    deadline = time.monotonic() + self._silence_seconds
            elif time.monotonic() > deadline:
                if cancel_sent:
                    logger.info("the driver does not stop; its worker is ended")
                    self._worker.kill()
                    raise ScanningError("scan-cancelled")
                raise self._silent()

    def _silent(self) -> ScanningError:
        logger.warning("the scan worker gave no sign of life and is ended")
        self._worker.kill()
        return ScanningError("scanner-silent", retryable=True)


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
