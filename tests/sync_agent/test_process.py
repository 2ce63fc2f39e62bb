# SPDX-License-Identifier: GPL-3.0-or-later
"""The courier as a program: killed, doubled, started from a desk, and what it leaves lying about."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from casework.errors import KnownError
from sync_agent import __main__ as program
from sync_agent import courier_contact
from sync_agent.data_folder import DataFolder, make_folder
from sync_agent.door import Door, Message, ask
from sync_agent.lock import only_one
from sync_agent.spool import Spool, Station
from sync_agent.status import CourierState, CourierStatus
from tests.sync_agent.material import Keyring, file_envelope
from tests.sync_agent.small_gateway import SmallGateway

ROOT = Path(__file__).parents[2]


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def command(folder: DataFolder, *options: str) -> list[str]:
    return [sys.executable, "-m", "sync_agent", "--data", str(folder.root), *options]


@contextmanager
def running(folder: DataFolder, *options: str) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command(folder, *options), cwd=ROOT, stderr=subprocess.PIPE)
    try:
        yield process
    finally:
        process.kill()
        process.communicate(timeout=20)


def finish(folder: DataFolder, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(folder, *options), cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_a_courier_killed_in_the_middle_of_an_upload_goes_on_where_it_stopped(
    folder: DataFolder, gateway: SmallGateway, keyring: Keyring
) -> None:
    content = os.urandom(3_000_000)
    (item,) = file_envelope(folder, keyring, [1], [content])
    gateway.delay_per_piece_s = 0.05
    with running(folder, "--until-idle") as process:
        wait_for(lambda: len(gateway.parts.get(item.transport_id, b"")) > 700_000)
        process.send_signal(signal.SIGKILL)
        assert process.wait(20) == -signal.SIGKILL
    assert Spool(folder.spool).count(Station.DELIVERED) == 1
    gateway.delay_per_piece_s = 0.0
    wait_for(gateway.is_quiet)
    held, gateway.received_bytes = len(gateway.parts[item.transport_id]), 0
    assert 700_000 < held < len(content)
    gateway.requests.clear()
    assert finish(folder, "--until-idle").returncode == program.DONE
    assert gateway.objects == {item.transport_id: content}
    assert gateway.received_bytes == len(content) - held
    assert "POST /v1/envelopes" not in gateway.requests
    assert Spool(folder.spool).count(Station.SENT) == 1


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_a_courier_killed_at_any_moment_loses_and_doubles_nothing(
    folder: DataFolder, gateway: SmallGateway, keyring: Keyring
) -> None:
    contents = [os.urandom(400_000) for _ in range(6)]
    for number, content in enumerate(contents, 1):
        file_envelope(folder, keyring, [number], [content])
    gateway.delay_per_piece_s = 0.01
    for moment in range(6):
        with running(folder, "--until-idle") as process:
            wait_for(lambda: process.poll() is not None or len(gateway.requests) > 5 * moment + 2)  # noqa: B023
        gateway.requests.clear()
    assert finish(folder, "--until-idle").returncode == program.DONE
    assert sorted(gateway.objects.values()) == sorted(contents)
    assert len(gateway.operation_ids) == len(set(gateway.operation_ids)) == 6
    assert Spool(folder.spool).count(Station.SENT) == 6


def test_a_single_round_ends_at_the_first_trouble(folder: DataFolder, gateway: SmallGateway, keyring: Keyring) -> None:
    file_envelope(folder, keyring, [1])
    gateway.hello_key = keyring.device
    assert finish(folder, "--once").returncode == program.LEFT_OVER
    status = courier_contact.courier_status(folder)
    assert (status.state, status.code, status.envelopes_left) == (CourierState.NOT_RUNNING, "captive-portal", 1)
    gateway.hello_key = keyring.gateway_sign
    assert finish(folder, "--once").returncode == program.DONE
    assert courier_contact.courier_status(folder).envelopes_left == 0


def test_one_courier_serves_a_folder(folder: DataFolder, gateway: SmallGateway) -> None:
    make_folder(folder.courier)
    with only_one(folder.lock):
        second = finish(folder, "--once")
    assert (second.returncode, second.stderr) == (program.ALREADY_RUNNING, "courier-running\n")
    assert finish(folder, "--once").returncode == program.DONE


@pytest.mark.parametrize(("name", "code"), [("courier.json", "courier-not-configured"), ("device.key", "device-key-")])
def test_a_folder_that_is_not_enrolled_is_said_to_be_so(
    folder: DataFolder, gateway: SmallGateway, name: str, code: str
) -> None:
    (folder.root / name).unlink()
    ended = finish(folder)
    assert ended.returncode == program.NOT_CONFIGURED
    assert ended.stderr.startswith(code)


def test_a_desk_starts_wakes_and_stops_the_courier(folder: DataFolder, gateway: SmallGateway, keyring: Keyring) -> None:
    assert courier_contact.courier_status(folder) == CourierStatus(CourierState.NOT_RUNNING)
    assert courier_contact.sync_now(folder) is False
    courier_contact.start_courier(folder)
    try:
        wait_for(lambda: courier_contact.courier_status(folder).state is CourierState.ONLINE)
        courier_contact.start_courier(folder)  # it runs already
        file_envelope(folder, keyring, [1], [b"scan"])
        assert courier_contact.sync_now(folder) is True
        wait_for(lambda: Spool(folder.spool).count(Station.SENT) == 1)
    finally:
        assert courier_contact.stop_courier(folder) is True
    wait_for(lambda: not folder.door.exists())
    wait_for(lambda: not is_locked(folder))
    assert courier_contact.courier_status(folder).state is CourierState.NOT_RUNNING


def is_locked(folder: DataFolder) -> bool:
    try:
        with only_one(folder.lock):
            return False
    except KnownError:
        return True


def test_a_terminated_courier_leaves_in_good_order(folder: DataFolder, gateway: SmallGateway) -> None:
    with running(folder) as process:
        wait_for(lambda: courier_contact.courier_status(folder).state is CourierState.ONLINE)
        process.terminate()
        assert process.wait(20) == (program.DONE if os.name == "posix" else 1)
    assert os.name != "posix" or not folder.door.exists()


def test_the_courier_cannot_open_a_database_or_a_window() -> None:
    """What it does not load it cannot use; it holds no database key either."""
    script = "import sys, sync_agent.__main__; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    ended = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(ended.stdout.split())
    assert {"requests", "localdb", "casework"} <= loaded
    assert loaded.isdisjoint({"sqlcipher3", "sqlite3", "PyQt6", "cv2", "numpy", "fastapi", "workstation"})


def test_the_log_tells_what_happened_and_no_more(folder: DataFolder, gateway: SmallGateway, keyring: Keyring) -> None:
    file_envelope(folder, keyring, [1], [b"scan"])
    finish(folder, "--once")
    log = folder.log.read_text(encoding="utf-8")
    assert "envelope e-1 stored, 1 objects missing" in log
    for secret in ("ABCD-EFGH", "Authorization", "X-Motcua-Signature", keyring.device.private_bytes_raw().hex()):
        assert secret not in log


@pytest.mark.skipif(os.name != "posix", reason="file modes")
def test_everything_the_courier_leaves_belongs_to_its_owner_alone(folder: DataFolder, gateway: SmallGateway) -> None:
    finish(folder, "--once")
    left = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.courier.iterdir()}
    assert left == dict.fromkeys(["courier.log", "lock", "memory.json", "status.json"], 0o600)


def test_the_door_opens_only_for_the_word(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    make_folder(folder.courier)
    heard: list[Message] = []

    def answer(message: Message) -> CourierStatus:
        heard.append(message)
        return CourierStatus(CourierState.ONLINE, envelopes_left=3)

    with Door(folder, answer, os.urandom):
        assert ask(folder, Message.SYNC_NOW).envelopes_left == 3
        good = folder.door.read_bytes()
        for wrong in (good.replace(b'"word":"', b'"word":"x'), b'{"port":1,"word":""}', b"", b"[]"):
            folder.door.write_bytes(wrong)
            with pytest.raises(KnownError) as caught:
                ask(folder, Message.STOP)
            assert caught.value.code == "courier-not-running"
        folder.door.write_bytes(good)
        assert ask(folder, Message.STATUS).state is CourierState.ONLINE
    assert heard == [Message.SYNC_NOW, Message.STATUS]
    with pytest.raises(KnownError):
        ask(folder, Message.STATUS)


def test_a_stranger_behind_the_port_is_not_believed(folder: DataFolder, gateway: SmallGateway) -> None:
    """After a kill, the port in the file may belong to any other program."""
    make_folder(folder.courier)
    port = gateway.url.rpartition(":")[2]
    folder.door.write_text(f'{{"port":{port},"word":"{"0" * 64}"}}', encoding="ascii")
    assert courier_contact.sync_now(folder) is False
    assert courier_contact.courier_status(folder).state is CourierState.NOT_RUNNING
