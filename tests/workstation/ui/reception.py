# SPDX-License-Identifier: GPL-3.0-or-later
"""The page on which a clerk receives a dossier, in a window of its own."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import Qt
from pytestqt.qtbot import QtBot

from signing.errors import SigningError
from tests.workstation.ui.rooms import put_on_screen
from workstation.desk.keep_draft import DraftField, open_draft
from workstation.desk.signing_sitting import SigningSitting
from workstation.ui.bench import Bench
from workstation.ui.notice import Notice
from workstation.ui.paper_model import PaperEntry, Place
from workstation.ui.reception_page import ReceptionPage


def no_sitting() -> SigningSitting:
    raise SigningError("no-token", retryable=True)


class Counter:
    """The page in a window, and what it told."""

    def __init__(self, bench: Bench, qtbot: QtBot) -> None:
        self.bench, self.qtbot = bench, qtbot
        self.page = ReceptionPage(bench, no_sitting)
        self.told: list[Notice] = []
        bench.noticed.connect(self.told.append)
        put_on_screen(self.page, bench, qtbot)

    def until(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=10_000)

    def begin(self) -> None:
        self.page.begin_new()
        self.until(lambda: self.page.dossier_id != "")

    def go_on_with(self, dossier_id: str) -> None:
        self.page.continue_with(dossier_id)
        self.until(lambda: self.page.dossier_id == dossier_id)

    def value(self, name: DraftField) -> str:
        return self.page.person.values()[name]

    def kept(self, name: str) -> str:
        return open_draft(self.bench.session, self.page.dossier_id).fields.get(name, "")

    def do(self, key: Qt.Key) -> None:
        """Press a function key, as the window would pass it on."""
        action = self.page.keys()[key]
        assert action.is_enabled
        action.do()

    def places(self) -> list[Place]:
        entries = self.page.papers.papers.papers.entries
        return [entry.place for entry in entries if isinstance(entry, PaperEntry)]
