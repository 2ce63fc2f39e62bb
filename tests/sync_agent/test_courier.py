# SPDX-License-Identifier: GPL-3.0-or-later
"""The courier against a gateway over HTTP: everything arrives, once, whatever the line does."""

from __future__ import annotations

import dataclasses
import errno
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from casework.records.dossier import PortalState
from sync_agent.courier import Until
from sync_agent.data_folder import DataFolder, make_folder
from sync_agent.door import Message
from sync_agent.inbox import Inbox
from sync_agent.spool import Spool
from sync_agent.status import CourierState
from sync_agent.wire import reply
from sync_agent.wire.json_fields import JsonFields
from sync_agent.wire.reply import Acknowledged, PortalStatus
from tests.sync_agent.courier_run import all_sent, courier_of, run, stations
from tests.sync_agent.material import DEVICE, NOON, Keyring, file_envelope, make_operation, seal_envelope
from tests.sync_agent.small_gateway import Fault, SmallGateway


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
