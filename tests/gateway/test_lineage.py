# SPDX-License-Identifier: GPL-3.0-or-later
"""Successors and copies: they go on with the names of their lineage, and nobody else does."""

from __future__ import annotations

import dataclasses
import datetime as dt
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest

from casework.errors import KnownError
from casework.records.operation import Operation, OperationKind
from demo.national_portal import NationalPortal
from gateway.__main__ import main
from gateway.enrolment import issue_enrolment
from gateway.folder import open_gateway
from gateway.schema import MIGRATIONS
from sync_agent.wire.enrolment import Enrolment
from sync_agent.wire.reply import SEQUENCE_TAKEN, PortalStatus
from tests.gateway.conftest import RunningGateway, eventually
from tests.gateway.desk import PDF, Desk
from tests.gateway.test_contact import refusal
from tests.gateway.test_envelopes import count, verdicts


def enrol(
    gateway: RunningGateway,
    near: Desk,
    *,
    slot: int,
    replaces: str = "",
    beside: str = "",
    later: dt.timedelta = dt.timedelta(0),
) -> Desk:
    with open_gateway(gateway.folder) as opened:
        now = dt.datetime.now(dt.UTC) + later
        issued = issue_enrolment(
            opened, near.enrolment.unit, slot, [gateway.url], now, replaces=replaces, beside=beside
        )
    desk = Desk(issued)
    assert desk.register().status_code == 201
    return desk


def successor(gateway: RunningGateway, desk: Desk, slot: int = 1) -> Desk:
    return enrol(gateway, desk, slot=slot, replaces=desk.device_id)


def told_by(desk: Desk, operations: Sequence[Operation]) -> list[Operation]:
    """The same operations, as another desk tells them again."""
    return [
        dataclasses.replace(operation, device_id=desk.device_id, device_sequence=position)
        for position, operation in enumerate(operations, start=1)
    ]


def test_a_replaced_desk_is_not_heard_any_more(gateway: RunningGateway, desk: Desk) -> None:
    sealed = desk.seal(desk.receive_dossier().operations)
    second = successor(gateway, desk)
    assert refusal(desk.send(sealed), 403) == "device-replaced"
    assert refusal(desk.call("GET", "/v1/replies?after=0"), 403) == "device-replaced"
    assert refusal(second.send(sealed), 403) == "device-replaced", "nor when somebody else carries its envelope"
    assert refusal(desk.register(), 403) == "device-replaced"
    assert second.news() == []


def test_what_the_lineage_told_is_acknowledged_and_has_no_second_effect(gateway: RunningGateway, desk: Desk) -> None:
    dossier = desk.receive_dossier([PDF])
    desk.send_dossier(dossier)
    second = successor(gateway, desk)
    again = told_by(second, dossier.operations)
    for _ in range(2):
        assert second.send(second.seal(again, dossier.objects)).status_code == 200
    assert verdicts(second) == {operation.operation_id: "" for operation in dossier.operations}
    assert count(gateway, desk, "operations") == len(dossier.operations)
    assert count(gateway, desk, "dossiers") == 1
    assert count(gateway, desk, "feed") == 2 * len(dossier.operations)


@pytest.mark.expects_log("gateway.intake")
def test_what_was_rejected_once_is_rejected_again(gateway: RunningGateway, desk: Desk) -> None:
    bad = desk.receive_dossier(channel="pigeon")
    desk.send_dossier(bad)
    second = successor(gateway, desk)
    second.send(second.seal(told_by(second, bad.operations)))
    assert verdicts(second)[bad.operations[1].operation_id] == "dossier-malformed"


def test_a_successor_tells_what_never_arrived_under_the_codes_that_were_printed(
    gateway: RunningGateway, desk: Desk
) -> None:
    dossier = desk.receive_dossier()
    second = successor(gateway, desk)
    second.send(second.seal(told_by(second, dossier.operations)))
    assert set(verdicts(second).values()) == {""}


def test_a_successor_of_a_desk_that_never_had_a_line_goes_on_with_its_names(gateway: RunningGateway) -> None:
    never = gateway.enrol_only()
    dossier = never.receive_dossier()
    second = successor(gateway, never)
    assert second.enrolment.lineage == never.device_id
    second.send(second.seal(told_by(second, dossier.operations)))
    assert set(verdicts(second).values()) == {""}
    assert refusal(never.register(), 403) == "device-replaced"


def test_the_dossiers_of_a_lineage_reach_the_portal_once_and_go_on(
    relaying_gateway: RunningGateway, portal: NationalPortal
) -> None:
    first = relaying_gateway.enrol()
    dossier = first.receive_dossier()
    first.send_dossier(dossier)
    first.wait_for(lambda news: any(isinstance(item, PortalStatus) for item in news))
    second = successor(relaying_gateway, first)
    paper = second.operation(
        OperationKind.PAPER_ADDED,
        {"title": "Đơn", "paper_class": "unknown", "form": "original", "requirement_id": None},
        dossier_id=dossier.dossier_id,
    )
    again = told_by(second, dossier.operations)
    second.send(second.seal([*again, dataclasses.replace(paper, device_sequence=len(again) + 1)]))
    eventually(lambda: portal.dossiers()[dossier.code].revisions == 2)
    assert list(portal.dossiers()) == [dossier.code]


def test_another_lineage_can_not_touch_the_dossier(gateway: RunningGateway, desk: Desk) -> None:
    dossier = desk.receive_dossier()
    desk.send_dossier(dossier)
    neighbour = gateway.enrol(near=desk)
    neighbour.send(neighbour.seal(told_by(neighbour, dossier.operations[:1])))
    assert count(gateway, desk, "operations") == len(dossier.operations) + 1, "the same name, another thing"
    assert verdicts(neighbour) == {dossier.operations[0].operation_id: ""}


def test_a_copy_and_its_original_both_live_and_share_their_names(gateway: RunningGateway, desk: Desk) -> None:
    common = desk.receive_dossier()
    copy = enrol(gateway, desk, slot=1, beside=desk.device_id)
    copy.send(copy.seal(told_by(copy, common.operations)))
    desk.send_dossier(common)
    own = desk.receive_dossier()
    desk.send_dossier(own)
    assert set(verdicts(desk).values()) == set(verdicts(copy).values()) == {""}
    assert len(verdicts(desk)) == len(common.operations) + len(own.operations)
    assert count(gateway, desk, "dossiers") == 2


@pytest.mark.expects_log("gateway.intake", level="ERROR")
def test_two_that_speak_with_one_key_are_told_apart_by_their_sequence(gateway: RunningGateway, desk: Desk) -> None:
    mine, theirs = desk.receive_dossier(), desk.receive_dossier()
    forked = [
        dataclasses.replace(operation, device_sequence=before.device_sequence)
        for operation, before in zip(theirs.operations, mine.operations, strict=True)
    ]
    desk.send(desk.seal(mine.operations))
    desk.send(desk.seal(forked))
    found = verdicts(desk)
    assert {found[operation.operation_id] for operation in mine.operations} == {""}
    assert {found[operation.operation_id] for operation in forked} == {SEQUENCE_TAKEN}
    second = successor(gateway, desk)
    second.send(second.seal(told_by(second, forked)))
    assert set(verdicts(second).values()) == {""}, "told again under an identity of its own, it is taken"


def test_a_lineage_of_three_is_called_after_its_first(gateway: RunningGateway, desk: Desk) -> None:
    second = successor(gateway, desk)
    third = enrol(gateway, second, slot=2, replaces=second.device_id)
    assert second.enrolment.lineage == third.enrolment.lineage == desk.device_id


def test_the_slot_of_a_replaced_desk_is_free_on_the_next_day(gateway: RunningGateway, desk: Desk) -> None:
    with pytest.raises(KnownError, match="slot-taken"):
        enrol(gateway, desk, slot=0, replaces=desk.device_id)
    enrol(gateway, desk, slot=1, replaces=desk.device_id)
    with pytest.raises(KnownError, match="slot-taken"):
        enrol(gateway, desk, slot=0)
    enrol(gateway, desk, slot=0, later=dt.timedelta(days=1))


def test_a_refused_enrolment_fences_nobody(gateway: RunningGateway, desk: Desk) -> None:
    with pytest.raises(KnownError, match="slot-taken"):
        enrol(gateway, desk, slot=0, replaces=desk.device_id)
    assert desk.send_dossier(desk.receive_dossier()).status_code == 200


def test_a_successor_belongs_to_the_commune_of_the_desk_before(gateway: RunningGateway, desk: Desk) -> None:
    with pytest.raises(KnownError, match="device-elsewhere"):
        enrol(gateway, gateway.enrol(), slot=3, replaces=desk.device_id)
    with pytest.raises(KnownError, match="device-not-enrolled"):
        enrol(gateway, desk, slot=3, beside="nobody")


def test_the_command_line_issues_a_successor(
    gateway: RunningGateway, desk: Desk, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    unit = desk.enrolment.unit
    arguments = ["enrol", "--folder", str(gateway.folder), "--unit-code", unit.code, "--unit-name", unit.name]
    arguments += ["--parent-name", unit.parent_name, "--place", unit.place, "--commune-code", unit.commune_code]
    arguments += ["--slot", "5", "--url", gateway.url]
    assert main([*arguments, "--replaces", desk.device_id]) == 0
    assert Enrolment.from_json(capfdbinary.readouterr().out).lineage == desk.device_id
    with pytest.raises(SystemExit):
        main([*arguments, "--replaces", desk.device_id, "--beside", desk.device_id])


def test_a_database_of_the_release_before_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as before:
        before.setattr("gateway.sqlite_storage.MIGRATIONS", MIGRATIONS[:1])
        with open_gateway(tmp_path / "gateway"):
            pass
    with sqlite3.connect(tmp_path / "gateway" / "gateway.db") as old:
        old.executescript(
            """
            INSERT INTO communes VALUES ('10001', x'00', x'00');
            INSERT INTO heads VALUES ('10001', 1);
            INSERT INTO enrolments VALUES ('d', '10001', 'H56.1', 'x', 3, x'00', 1);
            INSERT INTO devices VALUES ('d', x'01', x'02', 1);
            INSERT INTO envelopes VALUES ('d', 'e', x'00', 1, 1, 1, 1);
            INSERT INTO operations VALUES ('d', 'o', '10001', 1, 1, 'e', 'dossier.received', 'f', '', x'00');
            INSERT INTO dossiers VALUES ('d', 'f', '10001', 'H56.1', 'H56.1-261122-1801');
            INSERT INTO dossier_objects VALUES ('d', 'f', 'x');
            INSERT INTO object_keys VALUES ('d', 't', '10001', 'x', 5, x'00');
            INSERT INTO relay_jobs VALUES ('d', 'f', 'submit', 'waiting', 1, 0, 0, '', 'at-gateway', '');
            """
        )
    old.close()
    with open_gateway(tmp_path / "gateway") as opened, opened.database.read() as transaction:
        for table in ("enrolments", "operations", "dossiers", "dossier_objects", "object_keys", "relay_jobs"):
            assert transaction.rows(f"SELECT lineage FROM {table}") == [("d",)], table  # noqa: S608 - our own names
        assert transaction.rows("SELECT * FROM tellings") == [("d", 1, "o", "e")]
        assert transaction.rows("PRAGMA foreign_keys") == [(1,)]
        assert transaction.rows("PRAGMA foreign_key_check") == []
