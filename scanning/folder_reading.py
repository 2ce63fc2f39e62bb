# SPDX-License-Identifier: GPL-3.0-or-later
"""Read a folder of pictures and PDFs: a searchable PDF for each file, and what was found on each page.

Files are read in the order of their names. A file that cannot be read is told of and the others go on. A PDF that is
signed, or that brings its own text on every page, is copied byte for byte; the text of its pages lies beside it.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from scanning.errors import ScanningError
from scanning.export import document_names, write_export
from scanning.file_importer import FileImporter
from scanning.frames import MAXIMUM_PAYLOAD_BYTES
from scanning.importing.imported_file import FileFacts, FileKind, ImportedPage
from scanning.jpeg import read_jpeg_header
from scanning.page_image import PageImage
from scanning.page_reading import PageReading, unreadable
from scanning.pdf.searchable import ScannedPage, build_pdf
from scanning.reader import PageReader, outcome
from scanning.reading.wire import ReadRequest, text_to_json

SUFFIXES: Final = frozenset({".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".webp", ".pdf"})
"""What is taken for a picture or a document; everything else in the folder is left alone."""


@dataclass(frozen=True, slots=True)
class PageFound:
    """One page of the folder.

    Attributes:
        file: Name of its file in the folder.
        number: Which page of it, from 1.
        reading: What was read; with a ``fault`` when the page, or the whole file, could not be.
        document: Name of the PDF that was written, or empty.
    """

    file: str
    number: int
    reading: PageReading
    document: str


@dataclass(frozen=True, slots=True)
class _File:
    name: str
    document: str
    content: bytes = field(repr=False)
    facts: FileFacts


@dataclass(frozen=True, slots=True)
class _Pending:
    """A page on its way: with a future, or at once with a fault."""

    file: _File
    number: int
    image: PageImage | None
    reading: Future[PageReading] | PageReading
    is_last: bool

    def is_read(self) -> bool:
        return isinstance(self.reading, PageReading) or self.reading.done()

    def outcome(self) -> PageReading:
        return self.reading if isinstance(self.reading, PageReading) else outcome(self.reading)


def read_folder(
    source: Path, target: Path, reader: PageReader, importer: FileImporter, now: dt.datetime
) -> Iterator[PageFound]:
    """Read a folder; pages come file by file, as soon as the PDF is written.

    Args:
        source: Where the files are; folders inside it are left alone.
        target: Where the PDFs go; made when it is not there. What an earlier run wrote there is replaced.
        reader: Who reads.
        importer: Who takes files apart.
        now: With time zone; it goes into the PDFs.

    Raises:
        ScanningError: ``ocr-language-missing``, ``reading-unavailable``.
        OSError: The target cannot be written.
    """
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    names = document_names(path.name for path in source.iterdir() if _is_taken(path))
    pending: deque[_Pending] = deque()
    read: list[tuple[_Pending, PageReading]] = []
    try:
        for name in sorted(names):
            for page in _pages(source / name, names[name], reader, importer):
                pending.append(page)
                while pending and (pending[0].is_read() or len(pending) > reader.pages_ahead):
                    yield from _take(pending.popleft(), read, target, now)
        while pending:
            yield from _take(pending.popleft(), read, target, now)
    finally:
        reader.cancel()


def _is_taken(path: Path) -> bool:
    """Say whether a file is read; hidden ones are what systems leave beside pictures."""
    return path.suffix.casefold() in SUFFIXES and not path.name.startswith(".") and path.is_file()


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAXIMUM_PAYLOAD_BYTES:
            raise ScanningError("file-too-large")
        return path.read_bytes()
    except OSError:
        raise ScanningError("file-unreadable", reason="not-allowed") from None


def _pages(path: Path, document: str, reader: PageReader, importer: FileImporter) -> Iterator[_Pending]:
    file, number = _File(path.name, document, b"", FileFacts(FileKind.PICTURE, 1)), 0
    try:
        content = _content(path)
        with importer.opened(content) as (facts, pages):
            file = _File(path.name, document, content, facts)
            for number, page in enumerate(pages, start=1):
                yield _begin(file, number, page, reader)
    except ScanningError as error:
        yield _Pending(file, number + 1, None, unreadable(error.code), is_last=True)


def _begin(file: _File, number: int, page: ImportedPage, reader: PageReader) -> _Pending:
    is_last = number == file.facts.page_count
    if page.image is None:
        return _Pending(file, number, None, unreadable(page.fault or "page-unreadable"), is_last)
    reading = reader.submit_request(ReadRequest(page.image, text=page.text))
    return _Pending(file, number, page.image, reading, is_last)


def _take(
    page: _Pending, read: list[tuple[_Pending, PageReading]], target: Path, now: dt.datetime
) -> Iterator[PageFound]:
    """Collect a page; with the last one of its file write the document and tell of all its pages."""
    reading = page.outcome()
    # The archive picture is all that a read page needs of its picture from now on.
    read.append((replace(page, image=None, reading=reading) if reading.archive else page, reading))
    if not page.is_last:
        return
    document = _write(page.file, read, target, now)
    yield from (PageFound(each.file.name, each.number, reading, document) for each, reading in read)
    read.clear()


def _write(file: _File, read: list[tuple[_Pending, PageReading]], target: Path, now: dt.datetime) -> str:
    """Write the document of a file and give its name, or an empty one when nothing of it can be shown."""
    path = target / f"{file.document}.pdf"
    if file.facts.is_signed or file.facts.has_text:
        write_export(path, file.content)
        texts = [text_to_json(reading.text) for _, reading in read]
        write_export(target / f"{file.document}.text.json", json.dumps(texts, ensure_ascii=False).encode())
        return path.name
    if not any(reading.archive for _, reading in read):
        return ""
    shown = [ScannedPage(_as_it_came(page.image), reading) for page, reading in read]
    write_export(path, build_pdf(shown, title=file.document, created_at=now))
    return path.name


def _as_it_came(image: PageImage | None) -> PageImage | None:
    """Give an unread picture when a document can hold its bytes as they are."""
    try:
        return image if image is not None and read_jpeg_header(image.content).channels in (1, 3) else None
    except ScanningError:
        return None
