# SPDX-License-Identifier: GPL-3.0-or-later
"""What the courier does with what can not be delivered, and with a gateway that refuses, forgot or was restored."""

from __future__ import annotations

import dataclasses
import os

import pytest

from sync_agent.configuration import CourierConfiguration
from sync_agent.courier import Until
from sync_agent.data_folder import DataFolder
from sync_agent.inbox import FeedPosition, Inbox
from sync_agent.memory import CourierMemory
from sync_agent.spool import Spool, Station
from sync_agent.status import CourierState
from sync_agent.wire import reply
from tests.sync_agent.courier_run import all_sent, courier_of, run, stations
from tests.sync_agent.material import DEVICE, NOON, Keyring, file_envelope, make_operation
from tests.sync_agent.small_gateway import Fault, SmallGateway


@pytest.mark.expects_log("sync_agent.upload")
def test_an_object_that_arrives_changed_is_sent_once_more(
    folder: DataFolder, gateway: SmallGateway, keyring: Keyring
) -> None:
    content = os.urandom(100_000)
    file_envelope(folder, keyring, [1], [content])
    gateway.faults.append(Fault("PATCH", "/v1/objects", "damage"))
    run(folder)
    assert list(gateway.objects.values()) == [content]


@pytest.mark.expects_log("sync_agent.upload")
@pytest.mark.expects_log("sync_agent.courier")
def test_an_object_that_cannot_be_sent_does_not_hold_up_the_others(
    folder: DataFolder, gateway: SmallGateway, keyring: Keyring
) -> None:
    lost, changed, good = os.urandom(1000), os.urandom(2000), os.urandom(3000)
    objects = file_envelope(folder, keyring, [1], [lost, changed, good])
    (folder.objects / objects[0].path).unlink()
    damaged = folder.objects / objects[1].path
    damaged.write_bytes(b"x" + changed[1:])
    courier = run(folder)
    assert list(gateway.objects.values()) == [good]
    assert (courier.status.objects_left, courier.status.objects_stuck, courier.status.bytes_left) == (2, 2, 3000)
    assert stations(folder)[Station.DELIVERED] == 1
    (folder.objects / objects[0].path).write_bytes(lost)
    damaged.write_bytes(changed)
    run(folder)
    assert sorted(gateway.objects.values()) == sorted([lost, changed, good])
    assert stations(folder) == all_sent(1)


def test_the_same_object_in_two_envelopes_is_sent_once(
    folder: DataFolder, gateway: SmallGateway, keyring: Keyring
) -> None:
    content = os.urandom(200_000)
    file_envelope(folder, keyring, [1], [content])
    file_envelope(folder, keyring, [2], [content])
    run(folder)
    file_envelope(folder, keyring, [3], [content])
    run(folder)
    assert sum(request.startswith("PATCH") for request in gateway.requests) == 1
    assert stations(folder) == all_sent(3)


@pytest.mark.expects_log("sync_agent.courier")
def test_a_damaged_envelope_is_set_aside_and_the_next_one_goes_on(
    folder: DataFolder, gateway: SmallGateway, keyring: Keyring
) -> None:
    for sequence in (1, 2, 3):
        file_envelope(folder, keyring, [sequence])
    first, second, _ = Spool(folder.spool).envelopes(Station.WAITING)
    data = bytearray(first.path.read_bytes())
    data[-80] ^= 1
    first.path.write_bytes(data)
    second.path.write_bytes(b"")
    courier = run(folder)
    assert gateway.operation_ids == [make_operation(3).operation_id]
    assert stations(folder)[Station.REFUSED] == 2
    assert courier.status.envelopes_refused == 2


@pytest.mark.expects_log("sync_agent.deliveries")
def test_a_delivered_envelope_that_can_not_be_read_any_more_is_set_aside_and_the_others_go_on(
    folder: DataFolder, gateway: SmallGateway, keyring: Keyring
) -> None:
    for sequence in (1, 2, 3):
        file_envelope(folder, keyring, [sequence], [os.urandom(100 * sequence)])
    spool = Spool(folder.spool)
    unreadable, damaged, good = [spool.move(item, Station.DELIVERED) for item in spool.envelopes(Station.WAITING)]
    gateway.store_envelope(good.path.read_bytes())
    unreadable.path.unlink()
    unreadable.path.mkdir()
    damaged.path.write_bytes(b"")
    courier = run(folder)
    assert [len(content) for content in gateway.objects.values()] == [300]
    assert courier.status.envelopes_refused == stations(folder)[Station.REFUSED] == 2
    assert stations(folder)[Station.SENT] == 1


@pytest.mark.expects_log("sync_agent.courier")
def test_an_envelope_that_the_gateway_refuses_is_set_aside(
    folder: DataFolder, gateway: SmallGateway, keyring: Keyring
) -> None:
    file_envelope(folder, keyring, [1])
    file_envelope(folder, keyring, [2])
    gateway.faults.append(Fault("POST", "/v1/envelopes", "refuse", 400, "envelope-version"))
    run(folder)
    assert gateway.operation_ids == [make_operation(2).operation_id]
    assert stations(folder)[Station.REFUSED] == 1


def test_the_first_trouble_ends_a_single_round_and_is_named(
    folder: DataFolder, gateway: SmallGateway, keyring: Keyring
) -> None:
    file_envelope(folder, keyring, [1], [b"scan"])
    gateway.faults.append(Fault("GET", "/v1/hello", "page"))
    with courier_of(folder) as courier:
        assert courier.run(Until.TROUBLE) is False
    assert (courier.status.state, courier.status.code) == (CourierState.OFFLINE, "captive-portal")
    assert (courier.status.envelopes_left, courier.status.objects_left, courier.status.bytes_left) == (1, 1, 4)
    assert stations(folder)[Station.WAITING] == 1
    with courier_of(folder) as courier:
        assert courier.run(Until.TROUBLE) is True


@pytest.mark.parametrize(
    ("method", "path", "code"),
    [("POST", "/v1/devices", "device-registered"), ("POST", "/v1/envelopes", "device-revoked")],
)
def test_what_waiting_will_not_mend_is_said_so(
    folder: DataFolder, gateway: SmallGateway, keyring: Keyring, method: str, path: str, code: str
) -> None:
    file_envelope(folder, keyring, [1])
    gateway.faults.append(Fault(method, path, "refuse", 403, code))
    courier = run(folder, Until.TROUBLE)
    assert (courier.status.state, courier.status.code) == (CourierState.NEEDS_HELP, code)
    assert stations(folder)[Station.WAITING] == 1


def test_a_gateway_that_forgot_the_workstation_is_told_again(
    folder: DataFolder, gateway: SmallGateway, keyring: Keyring
) -> None:
    run(folder)
    gateway.forget_the_workstation()
    file_envelope(folder, keyring, [1])
    run(folder)
    assert gateway.registration is not None
    assert stations(folder) == all_sent(1)


@pytest.mark.expects_log("sync_agent.courier")
def test_a_gateway_restored_from_a_backup_is_offered_everything_again(
    folder: DataFolder, gateway: SmallGateway, keyring: Keyring
) -> None:
    content = os.urandom(50_000)
    file_envelope(folder, keyring, [1], [content])
    file_envelope(folder, keyring, [2])
    run(folder)
    Inbox(folder.inbox).write_applied(FeedPosition(gateway.epoch, 2))
    gateway.epoch = "epoch-2"
    gateway.operation_ids, gateway.feed, gateway.objects, gateway.parts = [], [], {}, {}
    run(folder)
    assert gateway.operation_ids == [make_operation(1).operation_id, make_operation(2).operation_id]
    assert list(gateway.objects.values()) == [content]
    assert Inbox(folder.inbox).next_position("epoch-2") == 2
    assert CourierMemory.load(folder) == CourierMemory(registered_as=DEVICE, epoch="epoch-2")


def test_a_reply_that_is_not_ours_is_not_kept(folder: DataFolder, gateway: SmallGateway, keyring: Keyring) -> None:
    run(folder)
    header = reply.ReplyHeader(DEVICE, "14797", gateway.epoch, 0, 1, NOON)
    strangers = [
        (header, keyring.device),
        (dataclasses.replace(header, device_id="another"), keyring.gateway_sign),
        (dataclasses.replace(header, after=5, upto=6), keyring.gateway_sign),
        (dataclasses.replace(header, epoch="epoch-0"), keyring.gateway_sign),
    ]
    for wrong, signer in strangers:
        data = reply.seal(wrong, [], reply_public=keyring.reply_public, signer=signer, random_bytes=os.urandom)
        gateway.replies.append(data)
        courier = run(folder, Until.TROUBLE)
        assert courier.status.code == "gateway-garbled"
    assert Inbox(folder.inbox).replies() == []


def test_a_lost_memory_costs_one_question(folder: DataFolder, gateway: SmallGateway, keyring: Keyring) -> None:
    run(folder)
    folder.memory.write_bytes(b"\x00" * 20)
    file_envelope(folder, keyring, [1])
    run(folder)
    assert stations(folder) == all_sent(1)


def test_another_address_is_tried_when_one_does_not_answer(
    folder: DataFolder, gateway: SmallGateway, keyring: Keyring
) -> None:
    configuration = CourierConfiguration.load(folder)
    with SmallGateway(keyring).served() as gone:
        dead = gone.url
    dataclasses.replace(configuration, gateway_urls=(dead, gateway.url)).save(folder)
    file_envelope(folder, keyring, [1])
    run(folder)
    assert stations(folder) == all_sent(1)
