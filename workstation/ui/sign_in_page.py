# SPDX-License-Identifier: GPL-3.0-or-later
"""Sign-in: the password opens a key slot; opening it takes a while on purpose and never stops the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from workstation.desk.session import DeskSession
from workstation.ui.form_card import FormCard, explanation
from workstation.ui.lanes import Lane, Lanes
from workstation.ui.notice import Notice
from workstation.ui.page import Page
from workstation.ui.text_fields import new_password_field
from workstation.ui.tone import Tone

if TYPE_CHECKING:
    from workstation.desk.sign_in import OnProgress, UpgradeProgress

OpenDesk = Callable[[str, str, "OnProgress"], DeskSession]
"""Opens the desk for a login and a password, and tells how far an upgrade has got; runs in a lane."""


class SignInPage(Page):
    """The page.

    Signals:
        signed_in: The desk is open (``DeskSession``).
        refused: It could not be opened (the error).
        _upgraded: Carries how far an upgrade has got over to the GUI thread.

    Attributes:
        card: Fields and button.
    """

    signed_in = pyqtSignal(object)
    refused = pyqtSignal(object)
    _upgraded = pyqtSignal(object)

    def __init__(self, lanes: Lanes, open_desk: OpenDesk, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Sign in"))
        self._lanes = lanes
        self._open_desk = open_desk
        self._language = language
        self._login = QLineEdit()
        self._password = new_password_field()
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
        self._upgraded.connect(self._say_upgrade)

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
            Lane.DATABASE,
            lambda: self._open_desk(login, password, self._upgraded.emit),
            on_done=self._on_open,
            on_error=self._on_error,
        )

    def _say_upgrade(self, progress: UpgradeProgress) -> None:
        from workstation.desk.sign_in import UpgradeStage  # loaded by now; not before the window is there

        said = {
            UpgradeStage.COPYING: self.tr("Keeping a copy of the data of the earlier program: {percent} %"),
            UpgradeStage.CHECKING: self.tr("Checking the copy: {percent} %"),
            UpgradeStage.CHANGING: self.tr("Bringing the data up to date …"),
        }[progress.stage]
        self.card.say(Notice(Tone.PLAIN, said.format(percent=100 * progress.done // progress.total)))

    def _on_open(self, session: DeskSession) -> None:
        self.card.set_busy(busy=False)
        self.card.say(None)
        self._password.clear()
        self.signed_in.emit(session)

    def _on_error(self, error: Exception) -> None:
        self.card.set_busy(busy=False)
        self.card.say(Notice.of_error(error, self._language))
        self._password.clear()
        self._password.setFocus(Qt.FocusReason.OtherFocusReason)
        self.refused.emit(error)
