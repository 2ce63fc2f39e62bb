# SPDX-License-Identifier: GPL-3.0-or-later
"""First run: the file that IT handed out, the first clerk, and a password make a desk."""

from __future__ import annotations

import itertools
from collections.abc import Callable

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QFileDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget

from workstation.ui.enrolment_file import read_enrolment_file
from workstation.ui.form_card import FormCard, explanation
from workstation.ui.lanes import Lane, Lanes
from workstation.ui.notice import Notice
from workstation.ui.page import Page
from workstation.ui.text_fields import choose_into, new_password_field
from workstation.ui.tone import Tone

SetUp = Callable[[bytes, str, str, str], None]
"""Sets the desk up: enrolment file, login, full name, password; runs in a lane."""


class FirstRunPage(Page):
    """The page.

    Signals:
        set_up: The desk is there (login of the first clerk).

    Attributes:
        card: Fields and button.
    """

    set_up = pyqtSignal(str)

    def __init__(self, lanes: Lanes, set_up: SetUp, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Set this desk up"))
        self._lanes = lanes
        self._set_up = set_up
        self._language = language
        self._file = QLineEdit()
        self._name = QLineEdit()
        self._login = QLineEdit()
        self._password, self._again = new_password_field(), new_password_field()
        look = QPushButton(self.tr("Choose …"))
        self.card = FormCard()
        self.card.add_heading(
            self.tr("Set this desk up"),
            explanation(self.tr("Once for each computer. You need the enrolment file that IT handed out.")),
        )
        self.card.add_field(self.tr("Enrolment file"), self._file, look)
        self.card.add_field(self.tr("Full name of the clerk, as printed on receipts"), self._name)
        self.card.add_field(self.tr("Sign-in name"), self._login)
        self.card.add_field(self.tr("Password, at least 8 characters"), self._password)
        self.card.add_field(self.tr("The same password again"), self._again)
        self.card.button.setText(self.tr("Set up"))
        self.card.finish()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.card)
        order = (self._file, self._name, self._login, self._password, self._again)
        for field, following in itertools.pairwise(order):
            field.returnPressed.connect(following.setFocus)
        self._again.returnPressed.connect(self._begin)
        self.card.button.clicked.connect(self._begin)
        mode = QFileDialog.FileMode.ExistingFile
        look.clicked.connect(lambda: choose_into(self._file, self.tr("Enrolment file"), mode))

    def arrive(self) -> None:
        """Override Page::arrive."""
        self._file.setFocus()

    def _begin(self) -> None:
        if not self.card.button.isEnabled():
            return
        if self._password.text() != self._again.text():
            self._password.clear()
            self._again.clear()
            self._password.setFocus()
            happened = self.tr("The two passwords are not the same.")
            self.card.say(Notice(Tone.WARN, happened, self.tr("Type the password twice.")))
            return
        path = self._file.text()
        login, name, password = self._login.text(), self._name.text(), self._password.text()
        self.card.say(None)
        self.card.set_busy(busy=True)
        self._lanes.run(
            Lane.DATABASE,
            lambda: self._set_up(read_enrolment_file(path), login, name, password),
            on_done=lambda _: self._on_done(login),
            on_error=self._on_error,
        )

    def _on_done(self, login: str) -> None:
        self.card.set_busy(busy=False)
        self._password.clear()
        self._again.clear()
        self.set_up.emit(login.strip().lower())

    def _on_error(self, error: Exception) -> None:
        self.card.set_busy(busy=False)
        self.card.say(Notice.of_error(error, self._language))
