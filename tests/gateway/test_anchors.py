# SPDX-License-Identifier: GPL-3.0-or-later
"""The gateway as a witness of the desks' audit trails."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json

import pytest

from casework.errors import KnownError
from casework.records.audit_anchor import AuditAnchor
from casework.records.operation import Operation, OperationKind
from gateway.__main__ import main
from sync_agent.wire import audit_anchor, audit_witness
from tests.gateway.conftest import RunningGateway
from tests.gateway.desk import Desk
from tests.gateway.test_envelopes import verdicts
from tests.gateway.test_lineage import successor

MORNING = dt.datetime(2026, 11, 22, 1, 0, tzinfo=dt.UTC)


def anchor(desk: Desk, number: int, entry_hash: bytes = bytes(32), days: int = 0) -> AuditAnchor:
    made_at = MORNING + dt.timedelta(days=days)
    return audit_anchor.sign(
        desk.signing,
        device_id=desk.device_id,
        entry_number=number,
        entry_hash=entry_hash,
        day=made_at.date(),
        made_at=made_at,
    )


def told(desk: Desk, made: AuditAnchor) -> Operation:
    return desk.operation(OperationKind.AUDIT_ANCHORED, audit_anchor.to_fields(made), dossier_id="anchor")


def tell(desk: Desk, *operations: Operation) -> list[str]:
    """Send operations and give the verdict on each."""
    assert desk.send(desk.seal(operations)).status_code == 200
    found = verdicts(desk)
    return [found[operation.operation_id] for operation in operations]


def witnessed(gateway: RunningGateway, desk: Desk, capfdbinary: pytest.CaptureFixture[bytes]) -> list[AuditAnchor]:
    capfdbinary.readouterr()
    assert main(["anchors", "--folder", str(gateway.folder), "--device", desk.device_id, "--json"]) == 0
    data = capfdbinary.readouterr().out
    return list(audit_witness.read(data, desk.enrolment.gateway_sign_public).anchors)


def test_anchors_are_kept_and_testified(
    gateway: RunningGateway, desk: Desk, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    made = [anchor(desk, 10), anchor(desk, 25, b"\1" * 32, days=1)]
    assert tell(desk, *(told(desk, each) for each in made)) == ["", ""]
    assert witnessed(gateway, desk, capfdbinary) == made
    assert main(["anchors", "--folder", str(gateway.folder), "--device", desk.device_id]) == 0
    lines = capfdbinary.readouterr().out.decode().splitlines()
    assert lines[0] == f"2026-11-22 {desk.device_id} 10 {'00' * 32}"


def test_a_clock_that_is_off_by_years_makes_no_contradiction(desk: Desk) -> None:
    made = [anchor(desk, 10, days=730), anchor(desk, 20), anchor(desk, 30, days=-730)]
    assert tell(desk, *(told(desk, each) for each in made)) == ["", "", ""]


@pytest.mark.expects_log("gateway.intake")
@pytest.mark.expects_log("gateway.anchors", level="ERROR")
@pytest.mark.parametrize(
    ("number", "entry_hash"), [(20, b"\1" * 32), (20, bytes(32)), (19, bytes(32))], ids=["other", "again", "lower"]
)
def test_an_anchor_that_contradicts_an_earlier_one_is_refused(
    gateway: RunningGateway, desk: Desk, capfdbinary: pytest.CaptureFixture[bytes], number: int, entry_hash: bytes
) -> None:
    first = anchor(desk, 20)
    assert tell(desk, told(desk, first)) == [""]
    assert tell(desk, told(desk, anchor(desk, number, entry_hash, days=1))) == ["anchor-contradicts"]
    assert witnessed(gateway, desk, capfdbinary) == [first]


@pytest.mark.expects_log("gateway.intake")
@pytest.mark.expects_log("gateway.anchors", level="ERROR")
def test_an_anchor_that_comes_late_is_judged_by_its_place(desk: Desk) -> None:
    early, late = told(desk, anchor(desk, 10)), told(desk, anchor(desk, 20, days=1))
    forged = told(desk, anchor(desk, 5, days=2))
    assert tell(desk, late) == [""]
    assert tell(desk, early) == [""]
    assert tell(desk, forged) == ["anchor-contradicts"]


@pytest.mark.expects_log("gateway.intake")
@pytest.mark.expects_log("gateway.anchors", level="ERROR")
def test_an_anchor_needs_the_signature_of_its_workstation(gateway: RunningGateway, desk: Desk) -> None:
    neighbour = gateway.enrol(near=desk)
    genuine = anchor(desk, 10)
    forged = dataclasses.replace(genuine, entry_number=11)
    assert tell(desk, told(desk, forged)) == ["anchor-signature"]
    assert tell(neighbour, told(neighbour, genuine)) == ["anchor-signature"], "another lineage's"
    assert tell(desk, told(desk, genuine)) == [""]


@pytest.mark.expects_log("gateway.intake")
@pytest.mark.parametrize(
    "changes",
    [{"entry_number": "10"}, {"entry_number": 0}, {"entry_hash": "00"}, {"day": "today"}, {"made_at": "2026-11-22"}],
)
def test_a_malformed_anchor_is_refused(desk: Desk, changes: dict[str, str | int]) -> None:
    operation = told(desk, anchor(desk, 10))
    malformed = dataclasses.replace(operation, fields={**operation.fields, **changes})
    assert tell(desk, malformed) == ["anchor-malformed"]


def test_a_successor_may_be_behind_its_predecessor_and_tells_what_that_could_not(
    gateway: RunningGateway, desk: Desk, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    unheard, last = anchor(desk, 10), anchor(desk, 50, days=1)
    tell(desk, told(desk, last))
    second = successor(gateway, desk)
    own = anchor(second, 30, days=2)
    assert tell(second, told(second, unheard), told(second, own)) == ["", ""]
    assert sorted(each.entry_number for each in witnessed(gateway, second, capfdbinary)) == [10, 30, 50]


def test_a_witness_file_is_the_gateways_and_nobody_elses(
    gateway: RunningGateway, desk: Desk, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    tell(desk, told(desk, anchor(desk, 10)))
    capfdbinary.readouterr()
    main(["anchors", "--folder", str(gateway.folder), "--device", desk.device_id, "--json"])
    data = capfdbinary.readouterr().out
    document = json.loads(data)
    document["anchors"][0]["entry_number"] = 9
    key = desk.enrolment.gateway_sign_public
    for changed, code in [
        (json.dumps(document).encode(), "witness-signature"),
        (b"{}", "witness-damaged"),
        (data[:-20], "witness-damaged"),
        (data.replace(b'"day":"2026-', b'"day":"x026-'), "witness-damaged"),
    ]:
        with pytest.raises(KnownError, match=code):
            audit_witness.read(changed, key)
    assert main(["anchors", "--folder", str(gateway.folder), "--device", "nobody"]) == 1
