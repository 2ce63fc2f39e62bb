# SPDX-License-Identifier: GPL-3.0-or-later
"""The end of a shift takes the keys away, also from a driver that hangs, and the next clerk can work."""

from __future__ import annotations

import dataclasses
import os
import threading
from collections.abc import Iterator

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QDialog, QPushButton
from pytestqt.qtbot import QtBot

from casework.errors import BugError
from demo.people import MOTHER, card_qr_text
from tests.workstation.desk.counter import CLERK, PASSWORD, filled_in, latest_draft
from tests.workstation.ui.rooms import RealClock, end_courier
from workstation.desk.background_wire import BackgroundNews
from workstation.desk.desk_folder import DeskFolder
from workstation.desk.desk_settings import DeskSettings
from workstation.desk.keep_draft import DraftField
from workstation.desk.list_drafts import mark_on_screen
from workstation.desk.session import DeskSession
from workstation.desk.sign_in import sign_in
from workstation.ui.background_watch import BackgroundWatch
from workstation.ui.idle_lock import IdleLock
from workstation.ui.lanes import Lane, Lanes
from workstation.ui.main_window import MainWindow
from workstation.ui.shift import Shift


class Driver:
    """Hangs in its lane until it is let go; then it wants to write what it got."""

    def __init__(self, session: DeskSession) -> None:
        self.gate, self.ended = threading.Event(), threading.Event()
        self.end: BaseException | None = None
        self._session = session

    def scan(self) -> Iterator[str]:
        yield "begun"
        try:
            self.gate.wait()
            with self._session.store.transaction():
                pass
        except BugError as error:
            self.end = error
            raise
        finally:
            self.ended.set()


@pytest.fixture
def window(qtbot: QtBot, folder: DeskFolder) -> Iterator[MainWindow]:
    window = MainWindow("vi")
    qtbot.addWidget(window)
    window.show()
    yield window
    end_courier(folder)


@pytest.mark.expects_log("workstation.ui.shift")
@pytest.mark.parametrize("lane", [Lane.SCANNER, Lane.COURIER, Lane.DATABASE])
def test_a_lane_that_hangs_does_not_keep_the_keys(
    window: MainWindow,
    folder: DeskFolder,
    session: DeskSession,
    settings: DeskSettings,
    lanes: Lanes,
    qtbot: QtBot,
    lane: Lane,
) -> None:
    told: list[object] = []
    driver = Driver(session)
    shift = Shift(window, lanes, session, settings, list, "vi", patience_seconds=0.2)
    shift.begin()
    lanes.follow(lane, driver.scan, on_step=told.append, on_done=lambda: told.append("done"), on_error=told.append)
    lanes.run(lane, lambda: told.append("behind it"), on_error=told.append)
    qtbot.waitUntil(lambda: told == ["begun"], timeout=20_000)
    with qtbot.waitSignal(shift.ended, timeout=20_000) as ended:
        shift.lock()
    assert ended.args == [True]

    opened: list[DeskSession] = []
    lanes.run(
        Lane.DATABASE,
        lambda: sign_in(folder, CLERK.login, PASSWORD, clock=RealClock(), random_bytes=os.urandom),
        on_done=opened.append,
        on_error=told.append,
    )
    qtbot.waitUntil(lambda: bool(opened), timeout=20_000)
    with pytest.raises(BugError, match="wiped"):
        _ = session.store.keys.object_name_key
    free: list[Lane] = []
    lanes.run(lane, lambda: lane, on_done=free.append, on_error=told.append)
    qtbot.waitUntil(lambda: free == [lane], timeout=20_000)

    driver.gate.set()
    assert driver.ended.wait(20)
    qtbot.waitUntil(lambda: lanes.is_idle, timeout=20_000)
    assert isinstance(driver.end, BugError)
    assert told == ["begun"]
    assert window.notices.shown is None
    opened[0].close()


@pytest.mark.expects_log("workstation.ui.shift")
def test_a_scanner_at_work_puts_the_lock_off_but_not_for_ever(
    window: MainWindow, session: DeskSession, settings: DeskSettings, lanes: Lanes, qtbot: QtBot
) -> None:
    told: list[object] = []
    driver = Driver(session)
    shift = Shift(window, lanes, session, settings, list, "vi", patience_seconds=0.2)
    shift.begin()
    shift.reception.begin_new()
    qtbot.waitUntil(lambda: shift.reception.dossier_id != "", timeout=20_000)
    lanes.follow(Lane.SCANNER, driver.scan, on_step=told.append, on_done=lambda: None, on_error=told.append)
    shift.reception.keys()[Qt.Key.Key_F5].do()
    qtbot.waitUntil(lambda: told == ["begun"] and shift.reception.is_busy, timeout=20_000)
    asks_for_pin = QDialog(window)
    asks_for_pin.open()
    shift.lock(1.0)
    assert not asks_for_pin.isVisible()
    assert window.page is shift.home
    with qtbot.waitSignal(shift.ended, timeout=20_000) as ended:
        shift.lock(301.0)
    assert ended.args == [True]
    driver.gate.set()
    assert driver.ended.wait(20)
    qtbot.waitUntil(lambda: lanes.is_idle, timeout=20_000)


@pytest.mark.parametrize("is_already_closing", [False, True])
def test_a_window_that_closes_while_the_desk_is_signed_out_keeps_what_was_typed_and_closes_the_desk(
    window: MainWindow,
    folder: DeskFolder,
    session: DeskSession,
    settings: DeskSettings,
    lanes: Lanes,
    qtbot: QtBot,
    *,
    is_already_closing: bool,
) -> None:
    shift = Shift(window, lanes, session, settings, list, "vi", patience_seconds=3600)
    shift.begin()
    shift.home.take_card(card_qr_text(MOTHER))
    qtbot.waitUntil(lambda: shift.reception.person.values()[DraftField.FULL_NAME] == MOTHER.full_name, timeout=20_000)
    told: list[object] = []
    gate = threading.Event()
    lanes.run(Lane.DATABASE, gate.wait, on_error=told.append)
    opening = threading.Timer(0.2, gate.set)
    opening.start()
    if is_already_closing:
        with qtbot.waitSignal(lanes.idled, timeout=20_000):
            shift.end()
    else:
        shift.end()
    shift.end_now()
    opening.join()
    assert not list(folder.root.glob("desk.db-*"))
    with pytest.raises(BugError, match="closed"), session.store.reading():
        pass
    again = sign_in(folder, CLERK.login, PASSWORD, clock=RealClock(), random_bytes=os.urandom)
    draft = latest_draft(again)
    again.close()
    assert draft is not None
    assert draft.fields[DraftField.FULL_NAME] == MOTHER.full_name
    assert told == []


def test_what_is_said_about_the_store_at_sign_in_is_there_until_somebody_closes_it(
    window: MainWindow, session: DeskSession, settings: DeskSettings, lanes: Lanes, qtbot: QtBot
) -> None:
    mark_on_screen(session, filled_in(session), on_screen=True)
    session = dataclasses.replace(session, notices=("keys-not-changed-yet", "key-file-mended"))
    shift = Shift(window, lanes, session, settings, list, "vi")
    shift.begin()
    qtbot.waitUntil(lambda: window.page is shift.reception, timeout=20_000)
    shift.reception.escape()
    qtbot.waitUntil(lambda: window.page is shift.home, timeout=20_000)
    shown = window.notices.shown
    assert shown is not None
    assert shown.code == "key-file-mended"
    (close,) = window.notices.findChildren(QPushButton)
    close.click()
    shown = window.notices.shown
    assert shown is not None
    assert shown.code == "keys-not-changed-yet"
    with qtbot.waitSignal(shift.ended, timeout=20_000):
        shift.end()
    assert window.notices.shown is None


def test_trouble_that_the_background_program_tells_of_outlives_what_the_clerk_does(
    window: MainWindow, session: DeskSession, settings: DeskSettings, lanes: Lanes, qtbot: QtBot
) -> None:
    shift = Shift(window, lanes, session, settings, list, "vi")
    shift.begin()
    (watch,) = shift.findChildren(BackgroundWatch)
    watch.told.emit(BackgroundNews("check-integrity", "database-damaged", is_trouble=True))
    qtbot.waitUntil(lambda: window.notices.shown is not None)
    (lock,) = shift.findChildren(IdleLock)
    lock.warned.emit()
    lock.stirred.emit()
    shift.home.take_card(card_qr_text(MOTHER))
    qtbot.waitUntil(lambda: shift.reception.person.values()[DraftField.FULL_NAME] == MOTHER.full_name, timeout=20_000)
    shown = window.notices.shown
    assert shown is not None
    assert shown.code == "database-damaged"
    with qtbot.waitSignal(shift.ended, timeout=20_000):
        shift.end()


def test_a_shift_in_which_nothing_hangs_ends_before_its_patience(
    window: MainWindow, session: DeskSession, settings: DeskSettings, lanes: Lanes, qtbot: QtBot
) -> None:
    shift = Shift(window, lanes, session, settings, list, "vi", patience_seconds=3600)
    shift.begin()
    with qtbot.waitSignal(shift.ended, timeout=20_000) as ended:
        shift.end()
    assert ended.args == [False]
    with pytest.raises(BugError, match="closed"), session.store.reading():
        pass
