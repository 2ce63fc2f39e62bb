# SPDX-License-Identifier: GPL-3.0-or-later
"""The first column of the reception: who the applicant is, by card or by hand, and where the address lies today."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Final

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QFocusEvent, QKeyEvent
from PyQt6.QtWidgets import QComboBox, QFrame, QGridLayout, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from casework.records.person import Sex
from casework.text import clean
from casework.units import UnitMatch, UnitMatchKind
from workstation.desk.keep_draft import DraftField
from workstation.desk.read_card import CardOnDesk
from workstation.ui.page import label, set_property
from workstation.ui.scroll_column import ScrollColumn
from workstation.ui.theme import GRID
from workstation.ui.tone import Tone
from workstation.ui.wash import Wash
from workstation.ui.words import card_warning_words, sex_words

_TYPED_DATE: Final = re.compile(r"(\d{1,2})[/.\- ]?(\d{1,2})[/.\- ]?(\d{4})")
_OLDEST: Final = 1900


class PersonPanel(QFrame):
    """The panel.

    Signals:
        edited: A field is different now (name of the ``DraftField``, value).
        left: A field was left; good moment to write.
        address_told: The address is complete enough to look for its commune.
        finished: Enter in the last field.

    Attributes:
        commune_choice: Communes of today to choose from; hidden while there is no doubt.
    """

    edited = pyqtSignal(str, str)
    left = pyqtSignal()
    address_told = pyqtSignal(str)
    finished = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._is_filling = False
        self._hidden = dict.fromkeys((DraftField.FORMER_ID_NUMBER, DraftField.ID_ISSUED_ON, DraftField.UNIT_CODE), "")
        self._hint = Wash(Tone.PLAIN)
        self._name = QLineEdit()
        self._number = QLineEdit()
        self._birth = QLineEdit()
        self._birth.setPlaceholderText(self.tr("dd/mm/yyyy"))
        self._sex = QComboBox()
        for sex in (None, Sex.MALE, Sex.FEMALE):
            self._sex.addItem(sex_words(sex), sex.value if sex else "")
        self._phone = QLineEdit()
        self._address = _AddressField()
        self.commune_choice = QComboBox()
        self._commune_label = label(self.tr("Commune today"), "field")
        self._unit = Wash(Tone.SOFT)
        self._faults: dict[DraftField, QLabel] = {}
        self._inputs: dict[DraftField, QLineEdit | QPlainTextEdit] = {
            DraftField.FULL_NAME: self._name,
            DraftField.ID_NUMBER: self._number,
            DraftField.BIRTH_DATE: self._birth,
            DraftField.PHONE: self._phone,
            DraftField.ADDRESS: self._address,
        }
        self._lay_out()
        self._connect()

    def values(self) -> dict[DraftField, str]:
        """Give what the fields hold now."""
        values = {name: _text(field) for name, field in self._inputs.items()}
        return {**values, DraftField.SEX: self._sex.currentData() or "", **self._hidden}

    def show_fields(self, fields: Mapping[str, str]) -> None:
        """Show a draft's fields; nothing counts as edited."""
        self._is_filling = True
        for name, field in self._inputs.items():
            self._fill(field, fields.get(name, ""))
            self.mark(name, "")
        self._sex.setCurrentIndex(max(0, self._sex.findData(fields.get(DraftField.SEX, ""))))
        self._hidden = {name: fields.get(name, "") for name in self._hidden}
        self._is_filling = False
        self._show_hint(())
        self._unit.hide()
        self._hide_commune()
        if fields.get(DraftField.ADDRESS):
            self.address_told.emit(fields[DraftField.ADDRESS])

    def put_card(self, card: CardOnDesk) -> None:
        """Put what a card says into the fields; each counts as edited."""
        for name, value in card.fields.items():
            if name in self._inputs:
                self._fill(self._inputs[name], value)
                self.mark(name, "")
            elif name in self._hidden:
                self._hidden[name] = value
                self.edited.emit(name.value, value)
        self._sex.setCurrentIndex(max(0, self._sex.findData(card.fields[DraftField.SEX])))
        self.show_unit(card.unit)
        self._show_hint(tuple(card_warning_words(warning) for warning in card.warnings))

    def show_unit(self, match: UnitMatch) -> None:
        """Say in words where the address lies today; the clerk chooses where it is not certain."""
        self._hide_commune()
        commune = match.commune
        if match.kind is UnitMatchKind.CONVERTED and commune:
            self._unit.say(
                self.tr("Today: {address}").format(address=match.new_address),
                self.tr("Changed by itself from {former}. Ask for no confirmation.").format(former=match.former),
                Tone.GOOD,
            )
        elif match.kind is UnitMatchKind.CURRENT and commune:
            self._unit.say(
                self.tr("Today: {address}").format(address=f"{commune.name}, {commune.province_name}"), tone=Tone.GOOD
            )
        elif match.kind is UnitMatchKind.AMBIGUOUS:
            self._unit.say(self.tr("The former commune was divided. Choose the one of today."), tone=Tone.WARN)
            self._show_communes(match)
            return
        else:
            self._unit.say(self.tr("No commune is recognised in this address. It is kept as written."), tone=Tone.SOFT)
        self._set_unit_code(commune.code if commune else "")

    def mark(self, name: DraftField, fault: str) -> None:
        """Mark a field as wrong with a few words, or as right with none."""
        if name not in self._inputs:
            return
        set_property(self._inputs[name], "faulty", bool(fault))
        self._faults[name].setText(fault)
        self._faults[name].setVisible(bool(fault))

    @property
    def unit_words(self) -> str:
        """What is said about the commune of the address; empty when nothing is."""
        return self._unit.words if self._unit.isVisibleTo(self) else ""

    def field(self, name: DraftField) -> QWidget:
        """Give the widget of a field."""
        return self._sex if name is DraftField.SEX else self._inputs[name]

    def fault(self, name: DraftField) -> str:
        """What is wrong with a field; empty when nothing is."""
        return self._faults[name].text()

    def focus_first(self) -> None:
        """Put the focus into the first field that is empty."""
        empty = [field for field in self._inputs.values() if not _text(field)]
        (empty[0] if empty else self._name).setFocus(Qt.FocusReason.TabFocusReason)

    def focus_on(self, name: DraftField) -> None:
        """Put the focus into a field."""
        self.field(name).setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 5)
        grid.setColumnStretch(1, 4)
        self._add(grid, 0, 0, 2, DraftField.FULL_NAME, self.tr("Full name"), self._name)
        self._add(grid, 3, 0, 1, DraftField.ID_NUMBER, self.tr("Identification number"), self._number)
        self._add(grid, 3, 1, 1, DraftField.BIRTH_DATE, self.tr("Date of birth"), self._birth)
        self._add(grid, 6, 0, 1, DraftField.SEX, self.tr("Sex"), self._sex)
        self._add(grid, 6, 1, 1, DraftField.PHONE, self.tr("Telephone"), self._phone)
        self._add(grid, 9, 0, 2, DraftField.ADDRESS, self.tr("Residence, as on the card"), self._address)
        self._commune_label.setBuddy(self.commune_choice)
        grid.addWidget(self._commune_label, 12, 0, 1, 2)
        grid.addWidget(self.commune_choice, 13, 0, 1, 2)
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(2 * GRID, 12, 2 * GRID, 12)
        layout.setSpacing(GRID)
        layout.addWidget(label(self.tr("1. Applicant"), "heading"))
        layout.addWidget(self._hint)
        layout.addLayout(grid)
        layout.addWidget(self._unit)
        layout.addStretch(1)
        around = QVBoxLayout(self)
        around.setContentsMargins(1, 1, 1, 1)
        around.addWidget(ScrollColumn(inside))
        self._show_hint(())
        self._unit.hide()
        self._hide_commune()

    def _add(
        self, grid: QGridLayout, row: int, column: int, span: int, name: DraftField, words: str, field: QWidget
    ) -> None:
        caption = label(words, "field")
        caption.setBuddy(field)
        field.setAccessibleName(words)
        fault = label("", "fault", wraps=True)
        fault.hide()
        self._faults[name] = fault
        grid.addWidget(caption, row, column, 1, span)
        grid.addWidget(field, row + 1, column, 1, span)
        grid.addWidget(fault, row + 2, column, 1, span)

    def _connect(self) -> None:
        for name, field in self._inputs.items():
            field.textChanged.connect(lambda *_, name=name: self._on_text(name))
            if isinstance(field, QLineEdit):
                field.editingFinished.connect(lambda name=name: self._on_left(name))
        self._address.left.connect(lambda: self._on_left(DraftField.ADDRESS))
        self._address.entered.connect(self._on_address_entered)
        self._sex.currentIndexChanged.connect(lambda _: self._emit(DraftField.SEX, self._sex.currentData() or ""))
        self.commune_choice.activated.connect(lambda _: self._set_unit_code(self.commune_choice.currentData() or ""))

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Override QWidget::keyPressEvent: Enter, which lines and choices pass on, goes to the next field."""
        if event is None or event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)
        elif self.commune_choice.hasFocus():
            self.finished.emit()
        else:
            self.focusNextChild()

    def _on_address_entered(self) -> None:
        if self.commune_choice.isVisible():
            self.commune_choice.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.finished.emit()

    def _on_text(self, name: DraftField) -> None:
        self.mark(name, "")
        self._emit(name, _text(self._inputs[name]))

    def _on_left(self, name: DraftField) -> None:
        field = self._inputs[name]
        text = clean(_text(field))
        fault = ""
        if name is DraftField.BIRTH_DATE and text:
            text, fault = self._read_date(text)
        elif name is DraftField.ID_NUMBER and text.isdigit() and len(text) not in {9, 12}:
            fault = self.tr("{count} digits; a card has 12").format(count=len(text))
        if text != _text(field):
            self._fill(field, text)
        self.mark(name, fault)
        if name is DraftField.ADDRESS and text:
            self.address_told.emit(text)
        self.left.emit()

    def _read_date(self, text: str) -> tuple[str, str]:
        match = _TYPED_DATE.fullmatch(text)
        try:
            if match is None:
                raise ValueError(text)
            day = dt.date(int(match.group(3)), int(match.group(2)), int(match.group(1)))
        except ValueError:
            return text, self.tr("write dd/mm/yyyy")
        if not _OLDEST <= day.year <= dt.date.today().year:  # noqa: DTZ011 - the clerk's own calendar
            return text, self.tr("no such year of birth")
        return f"{day:%d/%m/%Y}", ""

    def _fill(self, field: QLineEdit | QPlainTextEdit, text: str) -> None:
        if isinstance(field, QLineEdit):
            field.setText(text)
            field.setCursorPosition(0)
        else:
            field.setPlainText(text)

    def _emit(self, name: DraftField, value: str) -> None:
        if not self._is_filling:
            self.edited.emit(name.value, value)

    def _set_unit_code(self, code: str) -> None:
        if self._hidden[DraftField.UNIT_CODE] != code:
            self._hidden[DraftField.UNIT_CODE] = code
            self.edited.emit(DraftField.UNIT_CODE.value, code)

    def _show_communes(self, match: UnitMatch) -> None:
        self.commune_choice.clear()
        self.commune_choice.addItem(self.tr("choose …"), "")
        for commune in match.candidates:
            self.commune_choice.addItem(f"{commune.name}, {commune.province_name}", commune.code)
        chosen = self.commune_choice.findData(self._hidden[DraftField.UNIT_CODE])
        self.commune_choice.setCurrentIndex(max(0, chosen))
        self._set_unit_code(self.commune_choice.currentData() or "")
        self.commune_choice.setAccessibleName(self._commune_label.text())
        self.commune_choice.show()
        self._commune_label.show()

    def _hide_commune(self) -> None:
        self.commune_choice.hide()
        self._commune_label.hide()

    def _show_hint(self, warnings: tuple[str, ...]) -> None:
        if warnings:
            self._hint.say(self.tr("Look at the card again:"), " ".join(warnings), Tone.WARN)
        elif self._hidden[DraftField.ID_ISSUED_ON]:
            former = self._hidden[DraftField.FORMER_ID_NUMBER]
            words = self.tr("Card issued on {day}").format(day=self._hidden[DraftField.ID_ISSUED_ON])
            self._hint.say(words, self.tr("Former number {number}").format(number=former) if former else "", Tone.GOOD)
        else:
            self._hint.say(self.tr("Lay the identity card on the reader, or type."), tone=Tone.PLAIN)


class _AddressField(QPlainTextEdit):
    """Two lines of text in which Enter and Tab go on to the next field.

    Signals:
        left: The focus went elsewhere.
        entered: Enter.
    """

    left = pyqtSignal()
    entered = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setFixedHeight(52)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is not None and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.left.emit()
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent | None) -> None:
        super().focusOutEvent(event)
        self.left.emit()


def _text(field: QLineEdit | QPlainTextEdit) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()
