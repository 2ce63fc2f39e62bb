# SPDX-License-Identifier: GPL-3.0-or-later
"""The made-up commune as a whole: one workstation with scanner and token, its gateway, the national portal.

Demo, training mode and end-to-end tests all live here, so that they meet the same world. Everything it keeps lies
below one folder, temporary files included, so that the folder can be searched for leaks and thrown away.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from casework.catalogue import Catalogue
from casework.errors import KnownError
from casework.records.workplace import Unit
from demo.counter_scanner import CounterScanner, counter_scanner
from demo.national_portal import NationalPortal
from demo.people import COMMUNE_CODE
from demo.soft_token import SoftToken, create_soft_token
from localdb.key_file import Argon2Cost
from localdb.open_key_file import DEFAULT_COST
from sync_agent.courier_contact import stop_courier
from sync_agent.lock import only_one
from workstation.desk.desk_folder import DeskFolder
from workstation.desk.set_up_desk import FirstClerk, set_up_desk

UNIT: Final = Unit(
    code="H56.15",
    name="Trung tâm Phục vụ hành chính công xã Hoằng Phú",
    parent_name="Ủy ban nhân dân xã Hoằng Phú",
    place="Hoằng Phú",
    commune_code=COMMUNE_CODE,
)
CLERK_LOGIN: Final = "binh"
CLERK_NAME: Final = "Trần Thanh Bình"
CLERK_PASSWORD: Final = "mot cua mo cua"
SLOT: Final = 1

_START_SECONDS: Final = 30.0
_STOP_SECONDS: Final = 40.0
"""Longer than the courier waits for a gateway that says nothing."""


@dataclass(frozen=True, slots=True)
class DemoCommune:
    """A commune that is set up and has no line to the outside yet.

    Attributes:
        root: Everything lies below it.
        desk: The workstation's folder.
        gateway: The gateway's folder.
        temporary: Where every program of the commune puts temporary files.
        scanner: On the counter.
        token: The signer's.
        portal: Runs from the beginning; nobody reaches it while the gateway is off.
        gateway_url: Where the gateway will be.
    """

    root: Path
    desk: DeskFolder
    gateway: Path
    temporary: Path
    scanner: CounterScanner
    token: SoftToken
    portal: NationalPortal
    gateway_url: str
    _portal_password_file: Path = field(repr=False)

    @contextlib.contextmanager
    def gateway_running(self) -> Iterator[subprocess.Popen[bytes]]:
        """Switch the gateway on for the length of a ``with`` block; it is given time to end well."""
        ready = self.root / "gateway.ready"
        ready.unlink(missing_ok=True)
        port = self.gateway_url.rsplit(":", 1)[1]
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "gateway", "serve", "--folder", str(self.gateway), "--port", port),
                *("--portal-url", self.portal.url, "--portal-user", self.portal.username),
                *("--portal-password-file", str(self._portal_password_file), "--ready-file", str(ready)),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _wait_for(ready, process)
            yield process
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def stop_courier(self) -> None:
        """Have the courier stop after the exchange it is in, and wait until it has let go of its folder.

        Raises:
            TimeoutError: It did not within forty seconds.
        """
        deadline = time.monotonic() + _STOP_SECONDS
        while stop_courier(self.desk) or _is_held(self.desk.lock):
            if time.monotonic() > deadline:
                raise TimeoutError("the courier does not stop")
            time.sleep(0.02)


@contextlib.contextmanager
def demo_commune(root: Path, *, now: dt.datetime, cost: Argon2Cost = DEFAULT_COST) -> Iterator[DemoCommune]:
    """Found a commune in an empty folder; its courier is stopped at the end.

    Args:
        root: An existing empty folder.
        now: Aware; certificates are valid from the day before.
        cost: Price of one try of the clerk's password; tests take a low one.
    """
    places = {name: root / name for name in ("desk", "gateway", "tmp", "token", "scanner")}
    for place in places.values():
        place.mkdir(mode=0o700)
    with contextlib.ExitStack() as stack:
        stack.enter_context(_temporary_files_in(places["tmp"]))
        token = create_soft_token(places["token"] / "hsm", now=now, unit=UNIT.parent_name)
        scanner = stack.enter_context(counter_scanner(places["scanner"]))
        portal = stack.enter_context(NationalPortal(Catalogue.shipped().codes))
        password_file = root / "portal.password"
        password_file.touch(mode=0o600)
        password_file.write_text(portal.password, encoding="utf-8")
        gateway_url = f"http://127.0.0.1:{_free_port()}"
        desk = DeskFolder(places["desk"])
        set_up_desk(
            desk,
            _enrolment_file(places["gateway"], gateway_url),
            FirstClerk(CLERK_LOGIN, CLERK_NAME, CLERK_PASSWORD),
            escrow_public_key=None,
            clock=lambda: now,
            random_bytes=secrets.token_bytes,
            cost=cost,
        )
        commune = DemoCommune(
            root, desk, places["gateway"], places["tmp"], scanner, token, portal, gateway_url, password_file
        )
        stack.callback(commune.stop_courier)
        yield commune


def _enrolment_file(gateway_folder: Path, gateway_url: str) -> bytes:
    """Have the gateway's own command issue the file, as IT would."""
    return subprocess.run(
        [
            *(sys.executable, "-m", "gateway", "enrol", "--folder", str(gateway_folder), "--slot", str(SLOT)),
            *("--unit-code", UNIT.code, "--unit-name", UNIT.name, "--parent-name", UNIT.parent_name),
            *("--place", UNIT.place, "--commune-code", UNIT.commune_code, "--url", gateway_url),
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=True,
    ).stdout


@contextlib.contextmanager
def _temporary_files_in(folder: Path) -> Iterator[None]:
    """Make this program and its children put temporary files into a folder that can be searched afterwards."""
    before = {name: os.environ.get(name) for name in ("TMPDIR", "TEMP", "TMP")}
    before_here = tempfile.tempdir
    os.environ.update(dict.fromkeys(before, str(folder)))
    tempfile.tempdir = str(folder)
    try:
        yield
    finally:
        tempfile.tempdir = before_here
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _is_held(lock: Path) -> bool:
    if not lock.exists():
        return False
    try:
        with only_one(lock):
            return False
    except KnownError:
        return True


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def _wait_for(file: Path, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while not file.exists():
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError("the gateway does not start")
        time.sleep(0.02)
