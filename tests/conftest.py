# SPDX-License-Identifier: GPL-3.0-or-later
"""What every test of the house lives under: a home of its own, no network, no unexpected complaint in the log."""

from __future__ import annotations

import ipaddress
import logging
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

_LOOPBACK_NAMES = frozenset({"localhost", "ip6-localhost", ""})
_HOME = Path(tempfile.mkdtemp(prefix="motcua-tests-"))


class ReachedForTheNetwork(BaseException):
    """A test tried to leave this machine. Not an ``Exception``, so that no retry loop under test can swallow it."""


def _refuse_the_network(event: str, arguments: tuple[object, ...]) -> None:
    """Audit hook: sockets of this process may go to loopback only."""
    if event in {"socket.connect", "socket.sendto"}:
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None
    elif event == "socket.getaddrinfo":
        host = arguments[0]
    else:
        return
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if not isinstance(host, str) or host in _LOOPBACK_NAMES:
        return
    try:
        stays_here = ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        stays_here = False
    if not stays_here:
        raise ReachedForTheNetwork(f"{event}: {host}")


def _move_into_own_home() -> None:
    """Point everything that finds a user's folders at an empty folder of this session."""
    for variable, folder in {
        "HOME": "",
        "XDG_CONFIG_HOME": "config",
        "XDG_DATA_HOME": "data",
        "XDG_STATE_HOME": "state",
        "XDG_CACHE_HOME": "cache",
        "XDG_RUNTIME_DIR": "run",
    }.items():
        path = _HOME / folder
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.environ[variable] = str(path)
    os.environ["PYTHONUTF8"] = "1"
    os.environ["OMP_THREAD_LIMIT"] = "1"
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    for variable in ("DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "WAYLAND_DISPLAY"):
        os.environ.pop(variable, None)
    for variable in ("http_proxy", "https_proxy", "all_proxy"):
        os.environ.pop(variable, None)
        os.environ.pop(variable.upper(), None)


_move_into_own_home()
sys.addaudithook(_refuse_the_network)

hypothesis.settings.register_profile("desk", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "desk")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--full``."""
    parser.addoption("--full", action="store_true", help="also run the tests marked full")


def pytest_configure(config: pytest.Config) -> None:
    """Declare the markers of this file."""
    config.addinivalue_line(
        "markers",
        "expects_log(logger, level='WARNING'): the test must make this logger (or one below it) complain "
        "at this level; may be given more than once",
    )


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    shutil.rmtree(_HOME, ignore_errors=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the long tests out unless they were asked for."""
    if config.getoption("--full"):
        return
    long = [item for item in items if item.get_closest_marker("full")]
    if long:
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if not item.get_closest_marker("full")]


class _Complaints(logging.Handler):
    """Keeps the records that somebody should have expected."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def _no_unexpected_complaints(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that logs a warning or worse without saying so, and one that promised a complaint in vain."""
    complaints = _Complaints()
    root = logging.getLogger()
    root.addHandler(complaints)
    try:
        yield
    finally:
        root.removeHandler(complaints)
    unexpected = complaints.records
    for marker in request.node.iter_markers("expects_log"):
        logger, level = _expected(*marker.args, **marker.kwargs)
        missing = True
        remaining = []
        for record in unexpected:
            if record.levelno == level and f"{record.name}.".startswith(f"{logger}."):
                missing = False
            else:
                remaining.append(record)
        unexpected = remaining
        if missing:
            pytest.fail(f"{logger} was expected to log at {logging.getLevelName(level)} and did not", pytrace=False)
    if unexpected:
        lines = [f"{record.levelname} {record.name}: {record.getMessage()}" for record in unexpected]
        pytest.fail("unexpected in the log:\n" + "\n".join(lines), pytrace=False)


def _expected(logger: str, level: str = "WARNING") -> tuple[str, int]:
    return logger, logging.getLevelNamesMapping()[level]
