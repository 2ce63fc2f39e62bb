# SPDX-License-Identifier: GPL-3.0-or-later
"""What every page of the window has in common: keys that do something, a way back, a taste for cards."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PyQt6.QtCore import QRect, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QPainter
from PyQt6.QtWidgets import QFrame, QLabel, QWidget

from workstation.ui.theme import BLUE, BLUE_WASH
from workstation.ui.tone import Tone


@dataclass(frozen=True, slots=True)
class KeyAction:
    """What a function key does on a page.

    Attributes:
        do: Called when the key is pressed or its place in the bar is clicked.
        label: For the bar; empty for the usual word of that key.
        is_enabled: Whether it does anything now.
    """

    do: Callable[[], None]
    label: str = ""
    is_enabled: bool = True


class Page(QWidget):
    """A page of the window.

    Signals:
        keys_changed: What the keys do has changed.
    """

    keys_changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("desk")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    @property
    def title(self) -> str:
        """What the page is called in the title of the window; never names a person."""
        return self.accessibleName()

    def keys(self) -> Mapping[Qt.Key, KeyAction]:
        """Give what the function keys do on this page."""
        return {}

    def arrive(self) -> None:
        """Put the focus where the clerk goes on; called each time the page is shown."""

    def escape(self) -> None:
        """Go back; called for Esc when nothing on the page took it."""

    @property
    def wants_cards(self) -> bool:
        """Whether a card laid on the reader would be taken."""
        return False

    def take_card(self, qr_text: str) -> None:
        """Take the text of a card."""


def card_frame() -> QFrame:
    """Make a white card to put things on."""
    frame = QFrame()
    frame.setObjectName("card")
    return frame


def label(text: str, name: str = "", *, wraps: bool = False) -> QLabel:
    """Make a label of plain text in one of the theme's roles."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wraps)
    if name:
        made.setObjectName(name)
    return made


def mark_current(painter: QPainter, row: QRect) -> None:
    """Paint the row of a list that the next key is for."""
    painter.fillRect(row, QColor(BLUE_WASH))
    painter.fillRect(QRect(row.left(), row.top(), 3, row.height()), QColor(BLUE))


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet selects by, and have it seen."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    style = widget.style()
    if style is not None:
        style.unpolish(widget)
        style.polish(widget)


def set_tone(widget: QWidget, tone: Tone) -> None:
    """Give a widget and the labels in it a tone."""
    set_property(widget, "tone", tone.value)
    for inner in widget.findChildren(QLabel):
        style = inner.style()
        if style is not None:
            style.unpolish(inner)
            style.polish(inner)
