# SPDX-License-Identifier: GPL-3.0-or-later
"""What the clerk does with the papers of a draft: scan, say what they are, give back, sign."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QModelIndex, QObject, QPoint, Qt, pyqtSignal
from PyQt6.QtWidgets import QApplication, QLineEdit, QMenu, QPlainTextEdit

from casework.records.procedure import Requirement
from workstation.desk.assign_paper import PaperAssigned, assign_paper
from workstation.desk.change_set import ChangeSet
from workstation.desk.remove_page import remove_page
from workstation.desk.set_aside_papers import set_aside_papers
from workstation.desk.sign_papers import PaperSigned
from workstation.desk.signing_sitting import SigningSitting
from workstation.ui.bench import Bench
from workstation.ui.digitising import Digitising
from workstation.ui.lanes import Lane
from workstation.ui.notice import Notice
from workstation.ui.paper_model import PageEntry, PaperEntry, Place
from workstation.ui.papers_panel import PapersPanel
from workstation.ui.signing_run import SigningRun
from workstation.ui.theme import GRID
from workstation.ui.tone import Tone


class PaperWork(QObject):
    """Works on the papers that a panel shows.

    Signals:
        changed: The draft's papers are not what they were.
        busy_changed: Scanner or token began or ended.
    """

    changed = pyqtSignal()
    busy_changed = pyqtSignal()

    def __init__(self, bench: Bench, panel: PapersPanel, open_sitting: Callable[[], SigningSitting]) -> None:
        super().__init__(panel)
        self._bench = bench
        self._panel = panel
        self._list = panel.papers
        self._dossier_id = ""
        self._requirements: tuple[Requirement, ...] = ()
        self._digitising = Digitising(bench, self)
        self._signing = SigningRun(bench, open_sitting, panel)
        model = self._list.papers
        self._digitising.page_arrived.connect(model.add_page)
        self._digitising.page_arrived.connect(lambda *_: self._list.scrollToBottom())
        self._digitising.page_glanced.connect(model.page_glanced)
        self._digitising.page_read.connect(model.page_read)
        self._digitising.papers_recognised.connect(self.changed)
        self._digitising.ended.connect(self._on_ended)
        self._signing.pin_asked.connect(lambda: panel.say_doing(self.tr("Waiting for the PIN …")))
        self._signing.paper_signed.connect(self._on_signed)
        self._signing.ended.connect(self._on_ended)
        self._list.given_back.connect(self.give_back)
        self._list.asked_for_place.connect(self.ask_for_place)

    @property
    def is_scanning(self) -> bool:
        """Whether pages arrive or are read."""
        return self._digitising.is_running

    @property
    def is_busy(self) -> bool:
        """Whether scanner or token are at work."""
        return self._digitising.is_running or self._signing.is_running

    def turn_to(self, dossier_id: str) -> None:
        """Work on another draft."""
        self._dossier_id = dossier_id

    def use_requirements(self, requirements: tuple[Requirement, ...]) -> None:
        """Take what the procedure asks for; empty while none is chosen."""
        self._requirements = requirements

    def scan(self) -> None:
        """Scan what lies in the scanner."""
        self._bench.carried_on.emit()
        self._panel.say_doing(self.tr("Scanning … Esc stops, what arrived is kept."))
        self._digitising.scan(self._dossier_id)
        self.busy_changed.emit()

    def read_left(self) -> None:
        """Read the pages that were scanned before the program was stopped."""
        self._panel.say_doing(self.tr("Reading the pages that were scanned before …"))
        self._digitising.read_left(self._dossier_id)
        self.busy_changed.emit()

    def stop_scanning(self) -> None:
        """Stop the scanner; what arrived is kept and read."""
        self._digitising.cancel()
        self._panel.say_doing(self.tr("Stopping; the pages that arrived are being read …"))

    def sign(self) -> None:
        """Sign every unsigned paper."""
        if self.points_at_misplaced():
            return
        self._bench.carried_on.emit()
        self._panel.say_doing(self.tr("Looking for the token …"))
        self._signing.begin(self._dossier_id, self._panel.unsigned_count)
        self.busy_changed.emit()

    def give_back(self, index: QModelIndex) -> None:
        """Take a paper out of the draft: at once when it is not asked for, else when the clerk insists.

        A page that belongs to no paper goes too, when she insists: its picture may be lost.
        """
        entry = self._list.papers.entry_at(index)
        if entry is None or self.is_busy:
            return
        if isinstance(entry, PageEntry):
            self._remove_page(entry)
            return
        paper_id, dossier_id, session = entry.paper.paper_id, self._dossier_id, self._bench.session
        if entry.place is not Place.SURPLUS and not self._bench.is_insisted(f"give back {paper_id}"):
            happened = self.tr("Take this paper out of the dossier?")
            self._bench.tell(Notice(Tone.WARN, happened, self.tr("Press Delete once more to take it out.")))
            return
        self._bench.run(
            Lane.DATABASE, lambda: set_aside_papers(session, dossier_id, [paper_id]), self._on_papers_changed
        )

    def _remove_page(self, entry: PageEntry) -> None:
        page_id, dossier_id, session = entry.page.page_id, self._dossier_id, self._bench.session
        if not self._bench.is_insisted(f"remove {page_id}"):
            happened = self.tr("Take this page out of the dossier?")
            self._bench.tell(Notice(Tone.WARN, happened, self.tr("Press Delete once more to take the page out.")))
            return
        self._bench.run(Lane.DATABASE, lambda: remove_page(session, dossier_id, page_id), self._on_papers_changed)

    def ask_for_place(self, index: QModelIndex) -> None:
        """Let the clerk say which requirement a paper satisfies."""
        entry = self._list.papers.entry_at(index)
        if not isinstance(entry, PaperEntry) or not self._requirements or self.is_busy:
            return
        session, dossier_id, paper_id = self._bench.session, self._dossier_id, entry.paper.paper_id

        def put(requirement: Requirement) -> None:
            self._bench.run(
                Lane.DATABASE,
                lambda: assign_paper(session, dossier_id, paper_id, requirement),
                lambda assigned: self._on_assigned(paper_id, assigned),
            )

        menu = QMenu(self._list)
        for requirement in self._requirements:
            action = menu.addAction(requirement.short_name.replace("&", "&&"))
            if action is not None:
                action.triggered.connect(lambda _checked=False, requirement=requirement: put(requirement))
        menu.setActiveAction(menu.actions()[0])
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._list.mapToGlobal(self._list.visualRect(index).bottomLeft() + QPoint(GRID, 0)))

    def points_at_misplaced(self) -> bool:
        """Show the first paper that nobody asked for; tells whether there is one."""
        if not self._list.papers.first_misplaced().isValid():
            return False
        self.focus_papers()
        self._bench.tell(
            Notice(
                Tone.WARN,
                self.tr("There are papers that this procedure does not ask for."),
                self.tr("Press Delete to give them back, or Enter to say which paper it is."),
            )
        )
        return True

    def invite_focus(self) -> None:
        """Put the focus on the papers, unless the clerk is typing: nobody takes a field from under her hands."""
        if not isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit):
            self.focus_papers()

    def focus_papers(self) -> None:
        """Put the focus on the paper that needs the clerk first."""
        misplaced = self._list.papers.first_misplaced()
        target = misplaced if misplaced.isValid() else self._list.papers.index(0)
        if target.isValid():
            self._list.setCurrentIndex(target)
            self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_assigned(self, paper_id: str, assigned: PaperAssigned) -> None:
        self._on_papers_changed(assigned.changes)
        if assigned.is_correction:
            session, devices = self._bench.session, self._bench.devices
            self._bench.run(Lane.SCANNER, lambda: devices.learn_class(session, paper_id))

    def _on_papers_changed(self, changes: ChangeSet) -> None:
        self._bench.carried_on.emit()
        self._bench.announce(changes)
        self.changed.emit()

    def _on_signed(self, signed: PaperSigned) -> None:
        self._panel.say_doing(self.tr("Signed {done} of {total} …").format(done=signed.done, total=signed.total))
        self._list.papers.paper_signed(signed.paper)

    def _on_ended(self, error: Exception | None) -> None:
        self._panel.say_doing("")
        if error is not None:
            self._bench.tell_error(error)
        self.busy_changed.emit()
        self.changed.emit()
