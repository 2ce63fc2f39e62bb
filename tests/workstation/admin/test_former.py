# SPDX-License-Identifier: GPL-3.0-or-later
"""``./motcua admin former``."""

from __future__ import annotations

import json
from pathlib import Path

from tests.workstation.admin.conftest import Desk
from workstation.desk.list_dossiers import list_dossiers

LINES = (
    "Số phiếu;Chủ HS;Địa chỉ;Ngày tiếp nhận;Hẹn trả;Trạng thái\n"
    "A-1;Nguyễn Thị Hường;Thôn 1;01/07/2025 08:30;02/07/2025 17:00;10\n"
    "A-2;;Thôn 2;01/07/2025 08:30;02/07/2025 17:00;10\n"
)


def files(tmp_path: Path) -> tuple[str, str]:
    table, columns = tmp_path / "register.csv", tmp_path / "columns.json"
    table.write_text(LINES, encoding="utf-8")
    columns.write_text(json.dumps({"code": "Số phiếu"}), encoding="utf-8")
    return str(table), str(columns)


def count(desk: Desk) -> int:
    session = desk.sign_in()
    found = len(list_dossiers(session))
    session.close()
    return found


def test_a_table_is_checked_then_taken_in_then_known(desk: Desk, tmp_path: Path) -> None:
    table, columns = files(tmp_path)
    checked = desk.administer("former", "check", table, "--columns", columns)
    assert checked.code == 0, checked.stderr
    assert (checked.facts["counts"]["new"], checked.facts["rows"], checked.facts["refused_rows"]) == (1, 2, [3])
    assert count(desk) == 0
    assert desk.administer("former", "import", table, "--columns", columns).facts["counts"]["new"] == 1
    assert count(desk) == 1
    again = desk.administer("former", "import", table, "--columns", columns)
    assert (again.facts["counts"]["new"], again.facts["counts"]["unchanged"]) == (0, 1)


def test_errors_are_told_by_row_and_column_and_nobody_is_named(desk: Desk, tmp_path: Path) -> None:
    table, columns = files(tmp_path)
    arguments = ("former", "check", table, "--columns", columns, "--login", "lan", "--password-stdin")
    told = desk.run(*arguments, asked=("một cửa mở cửa",)).stdout
    assert "3\tLỖI\tChủ HS\tThiếu tên chủ hồ sơ." in told.splitlines()
    assert "Hường" not in told
    assert "1\tmới / new" in told.splitlines()


def test_a_table_that_is_not_there_or_says_nothing_is_refused(desk: Desk, tmp_path: Path) -> None:
    table, _ = files(tmp_path)
    missing = desk.administer("former", "check", str(tmp_path / "none.csv"))
    assert (missing.code, missing.facts["error"]["code"]) == (3, "no-such-file")
    unnamed = desk.administer("former", "import", table)
    assert (unnamed.code, unnamed.facts["error"]["code"]) == (1, "table-without-header")
    assert unnamed.facts["error"]["details"] == {"columns": "code"}
