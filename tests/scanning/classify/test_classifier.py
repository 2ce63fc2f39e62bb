# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import random
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from demo.papers.misreading import laid_out
from demo.papers.training_texts import drafts
from scanning.classify.classifier import classify, classify_title, combined
from scanning.classify.guess import NOTHING_KNOWN, Evidence
from scanning.classify.linear_model import shipped_model
from scanning.classify.page_facts import PageFacts
from scanning.classify.paper_class import PaperClass
from scanning.classify.rules import Finding, Ground
from scanning.ocr.text import PageText

Print = Callable[..., PageText]
HEADING = ("ỦY BAN NHÂN DÂN   CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "XÃ HOẰNG PHÚ   Độc lập - Tự do - Hạnh phúc")
PROOF = (
    *HEADING, "GIẤY CHỨNG SINH", "Họ và tên mẹ: TRẦN THỊ A", "Đã sinh con vào lúc: 04 giờ", "Số lần sinh: 01",
    "Số con hiện sống: 01", "Người đỡ đẻ: B", "Dự định đặt tên con là: C",
)  # fmt: skip


def test_the_class_ids_are_what_everyone_stores() -> None:
    assert len(PaperClass) == 36
    assert {member.value for member in PaperClass} >= {
        "identity-card",
        "birth-proof",
        "land-use-certificate",
        "unknown",
    }


def test_a_title_with_what_belongs_to_it_is_certain_and_begins_a_paper(printed: Print) -> None:
    guess = classify(printed(*PROOF))
    assert (guess.paper_class, guess.evidence) == (PaperClass.BIRTH_PROOF, Evidence.TITLE)
    assert guess.confidence > 0.95
    assert guess.starts_paper


@pytest.mark.parametrize("title", [("DI CHÚC CỦA ÔNG", "VŨ THANH BÌNH"), ("DI CHÚC CỦA BÀ", "NGUYỄN HỒNG VÂN")])
def test_a_will_may_say_in_its_title_whose_it_is(printed: Print, title: tuple[str, str]) -> None:
    text = printed("VĂN PHÒNG CÔNG CHỨNG AN PHÚC", "", *title, "", "Số công chứng: 36/2023, quyển số 1")
    guess = classify(text)
    assert guess.paper_class is PaperClass.WILL
    assert guess.evidence is Evidence.TITLE


def test_an_exact_title_wins_over_the_model_but_less_surely_than_with_it() -> None:
    model = shipped_model()
    finding = Finding(PaperClass.WILL, Ground.EXACT_TITLE, 0.95)

    def share_of_a_will(surest: PaperClass) -> float:
        probabilities = np.array([0.999 if each is surest else 0.001 / 33 for each in model.classes])
        shares = combined(probabilities, finding, model.classes, model.grounds)
        return float(shares[model.classes.index(PaperClass.WILL)])

    assert 0.5 < share_of_a_will(PaperClass.LAND_USE_CERTIFICATE) < 0.9 < share_of_a_will(PaperClass.WILL)


def test_a_damaged_title_is_told_apart_from_an_exact_one(printed: Print) -> None:
    guess = classify(printed(*HEADING, "GIÁY CHUNG SNH", *PROOF[3:]))
    assert (guess.paper_class, guess.evidence) == (PaperClass.BIRTH_PROOF, Evidence.DAMAGED_TITLE)
    assert guess.confidence >= 0.9
    assert guess.starts_paper


def test_without_any_title_the_words_tell_the_class_and_no_paper_begins(printed: Print) -> None:
    guess = classify(printed(*PROOF[3:]))
    assert guess.paper_class is PaperClass.BIRTH_PROOF
    assert guess.evidence in (Evidence.PHRASES, Evidence.MODEL)
    assert not guess.starts_paper


@pytest.mark.parametrize(
    "title",
    [
        ("TỜ KHAI ĐĂNG KÝ LẠI KHAI SINH",),
        ("ĐƠN ĐỀ NGHỊ CẤP LẠI", "GIẤY CHỨNG NHẬN QUYỀN SỬ DỤNG ĐẤT"),
        ("TRÍCH LỤC BẢN ĐỒ ĐỊA CHÍNH",),
        ("QUYẾT ĐỊNH",),
        ("THÔNG BÁO TIỀN NƯỚC",),
    ],
)
def test_a_page_that_says_that_it_is_something_else_is_another_paper(printed: Print, title: tuple[str, ...]) -> None:
    lines = (
        "Kính gửi: Ủy ban nhân dân xã",
        "Số tiền: 125.000 đồng",
        "Đề nghị các đơn vị thực hiện",
        "Nơi nhận: Như trên",
    )
    guess = classify(printed(*HEADING, *title, *lines))
    assert guess.paper_class is PaperClass.OTHER
    assert guess.starts_paper


@pytest.mark.parametrize(
    "mention",
    [
        "Giấy tờ nộp kèm: giấy chứng sinh, giấy chứng nhận kết hôn của cha mẹ",
        "không dùng để đăng ký kết hôn",
        "GIẤY CHỨNG SINH nộp ngày 12 tháng 10 năm 2026 cùng tờ khai này",
        "Căn cước công dân số 038196008213",
    ],
)
def test_a_title_that_is_only_mentioned_makes_nothing_certain(printed: Print, mention: str) -> None:
    guess = classify(printed(*HEADING, mention, "Tôi cam đoan"))
    assert guess.confidence < 0.8
    assert not guess.starts_paper


@pytest.mark.parametrize(
    "lines",
    [
        (),
        ("Kính gửi anh Nam,", "Tuần sau gia đình tôi về quê, nhờ anh trông nhà giúp.", "Cảm ơn anh nhiều."),
        ("DJ N/SIPS", "Z^", "12"),
        ("^ ~ | _", ". , : ;"),
    ],
)
def test_what_tells_nothing_is_unknown(printed: Print, lines: tuple[str, ...]) -> None:
    guess = classify(printed(*lines))
    assert (guess.paper_class, guess.confidence) == (PaperClass.UNKNOWN, 0.0)


def test_a_picture_with_hardly_a_word_is_a_photo(printed: Print) -> None:
    facts = PageFacts(picture_share=0.7, ink_coverage=0.6)
    for lines in ((), ("~ll", "~.,"), ("Ảnh 3x4",)):
        guess = classify(printed(*lines), facts)
        assert (guess.paper_class, guess.evidence) == (PaperClass.PHOTO, Evidence.LOOK)


def test_a_picture_on_a_form_is_a_form(printed: Print) -> None:
    assert (
        classify(printed(*PROOF), PageFacts(picture_share=0.5, ink_coverage=0.5)).paper_class is PaperClass.BIRTH_PROOF
    )


def unsure(*lines: str) -> tuple[str, ...]:
    return tuple(" ".join(f"~{word}" for word in line.split()) for line in lines)


SCRAWL = unsure("Dau xn dang ky ho khaw", "Tei teu la Nguyea Van", "sinh ngoy 12 thag 3", "kinh dea nghi uy ban")


def test_ink_that_the_engine_cannot_make_words_of_is_handwriting(printed: Print) -> None:
    guess = classify(printed(*SCRAWL), PageFacts(ink_coverage=0.02))
    assert (guess.paper_class, guess.evidence) == (PaperClass.HANDWRITTEN_SHEET, Evidence.LOOK)
    assert not guess.starts_paper


def test_pen_strokes_are_handwriting_even_when_no_word_was_read() -> None:
    facts = PageFacts(ink_coverage=0.01, pen_share=0.9)
    assert classify(PageText((), 1650, 2300), facts).paper_class is PaperClass.HANDWRITTEN_SHEET


def test_a_printed_form_filled_in_by_hand_stays_what_it_is(printed: Print) -> None:
    titled = ("TỜ KHAI ĐĂNG KÝ KHAI SINH", "Họ, chữ đệm, tên người yêu cầu:", *SCRAWL, *SCRAWL)
    facts = PageFacts(ink_coverage=0.05, pen_share=0.7)
    assert classify(printed(*titled), facts).paper_class is PaperClass.BIRTH_REGISTRATION_DECLARATION
    untitled = (
        "Đã sinh con vào lúc:",
        "Số lần sinh:",
        "Số con hiện sống:",
        "Dự định đặt tên con là:",
        *SCRAWL,
        *SCRAWL,
    )
    assert classify(printed(*untitled), facts).paper_class is PaperClass.BIRTH_PROOF


def test_without_facts_poor_words_alone_are_not_called_handwriting(printed: Print) -> None:
    assert classify(printed(*SCRAWL)).paper_class is PaperClass.UNKNOWN


def test_an_empty_page_is_nothing() -> None:
    assert classify(PageText((), 1650, 2300)) == NOTHING_KNOWN


@pytest.mark.parametrize(
    "paper_class",
    [each for each in PaperClass if each not in {PaperClass.PHOTO, PaperClass.HANDWRITTEN_SHEET, PaperClass.UNKNOWN}],
)
def test_most_drafts_of_every_class_are_told(paper_class: PaperClass) -> None:
    guesses = [classify(laid_out(sample.text.splitlines())) for sample in drafts(paper_class, 6)]
    assert sum(guess.paper_class is paper_class for guess in guesses) >= 4


@pytest.mark.parametrize(
    ("lines", "paper_class", "evidence"),
    [
        (("GIẤY", "CHỨNG SINH"), PaperClass.BIRTH_PROOF, Evidence.TITLE),
        (("GIÁY CHUNG SNH",), PaperClass.BIRTH_PROOF, Evidence.DAMAGED_TITLE),
        (("GIẤY MỜI HỌP",), PaperClass.OTHER, Evidence.TITLE),
        (("TỜ KHAI",), PaperClass.UNKNOWN, Evidence.TITLE),
        (("Họ và tên mẹ:",), PaperClass.UNKNOWN, Evidence.NONE),
    ],
)
def test_a_glance_looks_at_the_title_only(
    printed: Print, lines: tuple[str, ...], paper_class: PaperClass, evidence: Evidence
) -> None:
    guess = classify_title(printed(*HEADING, *lines, height_px=600))
    assert (guess.paper_class, guess.evidence) == (paper_class, evidence)
    assert (guess.confidence > 0.7) == (paper_class is not PaperClass.UNKNOWN)


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=40), max_size=12))
def test_no_print_breaks_the_classifier(printed: Print, lines: list[str]) -> None:
    text = printed(*(line for line in lines if line.strip(" ~")))
    guess = classify(text, PageFacts(ink_coverage=random.random()))
    assert 0.0 <= guess.confidence < 1.0
