# SPDX-License-Identifier: GPL-3.0-or-later
"""First run and sign-in: sentences for every mistake, and a window that stays alive while the key is made."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PyQt6.QtCore import QObject, Qt, pyqtSignal
from PyQt6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from localdb.key_file import Argon2Cost
from tests.workstation.desk.counter import CLERK, PASSWORD, enrolment
from tests.workstation.ui.rooms import Heart, RealClock, press, type_text
from workstation.desk.desk_folder import DeskFolder
from workstation.desk.session import DeskSession
from workstation.desk.set_up_desk import FirstClerk, set_up_desk
from workstation.desk.sign_in import OnProgress, UpgradeProgress, sign_in
from workstation.ui.first_run_page import FirstRunPage
from workstation.ui.lanes import Lanes
from workstation.ui.page import Page
from workstation.ui.sign_in_page import SignInPage


def show(page: Page, qtbot: QtBot) -> None:
    qtbot.addWidget(page)
    page.resize(1366, 700)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.arrive()


@pytest.fixture
def sign_in_page(folder: DeskFolder, lanes: Lanes, qtbot: QtBot) -> SignInPage:
    def open_desk(login: str, password: str, _: OnProgress) -> DeskSession:
        return sign_in(folder, login, password, clock=RealClock(), random_bytes=lambda count: bytes(count))

    page = SignInPage(lanes, open_desk, "vi")
    show(page, qtbot)
    return page


def test_the_first_window_does_not_wait_for_what_only_a_shift_needs() -> None:
    later = {"workstation.ui.shift", "scanning.scanner", "signing.signer", "pikepdf"}
    script = f"import sys, workstation.ui.application; print({later} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", script], stdout=subprocess.PIPE, check=True, timeout=60)
    assert run.stdout.split() == [b"set()"]


def test_name_enter_password_enter_opens_the_desk(sign_in_page: SignInPage, qtbot: QtBot) -> None:
    type_text(CLERK.login)
    press(sign_in_page, Qt.Key.Key_Return)
    type_text(PASSWORD)
    with qtbot.waitSignal(sign_in_page.signed_in, timeout=10_000) as opened:
        press(sign_in_page, Qt.Key.Key_Return)
    session = opened.args[0]
    assert session.clerk.login == CLERK.login
    session.close()


def test_a_wrong_password_is_a_sentence_and_the_field_is_empty_again(sign_in_page: SignInPage, qtbot: QtBot) -> None:
    type_text(CLERK.login)
    press(sign_in_page, Qt.Key.Key_Return)
    type_text("mat khau sai")
    press(sign_in_page, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: sign_in_page.card.said != "", timeout=10_000)
    assert sign_in_page.card.said.startswith("Mật khẩu không đúng. Kiểm tra phím Caps Lock")
    assert [field.text() for field in sign_in_page.findChildren(QLineEdit)] == [CLERK.login, ""]
    assert sign_in_page.card.button.isEnabled()


def test_the_window_stays_alive_while_the_password_is_tried(
    tmp_path: Path, lanes: Lanes, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    """The shipped price of a try: a good part of a second on purpose."""
    folder = DeskFolder(tmp_path / "dear")
    clock = RealClock()
    set_up_desk(
        folder,
        enrolment(),
        FirstClerk("lan", "Lê Thị Lan", PASSWORD),
        escrow_public_key=None,
        clock=clock,
        random_bytes=lambda count: bytes(range(count)),
        cost=Argon2Cost(iterations=6),
    )
    page = SignInPage(
        lanes, lambda login, password, _: sign_in(folder, login, password, clock=clock, random_bytes=bytes), "vi"
    )
    show(page, qtbot)
    type_text("lan")
    press(page, Qt.Key.Key_Return)
    type_text("mat khau sai")
    heart = Heart()
    heart.beat_from_now()
    begun = time.perf_counter()
    press(page, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.card.said != "", timeout=20_000)
    took = time.perf_counter() - begun
    gap, machine = heart.longest_gap, heart.stop()
    with capsys.disabled():
        sys.stdout.write(f"\n  a try: {took * 1000:.0f} ms, longest gap of the window: {gap * 1000:.0f} ms\n")
    assert gap < 0.25 + 2 * machine


VERSION_1 = Path(__file__).parents[2] / "localdb" / "versions" / "1"


class Listener(QObject):
    """Hears on the GUI thread, after the page did."""

    passed = pyqtSignal()


def test_a_store_of_an_older_program_says_how_far_its_upgrade_has_got(
    tmp_path: Path, lanes: Lanes, qtbot: QtBot
) -> None:
    shutil.copytree(VERSION_1 / "data", tmp_path / "desk")
    for path in [tmp_path / "desk", *(tmp_path / "desk").rglob("*")]:
        path.chmod(0o700 if path.is_dir() else 0o600)
    secrets = json.loads((VERSION_1 / "secrets.json").read_text())
    said: list[str] = []
    listener = Listener()

    def open_desk(login: str, password: str, on_upgrade: OnProgress) -> DeskSession:
        def tell(progress: UpgradeProgress) -> None:
            on_upgrade(progress)
            listener.passed.emit()

        folder = DeskFolder(tmp_path / "desk")
        return sign_in(folder, login, password, clock=RealClock(), random_bytes=os.urandom, on_upgrade=tell)

    page = SignInPage(lanes, open_desk, "vi")
    listener.passed.connect(lambda: said.append(page.card.said))
    show(page, qtbot)
    type_text(secrets["login"])
    press(page, Qt.Key.Key_Return)
    type_text(secrets["password"])
    with qtbot.waitSignal(page.signed_in, timeout=20_000) as opened:
        press(page, Qt.Key.Key_Return)
    opened.args[0].close()
    assert "Đang sao lưu dữ liệu của phiên bản trước: 100 %" in said
    checking = [line for line in said if line.startswith("Đang kiểm tra bản sao: ")]
    assert checking[:4] == [f"Đang kiểm tra bản sao: {percent} %" for percent in (0, 33, 66, 100)]
    assert said[-1] == "Đang cập nhật dữ liệu …"
    assert page.card.said == ""


@pytest.fixture
def first_run(tmp_path: Path, lanes: Lanes, qtbot: QtBot) -> FirstRunPage:
    def set_up(file: bytes, login: str, name: str, password: str) -> None:
        set_up_desk(
            DeskFolder(tmp_path / "new"),
            file,
            FirstClerk(login, name, password),
            escrow_public_key=None,
            clock=RealClock(),
            random_bytes=lambda count: bytes(range(count)),
            cost=Argon2Cost(memory_kib=64, iterations=1, lanes=1),
        )

    page = FirstRunPage(lanes, set_up, "vi")
    show(page, qtbot)
    return page


def fill_in(page: FirstRunPage, file: Path, password: str, again: str) -> None:
    for text in (str(file), "Lê Thị Lan", "Lan", password, again):
        type_text(text)
        press(page, Qt.Key.Key_Return)


def test_first_run_takes_file_name_login_and_password_with_enter_alone(
    first_run: FirstRunPage, tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / "may-tram.json"
    file.write_bytes(enrolment())
    with qtbot.waitSignal(first_run.set_up, timeout=10_000) as done:
        fill_in(first_run, file, PASSWORD, PASSWORD)
    assert done.args == ["lan"]
    assert DeskFolder(tmp_path / "new").is_set_up


@pytest.mark.parametrize(
    ("content", "password", "again", "said"),
    [
        (None, PASSWORD, PASSWORD, "Không tìm thấy tệp đăng ký"),
        (b"khong phai", PASSWORD, PASSWORD, "Tệp đăng ký máy trạm bị hỏng"),
        (b"x" * (2 << 20), PASSWORD, PASSWORD, "Tệp đăng ký máy trạm bị hỏng"),
        (b"right", "ngan", "ngan", "Mật khẩu phải có ít nhất 8 ký tự."),
        (b"right", PASSWORD, "mot cua mo", "Hai lần nhập mật khẩu không giống nhau."),
    ],
)
def test_every_mistake_of_the_first_run_is_a_sentence(
    first_run: FirstRunPage,
    tmp_path: Path,
    qtbot: QtBot,
    content: bytes | None,
    password: str,
    again: str,
    said: str,
) -> None:
    file = tmp_path / "may-tram.json"
    if content is not None:
        file.write_bytes(enrolment() if content == b"right" else content)
    fill_in(first_run, file, password, again)
    qtbot.waitUntil(lambda: first_run.card.said != "", timeout=10_000)
    assert first_run.card.said.startswith(said)
    assert not DeskFolder(tmp_path / "new").is_set_up
