# SPDX-License-Identifier: GPL-3.0-or-later
"""``./motcua admin repair``: pages of the database are torn; what is left is saved, what is lost is listed."""

from __future__ import annotations

import json
import random
from pathlib import Path

from tests.localdb.keys_only import open_with_password
from tests.localdb.torn_store import damage, whereabouts
from tests.workstation.admin.conftest import Desk
from tests.workstation.desk.counter import CLERK, PASSWORD, ready
from workstation.desk.receive_dossier import receive_dossier


def tear(desk: Desk, table: str) -> None:
    """Damage the pages that the rows of a table lie on."""
    database = desk.folder.root / "desk.db"
    keys = open_with_password(desk.folder.key_file, CLERK.login, PASSWORD)
    damage(database, {page for page, _ in whereabouts(database, keys)[table].values()}, random.Random(5))


def receive(desk: Desk) -> None:
    session = desk.sign_in()
    receive_dossier(session, ready(session))
    session.close()


def test_what_is_lost_is_listed_and_the_desk_opens_again(program: Desk, tmp_path: Path) -> None:
    receive(program)
    tear(program, "persons")
    report = tmp_path / "report.json"
    repaired = program.administer("repair", "--report", str(report))
    assert repaired.code == 4
    lost = {table["table"] for table in repaired.facts["tables"] if table["losses"]}
    assert lost == {"persons"}
    assert json.loads(report.read_bytes()) == repaired.facts
    assert program.administer("clerks", "list").code == 0


def test_lost_rows_are_filled_from_a_stick(desk: Desk, tmp_path: Path) -> None:
    receive(desk)
    assert desk.administer("snapshot", "add-place", str(tmp_path)).code == 0
    assert desk.administer("snapshot", "now").code == 0
    tear(desk, "persons")
    repaired = desk.administer("repair", "--fill-from", str(tmp_path))
    assert repaired.code == 4
    assert [len(table["filled"]) for table in repaired.facts["tables"] if table["table"] == "persons"] == [1]


def test_lost_rows_are_filled_from_a_share_where_another_desk_wrote_last(
    desk: Desk, other: Desk, tmp_path: Path
) -> None:
    receive(desk)
    share = tmp_path / "share"
    share.mkdir()
    for each in (desk, other):
        assert each.administer("snapshot", "add-place", str(share)).code == 0
        assert each.administer("snapshot", "now").code == 0
    tear(desk, "persons")
    repaired = desk.administer("repair", "--fill-from", str(share))
    assert [len(table["filled"]) for table in repaired.facts["tables"] if table["table"] == "persons"] == [1]


def test_a_store_that_is_whole_is_left_alone(desk: Desk) -> None:
    refused = desk.administer("repair")
    assert (refused.code, refused.facts["error"]["code"]) == (1, "repair-not-needed")
