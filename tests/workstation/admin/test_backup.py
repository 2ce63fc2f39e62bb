# SPDX-License-Identifier: GPL-3.0-or-later
"""``./motcua admin snapshot`` and ``restore``: a disk dies, the stick in the drawer brings the desk back."""

from __future__ import annotations

import dataclasses
import datetime as dt
import shutil
from pathlib import Path

import pytest

from sync_agent.wire.enrolment import Enrolment
from tests.workstation.admin.conftest import OTHER_DEVICE, Desk
from tests.workstation.desk.counter import CLERK, FIRST_DEVICE, PASSWORD, UNIT, enrolment, ready
from workstation.admin.command import now
from workstation.desk.list_dossiers import list_dossiers
from workstation.desk.receive_dossier import receive_dossier
from workstation.desk.restore_store import list_snapshots
from workstation.desk.take_snapshot import FOLDER_NAME, take_snapshot

SUCCESSOR = "7d9a1c40-0000-4000-8000-000000000003"


def received(desk: Desk) -> tuple[str, str]:
    """Receive a dossier; gives its code and the device that did."""
    session = desk.sign_in()
    code = receive_dossier(session, ready(session)).dossier.code
    device = session.workstation.device_id
    session.close()
    return code, device


def with_stick(desk: Desk, tmp_path: Path) -> Path:
    stick = tmp_path / "stick"
    stick.mkdir()
    assert desk.administer("snapshot", "add-place", str(stick)).code == 0
    return stick


def test_a_desk_comes_back_from_a_stick(desk: Desk, tmp_path: Path) -> None:
    code, device = received(desk)
    stick = with_stick(desk, tmp_path)
    taken = desk.administer("snapshot", "now")
    assert (taken.code, taken.facts["places"]) == (0, [{"folder": str(stick), "code": ""}])
    places = desk.administer("snapshot", "places").facts
    assert [place["last_error_code"] for place in places["places"]] == [""]
    shutil.rmtree(desk.folder.root)

    (kept,) = desk.run("snapshot", "list", str(stick), "--json").facts["snapshots"]
    assert (kept["device_id"], kept["is_complete"]) == (device, True)
    restored = desk.run(
        *("restore", str(stick), "--number", "1", "--login", CLERK.login, "--password-stdin", "--json"),
        asked=(PASSWORD,),
    )
    assert restored.code == 0, restored.stderr
    assert (restored.facts["missing_objects"], restored.facts["set_aside"]) == ([], None)
    assert desk.administer("clerks", "list").facts["error"]["code"] == "not-enrolled"
    file = tmp_path / "enrolment.json"
    successor = dataclasses.replace(Enrolment.from_json(enrolment(SUCCESSOR)), lineage=device)
    file.write_bytes(dataclasses.replace(successor, unit=UNIT).to_json())
    assert desk.administer("enrol", str(file)).code == 0
    session = desk.sign_in()
    assert [row.dossier.code for row in list_dossiers(session)] == [code]
    session.close()


def test_a_desk_whose_passwords_nobody_knows_comes_back_with_its_sheet(desk: Desk, tmp_path: Path) -> None:
    session = desk.sign_in()
    words = " ".join(session.key_file.make_recovery_words(now()))
    session.close()
    stick = with_stick(desk, tmp_path)
    assert desk.administer("snapshot", "now").code == 0
    shutil.rmtree(desk.folder.root)
    restored = desk.run("restore", str(stick), "--number", "1", "--words", "--password-stdin", asked=(words,))
    assert restored.code == 0, restored.stderr
    new_password = "mật khẩu mới của tôi"
    recovered = desk.run("keys", "recover", "--login", CLERK.login, "--password-stdin", asked=(words, new_password))
    assert recovered.code == 0, recovered.stderr
    (former,) = desk.administer("identity", password=new_password).facts["former"]
    assert former["device_id"] == FIRST_DEVICE


def test_a_store_that_is_there_is_in_the_way_until_somebody_says_so(program: Desk) -> None:
    assert program.administer("snapshot", "now").code == 0
    arguments = ("restore", "--login", CLERK.login, "--password-stdin", "--json")
    refused = program.run(*arguments, asked=("1", PASSWORD))
    assert (refused.code, refused.facts["error"]["code"]) == (1, "store-in-the-way")
    program.sign_in().close()
    restored = program.run(*arguments, "--replace", asked=("", PASSWORD))
    assert restored.code == 0
    assert list(Path(restored.facts["set_aside"]).glob("desk.db"))


def test_the_newest_snapshot_that_is_whole_is_offered(desk: Desk) -> None:
    session = desk.sign_in()
    list(take_snapshot(session.store, now() - dt.timedelta(hours=2)))
    session.close()
    received(desk)
    assert desk.administer("snapshot", "now").code == 0
    newest, oldest = list_snapshots(desk.folder.root / FOLDER_NAME)
    newest.place.remove_block(min(set(newest.manifest.blocks) - set(oldest.manifest.blocks)))
    arguments = ("restore", "--replace", "--login", CLERK.login, "--password-stdin")
    restored = desk.run(*arguments, "--json", asked=("", PASSWORD))
    assert restored.code == 0, restored.stderr
    assert [line.endswith("blocks are missing") for line in restored.stderr.splitlines()] == [True, False]
    assert restored.facts["taken_at"] == oldest.manifest.taken_at.isoformat()


def test_where_no_snapshot_is_whole_none_is_offered(desk: Desk) -> None:
    assert desk.administer("snapshot", "now").code == 0
    (only,) = list_snapshots(desk.folder.root / FOLDER_NAME)
    only.place.remove_block(only.manifest.blocks[0])
    arguments = ("restore", "--replace", "--login", CLERK.login, "--password-stdin", "--json")
    refused = desk.run(*arguments, asked=("", PASSWORD))
    assert (refused.code, refused.facts["error"]["code"]) == (3, "no-snapshot")
    assert desk.folder.is_set_up


def test_another_desk_of_the_share_is_never_brought_back_by_chance(desk: Desk, other: Desk, tmp_path: Path) -> None:
    share = with_stick(desk, tmp_path)
    assert other.administer("snapshot", "add-place", str(share)).code == 0
    assert desk.administer("snapshot", "now").code == 0
    assert other.administer("snapshot", "now").code == 0
    arguments = ("restore", str(share), "--replace", "--login", CLERK.login, "--password-stdin", "--json")
    unanswered = desk.run(*arguments, asked=("", PASSWORD))
    assert (unanswered.code, unanswered.facts["error"]["code"]) == (3, "no-snapshot")
    assert [line.split("\t")[3] for line in unanswered.stderr.splitlines()[:2]] == [OTHER_DEVICE, FIRST_DEVICE]
    refused = desk.run(*arguments, asked=("1", PASSWORD))
    assert (refused.code, refused.facts["error"]["code"]) == (1, "snapshot-other-desk")
    desk.sign_in().close()
    restored = desk.run(*arguments, asked=("2", PASSWORD))
    assert restored.code == 0, restored.stderr


@pytest.mark.expects_log("workstation.desk.carry_snapshot")
def test_a_place_that_is_away_is_said_and_holds_nothing_up(desk: Desk, tmp_path: Path) -> None:
    stick = with_stick(desk, tmp_path)
    stick.rmdir()
    taken = desk.administer("snapshot", "now")
    assert (taken.code, taken.facts["places"][0]["code"]) == (1, "backup-place-missing")
    told = desk.run("snapshot", "now", "--login", CLERK.login, "--password-stdin", asked=(PASSWORD,))
    assert f"The backup place {stick} cannot be seen." in told.stdout
    assert len(desk.run("snapshot", "list", "--json").facts["snapshots"]) == 1
    assert desk.administer("snapshot", "remove-place", str(stick)).code == 0
    assert desk.administer("snapshot", "places").facts["places"] == []


def test_where_no_snapshot_is_there_is_nothing_to_restore(desk: Desk, tmp_path: Path) -> None:
    listed = desk.run("snapshot", "list", str(tmp_path), "--json")
    assert (listed.code, listed.facts) == (3, {"snapshots": []})
    listed = desk.run("snapshot", "list", "--json")
    assert (listed.code, listed.facts) == (3, {"snapshots": []})
    arguments = ("restore", str(tmp_path), "--login", CLERK.login, "--password-stdin", "--number", "1")
    assert desk.run(*arguments, asked=(PASSWORD,)).code == 3


def test_one_says_what_opens_the_snapshot(desk: Desk, tmp_path: Path) -> None:
    assert desk.run("restore", str(tmp_path)).code == 2
