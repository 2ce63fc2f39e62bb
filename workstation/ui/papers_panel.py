# SPDX-License-Identifier: GPL-3.0-or-later
"""The third column of the reception: the papers as they come out of the scanner, what they are, what is signed."""

from __future__ import annotations

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from workstation.ui.chip import Chip
from workstation.ui.page import label
from workstation.ui.paper_list import PaperList
from workstation.ui.paper_model import PageEntry, PaperEntry, Place
from workstation.ui.theme import GRID
from workstation.ui.tone import Tone


class PapersPanel(QFrame):
    """The panel.

    Attributes:
        papers: The list.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.papers = PaperList()
        self._count = Chip()
        self._busy = QProgressBar()
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        self._doing = label("", "soft", wraps=True)
        self._empty = label("", "soft", wraps=True)
        self._empty.setText(self.tr("Put the papers into the feeder and press F5. Each page appears at once."))
        self._hint = label("", "caption", wraps=True)
        head = QHBoxLayout()
        head.addWidget(label(self.tr("3. Papers"), "heading"))
        head.addStretch(1)
        head.addWidget(self._count)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 12, 2 * GRID, 12)
        layout.setSpacing(GRID)
        layout.addLayout(head)
        layout.addWidget(self._doing)
        layout.addWidget(self._busy)
        layout.addWidget(self._empty, 1, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.papers, 1)
        layout.addWidget(self._hint)
        model = self.papers.papers
        for signal in (model.modelReset, model.rowsInserted, model.dataChanged):
            signal.connect(lambda *_: self._refresh())
        self.say_doing("")
        self._refresh()

    @property
    def unsigned_count(self) -> int:
        """How many papers wait for a signature."""
        entries = self.papers.papers.entries
        return sum(isinstance(entry, PaperEntry) and not entry.paper.signature_level for entry in entries)

    def say_doing(self, words: str) -> None:
        """Tell what is being done with the papers; nothing when empty."""
        self._doing.setText(words)
        self._doing.setVisible(bool(words))
        self._busy.setVisible(bool(words))

    def _refresh(self) -> None:
        entries = self.papers.papers.entries
        papers = [entry for entry in entries if isinstance(entry, PaperEntry)]
        pages = sum(entry.paper.page_count for entry in papers) + sum(isinstance(entry, PageEntry) for entry in entries)
        self._count.setVisible(bool(entries))
        self._count.say(self.tr("{papers} papers · {pages} pages").format(papers=len(papers), pages=pages), Tone.SOFT)
        self._empty.setVisible(not entries)
        self.papers.setVisible(bool(entries))
        hints = []
        if any(entry.advice for entry in papers):
            hints.append(self.tr("Bad scan: Space shows the page, F5 there scans it again"))
        elif papers:
            hints.append(self.tr("Space: see the pages large"))
        if any(entry.place is Place.SURPLUS for entry in papers):
            hints.append(self.tr("Delete: give back what is not needed"))
        if any(entry.place is Place.UNPLACED for entry in papers):
            hints.append(self.tr("Enter: say which paper it is"))
        self._hint.setText(" · ".join(hints))
        self._hint.setVisible(bool(hints))
