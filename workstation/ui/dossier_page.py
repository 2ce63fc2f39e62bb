# SPDX-License-Identifier: GPL-3.0-or-later
"""One dossier whole, to be read: facts, papers, history, and what the portal answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from PyQt6.QtCore import QModelIndex, Qt, pyqtSignal
from PyQt6.QtGui import QImage
from PyQt6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from casework.records.dossier import HistoryAction, PortalState
from workstation.desk.change_set import ChangeSet
from workstation.desk.list_dossiers import DossierSheet, show_dossier
from workstation.ui.bench import Bench
from workstation.ui.chip import Chip
from workstation.ui.lanes import Lane
from workstation.ui.page import KeyAction, Page, card_frame, label
from workstation.ui.paper_list import PaperList
from workstation.ui.paper_model import PaperEntry
from workstation.ui.paper_view import PaperView
from workstation.ui.pictures import small_picture
from workstation.ui.receipt_bar import ReceiptBar
from workstation.ui.scroll_column import ScrollColumn
from workstation.ui.theme import GRID
from workstation.ui.wash import Wash
from workstation.ui.words import (
    PORTAL_TONES,
    channel_words,
    date_words,
    history_words,
    moment_words,
    money_words,
    portal_words,
    sex_words,
    state_words,
)


@dataclass(frozen=True, slots=True)
class _Shown:
    sheet: DossierSheet
    pictures: Mapping[str, QImage] = field(repr=False)


class DossierPage(Page):
    """The page.

    Signals:
        left: Back to the list.
        find_wanted: On to the search.

    Attributes:
        receipt_bar: Prints or saves the receipt.
    """

    left = pyqtSignal()
    find_wanted = pyqtSignal()

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Dossier"))
        self._bench = bench
        self._dossier_id = ""
        self._code = label("", "title")
        self._state, self._portal = Chip(), Chip()
        self._answer = Wash()
        self._facts = QGridLayout()
        self._papers = PaperList()
        self._history = QVBoxLayout()
        self._view = PaperView(bench)
        self._columns = QWidget()
        self._sheet: DossierSheet | None = None
        self.receipt_bar = ReceiptBar(bench)
        self._values: dict[str, QLabel] = {}
        self._lay_out()
        self.receipt_bar.closed.connect(self.arrive)
        self._papers.asked_for_place.connect(self.open_paper)
        self._papers.opened.connect(self.open_paper)
        self._view.closed.connect(self._on_paper_closed)
        bench.changed.connect(self._on_changed)

    def show_dossier(self, dossier_id: str) -> None:
        """Show another dossier."""
        self._dossier_id = dossier_id
        if self._view.is_open:
            self._view.close_paper()
        self.receipt_bar.close_bar()
        self._refresh()

    def print_receipt(self, dossier_id: str) -> None:
        """Show a dossier and print its receipt."""
        self._dossier_id = dossier_id
        self._refresh(print_too=True)

    @property
    def paper_view(self) -> PaperView:
        """Shows one paper large."""
        return self._view

    def open_paper(self, index: QModelIndex) -> None:
        """Show a paper of the list large."""
        entry = self._papers.papers.entry_at(index)
        if not isinstance(entry, PaperEntry) or self._sheet is None:
            return
        own = [page for page in self._sheet.pages if page.paper_id == entry.paper.paper_id]
        if own:
            self._columns.hide()
            self._view.open_paper(entry.paper.title, own)

    def _on_paper_closed(self) -> None:
        self._columns.show()
        self.arrive()

    def value(self, name: str) -> str:
        """What stands beside a caption: ``procedure``, ``received``, ``due``, ``applicant``, ``number`` and so on."""
        return self._values[name].text()

    def arrive(self) -> None:
        """Override Page::arrive."""
        target = self._view if self._view.is_open else self._papers
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def escape(self) -> None:
        """Override Page::escape."""
        if self._view.is_open:
            self._view.close_paper()
        else:
            self.left.emit()

    def keys(self) -> Mapping[Qt.Key, KeyAction]:
        """Override Page::keys."""
        return {
            Qt.Key.Key_F3: KeyAction(self.find_wanted.emit),
            Qt.Key.Key_F6: KeyAction(lambda: self.print_receipt(self._dossier_id)),
        }

    def _refresh(self, *, print_too: bool = False) -> None:
        session, dossier_id = self._bench.session, self._dossier_id

        def read() -> _Shown:
            sheet = show_dossier(session, dossier_id)
            pictures = {page.page_id: small_picture(page.thumbnail) for page in sheet.pages if page.thumbnail}
            return _Shown(sheet, pictures)

        def on_read(shown: _Shown) -> None:
            if dossier_id == self._dossier_id:
                self._show(shown)
                if print_too:
                    self.receipt_bar.print_receipt(dossier_id, shown.sheet.dossier.code)

        self._bench.run(Lane.DATABASE, read, on_read)

    def _on_changed(self, changes: ChangeSet) -> None:
        if self.isVisible() and self._dossier_id in changes.dossiers:
            self._refresh()

    def _show(self, shown: _Shown) -> None:
        self._sheet = shown.sheet
        dossier, person = shown.sheet.dossier, shown.sheet.applicant
        tone = PORTAL_TONES[dossier.portal_state]
        self._code.setText(dossier.code)
        self._state.say(state_words(dossier.state), tone)
        self._portal.say(portal_words(dossier.portal_state), tone)
        self._say_answer(shown.sheet)
        values = {
            "procedure": f"{dossier.procedure_name} ({dossier.procedure_code})",
            "received": f"{moment_words(dossier.received_at)}, {channel_words(dossier.channel)}",
            "due": moment_words(dossier.due_at),
            "limit": dossier.time_limit_text or "–",
            "fee": "–" if dossier.fee_amount is None else money_words(dossier.fee_amount),
            "applicant": person.full_name,
            "number": person.id_number or "–",
            "born": " · ".join(filter(None, [date_words(person.birth_date), sex_words(person.sex)])) or "–",
            "address": person.address or "–",
            "phone": person.phone or "–",
        }
        for name, value in values.items():
            self._values[name].setText(value)
        self._papers.papers.show_draft(shown.sheet.pages, shown.sheet.papers, None, shown.pictures, is_received=True)
        self._show_history(shown.sheet)

    def _say_answer(self, sheet: DossierSheet) -> None:
        dossier = sheet.dossier
        tone = PORTAL_TONES[dossier.portal_state]
        answers = [entry for entry in sheet.history if entry.action is HistoryAction.PORTAL_ANSWERED]
        said = answers[-1].note if answers else ""
        if dossier.portal_state is PortalState.ACCEPTED:
            words = self.tr("The portal has it under {code}.").format(code=dossier.portal_code or dossier.code)
        elif dossier.portal_state is PortalState.REJECTED:
            words = self.tr("The portal did not take it.")
        elif dossier.portal_state is PortalState.AT_GATEWAY:
            words = self.tr("The province has it and passes it on to the portal.")
        elif dossier.portal_state is PortalState.KEPT_HERE:
            words = self.tr("It came from a former system and stays at this desk.")
        else:
            words = self.tr("It is kept safe here and goes out by itself when there is a line.")
        self._answer.say(words, said, tone)

    def _show_history(self, sheet: DossierSheet) -> None:
        while (item := self._history.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for entry in reversed(sheet.history):
            self._history.addWidget(label(moment_words(entry.at), "caption"))
            self._history.addWidget(label(history_words(entry.action), "strong", wraps=True))
            if entry.note:
                self._history.addWidget(label(entry.note, "small", wraps=True))
            self._history.addSpacing(GRID)
        self._history.addStretch(1)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(GRID)
        head.addWidget(self._code)
        head.addSpacing(GRID)
        head.addWidget(self._state)
        head.addWidget(self._portal)
        head.addStretch(1)
        facts_card, around = _column(self.tr("Dossier"))
        facts_inside = QWidget()
        facts = QVBoxLayout(facts_inside)
        facts.setContentsMargins(0, 0, 0, 0)
        facts.addWidget(self._answer)
        facts.addLayout(self._facts)
        facts.addStretch(1)
        around.addWidget(ScrollColumn(facts_inside), 1)
        self._facts.setHorizontalSpacing(2 * GRID)
        self._facts.setVerticalSpacing(6)
        self._facts.setColumnStretch(1, 1)
        words = {
            "procedure": self.tr("Procedure"),
            "received": self.tr("Received"),
            "due": self.tr("Result due"),
            "limit": self.tr("Time by law"),
            "fee": self.tr("Fee"),
            "applicant": self.tr("Applicant"),
            "number": self.tr("Identification number"),
            "born": self.tr("Born"),
            "address": self.tr("Residence"),
            "phone": self.tr("Telephone"),
        }
        for row, (name, caption) in enumerate(words.items()):
            self._values[name] = label("", "", wraps=True)
            self._facts.addWidget(label(caption, "soft"), row, 0, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(self._values[name], row, 1)
        papers_card, papers = _column(self.tr("Papers"))
        papers.addWidget(self._papers, 1)
        papers.addWidget(label(self.tr("Enter: show the paper large"), "caption"))
        history_card, history = _column(self.tr("History"))
        inside = QWidget()
        inside.setLayout(self._history)
        self._history.setContentsMargins(0, 0, GRID, 0)
        self._history.setSpacing(0)
        history.addWidget(ScrollColumn(inside), 1)
        columns = QHBoxLayout(self._columns)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(12)
        for card, stretch in ((facts_card, 40), (papers_card, 34), (history_card, 26)):
            columns.addWidget(card, stretch)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 12, 2 * GRID, 12)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addWidget(self.receipt_bar)
        layout.addWidget(self._columns, 1)
        layout.addWidget(self._view, 1)


def _column(heading: str) -> tuple[QFrame, QVBoxLayout]:
    frame = card_frame()
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(2 * GRID, 12, 2 * GRID, 12)
    layout.setSpacing(GRID)
    layout.addWidget(label(heading, "heading"))
    return frame, layout
