# SPDX-License-Identifier: GPL-3.0-or-later
"""The window: who and where on top, one page, the keys, how sending stands. It knows no page by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PyQt6.QtCore import QSize, Qt, pyqtSignal
from PyQt6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PyQt6.QtWidgets import QHBoxLayout, QMainWindow, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from workstation.ui.elided_label import ElidedLabel
from workstation.ui.key_bar import KeyBar
from workstation.ui.notice import Notice, NoticeBar
from workstation.ui.page import KeyAction, Page, label
from workstation.ui.status_strip import StatusStrip
from workstation.ui.theme import GRID

_NAME: Final = "Một Cửa"
_LEAST: Final = QSize(900, 500)
_USUAL: Final = QSize(1366, 768)


class MainWindow(QMainWindow):
    """The window.

    Signals:
        sign_out_wanted: Ctrl+L or the button.
        closing: The window is about to go.

    Attributes:
        notices: Where the clerk is told something.
        strip: How sending stands.
        key_bar: The function keys.
    """

    sign_out_wanted = pyqtSignal()
    closing = pyqtSignal()

    def __init__(self, language: str) -> None:
        super().__init__()
        self.setWindowTitle(_NAME)
        self.setMinimumSize(_LEAST)
        self.resize(_USUAL)
        self.notices = NoticeBar()
        self.strip = StatusStrip(language)
        self.key_bar = KeyBar(self)
        self._window_keys: Mapping[Qt.Key, KeyAction] = {}
        self._unit = ElidedLabel("soft")
        self._clerk = label("")
        self._sign_out = QPushButton(self.tr("Sign out  Ctrl+L"))
        self._sign_out.setObjectName("quiet")
        self._sign_out.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._sign_out.clicked.connect(self.sign_out_wanted)
        shortcut = QShortcut(QKeySequence("Ctrl+L"), self)
        shortcut.activated.connect(self.sign_out_wanted)
        self._pages = QStackedWidget()
        self._nothing = QWidget()
        self._pages.addWidget(self._nothing)
        inside = QWidget()
        inside.setObjectName("desk")
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._top_bar())
        layout.addWidget(self.notices)
        layout.addWidget(self._pages, 1)
        layout.addWidget(self.key_bar)
        layout.addWidget(self.strip)
        self.setCentralWidget(inside)
        self.key_bar.pressed.connect(self._on_key)
        self.show_nobody()

    @property
    def page(self) -> Page | None:
        """The page on the screen."""
        page = self._pages.currentWidget()
        return page if isinstance(page, Page) else None

    def remove_page(self, page: Page) -> None:
        """Take a page out of the window for good."""
        self._pages.removeWidget(page)
        page.deleteLater()

    def show_page(self, page: Page) -> None:
        """Bring a page to the front; it comes into the window when it is shown for the first time."""
        if self._pages.indexOf(page) < 0:
            self._pages.addWidget(page)
            page.keys_changed.connect(lambda: self._refresh_keys(page))
        self._pages.setCurrentWidget(page)
        self.setWindowTitle(f"{page.title} – {_NAME}")
        self._refresh_keys(page)
        page.arrive()

    def show_somebody(self, unit: str, clerk: str, keys: Mapping[Qt.Key, KeyAction]) -> None:
        """A clerk is signed in.

        Args:
            unit: Name of the unit.
            clerk: Name of the clerk.
            keys: What works on every page.
        """
        self._unit.say(unit)
        self._clerk.setText(clerk)
        self._window_keys = keys
        self._sign_out.show()
        self.key_bar.show()
        self.strip.show()

    def show_nobody(self) -> None:
        """Nobody is signed in: what was on the screen is hidden at once, however long closing the desk takes."""
        self._pages.setCurrentWidget(self._nothing)
        self.setWindowTitle(_NAME)
        self._unit.say("")
        self._clerk.setText("")
        self._window_keys = {}
        self._sign_out.hide()
        self.key_bar.hide()
        self.strip.hide()
        self.notices.forget()

    def tell(self, notice: Notice) -> None:
        """Tell the clerk something."""
        self.notices.tell(notice)

    def come_to_front(self) -> None:
        """Show the window to the clerk who started the program once more."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Override QWidget::keyPressEvent: Esc that nothing took leads back."""
        if event is not None and event.key() == Qt.Key.Key_Escape and self.page is not None:
            self.page.escape()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent | None) -> None:
        """Override QWidget::closeEvent."""
        self.closing.emit()
        super().closeEvent(event)

    def _on_key(self, key: Qt.Key) -> None:
        action = self._actions().get(key)
        if action is not None and action.is_enabled:
            action.do()

    def _actions(self) -> Mapping[Qt.Key, KeyAction]:
        return {**self._window_keys, **(self.page.keys() if self.page else {})}

    def _refresh_keys(self, page: Page) -> None:
        if page is self.page:
            self.key_bar.show_keys(self._actions())

    def _top_bar(self) -> QWidget:
        bar = QWidget()
        bar.setObjectName("topBar")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = QHBoxLayout(bar)
        layout.setContentsMargins(2 * GRID, GRID, GRID, GRID)
        layout.setSpacing(GRID)
        layout.addWidget(label(_NAME, "wordmark"))
        layout.addSpacing(GRID)
        layout.addWidget(self._unit, 1)
        layout.addWidget(self._clerk)
        layout.addWidget(self._sign_out)
        bar.setFixedHeight(48)
        return bar
