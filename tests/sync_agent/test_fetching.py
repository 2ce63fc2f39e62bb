# SPDX-License-Identifier: GPL-3.0-or-later
"""Objects come back through courier and gateway as they ship, over real HTTP."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from casework.errors import KnownError
from localdb import object_whereabouts, objects
from localdb.objects import StoredObject
from sync_agent.configuration import CourierConfiguration
from sync_agent.device_key import FileKeyStore
from sync_agent.fetching import PIECE_BYTES, REFUSED_PAUSE_S, ROOM_LEFT_BYTES, Fetching
from sync_agent.transports.https import HttpsTransport
from sync_agent.wanted import WantedObjects, Wish
from tests.sync_agent.open_desk import OpenDesk
from tests.sync_agent.test_with_the_gateway import carry, desk_at, pdf, serving

PLENTY = 1 << 50
ROOT = Path(__file__).parents[2]


@dataclass
class Line:
    """A desk whose scans are at a gateway, and a line to it."""

    desk: OpenDesk
    gateway: Path
    stored: list[StoredObject]
    transport: HttpsTransport

    @property
    def wanted(self) -> WantedObjects:
        return WantedObjects(self.desk.folder)

    def want(self, stored: StoredObject) -> None:
        self.wanted.want(Wish(stored.transport_id, stored.object_id, stored.sealed_size))

    def sealed(self, stored: StoredObject) -> bytes:
        """The object as it lies on the desk's own disk."""
        return self.desk.store.objects.path(stored.object_id).read_bytes()

    def at_gateway(self, stored: StoredObject) -> Path:
        return self.gateway / "objects" / stored.transport_id[:2] / f"{stored.transport_id}.enc"


@contextmanager
def desk_whose_scans_arrived(tmp_path: Path, sizes: list[int]) -> Iterator[Line]:
    with (
        serving(tmp_path / "gateway") as url,
        desk_at(tmp_path / "data", tmp_path / "gateway", url) as desk,
    ):
        scans = [pdf(size) for size in sizes]
        desk.receive_dossier(scans)
        desk.engine.seal_pending()
        carry(desk)
        desk.engine.open_replies()
        configuration = CourierConfiguration.load(desk.folder)
        transport = HttpsTransport(
            url,
            device_id=configuration.device_id,
            signer=FileKeyStore(desk.folder.device_key).load(configuration.device_id),
            gateway_sign_public=configuration.gateway_sign_public,
            clock=time.time,
            random_bytes=os.urandom,
        )
        transport.hello()
        ids = [desk.store.objects.object_id(scan) for scan in scans]
        with desk.store.reading() as connection:
            stored = [objects.describe(connection, object_id) for object_id in ids]
        try:
            yield Line(desk, tmp_path / "gateway", stored, transport)
        finally:
            transport.close()


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Line]:
    with desk_whose_scans_arrived(tmp_path, [3 * PIECE_BYTES, 100]) as line:
        yield line


def test_the_desk_learns_that_its_scans_are_held(line: Line) -> None:
    with line.desk.store.reading() as connection:
        assert all(object_whereabouts.find(connection, item.object_id).is_at_gateway for item in line.stored)
        epochs = connection.rows("SELECT DISTINCT confirmed_epoch FROM objects")
        assert epochs == connection.rows("SELECT epoch FROM sync_state")


def test_what_is_wanted_comes_back_as_it_went(line: Line) -> None:
    for stored in line.stored:
        line.want(stored)
    carry(line.desk)
    for stored in line.stored:
        assert line.wanted.whole(stored.transport_id).read_bytes() == line.sealed(stored)
        assert not line.wanted.part(stored.transport_id).exists()
    assert len(line.wanted.wishes()) == 2


def test_what_has_arrived_is_not_fetched_twice_after_a_stop(line: Line) -> None:
    large = line.stored[0]
    line.want(large)
    first = Fetching(line.wanted, lambda: PLENTY)
    assert not first.advance(line.transport, 0.0)
    assert line.wanted.part(large.transport_id).stat().st_size == PIECE_BYTES
    again = Fetching(line.wanted, lambda: PLENTY)
    assert [again.advance(line.transport, 0.0) for _ in range(3)] == [False, False, True]
    assert line.wanted.whole(large.transport_id).read_bytes() == line.sealed(large)
    assert again.outstanding(0.0) == []


@pytest.mark.expects_log("sync_agent.fetching")
def test_what_the_gateway_does_not_hold_holds_up_nothing_else(line: Line) -> None:
    large, small = line.stored
    line.at_gateway(large).unlink()
    line.want(large)
    line.want(small)
    fetching = Fetching(line.wanted, lambda: PLENTY)
    assert not fetching.advance(line.transport, 0.0)
    assert fetching.advance(line.transport, 0.0)
    assert line.wanted.refusal(large.transport_id) == "object-not-held"
    assert fetching.outstanding(REFUSED_PAUSE_S - 1) == []
    assert [wish.transport_id for wish in fetching.outstanding(REFUSED_PAUSE_S)] == [large.transport_id]
    line.want(large)
    assert [wish.transport_id for wish in fetching.outstanding(1.0)] == [large.transport_id]


@pytest.mark.expects_log("sync_agent.fetching")
def test_what_comes_changed_never_reaches_the_desk(line: Line) -> None:
    small = line.stored[1]
    content = bytearray(line.sealed(small))
    content[9] ^= 1
    line.at_gateway(small).write_bytes(content)
    line.want(small)
    fetching = Fetching(line.wanted, lambda: PLENTY)
    assert not fetching.advance(line.transport, 0.0)
    assert line.wanted.refusal(small.transport_id) == "object-mismatch"
    assert not line.wanted.whole(small.transport_id).exists()
    assert not line.wanted.part(small.transport_id).exists()
    line.at_gateway(small).write_bytes(line.sealed(small))
    assert fetching.advance(line.transport, REFUSED_PAUSE_S)
    assert line.wanted.refusal(small.transport_id) == ""


@pytest.mark.expects_log("sync_agent.fetching")
def test_room_for_new_scans_is_not_filled_with_old_ones(line: Line) -> None:
    small = line.stored[1]
    line.want(small)
    fetching = Fetching(line.wanted, lambda: ROOM_LEFT_BYTES + small.sealed_size - 1)
    assert not fetching.advance(line.transport, 0.0)
    assert line.wanted.refusal(small.transport_id) == "disk-full"
    assert not line.wanted.part(small.transport_id).exists()


def test_what_nobody_wants_any_more_is_forgotten(line: Line) -> None:
    large = line.stored[0]
    line.want(large)
    Fetching(line.wanted, lambda: PLENTY).advance(line.transport, 0.0)
    (line.desk.folder.wanted / large.transport_id).unlink()
    fetching = Fetching(line.wanted, lambda: PLENTY)
    assert fetching.outstanding(0.0) == []
    assert list(line.desk.folder.arrived_objects.iterdir()) == []


def test_trouble_with_the_line_is_no_fault_of_the_object(line: Line) -> None:
    line.want(line.stored[0])
    away = HttpsTransport(
        "http://127.0.0.1:9",
        device_id="d",
        signer=FileKeyStore(line.desk.folder.device_key).load(CourierConfiguration.load(line.desk.folder).device_id),
        gateway_sign_public=bytes(32),
        clock=time.time,
        random_bytes=os.urandom,
    )
    fetching = Fetching(line.wanted, lambda: PLENTY)
    with pytest.raises(KnownError, match="gateway-unreachable"):
        fetching.advance(away, 0.0)
    away.close()
    assert line.wanted.refusal(line.stored[0].transport_id) == ""
    assert len(fetching.outstanding(0.0)) == 1


def fetch_under_kills(line: Line, kills: int) -> None:
    """Kill the courier's program again and again while it fetches; it ends with every object, byte for byte."""
    for stored in line.stored:
        line.want(stored)
    command = [sys.executable, "-m", "sync_agent", "--data", str(line.desk.folder.root), "--until-idle"]
    sizes = set()
    for number in range(kills):
        with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE) as courier:
            have = fetched_bytes(line)
            deadline = time.monotonic() + 20
            while courier.poll() is None and fetched_bytes(line) == have and time.monotonic() < deadline:
                time.sleep(0.002)
            time.sleep((number % 7) * 0.002)
            courier.send_signal(signal.SIGKILL)
        sizes.add(fetched_bytes(line))
        for stored in line.stored:
            if line.wanted.whole(stored.transport_id).exists():
                assert line.wanted.whole(stored.transport_id).read_bytes() == line.sealed(stored)
                if number < kills - 3:  # and again from the beginning, so that no kill is wasted
                    line.wanted.forget(stored.transport_id)
                    line.want(stored)
    assert len(sizes) > 1
    done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    for stored in line.stored:
        assert line.wanted.whole(stored.transport_id).read_bytes() == line.sealed(stored)


def fetched_bytes(line: Line) -> int:
    total = 0
    for path in line.desk.folder.arrived_objects.iterdir():
        try:
            total += path.stat().st_size
        except FileNotFoundError:
            continue
    return total


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_a_courier_that_is_killed_while_it_fetches_loses_and_spoils_nothing(tmp_path: Path) -> None:
    with desk_whose_scans_arrived(tmp_path, [6 * PIECE_BYTES]) as line:
        fetch_under_kills(line, 3)


@pytest.mark.full
@pytest.mark.timeout(590)
@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_a_courier_killed_a_hundred_times_while_it_fetches_loses_and_spoils_nothing(tmp_path: Path) -> None:
    with desk_whose_scans_arrived(tmp_path, [8 * PIECE_BYTES, 3 * PIECE_BYTES, 10]) as line:
        fetch_under_kills(line, 100)
