# SPDX-License-Identifier: GPL-3.0-or-later
"""One run of the scanner for one draft: its events on the GUI thread, each with a small picture made elsewhere."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtGui import QImage

from workstation.desk.digitise_papers import DigitisingEvent, PageArrived, PageGlanced, PageRead, PapersRecognised
from workstation.ui.bench import Bench
from workstation.ui.lanes import Lane
from workstation.ui.pictures import small_picture


class Digitising(QObject):
    """Scans, and reads what an earlier run left unread; one at a time.

    Signals:
        page_arrived: A page left the scanner and is stored (``Page``, ``QImage``).
        page_glanced: Its title was read, the rest follows (``Page``, title).
        page_read: It was read (``Page``, title, ``QImage`` or None).
        papers_recognised: The pages of the run belong to papers now.
        ended: The run is over (``Exception`` or None).
    """

    page_arrived = pyqtSignal(object, object)
    page_glanced = pyqtSignal(object, str)
    page_read = pyqtSignal(object, str, object)
    papers_recognised = pyqtSignal()
    ended = pyqtSignal(object)

    def __init__(self, bench: Bench, parent: QObject) -> None:
        super().__init__(parent)
        self._bench = bench
        self._cancel = threading.Event()
        self._is_running = False

    @property
    def is_running(self) -> bool:
        """Whether a run is under way."""
        return self._is_running

    def scan(self, dossier_id: str) -> None:
        """Scan what lies in the scanner."""
        self._cancel = cancel = threading.Event()
        self._run(lambda: self._bench.devices.digitise(self._bench.session, dossier_id, cancel))

    def read_left(self, dossier_id: str) -> None:
        """Read the pages that were scanned before the program was stopped."""
        self._cancel = threading.Event()
        self._run(lambda: self._bench.devices.read_left_pages(self._bench.session, dossier_id))

    def cancel(self) -> None:
        """Stop the scanner; what arrived is kept and read."""
        self._cancel.set()

    def _run(self, events: Callable[[], Iterator[DigitisingEvent]]) -> None:
        self._is_running = True
        self._bench.follow(
            Lane.SCANNER,
            lambda: _with_pictures(events()),
            self._on_event,
            lambda: self._on_ended(None),
            self._on_ended,
        )

    def _on_event(self, step: tuple[DigitisingEvent, QImage | None]) -> None:
        event, picture = step
        match event:
            case PageArrived():
                self.page_arrived.emit(event.page, picture)
            case PageGlanced():
                self.page_glanced.emit(event.page, event.title)
            case PageRead():
                self.page_read.emit(event.page, event.title, picture)
            case PapersRecognised():
                self.papers_recognised.emit()
        self._bench.announce(event.changes)

    def _on_ended(self, error: Exception | None) -> None:
        self._is_running = False
        self.ended.emit(error)


def _with_pictures(events: Iterator[DigitisingEvent]) -> Iterator[tuple[DigitisingEvent, QImage | None]]:
    for event in events:
        picture = None
        if isinstance(event, PageArrived):
            picture = small_picture(event.picture)
        elif isinstance(event, PageRead) and event.page.thumbnail:
            picture = small_picture(event.page.thumbnail)
        yield event, picture
