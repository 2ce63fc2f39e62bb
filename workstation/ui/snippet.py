# SPDX-License-Identifier: GPL-3.0-or-later
"""Paints a piece of a page's text on one line, the words that were looked for in bold."""

from __future__ import annotations

from collections.abc import Iterator

from PyQt6.QtCore import QRect, Qt
from PyQt6.QtGui import QColor, QFont, QFontMetrics, QPainter

from workstation.desk.search_dossiers import Snippet
from workstation.ui.theme import INK, INK_SOFT


def paint_snippet(painter: QPainter, room: QRect, snippet: Snippet, font: QFont) -> None:
    """Paint as much of a snippet as there is room for."""
    soft, strong = QFont(font), QFont(font)
    soft.setPointSizeF(font.pointSizeF() - 1)
    strong.setPointSizeF(font.pointSizeF() - 1)
    strong.setWeight(QFont.Weight.DemiBold)
    left = room.left()
    for text, is_marked in pieces(snippet):
        used = strong if is_marked else soft
        metrics = QFontMetrics(used)
        rest = room.right() - left
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rest)
        painter.setFont(used)
        painter.setPen(QColor(INK if is_marked else INK_SOFT))
        painter.drawText(
            QRect(left, room.top(), rest, room.height()),
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
            shown,
        )
        left += metrics.horizontalAdvance(shown)
        if shown != text:
            return


def pieces(snippet: Snippet) -> Iterator[tuple[str, bool]]:
    """Split a snippet where a mark begins or ends; tell of each piece whether it is marked."""
    position = 0
    for start, end in snippet.marks:
        if start > position:
            yield snippet.text[position:start], False
        yield snippet.text[start:end], True
        position = end
    if position < len(snippet.text):
        yield snippet.text[position:], False
