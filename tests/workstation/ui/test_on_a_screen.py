# SPDX-License-Identifier: GPL-3.0-or-later
"""On a real X server: the whole job by keyboard, looked at; and a power cut in the middle of a form."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.workstation.desk.counter import CLERK, enrolment, set_up_at
from tests.workstation.ui.play_program import clipped
from tests.workstation.ui.rooms import RealClock, end_courier, press, type_text
from workstation.desk.desk_folder import DeskFolder
from workstation.desk.desk_settings import DeskSettings
from workstation.desk.keep_draft import DraftField
from workstation.desk.set_up_desk import FirstClerk
from workstation.ui.application import Desk, Program

HERE = Path(__file__).parent
TYPABLE = "mot cua mo cua"
"""A password that an English keyboard can type."""


@pytest.mark.parametrize(("screen", "scale", "papers"), [("display", "1", 3), ("bare_display", "1.5", 2)])
def test_the_whole_job_by_keyboard_on_a_small_screen(
    tmp_path: Path, request: pytest.FixtureRequest, screen: str, scale: str, papers: int
) -> None:
    """1366×768; enlarged by half there is room for 911×512 only, and still no word is cut off.

    The second screen has no window manager, which would give a window the keys.
    """
    display: Mapping[str, str] = request.getfixturevalue(screen)
    run = subprocess.run(
        [sys.executable, HERE / "play_program.py", tmp_path, str(papers)],
        env={**display, "QT_SCALE_FACTOR": scale},
        stdout=subprocess.PIPE,
        timeout=110,
        check=True,
    )
    seen = json.loads(run.stdout)
    assert seen["code"] == 0
    scenes: dict[str, dict[str, Any]] = seen["scenes"]
    assert {name: scene["clipped"] for name, scene in scenes.items() if scene["clipped"]} == {}
    for scene in scenes.values():
        assert scene["size"][0] >= 1350
        assert scene["colours"] > 20

    def says(scene: str, text: str) -> bool:
        return any(text in said for said in scenes[scene]["texts"])

    assert says("sign-in", "Đăng nhập")
    assert says("empty", "Bấm F2 để tiếp nhận hồ sơ đầu tiên")
    assert says("empty", "Ngoại tuyến") or says("empty", "Đang tìm đường truyền")
    assert says("procedure", "Nay là: Thôn Trung Hậu, Xã Hoằng Phú, Tỉnh Thanh Hóa")
    assert says("refused", "Không được yêu cầu giấy tờ này.")
    assert says("refused", "61/2018/NĐ-CP")
    assert says("scanning", "Đang quét")
    assert says("surplus", "Delete: trả lại giấy không cần nộp") is (papers == 3)
    assert says("page", "Xoay phải  Ctrl+R")
    assert says("page", "Trang 1 / 1")
    assert says("pin", "Nguyễn Thị Ngọc Ánh")
    assert says("received", "H56.15-")
    assert says("offline", "thao tác chờ gửi, lâu nhất")
    assert says("home", "Trực tuyến")
    assert says("dossier", "Cổng dịch vụ công đã nhận")


@pytest.mark.parametrize("wraps", [True, False])
def test_the_look_notices_a_word_that_is_cut_off(qtbot: QtBot, wraps: bool) -> None:
    window = QWidget()
    label = QLabel("Trung tâm Phục vụ hành chính công xã Hoằng Phú", window)
    label.setWordWrap(wraps)
    label.resize(label.sizeHint())
    qtbot.addWidget(window)
    window.show()
    assert clipped(window) == []
    label.resize(90, 18)
    assert clipped(window) == [label.text()]


class Keyboard:
    """Real keys for the program on a display, as a person at another machine would press them."""

    def __init__(self, display: Mapping[str, str]) -> None:
        self.display = display

    def tool(self, *arguments: str) -> str:
        run = subprocess.run(["xdotool", *arguments], env=self.display, stdout=subprocess.PIPE, check=False)
        return run.stdout.decode()

    def wait_for(self, title: str) -> None:
        """Wait until a window of this title has the focus."""
        deadline = time.monotonic() + 30
        while title not in self.tool("getwindowfocus", "getwindowname"):
            assert time.monotonic() < deadline, f"no window {title}"
            time.sleep(0.05)

    def type(self, text: str) -> None:
        self.tool("type", "--delay", "120", text)

    def press(self, *keys: str) -> None:
        self.tool("key", "--delay", "60", *keys)


def test_kill_9_in_the_middle_of_a_form_and_the_next_start_shows_the_same_form(
    tmp_path: Path,
    display: Mapping[str, str],
    scanner_program: Callable[[int], Mapping[str, str]],
    qtbot: QtBot,
) -> None:
    folder = DeskFolder(tmp_path / "desk")
    set_up_at(folder, RealClock(), enrolment(), FirstClerk(CLERK.login, CLERK.full_name, TYPABLE))
    scanner = scanner_program(2)
    program = subprocess.Popen(
        [sys.executable, "-m", "workstation", "--data", str(folder.root)], env={**display, **scanner}
    )
    try:
        keyboard = Keyboard(display)
        keyboard.wait_for("Đăng nhập")
        keyboard.type(CLERK.login)
        keyboard.press("Return")
        keyboard.type(TYPABLE)
        keyboard.press("Return")
        keyboard.wait_for("Hồ sơ –")
        keyboard.press("F2")
        keyboard.wait_for("Tiếp nhận hồ sơ")
        keyboard.type("Le Van Thanh")
        keyboard.press("Return")
        keyboard.press("F5")
        wait_until(lambda: len(scans(folder)) >= 1)
        keyboard.type("0380940")
        time.sleep(1.0)  # what was typed a second ago must be there
    finally:
        program.send_signal(signal.SIGKILL)
        program.wait()
    pages = len(scans(folder))

    desk = Desk(Program(folder, DeskSettings(signing_modules=()), list))
    try:
        desk.open()
        shows_the_same_form(desk, qtbot, pages)
    finally:
        desk.dispose()
        end_courier(folder)


def shows_the_same_form(desk: Desk, qtbot: QtBot, pages: int) -> None:
    """Sign in and find what was typed and scanned before the kill."""
    desk.window.show()
    desk.window.activateWindow()
    qtbot.waitUntil(desk.window.isActiveWindow)
    type_text(CLERK.login)
    press_enter(desk)
    type_text(TYPABLE)
    press_enter(desk)
    qtbot.waitUntil(lambda: desk.shift is not None and desk.shift.reception.dossier_id != "", timeout=20_000)
    shift = desk.shift
    assert shift is not None
    form = shift.reception
    assert desk.window.page is form
    assert form.person.values()[DraftField.FULL_NAME] == "Le Van Thanh"
    assert form.person.values()[DraftField.ID_NUMBER] == "0380940"
    papers = form.papers.papers.papers
    assert papers.rowCount() >= 1
    qtbot.waitUntil(lambda: not form.is_busy, timeout=40_000)
    qtbot.waitUntil(lambda: papers.index(0).data() == "Tờ khai đăng ký khai sinh", timeout=10_000)
    # The kill may fall between a page's file and its row: that page was not yet in the store.
    assert pages - 1 <= papers.rowCount() <= pages


def press_enter(desk: Desk) -> None:
    press(desk.window, Qt.Key.Key_Return)


def scans(folder: DeskFolder) -> list[Path]:
    return [path for path in folder.objects.rglob("*") if path.is_file() and not path.name.endswith(".part")]


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 40
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)
