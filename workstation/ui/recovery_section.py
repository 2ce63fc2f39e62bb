# SPDX-License-Identifier: GPL-3.0-or-later
"""The recovery sheet: made anew, printed at once, for the safe; the window keeps nothing of it."""

from __future__ import annotations

from dataclasses import dataclass

from PyQt6.QtGui import QPageSize

from workstation.desk.make_recovery_sheet import make_recovery_sheet
from workstation.ui.bench import Bench
from workstation.ui.lanes import Lane
from workstation.ui.notice import Notice
from workstation.ui.printing import print_pdf, usual_printer
from workstation.ui.section import Section, primary_button
from workstation.ui.tone import Tone


@dataclass(frozen=True, slots=True)
class _Sheet:
    number: str
    printer: str
    is_printed: bool


class RecoverySection(Section):
    """The section."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(
            bench,
            self.tr("Recovery sheet"),
            self.tr(
                "Opens this computer's data when every password is lost. It is printed once and belongs into the"
                " safe of the centre; an older sheet opens nothing any more."
            ),
        )
        self._button = primary_button(self.tr("Make a new sheet and print it"))
        self.finish(self._button)
        self._button.clicked.connect(self._make)

    def _make(self) -> None:
        session = self._bench.session
        if not self._bench.is_insisted("new recovery sheet"):
            happened = self.tr("The sheet that lies in the safe now will open nothing any more.")
            self.say(Notice(Tone.WARN, happened, self.tr("Press the button once more to make a new one.")))
            return
        self._button.setEnabled(False)
        self.say(None)

        def make() -> _Sheet | None:
            # Asked first, because a sheet that cannot be printed would end the one in the safe for nothing.
            usual = usual_printer()
            if usual is None:
                return None
            sheet = make_recovery_sheet(session)
            # At once: the clerk may sign out meanwhile, and the one in the safe opens nothing any more.
            is_printed = print_pdf(sheet.document, usual.printer, QPageSize.PageSizeId.A4)
            return _Sheet(f"{sheet.number[:4]} {sheet.number[4:]}".upper(), usual.name, is_printed)

        self._bench.run(Lane.FORMS, make, self._on_made, self._on_error)

    def _on_made(self, sheet: _Sheet | None) -> None:
        self._button.setEnabled(True)
        self._bench.carried_on.emit()
        if sheet is None:
            happened = self.tr("There is no printer, so nothing was changed.")
            next_step = self.tr("Connect a printer, or let IT make the sheet: ./motcua admin keys recovery-sheet.")
            self.say(Notice(Tone.WARN, happened, next_step))
            return
        if not sheet.is_printed:
            happened = self.tr("{printer} did not print sheet {number}, and the older sheet opens nothing any more.")
            next_step = self.tr("Look after the printer, then make another sheet.")
            self.say(Notice(Tone.BAD, happened.format(printer=sheet.printer, number=sheet.number), next_step))
            return
        happened = self.tr("Sheet {number} was sent to {printer}.").format(number=sheet.number, printer=sheet.printer)
        self.say(Notice(Tone.GOOD, happened, self.tr("Put it into the safe and destroy the older one.")))

    def _on_error(self, error: Exception) -> None:
        self._button.setEnabled(True)
        self.say_error(error)
