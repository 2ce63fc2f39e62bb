# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever becomes of the line, of the courier or of the gateway: nothing is lost, and all of it arrives once."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import hashlib
import http.server
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from PIL import Image

from casework.records.dossier import HistoryAction, PortalState
from casework.records.paper import Paper, PaperClass
from demo.commune import CLERK_LOGIN, CLERK_PASSWORD, DemoCommune
from demo.play import until_delivered
from scanning.page_image import ColorMode, PageImage
from scanning.pdf.searchable import ScannedPage, build_pdf
from sync_agent.status import CourierState
from tests.end_to_end.line import Line
from tests.workstation.desk.counter import filled_in, hand_in, jpeg
from workstation.desk.list_dossiers import DossierSheet, list_dossiers
from workstation.desk.receive_dossier import Received, receive_dossier
from workstation.desk.reconcile import glance, reconcile, start_courier, sync_now
from workstation.desk.sentences import sentence
from workstation.desk.session import DeskSession
from workstation.desk.sign_in import sign_in

IN_THE_MIDDLE_OF_THE_FIRST_SCAN = 700_000


@pytest.fixture
def session(commune: DemoCommune) -> Iterator[DeskSession]:
    """The clerk at her desk; the courier is stopped when she leaves."""
    session = sign_in(commune.desk, CLERK_LOGIN, CLERK_PASSWORD, clock=now, random_bytes=os.urandom)
    yield session
    commune.stop_courier()
    session.close()


@pytest.fixture
def received(session: DeskSession) -> Received:
    """A dossier with two long scans that was received without a line, sealed and ready to go."""
    dossier_id = filled_in(session)
    for paper_class in (PaperClass.BIRTH_REGISTRATION_DECLARATION, PaperClass.BIRTH_PROOF):
        hand_in(session, dossier_id, paper_class, pdf=long_scan())
    received = receive_dossier(session, dossier_id)
    reconcile(session)
    return received


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def long_scan() -> bytes:
    """A page of more than a megabyte, as a bad original gives."""
    picture = Image.frombytes("L", (1240, 1754), os.urandom(1240 * 1754))
    page = PageImage(jpeg(picture, 150), picture.width, picture.height, 150, ColorMode.GRAY)
    return build_pdf([ScannedPage(page, None)], "Giấy chứng sinh", now())


def eventually(fact: Callable[[], bool]) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + 30
    while not fact():
        assert time.monotonic() < deadline, "it never came to be so"
        time.sleep(0.02)


def gateway_elsewhere(commune: DemoCommune) -> DemoCommune:
    """The commune with its gateway on another port, so that a line can be laid between the two."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    return dataclasses.replace(commune, gateway_url=f"http://127.0.0.1:{port}")


def port_of(commune: DemoCommune) -> int:
    return int(commune.gateway_url.rsplit(":", 1)[1])


def assert_arrived_once(commune: DemoCommune, session: DeskSession, received: Received, sheet: DossierSheet) -> None:
    """The portal holds the dossier with its papers as they lie at the desk, and answered once; nothing is left over."""
    assert sheet.dossier.portal_state is PortalState.ACCEPTED
    assert [entry.action for entry in sheet.history] == [HistoryAction.RECEIVED, HistoryAction.PORTAL_ANSWERED]
    held = commune.portal.dossier(received.dossier.code)
    assert held is not None
    assert sorted(file.sha256 for file in held.files.values()) == sorted(
        digest_at_desk(session, paper) for paper in received.papers
    )
    assert set(commune.portal.dossiers()) == {row.dossier.code for row in list_dossiers(session)}
    state = glance(session)
    assert (state.unsent, state.rejected) == (0, 0)
    assert (state.courier.envelopes_left, state.courier.objects_left) == (0, 0)
    assert (state.courier.envelopes_refused, state.courier.objects_stuck) == (0, 0)


def files_at_portal(commune: DemoCommune, received: Received) -> int:
    held = commune.portal.dossier(received.dossier.code)
    return 0 if held is None else len(held.files)


def digest_at_desk(session: DeskSession, paper: Paper) -> str:
    with session.store.reading() as connection:
        return hashlib.sha256(session.store.objects.read(connection, paper.object_id or "")).hexdigest()


@contextlib.contextmanager
def page_for_people(port: int, status: int) -> Iterator[list[str]]:
    """Somebody else answers where the gateway should: a page in HTML, whatever is asked. Gives what was asked."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def answer(self) -> None:
            asked.append(self.command)
            body = "<!DOCTYPE html><title>Đăng nhập mạng</title>".encode()
            self.send_response(status)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            if status == 302:
                self.send_header("Location", "http://127.0.0.1:9/login")
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PATCH = do_HEAD = answer

        def log_message(self, format: str, *args: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield asked
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize("status", [200, 302], ids=["page", "redirect"])
def test_a_network_that_answers_with_a_page_is_named_and_nothing_is_given_to_it(
    commune: DemoCommune, session: DeskSession, received: Received, status: int
) -> None:
    waiting = glance(session).unsent
    with page_for_people(port_of(commune), status) as asked:
        start_courier(commune.desk)
        eventually(lambda: glance(session).courier.state is CourierState.OFFLINE)
        state = glance(session)
        assert (state.courier.code, state.is_online, state.unsent) == ("captive-portal", False, waiting)
        assert sentence(state.courier.code, {}).next_step.startswith("Mở trình duyệt")
        assert set(asked) == {"GET"}
        assert list(commune.desk.spool.glob("*.envelope"))
    with commune.gateway_running():
        sync_now(commune.desk)
        sheet = until_delivered(commune, session, received.dossier.dossier_id)
    assert_arrived_once(commune, session, received, sheet)


def test_what_is_no_gateway_at_all_is_offline_and_costs_nothing(
    commune: DemoCommune, session: DeskSession, received: Received
) -> None:
    waiting = glance(session).unsent
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(socket.create_server(("127.0.0.1", port_of(commune))))
        babble = threading.Thread(target=answer_once, args=(listener, b"220 mail ready\r\n"))
        babble.start()
        start_courier(commune.desk)
        babble.join()
        eventually(lambda: glance(session).courier.state is CourierState.OFFLINE)
        assert glance(session).courier.code in {"gateway-unreachable", "gateway-garbled"}
    assert glance(session).unsent == waiting > 0
    with commune.gateway_running():
        sync_now(commune.desk)
        sheet = until_delivered(commune, session, received.dossier.dossier_id)
    assert_arrived_once(commune, session, received, sheet)


def answer_once(listener: socket.socket, words: bytes) -> None:
    connection, _ = listener.accept()
    with connection:
        connection.recv(1000)
        connection.sendall(words)


def test_a_courier_killed_in_the_middle_of_an_upload_goes_on_and_the_portal_gets_it_once(
    commune: DemoCommune, session: DeskSession, received: Received
) -> None:
    behind = gateway_elsewhere(commune)
    line = Line(port_of(behind), IN_THE_MIDDLE_OF_THE_FIRST_SCAN)
    with behind.gateway_running(), line.open(port_of(commune)):
        courier = subprocess.Popen([sys.executable, "-m", "sync_agent", "--data", str(commune.desk.root)])
        assert line.held.wait(30)
        courier.kill()
        courier.wait()
        line.let_go()
        assert glance(session).courier.state is CourierState.NOT_RUNNING
        assert files_at_portal(commune, received) == 0
        start_courier(commune.desk)
        sheet = until_delivered(commune, session, received.dossier.dossier_id)
    assert_arrived_once(commune, session, received, sheet)


def test_a_gateway_that_dies_in_the_middle_of_an_upload_comes_back_and_has_it_once(
    commune: DemoCommune, session: DeskSession, received: Received
) -> None:
    behind = gateway_elsewhere(commune)
    line = Line(port_of(behind), IN_THE_MIDDLE_OF_THE_FIRST_SCAN)
    with line.open(port_of(commune)):
        with behind.gateway_running() as gateway:
            start_courier(commune.desk)
            assert line.held.wait(30)
            gateway.kill()
            gateway.wait()
            line.let_go()
            eventually(lambda: glance(session).courier.state is CourierState.OFFLINE)
        assert glance(session).courier.code == "gateway-unreachable"
        assert files_at_portal(commune, received) == 0
        with behind.gateway_running():
            sync_now(commune.desk)
            sheet = until_delivered(commune, session, received.dossier.dossier_id)
    assert_arrived_once(commune, session, received, sheet)
