# SPDX-License-Identifier: GPL-3.0-or-later
"""A table that a stranger brought is read, or refused before it does harm."""

from __future__ import annotations

import datetime as dt
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.errors import KnownError
from casework.former.columns import find_columns
from casework.identity.legacy_encoding import read_legacy
from casework.records.former_dossier import FormerColumn, TableRow
from workstation.desk import read_table as limits
from workstation.desk.read_table import read_table

LINES = (
    "STT{0}Mã HS{0}Chủ HS{0}Địa chỉ{0}Ngày tiếp nhận\n"
    '1{0}H56.14-250701-0001{0}Nguyễn Thị Hường{0}"Thôn 1, xã Phú; huyện A"{0}01/07/2025\n'
    "2{0}H56.14-250701-0002{0}Đỗ Văn Sỹ{0}Thôn 2{0}01/07/2025\n"
)
TONES = "\u0300\u0301\u0303\u0309\u0323"


def windows_1258(text: str) -> bytes:
    """Write text as Windows-1258 does: the letter with its shape, then its tone."""
    made = b""
    for sign in text:
        parts = unicodedata.normalize("NFD", sign)
        tone = "".join(part for part in parts if part in TONES)
        letter = unicodedata.normalize("NFC", "".join(part for part in parts if part not in TONES))
        made += letter.encode("cp1258") + tone.encode("cp1258")
    return made


def tcvn3(text: str) -> bytes:
    """Write text in the font encoding of the nineties, letter by letter as it is read back."""
    signs = {read_legacy(f"Ng­êi {chr(code)}").text[-1]: chr(code) for code in range(0xA1, 0xFF)}
    return "".join(sign if sign.isascii() else signs[sign] for sign in text).encode("latin-1")


def written(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "table"
    path.write_bytes(content)
    return path


def workbook(tmp_path: Path, fill: Callable[[openpyxl.Workbook], None]) -> Path:
    book = openpyxl.Workbook()
    fill(book)
    path = tmp_path / "table.xlsx"
    book.save(path)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(KnownError) as caught:
        read_table(path)
    return caught.value.code


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.encode("utf-8"),
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.encode("utf-16"),
        lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
        windows_1258,
    ],
)
def test_a_csv_is_read_in_every_encoding_and_with_every_separator(
    tmp_path: Path, encode: Callable[[str], bytes], separator: str
) -> None:
    rows = read_table(written(tmp_path, encode(LINES.format(separator))))
    assert rows[0] == TableRow(1, ("STT", "Mã HS", "Chủ HS", "Địa chỉ", "Ngày tiếp nhận"))
    assert rows[1].cells[2:4] == ("Nguyễn Thị Hường", "Thôn 1, xã Phú; huyện A")
    assert [row.number for row in rows] == [1, 2, 3]


def test_a_csv_of_the_nineties_keeps_the_signs_that_its_reading_needs(tmp_path: Path) -> None:
    text = "Số HS;Mã HS;Chủ hồ sơ;Ngày nhận\n1;H56;Nguyễn Văn Lượng;01/07/2005\n"
    rows = read_table(written(tmp_path, tcvn3(text)))
    columns = find_columns(rows)
    name = columns.cell(rows[1], FormerColumn.APPLICANT_NAME)
    assert isinstance(name, str)
    assert read_legacy(name, columns.encoding).text == "Nguyễn Văn Lượng"


def test_a_separator_inside_addresses_does_not_win(tmp_path: Path) -> None:
    text = "Mã;Tên;Địa chỉ\n1;A;thôn 1, xã 2, huyện 3, tỉnh 4, nước 5\n2;B;thôn 1, xã 2\n"
    assert [len(row.cells) for row in read_table(written(tmp_path, text.encode()))] == [3, 3, 3]


def test_an_empty_file_has_no_rows(tmp_path: Path) -> None:
    assert read_table(written(tmp_path, b"")) == []


@pytest.mark.parametrize("content", [b"a\x00b;c", b"\xff\xfea", b"\xd0\xcf\x11\xe0x", b"PK\x03\x04rubbish"])
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes) -> None:
    assert refusal(written(tmp_path, content)) in {"table-unreadable", "table-old-format"}


def test_an_old_workbook_is_told_by_name(tmp_path: Path) -> None:
    assert refusal(written(tmp_path, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")) == "table-old-format"


def test_a_workbook_gives_numbers_days_and_the_rows_that_people_see(tmp_path: Path) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        sheet = book.worksheets[0]
        sheet["A1"] = "Tên"
        sheet["A3"] = 38090001234
        sheet["B3"] = dt.datetime(2025, 7, 1, 8, 30)  # noqa: DTZ001 - a workbook knows no time zone
        sheet["C3"] = True
        sheet["D3"] = dt.time(8, 30)
        sheet["E3"] = 45839.5

    rows = read_table(workbook(tmp_path, fill))
    assert [row.number for row in rows] == [1, 2, 3]
    moment = dt.datetime(2025, 7, 1, 8, 30)  # noqa: DTZ001
    assert rows[2].cells == (38090001234, moment, "True", "08:30:00", 45839.5)


def test_nothing_in_a_workbook_is_computed_and_merged_cells_hold_their_first(tmp_path: Path) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        sheet = book.worksheets[0]
        sheet.append(["=1+1", "=[1]Other!A1", '=HYPERLINK("file:///etc/passwd")', "x"])
        sheet.append(["m", None, None, "y"])
        sheet.merge_cells("A2:C2")

    rows = read_table(workbook(tmp_path, fill))
    assert rows[0].cells == (None, None, None, "x")
    assert rows[1].cells == ("m", None, None, "y")


def test_the_first_visible_sheet_is_read(tmp_path: Path) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book.worksheets[0].append(["hidden"])
        book.worksheets[0].sheet_state = "hidden"
        book.create_sheet().append(["seen"])

    assert read_table(workbook(tmp_path, fill)) == [TableRow(1, ("seen",))]


def test_a_sheet_that_pretends_to_be_huge_is_refused(tmp_path: Path) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book.worksheets[0]["A1048576"] = "far"

    assert refusal(workbook(tmp_path, fill)) == "table-too-long"


def test_a_table_wider_than_any_register_is_refused(tmp_path: Path) -> None:
    cells = ";".join("x" * limits.MOST_COLUMNS)
    assert len(read_table(written(tmp_path, cells.encode()))[0].cells) == limits.MOST_COLUMNS
    assert refusal(written(tmp_path, f"{cells};x".encode())) == "table-too-wide"


def test_a_cell_longer_than_any_text_is_refused(tmp_path: Path) -> None:
    assert len(read_table(written(tmp_path, b"x" * limits.LONGEST_CELL))) == 1
    assert refusal(written(tmp_path, b"x" * (limits.LONGEST_CELL + 1))) == "table-cell-too-long"
    assert refusal(written(tmp_path, b"x" * 200_000)) == "table-unreadable"


def test_more_rows_than_fit_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_ROWS", 3)
    assert len(read_table(written(tmp_path, b"a\nb\nc\n"))) == 3
    assert refusal(written(tmp_path, b"a\nb\nc\nd\n")) == "table-too-long"


def test_a_file_larger_than_any_register_is_not_read_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_BYTES", 10)
    assert len(read_table(written(tmp_path, b"a\n" * 5))) == 5
    assert refusal(written(tmp_path, b"a\n" * 5 + b"b")) == "table-too-large"


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", bytes(2**20))
    assert path.stat().st_size < 2**13
    monkeypatch.setattr(limits, "MOST_UNPACKED_BYTES", 3 * 2**20)
    assert refusal(path) == "table-unreadable"
    monkeypatch.setattr(limits, "MOST_UNPACKED_BYTES", 3 * 2**20 - 1)
    assert refusal(path) == "table-too-large"


def test_an_archive_of_thousands_of_files_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "many.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(2001):
            archive.writestr(str(number), b"")
    assert refusal(path) == "table-too-large"


def with_entities(tmp_path: Path, member: str, declaration: str, encoding: str = "utf-8") -> Path:
    """Write a workbook of one cell, ``&c;``, with a declaration in front of one of its parts."""
    good = workbook(tmp_path, lambda book: book.worksheets[0].append(["text"]))
    path = tmp_path / "entities.xlsx"
    with zipfile.ZipFile(good) as before, zipfile.ZipFile(path, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            if name == member:
                root = content.decode().rpartition("?>")[2].replace("text", "&c;")
                content = f'<?xml version="1.0" encoding="{encoding}"?>{declaration}{root}'.encode(encoding)
            after.writestr(name, content)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
@pytest.mark.parametrize("member", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "[Content_Types].xml"])
@pytest.mark.parametrize("comment", ["", f"<!--{'x' * 100_000}-->"])
def test_a_workbook_that_declares_entities_is_refused(tmp_path: Path, comment: str, member: str, encoding: str) -> None:
    assert refusal(with_entities(tmp_path, member, f'{comment}<!DOCTYPE x [<!ENTITY c "z">]>', encoding)) == (
        "table-unreadable"
    )


def test_a_part_in_another_encoding_without_entities_is_read(tmp_path: Path) -> None:
    path = with_entities(tmp_path, "xl/workbook.xml", "<!-- nothing -->", "utf-16")
    assert [row.cells for row in read_table(path)] == [("text",)]


def table_or_refusal(path: Path) -> list[TableRow] | str:
    try:
        return read_table(path)
    except KnownError as error:
        return error.code


@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", b"\xff\xfe", b"\xef\xbb\xbf"]))
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_bytes_break_the_reading(tmp_path: Path, content: bytes, beginning: bytes) -> None:
    outcome = table_or_refusal(written(tmp_path, beginning + content))
    if isinstance(outcome, str):
        assert outcome in {"table-unreadable", "table-too-wide"}
    else:
        assert [row.number for row in outcome] == list(range(1, len(outcome) + 1))


@given(st.integers(0, 5000), st.binary(min_size=1, max_size=4))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_workbook_is_read_or_refused(tmp_path: Path, position: int, noise: bytes) -> None:
    content = bytearray(workbook(tmp_path, lambda book: book.worksheets[0].append(["Mã HS", 1, 2.5])).read_bytes())
    position %= len(content)
    content[position : position + len(noise)] = noise
    outcome = table_or_refusal(written(tmp_path, bytes(content)))
    assert not isinstance(outcome, str) or outcome.startswith("table-")
