# SPDX-License-Identifier: GPL-3.0-or-later
"""The gateway as IT runs it: commands, files, and kill -9 at the worst moment."""

from __future__ import annotations

import contextlib
import json
import os
import resource
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from casework.records.dossier import PortalState
from demo.national_portal import Fault, NationalPortal
from gateway.__main__ import main
from sync_agent.wire import hello
from sync_agent.wire.answers import Refusal
from sync_agent.wire.enrolment import Enrolment
from tests.gateway.conftest import enrol_at, eventually
from tests.gateway.desk import PDF, Desk
from tests.gateway.test_relay import is_told, statuses

ROOT = Path(__file__).parents[2]


class GatewayProcess:
    """``python -m gateway serve`` on one folder."""

    def __init__(self, folder: Path, port: int = 0, portal: NationalPortal | None = None) -> None:
        self.folder = folder
        self.ready = folder.parent / "ready.json"
        self.ready.unlink(missing_ok=True)
        arguments = ["--folder", str(folder), "--port", str(port), "--ready-file", str(self.ready)]
        if portal is not None:
            password = folder.parent / "password"
            password.touch(mode=0o600)
            password.write_text(f"{portal.password}\n", encoding="utf-8")
            arguments += ["--portal-url", portal.url, "--portal-user", portal.username]
            arguments += ["--portal-password-file", str(password)]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gateway", "serve", *arguments],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def wait_until_ready(self) -> str:
        deadline = time.monotonic() + 60
        while not self.ready.exists():
            assert self.process.poll() is None, self.process.communicate()[1]
            assert time.monotonic() < deadline
            time.sleep(0.02)
        found = json.loads(self.ready.read_text(encoding="utf-8"))
        assert found["pid"] == self.process.pid
        return str(found["url"])

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.communicate()

    def stop(self) -> str:
        """End it politely and give what it logged."""
        self.process.terminate()
        log = self.process.communicate(timeout=30)[1]
        assert self.process.returncode == 0, log
        return log


@contextmanager
def gateway_process(
    folder: Path, port: int = 0, portal: NationalPortal | None = None
) -> Iterator[tuple[GatewayProcess, str]]:
    running = GatewayProcess(folder, port, portal)
    try:
        yield running, running.wait_until_ready()
    finally:
        with contextlib.suppress(ProcessLookupError):
            running.kill()


def enrol_arguments(folder: Path, slot: int) -> list[str]:
    return [
        *("enrol", "--folder", str(folder), "--unit-code", "H56.14", "--unit-name", "Trung tâm xã Hoằng Phú"),
        *("--parent-name", "UBND XÃ HOẰNG PHÚ", "--place", "Hoằng Phú", "--commune-code", "15889"),
        *("--slot", str(slot), "--url", "https://gateway.example/"),
    ]


def test_links_that_the_portal_could_not_reach_are_not_handed_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = [
        "serve",
        "--folder",
        str(tmp_path / "gateway"),
        "--host",
        "0.0.0.0",
        "--portal-url",
        "http://x.example",
    ]
    assert main(arguments) == 1
    assert capsys.readouterr().err == "public-url-missing\n"


@pytest.mark.skipif(os.name != "posix", reason="file modes")
def test_a_portal_password_that_others_can_read_is_not_used(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    password = tmp_path / "portal.password"
    password.write_text("secret", encoding="utf-8")
    password.chmod(0o640)
    account = ["--portal-url", "http://127.0.0.1:9", "--portal-user", "x", "--portal-password-file", str(password)]
    assert main(["serve", "--folder", str(tmp_path / "gateway"), *account]) == 1
    assert capsys.readouterr().err == "key-file-exposed file=portal.password\n"
    assert not (tmp_path / "gateway").exists()


def told_epoch(desk: Desk, url: str) -> str:
    nonce = hello.new_nonce(os.urandom)
    answer = desk.http.get(f"{url}/v1/hello?nonce={nonce}", timeout=20)
    return hello.check(answer.content, nonce=nonce, sign_public=desk.enrolment.gateway_sign_public).epoch


def test_it_issues_enrolments_for_one_slot_each(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    folder, output = tmp_path / "gateway", tmp_path / "enrolment.json"
    assert main([*enrol_arguments(folder, 3), "-o", str(output)]) == 0
    assert stat.S_IMODE(output.stat().st_mode) == 0o600
    enrolment = Enrolment.from_json(output.read_bytes())
    assert (enrolment.slot, enrolment.unit.commune_code) == (3, "15889")
    assert enrolment.gateway_urls == ("https://gateway.example",)
    other = tmp_path / "other.json"
    assert main([*enrol_arguments(folder, 3), "-o", str(other)]) == 1
    assert not other.exists()
    assert capfdbinary.readouterr() == (b"", b"slot-taken slot=3\n")
    assert main(enrol_arguments(folder, 4)) == 0
    sys.stdout.flush()
    assert Enrolment.from_json(capfdbinary.readouterr().out).slot == 4


def test_a_slot_is_not_lost_when_its_file_can_not_be_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, output = tmp_path / "gateway", tmp_path / "enrolment.json"
    output.write_text("precious", encoding="utf-8")
    assert main([*enrol_arguments(folder, 0), "-o", str(output)]) == 1
    assert capsys.readouterr().err == "File exists\n"
    assert output.read_text(encoding="utf-8") == "precious"
    output.unlink()
    assert main([*enrol_arguments(folder, 0), "-o", str(output)]) == 0


@pytest.mark.parametrize("change", [("--slot", "16"), ("--unit-code", "../x"), ("--commune-code", "1")])
def test_wrong_usage_is_exit_code_two(
    tmp_path: Path, change: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*enrol_arguments(tmp_path / "gateway", 0), *change])
    assert ended.value.code == 2
    assert change[0] in capsys.readouterr().err
    assert not (tmp_path / "gateway").exists()


def test_it_serves_stops_and_serves_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "gateway"
    with gateway_process(folder) as (running, url):
        desk = enrol_at(folder, url)
        assert desk.register().status_code == 201
        assert main(["serve", "--folder", str(folder)]) == 1
        assert capsys.readouterr().err == "gateway-already-running\n"
        epoch = told_epoch(desk, url)
        log = running.stop()
    assert "Traceback" not in log
    assert main(["restored", "--folder", str(folder)]) == 0
    new_epoch = capsys.readouterr().out.strip()
    assert new_epoch != epoch
    with gateway_process(folder) as (_, url):
        desk.url = url
        assert desk.news() == []
        assert told_epoch(desk, url) == new_epoch


def begin_patch(desk: Desk, url: str, path: str, headers: dict[str, str], body: bytes, length: int) -> socket.socket:
    """Send the beginning of a PATCH and leave it open."""
    address = urllib.parse.urlsplit(url)
    lines = {**desk.headers("PATCH", path, None), **headers, "Host": "gateway", "Content-Length": str(length)}
    head = f"PATCH {path} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in lines.items()) + "\r\n"
    connection = socket.create_connection((address.hostname or "", address.port or 0))
    connection.sendall(head.encode() + body)
    return connection


def test_envelopes_and_uploads_survive_kill_9(tmp_path: Path) -> None:
    folder = tmp_path / "gateway"
    with gateway_process(folder) as (running, url):
        desk = enrol_at(folder, url)
        desk.register()
        dossier = desk.receive_dossier([os.urandom(6_000_000)])
        scan = dossier.objects[0]
        sealed = [desk.seal(dossier.operations, dossier.objects), desk.seal(desk.receive_dossier().operations)]
        for envelope in sealed:
            assert desk.send(envelope).status_code == 200
        assert desk.append(scan, 0, scan.content[:400_000]).status_code == 204
        path = f"/v1/objects/{scan.announced.transport_id}"
        body = scan.content[400_000:3_400_000]
        with begin_patch(desk, url, path, desk.patch_headers(400_000), body, len(scan.content) - 400_000):
            eventually(lambda: desk.offset(scan) > 1_400_000)
            running.kill()
    with gateway_process(folder) as (_, url):
        desk.url = url
        for envelope in sealed:
            assert desk.send(envelope).status_code == 200
        assert [item.sequence for item in desk.news()] == list(range(1, 8))
        assert 1_400_000 < desk.offset(scan) <= 3_400_000
        desk.upload(scan)
        name = scan.announced.transport_id
        assert (folder / "objects" / name[:2] / f"{name}.enc").read_bytes() == scan.content


def test_a_full_disk_is_said_and_nothing_is_lost(tmp_path: Path) -> None:
    folder = tmp_path / "gateway"
    with gateway_process(folder) as (running, url):
        desk = enrol_at(folder, url)
        desk.register()
        dossier = desk.receive_dossier([os.urandom(2_000_000)])
        scan = dossier.objects[0]
        desk.send_dossier(dossier)
        unlimited = resource.prlimit(running.process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(running.process.pid, resource.RLIMIT_FSIZE, (1_000_000, unlimited[1]))
        assert desk.append(scan, 0, scan.content[:900_000]).status_code == 204
        answer = desk.append(scan, 900_000, scan.content[900_000:])
        assert answer.status_code == 507
        assert Refusal.from_json(answer.content) == Refusal("gateway-disk-full", retryable=True)
        resource.prlimit(running.process.pid, resource.RLIMIT_FSIZE, unlimited)
        assert desk.offset(scan) == 900_000
        desk.upload(scan)
        running.stop()


def test_a_relay_survives_kill_9_between_the_portals_answer_and_its_record(tmp_path: Path) -> None:
    folder = tmp_path / "gateway"
    with NationalPortal({"1.001193"}) as portal:
        with gateway_process(folder, portal=portal) as (running, url):
            desk = enrol_at(folder, url)
            desk.register()
            before = desk.receive_dossier()
            desk.send_dossier(before)
            desk.wait_for(is_told(before, PortalState.ACCEPTED))
            portal.fail(Fault.SLOW_AFTER_EFFECT, slow_for_s=30)
            dossier = desk.receive_dossier([PDF])
            desk.send_dossier(dossier)
            eventually(lambda: dossier.code in portal.dossiers())
            running.kill()
        with gateway_process(folder, portal=portal) as (_, url):
            desk.url = url
            news = desk.wait_for(is_told(dossier, PortalState.ACCEPTED))
            assert len(statuses(news, dossier)) == 1
            assert [item.sequence for item in news] == list(range(1, len(news) + 1))
            desk.upload(dossier.objects[0])

            def has_file() -> bool:
                held = portal.dossier(dossier.code)
                return held is not None and len(held.files) == 1

            eventually(has_file)


def test_the_log_holds_ids_only(tmp_path: Path) -> None:
    folder = tmp_path / "gateway"
    with NationalPortal({"1.001193"}) as portal, gateway_process(folder, portal=portal) as (running, url):
        desk = enrol_at(folder, url)
        desk.register()
        dossier = desk.receive_dossier([PDF])
        refused = desk.receive_dossier([], procedure_code="9.999999")
        desk.send_dossier(dossier)
        desk.send_dossier(refused)
        desk.upload(dossier.objects[0])
        desk.wait_for(is_told(refused, PortalState.REJECTED))
        desk.wait_for(is_told(dossier, PortalState.ACCEPTED))
        log = running.stop()
    assert f"dossier={dossier.dossier_id}" in log
    for secret in ["Thành", "038094012745", "Giấy", portal.password, "portal-files", desk.enrolment.one_time_code]:
        assert secret not in log
