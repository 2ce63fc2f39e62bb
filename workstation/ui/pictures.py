# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures for the screen, made small off the GUI thread: a scanned page has nine million pixels."""

from __future__ import annotations

from typing import Final

from PyQt6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PyQt6.QtGui import QImage, QImageReader, QPainter, QTransform
from PyQt6.QtPdf import QPdfDocument

THUMBNAIL: Final = QSize(144, 192)
"""Twice the size on the screen, so that it stays sharp at 200 %."""


def small_picture(content: bytes, room: QSize = THUMBNAIL) -> QImage:
    """Read a picture at a size that fits into a room; a null image when it cannot be read. Any thread."""
    data = QByteArray(content)
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    whole = reader.size()
    if whole.isValid() and (whole.width() > room.width() or whole.height() > room.height()):
        reader.setScaledSize(whole.scaled(room, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


def upright(picture: QImage, degrees: float) -> QImage:
    """Turn a page by the nearest quarter of what makes it upright, counter-clockwise positive. Any thread."""
    quarters = round(degrees / 90.0) % 4
    return picture.transformed(QTransform().rotate(-90.0 * quarters)) if quarters else picture


def pdf_pages(content: bytes, dots_per_inch: float) -> list[QImage]:
    """Draw the pages of a PDF on white. Any one thread at a time."""
    buffer = QBuffer()
    buffer.setData(content)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument(None)
    document.load(buffer)
    pages = []
    for number in range(document.pageCount()):
        size = document.pagePointSize(number) * (dots_per_inch / 72)
        drawn = document.render(number, size.toSize())
        page = QImage(drawn.size(), QImage.Format.Format_RGB32)
        page.fill(Qt.GlobalColor.white)
        _lay_over(page, drawn)
        pages.append(page)
    document.close()
    return pages


def _lay_over(paper: QImage, drawn: QImage) -> None:
    painter = QPainter(paper)
    painter.drawImage(0, 0, drawn)
    painter.end()
