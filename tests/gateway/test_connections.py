# SPDX-License-Identifier: GPL-3.0-or-later
"""Who says nothing, or says it slowly, takes nobody's place."""

from __future__ import annotations

import contextlib
import os
import resource
import select
import socket
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from gateway import signed_requests
from gateway.connections import ConnectionLimits
from sync_agent.wire import hello
from tests.gateway.conftest import RunningGateway, serving
from tests.gateway.desk import Desk
from tests.gateway.test_contact import refusal
from tests.gateway.test_process import ROOT, gateway_process

SILENT = 1_100
"""More than the 1,024 descriptors that a service manager gives."""

HELLO = f"GET /v1/hello?nonce={hello.new_nonce(os.urandom)} HTTP/1.1\r\nHost: gateway\r\n\r\n".encode()


@pytest.fixture
def hasty(tmp_path: Path) -> Iterator[RunningGateway]:
    """A gateway that waits half a second for a header."""
    with serving(tmp_path / "gateway", limits=ConnectionLimits(header_s=0.5)) as running:
        yield running


@pytest.fixture
def narrow(tmp_path: Path) -> Iterator[RunningGateway]:
    """A gateway with four places for each address."""
    with serving(tmp_path / "gateway", limits=ConnectionLimits(per_address=4)) as running:
        yield running


def connect(url: str) -> socket.socket:
    address = urllib.parse.urlsplit(url)
    connection = socket.create_connection((address.hostname or "", address.port or 0), timeout=20)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def is_closed(connection: socket.socket) -> bool:
    """Wait for the other side to say something; tells whether it hung up."""
    try:
        return connection.recv(65_536) == b""
    except ConnectionError:
        return True


def is_answered(connection: socket.socket) -> bool:
    connection.sendall(HELLO)
    return has_answer(connection)


def has_answer(connection: socket.socket) -> bool:
    """Wait for one whole answer, however many pieces it comes in."""
    answer = b""
    while not answer.endswith(b"}"):
        piece = connection.recv(65_536)
        if not piece:
            return False
        answer += piece
    return answer.startswith(b"HTTP/1.1 200")


@contextlib.contextmanager
def descriptors(soft: int) -> Iterator[None]:
    """Live with another soft limit of open files for a while, as far as the hard one allows."""
    before, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (before, hard))


def test_a_thousand_silent_connections_do_not_stop_it(tmp_path: Path) -> None:
    with contextlib.ExitStack() as everything:
        with descriptors(1_024):
            running, url = everything.enter_context(gateway_process(tmp_path / "gateway"))
        everything.enter_context(descriptors(SILENT + 1_000))
        for _ in range(SILENT):
            everything.enter_context(connect(url))
        began = time.monotonic()
        for _ in range(3):
            answer = requests.get(f"{url}/v1/hello?nonce={hello.new_nonce(os.urandom)}", timeout=20)
            assert answer.status_code == 200
        assert time.monotonic() - began < 5
        assert "Traceback" not in running.stop()


def test_it_raises_the_limit_of_open_files_that_it_was_started_with() -> None:
    script = (
        "import resource; from gateway.connections import allow_descriptors;"
        "print(allow_descriptors(), *resource.getrlimit(resource.RLIMIT_NOFILE))"
    )
    with descriptors(512):
        told = subprocess.run(
            [sys.executable, "-c", script], cwd=ROOT, check=True, capture_output=True, text=True
        ).stdout.split()
    allowed, soft, hard = (int(number) for number in told)
    assert allowed == soft == (8_192 if hard < 0 else min(8_192, hard))


@pytest.mark.parametrize("beginning", [b"", b"GET /v1/hello HT", HELLO + b"GET /"], ids=["silent", "begun", "second"])
def test_a_header_that_does_not_come_is_not_waited_for(hasty: RunningGateway, beginning: bytes) -> None:
    with connect(hasty.url) as connection:
        connection.sendall(beginning)
        if beginning.startswith(HELLO):
            assert has_answer(connection)
            connection.sendall(b"v")
        assert is_closed(connection)


def test_a_header_that_comes_in_drops_has_the_same_deadline(hasty: RunningGateway) -> None:
    with connect(hasty.url) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nX: ")
        deadline = time.monotonic() + 10
        while not select.select([connection], [], [], 0.05)[0]:
            assert time.monotonic() < deadline
            connection.sendall(b"x")
        assert is_closed(connection)


def test_a_connection_that_asks_now_and_then_is_kept(hasty: RunningGateway) -> None:
    with connect(hasty.url) as connection:
        for _ in range(3):
            assert is_answered(connection)
            assert select.select([connection], [], [], 0.4)[0] == []


def test_the_longest_silent_one_gives_way_to_a_newcomer(narrow: RunningGateway) -> None:
    with contextlib.ExitStack() as connections:
        first, *others = [connections.enter_context(connect(narrow.url)) for _ in range(4)]
        assert is_answered(first)
        newcomer = connections.enter_context(connect(narrow.url))
        assert is_answered(newcomer)
        assert is_closed(others[0])
        assert is_answered(first)


def test_requests_under_way_do_not_give_way(narrow: RunningGateway) -> None:
    desk = narrow.enrol()
    desk.http.close()
    sealed = desk.seal(desk.receive_dossier().operations)
    with contextlib.ExitStack() as connections:
        busy = [connections.enter_context(connect(narrow.url)) for _ in range(4)]
        for connection in busy:
            begin_envelope(connection, desk, sealed)
            connection.sendall(sealed[:-1])
        assert is_closed(connections.enter_context(connect(narrow.url)))
        for connection in busy:
            connection.sendall(sealed[-1:])
            assert connection.recv(65_536).startswith(b"HTTP/1.1 200")


def begin_envelope(connection: socket.socket, desk: Desk, body: bytes) -> None:
    """Send the header of an envelope and wait until the gateway asks for the body."""
    lines = {
        **desk.headers("POST", "/v1/envelopes", body),
        "Host": "gateway",
        "Content-Length": str(len(body)),
        "Expect": "100-continue",
    }
    head = "POST /v1/envelopes HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    connection.sendall(f"{head}\r\n".encode())
    assert connection.recv(65_536).startswith(b"HTTP/1.1 100")


def test_a_body_that_comes_in_drops_is_not_waited_for(
    gateway: RunningGateway, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signed_requests, "PIECE_TIMEOUT_S", 0.5)
    sealed = desk.seal(desk.receive_dossier().operations)
    with connect(gateway.url) as connection:
        begin_envelope(connection, desk, sealed)
        connection.settimeout(0.1)
        for drop in sealed:
            connection.sendall(bytes([drop]))
            with contextlib.suppress(TimeoutError):
                told = connection.recv(65_536)
                break
    assert told.startswith(b"HTTP/1.1 408")
    assert b"client-too-slow" in told
    assert desk.news() == []
    assert refusal(desk.send(b""), 400) == "envelope-damaged"
