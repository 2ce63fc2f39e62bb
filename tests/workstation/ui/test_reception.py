# SPDX-License-Identifier: GPL-3.0-or-later
"""Reception with the keyboard alone: card, fields, procedure, guard, check list, papers, saving."""

from __future__ import annotations

import dataclasses
import threading

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from casework.records.paper import Page, PaperClass
from demo.people import FATHER, MOTHER, card_qr_text
from localdb import objects, pages
from tests.workstation.desk.counter import empty_sheet, filled_in, hand_in, jpeg, latest_draft, ready
from tests.workstation.ui.reception import Counter
from tests.workstation.ui.rooms import click, press, type_text
from workstation.desk.keep_draft import DraftField
from workstation.desk.list_drafts import list_drafts
from workstation.desk.receive_dossier import Received
from workstation.desk.session import DeskSession
from workstation.ui.bench import Bench
from workstation.ui.lanes import Lanes
from workstation.ui.paper_model import Place
from workstation.ui.requirement_list import STATE_ROLE

AMBIGUOUS = "Số 5 Kim Mã, Phường Kim Mã, Quận Ba Đình, Thành phố Hà Nội"


def scan_page(session: DeskSession, dossier_id: str, paper_id: str) -> None:
    """Put a page that was read into a paper, without a scanner."""
    picture = jpeg(empty_sheet(20), 20)
    stored = session.store.objects.write(picture, "image/jpeg", session.random_bytes)
    with session.store.transaction() as connection:
        objects.record(connection, stored)
        page = Page(session.new_identifier(), dossier_id, 0, stored.object_id, 165, 234, 20)
        pages.add(connection, page)
        pages.update_reading(connection, dataclasses.replace(page, thumbnail=picture))
        pages.assign(connection, [page.page_id], paper_id)


@pytest.fixture
def counter(bench: Bench, qtbot: QtBot) -> Counter:
    return Counter(bench, qtbot)


def test_a_card_fills_the_person_in_and_says_where_the_address_lies_today(counter: Counter) -> None:
    counter.begin()
    counter.page.take_card(card_qr_text(FATHER))
    counter.until(lambda: counter.value(DraftField.FULL_NAME) == "Lê Văn Thành")
    assert counter.value(DraftField.BIRTH_DATE) == "17/03/1994"
    assert counter.value(DraftField.SEX) == "male"
    assert counter.value(DraftField.UNIT_CODE) == "15889"
    assert "Xã Hoằng Phú, Tỉnh Thanh Hóa" in counter.page.person.unit_words
    assert "Tự chuyển đổi từ Xã Hoằng Trung" in counter.page.person.unit_words
    assert QApplication.focusWidget() is counter.page.procedure.box
    counter.until(lambda: counter.kept(DraftField.ID_NUMBER) == FATHER.personal_number)


def test_the_card_of_somebody_else_replaces_nobody_until_it_is_laid_down_again(counter: Counter) -> None:
    counter.begin()
    counter.page.take_card(card_qr_text(FATHER))
    counter.until(lambda: counter.value(DraftField.FULL_NAME) == FATHER.full_name)
    counter.page.take_card(card_qr_text(MOTHER))
    counter.until(lambda: counter.told != [])
    assert counter.told[-1].happened == "Đây là thẻ của người khác."
    assert counter.value(DraftField.FULL_NAME) == FATHER.full_name
    counter.page.take_card(card_qr_text(MOTHER))
    counter.until(lambda: counter.value(DraftField.FULL_NAME) == MOTHER.full_name)


@pytest.mark.parametrize(
    ("text", "code"), [("038094012745|||", "card-unreadable"), ("https://www.gov.vn/x", "card-other-qr")]
)
def test_what_is_no_card_is_said_so_without_its_text(counter: Counter, text: str, code: str) -> None:
    counter.begin()
    counter.page.take_card(text)
    counter.until(lambda: counter.told != [])
    assert counter.told[-1].code == code
    assert text not in repr(counter.told)
    assert not any(counter.page.person.values().values())


def test_enter_goes_from_field_to_field_and_shift_tab_back(counter: Counter) -> None:
    counter.begin()
    typed = ["Lê Văn Thành", "038094012745", "17031994"]
    for text in typed:
        type_text(text)
        press(counter.page, Qt.Key.Key_Return)
    press(counter.page, Qt.Key.Key_Return)  # past the sex
    type_text("0912345678")
    press(counter.page, Qt.Key.Key_Return)
    type_text(FATHER.address)
    press(counter.page, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is counter.page.procedure.box
    assert counter.value(DraftField.FULL_NAME) == "Lê Văn Thành"
    assert counter.value(DraftField.BIRTH_DATE) == "17/03/1994"
    assert counter.value(DraftField.PHONE) == "0912345678"
    counter.until(lambda: counter.value(DraftField.UNIT_CODE) == "15889")
    counter.until(lambda: counter.kept(DraftField.ADDRESS) == FATHER.address)
    press(counter.page, Qt.Key.Key_Backtab)
    assert QApplication.focusWidget() is not counter.page.procedure.box


def test_typed_text_is_tidied_only_when_the_field_is_left(counter: Counter) -> None:
    """Vietnamese input methods correct what they typed; whoever changes the text under them garbles it."""
    counter.begin()
    decomposed = "Le\u0302  Va\u0306n"
    type_text(decomposed)
    assert counter.value(DraftField.FULL_NAME) == decomposed
    press(counter.page, Qt.Key.Key_Return)
    assert counter.value(DraftField.FULL_NAME) == "Lê Văn"


@pytest.mark.parametrize("typed", ["31/02/1994", "hôm qua", "17/03/1794"])
def test_a_date_that_cannot_be_is_marked_and_left_as_typed(counter: Counter, typed: str) -> None:
    counter.begin()
    counter.page.person.focus_on(DraftField.BIRTH_DATE)
    type_text(typed)
    press(counter.page, Qt.Key.Key_Return)
    assert counter.value(DraftField.BIRTH_DATE) == typed
    assert counter.page.person.fault(DraftField.BIRTH_DATE) != ""


def test_a_former_ward_that_was_divided_is_a_choice_for_the_clerk(counter: Counter) -> None:
    counter.begin()
    counter.page.person.focus_on(DraftField.ADDRESS)
    type_text(AMBIGUOUS)
    press(counter.page, Qt.Key.Key_Return)
    counter.until(counter.page.person.commune_choice.isVisible)
    assert counter.value(DraftField.UNIT_CODE) == ""
    counter.page.person.commune_choice.setFocus()
    press(counter.page, Qt.Key.Key_Down)
    counter.until(lambda: len(counter.value(DraftField.UNIT_CODE)) == 5)


def test_the_guard_refuses_with_the_law_in_its_hand(counter: Counter) -> None:
    counter.go_on_with(filled_in(counter.bench.session))
    counter.do(Qt.Key.Key_F4)
    type_text("Giấy xác nhận địa chỉ cũ và mới")
    press(counter.page, Qt.Key.Key_Return)
    counter.until(lambda: "Không được yêu cầu giấy tờ này." in counter.page.procedure.demand_answer)
    assert "61/2018/NĐ-CP" in counter.page.procedure.demand_answer
    press(counter.page, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is counter.page.procedure.requirements


def test_space_ticks_a_paper_that_was_seen_and_the_draft_knows(counter: Counter) -> None:
    counter.go_on_with(filled_in(counter.bench.session))
    view = counter.page.procedure.requirements
    view.setFocus()
    view.setCurrentIndex(view.requirements.index(0))
    press(counter.page, Qt.Key.Key_Space)
    assert view.requirements.index(0).data(STATE_ROLE) == "Đã xem"
    counter.until(lambda: counter.kept("requirement:1.001193/01") == "seen")
    press(counter.page, Qt.Key.Key_Space)
    counter.until(lambda: counter.kept("requirement:1.001193/01") == "")


def test_saving_an_empty_form_marks_what_is_missing_and_goes_there(counter: Counter) -> None:
    counter.begin()
    counter.do(Qt.Key.Key_F12)
    counter.until(lambda: counter.told != [])
    assert counter.told[-1].code == "form-incomplete"
    assert counter.page.person.fault(DraftField.FULL_NAME) == "cần điền"
    assert QApplication.focusWidget() is counter.page.person.field(DraftField.FULL_NAME)


def test_saving_without_the_papers_goes_to_the_first_one_missing(counter: Counter) -> None:
    counter.go_on_with(filled_in(counter.bench.session))
    counter.do(Qt.Key.Key_F12)
    counter.until(lambda: counter.told != [])
    assert counter.told[-1].code == "papers-missing"
    view = counter.page.procedure.requirements
    assert (view.hasFocus(), view.currentIndex().row()) == (True, 0)


def test_a_paper_that_nobody_asked_for_is_given_back_before_anything_is_signed_or_saved(counter: Counter) -> None:
    session = counter.bench.session
    dossier_id = ready(session)
    hand_in(session, dossier_id, PaperClass.LAND_USE_CERTIFICATE)
    counter.go_on_with(dossier_id)
    assert counter.places() == [Place.NEEDED, Place.NEEDED, Place.SURPLUS]
    counter.do(Qt.Key.Key_F12)
    assert counter.told[-1].happened == "Có giấy tờ mà thủ tục này không yêu cầu."
    counter.do(Qt.Key.Key_F8)
    assert counter.page.papers.papers.currentIndex().row() == 2
    press(counter.page, Qt.Key.Key_Delete)
    counter.until(lambda: counter.places() == [Place.NEEDED, Place.NEEDED])


def test_a_needed_paper_goes_only_when_the_clerk_insists(counter: Counter) -> None:
    counter.go_on_with(ready(counter.bench.session))
    view = counter.page.papers.papers
    view.setFocus()
    view.setCurrentIndex(view.papers.index(0))
    press(counter.page, Qt.Key.Key_Delete)
    assert counter.told[-1].happened == "Bỏ giấy tờ này khỏi hồ sơ?"
    assert len(counter.places()) == 2
    press(counter.page, Qt.Key.Key_Delete)
    counter.until(lambda: len(counter.places()) == 1)


def test_the_clerk_says_what_a_paper_is_that_the_program_does_not_know_and_it_learns_behind_her_back(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = counter.bench.session
    dossier_id = filled_in(session)
    paper = hand_in(session, dossier_id, PaperClass.UNKNOWN)
    has_time = threading.Event()
    learnt: list[str] = []

    def learn(_: DeskSession, paper_id: str) -> None:
        assert has_time.wait(20)
        learnt.append(paper_id)

    monkeypatch.setattr(counter.bench.devices, "learn_class", learn)
    counter.go_on_with(dossier_id)
    assert counter.places() == [Place.UNPLACED]
    view = counter.page.papers.papers
    view.setFocus()
    view.setCurrentIndex(view.papers.index(0))
    press(counter.page, Qt.Key.Key_Return)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    click(menu, Qt.Key.Key_Down)
    click(menu, Qt.Key.Key_Return)
    counter.until(lambda: counter.places() == [Place.NEEDED])
    assert view.papers.index(0).data() == "Giấy chứng sinh"
    assert learnt == []
    has_time.set()
    counter.until(lambda: learnt == [paper.paper_id])
    assert counter.told == []


def test_unsigned_papers_are_received_only_when_the_clerk_insists(counter: Counter) -> None:
    counter.go_on_with(ready(counter.bench.session))
    received: list[Received] = []
    counter.page.received.connect(received.append)
    counter.do(Qt.Key.Key_F12)
    assert counter.told[-1].happened == "Còn 2 giấy tờ chưa ký số."
    counter.do(Qt.Key.Key_F12)
    counter.until(lambda: received != [])
    assert received[0].dossier.code.startswith("H56.15-")
    assert latest_draft(counter.bench.session) is None


def test_no_token_is_a_sentence_and_the_form_goes_on(counter: Counter) -> None:
    counter.go_on_with(ready(counter.bench.session))
    counter.do(Qt.Key.Key_F8)
    counter.until(lambda: counter.told != [])
    assert counter.told[-1].code == "no-token"
    counter.until(lambda: not counter.page.is_busy)
    assert counter.page.keys()[Qt.Key.Key_F8].is_enabled


def test_what_is_typed_before_the_draft_is_there_goes_into_it(counter: Counter) -> None:
    """The queue does not wait for a database; F2 and the first letter come in one breath."""
    counter.page.begin_new()
    assert counter.page.dossier_id == ""
    type_text("Lê")
    counter.until(lambda: counter.page.dossier_id != "")
    type_text(" Văn")
    assert counter.value(DraftField.FULL_NAME) == "Lê Văn"
    counter.until(lambda: counter.kept(DraftField.FULL_NAME) == "Lê Văn")


def test_esc_before_the_draft_is_there_leaves_no_trace(counter: Counter, lanes: Lanes) -> None:
    counter.page.begin_new()
    counter.page.escape()
    counter.until(lambda: lanes.is_idle)
    assert list_drafts(counter.bench.session) == ()
    assert counter.page.dossier_id == ""


def test_pictures_are_there_again_when_a_draft_is_opened_once_more(counter: Counter) -> None:
    session = counter.bench.session
    dossier_id = filled_in(session)
    scan_page(session, dossier_id, hand_in(session, dossier_id, PaperClass.BIRTH_PROOF).paper_id)
    for _ in range(2):
        counter.go_on_with(dossier_id)
        (entry,) = counter.page.papers.papers.papers.entries
        assert entry.picture is not None
        counter.page.leave()


def test_leaving_keeps_the_draft_and_an_empty_one_leaves_no_trace(counter: Counter) -> None:
    counter.begin()
    counter.page.escape()
    counter.until(lambda: list_drafts(counter.bench.session) == ())
    counter.begin()
    type_text("Lê Văn Thành")
    counter.page.escape()
    counter.until(lambda: [row.applicant_name for row in list_drafts(counter.bench.session)] == ["Lê Văn Thành"])
    counter.until(lambda: not list_drafts(counter.bench.session)[0].was_on_screen)


def test_a_form_that_was_left_comes_back_as_it_was(counter: Counter) -> None:
    dossier_id = ready(counter.bench.session)
    counter.go_on_with(dossier_id)
    before = counter.page.person.values()
    counter.page.leave()
    counter.begin()
    assert counter.value(DraftField.FULL_NAME) == ""
    assert counter.places() == []
    counter.go_on_with(dossier_id)
    assert counter.page.person.values() == before
    assert counter.page.procedure.box.text() == "Thủ tục đăng ký khai sinh"
    assert counter.places() == [Place.NEEDED, Place.NEEDED]
