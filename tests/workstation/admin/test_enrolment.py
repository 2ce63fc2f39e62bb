# SPDX-License-Identifier: GPL-3.0-or-later
"""``./motcua admin enrol`` and ``identity``: a restored store becomes somebody else before anybody works with it."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from localdb import identity
from sync_agent.wire.enrolment import Enrolment
from tests.workstation.admin.conftest import Desk
from tests.workstation.desk.counter import enrolment

SUCCESSOR = "7d9a1c40-0000-4000-8000-000000000002"


def was_restored(desk: Desk) -> str:
    """Let the store be nobody any more, as after a restore; gives whom it was."""
    session = desk.sign_in()
    with session.store.transaction() as connection:
        former = identity.retire(connection, session.clock())
    session.close()
    assert former is not None
    return former.device_id


def successor_file(folder: Path, *, lineage: str) -> str:
    path = folder / "enrolment.json"
    path.write_bytes(dataclasses.replace(Enrolment.from_json(enrolment(SUCCESSOR)), lineage=lineage).to_json())
    return str(path)


def test_a_restored_store_gets_a_new_identity_and_opens_again(program: Desk, tmp_path: Path) -> None:
    former = was_restored(program)
    refused = program.administer("clerks", "list")
    assert (refused.code, refused.facts["error"]["code"]) == (1, "not-enrolled")
    told = program.administer("identity")
    assert [(each["device_id"], each["reason"]) for each in told.facts["former"]] == [(former, "restored")]
    enrolled = program.administer("enrol", successor_file(tmp_path, lineage=former))
    assert (enrolled.code, enrolled.facts["device_id"]) == (0, SUCCESSOR)
    assert program.administer("clerks", "list").code == 0


def test_a_file_that_is_not_of_a_successor_is_refused(desk: Desk, tmp_path: Path) -> None:
    was_restored(desk)
    refused = desk.administer("enrol", successor_file(tmp_path, lineage=SUCCESSOR))
    assert (refused.code, refused.facts["error"]["code"]) == (1, "enrolment-lineage")


def test_a_file_that_is_not_there_is_said(desk: Desk, tmp_path: Path) -> None:
    assert desk.administer("enrol", str(tmp_path / "nothing.json")).code == 3
