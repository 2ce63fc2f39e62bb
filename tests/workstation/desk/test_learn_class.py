# SPDX-License-Identifier: GPL-3.0-or-later
"""A clerk says what a paper is; the desk knows the next one like it, also after a restart, and never makes her wait."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Iterator
from concurrent.futures import CancelledError
from typing import cast

import pytest

from casework.errors import KnownError
from casework.records.paper import Page, Paper, PaperClass
from casework.records.procedure import Requirement
from localdb import class_corrections, objects, pages, papers
from scanning.classify.corrections import Corrections
from scanning.classify.model_file import shipped_version
from scanning.classify.paper_class import PaperClass as ReadClass
from scanning.errors import ScanningError
from scanning.ocr.text import PageText
from scanning.page_image import ColorMode, PageImage
from scanning.reader import PageReader
from scanning.reading.wire import ReadRequest
from tests.workstation.desk.counter import BIRTH_REGISTRATION, empty_sheet, filled_in, hand_in, jpeg, trail
from workstation.desk.assign_paper import assign_paper
from workstation.desk.counter_devices import CounterDevices
from workstation.desk.desk_settings import DeskSettings
from workstation.desk.find_procedure import lay_out_procedure
from workstation.desk.learn_class import known_corrections, laid_out, learn_class
from workstation.desk.session import DeskSession

SLIP = """ỦY BAN NHÂN DÂN XÃ HOẰNG PHÚ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
PHIẾU ĐĂNG KÝ NHẬN KẾT QUẢ HỘ TỊCH TẠI NHÀ
Họ, chữ đệm, tên người yêu cầu: {name}
Ngày, tháng, năm sinh: {born}
Số định danh cá nhân: {number}
Nơi cư trú: {place}
Số điện thoại liên hệ: 0912345678
Loại kết quả đề nghị nhận tại nhà: bản sao
Quan hệ với người yêu cầu: con
Địa chỉ nhận: {place}
Thời gian nhận thuận tiện: buổi chiều
Phí chuyển phát: 25.000 đồng"""
HIS = SLIP.format(name="LÊ VĂN THÀNH", born="17/03/1994", number="038094012745", place="Thôn Trung Hậu")
HERS = SLIP.format(name="PHẠM THỊ HOA", born="02/09/1988", number="038188004521", place="Xóm Đông, xã Hoằng Lộc")


@pytest.fixture
def fresh(reader: PageReader) -> Iterator[PageReader]:
    """The readers of all tests, which were taught nothing before this one and know nothing after it."""
    reader.know(b"")
    yield reader
    reader.know(b"")


def requirement(session: DeskSession, *classes: PaperClass) -> Requirement:
    """A requirement that papers of these classes satisfy."""
    first = lay_out_procedure(session, BIRTH_REGISTRATION).items[0].requirement
    return dataclasses.replace(first, paper_classes=classes)


def slip(session: DeskSession, dossier_id: str, *texts: str) -> Paper:
    """A paper that nobody knows, of pages with these texts."""
    paper = hand_in(session, dossier_id, PaperClass.UNKNOWN)
    content = jpeg(empty_sheet(50), 50)
    stored = session.store.objects.write(content, "image/jpeg", session.random_bytes)
    with session.store.transaction() as connection:
        objects.record(connection, stored)
        for position, text in enumerate(texts):
            page = Page(session.new_identifier(), dossier_id, position, stored.object_id, 413, 585, 50)
            pages.add(connection, dataclasses.replace(page, text=text, paper_id=paper.paper_id))
    return paper


def settled(session: DeskSession, *texts: str) -> str:
    """A slip of which the clerk said that it is a request for copies: its identity."""
    dossier_id = filled_in(session)
    paper = slip(session, dossier_id, *texts)
    wanted = requirement(session, PaperClass.CIVIL_STATUS_COPY_REQUEST)
    assert assign_paper(session, dossier_id, paper.paper_id, wanted).is_correction
    return paper.paper_id


def class_of(reader: PageReader, text: str) -> str:
    picture = empty_sheet(50).convert("L")
    page = PageImage(jpeg(picture, 50), picture.width, picture.height, 50, ColorMode.GRAY)
    return reader.submit_request(ReadRequest(page, text=laid_out(text))).result().guess.paper_class.value


def taught(session: DeskSession) -> int:
    content = known_corrections(session.store)
    return len(Corrections.from_bytes(content)) if content else 0


@pytest.mark.parametrize(
    ("before", "classes", "after", "is_correction"),
    [
        (PaperClass.UNKNOWN, (PaperClass.WILL,), PaperClass.WILL, True),
        (PaperClass.BIRTH_PROOF, (PaperClass.WILL,), PaperClass.WILL, True),
        (PaperClass.WILL, (PaperClass.WILL,), PaperClass.WILL, False),
        (PaperClass.IDENTITY_CARD_FRONT, (PaperClass.IDENTITY_CARD,), PaperClass.IDENTITY_CARD, False),
        (PaperClass.UNKNOWN, (PaperClass.WILL, PaperClass.POWER_OF_ATTORNEY), PaperClass.UNKNOWN, False),
        (PaperClass.BIRTH_PROOF, (), PaperClass.BIRTH_PROOF, False),
    ],
)
def test_a_paper_is_of_the_only_class_that_satisfies_what_it_was_put_to(
    session: DeskSession,
    before: PaperClass,
    classes: tuple[PaperClass, ...],
    after: PaperClass,
    is_correction: bool,
) -> None:
    dossier_id = filled_in(session)
    paper = hand_in(session, dossier_id, before)
    assigned = assign_paper(session, dossier_id, paper.paper_id, requirement(session, *classes))
    assert assigned.is_correction is is_correction
    assert assigned.changes.drafts == {dossier_id}
    with session.store.reading() as connection:
        assert papers.get(connection, paper.paper_id).paper_class is after
    assert len(trail(session, "paper.assigned")) == 1


def test_what_was_corrected_is_known_the_next_time_and_after_a_restart(session: DeskSession, fresh: PageReader) -> None:
    paper_id = settled(session, "", HIS, "another page")
    assert class_of(fresh, HERS) != "civil-status-copy-request"
    learn_class(session, fresh, paper_id)
    assert class_of(fresh, HERS) == "civil-status-copy-request"
    assert class_of(fresh, HIS) == "civil-status-copy-request"
    assert taught(session) == 1
    with PageReader(workers=1, corrections=known_corrections(session.store)) as reader:
        assert class_of(reader, HERS) == "civil-status-copy-request"


def test_nothing_of_the_person_is_kept(session: DeskSession, fresh: PageReader) -> None:
    learn_class(session, fresh, settled(session, HIS))
    first = known_corrections(session.store)
    fresh.know(b"")
    learn_class(session, fresh, settled(session, HERS))
    assert Corrections.from_bytes(known_corrections(session.store)) == Corrections.from_bytes(first)


def test_a_paper_without_print_teaches_nothing(session: DeskSession) -> None:
    learn_class(session, cast("PageReader", None), settled(session, "", " \n"))
    assert taught(session) == 0


def test_the_readers_of_the_counter_know_what_was_taught_before(session: DeskSession, fresh: PageReader) -> None:
    learn_class(session, fresh, settled(session, HIS))
    devices = CounterDevices(DeskSettings())
    try:
        devices.learn_class(session, settled(session, "SỔ HỘ KHẨU\n" + SLIP.replace("{", "").replace("}", "")))
        assert taught(session) == 2
    finally:
        devices.close()


class BrokenReader:
    """Learns nothing, for a reason."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def know(self, corrections: bytes) -> None:
        pass

    def learn(self, text: PageText, paper_class: object) -> bytes:
        raise self._error

    def close(self) -> None:
        pass


@pytest.mark.expects_log("workstation.desk.counter_devices")
@pytest.mark.parametrize("error", [ScanningError("reading-unavailable"), KnownError("disk-full")], ids=repr)
def test_what_keeps_the_desk_from_learning_is_nobodys_trouble(
    session: DeskSession, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    monkeypatch.setattr("workstation.desk.counter_devices.PageReader", lambda **_: BrokenReader(error))
    CounterDevices(DeskSettings()).learn_class(session, settled(session, HIS))
    assert taught(session) == 0


def test_readers_that_are_closed_meanwhile_learn_nothing(session: DeskSession) -> None:
    paper_id = settled(session, HIS)
    closed = PageReader(workers=1)
    closed.close()
    with pytest.raises(CancelledError):
        learn_class(session, closed, paper_id)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("workstation.desk.counter_devices.PageReader", lambda **_: BrokenReader(CancelledError()))
        CounterDevices(DeskSettings()).learn_class(session, paper_id)
    assert taught(session) == 0


@pytest.mark.expects_log("workstation.desk.counter_devices")
def test_a_paper_that_was_given_back_meanwhile_teaches_nothing(session: DeskSession) -> None:
    devices = CounterDevices(DeskSettings())
    devices.learn_class(session, "no such paper")
    devices.close()


def test_corrections_of_another_model_are_left_aside_by_the_readers(session: DeskSession) -> None:
    other = Corrections.empty("00" * 16).to_bytes()
    with session.store.transaction() as connection:
        class_corrections.save(connection, "00" * 16, other, session.clock())
    assert known_corrections(session.store) == b""
    with PageReader(workers=1, corrections=other) as reader:
        before = class_of(reader, HERS)
        learnt = reader.learn(laid_out(HIS), ReadClass.CIVIL_STATUS_COPY_REQUEST)
        assert Corrections.from_bytes(learnt).model_version == shipped_version()
        assert class_of(reader, HERS) != before


def test_two_who_teach_at_once_are_both_heard(fresh: PageReader) -> None:
    forms = [f"PHIẾU SỐ {number}\n" + HIS for number in range(2)]
    forms[1] = "\n".join(line for line in forms[1].splitlines() if "ĐĂNG KÝ" not in line and "Ph" not in line)
    answers: list[bytes] = []
    threads = [
        threading.Thread(
            target=lambda form=form: answers.append(fresh.learn(laid_out(form), ReadClass.CIVIL_STATUS_COPY_REQUEST))
        )
        for form in forms
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(len(Corrections.from_bytes(answer)) for answer in answers) == [1, 2]
