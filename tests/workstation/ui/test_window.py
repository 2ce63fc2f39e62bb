# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole window: keys, ways between the pages, sign-out, the next start, names for screen readers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from casework.errors import BugError, KnownError
from demo.people import FATHER, MOTHER, card_qr_text
from localdb import identity
from tests.workstation.desk.counter import CLERK, FIRST_DEVICE, PASSWORD, enrolment, ready
from tests.workstation.ui.rooms import end_courier, press, type_text
from workstation.desk.desk_folder import DeskFolder
from workstation.desk.desk_settings import DeskSettings
from workstation.desk.keep_draft import DraftField
from workstation.desk.receive_dossier import receive_dossier
from workstation.desk.session import DeskSession
from workstation.ui.application import Desk, Program
from workstation.ui.enrol_page import EnrolPage, is_mended_by_enrolling
from workstation.ui.shift import Shift
from workstation.ui.sign_in_page import SignInPage


class Window:
    """The program without a screen; started and ended as often as a test likes."""

    def __init__(self, folder: DeskFolder, qtbot: QtBot) -> None:
        self.folder, self.qtbot = folder, qtbot
        self.start()

    def start(self) -> None:
        self.desk = Desk(Program(self.folder, DeskSettings(signing_modules=()), list))
        self.desk.open()
        self.desk.window.show()
        self.desk.window.activateWindow()
        self.until(self.desk.window.isActiveWindow)

    def end(self) -> None:
        self.desk.dispose()

    def until(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=20_000)

    def sign_in(self) -> Shift:
        page = self.desk.window.page
        assert isinstance(page, SignInPage)
        if not page.findChildren(QLineEdit)[0].text():
            type_text(CLERK.login)
            press(self.desk.window, Qt.Key.Key_Return)
        type_text(PASSWORD)
        press(self.desk.window, Qt.Key.Key_Return)
        self.until(lambda: self.desk.shift is not None and self.desk.window.page is not None)
        self.until(lambda: not isinstance(self.desk.window.page, SignInPage))
        assert self.desk.shift is not None
        return self.desk.shift

    def press(self, *keys: Qt.Key) -> None:
        press(self.desk.window, *keys)


@pytest.fixture
def window(folder: DeskFolder, qtbot: QtBot) -> Iterator[Window]:
    window = Window(folder, qtbot)
    yield window
    window.end()
    end_courier(folder)


def test_the_keys_lead_through_the_pages_and_esc_leads_back(window: Window) -> None:
    shift = window.sign_in()
    assert window.desk.window.page is shift.home
    window.press(Qt.Key.Key_F2)
    window.until(lambda: window.desk.window.page is shift.reception and shift.reception.dossier_id != "")
    assert window.desk.window.windowTitle() == "Tiếp nhận hồ sơ – Một Cửa"
    window.press(Qt.Key.Key_F1)
    window.until(lambda: window.desk.window.windowTitle().startswith("Trợ giúp"))
    window.press(Qt.Key.Key_Escape)
    window.until(lambda: window.desk.window.page is shift.reception)
    window.press(Qt.Key.Key_Escape)
    window.until(lambda: window.desk.window.page is shift.home)
    window.press(Qt.Key.Key_F3)
    assert QApplication.focusWidget() is shift.home.find_box
    window.until(lambda: window.desk.window.strip.words[1].startswith("1 "))  # who set the desk up
    names_every_widget(window.desk.window)


def test_a_card_at_the_list_starts_a_dossier_and_the_next_start_goes_on_with_it(window: Window) -> None:
    shift = window.sign_in()
    shift.home.take_card(card_qr_text(MOTHER))
    window.until(lambda: shift.reception.person.values()[DraftField.FULL_NAME] == MOTHER.full_name)
    window.end()
    window.start()
    shift = window.sign_in()
    window.until(lambda: window.desk.window.page is shift.reception)
    window.until(lambda: shift.reception.person.values()[DraftField.FULL_NAME] == MOTHER.full_name)
    notice = window.desk.window.notices.shown
    assert notice is not None
    assert notice.happened == "Hồ sơ này đang mở khi chương trình bị tắt."


def test_signing_out_keeps_the_draft_closes_the_desk_and_the_next_clerk_may_come(window: Window) -> None:
    shift = window.sign_in()
    session = shift.session
    shift.home.take_card(card_qr_text(FATHER))
    window.until(lambda: shift.reception.person.values()[DraftField.FULL_NAME] == FATHER.full_name)
    window.desk.window.sign_out_wanted.emit()
    window.until(lambda: isinstance(window.desk.window.page, SignInPage))
    assert window.desk.shift is None
    with pytest.raises(Exception, match="closed"):
        receive_dossier(session, ready(session))
    shift = window.sign_in()
    window.until(lambda: shift.home.model.rowCount() == 1)
    assert window.desk.window.page is shift.home


def test_an_error_that_nothing_caught_is_told_and_the_window_goes_on(window: Window) -> None:
    window.sign_in()
    window.desk.tell_error(LookupError("a bug"))
    window.until(lambda: window.desk.window.notices.shown is not None)
    notice = window.desk.window.notices.shown
    assert notice is not None
    assert notice.code == "unexpected"
    assert "a bug" not in repr(notice)


def test_a_locked_desk_shows_nothing_and_gives_the_form_back_at_the_next_sign_in(window: Window) -> None:
    shift = window.sign_in()
    session = shift.session
    window.press(Qt.Key.Key_F2)
    window.until(lambda: shift.reception.dossier_id != "")
    type_text("Trần Thị B")
    shift.lock()
    on_screen: object = window.desk.window.page
    assert on_screen is None
    window.until(lambda: window.desk.shift is None)
    page = window.desk.window.page
    assert isinstance(page, SignInPage)
    assert page.card.said == "Quầy đã khóa. Đăng nhập để làm tiếp phần đang dở."
    with pytest.raises(BugError, match="closed"), session.store.reading():
        pass
    shift = window.sign_in()
    window.until(lambda: window.desk.window.page is shift.reception)
    window.until(lambda: shift.reception.person.values()[DraftField.FULL_NAME] == "Trần Thị B")


def test_a_dialog_does_not_keep_the_desk_open(window: Window) -> None:
    shift = window.sign_in()
    dialog = QDialog(window.desk.window)
    dialog.open()
    shift.lock()
    assert not dialog.isVisible()
    window.until(lambda: window.desk.shift is None)


def retire(folder: DeskFolder, session: DeskSession) -> None:
    with session.store.transaction() as connection:
        identity.retire(connection, session.clock())


def lose_key(folder: DeskFolder, session: DeskSession) -> None:
    folder.device_key.unlink()


def damage_key(folder: DeskFolder, session: DeskSession) -> None:
    folder.device_key.write_bytes(b"")


@pytest.mark.parametrize("happen", [retire, lose_key, damage_key])
def test_a_desk_that_was_restored_or_lost_its_key_is_enrolled_anew_before_work_goes_on(
    window: Window, folder: DeskFolder, tmp_path: Path, happen: Callable[[DeskFolder, DeskSession], None]
) -> None:
    happen(folder, window.sign_in().session)
    window.end()
    window.start()
    file = tmp_path / "moi.json"
    file.write_bytes(enrolment("0b1f8a52-8a3e-4c58-9d6e-000000000002", lineage=FIRST_DEVICE))
    type_text(CLERK.login)
    press(window.desk.window, Qt.Key.Key_Return)
    type_text(PASSWORD)
    press(window.desk.window, Qt.Key.Key_Return)
    window.until(lambda: isinstance(window.desk.window.page, EnrolPage))
    names_every_widget(window.desk.window)
    for text in (str(file), CLERK.login, PASSWORD):
        type_text(text)
        press(window.desk.window, Qt.Key.Key_Return)
    window.until(lambda: isinstance(window.desk.window.page, SignInPage))
    page = window.desk.window.page
    assert isinstance(page, SignInPage)
    assert page.card.said == "Quầy đã có danh tính mới. Đăng nhập để làm việc tiếp."
    type_text(CLERK.login)
    press(window.desk.window, Qt.Key.Key_Return)
    assert window.sign_in().session.workstation.device_id.endswith("2")


def test_a_key_store_that_is_only_locked_is_no_reason_to_enrol_anew() -> None:
    assert not is_mended_by_enrolling(KnownError("device-key-missing", retryable=True, place="operating-system"))


@pytest.mark.parametrize("folder", ["never set up"], indirect=False)
def test_a_computer_without_a_desk_begins_with_the_set_up(tmp_path: Path, qtbot: QtBot, folder: str) -> None:
    desk = Desk(Program(DeskFolder(tmp_path / folder), DeskSettings(), list))
    desk.open()
    desk.window.show()
    assert desk.window.windowTitle() == "Thiết lập quầy làm việc – Một Cửa"
    names_every_widget(desk.window)
    desk.dispose()


def test_every_widget_of_every_page_has_a_name(window: Window) -> None:
    shift = window.sign_in()
    window.press(Qt.Key.Key_F2)
    window.until(lambda: shift.reception.dossier_id != "")
    for page in (shift.home, shift.reception, shift.received, shift.dossier):
        names_every_widget(page)
    window.press(Qt.Key.Key_Escape)
    window.until(lambda: window.desk.window.page is shift.home)
    window.press(Qt.Key.Key_F10)
    window.until(lambda: window.desk.window.page is shift.management)
    assert len(shift.management.sections) == 5
    names_every_widget(shift.management)


def names_every_widget(root: QWidget) -> None:
    """Fail when something that can have the focus says nothing to a screen reader."""
    buddies = {label.buddy() for label in root.findChildren(QLabel)}
    kinds = (QLineEdit, QPlainTextEdit, QComboBox, QListView, QTableView, QAbstractButton)
    nameless = [
        widget
        for widget in root.findChildren(QWidget)
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and isinstance(widget, kinds)
        and widget.window() is root.window()
        and not (isinstance(widget, QAbstractButton) and widget.text())
        and not widget.accessibleName()
        and widget not in buddies
        and not widget.objectName().startswith("qt_")
    ]
    assert nameless == []
