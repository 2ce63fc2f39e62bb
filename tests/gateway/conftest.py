# SPDX-License-Identifier: GPL-3.0-or-later
"""A running gateway, desks that are enrolled at it, and a portal behind it."""

from __future__ import annotations

import datetime as dt
import itertools
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from casework.records.workplace import Unit
from demo.national_portal import NationalPortal
from gateway.connections import ConnectionLimits
from gateway.enrolment import issue_enrolment
from gateway.folder import open_gateway
from gateway.relay import Backoff
from gateway.server import Settings, address, built_app, listen, make_server
from sync_agent.portals.mapi import MapiAccount
from tests.gateway.desk import PROCEDURE, Desk

FAST = Backoff(first_s=0.02, longest_s=0.2)


class Clock:
    """The real clock, which a test may set wrong."""

    def __init__(self) -> None:
        self.error = dt.timedelta(0)

    def __call__(self) -> dt.datetime:
        return dt.datetime.now(dt.UTC) + self.error


class RunningGateway:
    """A gateway that serves in a thread of this process."""

    def __init__(self, folder: Path, url: str, clock: Clock) -> None:
        self.folder = folder
        self.url = url
        self.clock = clock

    def enrol(self, near: Desk | None = None) -> Desk:
        """Enrol and register a desk: in a commune of its own, or as the neighbour of another desk."""
        desk = self.enrol_only(near)
        assert desk.register().status_code == 201
        return desk

    def enrol_only(self, near: Desk | None = None) -> Desk:
        return enrol_at(self.folder, self.url, near)


_communes = itertools.count(10_001)


def new_unit() -> Unit:
    """A unit of a commune where nobody is enrolled yet."""
    number = next(_communes)
    name = "Trung tâm Phục vụ hành chính công xã Tân Lập"
    return Unit(f"H56.{number}", name, "UBND XÃ TÂN LẬP", "Tân Lập", str(number))


def enrol_at(folder: Path, url: str, near: Desk | None = None) -> Desk:
    unit = new_unit() if near is None else near.enrolment.unit
    slot = 0 if near is None else near.enrolment.slot + 1
    with open_gateway(folder) as gateway:
        return Desk(issue_enrolment(gateway, unit, slot, [url], dt.datetime.now(dt.UTC)))


def eventually(check: Callable[[], bool], seconds: float = 20) -> None:
    """Look until something is so."""
    deadline = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@contextmanager
def serving(
    folder: Path,
    portal: MapiAccount | None = None,
    backoff: Backoff = FAST,
    limits: ConnectionLimits | None = None,
) -> Iterator[RunningGateway]:
    """Run a gateway on the loopback until the block ends."""
    clock = Clock()
    settings = Settings(folder=folder, portal=portal, backoff=backoff)
    with listen("127.0.0.1", 0) as listener, built_app(settings, address(listener), clock) as app:
        server = make_server(app, limits)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield RunningGateway(folder, address(listener), clock)
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture(scope="session")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningGateway]:
    """One gateway for all tests that only look at their own commune."""
    with serving(tmp_path_factory.mktemp("gateway") / "gateway") as running:
        yield running


@pytest.fixture
def desk(gateway: RunningGateway) -> Desk:
    return gateway.enrol()


@pytest.fixture
def portal() -> Iterator[NationalPortal]:
    with NationalPortal({PROCEDURE}) as running:
        yield running


@pytest.fixture
def account(portal: NationalPortal) -> MapiAccount:
    return MapiAccount(portal.url, portal.username, portal.password)


@pytest.fixture
def relaying_gateway(tmp_path: Path, account: MapiAccount) -> Iterator[RunningGateway]:
    with serving(tmp_path / "gateway", account) as running:
        yield running
