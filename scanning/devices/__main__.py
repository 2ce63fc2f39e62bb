# SPDX-License-Identifier: GPL-3.0-or-later
"""The scan worker: owns the scanner drivers, so that one that crashes or hangs takes nothing else down.

Frames come in over stdin and go out over stdout (``scanning.devices.wire``). When stdin ends, the worker leaves, also
out of the middle of a native call.
"""

from __future__ import annotations

import contextlib
import faulthandler
import logging
import os
import queue
import sys
import threading
import time
from collections.abc import Mapping
from typing import IO, Final

from scanning.core_dumps import forbid_core_dumps
from scanning.devices import wire
from scanning.devices.driver import OpenScanner, ScannerDriver, Watch
from scanning.errors import ScanningError
from scanning.frames import BrokenFrameError, Frame, claim_standard_streams, read_frame, write_frame

logger = logging.getLogger("scanning.devices.worker")

_SIGN_OF_LIFE_SECONDS: Final = 0.5
_LEAVE_SECONDS: Final = 3.0


def main() -> int:
    """Run until stdin ends."""
    forbid_core_dumps()
    faulthandler.enable()
    logging.basicConfig(level=logging.WARNING, format="scan worker: %(levelname)s %(name)s: %(message)s")
    incoming, outgoing = claim_standard_streams()
    with contextlib.suppress(BrokenPipeError):  # whoever started us is gone
        _Worker(_drivers(), incoming, outgoing).run()
    return 0


class _Worker:
    """Takes commands on a thread of its own, so that ``cancel`` is heard while a scan is under way."""

    def __init__(self, drivers: Mapping[str, ScannerDriver], incoming: IO[bytes], outgoing: IO[bytes]) -> None:
        self._drivers = drivers
        self._incoming = incoming
        self._outgoing = outgoing
        self._commands: queue.Queue[Frame | None] = queue.Queue()
        self._cancelled = threading.Event()
        self._scanner: OpenScanner | None = None
        self._last_sign_of_life = 0.0

    def run(self) -> None:
        """Serve commands one after the other."""
        threading.Thread(target=self._listen, name="commands", daemon=True).start()
        while (command := self._commands.get()) is not None:
            self._send(wire.ACCEPTED)
            with contextlib.ExitStack() as clean_up:
                try:
                    outcome = self._serve(command, clean_up)
                except ScanningError as error:
                    outcome = wire.error_frame(error)
                except BrokenPipeError:
                    raise
                except Exception as error:
                    # The exception's text may quote what a driver was given, so only its kind is told.
                    logger.error("%s failed: %s", command.kind, type(error).__name__)
                    outcome = wire.error_frame(ScanningError("scanner-failed", reason=type(error).__name__))
                self._send(outcome)
            self._send(wire.SETTLED)

    def _serve(self, command: Frame, clean_up: contextlib.ExitStack) -> Frame:
        match command.kind:
            case "list":
                devices = [device for driver in self._drivers.values() for device in driver.list_devices()]
                return wire.devices_frame(devices)
            case "scan":
                request = wire.read_scan(command)
                driver = self._drivers.get(request.device_id.partition(":")[0])
                if driver is None:
                    raise ScanningError("no-scanner")
                self._scanner = driver.open(request)
                clean_up.callback(self._scanner.close)
                for page in self._scanner.pages(Watch(self._cancelled.is_set, self._moved)):
                    self._send(wire.page_frame(page))
                return wire.DONE
            case _:
                raise BrokenFrameError(f"unknown command {command.kind}")

    def _listen(self) -> None:
        try:
            while (command := read_frame(self._incoming)) is not None:
                if command.kind == "cancel":
                    self._cancel()
                else:
                    self._cancelled.clear()
                    self._commands.put(command)
        except BrokenFrameError:
            logger.error("the commands broke off")
        leave = threading.Timer(_LEAVE_SECONDS, os._exit, [1])  # should a driver hold the main thread
        leave.daemon = True
        leave.start()
        self._commands.put(None)
        self._cancel()

    def _cancel(self) -> None:
        self._cancelled.set()
        scanner = self._scanner
        if scanner is not None:
            scanner.cancel()

    def _moved(self) -> None:
        now = time.monotonic()
        if now - self._last_sign_of_life >= _SIGN_OF_LIFE_SECONDS:
            self._last_sign_of_life = now
            self._send(wire.MOVED)

    def _send(self, frame: Frame) -> None:
        write_frame(self._outgoing, frame)


def _drivers() -> dict[str, ScannerDriver]:
    if sys.platform != "linux":
        return {}
    from scanning.devices.sane import SaneDriver  # loads native code, so only where it exists

    return {SaneDriver.name: SaneDriver()}


if __name__ == "__main__":
    os._exit(main())  # at an ordinary exit some drivers hang or crash while they clean up
