# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import json

import pytest

from casework.errors import KnownError
from casework.former.columns import HEADER_WITHIN_ROWS, column_of, find_columns, read_column_file
from casework.identity.legacy_encoding import Encoding
from casework.records.former_dossier import FormerColumn, TableRow

C = FormerColumn
REGISTER = (
    "STT", "Mã HS", "Trích yếu", "Số bộ", "Chủ HS", "Địa chỉ", "SĐT",
    "Ngày tiếp nhận", "Hẹn trả", "Ngày trả", "Người nhận", "Địa bàn",
)  # fmt: skip
MEANING = (
    C.ORDER, C.CODE, C.SUMMARY, C.SETS, C.APPLICANT_NAME, C.ADDRESS, C.PHONE,
    C.RECEIVED_AT, C.DUE_AT, C.RETURNED_AT, C.RETURNED_TO, C.AREA,
)  # fmt: skip


def row(number: int, *cells: str | int | None) -> TableRow:
    return TableRow(number, cells)


def refusal(*rows: TableRow, named: dict[FormerColumn, str] | None = None) -> tuple[str, dict[str, str]]:
    with pytest.raises(KnownError) as caught:
        find_columns(rows, named)
    return caught.value.code, dict(caught.value.details)


def test_the_register_of_a_one_stop_system_is_known_whole() -> None:
    columns = find_columns([row(1, *REGISTER)])
    assert dict(columns.places) == {meaning: place for place, meaning in enumerate(MEANING)}
    assert columns.headers[C.CODE] == "Mã HS"
    assert (columns.header_row, columns.unknown_headers) == (1, ())


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("MaHoSo", C.CODE),
        ("MÃ HỒ SƠ", C.CODE),
        ("ma_ho_so", C.CODE),
        (" Mã  hồ sơ: ", C.CODE),
        ("TrangThaiHoSo", C.STATE),
        ("MaTTHC", C.PROCEDURE_CODE),
        ("TenTTHC", C.PROCEDURE_NAME),
        ("ChuHoSo", C.APPLICANT_NAME),
        ("SoDinhDanh", C.ID_NUMBER),
        ("Số CMND/CCCD", C.ID_NUMBER),
        ("NgayHenTra", C.DUE_AT),
        ("NgayTra", C.RETURNED_AT),
        ("KenhThucHien", C.CHANNEL),
        ("TrichYeuHoSo", C.SUMMARY),
        ("SoDienThoai", C.PHONE),
        ("Cán bộ tiếp nhận", C.CLERK_NAME),
        ("Ngày sinh", C.BIRTH_DATE),
        ("Ghi chú", C.NOTE),
        ("Màu giấy", None),
        ("", None),
    ],
)
def test_a_header_is_known_however_it_is_written(header: str, column: FormerColumn | None) -> None:
    assert column_of(header) is column


def test_a_title_may_stand_above_the_header() -> None:
    columns = find_columns(
        [row(1, "SỔ THEO DÕI HỒ SƠ"), row(2, None, "Năm", 2025), row(4, *REGISTER), row(5, 1, "H56")]
    )
    assert columns.header_row == 4


@pytest.mark.parametrize(("number", "is_found"), [(HEADER_WITHIN_ROWS, True), (HEADER_WITHIN_ROWS + 1, False)])
def test_the_header_is_one_of_the_first_rows(number: int, is_found: bool) -> None:
    if is_found:
        assert find_columns([row(number, *REGISTER)]).header_row == number
    else:
        assert refusal(row(number, *REGISTER))[0] == "table-without-header"


def test_a_table_without_what_every_dossier_needs_is_refused_and_told_why() -> None:
    assert refusal() == ("table-without-header", {"columns": "code, applicant-name, received-at"})
    assert refusal(row(1, "Mã HS", "Chủ HS", "Địa chỉ")) == ("table-without-header", {"columns": "received-at"})


def test_of_two_columns_that_tell_the_same_the_first_counts() -> None:
    columns = find_columns([row(1, "Mã HS", "Mã hồ sơ", "Chủ HS", "Ngày tiếp nhận", "Màu giấy")])
    assert columns.places[C.CODE] == 0
    assert columns.unknown_headers == ("Mã hồ sơ", "Màu giấy")


def test_a_column_file_outranks_the_known_spellings() -> None:
    named = read_column_file(json.dumps({"code": "Số phiếu", "applicant-name": "Bà con"}).encode())
    columns = find_columns([row(1, "Mã HS", "SỐ PHIẾU", "bà con", "Chủ HS", "Ngày tiếp nhận")], named)
    assert (columns.places[C.CODE], columns.places[C.APPLICANT_NAME], columns.places[C.RECEIVED_AT]) == (1, 2, 4)
    assert columns.unknown_headers == ("Mã HS", "Chủ HS")


def test_a_column_file_that_names_what_is_not_there_is_refused() -> None:
    assert refusal(row(1, *REGISTER), named={C.NOTE: "Bút phê"}) == ("table-column-missing", {"column": "note"})


@pytest.mark.parametrize(
    "data", [b"", b"[]", b'{"code": 1}', b'{"code": ""}', b'{"colour": "x"}', b"\xff", b"[" * 99999]
)
def test_a_column_file_that_says_nothing_is_refused(data: bytes) -> None:
    with pytest.raises(KnownError, match="column-file-unreadable"):
        read_column_file(data)


def test_headers_in_the_fonts_of_the_nineties_are_read() -> None:
    columns = find_columns([row(1, "M· HS", "Chñ HS", "§Þa chØ", "Ngµy tiÕp nhËn", "HÑn tr¶", "Ng­êi nhËn", "Sè bé")])
    assert columns.encoding is Encoding.TCVN3
    assert columns.places[C.SETS] == 6
    assert columns.headers[C.RETURNED_TO] == "Người nhận"


def test_a_row_that_ends_early_has_nothing_there() -> None:
    columns = find_columns([row(1, *REGISTER)])
    assert columns.cell(row(2, 1, "H56"), C.CODE) == "H56"
    assert columns.cell(row(2, 1), C.CODE) is None
    assert columns.cell(row(2, 1, "H56"), C.ID_NUMBER) is None
