# SPDX-License-Identifier: GPL-3.0-or-later
"""Which column of a former system's table tells what: found by the header, in the spellings of several systems.

The spellings are those of the register that a one-stop system exports (STT, Mã HS, Trích yếu, Số bộ, Chủ HS, …), of the
national portal's payload (MaHoSo, TrangThaiHoSo, …) and of other lists. A column file names them for any other table.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from casework.errors import KnownError
from casework.identity.legacy_encoding import Encoding, read_legacy
from casework.records.former_dossier import Cell, FormerColumn, TableRow
from casework.text import clean, fold

HEADER_WITHIN_ROWS: Final = 30
"""The header stands in one of the first rows; titles and the name of the office may stand above it."""

NEEDED: Final = (FormerColumn.CODE, FormerColumn.APPLICANT_NAME, FormerColumn.RECEIVED_AT)
"""A row of headers has at least these."""

_C = FormerColumn
_SPELLINGS: Final[Mapping[FormerColumn, str]] = {
    _C.ORDER: "stt, tt, so thu tu, so tt",
    _C.CODE: "ma hs, ma ho so, mahoso, so ho so, ma so ho so, ma bien nhan, so bien nhan, dossierno, dossier no",
    _C.PROCEDURE_CODE: "ma tthc, mathutuc, ma thu tuc, matthc, ma thu tuc hanh chinh, ma dvc, servicecode",
    _C.PROCEDURE_NAME: (
        "ten tthc, tentthc, ten thu tuc, thu tuc, tenthutuc, thu tuc hanh chinh, ten thu tuc hanh chinh, servicename,"
        " loai ho so"
    ),
    _C.SUMMARY: "trich yeu, trich yeu ho so, trichyeuhoso, ve viec, noi dung, noi dung yeu cau giai quyet, ten ho so",
    _C.STATE: "trang thai, trang thai ho so, trangthaihoso, tinh trang, tinh trang ho so, dossierstatus, ket qua xu ly",
    _C.CHANNEL: "kenh, kenh thuc hien, kenhthuchien, hinh thuc nop, hinh thuc tiep nhan, kenh tiep nhan, kenh nop",
    _C.SETS: "so bo, so luong bo, so luong ho so, so bo ho so, sobo",
    _C.APPLICANT_NAME: (
        "chu hs, chu ho so, chuhoso, ten chu ho so, ho ten chu ho so, ho va ten chu ho so, ho ten, ho va ten,"
        " nguoi nop, nguoi nop ho so, ten nguoi nop, to chuc ca nhan, ca nhan to chuc, applicantname"
    ),
    _C.ID_NUMBER: (
        "cccd, so cccd, cmnd, so cmnd, cmnd cccd, cccd cmnd, so cmnd cccd, so cccd cmnd, so dinh danh, sodinhdanh,"
        " so dinh danh ca nhan, so giay to, sogiaytochuhoso, so can cuoc, can cuoc, so giay to chu ho so,"
        " so dinh danh chu ho so, applicantidno"
    ),
    _C.BIRTH_DATE: "ngay sinh, ngaysinh, nam sinh, ngay thang nam sinh, sinh ngay",
    _C.ADDRESS: "dia chi, diachi, dia chi chu ho so, noi o, noi cu tru, dia chi thuong tru, thuong tru, address",
    _C.PHONE: "sdt, so dien thoai, sodienthoai, dien thoai, di dong, so dt, dt, dien thoai lien he, contacttelno",
    _C.RECEIVED_AT: (
        "ngay tiep nhan, ngaytiepnhan, ngay nhan, ngay nhan ho so, thoi gian tiep nhan, thoi diem tiep nhan,"
        " ngay gio tiep nhan, receivedate, tiep nhan"
    ),
    _C.DUE_AT: (
        "hen tra, ngay hen tra, ngayhentra, ngay hen, ngay hen tra ket qua, thoi gian hen tra, han tra, han xu ly,"
        " ngay gio hen tra, han giai quyet, duedate"
    ),
    _C.RETURNED_AT: (
        "ngay tra, ngaytra, ngay tra ket qua, ngay tra kq, thoi gian tra, ngay tra ket qua thuc te, releasedate"
    ),
    _C.RETURNED_TO: "nguoi nhan, nguoi nhan ket qua, nguoi nhan kq, nguoi ky nhan, ky nhan, thongtintra",
    _C.CLERK_NAME: (
        "nguoi tiep nhan, can bo tiep nhan, cong chuc tiep nhan, can bo, nguoi tiep nhan ho so, can bo mot cua"
    ),
    _C.AREA: "dia ban, khu vuc, thon to, thon, to dan pho, xa phuong",
    _C.NOTE: "ghi chu, ghichu, chu thich",
}
_COLUMN_OF: Final[Mapping[str, FormerColumn]] = MappingProxyType(
    {spelling.strip(): column for column, spellings in _SPELLINGS.items() for spelling in spellings.split(",")}
)
_CAMEL: Final = re.compile(r"[a-z](?=[A-Z])")
_WORD: Final = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Where a table tells what.

    Attributes:
        header_row: Number of the row of headers.
        places: Position of each known column, from 0.
        headers: The header of each known column as the table writes it.
        unknown_headers: Headers that tell nothing we know; they are not read.
        encoding: TCVN3 or VNI when the first rows are in it; None leaves it to each cell to tell.
    """

    header_row: int
    places: Mapping[FormerColumn, int]
    headers: Mapping[FormerColumn, str]
    unknown_headers: tuple[str, ...]
    encoding: Encoding | None = None

    def cell(self, row: TableRow, column: FormerColumn) -> Cell:
        """Give what a row holds in a column; None when the table has no such column or the row ends before it."""
        place = self.places.get(column)
        return None if place is None or place >= len(row.cells) else row.cells[place]


def find_columns(rows: Iterable[TableRow], named: Mapping[FormerColumn, str] | None = None) -> ColumnMap:
    """Find the row of headers and what each column tells.

    Args:
        rows: The first rows of the table.
        named: What a column file says: the header of a column. It outranks the known spellings.

    Raises:
        KnownError: ``table-without-header`` (details ``columns``: what no row names), ``table-column-missing``
            (details ``column``: named by the column file and not in the table).
    """
    best: ColumnMap | None = None
    first = [row for row in rows if row.number <= HEADER_WITHIN_ROWS]
    encoding = _encoding(first)
    for row in first:
        found = _map(row, named or {}, encoding)
        if best is None or len(found.places) > len(best.places):
            best = found
    missing = [column.value for column in NEEDED if best is None or column not in best.places]
    if best is None or missing:
        raise KnownError("table-without-header", columns=", ".join(missing))
    for column in named or {}:
        if column not in best.places:
            raise KnownError("table-column-missing", column=column.value)
    return best


def read_column_file(data: bytes) -> Mapping[FormerColumn, str]:
    """Read a column file: JSON, ``{"code": "Số biên nhận", "received-at": "Ngày nhận HS", …}``.

    Raises:
        KnownError: ``column-file-unreadable``.
    """
    try:
        content = json.loads(data)
        if not isinstance(content, dict) or not all(isinstance(header, str) and header for header in content.values()):
            raise ValueError
        return MappingProxyType({FormerColumn(column): header for column, header in content.items()})
    except (ValueError, RecursionError):
        raise KnownError("column-file-unreadable") from None


def column_of(header: str) -> FormerColumn | None:
    """Give what a header tells, however it is written: "Mã HS", "MÃ HỒ SƠ", "MaHoSo", "ma_ho_so"; None for others."""
    words = _words(header)
    return _COLUMN_OF.get(words) or _COLUMN_OF.get(words.replace(" ", ""))


def _encoding(rows: Iterable[TableRow]) -> Encoding | None:
    text = " ".join(cell for row in rows for cell in row.cells if isinstance(cell, str))
    found = read_legacy(text).encoding
    return found if found in {Encoding.TCVN3, Encoding.VNI_WINDOWS} else None


def _map(row: TableRow, named: Mapping[FormerColumn, str], encoding: Encoding | None) -> ColumnMap:
    wanted = {_words(header): column for column, header in named.items()}
    places: dict[FormerColumn, int] = {}
    headers: dict[FormerColumn, str] = {}
    unknown: list[str] = []
    texts = [clean(read_legacy(cell, encoding).text) if isinstance(cell, str) else "" for cell in row.cells]
    columns: Sequence[FormerColumn | None] = [wanted.get(_words(text)) if text else None for text in texts]
    taken = {column for column in columns if column}
    for place, (text, column) in enumerate(zip(texts, columns, strict=True)):
        meant = column
        if meant is None and text:
            guess = column_of(text)
            meant = None if guess in taken or guess in named else guess
        if meant is not None and meant not in places:
            places[meant], headers[meant] = place, text
        elif text:
            unknown.append(text)
    return ColumnMap(row.number, MappingProxyType(places), MappingProxyType(headers), tuple(unknown), encoding)


def _words(header: str) -> str:
    """Bring a header into the form in which it is compared; "MaHoSo" and "Mã hồ sơ" meet."""
    return " ".join(_WORD.findall(fold(_CAMEL.sub(r"\g<0> ", header))))
