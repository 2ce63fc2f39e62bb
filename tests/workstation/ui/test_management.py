# SPDX-License-Identifier: GPL-3.0-or-later
"""F10: what the desk itself needs, by keyboard alone, and no more than the clerk may do."""

from __future__ import annotations

import dataclasses

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from casework.records.workplace import Role
from tests.workstation.ui.rooms import press, put_on_screen, type_text
from workstation.desk.change_settings import read_settings
from workstation.ui.bench import Bench
from workstation.ui.management_page import ManagementPage
from workstation.ui.management_sections import management_sections
from workstation.ui.settings_section import SettingsSection


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
    assert page.section.said == "Đã lưu các thiết lập."
    assert read_settings(bench.session).idle_lock_minutes == 3


def test_a_setting_out_of_its_range_is_a_sentence(page: ManagementPage, bench: Bench, qtbot: QtBot) -> None:
    turn_to(page, SettingsSection)
    first = page.section.findChildren(QLineEdit)[0]
    qtbot.waitUntil(lambda: first.text() == "10")
    first.clear()
    press(page, *[Qt.Key.Key_Return] * 4)
    qtbot.waitUntil(lambda: page.section.said != "")
    assert read_settings(bench.session).idle_lock_minutes == 10


def test_esc_leads_from_the_section_to_the_list_and_from_the_list_away(page: ManagementPage, qtbot: QtBot) -> None:
    turn_to(page, SettingsSection)
    page.escape()
    with qtbot.waitSignal(page.left):
        page.escape()


def test_a_clerk_is_offered_nothing_that_she_may_not_do(bench: Bench) -> None:
    clerk = dataclasses.replace(bench.session.clerk, roles=frozenset({Role.CLERK}))
    bench.session = dataclasses.replace(bench.session, clerk=clerk)
    assert SettingsSection not in {type(section) for section in management_sections(bench)}
