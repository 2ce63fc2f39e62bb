# SPDX-License-Identifier: GPL-3.0-or-later
"""``./motcua demo --window``: the demo's birth registration in the real window, by real key events, at a human pace.

The pictures of the README are made again with
``QT_QPA_PLATFORM=offscreen .venv/bin/python -m demo.window --screenshots docs/screenshots --scene desk --scene home``.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Final

from PIL import Image
from PyQt6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PyQt6.QtGui import QColor, QGuiApplication, QImage, QKeyEvent, QPainter
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication

from demo.commune import CLERK_LOGIN, CLERK_PASSWORD, DemoCommune, demo_commune
from demo.counter_scanner import sheets_for_feeder
from demo.people import FATHER, card_qr_text
from demo.play import QUERY, UNLAWFUL_DEMAND
from demo.sample_papers import SAMPLE_PAPERS
from demo.sheets import SamplePaper
from localdb.key_file import Argon2Cost
from localdb.open_key_file import DEFAULT_COST
from workstation.desk.desk_settings import DeskSettings
from workstation.desk.keep_draft import DraftField
from workstation.ui.application import Desk, Program, has_screen, prepare
from workstation.ui.main_window import MainWindow
from workstation.ui.pin_dialog import PinDialog
from workstation.ui.sign_in_page import SignInPage
from workstation.ui.translation import LANGUAGES

_PATIENCE_SECONDS: Final = 90.0
_TICK_MS: Final = 4
_KEY_SECONDS: Final = 0.09
_FASTEST_KEY_SECONDS: Final = 0.06
"""A person; whoever types faster is taken for a card reader."""
_SCREENSHOT_COLOURS: Final = 256

_click: Callable[..., object] = QTest.keyClick
"""PyQt's stubs take the functions of this namespace for methods."""

Look = Callable[[str, MainWindow], None]
"""Called with the name of a scene when it is complete on the screen."""

Script = Iterator["float | Callable[[], bool]"]
"""Yields seconds to pause, or a condition to wait for."""


def play_in_window(
    root: Path,
    *,
    pace: float = 1.0,
    screenshots: Path | None = None,
    scenes: Collection[str] = (),
    look: Look | None = None,
    language: str = "vi",
    cost: Argon2Cost = DEFAULT_COST,
    papers: Sequence[SamplePaper] = tuple(SAMPLE_PAPERS.values()),
) -> int:
    """Play the demo in the window.

    Args:
        root: An existing empty folder.
        pace: 1 for people who watch; smaller is faster, 0 as fast as it goes.
        screenshots: A folder for pictures.
        scenes: Of which scenes to take one; of all when empty.
        look: Called at each scene.
        language: ``vi`` or ``en``.
        cost: Price of one try of the clerk's password.
        papers: What lies in the feeder.

    Returns:
        0 when the portal accepted the dossier; 1 when it did not in time.
    """
    if not has_screen():
        sys.stderr.write("Không có màn hình để mở cửa sổ. / There is no screen to open a window on.\n")
        return 1
    application = QApplication.instance() or QApplication(["motcua"])
    if not isinstance(application, QApplication):
        raise TypeError("a QApplication is needed")
    prepare(application, language)
    with demo_commune(root, now=dt.datetime.now(dt.UTC), cost=cost) as commune, contextlib.ExitStack() as later:
        threads = later.enter_context(ThreadPoolExecutor(1))
        settings = DeskSettings(
            signing_modules=commune.token.allow_list.modules,
            signing_intermediates=commune.token.trust.intermediates,
            scanner_environment=commune.scanner.environment,
            signer_environment=commune.token.environment,
        )
        desk = Desk(Program(commune.desk, settings, list, language))
        desk.open()
        _show(desk.window)
        looks = [look] if look else []
        if screenshots is not None:
            screenshots.mkdir(parents=True, exist_ok=True)
            looks.append(_photographer(screenshots, scenes))
        clerk = _Clerk(desk, commune, papers, pace, looks, lambda: threads.submit(_open_gateway, commune, later))
        clerk.begin()
        application.exec()
        desk.dispose()
        return 0 if clerk.has_finished else 1


def _show(window: MainWindow) -> None:
    """Show the window in its usual size, or as large as the screen is."""
    screen = window.screen()
    room = screen.availableGeometry().size() if screen is not None else window.size()
    if room.width() <= window.width() and QGuiApplication.platformName() != "offscreen":
        window.resize(room.expandedTo(window.minimumSize()))
    window.show()


def _photographer(folder: Path, scenes: Collection[str]) -> Look:
    def take(name: str, window: MainWindow) -> None:
        if not scenes or name in scenes:
            save_screenshot(_picture_of(window), folder / f"{name}.png")

    return take


def _picture_of(window: MainWindow) -> QImage:
    """Take the window with the dialog that lies over it."""
    picture = window.grab()
    dialog = QApplication.activeModalWidget()
    if dialog is not None:
        place = QRect(QPoint(), dialog.size())
        place.moveCenter(window.rect().center())
        painter = QPainter(picture)
        painter.fillRect(window.rect(), QColor(0, 0, 0, 60))
        painter.drawPixmap(place, dialog.grab())
        painter.end()
    return picture.toImage()


def save_screenshot(picture: QImage, path: Path) -> None:
    """Save a small PNG: few colours are enough for a window."""
    plain = picture.convertToFormat(QImage.Format.Format_RGB888)
    pixels = plain.constBits()
    if pixels is None:
        raise ValueError("an empty picture")
    data = pixels.asstring(plain.sizeInBytes())
    size = (plain.width(), plain.height())
    with Image.frombuffer("RGB", size, data, "raw", "RGB", plain.bytesPerLine(), 1) as image:
        image.quantize(_SCREENSHOT_COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


class _Clerk(QObject):
    """Presses the keys."""

    def __init__(
        self,
        desk: Desk,
        commune: DemoCommune,
        papers: Sequence[SamplePaper],
        pace: float,
        looks: list[Look],
        open_gateway: Callable[[], Future[object]],
    ) -> None:
        super().__init__(desk)
        self._desk = desk
        self._commune = commune
        self._papers = papers
        self._pace = pace
        self._looks = looks
        self._open_gateway = open_gateway
        self._script = self._play()
        self._waits_for: Callable[[], bool] = lambda: True
        self._since = time.monotonic()
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._go_on)
        self.has_finished = False

    def begin(self) -> None:
        """Begin to play."""
        self._tick.start()

    def _go_on(self) -> None:
        """Go on when what the script waits for has come."""
        self._tick.stop()
        try:
            if self._waits_for():
                self._wait_for(next(self._script))
            elif time.monotonic() - self._since > _PATIENCE_SECONDS:
                raise TimeoutError("the window does not get where it should")
        except StopIteration:
            self.has_finished = True
            QApplication.quit()
            return
        except BaseException:
            QApplication.quit()
            raise
        self._tick.start()

    def _wait_for(self, wish: float | Callable[[], bool]) -> None:
        self._since = since = time.monotonic()
        if callable(wish):
            self._waits_for = wish
        else:
            self._waits_for = lambda: time.monotonic() - since >= wish

    # --- the play ----------------------------------------------------------------------------------------------------

    def _play(self) -> Script:
        window, machine = self._desk.window, self._commune.scanner.machine
        yield lambda: isinstance(window.page, SignInPage)
        yield from self._take_focus()
        yield from self._scene("sign-in")
        yield from self._type(CLERK_LOGIN)
        yield from self._press(Qt.Key.Key_Return)
        yield from self._type(CLERK_PASSWORD)
        yield from self._press(Qt.Key.Key_Return)
        yield lambda: self._desk.shift is not None
        shift = self._desk.shift
        assert shift is not None  # noqa: S101 - waited for
        yield lambda: window.strip.words[0] != ""
        yield from self._scene("empty")
        yield from self._press(Qt.Key.Key_F2)
        form = shift.reception
        yield lambda: window.page is form and form.dossier_id != ""
        yield from self._scene("new")
        yield from self._lay_card_on_reader()
        yield lambda: form.person.values()[DraftField.FULL_NAME] == FATHER.full_name
        yield self._pace * 1.5
        yield from self._type(QUERY)
        yield lambda: form.procedure.box.is_offering
        yield from self._scene("procedure")
        yield from self._press(Qt.Key.Key_Return)
        yield lambda: form.procedure.requirements.requirements.rowCount() > 0
        yield self._pace
        yield from self._press(Qt.Key.Key_F4)
        yield from self._paste(UNLAWFUL_DEMAND)
        yield from self._press(Qt.Key.Key_Return)
        yield self._pace * 1.5 + 0.2
        yield from self._scene("refused")
        yield from self._press(Qt.Key.Key_Escape)
        machine.load_feeder(sheets_for_feeder(self._papers))
        yield from self._press(Qt.Key.Key_F5)
        papers = form.papers.papers.papers
        yield lambda: papers.rowCount() >= len(self._papers) // 2
        yield from self._scene("scanning")
        yield lambda: not form.is_busy and papers.rowCount() == len(self._papers)
        yield from self._scene("surplus")
        while papers.first_misplaced().isValid():
            is_gone = self._has_fewer(papers.rowCount())
            yield from self._press(Qt.Key.Key_Delete)
            yield is_gone
        yield from self._press(Qt.Key.Key_Space)
        yield lambda: form.page_work.view.has_picture
        yield from self._scene("page")
        yield from self._press(Qt.Key.Key_Escape)
        yield from self._press(Qt.Key.Key_F8)
        yield lambda: isinstance(QApplication.activeModalWidget(), PinDialog)
        yield from self._take_focus()
        yield from self._scene("pin")
        yield from self._type(self._commune.token.pin)
        yield from self._press(Qt.Key.Key_Return)
        yield lambda: not form.is_busy and form.papers.unsigned_count == 0
        yield from self._take_focus()
        yield from self._scene("desk")
        yield from self._press(Qt.Key.Key_F12)
        yield lambda: window.page is shift.received
        yield from self._scene("received")
        yield lambda: any(digit.isdigit() for digit in window.strip.words[1])
        yield self._pace
        yield from self._press(Qt.Key.Key_Escape)
        yield from self._press(Qt.Key.Key_Escape)
        yield lambda: window.page is shift.home and shift.home.model.rowCount() == 1
        yield from self._scene("offline")
        opening = self._open_gateway()
        yield opening.done
        opening.result()
        yield from self._press(Qt.Key.Key_F9)
        yield lambda: self._portal_word() == "accepted"
        yield from self._scene("home")
        yield from self._press(Qt.Key.Key_Return)
        yield lambda: window.page is shift.dossier and shift.dossier.value("applicant") != ""
        yield from self._scene("dossier")

    def _take_focus(self) -> Script:
        """Have the keys go to the window on top; on a screen without a window manager nobody else sees to it."""
        top = QApplication.activeModalWidget() or self._desk.window
        top.activateWindow()
        yield lambda: QGuiApplication.focusWindow() is top.windowHandle()

    def _has_fewer(self, count: int) -> Callable[[], bool]:
        shift = self._desk.shift
        return lambda: shift is not None and shift.reception.papers.papers.papers.rowCount() < count

    def _portal_word(self) -> str:
        shift = self._desk.shift
        row = shift.home.model.row_at(shift.home.model.index(0, 0)) if shift else None
        return "" if row is None else str(getattr(getattr(row, "dossier", None), "portal_state", ""))

    def _lay_card_on_reader(self) -> Script:
        """A reader types much faster than a person."""
        for character in card_qr_text(FATHER):
            self._character(character)
            yield 0.0
        self._character("\r")

    def _type(self, text: str) -> Script:
        for character in text:
            self._character(character)
            yield max(_KEY_SECONDS * self._pace, _FASTEST_KEY_SECONDS)

    def _paste(self, text: str) -> Script:
        clipboard = QGuiApplication.clipboard()
        if clipboard is not None:
            clipboard.setText(text)
        self._key(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        yield self._pace * 0.5

    def _press(self, key: Qt.Key) -> Script:
        yield self._pace * 0.4
        self._key(key)
        yield self._pace * 0.3 + 0.05

    def _key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press and release a key; it takes the way of every key, through shortcuts and the focused window."""
        target = QGuiApplication.focusWindow() or self._desk.window.windowHandle()
        if target is not None:
            _click(target, key, modifiers)

    def _character(self, character: str) -> None:
        """Type any character, also those that no key of this keyboard has."""
        target = QGuiApplication.focusWindow()
        key = Qt.Key.Key_Return if character == "\r" else Qt.Key.Key_unknown
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, character)
            QApplication.sendEvent(target, event)

    def _scene(self, name: str) -> Script:
        """Let the window settle, then show it to whoever looks."""
        yield self._pace + 0.1
        for look in self._looks:
            look(name, self._desk.window)
        yield self._pace


def _open_gateway(commune: DemoCommune, later: contextlib.ExitStack) -> object:
    return later.enter_context(commune.gateway_running())


def main(arguments: Sequence[str] | None = None) -> int:
    """Play the demo and take pictures of it."""
    parser = argparse.ArgumentParser(prog="python -m demo.window", description="Play the demo in the window.")
    parser.add_argument("--screenshots", type=Path, metavar="FOLDER", help="where pictures go")
    parser.add_argument("--scene", action="append", default=[], help="only of these scenes; of all by default")
    parser.add_argument("--language", choices=LANGUAGES, default=LANGUAGES[0])
    options = parser.parse_args(arguments)
    pace = 0.2 if options.screenshots else 1.0
    with tempfile.TemporaryDirectory(prefix="motcua-demo-") as root:
        return play_in_window(
            Path(root), pace=pace, screenshots=options.screenshots, scenes=options.scene, language=options.language
        )


if __name__ == "__main__":
    sys.exit(main())
