# SPDX-License-Identifier: GPL-3.0-or-later
"""Plays the demo in a window on the display of the environment, looks at every scene, and tells what it saw as JSON.

``python play_program.py FOLDER PAPERS``: FOLDER is an existing empty folder for everything that the demo keeps, PAPERS
how many papers lie in the feeder; the third is not needed.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from PyQt6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from demo.sample_papers import SAMPLE_PAPERS
from demo.window import play_in_window
from localdb.key_file import Argon2Cost
from scanning.classify.paper_class import PaperClass
from workstation.ui.elided_label import ElidedLabel
from workstation.ui.main_window import MainWindow

PAPERS = (
    SAMPLE_PAPERS[PaperClass.BIRTH_REGISTRATION_DECLARATION],
    SAMPLE_PAPERS[PaperClass.BIRTH_PROOF],
    SAMPLE_PAPERS[PaperClass.MARRIAGE_CERTIFICATE],
)


def main() -> int:
    scenes: dict[str, dict[str, Any]] = {}

    def look(name: str, window: MainWindow) -> None:
        dialog = QApplication.activeModalWidget()
        roots: list[QWidget] = [window] if dialog is None else [window, dialog]
        picture = window.grab().toImage()
        step = max(1, picture.width() // 100)
        scenes[name] = {
            "size": [picture.width(), picture.height()],
            "colours": len(
                {picture.pixel(x, y) for x in range(0, picture.width(), step) for y in range(0, picture.height(), step)}
            ),
            "texts": [text for root in roots for text in texts(root)],
            "clipped": [text for root in roots for text in clipped(root)],
        }

    cheap = Argon2Cost(memory_kib=64, iterations=1, lanes=1)
    code = play_in_window(Path(sys.argv[1]), pace=0, look=look, cost=cheap, papers=PAPERS[: int(sys.argv[2])])
    sys.stdout.write(json.dumps({"code": code, "scenes": scenes}, ensure_ascii=False))
    return 0


def shown(root: QWidget) -> list[QLabel | QAbstractButton]:
    labels: list[QLabel | QAbstractButton] = [*root.findChildren(QLabel), *root.findChildren(QAbstractButton)]
    return [each for each in labels if each.isVisible() and each.text()]


def texts(root: QWidget) -> list[str]:
    return [each.text() for each in shown(root)]


def clipped(root: QWidget) -> list[str]:
    """Give the texts that have less room than they need; a line that ends in an ellipsis on purpose is none."""
    return [each.text() for each in shown(root) if not isinstance(each, ElidedLabel) and not has_room(each)]


def has_room(widget: QLabel | QAbstractButton) -> bool:
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.heightForWidth(widget.width()) <= widget.height() + 1
    need = widget.sizeHint()
    return need.width() <= widget.width() + 1 and need.height() <= widget.height() + 1


if __name__ == "__main__":
    sys.exit(main())
