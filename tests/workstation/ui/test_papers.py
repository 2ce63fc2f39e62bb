# SPDX-License-Identifier: GPL-3.0-or-later
"""Scanner and token at the window: real SANE, real reading, real SoftHSM."""

from __future__ import annotations

import dataclasses
import datetime as dt
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication, QCheckBox, QLineEdit
from pytestqt.qtbot import QtBot

from casework.records.paper import PaperClass
from demo.counter_scanner import CounterScanner, counter_scanner, sheets_for_feeder
from demo.escl_scanner import Fault, FaultKind
from demo.sample_papers import SAMPLE_PAPERS
from demo.soft_token import SoftToken, create_soft_token
from tests.workstation.desk.counter import filled_in, hand_in, one_page_pdf
from tests.workstation.ui.rooms import Heart, press, put_on_screen, type_text
from workstation.desk.counter_devices import CounterDevices
from workstation.desk.desk_settings import DeskSettings
from workstation.desk.keep_draft import open_draft
from workstation.desk.signing_sitting import CertificateChoice, PinState, open_sitting
from workstation.ui.bench import Bench
from workstation.ui.notice import Notice
from workstation.ui.paper_model import PageEntry, PaperEntry
from workstation.ui.pin_dialog import PinDialog
from workstation.ui.reception_page import ReceptionPage
from workstation.ui.tone import Tone


@pytest.fixture
def scanner(tmp_path: Path) -> Iterator[CounterScanner]:
    place = tmp_path / "sane"
    place.mkdir()
    with counter_scanner(place) as scanner:
        yield scanner


@pytest.fixture(scope="session")
def token(tmp_path_factory: pytest.TempPathFactory) -> SoftToken:
    return create_soft_token(tmp_path_factory.mktemp("token") / "hsm", now=dt.datetime.now(dt.UTC))


@pytest.fixture
def settings(scanner: CounterScanner, token: SoftToken) -> DeskSettings:
    return DeskSettings(
        signing_modules=token.allow_list.modules,
        scanner_environment=scanner.environment,
        signer_environment=token.environment,
    )


class Counter:
    def __init__(self, bench: Bench, settings: DeskSettings, qtbot: QtBot) -> None:
        self.bench, self.qtbot = bench, qtbot
        self.page = ReceptionPage(bench, lambda: open_sitting(settings, list, dt.datetime.now(dt.UTC)))
        self.told: list[Notice] = []
        bench.noticed.connect(self.told.append)
        put_on_screen(self.page, bench, qtbot)

    def until(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=40_000)

    def go_on_with(self, dossier_id: str) -> None:
        self.page.continue_with(dossier_id)
        self.until(lambda: self.page.dossier_id == dossier_id)

    def do(self, key: Qt.Key) -> None:
        action = self.page.keys()[key]
        assert action.is_enabled
        action.do()

    @property
    def titles(self) -> list[str]:
        papers = self.page.papers.papers.papers
        return [papers.index(row).data() for row in range(papers.rowCount())]

    @property
    def loose_pages(self) -> int:
        return sum(isinstance(entry, PageEntry) for entry in self.page.papers.papers.papers.entries)

    @property
    def signed(self) -> list[str]:
        entries = self.page.papers.papers.papers.entries
        return [entry.paper.signature_level for entry in entries if isinstance(entry, PaperEntry)]

    def pin_dialog(self) -> PinDialog:
        self.until(lambda: isinstance(QApplication.activeModalWidget(), PinDialog))
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, PinDialog)
        return dialog

    def enter_pin(self, pin: str) -> None:
        dialog = self.pin_dialog()
        dialog.findChildren(QLineEdit)[0].setFocus()
        type_text(pin)
        press(dialog, Qt.Key.Key_Return)


@pytest.fixture
def counter(bench: Bench, settings: DeskSettings, qtbot: QtBot) -> Counter:
    return Counter(bench, settings, qtbot)


def test_pages_stay_on_the_screen_when_the_scanner_goes_away_in_the_middle(
    counter: Counter, scanner: CounterScanner
) -> None:
    scanner.machine.load_feeder(sheets_for_feeder(list(SAMPLE_PAPERS.values())[:3]))
    scanner.machine.order_fault(Fault(FaultKind.CONNECTION_CUT, after_pages=2))
    counter.go_on_with(filled_in(counter.bench.session))
    counter.do(Qt.Key.Key_F5)
    counter.until(lambda: counter.loose_pages == 1)  # the picture is there while the rest still comes
    assert counter.titles[0].startswith("Trang 1")
    counter.until(lambda: not counter.page.is_busy)
    both = ["Tờ khai đăng ký khai sinh", "Giấy chứng sinh"]
    # The driver may drop the second one, if it was still reading ahead when the cable was cut.
    counter.until(lambda: counter.titles in (both, both[:1]))
    assert counter.told[-1].happened.endswith("các trang đã quét được giữ lại.")
    assert counter.page.keys()[Qt.Key.Key_F5].is_enabled


def test_esc_stops_the_scanner_and_keeps_what_arrived(counter: Counter, scanner: CounterScanner) -> None:
    scanner.machine.load_feeder(sheets_for_feeder(list(SAMPLE_PAPERS.values())))
    counter.go_on_with(filled_in(counter.bench.session))
    counter.do(Qt.Key.Key_F5)
    counter.until(lambda: counter.loose_pages >= 1)
    counter.page.escape()
    counter.until(lambda: not counter.page.is_busy)
    counter.until(lambda: counter.loose_pages == 0)
    kept = open_draft(counter.bench.session, counter.page.dossier_id)
    assert 1 <= len(kept.pages) < len(SAMPLE_PAPERS)
    assert len(counter.titles) == len(kept.papers) >= 1
    assert counter.told[-1].tone is Tone.PLAIN
    assert counter.page.dossier_id != ""


def test_an_empty_feeder_is_a_sentence(counter: Counter) -> None:
    counter.go_on_with(filled_in(counter.bench.session))
    counter.do(Qt.Key.Key_F5)
    counter.until(lambda: counter.told != [])
    assert (counter.told[-1].code, counter.told[-1].next_step) == ("feeder-empty", "Đặt giấy vào khay rồi bấm F5.")


def draft_with_papers(counter: Counter) -> str:
    session = counter.bench.session
    dossier_id = filled_in(session)
    for paper_class in (PaperClass.BIRTH_REGISTRATION_DECLARATION, PaperClass.BIRTH_PROOF):
        hand_in(session, dossier_id, paper_class, pdf=one_page_pdf(paper_class.value))
    return dossier_id


def test_one_pin_signs_every_paper_and_the_dialog_says_whose_it_is(counter: Counter, token: SoftToken) -> None:
    counter.go_on_with(draft_with_papers(counter))
    counter.do(Qt.Key.Key_F8)
    dialog = counter.pin_dialog()
    assert "Nguyễn Thị Ngọc Ánh" in dialog.words
    assert dialog.choice.serial_number in dialog.words
    assert "Mã PIN chỉ được thử một lần." in dialog.words
    counter.enter_pin(token.pin)
    counter.until(lambda: not counter.page.is_busy and counter.signed == ["B-B", "B-B"])
    assert not counter.page.keys()[Qt.Key.Key_F8].is_enabled


def test_a_wrong_pin_is_tried_once_and_told_and_the_token_warns_the_next_time(
    counter: Counter, token: SoftToken
) -> None:
    counter.go_on_with(draft_with_papers(counter))
    counter.do(Qt.Key.Key_F8)
    counter.enter_pin("000000")
    counter.until(lambda: not counter.page.is_busy)
    assert [notice.code for notice in counter.told] == ["wrong-pin"]
    assert counter.signed == ["", ""]
    counter.do(Qt.Key.Key_F8)
    dialog = counter.pin_dialog()
    assert dialog.choice.pin_state is PinState.LOW  # one try was used, and one only
    assert "Đã có lần nhập sai mã PIN." in dialog.words
    counter.enter_pin(token.pin)
    counter.until(lambda: not counter.page.is_busy and counter.signed == ["B-B", "B-B"])


def test_the_window_stays_alive_while_pages_are_scanned_read_and_signed(
    bench: Bench,
    settings: DeskSettings,
    token: SoftToken,
    scanner_program: Callable[[int], Mapping[str, str]],
    qtbot: QtBot,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The scanner draws its pages in a program of its own, so that what is measured is the window."""
    settings = dataclasses.replace(settings, scanner_environment=scanner_program(2))
    bench.devices = CounterDevices(settings)
    counter = Counter(bench, settings, qtbot)
    counter.go_on_with(filled_in(bench.session))
    heart = Heart()
    heart.beat_from_now()
    counter.do(Qt.Key.Key_F5)
    counter.until(lambda: not counter.page.is_busy and counter.signed == ["", ""])
    scanning = heart.longest_gap
    heart.beat_from_now()
    counter.do(Qt.Key.Key_F8)
    counter.enter_pin(token.pin)
    counter.until(lambda: not counter.page.is_busy and counter.signed == ["B-B", "B-B"])
    signing = heart.longest_gap
    machine = heart.stop()
    bench.devices.close()
    with capsys.disabled():
        sys.stdout.write(
            f"\n  longest gap of the window: {scanning * 1000:.0f} ms scanning, {signing * 1000:.0f} ms signing;"
            f" of the machine: {machine * 1000:.0f} ms\n"
        )
    assert max(scanning, signing) < 0.25 + 2 * machine


def test_thinking_better_of_it_signs_nothing(counter: Counter) -> None:
    counter.go_on_with(draft_with_papers(counter))
    counter.do(Qt.Key.Key_F8)
    press(counter.pin_dialog(), Qt.Key.Key_Escape)
    counter.until(lambda: not counter.page.is_busy)
    assert counter.told == []
    assert counter.signed == ["", ""]


CHOICE = CertificateChoice(
    token_label="Chữ ký số mẫu",
    token_serial="1",
    pin_state=PinState.OK,
    holder="Nguyễn Thị Ngọc Ánh",
    organisation="",
    serial_number="AB12",
    not_after=dt.datetime(2028, 1, 1, tzinfo=dt.UTC),
    certificate_sha256="0" * 64,
)


def test_the_last_try_is_used_only_by_somebody_who_says_so(counter: Counter) -> None:
    dialog = PinDialog([dataclasses.replace(CHOICE, pin_state=PinState.FINAL_TRY)], 2, counter.page)
    counter.qtbot.addWidget(dialog)
    pin = dialog.findChildren(QLineEdit)[0]
    pin.setText("123456")
    could_sign = dialog.can_sign
    dialog.findChildren(QCheckBox)[0].setChecked(True)
    assert (could_sign, dialog.can_sign) == (False, True)
    assert dialog.allows_final_try
    assert dialog.take_pin() == b"123456"
    assert pin.text() == ""


def test_a_locked_token_takes_no_pin(counter: Counter) -> None:
    dialog = PinDialog([dataclasses.replace(CHOICE, pin_state=PinState.LOCKED)], 2, counter.page)
    counter.qtbot.addWidget(dialog)
    assert not dialog.findChildren(QLineEdit)[0].isEnabled()
    assert "Thiết bị này đã bị khóa." in dialog.words
    assert not dialog.can_sign
