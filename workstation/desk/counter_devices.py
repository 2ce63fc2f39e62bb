# SPDX-License-Identifier: GPL-3.0-or-later
"""The scanner and the reading workers of the desk, opened when they are first needed and closed together."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from concurrent.futures import CancelledError

from casework.errors import KnownError
from casework.rights import Right
from localdb.store import Store
from scanning.devices.driver import ScanRequest
from scanning.errors import ScanningError
from scanning.reader import PageReader
from scanning.scanner import Scanner
from workstation.desk.desk_settings import DeskSettings
from workstation.desk.digitise_papers import DigitisingEvent, digitise_papers, read_left_pages
from workstation.desk.learn_class import known_corrections, learn_class
from workstation.desk.session import DeskSession

_log = logging.getLogger(__name__)

_ASK_ANEW = frozenset({"no-scanner", "scanner-gone", "scanner-failed"})
"""After these the scanner may come back under another name."""


class CounterDevices:
    """What lies on the counter for digitising. One thread at a time, except ``close``."""

    def __init__(self, settings: DeskSettings) -> None:
        self._settings = settings
        self._scanner: Scanner | None = None
        self._reader: PageReader | None = None
        self._is_taught = False
        self._device_id = settings.scanner_id

    def warm_up(self) -> None:
        """Start the reading workers, so that the first page does not wait for them."""
        self._open_reader()

    def digitise(self, session: DeskSession, dossier_id: str, cancel: threading.Event) -> Iterator[DigitisingEvent]:
        """Scan and read what lies in the scanner; see ``digitise_papers``.

        Raises:
            ScanningError: ``no-scanner`` and what ``digitise_papers`` raises.
            KnownError: ``disk-full``.
        """
        session.require(Right.SCAN)
        reader = self._taught_reader(session.store)
        if self._scanner is None:
            self._scanner = Scanner(environment=self._settings.scanner_environment)
        request = ScanRequest(
            self._find_device(self._scanner),
            self._settings.resolution_dpi,
            self._settings.color_mode,
            self._settings.source,
        )
        try:
            yield from digitise_papers(session, dossier_id, self._scanner, request, reader, cancel)
        except ScanningError as error:
            if error.code in _ASK_ANEW:
                self._device_id = self._settings.scanner_id
            raise

    def read_left_pages(self, session: DeskSession, dossier_id: str) -> Iterator[DigitisingEvent]:
        """Read what was scanned before the program was stopped; see ``digitise_papers.read_left_pages``."""
        session.require(Right.SCAN)
        return read_left_pages(session, dossier_id, self._taught_reader(session.store))

    def learn_class(self, session: DeskSession, paper_id: str) -> None:
        """Learn from the clerk what a paper is; see ``learn_class``. What keeps it from that is only logged."""
        session.require(Right.RECEIVE)
        try:
            learn_class(session, self._taught_reader(session.store), paper_id)
        except (KnownError, ScanningError) as error:
            _log.warning("a corrected class is not learnt: %s", error.code)
        except CancelledError:
            _log.info("a corrected class is not learnt: the readers were closed")

    def close(self) -> None:
        """End the workers at once; what they were doing ends with an error."""
        if self._reader is not None:
            self._reader.close()
            self._reader, self._is_taught = None, False
        if self._scanner is not None:
            self._scanner.close()
            self._scanner = None

    def _open_reader(self) -> PageReader:
        if self._reader is None:
            self._reader = PageReader()
        return self._reader

    def _taught_reader(self, store: Store) -> PageReader:
        """Give the readers, which know what the clerks taught."""
        reader = self._open_reader()
        if not self._is_taught:
            try:
                reader.know(known_corrections(store))
            except ScanningError as error:
                _log.warning("the readers are not taught: %s", error.code)  # they will say so themselves
            self._is_taught = True
        return reader

    def _find_device(self, scanner: Scanner) -> str:
        if not self._device_id:
            devices = scanner.list_devices()
            if not devices:
                raise ScanningError("no-scanner", retryable=True)
            self._device_id = devices[0].device_id
        return self._device_id
