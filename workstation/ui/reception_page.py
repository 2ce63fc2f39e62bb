# SPDX-License-Identifier: GPL-3.0-or-later
"""Reception (F2): a dossier from the identity card to the receipt, in three columns, with the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QImage
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from casework.errors import KnownError
from casework.records.procedure import Procedure
from casework.units import UnitMatch, find_new_unit
from workstation.desk.change_set import ChangeSet
from workstation.desk.find_procedure import ProcedureSheet, demand_paper, find_procedures
from workstation.desk.keep_draft import (
    TICKED,
    DraftField,
    DraftForm,
    abandon_draft,
    start_draft,
    tick_field,
)
from workstation.desk.list_drafts import mark_on_screen
from workstation.desk.read_card import CardOnDesk, read_card
from workstation.desk.receive_dossier import Received, receive_dossier
from workstation.desk.signing_sitting import SigningSitting
from workstation.ui.bench import Bench
from workstation.ui.draft_keeper import DraftKeeper
from workstation.ui.draft_snapshot import EMPTY, DraftSnapshot, load_draft
from workstation.ui.lanes import Lane
from workstation.ui.notice import Notice
from workstation.ui.page import KeyAction, Page
from workstation.ui.page_work import PageWork
from workstation.ui.paper_work import PaperWork
from workstation.ui.papers_panel import PapersPanel
from workstation.ui.person_panel import PersonPanel
from workstation.ui.procedure_panel import ProcedurePanel
from workstation.ui.theme import GRID
from workstation.ui.tone import Tone


class ReceptionPage(Page):
    """The page.

    Signals:
        left: The clerk went back; the draft stays.
        received: The dossier is received (``Received``).
        saved: Everything typed so far is in the database.
    """

    left = pyqtSignal()
    received = pyqtSignal(object)
    saved = pyqtSignal()

    def __init__(self, bench: Bench, open_sitting: Callable[[], SigningSitting], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Receive a dossier"))
        self._bench = bench
        self._dossier_id = ""
        self._turn = 0
        self._sheet: ProcedureSheet | None = None
        self._pictures: dict[str, QImage] = {}
        self._is_saving = False
        self._keeper = DraftKeeper(bench)
        self.person = PersonPanel()
        self.procedure = ProcedurePanel()
        self.papers = PapersPanel()
        self._paper_work = PaperWork(bench, self.papers, open_sitting)
        self._columns = QWidget()
        self.page_work = PageWork(bench, self.papers.papers, self._columns)
        columns = QHBoxLayout(self._columns)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(12)
        for panel, stretch in ((self.person, 32), (self.procedure, 40), (self.papers, 34)):
            columns.addWidget(panel, stretch)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 12, 2 * GRID, 12)
        layout.addWidget(self._columns, 1)
        layout.addWidget(self.page_work.view, 1)
        self._connect()

    @property
    def dossier_id(self) -> str:
        """The draft on the screen, or empty."""
        return self._dossier_id

    @property
    def is_busy(self) -> bool:
        """Whether scanner or token are at work for this draft."""
        return self._paper_work.is_busy or self.page_work.is_busy or self._is_saving

    # --- coming and going --------------------------------------------------------------------------------------------

    def begin_new(self, card_text: str = "") -> None:
        """Show an empty form at once and start its draft; what is typed meanwhile goes into it.

        Args:
            card_text: Of the card that brought the clerk here, or empty.
        """
        turn = self._wipe()
        session = self._bench.session

        def on_started(started: tuple[DraftForm, ChangeSet]) -> None:
            dossier_id = started[0].dossier_id
            if turn != self._turn:
                self._bench.run(Lane.DATABASE, lambda: abandon_draft(session, dossier_id))
                return
            self._open(dossier_id)
            self._bench.announce(started[1])
            self._refresh()
            if card_text:
                self.take_card(card_text)

        self._bench.run(Lane.DATABASE, lambda: start_draft(session), on_started)
        self.person.focus_first()

    def continue_with(self, dossier_id: str) -> None:
        """Show a draft as it was left, and read what was scanned but not read."""
        turn = self._wipe()
        session, known = self._bench.session, frozenset(self._pictures)
        self._set_open(is_open=False)

        def on_loaded(snapshot: DraftSnapshot) -> None:
            self._set_open(is_open=True)
            if turn != self._turn:
                return
            self._open(dossier_id)
            self.person.show_fields(snapshot.form.fields)
            self.procedure.show_fields(snapshot.form.fields)
            self._apply(snapshot)
            self.person.focus_first()
            if any(page.paper_id is None for page in snapshot.form.pages):
                self._paper_work.read_left()

        def on_error(error: Exception) -> None:
            self._set_open(is_open=True)
            self._bench.tell_error(error)
            self.left.emit()

        self._bench.run(Lane.DATABASE, lambda: load_draft(session, dossier_id, known), on_loaded, on_error)

    def keep(self) -> None:
        """Write what is not written yet."""
        self._keeper.flush()

    def leave(self) -> None:
        """Leave the form; an empty draft goes, any other stays and is offered again."""
        self._turn += 1
        if not self._dossier_id:
            return
        dossier_id, session = self._dossier_id, self._bench.session
        self._keeper.turn_to("")
        self.page_work.turn_to("")
        self._dossier_id = ""
        is_empty = not self.papers.papers.papers.entries and self._sheet is None
        is_empty = is_empty and not any(self.person.values().values())

        def set_aside() -> ChangeSet:
            if is_empty:
                return abandon_draft(session, dossier_id)
            mark_on_screen(session, dossier_id, on_screen=False)
            return ChangeSet(drafts=frozenset({dossier_id}))

        self._bench.run(Lane.DATABASE, set_aside, self._bench.announce)

    def arrive(self) -> None:
        """Override Page::arrive."""
        if self.page_work.view.is_open:
            self.page_work.view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.person.focus_first()

    def escape(self) -> None:
        """Override Page::escape: stop the scanner first, close a page second, leave third."""
        if self.page_work.view.is_open:
            self.page_work.escape()
        elif self._paper_work.is_scanning:
            self._paper_work.stop_scanning()
        elif not self.is_busy:
            self.leave()
            self.left.emit()

    def keys(self) -> Mapping[Qt.Key, KeyAction]:
        """Override Page::keys."""
        unsigned = self.papers.unsigned_count
        is_ready = bool(self._dossier_id) and not self.is_busy
        if self.page_work.view.is_open:
            return self.page_work.keys(is_ready=is_ready)
        return {
            Qt.Key.Key_F4: KeyAction(self.procedure.open_demand, is_enabled=self._sheet is not None),
            Qt.Key.Key_F5: KeyAction(self._paper_work.scan, is_enabled=is_ready),
            Qt.Key.Key_F8: KeyAction(self._paper_work.sign, is_enabled=unsigned > 0 and is_ready),
            # With a citizen waiting, the desk itself can wait.
            Qt.Key.Key_F10: KeyAction(self.escape, is_enabled=False),
            Qt.Key.Key_F12: KeyAction(self.save, is_enabled=is_ready),
        }

    # --- the card ----------------------------------------------------------------------------------------------------

    @property
    def wants_cards(self) -> bool:
        """Override Page::wants_cards."""
        return not self._is_saving

    def take_card(self, qr_text: str) -> None:
        """Override Page::take_card."""
        self._bench.run(Lane.DATABASE, lambda: read_card(qr_text), self._on_card)

    def _on_card(self, card: CardOnDesk) -> None:
        number, there = card.fields[DraftField.ID_NUMBER], self.person.values()[DraftField.ID_NUMBER]
        if there and there != number and not self._bench.is_insisted(f"card {number}"):
            self._bench.tell(
                Notice(
                    Tone.WARN,
                    self.tr("This is the card of another person."),
                    self.tr("Lay it on the reader once more to put this person into the form."),
                )
            )
            return
        self._bench.carried_on.emit()
        self.person.put_card(card)
        self._keeper.flush()
        if self._sheet is None:
            self.procedure.focus_on(DraftField.PROCEDURE_CODE)

    # --- the procedure -----------------------------------------------------------------------------------------------

    def _find(self, query: str) -> None:
        session = self._bench.session
        self._bench.run(
            Lane.DATABASE,
            lambda: find_procedures(session, query),
            lambda found: self.procedure.box.offer(query, found),
        )

    def _find_commune(self, address: str) -> None:
        turn = self._turn

        def on_found(match: UnitMatch) -> None:
            if turn == self._turn:
                self.person.show_unit(match)

        self._bench.run(Lane.DATABASE, lambda: find_new_unit(address), on_found)

    def _on_chosen(self, procedure: Procedure) -> None:
        self._keeper.note(DraftField.PROCEDURE_CODE.value, procedure.code)
        self.procedure.mark(DraftField.PROCEDURE_CODE, faulty=False)
        self._refresh(self._focus_requirements)

    def _focus_requirements(self) -> None:
        view = self.procedure.requirements
        if self._sheet is not None and self._sheet.due is None:
            self.procedure.focus_on(DraftField.DUE_ON)
        else:
            view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _demand(self, wanted: str, legal_basis: str) -> None:
        if self._sheet is not None:
            session, code = self._bench.session, self._sheet.procedure.code
            self._bench.run(
                Lane.DATABASE, lambda: demand_paper(session, code, wanted, legal_basis), self.procedure.show_answer
            )

    def _on_ticked(self, requirement_id: str, seen: bool) -> None:
        self._keeper.note(tick_field(requirement_id), TICKED if seen else "")
        self._keeper.flush()

    # --- saving ------------------------------------------------------------------------------------------------------

    def save(self) -> None:
        """F12."""
        self.papers.papers.setFocus(Qt.FocusReason.OtherFocusReason)  # the field that was left is tidied up
        if self._paper_work.points_at_misplaced():
            return
        unsigned = self.papers.unsigned_count
        if unsigned and not self._bench.is_insisted(f"unsigned {unsigned}"):
            self._bench.tell(
                Notice(
                    Tone.WARN,
                    self.tr("{count} papers are not signed yet.").format(count=unsigned),
                    self.tr("Press F8 to sign, or F12 once more to save without a signature."),
                )
            )
            return
        self._keeper.flush()
        self._is_saving = True
        self.keys_changed.emit()
        session, dossier_id = self._bench.session, self._dossier_id
        self._bench.run(
            Lane.DATABASE, lambda: receive_dossier(session, dossier_id), self._on_received, self._on_refused
        )

    def _on_received(self, received: Received) -> None:
        self._is_saving = False
        self._dossier_id = ""
        self._keeper.turn_to("")
        self._bench.carried_on.emit()
        self._bench.announce(received.changes)
        self.received.emit(received)

    def _on_refused(self, error: Exception) -> None:
        self._is_saving = False
        self.keys_changed.emit()
        self._bench.tell_error(error)
        if not isinstance(error, KnownError):
            return
        if error.code == "papers-missing":
            view = self.procedure.requirements
            view.setCurrentIndex(view.requirements.first_missing())
            view.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        names = error.details.get("fields", error.details.get("field", "")).split(",")
        self._mark([DraftField(name) for name in names if name in set(DraftField)])

    def _mark(self, names: list[DraftField]) -> None:
        for name in names:
            self.person.mark(name, self.tr("needed"))
            self.procedure.mark(name, faulty=True)
        for name in names[:1]:
            is_of_procedure = name in {DraftField.PROCEDURE_CODE, DraftField.SETS, DraftField.DUE_ON}
            (self.procedure if is_of_procedure else self.person).focus_on(name)

    # --- the draft ---------------------------------------------------------------------------------------------------

    def _wipe(self) -> int:
        """Empty the form for another draft; gives a mark by which an answer that comes too late is known."""
        self.leave()
        self._pictures = {}
        self.person.show_fields({})
        self.procedure.show_fields({})
        self._apply(EMPTY)
        return self._turn

    def _open(self, dossier_id: str) -> None:
        """Turn to a draft; what was typed while it was being started is written to it."""
        session = self._bench.session
        self._dossier_id = dossier_id
        self._paper_work.turn_to(dossier_id)
        self.page_work.turn_to(dossier_id)
        self._keeper.turn_to(dossier_id)
        self._bench.run(Lane.DATABASE, lambda: mark_on_screen(session, dossier_id, on_screen=True))

    def _set_open(self, *, is_open: bool) -> None:
        """Take input, or none while a draft is being read."""
        for panel in (self.person, self.procedure, self.papers):
            panel.setEnabled(is_open)

    def _refresh(self, then: Callable[[], None] | None = None) -> None:
        """Work out anew what depends on papers, procedure and ticks; the typed fields stay as they are."""
        if not self._dossier_id:
            return  # it is done when the draft is there
        self._keeper.flush()
        session, dossier_id, known = self._bench.session, self._dossier_id, frozenset(self._pictures)

        def on_loaded(snapshot: DraftSnapshot) -> None:
            if dossier_id == self._dossier_id:
                self._apply(snapshot)
                if then is not None:
                    then()

        self._bench.run(Lane.DATABASE, lambda: load_draft(session, dossier_id, known), on_loaded)

    def _apply(self, snapshot: DraftSnapshot) -> None:
        self._sheet = snapshot.sheet
        if snapshot.problem is not None:
            self._bench.tell_error(snapshot.problem)
        self._pictures.update(snapshot.pictures)
        items = snapshot.sheet.items if snapshot.sheet else ()
        self._paper_work.use_requirements(tuple(item.requirement for item in items))
        self.procedure.show_sheet(snapshot.sheet)
        self.papers.papers.papers.show_draft(snapshot.form.pages, snapshot.form.papers, snapshot.sheet, self._pictures)
        self.page_work.show_pages(snapshot.form.pages)
        self.keys_changed.emit()

    def _on_page_changed(self, page_id: str) -> None:
        self._pictures.pop(page_id, None)
        self._refresh()

    def _connect(self) -> None:
        for panel in (self.person, self.procedure):
            panel.edited.connect(self._keeper.note)
            panel.left.connect(self._keeper.flush)
        self._keeper.kept.connect(self.saved)
        self.person.address_told.connect(self._find_commune)
        self.person.finished.connect(lambda: self.procedure.focus_on(DraftField.PROCEDURE_CODE))
        self.procedure.box.asked.connect(self._find)
        self.procedure.box.chosen.connect(self._on_chosen)
        self.procedure.demanded.connect(self._demand)
        self.procedure.finished.connect(lambda: self.papers.papers.setFocus(Qt.FocusReason.TabFocusReason))
        self.procedure.requirements.ticked.connect(self._on_ticked)
        self._paper_work.changed.connect(lambda: self._refresh(self._paper_work.invite_focus))
        self._paper_work.busy_changed.connect(self.keys_changed)
        self.page_work.changed.connect(self._on_page_changed)
        self.page_work.busy_changed.connect(self.keys_changed)
