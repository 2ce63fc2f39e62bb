# SPDX-License-Identifier: GPL-3.0-or-later
"""What set-up installs is pinned, by hash and without saying where from."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

LOCKS = ("build.txt", "runtime.txt", "test.txt")
PIN = re.compile(r"(?P<name>[a-z0-9-]+)(?:\[[a-z0-9,-]+\])?==(?P<version>[^\s;]+)(?: ; (?P<marker>[^\\]+))? \\\n")
HASH = re.compile(r" {4}--hash=sha256:[0-9a-f]{64}(?: \\)?\n")


def pins(lock: Path) -> set[tuple[str, str, str]]:
    return {
        (pin["name"], pin["version"], pin["marker"] or "") for pin in PIN.finditer(lock.read_text(encoding="utf-8"))
    }


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_exact_versions_with_hashes_and_nothing_else(name: str, root: Path) -> None:
    text = (root / "requirements" / name).read_text(encoding="utf-8")
    assert PIN.sub("", HASH.sub("", text)) == ""
    assert re.findall(PIN.pattern + f"(?!{HASH.pattern})", text) == []


def test_the_test_lock_holds_all_of_the_runtime_lock(root: Path) -> None:
    runtime = pins(root / "requirements" / "runtime.txt")
    assert len(runtime) > 20
    test = pins(root / "requirements" / "test.txt")
    # What a test library wants everywhere has lost its marker there.
    assert [pin for pin in runtime if pin not in test and (*pin[:2], "") not in test] == []


def test_the_locks_hold_every_direct_dependency(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))

    def names(requirements: list[str]) -> set[str]:
        found = (re.match(r"[A-Za-z0-9_.-]+", requirement) for requirement in requirements)
        return {re.sub(r"[-_.]+", "-", match[0]).lower() for match in found if match}

    runtime = {name for name, _, _ in pins(root / "requirements" / "runtime.txt")}
    test = {name for name, _, _ in pins(root / "requirements" / "test.txt")}
    assert names(project["project"]["dependencies"]) - runtime == set()
    assert names(project["dependency-groups"]["test"]) - test == set()
