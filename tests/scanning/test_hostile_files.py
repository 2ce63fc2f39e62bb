# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever a stranger's file is, it is read or refused with a reason, and nothing but its worker is touched."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from scanning import file_importer as file_importer_module
from scanning import reading_worker as reading_worker_module
from scanning.errors import ScanningError
from scanning.file_importer import FileImporter
from scanning.page_reading import PageReading, unreadable
from scanning.reader import PageReader, outcome
from tests.scanning.hostile_files import PAGE_REFUSED, READ, REFUSED, fuzzed

_FUZZED = 60
_FUZZED_IN_FULL = 10_000
_PATIENCE_SECONDS = 10.0  # a worker that takes longer is killed and the file refused; that is counted


class Door:
    """An importer and a reader, as the desk has them."""

    def __init__(self, importer: FileImporter, reader: PageReader) -> None:
        self._importer = importer
        self._reader = reader

    def bring(self, content: bytes) -> list[PageReading]:
        """Read a file; a refusal of the whole is one page with the fault."""
        try:
            with self._importer.opened(content) as (_, pages):
                return [
                    unreadable(page.fault or "") if page.image is None else outcome(self._reader.submit(page.image))
                    for page in pages
                ]
        except ScanningError as error:
            return [unreadable(error.code)]


@pytest.fixture(scope="module")
def door() -> Iterator[Door]:
    with FileImporter() as importer, PageReader(workers=1) as reader:
        yield Door(importer, reader)


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_is_refused_with_a_reason(door: Door, name: str) -> None:
    (page,) = door.bring(REFUSED[name]())
    assert page.fault is not None
    assert page.fault.split("-")[0] in {"file", "page", "document"}


@pytest.mark.parametrize("name", PAGE_REFUSED)
def test_a_page_is_refused_with_a_reason(door: Door, name: str) -> None:
    (page,) = door.bring(PAGE_REFUSED[name]())
    assert page.fault in {"page-unreadable", "page-too-large", "page-format-unsupported"}


@pytest.mark.parametrize("name", READ)
def test_an_unusual_file_is_read(door: Door, name: str) -> None:
    (page,) = door.bring(READ[name]())
    assert page.fault is None
    assert page.blank


def test_damaged_files_never_harm_the_next_one(door: Door) -> None:
    _bring_fuzzed(door, range(_FUZZED))


@pytest.mark.full
@pytest.mark.timeout(0)
@pytest.mark.parametrize("start", range(0, _FUZZED_IN_FULL, 1000))
def test_ten_thousand_damaged_files(monkeypatch: pytest.MonkeyPatch, start: int) -> None:
    monkeypatch.setattr(file_importer_module, "_PAGE_SECONDS", _PATIENCE_SECONDS)
    monkeypatch.setattr(reading_worker_module, "_PAGE_SECONDS", _PATIENCE_SECONDS)
    with FileImporter() as importer, PageReader(workers=1) as reader:
        _bring_fuzzed(Door(importer, reader), range(1000 + start, 2000 + start))


def _bring_fuzzed(door: Door, seeds: range) -> None:
    read = refused = 0
    for seed in seeds:
        for page in door.bring(fuzzed(seed)):
            assert page.fault is None or page.fault.split("-")[0] in {"file", "page", "document"}, seed
            read += page.fault is None
            refused += page.fault is not None
    assert read
    assert refused
