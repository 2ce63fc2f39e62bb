# SPDX-License-Identifier: GPL-3.0-or-later
"""Fields for what is typed in one line: one that shows dots, one that a dialog fills with a path."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QFileDialog, QLineEdit


def new_password_field() -> QLineEdit:
    """Make a field that shows dots, and from which no keyboard learns."""
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhNoPredictiveText)
    return field


def typed_path(text: str) -> Path:
    """Give the path that somebody typed; ``~`` is the home folder, ``~somebody`` hers where there is such a person."""
    path = Path(text.strip())
    try:
        return path.expanduser()
    except RuntimeError:
        return path


def choose_into(field: QLineEdit, title: str, mode: QFileDialog.FileMode) -> None:
    """Let somebody choose what is there already; its path goes into the field.

    Args:
        field: For the path.
        title: Of the dialog.
        mode: What may be chosen: a file, or a folder.
    """
    dialog = QFileDialog(field.parentWidget(), title)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setFileMode(mode)
    dialog.fileSelected.connect(field.setText)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
