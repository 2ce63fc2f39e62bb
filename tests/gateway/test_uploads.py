# SPDX-License-Identifier: GPL-3.0-or-later
"""Scans on their way in: resumed where the line was cut, checked as a whole at the end."""

from __future__ import annotations

import dataclasses
import os
import socket
import sqlite3
import threading
import urllib.parse

import pytest

from tests.gateway.conftest import RunningGateway, eventually
from tests.gateway.desk import Desk, SealedObject, seal_object
from tests.gateway.test_contact import refusal


@pytest.fixture
def scan(desk: Desk) -> SealedObject:
    """An announced object of a bit over two MiB."""
    dossier = desk.receive_dossier([os.urandom(2_200_000)])
    assert desk.send_dossier(dossier).status_code == 200
    return dossier.objects[0]


def stored(gateway: RunningGateway, item: SealedObject) -> bytes | None:
    name = item.announced.transport_id
    path = gateway.folder / "objects" / name[:2] / f"{name}.enc"
    return path.read_bytes() if path.exists() else None


def cut_in_the_middle(desk: Desk, item: SealedObject, offset: int, sent: int) -> None:
    """Send a PATCH whose connection dies after so many bytes of its body."""
    path = f"/v1/objects/{item.announced.transport_id}"
    body = item.content[offset:]
    headers = {
        **desk.headers("PATCH", path, None),
        **desk.patch_headers(offset),
        "Host": "gateway",
        "Content-Length": str(len(body)),
    }
    head = f"PATCH {path} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in headers.items()) + "\r\n"
    address = urllib.parse.urlsplit(desk.url)
    with socket.create_connection((address.hostname or "", address.port or 0)) as connection:
        connection.sendall(head.encode() + body[:sent])
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(65_536):
            pass


@pytest.mark.parametrize("chunk", [262_144, 524_288, 1_048_576, 8_388_608])
def test_an_upload_in_pieces_arrives_as_it_was(
    gateway: RunningGateway, desk: Desk, scan: SealedObject, chunk: int
) -> None:
    desk.upload(scan, chunk)
    assert stored(gateway, scan) == scan.content
    assert not (gateway.folder / "uploads" / f"{scan.announced.transport_id}.part").exists()
    assert desk.offset(scan) == len(scan.content)


def test_an_upload_begins_once_and_resumes_at_the_same_place(desk: Desk, scan: SealedObject) -> None:
    first = desk.begin_upload(scan)
    assert (first.status_code, first.headers["Upload-Offset"]) == (201, "0")
    desk.append(scan, 0, scan.content[:300_000])
    again = desk.begin_upload(scan)
    assert (again.status_code, again.headers["Upload-Offset"]) == (201, "300000")
    assert again.headers["Location"] == first.headers["Location"] == f"/v1/objects/{scan.announced.transport_id}"
    desk.upload(scan)
    done = desk.begin_upload(scan)
    assert (done.status_code, done.headers["Upload-Offset"]) == (200, str(len(scan.content)))


def test_what_arrived_before_the_cut_stays(gateway: RunningGateway, desk: Desk, scan: SealedObject) -> None:
    cut_in_the_middle(desk, scan, 0, 1_800_001)
    # What the server had read but not yet looked at when the line died is sent again: 64 KiB and one read of 256 KiB.
    eventually(lambda: 1_800_001 - 5 * 65_536 <= desk.offset(scan) <= 1_800_001)
    desk.upload(scan)
    assert stored(gateway, scan) == scan.content


@pytest.mark.parametrize("offset", [0, 299_999, 300_001, 5_000_000])
def test_bytes_for_another_offset_are_not_taken(desk: Desk, scan: SealedObject, offset: int) -> None:
    desk.append(scan, 0, scan.content[:300_000])
    answer = desk.append(scan, offset, scan.content[offset : offset + 1_000_000] or b"x")
    assert refusal(answer, 409) == "object-offset"
    assert answer.headers["Tus-Resumable"] == "1.0.0"
    assert desk.offset(scan) == 300_000


@pytest.mark.expects_log("gateway.objects")
def test_an_object_that_is_not_what_was_announced_starts_again(
    gateway: RunningGateway, desk: Desk, scan: SealedObject
) -> None:
    wrong = bytes([scan.content[0] ^ 1]) + scan.content[1:]
    assert refusal(desk.append(scan, 0, wrong), 460) == "object-mismatch"
    assert desk.offset(scan) == 0
    assert stored(gateway, scan) is None
    desk.upload(scan)
    assert stored(gateway, scan) == scan.content


def test_bytes_beyond_the_end_are_not_taken(desk: Desk, scan: SealedObject) -> None:
    assert refusal(desk.append(scan, 0, scan.content + b"x"), 400) == "object-size"
    desk.upload(scan)


def test_an_object_that_nobody_announced_is_not_taken(gateway: RunningGateway, desk: Desk, scan: SealedObject) -> None:
    unannounced = seal_object(b"x")
    assert refusal(desk.begin_upload(unannounced), 403) == "object-unannounced"
    assert refusal(desk.append(unannounced, 0, b"x"), 404) == "object-unknown"
    stranger = gateway.enrol()
    assert refusal(stranger.begin_upload(scan), 403) == "object-unannounced"


def test_the_length_is_the_announced_one(desk: Desk, scan: SealedObject) -> None:
    shorter = SealedObject(scan.announced, scan.content[:-1])
    assert refusal(desk.begin_upload(shorter), 400) == "object-size"


def test_a_neighbour_that_announces_a_scan_with_a_wrong_length_does_not_stop_it(
    gateway: RunningGateway, desk: Desk
) -> None:
    rogue = gateway.enrol(near=desk)
    dossier = desk.receive_dossier([os.urandom(300_000)])
    scan = dossier.objects[0]
    lie = SealedObject(dataclasses.replace(scan.announced, sealed_size=1_000), scan.content[:1_000])
    rogue.send(rogue.seal(rogue.receive_dossier().operations, [lie]))
    rogue.begin_upload(lie)
    rogue.append(lie, 0, scan.content[:500])
    desk.send_dossier(dossier)
    desk.upload(scan)
    assert stored(gateway, scan) == scan.content


@pytest.mark.parametrize(
    ("header", "value", "status", "code"),
    [
        ("Tus-Resumable", "0.2.2", 412, "tus-version"),
        ("Content-Type", "application/octet-stream", 415, "content-type-wrong"),
        ("Upload-Offset", "-1", 400, "bad-request"),
        ("Upload-Offset", "first", 400, "bad-request"),
    ],
)
def test_the_rules_of_tus_are_kept(
    desk: Desk, scan: SealedObject, header: str, value: str, status: int, code: str
) -> None:
    path = f"/v1/objects/{scan.announced.transport_id}"
    answer = desk.call("PATCH", path, b"x", {**desk.patch_headers(0), header: value})
    assert refusal(answer, status) == code


@pytest.mark.parametrize("metadata", ["", "transport_id", "transport_id !!!", "filename YQ==", "transport_id YQ=="])
def test_an_upload_names_its_object(desk: Desk, metadata: str) -> None:
    headers = {"Tus-Resumable": "1.0.0", "Upload-Length": "1", "Upload-Metadata": metadata}
    assert refusal(desk.call("POST", "/v1/objects", headers=headers), 400) == "bad-request"


@pytest.mark.parametrize("name", ["..%2f..%2fkeys%2fdata.key", "A" * 64, "0" * 63])
def test_an_object_has_a_digest_for_a_name(desk: Desk, name: str) -> None:
    answer = desk.call("PATCH", f"/v1/objects/{name}", b"x", desk.patch_headers(0))
    assert answer.status_code in {400, 404}


def test_two_connections_that_send_the_same_object_do_not_spoil_it(
    gateway: RunningGateway, desk: Desk, scan: SealedObject
) -> None:
    desk.begin_upload(scan)
    statuses: list[int] = []

    def send_everything() -> None:
        for _ in range(200):
            offset = desk.offset(scan)
            if offset == len(scan.content):
                return
            statuses.append(desk.append(scan, offset, scan.content[offset : offset + 100_000]).status_code)

    threads = [threading.Thread(target=send_everything) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(statuses) <= {204, 409}
    assert stored(gateway, scan) == scan.content


def test_a_crash_between_the_last_byte_and_the_check_is_made_good(
    gateway: RunningGateway, desk: Desk, scan: SealedObject
) -> None:
    desk.append(scan, 0, scan.content[:1_000_000])
    name = scan.announced.transport_id
    (gateway.folder / "uploads" / f"{name}.part").write_bytes(scan.content)
    connection = sqlite3.connect(gateway.folder / "gateway.db")
    connection.execute("UPDATE objects SET arrived = size WHERE transport_id = ?", (name,))
    connection.commit()
    connection.close()
    assert desk.begin_upload(scan).status_code == 200
    assert stored(gateway, scan) == scan.content


@pytest.mark.expects_log("gateway.objects")
def test_an_upload_whose_part_was_lost_starts_again(gateway: RunningGateway, desk: Desk, scan: SealedObject) -> None:
    desk.append(scan, 0, scan.content[:1_000_000])
    (gateway.folder / "uploads" / f"{scan.announced.transport_id}.part").unlink()
    answer = desk.append(scan, 1_000_000, scan.content[1_000_000:])
    assert refusal(answer, 460) == "object-mismatch"
    desk.upload(scan)
    assert stored(gateway, scan) == scan.content
