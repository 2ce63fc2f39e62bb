# SPDX-License-Identifier: GPL-3.0-or-later
"""A desk that is nobody any more gets a new identity from a new enrolment file.

It was restored or copied, or the key with which it spoke to its gateway is lost.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Final

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QFileDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget

from casework.errors import KnownError
from workstation.ui.enrolment_file import read_enrolment_file
from workstation.ui.form_card import FormCard, explanation
from workstation.ui.lanes import Lane, Lanes
from workstation.ui.notice import Notice
from workstation.ui.page import Page
from workstation.ui.text_fields import choose_into, new_password_field

_NOBODY_ANY_MORE: Final = frozenset(
    {"not-enrolled", "other-machine", "rolled-back", "device-key-missing", "device-key-damaged"}
)
"""Codes with which a desk that has no identity of its own any more refuses to be opened."""

EnrolAnew = Callable[[bytes, str, str], None]
"""Enrols the desk: enrolment file, login and password of an IT admin; runs in a lane."""


def is_mended_by_enrolling(error: Exception) -> bool:
    """Whether a desk that refuses to be opened needs a new identity.

    A key store of the operating system that is only locked still has the key.
    """
    return isinstance(error, KnownError) and error.code in _NOBODY_ANY_MORE and not error.retryable


class EnrolPage(Page):
    """The page.

    Signals:
        enrolled: The desk has an identity again.
        left: Not now.

    Attributes:
        card: Fields and button.
    """

    enrolled = pyqtSignal()
    left = pyqtSignal()

    def __init__(self, lanes: Lanes, enrol: EnrolAnew, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Enrol this desk anew"))
        self._lanes = lanes
        self._enrol = enrol
        self._language = language
        self._file, self._login, self._password = QLineEdit(), QLineEdit(), new_password_field()
        look = QPushButton(self.tr("Choose …"))
        self.card = FormCard()
        self.card.add_heading(
            self.tr("Enrol this desk anew"),
            explanation(
                self.tr(
                    "This desk was restored or copied from another computer, or its key is lost. Everything in it is"
                    " still there. Before work goes on it needs a new enrolment file from IT, so that no two desks"
                    " bear one name."
                )
            ),
        )
        self.card.add_field(self.tr("New enrolment file"), self._file, look)
        self.card.add_field(self.tr("Sign-in name of an IT admin"), self._login)
        self.card.add_field(self.tr("Password"), self._password)
        self.card.button.setText(self.tr("Enrol"))
        self.card.finish()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.card)
        for field, following in itertools.pairwise((self._file, self._login, self._password)):
            field.returnPressed.connect(following.setFocus)
        self._password.returnPressed.connect(self._begin)
        self.card.button.clicked.connect(self._begin)
        mode = QFileDialog.FileMode.ExistingFile
        look.clicked.connect(lambda: choose_into(self._file, self.tr("New enrolment file"), mode))

    def welcome(self, notice: Notice) -> None:
        """Say why it is needed."""
        self.card.say(notice)

    def arrive(self) -> None:
        """Override Page::arrive."""
        self._file.setFocus()

    def escape(self) -> None:
        """Override Page::escape."""
        if self.card.button.isEnabled():
            self.left.emit()

    def _begin(self) -> None:
        path, login, password = self._file.text(), self._login.text(), self._password.text()
        if not self.card.button.isEnabled() or not path.strip():
            return
        self.card.say(None)
        self.card.set_busy(busy=True)
        self._lanes.run(
            Lane.DATABASE,
            lambda: self._enrol(read_enrolment_file(path), login, password),
            on_done=lambda _: self._on_done(),
            on_error=self._on_error,
        )

    def _on_done(self) -> None:
        self.card.set_busy(busy=False)
        self._password.clear()
        self.enrolled.emit()

    def _on_error(self, error: Exception) -> None:
        self.card.set_busy(busy=False)
        self._password.clear()
        self.card.say(Notice.of_error(error, self._language))
