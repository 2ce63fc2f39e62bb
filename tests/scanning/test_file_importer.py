# SPDX-License-Identifier: GPL-3.0-or-later
"""Files of strangers are taken apart in a worker; whatever they do to it, the next file is read."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from scanning.errors import ScanningError
from scanning.file_importer import FileImporter
from scanning.importing.imported_file import FileFacts, FileKind, ImportedPage


def picture(level: int = 200) -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (850, 1100), (level, level, level)).save(content, "PNG", dpi=(100, 100))
    return content.getvalue()


def document(pages: int = 1) -> bytes:
    content = io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page(page_size=(300, 400))
        pdf.save(content)
    return content.getvalue()


@pytest.fixture(scope="module")
def importer() -> Iterator[FileImporter]:
    with FileImporter() as shared:
        yield shared


def all_of(importer: FileImporter, content: bytes) -> tuple[FileFacts, list[ImportedPage]]:
    with importer.opened(content) as (facts, pages):
        return facts, list(pages)


def test_pages_come_one_by_one(importer: FileImporter) -> None:
    facts, pages = all_of(importer, document(pages=3))
    assert facts == FileFacts(FileKind.DOCUMENT, 3)
    assert [page.fault for page in pages] == [None] * 3


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file-unreadable"),
        (b"hello", "page-format-unsupported"),
        (b"%PDF-1.7 and nothing else", "document-unreadable"),
    ],
)
def test_what_cannot_be_read_is_refused_and_the_next_file_is_read(
    importer: FileImporter, content: bytes, code: str
) -> None:
    with pytest.raises(ScanningError) as caught:
        all_of(importer, content)
    assert caught.value.code == code
    assert all_of(importer, picture())[0].page_count == 1


def test_pages_that_nobody_asked_for_are_not_taken_for_those_of_the_next_file(importer: FileImporter) -> None:
    with importer.opened(document(pages=5)) as (_, pages):
        next(pages)
    facts, pages_of_next = all_of(importer, picture())
    assert (facts.kind, len(pages_of_next)) == (FileKind.PICTURE, 1)


def test_an_error_of_the_caller_is_the_caller_s(importer: FileImporter) -> None:
    with pytest.raises(ScanningError, match="mine"), importer.opened(document(pages=2)):
        raise ScanningError("mine")
    assert all_of(importer, picture())[0].page_count == 1


@pytest.mark.expects_log("scanning.file_importer")
def test_a_file_that_takes_the_worker_down_is_refused_and_the_next_one_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import os, scanning.imaging.formats as formats\n"
        "read = formats.read_picture_header\n"
        "formats.read_picture_header = lambda content: os.abort() if b'crash' in content else read(content)\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with FileImporter() as importer:
        with pytest.raises(ScanningError) as caught:
            all_of(importer, picture() + b"crash")
        assert (caught.value.code, caught.value.details["reason"]) == ("file-unreadable", "crashes-the-reader")
        assert all_of(importer, picture())[0].page_count == 1


def test_a_file_too_large_for_the_pipe_is_refused(monkeypatch: pytest.MonkeyPatch, importer: FileImporter) -> None:
    monkeypatch.setattr("scanning.file_importer.MAXIMUM_PAYLOAD_BYTES", 10)
    with pytest.raises(ScanningError) as caught:
        all_of(importer, picture())
    assert caught.value.code == "file-too-large"
