# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import unicodedata
from typing import Literal

import pytest

from localdb import search_words
from localdb.search_documents import SearchDocument
from localdb.search_snippet import FoundIn, Snippet, SnippetMaker

DOCUMENT = SearchDocument(
    dossier_id="d",
    received_at=0,
    codes=("H56.14-261122-0601", "1.001193"),
    names=("Nguyễn Thị Ánh Đào",),
    numbers=("038192004567", "171234567"),
    phones=("0912345678",),
    procedure_name="Thủ tục đăng ký khai sinh",
    pages=(),
)
LONG = "Nơi cư trú: thôn Nghĩa Phú. " * 20 + "Đất ở tại xã Hoà Bình, sổ số 038192004567. " + "Kèm theo bản sao. " * 20


def marked(snippet: Snippet) -> list[str]:
    return [snippet.text[start:end] for start, end in snippet.marks]


@pytest.mark.parametrize(
    ("text", "found_in", "marks"),
    [
        ("0601", FoundIn.CODE, ["0601"]),
        ("601", FoundIn.CODE, ["601"]),
        ("261122 0601", FoundIn.CODE, ["261122", "0601"]),
        ("1193", FoundIn.CODE, ["1193"]),
        ("dao", FoundIn.NAME, ["Đào"]),
        ("ĐÀO ngu", FoundIn.NAME, ["Ngu", "Đào"]),
        ("038192", FoundIn.NUMBER, ["038192"]),
        ("1712", FoundIn.NUMBER, ["1712"]),
        ("5678", FoundIn.PHONE, ["5678"]),
        ("khai sinh", FoundIn.PROCEDURE, ["khai", "sinh"]),
        ("khai sinh dao", FoundIn.PROCEDURE, ["khai", "sinh"]),
    ],
)
def test_the_field_with_most_of_the_words_is_shown_with_them_marked(
    text: str, found_in: FoundIn, marks: list[str]
) -> None:
    field, snippet = SnippetMaker(search_words.parse(text)).in_record(DOCUMENT)
    assert (field, marked(snippet)) == (found_in, marks)


def test_a_name_that_was_nearly_typed_is_shown() -> None:
    field, snippet = SnippetMaker(search_words.parse("nguyeen dao")).in_names_nearly(DOCUMENT)
    assert (field, snippet.text, marked(snippet)) == (FoundIn.NAME, "Nguyễn Thị Ánh Đào", ["Nguyễn", "Đào"])


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("hòa bình", ["Hoà", "Bình"]),
        ("hoa binh", ["Hoà", "Bình"]),
        ("HÒA 4567", ["Hoà", "4567"]),
        ("đất hòa", ["Đất", "Hoà"]),
        ("đất dat", ["Đất"]),
        ("ho hoa", ["Hoà"]),
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_the_piece_of_the_page_around_the_words_is_shown(
    text: str, marks: list[str], form: Literal["NFC", "NFD"]
) -> None:
    page = unicodedata.normalize(form, LONG)
    snippet = SnippetMaker(search_words.parse(text)).in_pages(("GIẤY KHAI SINH", page))
    assert snippet is not None
    assert marked(snippet) == marks
    assert len(snippet.text) <= 142
    assert snippet.text.startswith("…")
    assert snippet.text.endswith("…")


def test_the_piece_where_the_words_stand_close_together_is_shown() -> None:
    page = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM. Bệnh viện nhiều nơi. " + "Kèm bản sao. " * 3 + "Bệnh viện Hoằng Hóa"
    snippet = SnippetMaker(search_words.parse("benh vien hoang hoa")).in_pages((page,))
    assert snippet is not None
    assert marked(snippet) == ["Bệnh", "viện", "Hoằng", "Hóa"]
    assert "CỘNG" not in snippet.text


def test_accents_decide_which_word_is_marked() -> None:
    snippet = SnippetMaker(search_words.parse("hòa")).in_pages(("hóa hoa hoà hòa hỏa hoàng",))
    assert snippet is not None
    assert marked(snippet) == ["hoà", "hòa"]


def test_the_first_page_with_most_of_the_words_is_shown_on_one_line() -> None:
    pages = ("đơn xin", "đơn\nxin\tcấp đất", "đơn xin cấp đất ở")
    snippet = SnippetMaker(search_words.parse("don xin dat")).in_pages(pages)
    assert snippet == Snippet("đơn xin cấp đất", ((0, 3), (4, 7), (12, 15)))


def test_pages_without_any_of_the_words_show_nothing() -> None:
    assert SnippetMaker(search_words.parse("đất")).in_pages(("", "giấy", "___")) is None
