# SPDX-License-Identifier: GPL-3.0-or-later
"""The language of the screen: the source says English, Vietnamese ships beside it and is the default."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PyQt6.QtCore import QCoreApplication, QLocale, QTranslator

LANGUAGES: Final = ("vi", "en")
FOLDER: Final = Path(__file__).parent / "i18n"


def speak(application: QCoreApplication, language: str) -> None:
    """Let the application speak a language of ``LANGUAGES``.

    ``qtbase_vi`` is our own: Qt comes without Vietnamese, so that buttons and menus of its dialogs would stay English.
    """
    if language != "vi":
        QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.Vietnam))
        return
    QLocale.setDefault(QLocale(QLocale.Language.Vietnamese, QLocale.Country.Vietnam))
    for name in ("qtbase_vi", "motcua_vi"):
        translator = QTranslator(application)
        translator.load(str(FOLDER / f"{name}.qm"))
        application.installTranslator(translator)
