# SPDX-License-Identifier: GPL-3.0-or-later
"""Choose another password for oneself."""

from __future__ import annotations

import itertools

from workstation.desk.change_password import change_password
from workstation.ui.bench import Bench
from workstation.ui.lanes import Lane
from workstation.ui.notice import Notice
from workstation.ui.section import Section, primary_button
from workstation.ui.text_fields import new_password_field
from workstation.ui.tone import Tone


class PasswordSection(Section):
    """The section."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(
            bench,
            self.tr("My password"),
            self.tr("It opens this computer's data. At least 8 characters; a sentence of your own is best."),
        )
        self._fields = (new_password_field(), new_password_field(), new_password_field())
        words = (self.tr("Password until now"), self.tr("New password"), self.tr("The new password again"))
        for field, caption in zip(self._fields, words, strict=True):
            self.add_field(caption, field)
        self._button = primary_button(self.tr("Change the password"))
        self.finish(self._button)
        for field, following in itertools.pairwise(self._fields):
            field.returnPressed.connect(following.setFocus)
        self._fields[-1].returnPressed.connect(self._change)
        self._button.clicked.connect(self._change)

    def arrive(self) -> None:
        """Override Section::arrive."""
        super().arrive()
        self._clear()

    def _change(self) -> None:
        old, new, again = (field.text() for field in self._fields)
        if not self._button.isEnabled():
            return
        if new != again:
            happened = self.tr("The two passwords are not the same.")
            self.say(Notice(Tone.WARN, happened, self.tr("Type the new password twice.")))
            self._clear(keep=1)
            self._fields[1].setFocus()
            return
        session = self._bench.session
        self._button.setEnabled(False)
        self.say(None)
        self._bench.run(Lane.DATABASE, lambda: change_password(session, old, new), self._on_changed, self._on_error)

    def _on_changed(self, _: None) -> None:
        self._button.setEnabled(True)
        self._clear()
        happened = self.tr("The password is changed.")
        self.say(Notice(Tone.GOOD, happened, self.tr("Use the new one at the next sign-in.")))

    def _on_error(self, error: Exception) -> None:
        self._button.setEnabled(True)
        self._clear()
        self.say_error(error)
        self._fields[0].setFocus()

    def _clear(self, keep: int = 0) -> None:
        for field in self._fields[keep:]:
            field.clear()
