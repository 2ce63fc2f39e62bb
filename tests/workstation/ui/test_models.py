# SPDX-License-Identifier: GPL-3.0-or-later
"""The models behind the lists: Qt's own rules, and what each row says."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QImage

from casework.records.dossier import Dossier, DossierState, PortalState
from casework.records.paper import Page, Paper, PaperClass, PaperForm
from casework.records.procedure import Channel
from casework.records.workplace import Clerk, Role
from scanning.page_reading import Advice
from tests.workstation.desk.counter import BIRTH_REGISTRATION
from tests.workstation.ui.rooms import check_model
from workstation.desk.find_procedure import find_procedures, lay_out_procedure
from workstation.desk.list_clerks import ClerkRow
from workstation.desk.list_dossiers import DossierRow
from workstation.desk.list_drafts import DraftRow
from workstation.desk.search_dossiers import FoundIn, SearchHit, Snippet
from workstation.desk.session import DeskSession
from workstation.ui.clerk_model import ClerkColumn, ClerkModel
from workstation.ui.dossier_model import SNIPPET_ROLE, SORT_ROLE, TONE_ROLE, Column, DossierModel
from workstation.ui.paper_model import CAPTION_ROLE, CHIPS_ROLE, PaperEntry, PaperModel, Place
from workstation.ui.procedure_box import SuggestionModel
from workstation.ui.requirement_list import DETAIL_ROLE, STATE_ROLE, RequirementModel
from workstation.ui.snippet import pieces
from workstation.ui.tone import Tone
from workstation.ui.words import advice_step, advice_words

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester

NOW = dt.datetime(2026, 11, 23, 3, 0, tzinfo=dt.UTC)

DOSSIER = Dossier(
    dossier_id="d1",
    code="H56.15-261123-0601",
    procedure_code=BIRTH_REGISTRATION,
    procedure_name="Đăng ký khai sinh",
    catalogue_version="v",
    state=DossierState.RECEIVED,
    portal_state=PortalState.ACCEPTED,
    channel=Channel.COUNTER,
    applicant_id="p1",
    submitter_id="p1",
    received_at=NOW,
    due_at=NOW + dt.timedelta(days=3, hours=7),
    time_limit_text="1 ngày làm việc",
    fee_amount=0,
    sets=1,
    received_by="c1",
    unit_code="H56.15",
)
DRAFT = DraftRow("d2", "", "", 2, NOW, was_on_screen=False)


def test_the_day_on_which_somebody_left_is_the_day_in_viet_nam() -> None:
    left = dt.datetime(2026, 11, 23, 18, 0, tzinfo=dt.UTC)
    model = ClerkModel()
    model.show_rows([ClerkRow(Clerk("c1", "hoa", "Trịnh Thị Hoa", frozenset({Role.CLERK}), left), 0)])
    assert model.index(0, ClerkColumn.ROLES).data().endswith("24/11/2026")


def paper(paper_class: PaperClass, position: int = 0, **changes: object) -> Paper:
    made = Paper(f"p{position}", "d1", position, paper_class.value, paper_class, 0.97, PaperForm.ORIGINAL, 1)
    return dataclasses.replace(made, **changes)  # type: ignore[arg-type]  # fields by name


def page(page_id: str, paper_id: str | None = None, *, is_blank: bool = False, advice: tuple[str, ...] = ()) -> Page:
    made = Page(page_id, "d1", 0, "o1", 2480, 3508, 300, is_blank=is_blank, confidence=0.91, paper_id=paper_id)
    return dataclasses.replace(made, advice=advice)


def words(model: DossierModel, row: int) -> list[str]:
    return [model.index(row, column).data() for column in Column]


def test_the_list_keeps_qt_s_rules(qtmodeltester: ModelTester) -> None:
    model = DossierModel()
    model.show_rows([DRAFT, DossierRow(DOSSIER, "Lê Văn Thành", 3, 4)], NOW)
    check_model(qtmodeltester, model)


def test_a_dossier_says_what_the_counter_asks_for() -> None:
    model = DossierModel()
    model.show_rows([DossierRow(DOSSIER, "Lê Văn Thành", 3, 4)], NOW)
    assert words(model, 0) == [
        "H56.15-261123-0601",
        "Lê Văn Thành",
        "Đăng ký khai sinh",
        "10:00",
        "17:00 · 26/11/2026",
        "3 · 4 trang",
        "Cổng đã nhận",
    ]
    assert model.index(0, Column.PORTAL).data(TONE_ROLE) is Tone.GOOD
    assert model.index(0, Column.DUE).data(SORT_ROLE) == DOSSIER.due_at.timestamp()


def test_what_was_found_on_a_page_says_where(qtmodeltester: ModelTester) -> None:
    model = DossierModel()
    row = DossierRow(DOSSIER, "Lê Văn Thành", 3, 4)
    snippet = Snippet("… bệnh viện Hoằng Hóa …", ((2, 6),))
    hits = [SearchHit(row, FoundIn.PAGE, snippet), SearchHit(row, FoundIn.NAME, Snippet("Lê Văn Thành", ((0, 2),)))]
    model.show_rows(hits, NOW)
    check_model(qtmodeltester, model)
    assert words(model, 0)[:2] == ["H56.15-261123-0601", "Lê Văn Thành"]
    assert [model.index(row, Column.PROCEDURE).data(SNIPPET_ROLE) for row in range(2)] == [snippet, None]
    assert model.index_of("d1").row() == 0
    assert list(pieces(snippet)) == [("… ", False), ("bệnh", True), (" viện Hoằng Hóa …", False)]


def test_a_draft_stands_in_the_same_list_and_says_that_it_is_not_finished() -> None:
    model = DossierModel()
    model.show_rows([DRAFT], NOW)
    assert words(model, 0) == ["–", "(chưa có tên)", "(chưa chọn thủ tục)", "10:00", "", "2 trang", "Hồ sơ nháp"]
    assert model.index_of("d2").row() == 0
    assert not model.index_of("d1").isValid()


def test_the_check_list_keeps_qt_s_rules_and_says_how_each_paper_stands(
    session: DeskSession, qtmodeltester: ModelTester
) -> None:
    model = RequirementModel()
    handed_in = [paper(PaperClass.BIRTH_PROOF)]
    model.show_sheet(lay_out_procedure(session, BIRTH_REGISTRATION, handed_in))
    check_model(qtmodeltester, model)
    states = {model.index(row).data(): model.index(row).data(STATE_ROLE) for row in range(model.rowCount())}
    assert states["Tờ khai đăng ký khai sinh"] == "Còn thiếu"
    assert states["Giấy chứng sinh"] == "Đã có"
    assert states["Giấy tờ tùy thân"] == "Xuất trình"
    assert model.first_missing().data() == "Tờ khai đăng ký khai sinh"


def test_a_paper_that_was_seen_is_missing_no_more_and_stays_so_when_others_arrive(session: DeskSession) -> None:
    model = RequirementModel()
    model.show_sheet(lay_out_procedure(session, BIRTH_REGISTRATION))
    model.set_seen(model.first_missing(), seen=True)
    assert model.index(0).data(STATE_ROLE) == "Đã xem"
    assert model.first_missing().data() == "Giấy chứng sinh"
    model.set_seen(model.index(0), seen=False)
    assert model.index(0).data(STATE_ROLE) == "Còn thiếu"


def test_the_law_s_own_words_are_there_to_be_read(session: DeskSession) -> None:
    model = RequirementModel()
    model.show_sheet(lay_out_procedure(session, BIRTH_REGISTRATION))
    assert "theo mẫu" in model.index(0).data(DETAIL_ROLE)
    assert "xuất trình rồi trả lại" in model.index(2).data(DETAIL_ROLE)


def test_papers_keep_qt_s_rules_and_say_what_they_are_to_the_procedure(
    session: DeskSession, qtmodeltester: ModelTester
) -> None:
    handed_in = [
        paper(PaperClass.BIRTH_PROOF, 0, signature_level="B-B"),
        paper(PaperClass.LAND_USE_CERTIFICATE, 1),
        paper(PaperClass.UNKNOWN, 2),
    ]
    pages = [page("a", "p0"), page("b", "p1", is_blank=True), page("c", "p2"), page("d")]
    model = PaperModel()
    model.show_draft(pages, handed_in, lay_out_procedure(session, BIRTH_REGISTRATION, handed_in), {"a": QImage()})
    check_model(qtmodeltester, model)
    chips = [[text for text, _ in model.index(row).data(CHIPS_ROLE)] for row in range(model.rowCount())]
    assert chips == [
        ["Đã ký số", "Khớp: Giấy chứng sinh"],
        ["Không cần nộp – trả lại dân", "1 trang trắng"],
        ["Chưa rõ là giấy gì"],
        [],
    ]
    assert [entry.place for entry in model.entries if isinstance(entry, PaperEntry)] == [
        Place.NEEDED,
        Place.SURPLUS,
        Place.UNPLACED,
    ]
    assert model.first_misplaced().row() == 1


def test_a_page_shows_its_picture_first_and_its_title_when_it_was_read() -> None:
    model = PaperModel()
    model.add_page(page("a"), QImage(4, 4, QImage.Format.Format_RGB32))
    assert (model.index(0).data(), model.index(0).data(CAPTION_ROLE)) == ("Trang 1", "đang đọc …")
    model.page_read(page("a", is_blank=True), "Giấy chứng sinh", None)
    assert model.index(0).data() == "Trang 1: Giấy chứng sinh"
    assert model.index(0).data(CAPTION_ROLE) == "đọc được, độ tin cậy 91 %"
    assert model.index(0).data(CHIPS_ROLE) == (("Trang trắng", Tone.WARN),)
    assert not model.entries[0].picture.isNull()  # type: ignore[union-attr]  # it had one before it was read


def test_a_page_says_what_its_title_says_while_it_is_being_read() -> None:
    model = PaperModel()
    model.add_page(page("a"), QImage(4, 4, QImage.Format.Format_RGB32))
    model.page_glanced(page("a"), "Giấy chứng sinh")
    assert (model.index(0).data(), model.index(0).data(CAPTION_ROLE)) == ("Trang 1: Giấy chứng sinh", "đang đọc …")
    model.page_read(page("a"), "Trích lục hộ tịch", None)
    model.page_glanced(page("a"), "Giấy chứng sinh")  # too late to be of use
    assert model.index(0).data() == "Trang 1: Trích lục hộ tịch"
    assert model.index(0).data(CAPTION_ROLE) == "đọc được, độ tin cậy 91 %"


def test_what_was_glanced_at_and_read_stays_when_the_draft_is_shown_anew() -> None:
    model = PaperModel()
    for page_id in ("a", "b"):
        model.add_page(page(page_id), QImage())
    model.page_glanced(page("a"), "Giấy chứng sinh")
    model.page_read(page("b", advice=("too-dark",)), "Di chúc", None)
    model.show_draft([page("a"), page("b", advice=("too-dark",))], [], None, {})
    assert [model.index(row).data() for row in range(2)] == ["Trang 1: Giấy chứng sinh", "Trang 1: Di chúc"]
    assert [model.index(row).data(CAPTION_ROLE) for row in range(2)] == ["đang đọc …", "đọc được, độ tin cậy 91 %"]
    assert [model.index(row).data(CHIPS_ROLE) for row in range(2)] == [(), (("Quét lại: quá tối", Tone.BAD),)]


def test_a_bad_page_says_why_to_scan_it_again() -> None:
    model = PaperModel()
    model.add_page(page("a"), QImage())
    model.page_read(page("a", advice=("blurred", "cut-off")), "Di chúc", None)
    assert model.index(0).data(CHIPS_ROLE) == (("Quét lại: mờ", Tone.BAD), ("cụt mép", Tone.BAD))
    assert model.index(0).data(Qt.ItemDataRole.AccessibleTextRole).endswith("Quét lại: mờ, cụt mép")


def test_a_paper_says_which_of_its_pages_to_scan_again_before_anything_else(
    session: DeskSession, qtmodeltester: ModelTester
) -> None:
    handed_in = [paper(PaperClass.BIRTH_PROOF, 0, page_count=3), paper(PaperClass.UNKNOWN, 1)]
    pages = [
        page("a", "p0"),
        page("b", "p0", advice=("too-pale",)),
        page("c", "p0", advice=("too-pale", "low-resolution")),
        page("d", "p1", advice=("too-dark",)),
    ]
    model = PaperModel()
    model.show_draft(pages, handed_in, lay_out_procedure(session, BIRTH_REGISTRATION, handed_in), {})
    check_model(qtmodeltester, model)
    chips = [[text for text, _ in model.index(row).data(CHIPS_ROLE)] for row in range(model.rowCount())]
    assert chips == [
        ["Quét lại trang 2, 3: quá nhạt", "nét thô", "Khớp: Giấy chứng sinh"],
        ["Quét lại: quá tối", "Chưa rõ là giấy gì"],
    ]


def test_every_reason_to_scan_again_has_words_and_a_next_step_of_its_own() -> None:
    for words_of in (advice_words, advice_step):
        assert len({words_of(advice.value) for advice in Advice}) == len(Advice)
    assert all("F5" in advice_step(advice.value) for advice in Advice)


@pytest.mark.parametrize(
    ("confidence", "words"),
    [(0.995, "nhận dạng 99 %"), (0.9999, "nhận dạng 99 %"), (0.29, "nhận dạng 29 %"), (1.0, "cán bộ xác định")],
)
def test_what_was_guessed_is_never_certain(confidence: float, words: str) -> None:
    model = PaperModel()
    model.show_draft([], [paper(PaperClass.BIRTH_PROOF, confidence=confidence)], None, {})
    assert model.index(0).data(CAPTION_ROLE).split(" · ")[-1] == words


def test_a_page_is_never_read_with_certainty() -> None:
    model = PaperModel()
    model.add_page(page("a"), QImage())
    model.page_read(dataclasses.replace(page("a"), confidence=1.0), "", None)
    assert model.index(0).data(CAPTION_ROLE) == "đọc được, độ tin cậy 99 %"


def test_suggestions_keep_qt_s_rules(session: DeskSession, qtmodeltester: ModelTester) -> None:
    model = SuggestionModel()
    model.show_procedures(find_procedures(session, "khai sinh"))
    check_model(qtmodeltester, model)
    assert model.index(0).data() == "Thủ tục đăng ký khai sinh"


@pytest.mark.parametrize("role", [Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole])
def test_every_row_says_something_to_a_screen_reader(session: DeskSession, role: Qt.ItemDataRole) -> None:
    requirements = RequirementModel()
    requirements.show_sheet(lay_out_procedure(session, BIRTH_REGISTRATION))
    assert all(requirements.index(row).data(role) for row in range(requirements.rowCount()))
