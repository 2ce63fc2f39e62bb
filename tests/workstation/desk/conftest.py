# SPDX-License-Identifier: GPL-3.0-or-later
"""A desk on real parts: encrypted store, virtual scanner behind real SANE, reading workers, SoftHSM."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from demo.counter_scanner import CounterScanner, counter_scanner
from demo.soft_token import SoftToken, create_soft_token
from scanning.reader import PageReader
from scanning.scanner import Scanner
from tests.workstation.desk.counter import MONDAY_MORNING, Counter, Hand, enrolment, sign_in_at
from workstation.desk.desk_folder import DeskFolder
from workstation.desk.session import DeskSession


@pytest.fixture
def clock() -> Hand:
    """A clock that stands still until it is turned."""
    return Hand(MONDAY_MORNING)


@pytest.fixture
def folder(tmp_path: Path) -> DeskFolder:
    """Where a desk may be set up."""
    return DeskFolder(tmp_path / "desk")


@pytest.fixture
def session(folder: DeskFolder, clock: Hand) -> Iterator[DeskSession]:
    """A desk that was set up today, with its first clerk signed in."""
    session = sign_in_at(folder, clock, enrolment())
    yield session
    session.close()


@pytest.fixture(scope="session")
def reader() -> Iterator[PageReader]:
    """The reading workers; warm after the first page."""
    with PageReader(workers=2) as reader:
        yield reader


@pytest.fixture(scope="session")
def scanner_on_the_counter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CounterScanner]:
    """The virtual scanner; it keeps what it has drawn once."""
    with counter_scanner(tmp_path_factory.mktemp("sane")) as counter:
        yield counter


@pytest.fixture(scope="session")
def scan_worker(scanner_on_the_counter: CounterScanner) -> Iterator[tuple[Scanner, str]]:
    """The program's side of the scanner, and its device id."""
    with Scanner(environment=scanner_on_the_counter.environment) as scanner:
        (device,) = scanner.list_devices()
        yield scanner, device.device_id


@pytest.fixture
def counter(
    session: DeskSession,
    scanner_on_the_counter: CounterScanner,
    scan_worker: tuple[Scanner, str],
    reader: PageReader,
) -> Counter:
    """Desk, scanner and readers together."""
    scanner, device_id = scan_worker
    scanner_on_the_counter.machine.order_fault(None)
    scanner_on_the_counter.machine.load_feeder([])
    return Counter(session, scanner_on_the_counter.machine, scanner, device_id, reader)


@pytest.fixture
def token(tmp_path: Path) -> SoftToken:
    """A token that this test may wear out."""
    return create_soft_token(tmp_path / "hsm", now=MONDAY_MORNING)


@pytest.fixture(autouse=True)
def _no_key_store_of_the_system() -> None:
    """The device key goes into a file here, as on a machine without a key store."""
    assert "DBUS_SESSION_BUS_ADDRESS" not in os.environ
