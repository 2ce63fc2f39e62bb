# SPDX-License-Identifier: GPL-3.0-or-later
"""F10: what the desk itself needs, by keyboard alone, and no more than the clerk may do."""

from __future__ import annotations

import dataclasses
import threading
from pathlib import Path

import pypdfium2
import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from casework.records.workplace import Clerk, Role
from localdb import clerks
from localdb.key_slots import SlotKind
from tests.localdb.keys_only import open_with_password
from tests.workstation.desk.counter import CLERK, PASSWORD, filled_in
from tests.workstation.ui.rooms import file_printer, press, put_on_screen, type_text
from workstation.desk.change_set import ChangeSet
from workstation.desk.change_settings import read_settings
from workstation.desk.choose_backup_places import backup_overview
from workstation.desk.desk_folder import DeskFolder
from workstation.desk.list_clerks import list_clerks
from workstation.desk.list_key_slots import list_key_slots
from workstation.ui.backup_section import BackupSection
from workstation.ui.bench import Bench
from workstation.ui.lanes import Lane, Lanes
from workstation.ui.management_page import ManagementPage
from workstation.ui.management_sections import management_sections
from workstation.ui.password_section import PasswordSection
from workstation.ui.people_section import PeopleSection
from workstation.ui.recovery_section import RecoverySection
from workstation.ui.settings_section import SettingsSection
from workstation.ui.wash import Wash


@pytest.fixture
def page(bench: Bench, qtbot: QtBot) -> ManagementPage:
    page = ManagementPage(management_sections(bench))
    put_on_screen(page, bench, qtbot)
    page.arrive()
    return page


def turn_to(page: ManagementPage, kind: type) -> None:
    page.show_section(next(section for section in page.sections if isinstance(section, kind)))


def test_a_setting_is_changed_and_kept(page: ManagementPage, bench: Bench, qtbot: QtBot) -> None:
    turn_to(page, SettingsSection)
    first = page.section.findChildren(QLineEdit)[0]
    qtbot.waitUntil(lambda: first.text() == "10")
    assert QApplication.focusWidget() is first
    first.selectAll()
    type_text("3")
    press(page, *[Qt.Key.Key_Return] * 4)
    qtbot.waitUntil(lambda: page.section.said != "")
    assert page.section.said == "Đã lưu các cài đặt."
    assert read_settings(bench.session).idle_lock_minutes == 3


def test_a_setting_out_of_its_range_is_a_sentence(page: ManagementPage, bench: Bench, qtbot: QtBot) -> None:
    turn_to(page, SettingsSection)
    first = page.section.findChildren(QLineEdit)[0]
    qtbot.waitUntil(lambda: first.text() == "10")
    first.clear()
    press(page, *[Qt.Key.Key_Return] * 4)
    qtbot.waitUntil(lambda: page.section.said != "")
    assert page.section.said == "Giá trị cài đặt nằm ngoài giới hạn (1–120). Nhập một số trong giới hạn đó."
    assert read_settings(bench.session).idle_lock_minutes == 10


def change_password(page: ManagementPage, *texts: str) -> None:
    turn_to(page, PasswordSection)
    for text in texts:
        type_text(text)
        press(page, Qt.Key.Key_Return)


def test_a_password_is_changed_with_enter_alone(
    page: ManagementPage, bench: Bench, folder: DeskFolder, qtbot: QtBot
) -> None:
    change_password(page, PASSWORD, "mật khẩu mới", "mật khẩu mới")
    qtbot.waitUntil(lambda: page.section.said != "", timeout=20_000)
    assert page.section.said.startswith("Đã đổi mật khẩu.")
    assert [field.text() for field in page.section.findChildren(QLineEdit)] == ["", "", ""]
    open_with_password(folder.key_file, CLERK.login, "mật khẩu mới").wipe()


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (("sai bét nhè", "mật khẩu mới", "mật khẩu mới"), "Mật khẩu không đúng."),
        ((PASSWORD, "mật khẩu mới", "mật khẩu cũ"), "Hai lần nhập mật khẩu không giống nhau."),
        ((PASSWORD, "ngắn", "ngắn"), "Mật khẩu phải có ít nhất 8 ký tự."),
    ],
)
def test_a_mistake_with_the_password_is_a_sentence_and_the_old_one_still_opens(
    page: ManagementPage, folder: DeskFolder, qtbot: QtBot, texts: tuple[str, str, str], said: str
) -> None:
    change_password(page, *texts)
    qtbot.waitUntil(lambda: page.section.said != "", timeout=20_000)
    assert page.section.said.startswith(said)
    open_with_password(folder.key_file, CLERK.login, PASSWORD).wipe()


def show_people(page: ManagementPage, qtbot: QtBot, rows: int = 1) -> PeopleSection:
    turn_to(page, PeopleSection)
    section = page.section
    assert isinstance(section, PeopleSection)
    qtbot.waitUntil(lambda: section.model.rowCount() == rows)
    return section


def test_somebody_is_added_and_let_go_by_keyboard(page: ManagementPage, bench: Bench, qtbot: QtBot) -> None:
    section = show_people(page, qtbot)
    press(page, Qt.Key.Key_Insert)
    for text in ("Trần Thị Hoa", "hoa", "mật khẩu đầu"):
        type_text(text)
        press(page, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: section.model.rowCount() == 2, timeout=20_000)
    assert section.said == "Trần Thị Hoa đăng nhập được rồi."
    (hoa,) = (row.clerk for row in list_clerks(bench.session) if row.clerk.login == "hoa")
    assert hoa.roles == {Role.CLERK}
    qtbot.waitUntil(lambda: section.form.name == "Trần Thị Hoa")
    press(page, Qt.Key.Key_Delete)
    assert section.said.startswith("Không cho Trần Thị Hoa đăng nhập nữa?")
    press(page, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: section.said == "Trần Thị Hoa không đăng nhập được nữa.", timeout=20_000)
    qtbot.waitUntil(lambda: "thu hồi ngày" in str(section.model.index(1, 2).data()))


def test_a_change_with_a_bad_password_changes_nothing(page: ManagementPage, bench: Bench, qtbot: QtBot) -> None:
    section = show_people(page, qtbot)
    before = section.form.name
    press(page, Qt.Key.Key_Return)
    for text in ("Tên Khác", "ngắn"):
        type_text(text)
        press(page, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: section.said.startswith("Mật khẩu phải có ít nhất 8 ký tự."), timeout=20_000)
    assert [row.clerk.full_name for row in list_clerks(bench.session)] == [before]
    qtbot.waitUntil(lambda: section.form.name == before)


def test_the_last_administrator_cannot_let_herself_go(page: ManagementPage, bench: Bench, qtbot: QtBot) -> None:
    section = show_people(page, qtbot)
    press(page, Qt.Key.Key_Delete, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: section.said != "" and not section.said.startswith("Không cho"), timeout=20_000)
    assert list_clerks(bench.session)[0].clerk.revoked_at is None


def test_a_supervisor_sees_the_people_and_changes_nobody(bench: Bench, qtbot: QtBot) -> None:
    clerk = dataclasses.replace(bench.session.clerk, roles=frozenset({Role.SUPERVISOR}))
    bench.session = dataclasses.replace(bench.session, clerk=clerk)
    page = ManagementPage(management_sections(bench))
    put_on_screen(page, bench, qtbot)
    page.arrive()
    section = show_people(page, qtbot)
    assert not section.form.isVisible()
    assert not [said for each in section.findChildren(QLabel) if "Delete" in (said := each.text())]
    press(page, Qt.Key.Key_Delete, Qt.Key.Key_Delete)
    assert section.said == ""


def test_drafts_taken_over_come_into_the_list_on_the_thread_of_the_window(
    page: ManagementPage, bench: Bench, qtbot: QtBot
) -> None:
    hoa = Clerk(bench.session.new_identifier(), "hoa", "Trịnh Thị Hoa", frozenset({Role.CLERK}))
    with bench.session.store.transaction() as connection:
        clerks.add(connection, hoa)
    draft = filled_in(dataclasses.replace(bench.session, clerk=hoa))
    section = show_people(page, qtbot, rows=2)
    told: list[tuple[ChangeSet, threading.Thread]] = []
    bench.changed.connect(  # type: ignore[call-arg]  # PyQt's stubs do not know it
        lambda changes: told.append((changes, threading.current_thread())), type=Qt.ConnectionType.DirectConnection
    )
    row = next(number for number, row in enumerate(section.model.rows) if row.clerk == hoa)
    section.table.setCurrentIndex(section.model.index(row, 0))
    (take,) = (each for each in section.findChildren(QPushButton) if each.text() == "Nhận làm tiếp hồ sơ nháp")
    take.click()
    qtbot.waitUntil(lambda: bool(told))
    assert told == [(ChangeSet(drafts=frozenset({draft})), threading.main_thread())]


def test_a_question_is_asked_anew_after_the_clerk_turned_away(page: ManagementPage, bench: Bench, qtbot: QtBot) -> None:
    before = bench.session.key_file.revision
    for _ in range(2):
        turn_to(page, RecoverySection)
        press(page, Qt.Key.Key_Return)
        assert page.section.said.startswith("Phiếu đang cất trong két")
        turn_to(page, SettingsSection)
    assert bench.session.key_file.revision == before


def test_a_place_for_backups_is_chosen_and_given_up_by_keyboard(
    page: ManagementPage, bench: Bench, tmp_path: Path, qtbot: QtBot
) -> None:
    turn_to(page, BackupSection)
    section = page.section
    assert isinstance(section, BackupSection)
    place = tmp_path / "đĩa khác"
    place.mkdir()
    type_text(str(place))
    press(page, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: section.places.count() == 1)
    assert section.said == "Bản sao lưu tới sẽ được chép sang đó."
    section.places.setFocus()
    press(page, Qt.Key.Key_Delete)
    assert section.said.startswith(f"Thôi sao lưu sang {place}?")
    press(page, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: section.places.count() == 0)
    assert backup_overview(bench.session).places == ()


def test_a_place_that_is_not_there_is_a_sentence(page: ManagementPage, qtbot: QtBot) -> None:
    turn_to(page, BackupSection)
    type_text("/khong/co")
    press(page, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.section.said != "")
    assert page.section.said.startswith("Không thấy nơi sao lưu /khong/co.")


def test_a_home_folder_that_nobody_has_is_a_place_that_is_not_there(page: ManagementPage, qtbot: QtBot) -> None:
    turn_to(page, BackupSection)
    type_text("~khongco/saoluu")
    press(page, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.section.said != "")
    assert page.section.said.startswith("Không thấy nơi sao lưu ~khongco/saoluu.")


def test_a_share_that_is_gone_does_not_keep_what_is_typed_from_being_kept(
    page: ManagementPage, bench: Bench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    share_is_back = threading.Event()

    def is_dir(_: Path) -> bool:
        share_is_back.wait(20)
        return False

    turn_to(page, BackupSection)
    qtbot.waitUntil(lambda: page.section.findChildren(Wash)[0].words != "")
    monkeypatch.setattr(Path, "is_dir", is_dir)
    type_text(str(tmp_path))
    press(page, Qt.Key.Key_Return)
    kept: list[str] = []
    bench.run(Lane.DATABASE, lambda: "kept", kept.append)
    qtbot.waitUntil(lambda: kept == ["kept"])
    assert page.section.said == ""
    share_is_back.set()
    qtbot.waitUntil(lambda: page.section.said != "")


def test_without_a_printer_the_sheet_in_the_safe_stays_good(page: ManagementPage, bench: Bench, qtbot: QtBot) -> None:
    turn_to(page, RecoverySection)
    before = bench.session.key_file.revision
    button = QApplication.focusWidget()
    press(page, Qt.Key.Key_Return)
    assert page.section.said.startswith("Phiếu đang cất trong két")
    press(button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.section.said.startswith("Không có máy in nên chưa thay đổi gì."))
    assert bench.session.key_file.revision == before


def make_sheet(page: ManagementPage, monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    monkeypatch.setattr("workstation.ui.recovery_section.usual_printer", lambda: file_printer(file))
    turn_to(page, RecoverySection)
    press(page, Qt.Key.Key_Return, Qt.Key.Key_Return)


def test_a_new_sheet_is_printed_and_its_number_is_the_one_that_counts(
    page: ManagementPage, bench: Bench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    make_sheet(page, monkeypatch, tmp_path / "sheet.pdf")
    qtbot.waitUntil(lambda: page.section.said.startswith("Đã gửi phiếu"), timeout=20_000)
    assert "HP 1102" in page.section.said
    with pypdfium2.PdfDocument(tmp_path / "sheet.pdf") as document:
        assert len(document) == 1
        assert document[0].get_size() == pytest.approx((595, 842), abs=2)
    (slot,) = (slot for slot in list_key_slots(bench.session) if slot.kind == SlotKind.RECOVERY_SHEET)
    assert f"{slot.number[:4]} {slot.number[4:]}".upper() in page.section.said


@pytest.mark.qt_log_ignore("^QPainter::begin", "^This plugin does not support ", extend=True)
def test_a_sheet_that_the_printer_does_not_take_is_not_called_sent(
    page: ManagementPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    make_sheet(page, monkeypatch, tmp_path / "nowhere" / "sheet.pdf")
    qtbot.waitUntil(lambda: page.section.said.startswith("Máy in HP 1102 không in được phiếu"), timeout=20_000)
    assert "phiếu cũ thì không mở được gì nữa" in page.section.said


def test_a_sheet_is_printed_although_the_shift_ends_meanwhile(
    page: ManagementPage, bench: Bench, lanes: Lanes, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    make_sheet(page, monkeypatch, tmp_path / "sheet.pdf")
    bench.end()
    qtbot.waitUntil(lambda: lanes.is_idle, timeout=20_000)
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF-")


def test_esc_leads_from_the_section_to_the_list_and_from_the_list_away(page: ManagementPage, qtbot: QtBot) -> None:
    turn_to(page, SettingsSection)
    page.escape()
    with qtbot.waitSignal(page.left):
        page.escape()


@pytest.mark.parametrize(
    ("role", "offered"),
    [
        (Role.CLERK, [PasswordSection, BackupSection]),
        (Role.SIGNER, [PasswordSection, BackupSection]),
        (Role.SUPERVISOR, [PasswordSection, PeopleSection, BackupSection]),
        (Role.IT_ADMIN, [PasswordSection, PeopleSection, BackupSection, RecoverySection, SettingsSection]),
    ],
)
def test_nobody_is_offered_what_she_may_not_do(bench: Bench, role: Role, offered: list[type]) -> None:
    clerk = dataclasses.replace(bench.session.clerk, roles=frozenset({role}))
    bench.session = dataclasses.replace(bench.session, clerk=clerk)
    assert [type(section) for section in management_sections(bench)] == offered
