# SPDX-License-Identifier: GPL-3.0-or-later
"""The second column of the reception: the procedure, what it costs and takes, and which papers the law asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PyQt6.QtCore import Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from casework.records.procedure import Channel
from workstation.desk.find_procedure import DemandAllowed, DemandRefused, ProcedureSheet
from workstation.desk.keep_draft import DraftField
from workstation.ui.chip import Chip
from workstation.ui.page import label, set_property
from workstation.ui.procedure_box import ProcedureBox
from workstation.ui.requirement_list import RequirementList
from workstation.ui.scroll_column import ScrollColumn
from workstation.ui.theme import GRID
from workstation.ui.tone import Tone
from workstation.ui.wash import Wash
from workstation.ui.words import fee_words, moment_words

_SHORT_FIELD: Final = 120


class ProcedurePanel(QFrame):
    """The panel.

    Signals:
        edited: A field is different now (name of the ``DraftField``, value).
        left: A field was left.
        demanded: The clerk wants to ask for another paper (its name, the legal basis).
        finished: Enter in the check list: on to the papers.

    Attributes:
        box: Where the procedure is chosen.
        requirements: The check list.
    """

    edited = pyqtSignal(str, str)
    left = pyqtSignal()
    demanded = pyqtSignal(str, str)
    finished = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._is_filling = False
        self._sheet: ProcedureSheet | None = None
        self.box = ProcedureBox()
        self.box.setPlaceholderText(self.tr("e.g. khai sinh, 1.001193"))
        self.requirements = RequirementList()
        self._caption = label("", "caption", wraps=True)
        self._facts = QWidget()
        self._limit = label("–", "strong", wraps=True)
        self._fee = label("–", "strong", wraps=True)
        self._due = label("–", "strong", wraps=True)
        self._unsure = {name: Chip() for name in ("limit", "fee", "due")}
        self._sets = QLineEdit()
        self._sets.setMaximumWidth(_SHORT_FIELD)
        self._due_on = QLineEdit()
        self._due_on.setPlaceholderText(self.tr("dd/mm/yyyy"))
        self._due_on_row = QWidget()
        self._empty = label("", "soft", wraps=True)
        self._empty.setText(
            self.tr("Type a few letters of the procedure. The papers that the law asks for appear here.")
        )
        self._demand = _DemandForm()
        self._lay_out()
        self._connect()
        self.show_sheet(None)

    def show_fields(self, fields: Mapping[str, str]) -> None:
        """Show a draft's fields; nothing counts as edited."""
        self._is_filling = True
        self._sets.setText(fields.get(DraftField.SETS, "") or "1")
        self._due_on.setText(fields.get(DraftField.DUE_ON, ""))
        self._is_filling = False
        self.box.show_chosen(None)
        self._demand.close_form()

    def show_sheet(self, sheet: ProcedureSheet | None) -> None:
        """Show a procedure, or that none is chosen; what is being typed to look for another one stays."""
        if sheet is not None and (self._sheet is None or self._sheet.procedure.code != sheet.procedure.code):
            self._demand.close_form()
        self._sheet = sheet
        self.requirements.requirements.show_sheet(sheet)
        self.requirements.setVisible(sheet is not None)
        self._empty.setVisible(sheet is None)
        self._facts.setVisible(sheet is not None)
        self._caption.setVisible(sheet is not None)
        self._due_on_row.setVisible(sheet is not None and sheet.due is None)
        for chip in self._unsure.values():
            chip.hide()
        if not self.box.hasFocus():
            self.box.show_chosen(sheet.procedure if sheet else None)
        if sheet is None:
            return
        procedure = sheet.procedure
        self._caption.setText(" · ".join(filter(None, [procedure.code, procedure.field, procedure.legal_basis])))
        self._limit.setText(sheet.time_limit_text or self.tr("not stated by law"))
        self._fee.setText(fee_words(sheet.fee))
        self._fee.setToolTip(sheet.fee.source_text)
        self._due.setText(moment_words(sheet.due.at) if sheet.due else self.tr("name a day"))
        way = procedure.way(Channel.COUNTER)
        self._doubt("limit", is_certain=way is not None and way.time_limit.is_certain)
        self._doubt("fee", is_certain=sheet.fee.is_certain)
        self._doubt("due", is_certain=sheet.due is None or sheet.due.is_certain)

    def open_demand(self) -> None:
        """Let the clerk say which other paper she wants to ask for."""
        self._demand.open_form()

    def show_answer(self, answer: DemandAllowed | DemandRefused) -> None:
        """Show whether the paper may be asked for, and by which law."""
        self._demand.show_answer(answer)
        QTimer.singleShot(0, lambda: self._scroll.ensureWidgetVisible(self._demand))

    @property
    def demand_answer(self) -> str:
        """What the guard answered last."""
        return self._demand.answer

    def mark(self, name: DraftField, *, faulty: bool) -> None:
        """Mark a field as wrong or right."""
        fields = {DraftField.SETS: self._sets, DraftField.DUE_ON: self._due_on, DraftField.PROCEDURE_CODE: self.box}
        if name in fields:
            set_property(fields[name], "faulty", faulty)

    def focus_on(self, name: DraftField) -> None:
        """Put the focus into a field."""
        fields = {DraftField.SETS: self._sets, DraftField.DUE_ON: self._due_on}
        fields.get(name, self.box).setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        facts = QGridLayout(self._facts)
        facts.setContentsMargins(0, 0, 0, 0)
        facts.setHorizontalSpacing(GRID)
        facts.setVerticalSpacing(0)
        for column, (name, words, value) in enumerate(
            [
                ("limit", self.tr("Time by law"), self._limit),
                ("fee", self.tr("Fee"), self._fee),
                ("due", self.tr("Result due"), self._due),
            ]
        ):
            facts.addWidget(label(words, "field"), 0, column)
            facts.addWidget(value, 1, column, Qt.AlignmentFlag.AlignTop)
            facts.addWidget(self._unsure[name], 2, column, Qt.AlignmentFlag.AlignLeft)
            facts.setColumnStretch(column, 3 if name == "due" else 2)
        due_on = QHBoxLayout(self._due_on_row)
        due_on.setContentsMargins(0, 0, 0, 0)
        due_on.addWidget(_caption_for(self._due_on, self.tr("Day promised to the citizen")))
        due_on.addWidget(self._due_on, 1)
        top = QGridLayout()
        top.setHorizontalSpacing(GRID)
        top.setVerticalSpacing(2)
        top.addWidget(_caption_for(self.box, self.tr("Name, without accents too, or code")), 0, 0)
        top.addWidget(_caption_for(self._sets, self.tr("Sets")), 0, 1)
        top.addWidget(self.box, 1, 0)
        top.addWidget(self._sets, 1, 1)
        top.setColumnStretch(0, 1)
        self._sets.setFixedWidth(52)
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(2 * GRID, 12, 2 * GRID, 12)
        layout.setSpacing(GRID)
        layout.addWidget(label(self.tr("2. Procedure"), "heading"))
        layout.addLayout(top)
        layout.addWidget(self._caption)
        layout.addWidget(self._facts)
        layout.addWidget(self._due_on_row)
        layout.addWidget(self._empty)
        layout.addWidget(self.requirements, 1)
        layout.addWidget(self._demand)
        layout.addStretch(0)
        self._scroll = ScrollColumn(inside)
        around = QVBoxLayout(self)
        around.setContentsMargins(1, 1, 1, 1)
        around.addWidget(self._scroll)

    def _connect(self) -> None:
        self._sets.textChanged.connect(lambda text: self._emit(DraftField.SETS, text))
        self._due_on.textChanged.connect(lambda text: self._emit(DraftField.DUE_ON, text))
        for field in (self._sets, self._due_on):
            field.editingFinished.connect(self.left)
            field.returnPressed.connect(lambda: self.focusNextChild())
        self.box.passed.connect(lambda: self.focusNextChild())
        self.requirements.finished.connect(self.finished)
        self._demand.asked.connect(self.demanded)
        self._demand.closed.connect(lambda: self.requirements.setFocus(Qt.FocusReason.OtherFocusReason))

    def _emit(self, name: DraftField, value: str) -> None:
        self.mark(name, faulty=False)
        if not self._is_filling:
            self.edited.emit(name.value, value)

    def _doubt(self, name: str, *, is_certain: bool) -> None:
        chip = self._unsure[name]
        chip.say(self.tr("not certain"), Tone.WARN)
        chip.setVisible(not is_certain)


class _DemandForm(QFrame):
    """Ask whether one more paper may be demanded; the answer names the law.

    Signals:
        asked: Name of the paper, legal basis or empty.
        closed: Esc, the form is gone.
    """

    asked = pyqtSignal(str, str)
    closed = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self._paper = QLineEdit()
        self._basis = QLineEdit()
        self._answer = Wash()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        rule = QFrame()
        rule.setObjectName("rule")
        layout.addWidget(rule)
        fields = QGridLayout()
        fields.setHorizontalSpacing(GRID)
        fields.setVerticalSpacing(2)
        fields.addWidget(_caption_for(self._paper, self.tr("Paper to ask for besides the list")), 0, 0)
        fields.addWidget(_caption_for(self._basis, self.tr("Law that asks for it")), 0, 1)
        fields.addWidget(self._paper, 1, 0)
        fields.addWidget(self._basis, 1, 1)
        fields.setColumnStretch(0, 3)
        fields.setColumnStretch(1, 2)
        layout.addLayout(fields)
        layout.addWidget(self._answer)
        for field in (self._paper, self._basis):
            field.returnPressed.connect(self._ask)
        self.hide()

    @property
    def answer(self) -> str:
        return self._answer.words

    def open_form(self) -> None:
        self._answer.hide()
        self.show()
        self._paper.setFocus(Qt.FocusReason.OtherFocusReason)
        self._paper.selectAll()

    def close_form(self) -> None:
        self.hide()
        self._paper.clear()
        self._basis.clear()

    def show_answer(self, answer: DemandAllowed | DemandRefused) -> None:
        if isinstance(answer, DemandRefused):
            self._answer.say(self.tr("This may not be asked for."), answer.legal_reason, Tone.BAD)
        elif answer.needs_supervisor:
            words = self.tr("On the law named: {law}. It goes to the supervisor's list.")
            self._answer.say(self.tr("This may be asked for."), words.format(law=answer.legal_basis), Tone.WARN)
        else:
            self._answer.say(self.tr("This may be asked for."), answer.legal_basis, Tone.GOOD)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is not None and event.key() == Qt.Key.Key_Escape:
            self.close_form()
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _ask(self) -> None:
        if self._paper.text().strip():
            self.asked.emit(self._paper.text().strip(), self._basis.text().strip())


def _caption_for(field: QWidget, words: str) -> QLabel:
    caption = label(words, "field")
    caption.setBuddy(field)
    if not field.accessibleName():
        field.setAccessibleName(words)
    return caption
