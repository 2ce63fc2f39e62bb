# SPDX-License-Identifier: GPL-3.0-or-later
"""The look of every window: one font, one palette, one spacing grid of 8 pixels."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from PyQt6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PyQt6.QtWidgets import QApplication

from workstation.ui.tone import Tone

FONT_FAMILY: Final = "Be Vietnam Pro"
GRID: Final = 8
"""Pixels; every margin and gap is a multiple of half of it."""

INK: Final = "#1b2430"
INK_SOFT: Final = "#566273"
INK_FAINT: Final = "#7a8797"
PAPER: Final = "#ffffff"
DESK: Final = "#f1f4f8"
LINE: Final = "#d3dae3"
LINE_SOFT: Final = "#e8ecf1"
BLUE: Final = "#14539a"
BLUE_WASH: Final = "#e8f0f9"
BLUE_TINT: Final = "#d5e5f7"
GREEN: Final = "#176b42"
GREEN_WASH: Final = "#e1f3e9"
AMBER: Final = "#835300"
AMBER_WASH: Final = "#fdf0d5"
RED: Final = "#ab231b"
RED_WASH: Final = "#fbe7e5"
GRAY_WASH: Final = "#eceff3"

TONE_INK: Final[Mapping[Tone, str]] = {
    Tone.GOOD: GREEN,
    Tone.WARN: AMBER,
    Tone.BAD: RED,
    Tone.PLAIN: BLUE,
    Tone.SOFT: INK_SOFT,
}
TONE_WASH: Final[Mapping[Tone, str]] = {
    Tone.GOOD: GREEN_WASH,
    Tone.WARN: AMBER_WASH,
    Tone.BAD: RED_WASH,
    Tone.PLAIN: BLUE_TINT,
    Tone.SOFT: GRAY_WASH,
}
"""Ink on wash has a contrast of at least 4.5 to 1 in every tone (WCAG 2.1, 1.4.3)."""

_TONED: Final = "\n".join(
    f"""QLabel[tone="{tone.value}"] {{ color: {TONE_INK[tone]}; }}
QFrame#wash[tone="{tone.value}"], QFrame#notice[tone="{tone.value}"] {{ background: {TONE_WASH[tone]}; }}
QFrame#wash[tone="{tone.value}"] QLabel, QFrame#notice[tone="{tone.value}"] QLabel {{ color: {TONE_INK[tone]}; }}"""
    for tone in Tone
)

_STYLE: Final = f"""
QWidget {{ color: {INK}; }}
QMainWindow, QDialog, QWidget#desk {{ background: {DESK}; }}
QScrollArea, QWidget#column {{ background: transparent; border: 0; }}

QFrame#card {{ background: {PAPER}; border: 1px solid {LINE}; border-radius: 8px; }}
QFrame#wash {{ border-radius: 6px; }}
QFrame#notice {{ border-radius: 0; }}
QFrame#rule {{ background: {LINE_SOFT}; max-height: 1px; border: 0; }}

QLabel#wordmark {{ font-size: 13pt; font-weight: 700; color: {BLUE}; }}
QLabel#title {{ font-size: 15pt; font-weight: 600; }}
QLabel#heading {{ font-size: 11pt; font-weight: 600; }}
QLabel#strong {{ font-weight: 600; }}
QLabel#code {{ font-size: 28pt; font-weight: 700; color: {BLUE}; }}
QLabel#big {{ font-size: 18pt; font-weight: 600; }}
QLabel#caption {{ color: {INK_SOFT}; font-size: 9pt; }}
QLabel#field {{ color: {INK_SOFT}; font-size: 9pt; font-weight: 500; padding-top: 4px; qproperty-indent: 0; }}
QLabel#fault {{ color: {RED}; font-size: 9pt; }}
QLabel#small {{ font-size: 9pt; }}
QLabel#key {{ background: {GRAY_WASH}; border-radius: 4px; padding: 1px 8px; font-weight: 600; }}
QLabel#soft {{ color: {INK_SOFT}; }}
{_TONED}

QLineEdit, QComboBox, QPlainTextEdit {{
    background: {PAPER}; border: 1px solid {LINE}; border-radius: 5px; padding: 4px 6px; min-height: 20px;
    selection-background-color: {BLUE}; selection-color: {PAPER};
}}
QPlainTextEdit {{ padding: 2px 4px; }}
QLineEdit:focus, QComboBox:focus {{ border: 2px solid {BLUE}; padding: 3px 5px; }}
QPlainTextEdit:focus {{ border: 2px solid {BLUE}; padding: 1px 3px; }}
QLineEdit[faulty="true"], QPlainTextEdit[faulty="true"] {{ border-color: {RED}; background: #fffafa; }}
QLineEdit:disabled, QComboBox:disabled {{ background: {DESK}; color: {INK_SOFT}; }}
QComboBox::drop-down {{ border: 0; width: 24px; }}
QComboBox::down-arrow {{ image: url({{arrow}}); width: 10px; height: 6px; }}
QComboBox QAbstractItemView {{
    background: {PAPER}; border: 1px solid {LINE}; selection-background-color: {BLUE_WASH}; selection-color: {INK};
    padding: 4px; outline: 0;
}}

QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QPushButton {{
    background: {PAPER}; border: 1px solid {LINE}; border-radius: 5px; padding: 5px 14px; min-height: 20px;
}}
QPushButton:focus {{ border: 2px solid {BLUE}; padding: 4px 13px; }}
QPushButton:hover {{ background: {BLUE_WASH}; }}
QPushButton:disabled {{ color: #9aa4b2; }}
QPushButton#primary {{ background: {BLUE}; color: {PAPER}; border: 1px solid {BLUE}; font-weight: 600; }}
QPushButton#primary:focus {{ border: 2px solid {INK}; }}
QPushButton#primary:hover {{ background: #0f4582; }}
QPushButton#primary:disabled {{ background: #a9bcd3; border-color: #a9bcd3; color: {PAPER}; }}
QPushButton#quiet {{ background: transparent; border: 1px solid transparent; color: {BLUE}; padding: 4px 8px; }}
QPushButton#quiet:focus {{ border: 2px solid {BLUE}; padding: 3px 7px; }}
QPushButton#quiet:hover {{ background: {BLUE_WASH}; }}

QTableView, QListView {{
    background: {PAPER}; border: 1px solid {LINE}; border-radius: 8px; outline: 0;
    selection-background-color: {BLUE_WASH}; selection-color: {INK};
}}
QTableView:focus, QListView:focus {{ border: 1px solid {BLUE}; }}
QTableView#plain, QTableView#plain:focus {{ border: 0; border-radius: 0; }}
QTableView#boxed {{ border-radius: 0; }}
QTableView#boxed::item {{ padding-left: 9px; }}
QListView#plain {{ border: 1px solid transparent; border-radius: 5px; background: transparent; }}
QListView#plain:focus {{ border: 1px solid {BLUE}; }}
QListView#sections {{ border: 0; border-radius: 0; background: transparent; }}
QListView#sections::item {{ padding: 9px 12px; border-left: 3px solid transparent; color: {INK}; }}
QListView#sections::item:selected {{ background: {BLUE_WASH}; border-left: 3px solid {BLUE}; }}
QListView#suggestions {{ border: 1px solid {INK_FAINT}; border-radius: 5px; }}
QHeaderView {{ background: {PAPER}; border: 0; }}
QHeaderView::section {{
    background: {PAPER}; color: {INK_SOFT}; border: 0; border-bottom: 1px solid {LINE}; padding: 8px 8px 8px 12px;
    font-size: 9pt; font-weight: 500;
}}
QTableCornerButton::section {{ background: {PAPER}; border: 0; }}

QWidget#topBar {{ background: {PAPER}; border-bottom: 1px solid {LINE}; }}
QWidget#keyBar {{ background: {INK}; }}
QWidget#statusStrip {{ background: {PAPER}; border-top: 1px solid {LINE}; }}

QProgressBar {{ border: 0; border-radius: 2px; background: {LINE_SOFT}; max-height: 4px; min-height: 4px; }}
QProgressBar::chunk {{ background: {BLUE}; border-radius: 2px; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 2px; }}
QScrollBar::handle:vertical {{ background: #c3ccd7; border-radius: 3px; min-height: 32px; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 2px; }}
QScrollBar::handle:horizontal {{ background: #c3ccd7; border-radius: 3px; min-width: 32px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QToolTip {{ background: {INK}; color: {PAPER}; border: 0; padding: 4px 6px; }}
QMenu {{ background: {PAPER}; border: 1px solid {INK_FAINT}; padding: 4px; }}
QMenu::item {{ padding: 6px 16px; border-radius: 4px; }}
QMenu::item:selected {{ background: {BLUE_WASH}; color: {INK}; }}
QMenu::item:disabled {{ color: {INK_FAINT}; }}
QMenu::separator {{ height: 1px; background: {LINE_SOFT}; margin: 4px 8px; }}
"""


def dress(application: QApplication) -> None:
    """Give the application its font, palette and style sheet."""
    here = Path(__file__).parent
    for path in sorted((here / "fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(path))
    application.setStyle("Fusion")
    font = QFont(FONT_FAMILY)
    font.setPointSizeF(10.0)
    application.setFont(font)
    palette = QPalette()
    for role, colour in {
        QPalette.ColorRole.Window: DESK,
        QPalette.ColorRole.WindowText: INK,
        QPalette.ColorRole.Base: PAPER,
        QPalette.ColorRole.AlternateBase: DESK,
        QPalette.ColorRole.Text: INK,
        QPalette.ColorRole.PlaceholderText: INK_FAINT,
        QPalette.ColorRole.Button: PAPER,
        QPalette.ColorRole.ButtonText: INK,
        QPalette.ColorRole.Highlight: BLUE,
        QPalette.ColorRole.HighlightedText: PAPER,
        QPalette.ColorRole.Link: BLUE,
    }.items():
        palette.setColor(role, QColor(colour))
    application.setPalette(palette)
    application.setStyleSheet(_STYLE.replace("{arrow}", (here / "images" / "arrow-down.svg").as_posix()))
