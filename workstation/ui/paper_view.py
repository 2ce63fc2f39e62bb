# SPDX-License-Identifier: GPL-3.0-or-later
"""One paper large, page by page; a page that is not here any more says so, and shows by itself when it has come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PyQt6.QtCore import QRect, QSize, Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from casework.records.paper import Page
from workstation.desk.fetch_object import Fetch, FetchState, fetch_state
from workstation.desk.sentences import sentence
from workstation.desk.show_page import PageShown, show_page
from workstation.ui.bench import Bench
from workstation.ui.lanes import Lane
from workstation.ui.page import card_frame, label
from workstation.ui.pictures import small_picture, upright
from workstation.ui.theme import DESK, GRID
from workstation.ui.tone import Tone
from workstation.ui.wash import Wash

_LARGE: Final = QSize(2000, 2000)
_LOOK_EVERY_MS: Final = 1500
_TONES: Final = {FetchState.COMING: Tone.PLAIN, FetchState.OFFLINE: Tone.WARN}


class PaperView(QWidget):
    """The view; hidden while no paper is open.

    Signals:
        closed: The clerk has seen enough.
    """

    closed = pyqtSignal()

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Paper"))
        self._bench = bench
        self._pages: tuple[Page, ...] = ()
        self._number = 0
        self._waiting_for = ""
        self._title, self._count = label("", "heading"), label("", "soft")
        self._words = Wash()
        self._picture = _Picture()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)
        self._lay_out()
        self._words.hide()
        self.hide()

    @property
    def is_open(self) -> bool:
        """Whether a paper is shown."""
        return bool(self._pages)

    @property
    def has_picture(self) -> bool:
        """Whether the page itself is seen, and not only its small picture."""
        return not self._picture.image.isNull() and not self._waiting_for

    @property
    def count(self) -> str:
        """Which page of how many is shown."""
        return self._count.text()

    @property
    def said(self) -> str:
        """What is told in place of the page, or empty."""
        return self._words.words if self._words.isVisible() else ""

    def picture(self) -> QImage:
        """Give what is seen of the page."""
        return self._picture.image

    def open_paper(self, title: str, pages: Sequence[Page]) -> None:
        """Show a paper from its first page on; nothing happens for one without pages."""
        if not pages:
            return
        self._pages, self._number = tuple(pages), 0
        self._title.setText(title)
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._turn()

    def close_paper(self) -> None:
        """Show nothing any more."""
        self._timer.stop()
        self._pages, self._waiting_for = (), ""
        self._picture.show_image(QImage())
        self._words.hide()
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Override QWidget::keyPressEvent."""
        if event is None:
            return
        step = {
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_PageDown: 1,
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_PageUp: -1,
        }.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        elif 0 <= self._number + step < len(self._pages):
            self._number += step
            self._turn()

    def _turn(self) -> None:
        self._timer.stop()
        self._waiting_for = ""
        self._count.setText(self.tr("Page {number} of {count}").format(number=self._number + 1, count=len(self._pages)))
        session, page_id = self._bench.session, self._pages[self._number].page_id

        def read() -> tuple[PageShown, QImage]:
            shown = show_page(session, page_id)
            if not shown.picture:
                return shown, small_picture(shown.page.thumbnail)
            picture = small_picture(shown.picture, _LARGE)
            return shown, picture if shown.is_upright else upright(picture, shown.page.rotation_degrees)

        self._bench.run(Lane.DATABASE, read, self._on_read, self._on_error)

    def _on_read(self, answer: tuple[PageShown, QImage]) -> None:
        shown, image = answer
        if not self.is_open or shown.page.page_id != self._pages[self._number].page_id:
            return
        self._picture.show_image(image)
        if shown.fetch is None:
            self._words.hide()
        else:
            self._waiting_for = shown.fetch.object_id
            self._tell(shown.fetch)
            self._timer.start()

    def _on_error(self, error: Exception) -> None:
        self._picture.show_image(QImage())
        self._bench.tell_error(error)

    def _look(self) -> None:
        session, object_id = self._bench.session, self._waiting_for
        self._bench.run(Lane.COURIER, lambda: fetch_state(session, object_id), self._on_looked)

    def _on_looked(self, fetch: Fetch) -> None:
        if not self.is_open or fetch.object_id != self._waiting_for:
            return
        if fetch.state is FetchState.HERE:
            self._turn()
        else:
            self._tell(fetch)

    def _tell(self, fetch: Fetch) -> None:
        said = sentence(fetch.state.value, {}, self._bench.language)
        self._words.say(said.happened, said.next_step, _TONES.get(fetch.state, Tone.BAD))

    def _lay_out(self) -> None:
        card = card_frame()
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._count)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(2 * GRID, 12, 2 * GRID, 12)
        inside.setSpacing(GRID)
        inside.addLayout(head)
        inside.addWidget(self._words)
        inside.addWidget(self._picture, 1)
        inside.addWidget(label(self.tr("← → turn the page · Esc back to the dossier"), "caption"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)


class _Picture(QFrame):
    """A picture as large as there is room."""

    def __init__(self) -> None:
        super().__init__()
        self.image = QImage()

    def show_image(self, image: QImage) -> None:
        self.image = image
        self.update()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Override QWidget::paintEvent."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(DESK))
        if not self.image.isNull():
            place = QRect(
                self.rect().topLeft(), self.image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            )
            place.moveCenter(self.rect().center())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, self.image)
        painter.end()
