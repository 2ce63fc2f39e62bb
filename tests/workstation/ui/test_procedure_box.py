# SPDX-License-Identifier: GPL-3.0-or-later
"""A procedure is chosen by typing, as fast as somebody types, and what was typed is never taken away."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from demo.people import FATHER
from tests.workstation.desk.counter import filled_in
from tests.workstation.ui.reception import Counter
from tests.workstation.ui.rooms import press, type_text
from workstation.desk.keep_draft import DraftField
from workstation.ui.bench import Bench
from workstation.ui.lanes import Lane


@pytest.fixture
def counter(bench: Bench, qtbot: QtBot) -> Counter:
    return Counter(bench, qtbot)


def test_a_procedure_is_found_without_accents_and_chosen_with_the_arrows(counter: Counter) -> None:
    counter.begin()
    counter.page.procedure.focus_on(DraftField.PROCEDURE_CODE)
    type_text("khai sinh")
    counter.until(lambda: counter.page.procedure.box.is_offering)
    assert counter.page.procedure.box.text() == "khai sinh"
    press(counter.page, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return)
    counter.until(lambda: counter.page.procedure.requirements.requirements.rowCount() > 0)
    assert counter.page.procedure.box.text() == "Thủ tục đăng ký khai sinh"
    assert counter.kept(DraftField.PROCEDURE_CODE) == "1.001193"
    assert QApplication.focusWidget() is counter.page.procedure.requirements


def test_the_name_of_a_procedure_that_is_being_typed_stays_while_the_draft_is_read_anew(counter: Counter) -> None:
    counter.page.begin_new()
    counter.page.procedure.focus_on(DraftField.PROCEDURE_CODE)
    type_text("khai")
    counter.until(lambda: counter.page.dossier_id != "")
    behind: list[object] = []
    counter.bench.run(Lane.DATABASE, lambda: "it was read", behind.append)
    counter.until(lambda: bool(behind))
    assert counter.page.procedure.box.text() == "khai"
    counter.until(lambda: counter.page.procedure.box.is_offering)


def test_enter_never_chooses_what_was_found_for_fewer_letters(counter: Counter) -> None:
    counter.begin()
    counter.page.procedure.focus_on(DraftField.PROCEDURE_CODE)
    type_text("chung thuc")
    counter.until(lambda: counter.page.procedure.box.is_offering)
    counter.page.procedure.box.selectAll()
    type_text("khai sinh")
    press(counter.page, Qt.Key.Key_Return)
    assert counter.page.procedure.box.text() == "khai sinh"
    press(counter.page, Qt.Key.Key_Return)
    counter.until(lambda: counter.page.procedure.box.answered == "khai sinh")
    press(counter.page, Qt.Key.Key_Return)
    assert counter.page.procedure.box.text() == "Thủ tục đăng ký khai sinh"


def test_a_whole_code_and_enter_need_no_look_at_the_list(counter: Counter) -> None:
    counter.begin()
    counter.page.procedure.focus_on(DraftField.PROCEDURE_CODE)
    type_text("1.001193")
    press(counter.page, Qt.Key.Key_Return)
    counter.until(lambda: counter.page.procedure.requirements.requirements.rowCount() > 0)
    assert counter.page.procedure.box.text() == "Thủ tục đăng ký khai sinh"


def test_a_draft_whose_procedure_is_gone_from_the_catalogue_still_opens(counter: Counter) -> None:
    counter.go_on_with(filled_in(counter.bench.session, procedure="9.999999"))
    assert counter.told[-1].code == "procedure-unknown"
    assert counter.value(DraftField.FULL_NAME) == FATHER.full_name
    assert counter.page.procedure.box.text() == ""


def test_esc_in_the_search_leaves_what_was_chosen_before(counter: Counter) -> None:
    counter.go_on_with(filled_in(counter.bench.session))
    counter.page.procedure.focus_on(DraftField.PROCEDURE_CODE)
    type_text("ket hon")
    counter.until(lambda: counter.page.procedure.box.is_offering)
    press(counter.page, Qt.Key.Key_Escape)
    assert not counter.page.procedure.box.is_offering
    assert counter.page.procedure.box.text() == "Thủ tục đăng ký khai sinh"
