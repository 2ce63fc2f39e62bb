# SPDX-License-Identifier: GPL-3.0-or-later
"""A dressed application without a screen, a real desk behind it, and a real X server for the tests that need one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.workstation.desk.counter import CLERK, PASSWORD, enrolment, set_up_at
from tests.workstation.ui.rooms import RealClock
from workstation.desk.counter_devices import CounterDevices
from workstation.desk.desk_folder import DeskFolder
from workstation.desk.desk_settings import DeskSettings
from workstation.desk.session import DeskSession
from workstation.desk.sign_in import sign_in
from workstation.ui.application import prepare
from workstation.ui.bench import Bench
from workstation.ui.lanes import Lanes

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the platform without a screen say what it cannot do; nothing of ours depends on it."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("^This plugin does not support ", extend=True))


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """Arguments of the application that pytest-qt makes."""
    return ["motcua"]


@pytest.fixture(scope="session", autouse=True)
def dressed(qapp: QApplication) -> QApplication:
    """The application in its look, speaking Vietnamese."""
    prepare(qapp, "vi")
    return qapp


@pytest.fixture
def folder(tmp_path: Path) -> DeskFolder:
    """A desk that was set up; the password is cheap to try."""
    folder = DeskFolder(tmp_path / "desk")
    set_up_at(folder, RealClock(), enrolment())
    return folder


@pytest.fixture
def session(folder: DeskFolder) -> Iterator[DeskSession]:
    """The clerk is signed in."""
    session = sign_in(folder, CLERK.login, PASSWORD, clock=RealClock(), random_bytes=os.urandom)
    yield session
    session.close()


@pytest.fixture
def lanes(qtbot: QtBot) -> Iterator[Lanes]:
    """Lanes that have come back before the test ends."""
    lanes = Lanes()
    yield lanes
    qtbot.waitUntil(lambda: lanes.is_idle, timeout=30_000)
    assert lanes.stop()


@pytest.fixture
def settings() -> DeskSettings:
    """What IT settled; tests with devices override it."""
    return DeskSettings(signing_modules=())


@pytest.fixture
def bench(session: DeskSession, lanes: Lanes, settings: DeskSettings, qtbot: QtBot) -> Iterator[Bench]:
    """A clerk's workplace."""
    devices = CounterDevices(settings)
    bench = Bench(session, devices, lanes, "vi")
    yield bench
    qtbot.waitUntil(lambda: lanes.is_idle, timeout=30_000)
    bench.end()
    devices.close()


@pytest.fixture
def scanner_program(tmp_path: Path) -> Iterator[Callable[[int], Mapping[str, str]]]:
    """Starts a virtual scanner with so many papers in its feeder; gives what the scan worker needs to find it."""
    programs: list[subprocess.Popen[bytes]] = []

    def start(papers: int) -> Mapping[str, str]:
        place = tmp_path / f"scanner-{len(programs)}"
        place.mkdir()
        program = subprocess.Popen(
            [sys.executable, str(HERE / "scanner_program.py"), str(place), str(papers)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        programs.append(program)
        assert program.stdout is not None
        assert program.stdout.readline() == b"ready\n"
        return {"SANE_CONFIG_DIR": str(place)}

    yield start
    for program in programs:
        program.communicate()


@pytest.fixture
def bare_display() -> Iterator[Mapping[str, str]]:
    """A real X server of 1366×768 without a window manager; gives the environment for programs that use it."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
        stderr=subprocess.DEVNULL,
        pass_fds=[writing],
    )
    os.close(writing)
    with os.fdopen(reading) as numbers:
        number = numbers.readline().strip()
    assert number, "Xvfb does not start"
    yield {**os.environ, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
    server.terminate()
    server.wait(10)


@pytest.fixture
def display(bare_display: Mapping[str, str]) -> Iterator[Mapping[str, str]]:
    """The same with a window manager."""
    manager = subprocess.Popen(["openbox", "--sm-disable"], env=bare_display, stderr=subprocess.DEVNULL)
    yield bare_display
    manager.terminate()
    manager.wait(10)
