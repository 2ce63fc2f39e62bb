# SPDX-License-Identifier: GPL-3.0-or-later
"""Sign-in: the password opens a key slot; opening it takes a while on purpose and never stops the window."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from workstation.desk.session import DeskSession
from workstation.ui.form_card import FormCard, explanation
from workstation.ui.lanes import Lane, Lanes
from workstation.ui.notice import Notice
from workstation.ui.page import Page

OpenDesk = Callable[[str, str], DeskSession]
"""Opens the desk for a login and a password; runs in a lane."""


class SignInPage(Page):
    """The page.

    Signals:
        signed_in: The desk is open (``DeskSession``).
        refused: It could not be opened (the error).

    Attributes:
        card: Fields and button.
    """

    signed_in = pyqtSignal(object)
    refused = pyqtSignal(object)

    def __init__(self, lanes: Lanes, open_desk: OpenDesk, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Sign in"))
        self._lanes = lanes
        self._open_desk = open_desk
        self._language = language
        self._login = QLineEdit()
        self._password = QLineEdit()
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        self.card = FormCard()
        self.card.add_heading(
            self.tr("Sign in"),
            explanation(self.tr("Works without a network. What was typed before is still there.")),
        )
        self.card.add_field(self.tr("Sign-in name"), self._login)
        self.card.add_field(self.tr("Password"), self._password)
        self.card.button.setText(self.tr("Sign in"))
        self.card.finish()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.card)
        self._login.returnPressed.connect(lambda: self._password.setFocus(Qt.FocusReason.TabFocusReason))
        self._password.returnPressed.connect(self._sign_in)
        self.card.button.clicked.connect(self._sign_in)

    def welcome(self, login: str, notice: Notice | None = None) -> None:
        """Get ready for a clerk."""
        self._login.setText(login)
        self._password.clear()
        self.card.say(notice)

    def arrive(self) -> None:
        """Override Page::arrive."""
        (self._password if self._login.text() else self._login).setFocus(Qt.FocusReason.OtherFocusReason)

    def _sign_in(self) -> None:
        login, password = self._login.text(), self._password.text()
        if not self.card.button.isEnabled() or not login or not password:
            self.arrive()
            return
        self.card.say(None)
        self.card.set_busy(busy=True)
        self._lanes.run(
            Lane.DATABASE, lambda: self._open_desk(login, password), on_done=self._on_open, on_error=self._on_error
        )

    def _on_open(self, session: DeskSession) -> None:
        self.card.set_busy(busy=False)
        self._password.clear()
        self.signed_in.emit(session)

    def _on_error(self, error: Exception) -> None:
        self.card.set_busy(busy=False)
        self.card.say(Notice.of_error(error, self._language))
        self._password.clear()
        self._password.setFocus(Qt.FocusReason.OtherFocusReason)
        self.refused.emit(error)
