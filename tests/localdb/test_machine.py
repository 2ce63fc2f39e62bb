# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import sys
from pathlib import Path

import pytest

from localdb import machine

MACHINE = b"0123456789abcdef0123456789abcdef"


@pytest.mark.skipif(sys.platform == "win32", reason="the registry knows it there")
@pytest.mark.parametrize(
    ("content", "known"),
    [(MACHINE + b"\n", MACHINE), (b"", None), (b"uninitialized\n", None), (MACHINE[:-1], None), (None, None)],
)
def test_a_computer_without_a_proper_identity_has_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None, known: bytes | None
) -> None:
    file = tmp_path / "machine-id"
    if content is not None:
        file.write_bytes(content)
    monkeypatch.setattr(machine, "_FILES", (tmp_path / "nothing", file))
    assert machine.this_machine() == known


def test_a_fingerprint_is_of_one_machine_for_one_who_asks() -> None:
    here = machine.fingerprint(b"k" * 32, MACHINE)
    assert here == machine.fingerprint(b"k" * 32, MACHINE)
    assert len({here, machine.fingerprint(b"l" * 32, MACHINE), machine.fingerprint(b"k" * 32, b"f" * 32)}) == 3
    assert MACHINE not in here
