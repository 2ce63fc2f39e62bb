# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.catalogue import Catalogue
from casework.errors import KnownError
from casework.records.guidance import GENERAL_GUIDANCE, Audience, GuidanceText
from casework.registers.guidance import GuidanceLibrary, is_shown

DAY = dt.date(2026, 11, 23)
LIBRARY = GuidanceLibrary.shipped()
ROW: dict[str, Any] = {
    "id": "a", "title": "Nộp hồ sơ", "text": "Mang giấy tờ.", "audience": "citizen", "keywords": ["quầy"],
    "procedures": [], "legal_basis": GENERAL_GUIDANCE, "verified": False, "from": "2026-01-01", "to": "2026-12-31",
}  # fmt: skip


def packed(*rows: dict[str, Any], form: int = 1) -> bytes:
    return json.dumps({"format": form, "texts": list(rows)}).encode()


def first(query: str, audience: Audience | None = None) -> str:
    found = LIBRARY.find(query, DAY, audience)
    return found[0].guidance_id if found else ""


@pytest.mark.parametrize(
    ("query", "guidance_id"),
    [
        ("nộp hồ sơ trực tuyến", "filing-online"),
        ("nop qua mang", "filing-online"),
        ("VNeID mức 2", "vneid-level-2"),
        ("quen mat khau", "vneid-password"),
        ("làm sao để lấy lại mật khẩu vneid", "vneid-password"),
        ("nguoi nuoc ngoai", "foreigners-e-id"),
        ("foreigner", "foreigners-e-id"),
        ("thanh toan", "paying-online"),
        ("thanh tona", "paying-online"),
        ("người già", "elderly-without-phone"),
        ("tra cứu hồ sơ", "tracking"),
        ("phan anh", "feedback-channels"),
        ("khai sinh cần mang gì", "what-to-bring-birth"),
        ("sao y", "what-to-bring-copies"),
        ("doc than", "what-to-bring-marital-status"),
        ("kết hôn", "what-to-bring-marriage"),
        ("khia tu", "what-to-bring-death"),
        ("uy quyen", "authorisation"),
        ("sáp nhập địa chỉ", "old-and-new-addresses"),
        ("buu dien", "post"),
        ("mat mang", "network-down"),
        ("", "filing-online"),
        ("máy bay lên thẳng", ""),
    ],
)
def test_people_find_what_they_ask_for_without_accents_and_with_a_slip(query: str, guidance_id: str) -> None:
    assert first(query) == guidance_id


def test_clerks_and_citizens_have_texts_of_their_own() -> None:
    assert first("trả lời phản ánh", Audience.CLERK) == "good-reply"
    assert first("trả lời phản ánh", Audience.CITIZEN) == "feedback-channels"


def test_words_of_the_title_outweigh_keywords_and_those_the_text() -> None:
    rows = [
        {**ROW, "id": "text", "title": "A", "keywords": [], "text": "Con dấu"},
        {**ROW, "id": "keyword", "title": "B", "keywords": ["con dấu đỏ"], "text": "x"},
        {**ROW, "id": "title", "title": "Khắc con dấu", "keywords": [], "text": "x"},
        {**ROW, "id": "mistyped", "title": "Con dầu", "keywords": [], "text": "x"},
    ]
    library = GuidanceLibrary.from_bytes(packed(*rows))
    found = [text.guidance_id for text in library.find("dau con", DAY)]
    assert found == ["title", "mistyped", "keyword", "text"]
    assert [text.guidance_id for text in library.find("dau con", DAY, limit=1)] == ["title"]


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [
        ("khuyenh", True),  # one too many
        ("khyen", True),  # one missing
        ("khuyan", True),  # one wrong
        ("khuyne", True),  # two swapped
        ("khuyan tat", False),
        ("kuhyne", False),  # two slips
        ("hyuen", False),
    ],
)
def test_one_slip_of_the_finger_is_forgiven_and_two_are_not(typed: str, is_found: bool) -> None:
    library = GuidanceLibrary.from_bytes(packed({**ROW, "title": "Khuyến", "text": "Học"}))
    assert bool(library.find(typed, DAY)) is is_found


def test_short_words_are_not_corrected() -> None:
    library = GuidanceLibrary.from_bytes(packed({**ROW, "title": "Mua xe", "text": "Học"}))
    assert library.find("mue", DAY) == ()
    assert library.find("mu", DAY) != ()


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (dt.date(2025, 12, 31), False),
        (dt.date(2026, 1, 1), True),
        (dt.date(2026, 12, 31), True),
        (dt.date(2027, 1, 1), False),
    ],
)
def test_a_text_is_shown_from_its_first_day_to_its_last(day: dt.date, shown: bool) -> None:
    library = GuidanceLibrary.from_bytes(packed(ROW))
    assert is_shown(library.texts[0], day) is shown
    assert bool(library.find("", day)) is shown
    assert bool(library.find("nop", day)) is shown


def test_texts_about_a_procedure_are_found_by_its_code() -> None:
    assert [text.guidance_id for text in LIBRARY.about("1.001193", DAY)] == ["what-to-bring-birth"]
    assert LIBRARY.about("1.001193", dt.date(2020, 1, 1)) == ()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        packed(ROW, form=2),
        packed(ROW, ROW),
        packed({**ROW, "title": " "}),
        packed({**ROW, "verified": "yes"}),
        packed({**ROW, "audience": "dog"}),
        packed({**ROW, "from": "yesterday"}),
        packed({key: value for key, value in ROW.items() if key != "to"}),
    ],
)
def test_a_file_that_is_no_guidance_is_refused(data: bytes) -> None:
    with pytest.raises(KnownError, match="guidance-file-unreadable"):
        GuidanceLibrary.from_bytes(data)


@pytest.mark.parametrize("text", LIBRARY.texts, ids=lambda text: text.guidance_id)
def test_a_shipped_text_is_short_and_says_where_it_comes_from(text: GuidanceText) -> None:
    assert len(text.text.split()) <= 120
    assert text.text.endswith(".")
    assert text.legal_basis == GENERAL_GUIDANCE or any(sign.isdigit() for sign in text.legal_basis)
    assert not (text.is_verified and text.legal_basis == GENERAL_GUIDANCE)
    catalogue = Catalogue.shipped()
    decisions = {catalogue.get(code).legal_basis for code in text.procedure_codes}
    assert all(decision in text.legal_basis for decision in decisions)


def test_there_are_texts_for_clerks_and_for_citizens() -> None:
    counts = [sum(text.audience is audience for text in LIBRARY.texts) for audience in Audience]
    assert sum(counts) >= 25
    assert all(counts)


@given(st.text(max_size=30))
@settings(max_examples=60, deadline=None)
def test_no_query_breaks_the_search(query: str) -> None:
    assert len(LIBRARY.find(query, DAY)) <= 10
