# SPDX-License-Identifier: GPL-3.0-or-later
"""The scanner and the reading workers of the desk, opened when they are first needed and closed together."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager

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
from workstation.desk.reading_engine import engine_in_use
from workstation.desk.replace_page import PageReplaced
from workstation.desk.rescan_page import rescan_page
from workstation.desk.session import DeskSession
from workstation.desk.turn_page import Turn, turn_page

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
        scanner, request = self._ready_scanner()
        with self._asking_anew():
            yield from digitise_papers(session, dossier_id, scanner, request, reader, cancel)

    def read_left_pages(self, session: DeskSession, dossier_id: str) -> Iterator[DigitisingEvent]:
        """Read what was scanned before the program was stopped; see ``digitise_papers.read_left_pages``."""
        session.require(Right.SCAN)
        return read_left_pages(session, dossier_id, self._taught_reader(session.store))

    def turn_page(
        self, session: DeskSession, dossier_id: str, page_id: str, turn: Turn, *, drops_signature: bool = False
    ) -> PageReplaced:
        """Turn a page and read it again; see ``turn_page``."""
        session.require(Right.SCAN)
        reader = self._taught_reader(session.store)
        return turn_page(session, dossier_id, page_id, turn, reader, drops_signature=drops_signature)

    def rescan_page(
        self,
        session: DeskSession,
        dossier_id: str,
        page_id: str,
        cancel: threading.Event,
        *,
        drops_signature: bool = False,
    ) -> PageReplaced:
        """Take the next sheet in the scanner for a page; see ``rescan_page``.

        Raises:
            ScanningError: ``no-scanner`` and what ``rescan_page`` raises.
            KnownError: As ``rescan_page``.
        """
        session.require(Right.SCAN)
        reader = self._taught_reader(session.store)
        scanner, request = self._ready_scanner()
        with self._asking_anew():
            return rescan_page(
                session, dossier_id, page_id, scanner, request, reader, cancel, drops_signature=drops_signature
            )

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
            self._reader = PageReader(engine=engine_in_use(self._settings.engine).value)
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

    def _ready_scanner(self) -> tuple[Scanner, ScanRequest]:
        if self._scanner is None:
            self._scanner = Scanner(environment=self._settings.scanner_environment)
        settings = self._settings
        device_id = self._find_device(self._scanner)
        return self._scanner, ScanRequest(device_id, settings.resolution_dpi, settings.color_mode, settings.source)

    @contextmanager
    def _asking_anew(self) -> Iterator[None]:
        """Look for the scanner anew the next time when it was not to be had."""
        try:
            yield
        except ScanningError as error:
            if error.code in _ASK_ANEW:
                self._device_id = self._settings.scanner_id
            raise

    def _find_device(self, scanner: Scanner) -> str:
        if not self._device_id:
            devices = scanner.list_devices()
            if not devices:
                raise ScanningError("no-scanner", retryable=True)
            self._device_id = devices[0].device_id
        return self._device_id
