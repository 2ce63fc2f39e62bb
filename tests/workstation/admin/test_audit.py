# SPDX-License-Identifier: GPL-3.0-or-later
"""``./motcua admin audit``."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from sync_agent import desk_keys
from tests.workstation.admin.conftest import Desk
from tests.workstation.desk.counter import CLERK, ready
from workstation.desk.anchor_audit import anchor_audit
from workstation.desk.receive_dossier import receive_dossier


def worked(desk: Desk) -> None:
    """Receive a dossier, and anchor the day."""
    session = desk.sign_in()
    receive_dossier(session, ready(session))
    assert anchor_audit(session.store, desk_keys.load(session.store, session.folder).signer, session.clock())
    session.close()


def test_a_trail_that_is_whole_is_said_to_be(program: Desk) -> None:
    worked(program)
    checked = program.administer("audit", "verify")
    assert (checked.code, checked.facts["chain_ok"], checked.facts["findings"]) == (0, True, [])
    assert checked.facts["anchors"] == 1


def test_an_entry_that_was_changed_is_named(desk: Desk) -> None:
    worked(desk)
    session = desk.sign_in()
    with session.store.transaction() as connection:
        connection.execute("DROP TRIGGER audit_entries_never_change")
        connection.execute("UPDATE audit_entries SET actor_id = 'somebody else' WHERE number = 2")
    session.close()
    checked = desk.administer("audit", "verify")
    assert (checked.code, checked.facts["chain_ok"]) == (4, False)
    assert [(each["kind"], each["first"], each["last"]) for each in checked.facts["findings"]] == [("changed", 2, 2)]


def test_the_trail_is_exported_whole_and_never_over_a_file(desk: Desk, tmp_path: Path) -> None:
    worked(desk)
    lines, table = tmp_path / "trail.jsonl", tmp_path / "trail.csv"
    exported = desk.administer("audit", "export", str(lines))
    assert exported.code == 0
    entries = [json.loads(line) for line in lines.read_text(encoding="utf-8").splitlines()]
    assert [entry["number"] for entry in entries] == list(range(1, exported.facts["entries"] + 1))
    assert entries[-1]["action"] == "audit.exported"
    assert desk.administer("audit", "export", str(table), "--csv").code == 0
    with table.open(encoding="utf-8", newline="") as file:
        assert {row["action"] for row in csv.DictReader(file)} >= {"dossier.received", "audit.exported"}
    assert desk.administer("audit", "export", str(lines)).facts["error"]["code"] == "file-exists"


def test_the_anchors_are_listed(desk: Desk) -> None:
    worked(desk)
    (anchor,) = desk.administer("audit", "anchors").facts["anchors"]
    assert (anchor["day"], len(anchor["entry_hash"])) == ("2026-11-23", 64)


def test_a_witness_file_that_is_none_is_refused(desk: Desk, tmp_path: Path) -> None:
    witness = tmp_path / "witness.json"
    witness.write_bytes(b"{}")
    refused = desk.administer("audit", "verify", "--witness", str(witness))
    assert (refused.code, refused.facts["error"]["code"]) == (1, "witness-damaged")


def test_a_counter_clerk_does_not_read_the_trail(desk: Desk) -> None:
    added = desk.administer("clerks", "add", "hoa", "clerk", asked=("Trịnh Thị Hoa", "mật khẩu đầu"))
    assert added.code == 0
    refused = desk.administer("audit", "verify", login="hoa", password="mật khẩu đầu")
    assert (refused.code, refused.facts["error"]["code"]) == (1, "not-allowed")
    assert CLERK.full_name not in refused.stdout
