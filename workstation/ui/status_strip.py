# SPDX-License-Identifier: GPL-3.0-or-later
"""The strip at the bottom that tells how sending stands: a dot, and always words beside it."""

from __future__ import annotations

import datetime as dt

from PyQt6.QtCore import QSize, Qt
from PyQt6.QtGui import QColor, QPainter, QPaintEvent
from PyQt6.QtWidgets import QHBoxLayout, QWidget

from workstation.desk.reconcile import CourierState, SyncGlance
from workstation.desk.sentences import sentence
from workstation.ui.elided_label import ElidedLabel
from workstation.ui.page import label, set_tone
from workstation.ui.theme import GRID, TONE_INK
from workstation.ui.tone import Tone
from workstation.ui.words import age_words

_NO_NEWS = frozenset({"", "gateway-unreachable"})
"""Being offline is no problem to tell; the first words of the strip say it."""


class StatusStrip(QWidget):
    """The strip."""

    def __init__(self, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusStrip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._language = language
        self._dot = _Dot()
        self._line = label("")
        self._line.setObjectName("strong")
        self._unsent = label("")
        self._problem = ElidedLabel()
        self._saved = label("", "soft")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 4, 2 * GRID, 4)
        layout.setSpacing(GRID)
        layout.addWidget(self._dot)
        layout.addWidget(self._line)
        layout.addSpacing(GRID)
        layout.addWidget(self._unsent)
        layout.addSpacing(GRID)
        layout.addWidget(self._problem, 1)
        layout.addWidget(self._saved)

    def show_glance(self, glance: SyncGlance, now: dt.datetime) -> None:
        """Show how sending stands."""
        state = glance.courier.state
        if state is CourierState.ONLINE:
            self._dot.set_tone(Tone.GOOD)
            self._line.setText(self.tr("Online"))
        elif state is CourierState.STARTING:
            self._dot.set_tone(Tone.SOFT)
            self._line.setText(self.tr("Looking for a line"))
        elif state is CourierState.OFFLINE:
            self._dot.set_tone(Tone.WARN)
            self._line.setText(self.tr("Offline, work goes on"))
        elif state is CourierState.NOT_RUNNING:
            self._dot.set_tone(Tone.WARN)
            self._line.setText(self.tr("Nothing is being sent"))
        else:
            self._dot.set_tone(Tone.BAD)
            self._line.setText(self.tr("Sending needs help"))
        self._show_unsent(glance, now)
        self._show_problem(glance)

    def show_saved(self, text: str) -> None:
        """Tell at the right end how keeping the form stands."""
        self._saved.setText(text)

    @property
    def words(self) -> tuple[str, str, str]:
        """What it says: the line, what is unsent, a problem."""
        return self._line.text(), self._unsent.text(), self._problem.text()

    def _show_unsent(self, glance: SyncGlance, now: dt.datetime) -> None:
        if glance.oldest_unsent_at is not None and glance.unsent:
            words = self.tr("{count} operations wait to be sent, the oldest for {age}")
            self._unsent.setText(words.format(count=glance.unsent, age=age_words(now - glance.oldest_unsent_at)))
        elif glance.courier.objects_left:
            self._unsent.setText(
                self.tr("{count} scans are still on their way").format(count=glance.courier.objects_left)
            )
        else:
            self._unsent.setText(self.tr("Everything is sent"))

    def _show_problem(self, glance: SyncGlance) -> None:
        text = ""
        if glance.rejected:
            text = self.tr("{count} operations were refused; call IT").format(count=glance.rejected)
        elif glance.courier.state is CourierState.NOT_RUNNING:
            said = sentence("courier-not-running", {}, self._language)
            text = said.next_step
        elif glance.courier.code not in _NO_NEWS:
            said = sentence(glance.courier.code, {}, self._language)
            text = f"{said.happened} {said.next_step}"
        self._problem.say(text)
        set_tone(self._problem, Tone.BAD if glance.rejected else Tone.WARN)


class _Dot(QWidget):
    """A dot in a tone."""

    def __init__(self) -> None:
        super().__init__()
        self._tone = Tone.SOFT
        self.setFixedSize(QSize(12, 20))

    def set_tone(self, tone: Tone) -> None:
        self._tone = tone
        self.update()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(TONE_INK[self._tone]))
        painter.drawEllipse(1, 5, 10, 10)
