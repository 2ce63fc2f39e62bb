# SPDX-License-Identifier: GPL-3.0-or-later
"""F8: look at the token, ask for the PIN once, sign paper after paper."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtWidgets import QWidget

from workstation.desk.sign_papers import PaperSigned
from workstation.desk.signing_sitting import SigningSitting
from workstation.ui.bench import Bench
from workstation.ui.lanes import Lane
from workstation.ui.pin_dialog import PinDialog


class SigningRun(QObject):
    """One sitting with the token at a time.

    Signals:
        pin_asked: The token is there, the PIN is wanted.
        paper_signed: One more paper is signed and stored (``PaperSigned``).
        ended: The sitting is over (``Exception`` or None; None also when the clerk thought better of it).
    """

    pin_asked = pyqtSignal()
    paper_signed = pyqtSignal(object)
    ended = pyqtSignal(object)

    def __init__(self, bench: Bench, open_sitting: Callable[[], SigningSitting], window: QWidget) -> None:
        super().__init__(window)
        self._bench = bench
        self._open_sitting = open_sitting
        self._window = window
        self._is_running = False

    @property
    def is_running(self) -> bool:
        """Whether a sitting is under way."""
        return self._is_running

    def begin(self, dossier_id: str, paper_count: int) -> None:
        """Look for the token; the PIN is asked for when it is there."""
        self._is_running = True
        self._bench.run(
            Lane.TOKEN,
            self._open_sitting,
            lambda sitting: self._ask_for_pin(sitting, dossier_id, paper_count),
            self._on_ended,
        )

    def _ask_for_pin(self, sitting: SigningSitting, dossier_id: str, paper_count: int) -> None:
        dialog = PinDialog(sitting.choices, paper_count, self._window)
        dialog.accepted.connect(lambda: self._sign(sitting, dossier_id, dialog))
        dialog.rejected.connect(lambda: self._give_up(sitting))
        dialog.finished.connect(dialog.deleteLater)
        dialog.finished.connect(self._back_to_window)
        dialog.open()
        self.pin_asked.emit()

    def _back_to_window(self) -> None:
        window = self._window.window()
        if window is not None:
            window.activateWindow()

    def _sign(self, sitting: SigningSitting, dossier_id: str, dialog: PinDialog) -> None:
        choice, pin, allow_final_try = dialog.choice, dialog.take_pin(), dialog.allows_final_try
        self._bench.follow(
            Lane.TOKEN,
            lambda: sitting.sign(self._bench.session, dossier_id, choice, pin, allow_final_try=allow_final_try),
            self._on_signed,
            lambda: self._on_ended(None),
            self._on_ended,
        )

    def _give_up(self, sitting: SigningSitting) -> None:
        self._bench.run(Lane.TOKEN, sitting.close, lambda _: self._on_ended(None), self._on_ended)

    def _on_signed(self, signed: PaperSigned) -> None:
        self.paper_signed.emit(signed)
        self._bench.announce(signed.changes)

    def _on_ended(self, error: Exception | None) -> None:
        self._is_running = False
        self.ended.emit(error)
