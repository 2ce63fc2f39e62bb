# SPDX-License-Identifier: GPL-3.0-or-later
"""The look of every window: one font, one palette, one spacing grid of 8 pixels."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PyQt6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PyQt6.QtWidgets import QApplication

FONT_FAMILY: Final = "Be Vietnam Pro"
GRID: Final = 8
"""Pixels; every margin and gap is a multiple of half of it."""

INK: Final = "#1b2430"
INK_SOFT: Final = "#566273"
PAPER: Final = "#ffffff"
DESK: Final = "#f3f5f8"
LINE: Final = "#d5dbe3"
BLUE: Final = "#14539a"
BLUE_WASH: Final = "#e3edf8"
GREEN: Final = "#1a7046"
GREEN_WASH: Final = "#e2f3ea"
AMBER: Final = "#8a5a00"
AMBER_WASH: Final = "#fdf1d8"
RED: Final = "#b3261e"
RED_WASH: Final = "#fbe6e4"

_STYLE: Final = f"""
QWidget {{ color: {INK}; }}
QMainWindow, QWidget#desk {{ background: {DESK}; }}
QFrame#card {{ background: {PAPER}; border: 1px solid {LINE}; border-radius: 8px; }}
QLabel#heading {{ font-size: 11pt; font-weight: 600; color: {INK}; }}
QLabel#title {{ font-size: 16pt; font-weight: 600; color: {INK}; }}
QLabel#soft {{ color: {INK_SOFT}; }}
QLabel#caption {{ color: {INK_SOFT}; font-size: 9pt; }}
QLabel[tone="good"] {{ color: {GREEN}; }}
QLabel[tone="warn"] {{ color: {AMBER}; }}
QLabel[tone="bad"] {{ color: {RED}; }}
QLabel#notice {{ border-radius: 6px; padding: 8px 12px; }}
QLabel#notice[tone="good"] {{ background: {GREEN_WASH}; color: {GREEN}; }}
QLabel#notice[tone="warn"] {{ background: {AMBER_WASH}; color: {AMBER}; }}
QLabel#notice[tone="bad"] {{ background: {RED_WASH}; color: {RED}; }}
QLabel#notice[tone="plain"] {{ background: {BLUE_WASH}; color: {BLUE}; }}
QLineEdit, QComboBox {{
    background: {PAPER}; border: 1px solid {LINE}; border-radius: 6px; padding: 5px 8px; min-height: 20px;
    selection-background-color: {BLUE}; selection-color: {PAPER};
}}
QLineEdit:focus, QComboBox:focus {{ border: 2px solid {BLUE}; padding: 4px 7px; }}
QLineEdit[readOnly="true"] {{ background: {DESK}; }}
QPushButton {{
    background: {PAPER}; border: 1px solid {LINE}; border-radius: 6px; padding: 6px 14px; min-height: 20px;
}}
QPushButton:focus {{ border: 2px solid {BLUE}; padding: 5px 13px; }}
QPushButton:hover {{ background: {BLUE_WASH}; }}
QPushButton:disabled {{ color: #9aa4b2; }}
QPushButton#primary {{ background: {BLUE}; color: {PAPER}; border: 1px solid {BLUE}; font-weight: 600; }}
QPushButton#primary:hover {{ background: #0f4582; }}
QPushButton#primary:disabled {{ background: #a9bcd3; border-color: #a9bcd3; color: {PAPER}; }}
QTableView, QListView {{
    background: {PAPER}; border: 1px solid {LINE}; border-radius: 8px; gridline-color: {LINE};
    selection-background-color: {BLUE_WASH}; selection-color: {INK}; outline: 0;
}}
QTableView::item {{ padding: 4px 8px; border-bottom: 1px solid #eceff3; }}
QHeaderView::section {{
    background: {DESK}; color: {INK_SOFT}; border: 0; border-bottom: 1px solid {LINE}; padding: 6px 8px;
    font-weight: 500;
}}
QWidget#keyBar {{ background: {INK}; }}
QWidget#keyBar QPushButton {{
    background: transparent; border: 0; border-radius: 4px; color: #dfe6ee; padding: 4px 8px; font-weight: 500;
}}
QWidget#keyBar QPushButton:hover {{ background: #2c3949; }}
QWidget#keyBar QPushButton:disabled {{ color: #6f7c8c; }}
QWidget#statusStrip {{ background: {PAPER}; border-top: 1px solid {LINE}; }}
QWidget#topBar {{ background: {PAPER}; border-bottom: 1px solid {LINE}; }}
QProgressBar {{ border: 0; border-radius: 3px; background: {LINE}; max-height: 6px; }}
QProgressBar::chunk {{ background: {BLUE}; border-radius: 3px; }}
QToolTip {{ background: {INK}; color: {PAPER}; border: 0; padding: 4px 6px; }}
"""


def dress(application: QApplication) -> None:
    """Give the application its font, palette and style sheet."""
    for path in sorted((Path(__file__).parent / "fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(path))
    application.setStyle("Fusion")
    font = QFont(FONT_FAMILY)
    font.setPointSizeF(10.5)
    application.setFont(font)
    palette = QPalette()
    for role, colour in {
        QPalette.ColorRole.Window: DESK,
        QPalette.ColorRole.WindowText: INK,
        QPalette.ColorRole.Base: PAPER,
        QPalette.ColorRole.AlternateBase: DESK,
        QPalette.ColorRole.Text: INK,
        QPalette.ColorRole.PlaceholderText: "#8d98a6",
        QPalette.ColorRole.Button: PAPER,
        QPalette.ColorRole.ButtonText: INK,
        QPalette.ColorRole.Highlight: BLUE,
        QPalette.ColorRole.HighlightedText: PAPER,
        QPalette.ColorRole.Link: BLUE,
    }.items():
        palette.setColor(role, QColor(colour))
    application.setPalette(palette)
    application.setStyleSheet(_STYLE)
