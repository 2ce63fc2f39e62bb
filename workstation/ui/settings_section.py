# SPDX-License-Identifier: GPL-3.0-or-later
"""Settings of the workstation that may be changed while it is open: four numbers, each with its range."""

from __future__ import annotations

import dataclasses
import itertools
from typing import Final

from PyQt6.QtCore import QRegularExpression
from PyQt6.QtGui import QRegularExpressionValidator
from PyQt6.QtWidgets import QLineEdit

from casework.records.settings import SETTING_RANGES, Settings
from workstation.desk.change_settings import change_settings, read_settings
from workstation.ui.bench import Bench
from workstation.ui.lanes import Lane
from workstation.ui.notice import Notice
from workstation.ui.section import Section, primary_button
from workstation.ui.tone import Tone

_NAMES: Final = tuple(field.name for field in dataclasses.fields(Settings))


class SettingsSection(Section):
    """The section."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(
            bench,
            self.tr("Settings"),
            self.tr("For this computer. They count from the next sign-in."),
        )
        words = {
            "idle_lock_minutes": self.tr("Lock the desk after so many minutes without a key ({lowest}–{highest})"),
            "snapshot_minutes": self.tr("Minutes between two backups ({lowest}–{highest})"),
            "local_window_days": self.tr("Days that sent scans stay on this computer ({lowest}–{highest})"),
            "draft_days": self.tr("Days that the scans of a dropped draft are kept ({lowest}–{highest})"),
        }
        self._fields: dict[str, QLineEdit] = {}
        for name in _NAMES:
            allowed = SETTING_RANGES[name]
            field = QLineEdit()
            field.setValidator(QRegularExpressionValidator(QRegularExpression("[0-9]{0,5}"), field))
            self._fields[name] = field
            self.add_field(words[name].format(lowest=allowed.start, highest=allowed.stop - 1), field)
        self._button = primary_button(self.tr("Keep these settings"))
        self.finish(self._button)
        for field, following in itertools.pairwise(self._fields.values()):
            field.returnPressed.connect(following.setFocus)
        self._fields[_NAMES[-1]].returnPressed.connect(self._keep)
        self._button.clicked.connect(self._keep)

    def arrive(self) -> None:
        """Override Section::arrive."""
        super().arrive()
        session = self._bench.session
        self._bench.run(Lane.DATABASE, lambda: read_settings(session), self._show, self.say_error)

    def _show(self, settings: Settings) -> None:
        for name, field in self._fields.items():
            field.setText(str(getattr(settings, name)))

    def _keep(self) -> None:
        session = self._bench.session
        wanted = Settings(**{name: int(field.text() or 0) for name, field in self._fields.items()})
        self._bench.run(
            Lane.DATABASE,
            lambda: change_settings(session, wanted),
            lambda _: self.say(Notice(Tone.GOOD, self.tr("The settings are kept."))),
            self.say_error,
        )
