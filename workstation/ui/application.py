# SPDX-License-Identifier: GPL-3.0-or-later
"""The running program: from the first window to the last, one clerk's shift after another."""

from __future__ import annotations

import datetime as dt
import gc
import importlib
import os
import secrets
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PyQt6 import sip
from PyQt6.QtCore import QObject, QTimer, pyqtSignal
from PyQt6.QtWidgets import QApplication

from workstation.desk.desk_folder import DeskFolder
from workstation.desk.desk_settings import DeskSettings
from workstation.ui import crash, theme
from workstation.ui.enrol_page import EnrolPage, is_mended_by_enrolling
from workstation.ui.first_run_page import FirstRunPage
from workstation.ui.lanes import Lane, Lanes
from workstation.ui.main_window import MainWindow
from workstation.ui.notice import Notice
from workstation.ui.sign_in_page import SignInPage
from workstation.ui.single_instance import SingleInstance
from workstation.ui.tone import Tone
from workstation.ui.translation import speak

if TYPE_CHECKING:
    from workstation.desk.session import DeskSession
    from workstation.desk.sign_in import OnProgress
    from workstation.ui.shift import Shift


_SWITCH_SECONDS: Final = 0.001
"""How long work in a lane may keep the interpreter while the window wants it; Python's usual 5 ms are felt."""


@dataclass(frozen=True, slots=True)
class Program:
    """What the composition root hands to the windows.

    Attributes:
        folder: The data folder.
        settings: What IT settled.
        usual_modules: Finds token modules where systems put them.
        language: ``vi`` or ``en``.
    """

    folder: DeskFolder
    settings: DeskSettings
    usual_modules: Callable[[], Sequence[Path]]
    language: str = "vi"


class Desk(QObject):
    """The window and what comes and goes in it.

    Signals:
        _failed: An error that nothing caught, carried over to the GUI thread.

    Attributes:
        window: The window.
        shift: The clerk's shift, or None while nobody is signed in.
    """

    _failed = pyqtSignal(object)

    def __init__(self, program: Program, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._program = program
        self._lanes = Lanes(self)
        self._last_login = ""
        self.shift: Shift | None = None
        self.window = MainWindow(program.language)
        self._sign_in = SignInPage(self._lanes, self._open_desk, program.language)
        self._sign_in.signed_in.connect(self._on_signed_in)
        self._sign_in.refused.connect(self._on_refused)
        self.window.closing.connect(self._on_closing)
        self._failed.connect(lambda error: self.window.tell(Notice.of_error(error, program.language)))

    def open(self) -> None:
        """Get the window ready to be shown: sign-in, or set-up where there is no desk yet."""
        if self._program.folder.is_set_up:
            self._ask_to_sign_in()
        else:
            page = FirstRunPage(self._lanes, self._set_up, self._program.language)
            page.set_up.connect(lambda login: self._on_set_up(page, login))
            self.window.show_page(page)
        self._lanes.run(Lane.DATABASE, _load_the_rest, on_error=self._failed.emit)

    def dispose(self) -> None:
        """Close the window for good, before the application goes."""
        self.window.close()
        sip.delete(self.window)

    def tell_error(self, error: BaseException) -> None:
        """Tell the clerk about an error; from any thread."""
        self._failed.emit(error)

    def _ask_to_sign_in(self, notice: Notice | None = None) -> None:
        self._sign_in.welcome(self._last_login, notice)
        self.window.show_page(self._sign_in)

    def _set_up(self, enrolment: bytes, login: str, full_name: str, password: str) -> None:
        from workstation.desk.set_up_desk import FirstClerk, set_up_desk  # needed once in the life of a computer

        set_up_desk(
            self._program.folder,
            enrolment,
            FirstClerk(login, full_name, password),
            escrow_public_key=self._program.settings.read_escrow_public_key(),
            clock=_now,
            random_bytes=secrets.token_bytes,
        )

    def _on_set_up(self, page: FirstRunPage, login: str) -> None:
        self._last_login = login
        happened = self.tr("The desk is set up.")
        self._ask_to_sign_in(Notice(Tone.GOOD, happened, self.tr("Sign in with the password you have just chosen.")))
        self.window.remove_page(page)

    def _on_refused(self, error: Exception) -> None:
        """A desk that is nobody any more is enrolled anew; everything else the sign-in page has said."""
        if not is_mended_by_enrolling(error):
            return
        page = EnrolPage(self._lanes, self._enrol_anew, self._program.language)
        page.welcome(Notice.of_error(error, self._program.language))
        page.enrolled.connect(lambda: self._on_enrolled(page))
        page.left.connect(lambda: self._leave_enrolment(page))
        self.window.show_page(page)

    def _enrol_anew(self, enrolment: bytes, login: str, password: str) -> None:
        from workstation.desk.enrol_anew import enrol_anew  # needed after a disaster only

        enrol_anew(self._program.folder, login, password, enrolment, clock=_now, random_bytes=secrets.token_bytes)

    def _on_enrolled(self, page: EnrolPage) -> None:
        self._leave_enrolment(page)
        happened = self.tr("The desk has its new identity.")
        self._sign_in.welcome(self._last_login, Notice(Tone.GOOD, happened, self.tr("Sign in to go on.")))

    def _leave_enrolment(self, page: EnrolPage) -> None:
        self._ask_to_sign_in()
        self.window.remove_page(page)

    def _open_desk(self, login: str, password: str, on_upgrade: OnProgress) -> DeskSession:
        from workstation.desk.sign_in import sign_in  # loaded while the clerk types; see _load_the_rest

        return sign_in(
            self._program.folder,
            login,
            password,
            clock=_now,
            random_bytes=secrets.token_bytes,
            on_upgrade=on_upgrade,
        )

    def _on_signed_in(self, session: DeskSession) -> None:
        from workstation.ui.shift import Shift  # loaded while the clerk typed; see _load_the_rest

        self._last_login = session.clerk.login
        program = self._program
        self.shift = Shift(self.window, self._lanes, session, program.settings, program.usual_modules, program.language)
        self.shift.ended.connect(lambda was_locked: self._on_shift_ended(was_locked=was_locked))
        QTimer.singleShot(0, self._begin_shift)  # the window draws a breath between building and showing

    def _begin_shift(self) -> None:
        if self.shift is not None:
            self.shift.begin()

    def _on_shift_ended(self, *, was_locked: bool) -> None:
        self.shift = None
        happened, next_step = self.tr("The desk is locked."), self.tr("Sign in to go on where you were.")
        self._ask_to_sign_in(Notice(Tone.PLAIN, happened, next_step) if was_locked else None)

    def _on_closing(self) -> None:
        if self.shift is not None:
            self.shift.end_now()
            self.shift = None
        else:
            self._lanes.stop()


def has_screen() -> bool:
    """Whether there is a screen to show a window on; Qt would end the program without a word."""
    if sys.platform != "linux":
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def prepare(application: QApplication, language: str) -> None:
    """Give the application its language and its look, and the window the first word among the threads."""
    speak(application, language)
    theme.dress(application)
    sys.setswitchinterval(_SWITCH_SECONDS)


def run(program: Program) -> int:
    """Run the program until its window is closed.

    Returns:
        Exit code: 0 also when another window of the same folder came to the front instead.
    """
    application = QApplication(["motcua"])
    application.setApplicationName("motcua")
    application.setApplicationDisplayName("Một Cửa")
    place = SingleInstance(program.folder.root)
    if not place.take_place():
        return 0
    prepare(application, program.language)
    desk = Desk(program)
    crash.keep_log(program.folder.root / "log")
    crash.watch_for_errors(desk.tell_error)
    place.asked_to_front.connect(desk.window.come_to_front)
    desk.open()
    desk.window.showMaximized()
    code = application.exec()
    desk.dispose()
    place.leave_place()
    return code


def _load_the_rest() -> None:
    """Load what the sign-in page does without, while the clerk types her password: the window is there in no time.

    All of it stays for good, so the garbage collector need not walk through the catalogue again and again; a full
    collection would keep the window still for 60 ms.
    """
    from casework.catalogue import Catalogue

    importlib.import_module("workstation.ui.shift")
    Catalogue.shipped()
    gc.freeze()


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
