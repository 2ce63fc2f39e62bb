# SPDX-License-Identifier: GPL-3.0-or-later
"""The form for one person of the desk: name, sign-in name, roles, a password to begin with."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from casework.records.workplace import Clerk, Role
from workstation.ui.page import label
from workstation.ui.text_fields import new_password_field
from workstation.ui.theme import GRID
from workstation.ui.words import role_words


class ClerkForm(QWidget):
    """The form.

    Signals:
        finished: Enter in its last field.
    """

    finished = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self._heading = label("", "heading")
        self._name, self._login, self._password = QLineEdit(), QLineEdit(), new_password_field()
        self._password_caption = label("", "field", wraps=True)
        self._roles = {role: QCheckBox(role_words(role)) for role in Role}
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(2)
        captions = (
            label(self.tr("Full name, as printed"), "field", wraps=True),
            label(self.tr("Sign-in name, without accents"), "field", wraps=True),
            self._password_caption,
        )
        for column, (caption, field) in enumerate(
            zip(captions, (self._name, self._login, self._password), strict=True)
        ):
            _join(caption, field)
            grid.addWidget(caption, 0, column, Qt.AlignmentFlag.AlignBottom)
            grid.addWidget(field, 1, column)
            grid.setColumnStretch(column, 1)
        roles = QHBoxLayout()
        roles.setSpacing(3 * GRID)
        for box in self._roles.values():
            roles.addWidget(box)
        roles.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, GRID, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self._heading)
        layout.addLayout(grid)
        layout.addLayout(roles)
        self._name.returnPressed.connect(
            lambda: (self._login if self._login.isEnabled() else self._password).setFocus()
        )
        self._login.returnPressed.connect(self._password.setFocus)
        self._password.returnPressed.connect(self.finished)

    def show_clerk(self, clerk: Clerk | None) -> None:
        """Show a person, or an empty form for a new one."""
        is_new = clerk is None
        self._heading.setText(self.tr("Somebody new") if clerk is None else clerk.full_name)
        self._name.setText("" if clerk is None else clerk.full_name)
        self._login.setText("" if clerk is None else clerk.login)
        self._login.setEnabled(is_new)
        self._password.clear()
        words = self.tr("Password to begin with") if is_new else self.tr("New password, only if the old one is lost")
        self._password_caption.setText(words)
        self._password.setAccessibleName(words)
        wanted = frozenset({Role.CLERK}) if clerk is None else clerk.roles
        for role, box in self._roles.items():
            box.setChecked(role in wanted)

    def begin(self) -> None:
        """Take the focus."""
        self._name.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def name(self) -> str:
        """The name as typed."""
        return self._name.text()

    @property
    def login(self) -> str:
        """The sign-in name as typed."""
        return self._login.text()

    @property
    def roles(self) -> frozenset[Role]:
        """The roles that are ticked."""
        return frozenset(role for role, box in self._roles.items() if box.isChecked())

    def take_password(self) -> str:
        """Give the password once and forget it; empty when none was typed."""
        password = self._password.text()
        self._password.clear()
        return password


def _join(caption: QLabel, field: QLineEdit) -> None:
    caption.setBuddy(field)
    field.setAccessibleName(caption.text())
