# SPDX-License-Identifier: GPL-3.0-or-later
"""A desk learns that its scans are here, and fetches them back when it let go of them."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
import requests

from gateway.folder import declare_restored, open_gateway
from gateway.held_objects import miss_lost_objects
from gateway.objects import ObjectStore
from sync_agent.wire.reply import ObjectHeld
from tests.gateway.conftest import RunningGateway, serving
from tests.gateway.desk import Desk, SealedObject
from tests.gateway.test_contact import refusal


@pytest.fixture
def scan(desk: Desk) -> SealedObject:
    """An announced object of a bit over half a MiB."""
    dossier = desk.receive_dossier([os.urandom(600_000)])
    assert desk.send_dossier(dossier).status_code == 200
    return dossier.objects[0]


def held(desk: Desk) -> list[tuple[str, str]]:
    """What the desk was told of its objects, by both of their names."""
    return [
        (item.object_id, item.transport_id)
        for item in desk.news()
        if isinstance(item, ObjectHeld) and item.device_id == desk.device_id
    ]


def names(item: SealedObject) -> tuple[str, str]:
    return item.announced.object_id, item.announced.transport_id


def file_of(folder: Path, item: SealedObject) -> Path:
    name = item.announced.transport_id
    return folder / "objects" / name[:2] / f"{name}.enc"


def lose(folder: Path, item: SealedObject) -> None:
    file_of(folder, item).unlink()


def spoil(folder: Path, item: SealedObject) -> None:
    """Leave a file of the same length."""
    path = file_of(folder, item)
    path.write_bytes(bytes(path.stat().st_size))


def fetch(desk: Desk, item: SealedObject, stretch: str = "") -> requests.Response:
    headers = {"Range": stretch} if stretch else {}
    return desk.call("GET", f"/v1/objects/{item.announced.transport_id}", headers=headers)


def test_a_desk_is_told_once_that_an_object_is_here_whole_and_not_before(desk: Desk, scan: SealedObject) -> None:
    desk.begin_upload(scan)
    desk.append(scan, 0, scan.content[:500_000])
    assert held(desk) == []
    desk.upload(scan)
    assert held(desk) == [names(scan)]
    desk.upload(scan)
    assert held(desk) == [names(scan)]


@pytest.mark.expects_log("gateway.objects")
def test_an_object_that_arrived_changed_is_not_said_to_be_here(desk: Desk, scan: SealedObject) -> None:
    desk.begin_upload(scan)
    assert desk.append(scan, 0, b"x" + scan.content[1:]).status_code == 460
    assert held(desk) == []


def test_who_announces_an_object_that_is_here_already_is_told_at_once(
    gateway: RunningGateway, desk: Desk, scan: SealedObject
) -> None:
    desk.upload(scan)
    neighbour = gateway.enrol(near=desk)
    dossier = neighbour.receive_dossier()
    assert neighbour.send(neighbour.seal(dossier.operations, [scan])).json()["missing_objects"] == []
    assert held(neighbour) == [names(scan)]
    assert held(desk) == [names(scan)]


def test_what_an_earlier_release_did_not_tell_is_told_at_the_next_start(tmp_path: Path) -> None:
    folder = tmp_path / "gateway"
    with serving(folder) as running:
        desk = running.enrol()
        dossier = desk.receive_dossier([b"one", b"two"])
        desk.send_dossier(dossier)
        for item in dossier.objects:
            desk.upload(item)
    with sqlite3.connect(folder / "gateway.db") as database:
        database.execute("UPDATE object_keys SET held_sequence = 0")
    database.close()
    with serving(folder) as running:
        desk.url = running.url
        assert sorted(held(desk)) == sorted(names(item) for item in dossier.objects)
    with serving(folder) as running:
        desk.url = running.url
        assert len(held(desk)) == 2


@pytest.mark.expects_log("gateway.held_objects", level="ERROR")
@pytest.mark.parametrize("harm", [lose, pytest.param(spoil, marks=pytest.mark.expects_log("gateway.objects"))])
def test_after_a_restore_only_what_is_still_held_is_said_to_be_and_the_rest_is_asked_for_again(
    tmp_path: Path, harm: Callable[[Path, SealedObject], None]
) -> None:
    folder = tmp_path / "gateway"
    with serving(folder) as running:
        desk = running.enrol()
        dossier = desk.receive_dossier([b"kept", b"lost"])
        sealed = desk.seal(dossier.operations, dossier.objects)
        desk.send(sealed)
        for item in dossier.objects:
            desk.upload(item)
    kept, lost = dossier.objects
    harm(folder, lost)
    with open_gateway(folder) as opened:
        assert miss_lost_objects(opened, ObjectStore(opened).holds) == 1
        declare_restored(opened)
    with serving(folder) as running:
        desk.url = running.url
        assert held(desk) == [names(kept)]
        assert desk.send(sealed).json()["missing_objects"] == [lost.announced.transport_id]
        desk.upload(lost)
        assert held(desk) == [names(kept), names(lost)]


def test_a_restored_database_that_knows_less_than_the_folder_finds_the_object_again(tmp_path: Path) -> None:
    """The backup is older than the upload; the desk may have let go of the object meanwhile, and sends no byte."""
    folder = tmp_path / "gateway"
    desk, item = upload_before_a_backup_is_restored(folder)
    with serving(folder) as running:
        desk.url = running.url
        assert held(desk) == []
        assert desk.begin_upload(item).status_code == 200
        assert held(desk) == [names(item)]


@pytest.mark.expects_log("gateway.objects")
def test_a_file_that_a_restored_database_does_not_know_is_believed_only_if_its_hash_is_right(tmp_path: Path) -> None:
    folder = tmp_path / "gateway"
    desk, item = upload_before_a_backup_is_restored(folder)
    spoil(folder, item)
    with serving(folder) as running:
        desk.url = running.url
        assert desk.begin_upload(item).status_code == 201
        assert held(desk) == []
        desk.upload(item)
        assert held(desk) == [names(item)]
        assert fetch(desk, item).content == item.content


def upload_before_a_backup_is_restored(folder: Path) -> tuple[Desk, SealedObject]:
    with serving(folder) as running:
        desk = running.enrol()
        dossier = desk.receive_dossier([b"held"])
        desk.send_dossier(dossier)
        desk.upload(dossier.objects[0])
    with sqlite3.connect(folder / "gateway.db") as database:
        database.execute("UPDATE objects SET complete = 0, arrived = 3")
        database.execute("UPDATE object_keys SET held_sequence = 0")
    database.close()
    return desk, dossier.objects[0]


def test_an_object_is_given_back_as_it_came_whole_and_in_stretches(desk: Desk, scan: SealedObject) -> None:
    desk.upload(scan)
    whole = fetch(desk, scan)
    assert (whole.status_code, whole.content) == (200, scan.content)
    size = len(scan.content)
    first = fetch(desk, scan, "bytes=0-99999")
    assert (first.status_code, first.headers["Content-Range"]) == (206, f"bytes 0-99999/{size}")
    rest = fetch(desk, scan, "bytes=100000-")
    assert rest.headers["Content-Range"] == f"bytes 100000-{size - 1}/{size}"
    assert first.content + rest.content == scan.content
    beyond = fetch(desk, scan, f"bytes={size - 10}-{size + 1000}")
    assert beyond.content == scan.content[-10:]


@pytest.mark.parametrize("stretch", ["bytes=600000000-", "bytes=9-3", "bytes=-5", "bytes=0-1,3-4", "lines=1-2"])
def test_a_stretch_that_can_not_be_given_is_refused(desk: Desk, scan: SealedObject, stretch: str) -> None:
    desk.upload(scan)
    assert refusal(fetch(desk, scan, stretch), 416) == "range-wrong"


def test_an_object_is_given_to_its_commune_only(gateway: RunningGateway, desk: Desk, scan: SealedObject) -> None:
    desk.upload(scan)
    assert fetch(gateway.enrol(near=desk), scan).content == scan.content
    stranger = gateway.enrol()
    assert refusal(fetch(stranger, scan), 404) == "object-unknown"
    unsigned = desk.http.get(f"{desk.url}/v1/objects/{scan.announced.transport_id}", timeout=20)
    assert refusal(unsigned, 401) == "signature-missing"


def test_an_object_that_has_not_arrived_or_is_lost_is_not_given(
    gateway: RunningGateway, desk: Desk, scan: SealedObject
) -> None:
    assert refusal(fetch(desk, scan), 409) == "object-incomplete"
    desk.upload(scan)
    lose(gateway.folder, scan)
    assert refusal(fetch(desk, scan), 409) == "object-incomplete"
