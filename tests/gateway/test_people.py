# SPDX-License-Identifier: GPL-3.0-or-later
"""What a desk tells of its people: taken as its own commune's word, and no portal's business."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Callable

import pytest

from casework.records.operation import FieldValue, Operation, OperationKind
from tests.gateway.conftest import RunningGateway
from tests.gateway.desk import PDF, Desk, seal_object
from tests.gateway.test_envelopes import verdicts


def recorded(desk: Desk, *, about: str = "", **changes: FieldValue) -> Operation:
    clerk_id = str(uuid.uuid4())
    fields: dict[str, FieldValue] = {
        "commune": desk.enrolment.unit.commune_code,
        "login": "hoa",
        "full_name": "Trịnh Thị Hoa",
        "roles": "clerk signer",
        **changes,
    }
    return desk.operation(OperationKind.CLERK_RECORDED, fields, dossier_id=about or clerk_id, record_id=clerk_id)


def revoked(desk: Desk, **changes: FieldValue) -> Operation:
    clerk_id = str(uuid.uuid4())
    fields: dict[str, FieldValue] = {
        "commune": desk.enrolment.unit.commune_code,
        "login": "hoa",
        "revoked_at": "2026-11-22T02:00:00+00:00",
        **changes,
    }
    return desk.operation(OperationKind.CLERK_REVOKED, fields, dossier_id=clerk_id, record_id=clerk_id)


def verdict(desk: Desk, operation: Operation) -> str:
    assert desk.send(desk.seal([operation])).status_code == 200
    return verdicts(desk)[operation.operation_id]


def test_who_works_at_a_desk_and_who_has_left_is_taken_in(desk: Desk) -> None:
    assert verdict(desk, recorded(desk)) == ""
    assert verdict(desk, revoked(desk)) == ""


@pytest.mark.expects_log("gateway.intake")
@pytest.mark.parametrize("make", [recorded, revoked])
def test_nobody_speaks_of_another_communes_people(desk: Desk, make: Callable[..., Operation]) -> None:
    assert verdict(desk, make(desk, commune="00001")) == "clerk-foreign"


@pytest.mark.expects_log("gateway.intake")
@pytest.mark.parametrize(
    "changes",
    [{"login": ""}, {"full_name": None}, {"roles": ""}, {"roles": "clerk king"}, {"roles": 1}, {"about": "a-dossier"}],
)
def test_a_record_that_makes_no_sense_is_refused(desk: Desk, changes: dict[str, str]) -> None:
    assert verdict(desk, recorded(desk, **changes)) == "clerk-malformed"


@pytest.mark.expects_log("gateway.intake")
@pytest.mark.parametrize("changes", [{"login": None}, {"revoked_at": "yesterday"}, {"revoked_at": None}])
def test_a_leave_that_makes_no_sense_is_refused(desk: Desk, changes: dict[str, FieldValue]) -> None:
    assert verdict(desk, revoked(desk, **changes)) == "clerk-malformed"


@pytest.mark.expects_log("gateway.intake")
def test_people_bring_no_objects(desk: Desk) -> None:
    scan = seal_object(PDF)
    clerk_id = str(uuid.uuid4())
    operation = desk.operation(
        OperationKind.CLERK_RECORDED,
        {"commune": desk.enrolment.unit.commune_code, "login": "hoa", "full_name": "Hoa", "roles": "clerk"},
        dossier_id=clerk_id,
        record_id=clerk_id,
        object_ids=[scan.announced.object_id],
    )
    assert desk.send(desk.seal([operation], [scan])).status_code == 200
    assert verdicts(desk)[operation.operation_id] == "clerk-malformed"


def test_the_portal_hears_nothing_of_the_people(gateway: RunningGateway, desk: Desk) -> None:
    dossier = desk.receive_dossier()
    assert desk.send_dossier(dossier).status_code == 200
    # Even when a desk gives a person the name of a dossier.
    operation = desk.operation(
        OperationKind.CLERK_RECORDED,
        {"commune": desk.enrolment.unit.commune_code, "login": "hoa", "full_name": "Hoa", "roles": "clerk"},
        dossier_id=dossier.dossier_id,
        record_id=dossier.dossier_id,
    )
    with sqlite3.connect(gateway.folder / "gateway.db") as before:
        wanted = before.execute("SELECT wanted FROM relay_jobs WHERE lineage = ?", (desk.device_id,)).fetchall()
    before.close()
    assert len(wanted) == 1
    assert verdict(desk, operation) == ""
    with sqlite3.connect(gateway.folder / "gateway.db") as after:
        assert after.execute("SELECT wanted FROM relay_jobs WHERE lineage = ?", (desk.device_id,)).fetchall() == wanted
    after.close()


def test_no_name_of_a_person_lies_open_at_the_gateway(gateway: RunningGateway, desk: Desk) -> None:
    assert verdict(desk, recorded(desk, full_name="Trịnh Thị Hoa Ban")) == ""
    for path in gateway.folder.rglob("*"):
        if path.is_file():
            assert b"Hoa Ban" not in path.read_bytes()
