# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import random

import numpy as np
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from demo.papers.made_up import MadeUp
from demo.papers.misreading import LIGHT, USUAL, laid_out, misread
from demo.papers.training_texts import LEARNT, generated
from scanning.classify.classifier import classify
from scanning.classify.corrections import MOST_CORRECTIONS, Corrections
from scanning.classify.linear_model import shipped_model
from scanning.classify.paper_class import PaperClass
from scanning.classify.signed_corrections import open_signed, sign_corrections
from scanning.classify.sketch import likeness, sketch_of
from scanning.errors import ScanningError
from scanning.ocr.text import PageText

OTHER_MODEL = "00" * 16


def local_form(seed: int) -> str:
    """A slip that one commune made up for itself, filled in for somebody."""
    made_up = MadeUp(random.Random(seed))
    person, other = made_up.person(), made_up.person()
    return f"""ỦY BAN NHÂN DÂN {person.place.commune.upper()}
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
PHIẾU ĐĂNG KÝ NHẬN KẾT QUẢ HỘ TỊCH TẠI NHÀ
Họ, chữ đệm, tên người yêu cầu: {person.full_name.upper()}
Ngày, tháng, năm sinh: {person.born} Giới tính: {person.sex_word}
Số định danh cá nhân: {person.personal_number}
Nơi cư trú: {person.place.today}
Số điện thoại liên hệ: {person.phone}
Loại kết quả đề nghị nhận tại nhà: bản sao trích lục
Người nhận thay: {other.full_name}
Quan hệ với người yêu cầu: con
Địa chỉ nhận: {other.place.today}
Thời gian nhận thuận tiện: buổi chiều
Phí chuyển phát: 25.000 đồng
Người đăng ký
(Ký, ghi rõ họ tên)
{person.full_name}"""


def clean(seed: int) -> PageText:
    return laid_out(local_form(seed).splitlines())


def taught(*pages: tuple[PageText, PaperClass]) -> Corrections:
    corrections = Corrections.empty(shipped_model().version)
    for text, paper_class in pages:
        corrections = corrections.learn(text, paper_class)
    return corrections


def test_one_correction_turns_the_guess_for_the_form_whoever_filled_it_in() -> None:
    text = clean(1)
    before = classify(text).paper_class
    after = classify(clean(2), corrections=taught((text, PaperClass.CIVIL_STATUS_COPY_REQUEST)))
    assert before is not PaperClass.CIVIL_STATUS_COPY_REQUEST
    assert after.paper_class is PaperClass.CIVIL_STATUS_COPY_REQUEST
    assert after.confidence >= 0.8


def test_three_corrections_turn_it_for_badly_read_pages_too() -> None:
    chance = random.Random(3)
    lessons = [(misread(local_form(seed), LIGHT, chance), PaperClass.CIVIL_STATUS_COPY_REQUEST) for seed in range(3)]
    corrections = taught(*lessons)
    pages = [misread(local_form(seed), USUAL, chance) for seed in range(100, 140)]
    right = sum(
        classify(text, corrections=corrections).paper_class is PaperClass.CIVIL_STATUS_COPY_REQUEST for text in pages
    )
    assert right >= 0.75 * len(pages)


def test_the_latest_of_two_corrections_of_one_form_counts() -> None:
    corrections = taught((clean(1), PaperClass.WILL), (clean(2), PaperClass.FEE_RECEIPT))
    assert classify(clean(3), corrections=corrections).paper_class is PaperClass.FEE_RECEIPT
    corrections = corrections.learn(clean(1), PaperClass.WILL)
    assert classify(clean(3), corrections=corrections).paper_class is PaperClass.WILL


def test_what_was_learnt_does_not_depend_on_who_filled_the_form_in() -> None:
    written = {taught((clean(seed), PaperClass.WILL)).to_bytes() for seed in range(8)}
    sketches = [sketch_of(clean(seed), shipped_model().vocabulary) for seed in range(8)]
    assert len({sketch.tobytes() for sketch in sketches if sketch is not None}) == len(written) <= 2


def test_a_name_before_a_misread_colon_lets_hardly_anything_in() -> None:
    vocabulary = shipped_model().vocabulary
    pages = [local_form(1)] * 2
    for at, name in enumerate(("NGUYỄN THỊ HỒNG NHUNG", "QUÁCH WYXZ KJQ")):
        pages[at] = pages[at].replace("Người đăng ký\n", f"{name}:\n{name.title()}: Người đăng ký\n")
    one, other = (sketch_of(laid_out(page.splitlines()), vocabulary) for page in pages)
    assert one is not None
    assert other is not None
    assert likeness(one, other[None, :])[0] > 0.95


def test_too_little_text_teaches_nothing() -> None:
    assert len(taught((laid_out(["Nguyễn Văn A"]), PaperClass.WILL))) == 0
    assert len(taught((PageText((), 10, 10), PaperClass.PHOTO))) == 0


def test_desks_share_in_any_order_and_as_often_as_they_like() -> None:
    forms = [
        laid_out([f"PHIẾU ĐỀ NGHỊ CẤP {word}", "Họ và tên: A", "Lý do đề nghị cấp giấy: B", "Nơi ở: C"])
        for word in ("THẺ", "NƯỚC SẠCH", "ĐẤT Ở")
    ]
    one = taught((forms[0], PaperClass.WILL), (forms[1], PaperClass.OTHER))
    two = taught((forms[1], PaperClass.FEE_RECEIPT), (forms[2], PaperClass.WILL), (forms[0], PaperClass.OTHER))
    three = taught((forms[2], PaperClass.OTHER))
    assert one.merge(two).to_bytes() == two.merge(one).to_bytes()
    assert one.merge(two).merge(two).to_bytes() == one.merge(two).to_bytes()
    assert one.merge(two).merge(three).to_bytes() == one.merge(two.merge(three)).to_bytes()
    assert one.merge(Corrections.empty(one.model_version)).to_bytes() == one.to_bytes()


def random_lessons(count: int) -> Corrections:
    corrections = Corrections.empty(shipped_model().version)
    words = ("giấy", "tờ", "đăng", "ký", "khai", "sinh", "kết", "hôn", "hộ", "tịch", "cư", "trú", "đất", "xây", "dựng")
    chance = random.Random(9)
    for _ in range(count):
        lines = [" ".join(chance.sample(words, 6)).capitalize() + ":" for _ in range(8)]
        corrections = corrections.learn(laid_out(lines), PaperClass.LAND_USE_CERTIFICATE_CHANGES)
    return corrections


def test_the_oldest_is_forgotten_and_the_file_stays_small() -> None:
    corrections = random_lessons(MOST_CORRECTIONS + 20)
    assert len(corrections) == MOST_CORRECTIONS
    assert len(corrections.to_bytes()) <= 64 * 1024
    assert Corrections.from_bytes(corrections.to_bytes()).to_bytes() == corrections.to_bytes()


def test_a_file_holds_no_words() -> None:
    blob = taught((clean(1), PaperClass.WILL)).to_bytes()
    person = MadeUp(random.Random(1)).person()
    for text in (person.full_name, person.personal_number, person.phone, "PHIẾU", "tại nhà"):
        for encoding in ("utf-8", "utf-16-le"):
            assert text.encode(encoding) not in blob


def test_corrections_are_of_one_model() -> None:
    stale = Corrections.empty(OTHER_MODEL)
    with pytest.raises(ScanningError, match="corrections-of-other-model"):
        stale.learn(clean(1), PaperClass.WILL)
    with pytest.raises(ScanningError, match="corrections-of-other-model"):
        stale.merge(Corrections.empty(shipped_model().version))
    with pytest.raises(ScanningError, match="corrections-of-other-model"):
        classify(clean(1), corrections=stale)


def test_without_lessons_nothing_changes() -> None:
    assert classify(clean(1), corrections=Corrections.empty(shipped_model().version)) == classify(clean(1))


def test_every_changed_byte_is_noticed() -> None:
    blob = taught((clean(1), PaperClass.WILL)).to_bytes()
    for at in np.random.default_rng(1).choice(len(blob), 40, replace=False):
        changed = bytearray(blob)
        changed[at] ^= 0x40
        with pytest.raises(ScanningError, match="corrections-damaged"):
            Corrections.from_bytes(bytes(changed))


@pytest.mark.parametrize("blob", [b"", b"MCLC", b"x" * 500])
def test_what_is_no_file_of_corrections_is_refused(blob: bytes) -> None:
    with pytest.raises(ScanningError, match="corrections-damaged"):
        Corrections.from_bytes(blob)


def test_an_envelope_is_opened_by_who_trusts_its_desk_and_by_nobody_else() -> None:
    desk, stranger = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    corrections = taught((clean(1), PaperClass.WILL))
    envelope = sign_corrections(corrections.to_bytes(), desk)
    trusted = [stranger.public_key(), desk.public_key()]
    version = shipped_model().version
    assert open_signed(envelope, trusted, version).to_bytes() == corrections.to_bytes()
    for keys in ([], [stranger.public_key()]):
        with pytest.raises(ScanningError, match="corrections-untrusted"):
            open_signed(envelope, keys, version)
    with pytest.raises(ScanningError, match="corrections-of-other-model"):
        open_signed(envelope, trusted, OTHER_MODEL)
    for damaged in (b"", envelope[:50], b"X" + envelope[1:]):
        with pytest.raises(ScanningError, match="corrections-damaged"):
            open_signed(damaged, trusted, version)
    changed = bytearray(envelope)
    changed[100] ^= 1
    with pytest.raises(ScanningError, match="corrections-untrusted"):
        open_signed(bytes(changed), trusted, version)


def test_a_signed_file_that_is_none_of_corrections_is_refused() -> None:
    desk = Ed25519PrivateKey.generate()
    with pytest.raises(ScanningError, match="corrections-damaged"):
        open_signed(sign_corrections(b"anything", desk), [desk.public_key()], OTHER_MODEL)


def test_corrections_of_local_forms_leave_the_pages_of_all_classes_alone() -> None:
    chance = random.Random(7)
    lessons = [(misread(local_form(seed), LIGHT, chance), PaperClass.CIVIL_STATUS_COPY_REQUEST) for seed in range(3)]
    corrections = taught(*lessons)
    pages = [laid_out(sample.text.splitlines()) for each in LEARNT for sample in generated(each, 1, start=900)]
    changed = [text for text in pages if classify(text) != classify(text, corrections=corrections)]
    assert len(pages) > 30
    assert changed == []
