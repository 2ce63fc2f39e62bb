# SPDX-License-Identifier: GPL-3.0-or-later
"""The courier against a gateway over HTTP: everything arrives, once, whatever the line does."""

from __future__ import annotations

import dataclasses
import errno
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from casework.records.dossier import PortalState
from sync_agent.configuration import CourierConfiguration
from sync_agent.courier import Courier, Until
from sync_agent.data_folder import DataFolder, make_folder
from sync_agent.device_key import FileKeyStore
from sync_agent.door import Message
from sync_agent.inbox import FeedPosition, Inbox
from sync_agent.memory import CourierMemory
from sync_agent.spool import Spool, Station
from sync_agent.status import CourierState
from sync_agent.transports.https import HttpsTransport
from sync_agent.wire import reply
from sync_agent.wire.json_fields import JsonFields
from sync_agent.wire.reply import Acknowledged, PortalStatus
from tests.sync_agent.material import DEVICE, NOON, Keyring, file_envelope, make_operation, moment, seal_envelope
from tests.sync_agent.small_gateway import Fault, SmallGateway


@contextmanager
def courier_of(folder: DataFolder, uniform: Callable[[], float] = lambda: 0.0) -> Iterator[Courier]:
    """A courier as the program makes it, but with a die that never makes it wait long."""
    make_folder(folder.courier)
    configuration = CourierConfiguration.load(folder)
    transports = [
        HttpsTransport(
            url,
            device_id=configuration.device_id,
            signer=FileKeyStore(folder.device_key).load(configuration.device_id),
            gateway_sign_public=configuration.gateway_sign_public,
            clock=time.time,
            random_bytes=os.urandom,
        )
        for url in configuration.gateway_urls
    ]
    try:
        yield Courier(folder, configuration, transports, now=moment, steady=time.monotonic, uniform=uniform)
    finally:
        for transport in transports:
            transport.close()


def run(folder: DataFolder, until: Until = Until.IDLE) -> Courier:
    with courier_of(folder) as courier:
        courier.run(until)
        return courier


def stations(folder: DataFolder) -> dict[Station, int]:
    return {station: Spool(folder.spool).count(station) for station in Station}


def all_sent(count: int) -> dict[Station, int]:
    return {Station.WAITING: 0, Station.DELIVERED: 0, Station.SENT: count, Station.REFUSED: 0}


def test_everything_arrives_and_the_answers_lie_in_the_inbox(
    folder: DataFolder, gateway: SmallGateway, keyring: Keyring
) -> None:
    contents = [os.urandom(size) for size in (1, 300_000, 1_200_000)]
    file_envelope(folder, keyring, [1, 2, 3], contents)
    file_envelope(folder, keyring, [4])
    gateway.feed.append(PortalStatus(1, DEVICE, "dossier-1", PortalState.ACCEPTED, "G22", "", NOON))
    courier = run(folder)
    assert stations(folder) == all_sent(2)
    assert sorted(gateway.objects.values()) == sorted(contents)
    assert gateway.operation_ids == [make_operation(n).operation_id for n in (1, 2, 3, 4)]
    items = [
        item
        for filed in Inbox(folder.inbox).replies()
        for item in reply.unseal(
            filed.path.read_bytes(), private_key=keyring.reply, sign_public=keyring.gateway_sign_public
        ).items
    ]
    assert [item.sequence for item in items] == [1, 2, 3, 4, 5]
    assert [item.operation_id for item in items if isinstance(item, Acknowledged)] == gateway.operation_ids
    assert (courier.status.state, courier.status.code) == (CourierState.ONLINE, "")
    assert (courier.status.envelopes_left, courier.status.objects_left, courier.status.bytes_left) == (0, 0, 0)


def test_all_envelopes_go_before_the_first_scan(folder: DataFolder, gateway: SmallGateway, keyring: Keyring) -> None:
    for sequence in range(1, 6):
        file_envelope(folder, keyring, [sequence], [os.urandom(600_000)])
    run(folder)
    kinds = [request.split()[1].split("/")[2] for request in gateway.requests]
    assert kinds[:2] == ["hello", "devices"]
    assert kinds.index("objects") > max(n for n, kind in enumerate(kinds) if kind == "envelopes")
    assert kinds.index("replies") < kinds.index("objects")


def test_nothing_is_registered_or_sent_twice_without_need(
    folder: DataFolder, gateway: SmallGateway, keyring: Keyring
) -> None:
    file_envelope(folder, keyring, [1], [b"scan"])
    run(folder)
    gateway.requests.clear()
    run(folder)
    assert [request.split("/")[-1] for request in gateway.requests] == ["hello", "replies"]


@pytest.mark.parametrize(
    "fault",
    [
        Fault("GET", "/v1/hello", "page"),
        Fault("GET", "/v1/hello", "redirect"),
        Fault("POST", "/v1/devices", "bad-gateway"),
        Fault("POST", "/v1/envelopes", "page"),
        Fault("POST", "/v1/envelopes", "cut", 100),
        Fault("POST", "/v1/envelopes", "deaf"),
        Fault("POST", "/v1/envelopes", "json"),
        Fault("POST", "/v1/objects", "redirect"),
        Fault("PATCH", "/v1/objects", "cut", 200_000),
        Fault("PATCH", "/v1/objects", "deaf"),
        Fault("PATCH", "/v1/objects", "page"),
        Fault("PATCH", "/v1/objects", "limited", 0),
        Fault("GET", "/v1/replies", "cut"),
        Fault("GET", "/v1/replies", "endless"),
        Fault("GET", "/v1/replies", "busy", 0),
    ],
    ids=lambda fault: f"{fault.kind}-{fault.path.rpartition('/')[2]}",
)
def test_whatever_the_line_does_all_arrives_and_only_once(
    folder: DataFolder, gateway: SmallGateway, keyring: Keyring, fault: Fault
) -> None:
    content = os.urandom(700_000)
    file_envelope(folder, keyring, [1, 2], [content])
    gateway.faults.append(dataclasses.replace(fault))
    run(folder)
    assert stations(folder) == all_sent(1)
    assert list(gateway.objects.values()) == [content]
    assert gateway.operation_ids == [make_operation(1).operation_id, make_operation(2).operation_id]
    assert gateway.faults == []


def test_a_line_that_cuts_again_and_again_costs_next_to_nothing(
    folder: DataFolder, gateway: SmallGateway, keyring: Keyring
) -> None:
    contents = [os.urandom(1_000_000) for _ in range(4)]
    file_envelope(folder, keyring, [1], contents)
    for number in (1, 70_000, 500_000, 300, 333_333, 524_287):
        gateway.faults.append(Fault("PATCH", "/v1/objects", "cut", number))
    run(folder)
    assert sorted(gateway.objects.values()) == sorted(contents)
    assert gateway.received_bytes < 4_000_000 * 1.01


def test_it_asks_where_an_upload_stands_when_the_gateway_knows_better(
    folder: DataFolder, gateway: SmallGateway, keyring: Keyring
) -> None:
    content = os.urandom(900_000)
    file_envelope(folder, keyring, [1], [content])
    gateway.faults += [
        Fault("PATCH", "/v1/objects", "refuse", 409, "object-offset"),
        Fault("PATCH", "/v1/objects", "refuse", 404, "object-unknown"),
        Fault("PATCH", "/v1/objects", "refuse", 410, "gone"),
    ]
    run(folder)
    assert list(gateway.objects.values()) == [content]
    assert sum(request.startswith("HEAD") for request in gateway.requests) == 1
    assert sum(request == "POST /v1/objects" for request in gateway.requests) == 3


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
    assert CourierMemory.load(folder) == CourierMemory(is_registered=True, epoch="epoch-2")


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


def test_it_wakes_for_a_word_at_the_door_and_for_a_new_envelope(
    folder: DataFolder, gateway: SmallGateway, keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sync_agent.courier.SPOOL_CHECK_S", 0.02)
    gateway.faults += [Fault("GET", "/v1/hello", "page"), Fault("GET", "/v1/hello", "page")]
    with courier_of(folder, uniform=lambda: 1e9) as courier:  # left alone, it would wait for a quarter of an hour
        thread = threading.Thread(target=courier.run, args=(Until.STOPPED,))
        thread.start()
        wait_for(lambda: courier.status.code == "captive-portal")
        courier.answer(Message.SYNC_NOW)
        wait_for(lambda: len(gateway.faults) == 0)
        file_envelope(folder, keyring, [1])
        wait_for(lambda: stations(folder) == all_sent(1))
        wait_for(lambda: courier.status.state is CourierState.ONLINE)
        courier.answer(Message.STOP)
        thread.join(10)
        assert not thread.is_alive()


def test_the_written_status_is_the_status(folder: DataFolder, gateway: SmallGateway) -> None:
    courier = run(folder)
    fields = JsonFields.of_bytes(folder.status.read_bytes(), "damaged")
    assert type(courier.status).from_fields(fields) == courier.status


def test_a_clock_that_is_off_is_told_and_does_not_matter(
    folder: DataFolder, gateway: SmallGateway, keyring: Keyring
) -> None:
    gateway.clock_ahead_s = -86_400 * 700
    file_envelope(folder, keyring, [1])
    courier = run(folder)
    assert stations(folder) == all_sent(1)
    assert courier.status.clock_ahead_s == pytest.approx(86_400 * 700, abs=5)


@pytest.mark.expects_log("sync_agent.courier")
def test_a_full_disk_is_named_and_nothing_is_lost(
    folder: DataFolder, gateway: SmallGateway, keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(folder)
    file_envelope(folder, keyring, [1])

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "no space left")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        courier = run(folder, Until.TROUBLE)
    assert (courier.status.state, courier.status.code) == (CourierState.NEEDS_HELP, "disk-full")
    assert Inbox(folder.inbox).replies() == []
    run(folder)
    assert stations(folder) == all_sent(1)
    assert Inbox(folder.inbox).next_position(gateway.epoch) == 1
    assert len(gateway.operation_ids) == 1


def test_leftovers_of_a_crash_are_swept_from_the_inbox(folder: DataFolder, gateway: SmallGateway) -> None:
    make_folder(folder.inbox)
    leftover = folder.inbox / ".x1y2.part"
    leftover.write_bytes(b"half a reply")
    run(folder)
    assert not leftover.exists()


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_nothing_that_lies_about_can_be_read(
    folder: DataFolder, gateway: SmallGateway, keyring: Keyring, tmp_path: Path
) -> None:
    """What the courier holds and writes tells nobody's name, while sealing, on the way and afterwards."""
    name, number = "Nguyễn Thị Hương Giang", "036187012345"
    fields = {"full_name": name, "id_number": number}
    data = seal_envelope(keyring, [make_operation(1, fields=fields)])
    Spool(folder.spool).put(1, "e-1", data)
    message = f"Hồ sơ của {name} ({number}) đã được tiếp nhận"
    gateway.feed.append(PortalStatus(1, DEVICE, "dossier-1", PortalState.ACCEPTED, "", message, NOON))
    run(folder)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) >= 6
    needles = [
        needle
        for word in (name, number, message)
        for needle in (word.encode(), word.encode("utf-16-le"), word.encode("unicode_escape"))
    ]
    assert [path for path in files if any(needle in path.read_bytes() for needle in needles)] == []
