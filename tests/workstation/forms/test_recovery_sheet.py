# SPDX-License-Identifier: GPL-3.0-or-later
"""The recovery sheet as it lies in the safe: it names its store, and its words can be read, typed and scanned."""

from __future__ import annotations

import datetime as dt
import io
import os
import unicodedata

import pikepdf
import pypdfium2
import pytest
import zxingcpp

from casework.records.workplace import Unit
from localdb.recovery_words import WORDS, to_entropy, to_words
from workstation.forms.recovery_sheet import RecoverySheetFacts, recovery_sheet_pdf

DEVICE = "0b1f8a52-8a3e-4c58-9d6e-1f2b3c4d5e6f"
LONGEST_UNIT = Unit(
    "H56.15",
    "Chi nhánh số 2 Trung tâm Phục vụ hành chính công phường Nguyễn Văn Cừ và xã Hoằng Phú",
    "ỦY BAN NHÂN DÂN PHƯỜNG NGUYỄN VĂN CỪ",
    "Nguyễn Văn Cừ",
    "15889",
)


def sheet(words: tuple[str, ...], unit: Unit = LONGEST_UNIT) -> bytes:
    return recovery_sheet_pdf(
        RecoverySheetFacts(
            unit, DEVICE, "3fa9b02c", dt.datetime(2026, 11, 22, 18, 30, tzinfo=dt.UTC), "Nguyễn Thị Ánh Đào", words
        )
    )


@pytest.fixture(scope="module")
def words() -> tuple[str, ...]:
    return to_words(bytearray(os.urandom(16)))


@pytest.fixture(scope="module")
def page(words: tuple[str, ...]) -> pypdfium2.PdfPage:
    document = pypdfium2.PdfDocument(io.BytesIO(sheet(words)))
    assert len(document) == 1
    return document[0]


def text_of(page: pypdfium2.PdfPage) -> str:
    return " ".join(unicodedata.normalize("NFC", page.get_textpage().get_text_range()).split())


def test_it_says_which_store_it_opens_and_when_it_was_made(page: pypdfium2.PdfPage) -> None:
    text = text_of(page)
    for fact in (
        "H56.15",
        DEVICE,
        "3FA9 B02C",
        "01 giờ 30 ngày 23/11/2026",
        "Nguyễn Thị Ánh Đào",
        "keys recover --login",
    ):
        assert fact in text


def test_every_word_stands_beside_its_number(page: pypdfium2.PdfPage, words: tuple[str, ...]) -> None:
    text = text_of(page)
    for number, word in enumerate(words, start=1):
        assert f"{number} {word}" in text


def test_the_qr_code_says_the_words_as_they_are_typed(page: pypdfium2.PdfPage, words: tuple[str, ...]) -> None:
    (code,) = zxingcpp.read_barcodes(page.render(scale=2).to_pil())
    assert to_entropy(code.text) == to_entropy(" ".join(words))


def test_the_longest_words_fit_their_cells() -> None:
    longest = tuple(sorted(WORDS, key=len)[-18:])
    document = pypdfium2.PdfDocument(io.BytesIO(sheet(longest)))
    assert len(document) == 1
    text = text_of(document[0])
    assert all(f"{number} {word}" in text for number, word in enumerate(longest, start=1))


def test_it_is_archivable_and_tells_its_words_nowhere_but_on_the_page(words: tuple[str, ...]) -> None:
    with pikepdf.open(io.BytesIO(sheet(words))) as document:
        metadata = str(document.open_metadata())
        assert 'pdfaid:part="2"' in metadata or "<pdfaid:part>2" in metadata
        assert not any(word in metadata.split() for word in words)
        assert not any(word in str(document.docinfo).split() for word in words)
