# SPDX-License-Identifier: GPL-3.0-or-later
"""What the clerk does with one page of a draft: look at it large, turn it, scan it again."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence

from PyQt6.QtCore import QModelIndex, QObject, Qt, pyqtSignal
from PyQt6.QtWidgets import QWidget

from casework.errors import KnownError
from casework.records.paper import Page
from workstation.desk.replace_page import PageReplaced
from workstation.desk.turn_page import Turn
from workstation.ui.bench import Bench
from workstation.ui.lanes import Lane
from workstation.ui.notice import Notice
from workstation.ui.page import KeyAction
from workstation.ui.paper_list import PaperList
from workstation.ui.paper_model import PaperEntry
from workstation.ui.paper_view import PaperView
from workstation.ui.tone import Tone


class PageWork(QObject):
    """Works on the pages of the papers in a list.

    Signals:
        changed: A page is not what it was (its ``page_id``).
        busy_changed: Work on a page began or ended.

    Attributes:
        view: Shows the pages; in the place of ``beside`` while it is open.
    """

    changed = pyqtSignal(str)
    busy_changed = pyqtSignal()

    def __init__(self, bench: Bench, papers: PaperList, beside: QWidget) -> None:
        super().__init__(papers)
        self._bench = bench
        self._list = papers
        self._beside = beside
        self._dossier_id = ""
        self._pages: tuple[Page, ...] = ()
        self._cancel: threading.Event | None = None
        self._is_busy = False
        self.view = PaperView(bench, is_draft=True)
        self.view.turn_wanted.connect(self.turn)
        self.view.closed.connect(self._on_closed)
        papers.opened.connect(self.open_entry)

    @property
    def is_busy(self) -> bool:
        """Whether a page is being read or scanned."""
        return self._is_busy

    def turn_to(self, dossier_id: str) -> None:
        """Work on another draft."""
        if self.view.is_open:
            self.view.close_paper()
        self._dossier_id = dossier_id

    def show_pages(self, pages: Sequence[Page]) -> None:
        """Take the pages of the draft as they are now."""
        self._pages = tuple(pages)
        shown = self.view.page
        if shown is None:
            return
        now = next((page for page in pages if page.page_id == shown.page_id), None)
        entries = self._list.papers.entries
        for row, entry in enumerate(entries):
            own = self._pages_of(row)
            if now is not None and now in own:
                title = entry.paper.title if isinstance(entry, PaperEntry) else self._list.papers.index(row).data()
                self.view.show_anew(title, own)
                return
        self.view.close_paper()

    def open_entry(self, index: QModelIndex) -> None:
        """Show the pages of an entry of the list large."""
        own = self._pages_of(index.row())
        if own:
            self._beside.hide()
            self.view.open_paper(index.data(), own)
            self.busy_changed.emit()

    def keys(self, *, is_ready: bool) -> Mapping[Qt.Key, KeyAction]:
        """Give what the function keys do while a page is shown."""
        rescan = KeyAction(self.rescan, self.tr("Scan this page again"), is_enabled=is_ready and not self._is_busy)
        return {
            Qt.Key.Key_F5: rescan,
            Qt.Key.Key_F10: KeyAction(self.escape, is_enabled=False),
        }

    def escape(self) -> None:
        """Stop the scanner first, close the view second; what is being read is read to its end."""
        if self._cancel is not None:
            self._cancel.set()
            self.view.say_doing(self.tr("Stopping; the old page stays …"))
        else:
            self.view.close_paper()

    def turn(self, page: Page, turn: Turn) -> None:
        """Turn a page."""
        session, devices, dossier_id = self._bench.session, self._bench.devices, self._dossier_id

        def work(drops_signature: bool) -> PageReplaced:
            return devices.turn_page(session, dossier_id, page.page_id, turn, drops_signature=drops_signature)

        self._begin(f"{turn.name} {page.page_id}", self.tr("Reading the page as it lies now …"), work)

    def rescan(self) -> None:
        """Take the next sheet in the scanner for the page that is shown."""
        page = self.view.page
        if page is None or self._is_busy:
            return
        session, devices, dossier_id = self._bench.session, self._bench.devices, self._dossier_id
        cancel = self._cancel = threading.Event()
        page_id = page.page_id

        def work(drops_signature: bool) -> PageReplaced:
            return devices.rescan_page(session, dossier_id, page_id, cancel, drops_signature=drops_signature)

        self._begin(f"rescan {page_id}", self.tr("Scanning this page again … Esc stops, the old page stays."), work)

    def _begin(self, question: str, doing: str, work: Callable[[bool], PageReplaced]) -> None:
        if self._is_busy:
            return
        drops_signature = self._bench.is_insisted(question)
        self._is_busy = True
        self.view.say_doing(doing)
        self.busy_changed.emit()
        self._bench.run(Lane.SCANNER, lambda: work(drops_signature), self._on_replaced, self._on_error)

    def _on_replaced(self, replaced: PageReplaced) -> None:
        self._end()
        self._bench.carried_on.emit()
        self._bench.announce(replaced.changes)
        self.changed.emit(replaced.page.page_id)
        if replaced.sheets_left_out:
            self._bench.tell(
                Notice(
                    Tone.WARN,
                    self.tr("The scanner took more than one sheet; only the first one was used."),
                    self.tr("To scan one page again, put only that sheet into the scanner."),
                )
            )

    def _on_error(self, error: Exception) -> None:
        self._end()
        if not (isinstance(error, KnownError) and error.code == "paper-signed"):
            self._bench.forget_question()
        self._bench.tell_error(error)

    def _end(self) -> None:
        self._is_busy, self._cancel = False, None
        self.view.say_doing("")
        self.busy_changed.emit()

    def _on_closed(self) -> None:
        self._beside.show()
        self._list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.busy_changed.emit()

    def _pages_of(self, row: int) -> list[Page]:
        if not 0 <= row < len(self._list.papers.entries):
            return []
        entry = self._list.papers.entries[row]
        if isinstance(entry, PaperEntry):
            return [page for page in self._pages if page.paper_id == entry.paper.paper_id]
        return [page for page in self._pages if page.page_id == entry.page.page_id]
