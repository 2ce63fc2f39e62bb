# SPDX-License-Identifier: GPL-3.0-or-later
"""Envelopes: taken in once, whole; numbered without gaps; a bad operation falls alone."""

from __future__ import annotations

import dataclasses
import sqlite3
import threading
import uuid

import pytest

from casework.records.operation import FieldValue, OperationKind
from sync_agent.wire import envelope, operation_codec
from sync_agent.wire.answers import EnvelopeStored
from sync_agent.wire.canonical_json import JsonValue
from sync_agent.wire.reply import Acknowledged, Rejected
from tests.gateway.conftest import RunningGateway
from tests.gateway.desk import PDF, Desk, DossierAtDesk, seal_object
from tests.gateway.test_contact import refusal


def verdicts(desk: Desk) -> dict[str, str]:
    """What the feed says of each of the desk's operations: its code when rejected, else empty."""
    found = {}
    for item in desk.news():
        if isinstance(item, Acknowledged | Rejected) and item.device_id != desk.device_id:
            continue
        if isinstance(item, Acknowledged):
            found[item.operation_id] = ""
        elif isinstance(item, Rejected):
            found[item.operation_id] = item.code
    return found


def count(gateway: RunningGateway, desk: Desk, table: str) -> int:
    """How many rows of a table belong to the desk's commune."""
    connection = sqlite3.connect(gateway.folder / "gateway.db")
    statement = f"SELECT COUNT(*) FROM {table} WHERE commune = ?"  # noqa: S608 — our own names
    try:
        return int(connection.execute(statement, (desk.enrolment.unit.commune_code,)).fetchone()[0])
    finally:
        connection.close()


def test_every_operation_of_an_envelope_is_acknowledged_in_order(desk: Desk) -> None:
    dossier = desk.receive_dossier([PDF])
    answer = desk.send_dossier(dossier)
    assert answer.status_code == 200
    header = envelope.read_header(desk.seal(dossier.operations, dossier.objects))
    assert EnvelopeStored.from_json(answer.content).missing_objects == (header.objects[0].transport_id,)
    news = desk.news()
    assert [item.sequence for item in news] == list(range(1, len(dossier.operations) + 1))
    assert news == [
        Acknowledged(position, desk.device_id, operation.operation_id)
        for position, operation in enumerate(dossier.operations, start=1)
    ]


def test_an_envelope_that_comes_twice_has_its_effect_once(gateway: RunningGateway, desk: Desk) -> None:
    sealed = desk.seal(desk.receive_dossier().operations)
    first, second = desk.send(sealed), desk.send(sealed)
    assert first.status_code == second.status_code == 200
    assert first.content == second.content
    assert count(gateway, desk, "operations") == count(gateway, desk, "feed") == 3
    assert count(gateway, desk, "dossiers") == 1


def test_an_operation_that_comes_in_two_envelopes_has_its_effect_once(gateway: RunningGateway, desk: Desk) -> None:
    dossier = desk.receive_dossier()
    more = desk.receive_dossier()
    assert desk.send(desk.seal(dossier.operations)).status_code == 200
    assert desk.send(desk.seal(dossier.operations + more.operations)).status_code == 200
    assert count(gateway, desk, "operations") == count(gateway, desk, "feed") == 6
    assert list(verdicts(desk).values()) == [""] * 6


def test_another_envelope_with_a_known_id_is_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    same = uuid.uuid4()
    monkeypatch.setattr("tests.gateway.desk.uuid.uuid4", lambda: same)
    first = desk.seal([desk.operation(OperationKind.PERSON_RECORDED, {"full_name": "A"}, dossier_id="d1")])
    other = desk.seal([desk.operation(OperationKind.PERSON_RECORDED, {"full_name": "B"}, dossier_id="d1")])
    assert desk.send(first).status_code == 200
    assert refusal(desk.send(other), 400) == "envelope-differs"


def test_numbers_have_no_gap_when_desks_send_at_the_same_time(gateway: RunningGateway) -> None:
    first = gateway.enrol()
    desks = [first, gateway.enrol(near=first)]
    everything: list[DossierAtDesk] = []

    def send_all(desk: Desk) -> None:
        dossiers = [desk.receive_dossier() for _ in range(15)]
        everything.extend(dossiers)
        for dossier in dossiers:
            assert desk.send_dossier(dossier).status_code == 200

    threads = [threading.Thread(target=send_all, args=(desk,)) for desk in desks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sent = {operation.operation_id for dossier in everything for operation in dossier.operations}
    for desk in desks:
        news = desk.news()
        assert [item.sequence for item in news] == list(range(1, 2 * 15 * 3 + 1))
        assert {item.operation_id for item in news if isinstance(item, Acknowledged)} == sent


def test_a_transaction_that_fails_leaves_no_gap(gateway: RunningGateway, desk: Desk) -> None:
    bad = dataclasses.replace(desk.receive_dossier().operations[0], operation_id="x" * 128)
    sealed = desk.seal([bad])
    assert desk.send(sealed[:-1] + bytes([sealed[-1] ^ 1])).status_code == 400
    assert desk.send_dossier(desk.receive_dossier()).status_code == 200
    assert [item.sequence for item in desk.news()] == [1, 2, 3]


def test_communes_do_not_hear_of_each_other(gateway: RunningGateway, desk: Desk) -> None:
    stranger = gateway.enrol()
    desk.send_dossier(desk.receive_dossier())
    stranger.send_dossier(stranger.receive_dossier())
    assert len(desk.news()) == len(stranger.news()) == 3
    assert not set(verdicts(desk)) & set(verdicts(stranger))


def test_a_neighbour_may_carry_an_envelope_and_a_stranger_may_not(gateway: RunningGateway, desk: Desk) -> None:
    neighbour = gateway.enrol(near=desk)
    stranger = gateway.enrol()
    sealed = desk.seal(desk.receive_dossier().operations)
    assert refusal(stranger.send(sealed), 400) == "envelope-foreign"
    unregistered = gateway.enrol_only(near=neighbour)
    assert refusal(desk.send(unregistered.seal(unregistered.receive_dossier().operations)), 400) == "envelope-foreign"
    assert neighbour.send(sealed).status_code == 200
    assert len(desk.news()) == 3


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (lambda sealed: sealed[:-1] + bytes([sealed[-1] ^ 1]), "envelope-signature"),
        (lambda sealed: b"", "envelope-damaged"),
        (lambda sealed: sealed[: len(sealed) // 2], "envelope-damaged"),
        (lambda sealed: b"<!DOCTYPE html>" + sealed, "envelope-damaged"),
    ],
    ids=["changed", "empty", "cut", "not-ours"],
)
def test_a_damaged_envelope_is_refused_whole(desk: Desk, damage: object, code: str) -> None:
    assert callable(damage)
    sealed = damage(desk.seal(desk.receive_dossier().operations))
    assert refusal(desk.send(sealed), 400) in {code, "envelope-signature"}
    assert desk.news() == []


@pytest.mark.expects_log("gateway.intake")
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"channel": "pigeon"}, "dossier-malformed"),
        ({"received_at": "2026-11-22T08:30:00"}, "dossier-malformed"),
        ({"due_at": "2026-11-21T08:30:00+07:00"}, "dossier-malformed"),
        ({"procedure_name": ""}, "dossier-malformed"),
        ({"state": 10}, "dossier-state"),
        ({"code": "{unit}-261122-0601"}, "dossier-code"),
        ({"code": "H57.1-261122-0001"}, "dossier-code"),
        ({"code": "{unit}-261121-0001"}, "dossier-code"),
        ({"code": "0001"}, "dossier-code"),
    ],
)
def test_a_bad_operation_is_rejected_alone(desk: Desk, changes: dict[str, FieldValue], code: str) -> None:
    filled = {
        name: value.format(unit=desk.enrolment.unit.code) if isinstance(value, str) else value
        for name, value in changes.items()
    }
    bad, good = desk.receive_dossier([], **filled), desk.receive_dossier()
    assert desk.send(desk.seal(bad.operations + good.operations)).status_code == 200
    found = verdicts(desk)
    assert found.pop(bad.operations[1].operation_id) == code
    assert set(found.values()) == {""}
    assert len(found) == 5


@pytest.mark.expects_log("gateway.intake")
@pytest.mark.parametrize(
    ("kind", "fields", "code"),
    [
        (OperationKind.PERSON_RECORDED, {"full_name": ""}, "person-malformed"),
        (OperationKind.PAPER_ADDED, {"title": "Giấy", "paper_class": "napkin"}, "paper-malformed"),
        (OperationKind.HISTORY_ADDED, {"action": "received", "at": "yesterday"}, "history-malformed"),
    ],
)
def test_other_malformed_operations_are_named_too(
    desk: Desk, kind: OperationKind, fields: dict[str, FieldValue], code: str
) -> None:
    operation = desk.operation(kind, fields, dossier_id="d1")
    assert desk.send(desk.seal([operation])).status_code == 200
    assert verdicts(desk) == {operation.operation_id: code}


@pytest.mark.expects_log("gateway.intake")
def test_a_code_belongs_to_one_dossier_and_a_dossier_is_received_once(desk: Desk) -> None:
    first = desk.receive_dossier()
    rival = desk.receive_dossier(code=first.code)
    again = dataclasses.replace(first.operations[1], operation_id=str(uuid.uuid4()), device_sequence=90)
    desk.send(desk.seal(first.operations))
    desk.send(desk.seal(rival.operations))
    desk.send(desk.seal([again]))
    found = verdicts(desk)
    assert found[first.operations[1].operation_id] == ""
    assert found[rival.operations[1].operation_id] == "dossier-code-taken"
    assert found[again.operation_id] == "dossier-known"


def test_a_neighbour_that_takes_an_operations_name_first_takes_nothing_away(
    gateway: RunningGateway, desk: Desk
) -> None:
    rogue = gateway.enrol(near=desk)
    dossier, other = desk.receive_dossier(), rogue.receive_dossier()
    stolen = [
        dataclasses.replace(theirs, operation_id=ours.operation_id)
        for theirs, ours in zip(other.operations, dossier.operations, strict=True)
    ]
    assert rogue.send(rogue.seal(stolen)).status_code == 200
    assert verdicts(desk) == {}
    assert desk.send_dossier(dossier).status_code == 200
    assert verdicts(desk) == verdicts(rogue) == {operation.operation_id: "" for operation in dossier.operations}
    assert count(gateway, desk, "operations") == 6
    assert count(gateway, desk, "dossiers") == 2


def test_an_envelopes_name_is_its_makers_own(
    gateway: RunningGateway, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    rogue = gateway.enrol(near=desk)
    bad, good = rogue.receive_dossier(), desk.receive_dossier()
    same = uuid.uuid4()
    monkeypatch.setattr("tests.gateway.desk.uuid.uuid4", lambda: same)
    assert rogue.send_dossier(bad).status_code == 200
    assert desk.send_dossier(good).status_code == 200
    assert len(verdicts(desk)) == 3


@pytest.mark.expects_log("gateway.intake")
def test_an_operation_of_a_later_release_is_rejected_and_not_kept(gateway: RunningGateway, desk: Desk) -> None:
    newer = dataclasses.replace(desk.receive_dossier().operations[0], schema=2)
    assert desk.send(desk.seal([newer])).status_code == 200
    assert verdicts(desk) == {newer.operation_id: "operation-newer"}
    assert count(gateway, desk, "operations") == 0


@pytest.mark.expects_log("gateway.intake")
def test_a_desk_can_not_have_its_neighbours_operations_rejected(
    gateway: RunningGateway, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    neighbour = gateway.enrol(near=desk)
    operations = desk.receive_dossier().operations
    encode = operation_codec.encode
    forgeries: list[dict[str, JsonValue]] = [{"device_id": desk.device_id}, {"fields": []}]
    for forged in forgeries:
        with monkeypatch.context() as patch:
            patch.setattr(operation_codec, "encode", lambda operation: {**encode(operation), **forged})  # noqa: B023
            sealed = neighbour.seal([dataclasses.replace(operations[0], device_id=neighbour.device_id)])
        assert neighbour.send(sealed).status_code == 200
        desk.send(desk.seal(operations))
        assert verdicts(desk) == {operation.operation_id: "" for operation in operations}


def test_replies_are_sealed_to_the_desk_that_asks(gateway: RunningGateway, desk: Desk) -> None:
    neighbour = gateway.enrol(near=desk)
    desk.send_dossier(desk.receive_dossier())
    desk.reply_key, neighbour.reply_key = neighbour.reply_key, desk.reply_key
    with pytest.raises(Exception, match="reply-not-for-us"):
        desk.news()


def test_announced_objects_are_missing_until_they_are_here(desk: Desk) -> None:
    dossier = desk.receive_dossier([PDF, PDF + b"2"])
    sealed = desk.seal(dossier.operations, dossier.objects)
    wanted = [item.announced.transport_id for item in dossier.objects]
    assert EnvelopeStored.from_json(desk.send(sealed).content).missing_objects == tuple(wanted)
    desk.upload(dossier.objects[0])
    assert EnvelopeStored.from_json(desk.send(sealed).content).missing_objects == (wanted[1],)
    desk.upload(dossier.objects[1])
    assert EnvelopeStored.from_json(desk.send(sealed).content).missing_objects == ()


def test_an_object_may_be_announced_by_two_envelopes(desk: Desk) -> None:
    item = seal_object(PDF)
    for number in range(2):
        operation = desk.operation(OperationKind.PERSON_RECORDED, {"full_name": "A"}, dossier_id=f"d{number}")
        assert desk.send(desk.seal([operation], [item])).status_code == 200
    desk.upload(item)
    assert desk.begin_upload(item).status_code == 200
