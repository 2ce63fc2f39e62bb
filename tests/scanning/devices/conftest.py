# SPDX-License-Identifier: GPL-3.0-or-later
"""The two scanners of these tests: SANE's own ``test`` backend and the virtual network scanner of the demo."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from demo.counter_scanner import CounterScanner, counter_scanner
from scanning.scanner import Scanner


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[CounterScanner]:
    """A virtual network scanner that is switched on."""
    folder = tmp_path / "sane"
    folder.mkdir()
    with counter_scanner(folder) as counter:
        yield counter


@pytest.fixture
def scanner(counter: CounterScanner) -> Iterator[Scanner]:
    """The program's side of ``counter``."""
    with Scanner(environment=counter.environment) as scanner:
        yield scanner


@pytest.fixture
def device_id(scanner: Scanner) -> str:
    """Id of the virtual network scanner."""
    (device,) = scanner.list_devices()
    return device.device_id


@pytest.fixture
def sane_test_backend(tmp_path: Path) -> Iterator[Callable[..., Scanner]]:
    """Makes a ``Scanner`` that sees SANE's ``test`` device only, with lines for ``test.conf``."""
    folder = tmp_path / "sane-test"
    folder.mkdir()
    made: list[Scanner] = []

    def make(settings: Mapping[str, str] = MappingProxyType({}), silence_seconds: float = 60.0) -> Scanner:
        (folder / "dll.conf").write_text("test\n", encoding="utf-8")
        lines = {"number_of_devices": "1", "geometry_max": "420.0", "br_x": "210.0", "br_y": "297.0", **settings}
        text = "".join(f"{name} {value}\n" for name, value in lines.items())
        (folder / "test.conf").write_text(text, encoding="utf-8")
        made.append(Scanner(environment={"SANE_CONFIG_DIR": str(folder)}, silence_seconds=silence_seconds))
        return made[-1]

    yield make
    for scanner in made:
        scanner.close()
