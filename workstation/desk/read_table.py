# SPDX-License-Identifier: GPL-3.0-or-later
"""Read a table that somebody brought: CSV in the encodings of Vietnamese offices, or the first sheet of a workbook.

The file is a stranger's. Nothing in it is computed, followed or run: of a formula the value that was last shown is
taken, links to other workbooks are not opened, and what would fill the memory is refused before it is unpacked. Of
merged cells only the first one holds a value.
"""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import io
import lzma
import struct
import unicodedata
import warnings
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Final
from xml.parsers import expat

import openpyxl

from casework.errors import KnownError
from casework.identity.legacy_encoding import read_legacy
from casework.identity.syllables import is_syllable, words_in
from casework.records.former_dossier import Cell, TableRow
from localdb import durable_file

MOST_BYTES: Final = 64 * 2**20
MOST_UNPACKED_BYTES: Final = 256 * 2**20
MOST_ROWS: Final = 100_000
MOST_COLUMNS: Final = 200
LONGEST_CELL: Final = 10_000

_WORKBOOK: Final = b"PK\x03\x04"
_OLD_WORKBOOK: Final = b"\xd0\xcf\x11\xe0"
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
_MOST_MEMBERS: Final = 2_000
_CHUNK: Final = 64 * 1024
_SEPARATORS: Final = ("\t", ";", ",")
_LINES_LOOKED_AT: Final = 50
_SIGNS_LOOKED_AT: Final = 20_000
_BROKEN: Final = (
    *(zipfile.BadZipFile, zlib.error, SyntaxError, LookupError, ValueError, TypeError, AttributeError, EOFError),
    *(ArithmeticError, RuntimeError, AssertionError, OSError, struct.error, lzma.LZMAError),
)
"""What the workbook library raises for a file that is none."""


def read_table(path: Path) -> list[TableRow]:
    """Read all rows of a table, blank ones included as far as the file holds them.

    Args:
        path: A ``.csv``, ``.txt``, ``.tsv`` or ``.xlsx``; its content decides, not its name.

    Returns:
        Rows numbered as the spreadsheet program shows them, or as the records of a CSV follow each other.

    Raises:
        KnownError: ``table-unreadable``; ``table-old-format`` (an .xls: save it as .xlsx); ``table-too-large``
            (details ``megabytes``), ``table-too-long`` (details ``rows``), ``table-too-wide`` (details ``columns``),
            ``table-cell-too-long`` (details ``row``); ``no-access``, ``disk-error``.
    """
    with durable_file.explained(), path.open("rb") as file:
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise KnownError("table-too-large", megabytes=str(MOST_BYTES // 2**20))
    if content.startswith(_OLD_WORKBOOK):
        raise KnownError("table-old-format")
    if content.startswith(_WORKBOOK):
        return list(_checked(_workbook_rows(content)))
    return list(_checked(_text_rows(content)))


def _checked(rows: Iterable[TableRow]) -> Iterator[TableRow]:
    for count, row in enumerate(rows):
        if count >= MOST_ROWS:
            raise KnownError("table-too-long", rows=str(MOST_ROWS))
        if len(row.cells) > MOST_COLUMNS:
            raise KnownError("table-too-wide", columns=str(MOST_COLUMNS))
        if any(isinstance(cell, str) and len(cell) > LONGEST_CELL for cell in row.cells):
            raise KnownError("table-cell-too-long", row=str(row.number))
        yield row


def _text_rows(content: bytes) -> Iterator[TableRow]:
    text = _decoded(content)
    if "\x00" in text:
        raise KnownError("table-unreadable")
    separator = _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for number, cells in enumerate(reader, start=1):
            yield TableRow(number, tuple(cells))
    except csv.Error:
        raise KnownError("table-unreadable") from None


def _decoded(content: bytes) -> str:
    """Decode a CSV: by its mark, else as UTF-8 if it is that, else as one of the encodings of one byte a letter.

    TCVN3 and VNI come out as the signs that stand in their fonts' places, which ``casework.identity.legacy_encoding``
    reads.
    """
    with contextlib.suppress(UnicodeDecodeError):
        if content.startswith(_UTF_16):
            return content.decode("utf-16")
        return content.decode("utf-8-sig")
    if content.startswith(_UTF_16):
        raise KnownError("table-unreadable")
    try:
        western = content.decode("cp1252")
    except UnicodeDecodeError:
        western = content.decode("latin-1")
    vietnamese = unicodedata.normalize("NFC", content.decode("cp1258", errors="replace"))
    is_font = _sense(read_legacy(western[:_SIGNS_LOOKED_AT]).text) > _sense(vietnamese[:_SIGNS_LOOKED_AT])
    return western if is_font else vietnamese


def _sense(text: str) -> float:
    """Give the share of accented words that Vietnamese has."""
    accented = [word for word in words_in(text) if not word.isascii()]
    return sum(is_syllable(word) for word in accented) / max(len(accented), 1)


def _separator(text: str) -> str:
    """Give the separator that cuts the most of the first lines into equally many columns, then into the most."""
    lines = [line for line in text.split("\n", _LINES_LOOKED_AT)[:_LINES_LOOKED_AT] if line.strip()]
    return max(_SEPARATORS, key=lambda separator: _agreement(lines, separator))


def _agreement(lines: list[str], separator: str) -> tuple[int, int]:
    counts = Counter(count for line in lines if (count := line.count(separator)))
    columns, agreeing = max(counts.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    return agreeing, columns


def _workbook_rows(content: bytes) -> Iterator[TableRow]:
    _check_archive(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that it leaves out
            workbook = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
            with contextlib.closing(workbook):
                sheets = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
                if not sheets:
                    raise KnownError("table-unreadable")
                sheets[0].reset_dimensions()  # what a file says of its own size may be wrong
                for number, cells in enumerate(sheets[0].iter_rows(values_only=True), start=1):
                    yield TableRow(number, tuple(_cell(value) for value in cells))
    except _BROKEN:
        raise KnownError("table-unreadable") from None


def _check_archive(content: bytes) -> None:
    """See how much a workbook would unpack to, and that no part of it declares entities.

    A member cannot give more than the directory says. A few bytes of entities become gigabytes, within the limits of
    the XML library too; no spreadsheet program writes them.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if len(members) > _MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED_BYTES:
                raise KnownError("table-too-large", megabytes=str(MOST_UNPACKED_BYTES // 2**20))
            for member in members:
                with archive.open(member) as part:
                    if _declares_entities(part):
                        raise KnownError("table-unreadable")
    except _BROKEN:
        raise KnownError("table-unreadable") from None


def _declares_entities(part: IO[bytes]) -> bool:
    """Tell whether a part has a document type, which can only stand before its first element; False when no XML."""
    found: list[bool] = []
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = lambda *_: found.append(True)
    parser.StartElementHandler = lambda *_: found.append(False)
    try:
        while not found and (chunk := part.read(_CHUNK)):
            parser.Parse(chunk)
    except (expat.ExpatError, ValueError, LookupError):
        pass
    return found[:1] == [True]


def _cell(value: object) -> Cell:
    match value:
        case None | str() | dt.datetime() | dt.date():
            return value
        case bool():
            return str(value)
        case int() | float():
            return value
        case _:
            return str(value)
