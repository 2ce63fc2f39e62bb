# SPDX-License-Identifier: GPL-3.0-or-later
"""One paper large, page by page; a page that is not here any more says so, and shows by itself when it has come.

A page of a draft says why it had better be scanned again, and may be turned.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PyQt6.QtCore import QRect, QSize, Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QColor, QImage, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from casework.records.paper import Page
from workstation.desk.fetch_object import Fetch, FetchState, fetch_state
from workstation.desk.sentences import sentence
from workstation.desk.show_page import PageShown, show_page
from workstation.desk.turn_page import Turn
from workstation.ui.bench import Bench
from workstation.ui.lanes import Lane
from workstation.ui.page import card_frame, label
from workstation.ui.pictures import small_picture, upright
from workstation.ui.theme import DESK, GRID
from workstation.ui.tone import Tone
from workstation.ui.wash import Wash
from workstation.ui.words import advice_sentence, advice_step

_LARGE: Final = QSize(2000, 2000)
_LOOK_EVERY_MS: Final = 1500
_TONES: Final = {FetchState.COMING: Tone.PLAIN, FetchState.OFFLINE: Tone.WARN}


class PaperView(QWidget):
    """The view; hidden while no paper is open.

    Signals:
        closed: The clerk has seen enough.
        turn_wanted: The page that is shown is to be turned (``Page``, ``Turn``).
    """

    closed = pyqtSignal()
    turn_wanted = pyqtSignal(object, object)

    def __init__(self, bench: Bench, parent: QWidget | None = None, *, is_draft: bool = False) -> None:
        """Make the view.

        Args:
            bench: Where it reads.
            parent: Its owner.
            is_draft: Whether its pages may be turned and scanned again.
        """
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Paper"))
        self._bench = bench
        self._pages: tuple[Page, ...] = ()
        self._number = 0
        self._waiting_for = ""
        self._title, self._count = label("", "heading"), label("", "soft")
        self._words, self._advice = Wash(), Wash()
        self._picture = _Picture()
        self._is_draft = is_draft
        self._doing, self._busy = label("", "soft", wraps=True), QProgressBar()
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        self._turns = self._turn_buttons() if is_draft else ()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)
        self._lay_out()
        self._words.hide()
        self._advice.hide()
        self.say_doing("")
        self.hide()

    @property
    def is_open(self) -> bool:
        """Whether a paper is shown."""
        return bool(self._pages)

    @property
    def page(self) -> Page | None:
        """The page that is shown."""
        return self._pages[self._number] if self._pages else None

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

    @property
    def advised(self) -> str:
        """Why to scan the page again, and how, or empty."""
        return self._advice.words if not self._advice.isHidden() else ""

    def picture(self) -> QImage:
        """Give what is seen of the page."""
        return self._picture.image

    def open_paper(self, title: str, pages: Sequence[Page]) -> None:
        """Show a paper from the first page on that asks for something; nothing happens for one without pages."""
        if not pages:
            return
        self._pages = tuple(pages)
        self._number = next((number for number, page in enumerate(pages) if self._is_draft and page.advice), 0)
        self._title.setText(title)
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._turn()

    def show_anew(self, title: str, pages: Sequence[Page]) -> None:
        """Show a paper whose pages may have changed, where the clerk was; one without pages is closed."""
        if not pages:
            self.close_paper()
            return
        seen = self._pages[self._number]
        self._pages = tuple(pages)
        places = [number for number, page in enumerate(pages) if page.page_id == seen.page_id]
        self._number = places[0] if places else min(self._number, len(pages) - 1)
        self._title.setText(title)
        if self._pages[self._number] != seen:
            self._turn()

    def say_doing(self, words: str) -> None:
        """Tell what is being done with the page; nothing when empty."""
        self._doing.setText(words)
        self._doing.setVisible(bool(words))
        self._busy.setVisible(bool(words))
        for button in self._turns:
            button.setEnabled(not words)
        if words or self.page is None:
            self._advice.hide()
        else:
            self._advise(self.page)

    def close_paper(self) -> None:
        """Show nothing any more."""
        self._timer.stop()
        self._pages, self._waiting_for = (), ""
        self._picture.show_image(QImage())
        self._words.hide()
        self._advice.hide()
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
        self._advise(self._pages[self._number])
        session, page_id = self._bench.session, self._pages[self._number].page_id

        def read() -> tuple[PageShown, QImage]:
            shown = show_page(session, page_id)
            if not shown.picture:
                return shown, small_picture(shown.page.thumbnail)
            picture = small_picture(shown.picture, _LARGE)
            return shown, picture if shown.is_upright else upright(picture, shown.page.rotation_degrees)

        self._bench.run(Lane.DATABASE, read, self._on_read, self._on_error)

    def _advise(self, page: Page) -> None:
        if page.advice and self._is_draft:
            self._advice.say(advice_sentence(page.advice), advice_step(page.advice[0]), Tone.BAD)
        else:
            self._advice.hide()

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

    def _turn_buttons(self) -> tuple[QPushButton, ...]:
        turns = (
            (Turn.COUNTER_CLOCKWISE, self.tr("Turn left"), "Ctrl+Shift+R"),
            (Turn.CLOCKWISE, self.tr("Turn right"), "Ctrl+R"),
            (Turn.AS_SCANNED, self.tr("As scanned"), "Ctrl+0"),
            (Turn.AS_FOUND, self.tr("Undo turns"), "Ctrl+Z"),
        )
        return tuple(self._turn_button(*each) for each in turns)

    def _turn_button(self, turn: Turn, words: str, keys: str) -> QPushButton:
        button = QPushButton(f"{words}  {keys}")
        button.setObjectName("quiet")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setShortcut(QKeySequence(keys))
        button.clicked.connect(lambda: self.turn_wanted.emit(self.page, turn))
        return button

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
        inside.addWidget(self._doing)
        inside.addWidget(self._busy)
        inside.addWidget(self._advice)
        inside.addWidget(self._words)
        inside.addWidget(self._picture, 1)
        foot = QHBoxLayout()
        foot.setSpacing(GRID)
        foot.addWidget(label(self.tr("← → turn the page · Esc back to the dossier"), "caption"))
        foot.addStretch(1)
        for button in self._turns:
            foot.addWidget(button)
        inside.addLayout(foot)
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
