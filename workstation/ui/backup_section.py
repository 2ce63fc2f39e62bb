# SPDX-License-Identifier: GPL-3.0-or-later
"""Backups: when the last one was made here, the other places they go to, and how it went there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PyQt6.QtCore import Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QFileDialog, QLineEdit, QListWidget, QListWidgetItem, QPushButton

from casework.rights import Right
from workstation.desk.choose_backup_places import (
    BackupOverview,
    BackupPlace,
    add_backup_place,
    backup_overview,
    remove_backup_place,
)
from workstation.desk.sentences import sentence
from workstation.ui.bench import Bench
from workstation.ui.lanes import Lane
from workstation.ui.notice import Notice
from workstation.ui.section import Section, primary_button
from workstation.ui.text_fields import choose_into, typed_path
from workstation.ui.tone import Tone
from workstation.ui.wash import Wash
from workstation.ui.words import moment_words

_LIST_HEIGHT: Final = 150
_REFRESH_MS: Final = 20_000
_FOLDER_ROLE: Final = Qt.ItemDataRole.UserRole


class BackupSection(Section):
    """The section.

    Attributes:
        places: The chosen folders.
    """

    def __init__(self, bench: Bench) -> None:
        super().__init__(
            bench,
            self.tr("Backups"),
            self.tr("Made by themselves while somebody is signed in, encrypted like everything here."),
        )
        self._here = Wash()
        self.places = _Places()
        self.places.setAccessibleName(self.tr("Other places"))
        self._folder = QLineEdit()
        self._add = primary_button(self.tr("Add this place"))
        self._look = QPushButton(self.tr("Choose …"))
        self.add_part(self._here)
        self.add_part(self.places)
        self.add_field(self.tr("Another disk, a USB stick or a share: full path of a folder"), self._folder)
        self.finish(self._add, self._look)
        may_change = bench.session.may(Right.CHANGE_SETTINGS)
        for part in (self._folder, self._add, self._look):
            part.setEnabled(may_change)
        self._folder.returnPressed.connect(self._on_add)
        self._add.clicked.connect(self._on_add)
        mode = QFileDialog.FileMode.Directory
        self._look.clicked.connect(lambda: choose_into(self._folder, self.tr("Place for backups"), mode))
        if may_change:
            self.places.asked_to_remove.connect(self._on_remove)
        self._refreshing = QTimer(self)
        self._refreshing.setInterval(_REFRESH_MS)
        self._refreshing.timeout.connect(self._refresh_if_seen)
        self._refreshing.start()

    def arrive(self) -> None:
        """Override Section::arrive."""
        super().arrive()
        self._refresh()

    def enter(self) -> None:
        """Override Section::enter."""
        first = self._folder if self._folder.isEnabled() else self.places
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refresh_if_seen(self) -> None:
        if self.isVisible():
            self._refresh()

    def _refresh(self) -> None:
        session = self._bench.session
        self._bench.run(Lane.DATABASE, lambda: backup_overview(session), self._show, self.say_error)

    def _show(self, overview: BackupOverview) -> None:
        if overview.newest_at is None:
            self._here.say(self.tr("No backup on this computer yet."), self.tr("The first one is made in a minute."))
        else:
            moment = moment_words(overview.newest_at)
            happened = self.tr("Last backup on this computer: {moment}").format(moment=moment)
            elsewhere = any(place.last_snapshot_at for place in overview.places)
            warning = self.tr("When this disk breaks, it goes too. Add a place on another disk.")
            self._here.say(happened, "" if elsewhere else warning, Tone.GOOD if elsewhere else Tone.WARN)
        current = self.places.currentRow()
        self.places.clear()
        for place in overview.places:
            item = QListWidgetItem(f"{place.folder}\n{self._place_words(place)}")
            item.setData(_FOLDER_ROLE, place.folder)
            self.places.addItem(item)
        self.places.setVisible(bool(overview.places))
        self.places.setCurrentRow(min(max(current, 0), len(overview.places) - 1))

    def _place_words(self, place: BackupPlace) -> str:
        last = self.tr("nothing there yet")
        if place.last_snapshot_at is not None:
            last = self.tr("last backup {moment}").format(moment=moment_words(place.last_snapshot_at))
        if not place.last_error_code:
            return last
        details = {"folder": str(place.folder)}
        return f"{last} · {sentence(place.last_error_code, details, self._bench.language).happened}"

    def _on_add(self) -> None:
        session, path = self._bench.session, typed_path(self._folder.text())
        if not self._folder.text().strip() or not self._add.isEnabled():
            return
        self._run(lambda: add_backup_place(session, path), self.tr("The next backup goes there too."))

    def _on_remove(self, folder: Path) -> None:
        session = self._bench.session
        if not self._bench.is_insisted(f"no more backups {folder}"):
            happened = self.tr("No more backups to {folder}?").format(folder=folder)
            self.say(Notice(Tone.WARN, happened, self.tr("Press Delete once more; what is there stays there.")))
            return
        self._run(lambda: remove_backup_place(session, folder), self.tr("No more backups go there."))

    def _run(self, work: Callable[[], None], good: str) -> None:
        self._add.setEnabled(False)
        self.say(None)

        def on_done(_: None) -> None:
            self._bench.carried_on.emit()
            self._add.setEnabled(True)
            self._folder.clear()
            self.say(Notice(Tone.GOOD, good))
            self._refresh()

        def on_error(error: Exception) -> None:
            self._add.setEnabled(True)
            self.say_error(error)

        self._bench.run(Lane.FILES, work, on_done, on_error)


class _Places(QListWidget):
    """The list.

    Signals:
        asked_to_remove: Delete on a row (its folder).
    """

    asked_to_remove = pyqtSignal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sections")
        self.setFixedHeight(_LIST_HEIGHT)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Override QWidget::keyPressEvent."""
        item = self.currentItem()
        if event is not None and event.key() == Qt.Key.Key_Delete and item is not None:
            self.asked_to_remove.emit(item.data(_FOLDER_ROLE))
        else:
            super().keyPressEvent(event)
