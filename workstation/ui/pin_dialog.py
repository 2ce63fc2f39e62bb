# SPDX-License-Identifier: GPL-3.0-or-later
"""Ask for a token's PIN: once, with the name on the certificate and how close the token is to locking."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from workstation.desk.signing_sitting import CertificateChoice, PinState
from workstation.ui.page import label
from workstation.ui.text_fields import new_password_field
from workstation.ui.theme import GRID
from workstation.ui.tone import Tone
from workstation.ui.wash import Wash
from workstation.ui.words import moment_words


class PinDialog(QDialog):
    """The dialog; the only one that stands in the way of everything else."""

    def __init__(self, choices: Sequence[CertificateChoice], paper_count: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._choices = tuple(choices)
        self.setWindowTitle(self.tr("Sign"))
        self.setModal(True)
        self._which = QComboBox()
        for choice in self._choices:
            self._which.addItem(f"{choice.holder} · {choice.serial_number}")
        self._which.setVisible(len(self._choices) > 1)
        self._which.setAccessibleName(self.tr("Certificate"))
        self._holder = label("", "title", wraps=True)
        self._facts = {name: label("", "", wraps=True) for name in ("organisation", "serial", "token", "until")}
        self._state = Wash()
        self._sure = QCheckBox(self.tr("I am sure of the PIN; use the last try"))
        self._pin = new_password_field()
        self._buttons = QDialogButtonBox()
        self._sign = QPushButton(self.tr("Sign {count} papers").format(count=paper_count))
        self._sign.setObjectName("primary")
        self._buttons.addButton(self._sign, QDialogButtonBox.ButtonRole.AcceptRole)
        self._buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        self._lay_out()
        self._which.currentIndexChanged.connect(lambda _: self._show_choice())
        self._pin.textChanged.connect(lambda _: self._allow())
        self._sure.toggled.connect(lambda _: self._allow())
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self._show_choice()
        self._pin.setFocus()

    @property
    def choice(self) -> CertificateChoice:
        """The certificate to sign with."""
        return self._choices[max(0, self._which.currentIndex())]

    @property
    def allows_final_try(self) -> bool:
        """Whether the clerk wants to use the try that would lock the token if it failed."""
        return self.choice.pin_state is PinState.FINAL_TRY and self._sure.isChecked()

    @property
    def can_sign(self) -> bool:
        """Whether the button that signs is there to be pressed."""
        return self._sign.isEnabled()

    @property
    def words(self) -> str:
        """Everything it says."""
        return " ".join(each.text() for each in self.findChildren(QLabel))

    def take_pin(self) -> bytearray:
        """Give the PIN once and forget it."""
        pin = bytearray(self._pin.text().encode())
        self._pin.clear()
        return pin

    def _lay_out(self) -> None:
        facts = QGridLayout()
        facts.setHorizontalSpacing(2 * GRID)
        facts.setVerticalSpacing(4)
        facts.setColumnStretch(1, 1)
        words = {
            "organisation": self.tr("Organisation"),
            "serial": self.tr("Certificate number"),
            "token": self.tr("Token"),
            "until": self.tr("Valid until"),
        }
        for row, (name, value) in enumerate(self._facts.items()):
            facts.addWidget(label(words[name], "soft"), row, 0, Qt.AlignmentFlag.AlignTop)
            facts.addWidget(value, row, 1)
        caption = QLabel(self.tr("PIN of the token"))
        caption.setObjectName("field")
        caption.setBuddy(self._pin)
        self._pin.setAccessibleName(caption.text())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        layout.setSpacing(12)
        layout.addWidget(self._holder)
        layout.addWidget(self._which)
        layout.addLayout(facts)
        layout.addWidget(self._state)
        field = QVBoxLayout()
        field.setSpacing(2)
        field.addWidget(caption)
        field.addWidget(self._pin)
        layout.addLayout(field)
        layout.addWidget(self._sure)
        layout.addWidget(self._buttons)
        self.setMinimumWidth(500)

    def _show_choice(self) -> None:
        choice = self.choice
        self._holder.setText(choice.holder)
        self._facts["organisation"].setText(choice.organisation or "–")
        self._facts["serial"].setText(choice.serial_number)
        self._facts["token"].setText(f"{choice.token_label} · {choice.token_serial}")
        self._facts["until"].setText(moment_words(choice.not_after))
        first, second, tone = {
            PinState.OK: (self.tr("The PIN is tried once."), self.tr("The program never tries it again."), Tone.PLAIN),
            PinState.LOW: (
                self.tr("A wrong PIN was entered before."),
                self.tr("Look twice: a few more and the token locks."),
                Tone.WARN,
            ),
            PinState.FINAL_TRY: (
                self.tr("This is the last try."),
                self.tr("One more wrong PIN locks the token; only its issuer can unlock it."),
                Tone.BAD,
            ),
            PinState.LOCKED: (
                self.tr("This token is locked."),
                self.tr("Only its issuer can unlock it. The papers wait for a signature."),
                Tone.BAD,
            ),
        }[choice.pin_state]
        self._state.say(first, second, tone)
        self._sure.setVisible(choice.pin_state is PinState.FINAL_TRY)
        self._sure.setChecked(False)
        self._pin.setEnabled(choice.pin_state is not PinState.LOCKED)
        self._allow()

    def _allow(self) -> None:
        state = self.choice.pin_state
        is_risk_taken = state is not PinState.FINAL_TRY or self._sure.isChecked()
        self._sign.setEnabled(bool(self._pin.text()) and state is not PinState.LOCKED and is_risk_taken)
