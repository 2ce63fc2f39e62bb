# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from casework.errors import KnownError
from localdb import secrets
from localdb.store import Store
from tests.localdb import desk_day

# A disk of three megabytes in a name space of its own; it goes away with the program.
ON_A_SMALL_DISK = 'mount -t tmpfs -o size=3m tmpfs "$1" && exec "$0" -m tests.localdb.small_disk "$1"'
MAY_MOUNT = (
    subprocess.run(
        ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", "mount -t tmpfs tmpfs /mnt"],
        check=False,
        capture_output=True,
    ).returncode
    == 0
    if os.name == "posix"
    else False
)


def test_a_full_disk_is_said_and_nothing_is_half_done(tmp_path: Path) -> None:
    program = [sys.executable, "-m", "tests.localdb.small_disk", str(tmp_path), "600000"]
    full = {"disk-full", "disk-error"}
    if MAY_MOUNT:
        program = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", ON_A_SMALL_DISK]
        program += [sys.executable, str(tmp_path)]
        full = {"disk-full"}
    done = subprocess.run(program, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    said = dict(line.split(" ", 1) for line in done.stdout.splitlines())
    for step in ("receiving", "typing", "again"):
        assert said.pop(step) in full
    assert said == {
        "some": "True",
        "leftovers": "[]",
        "pairs": "True",
        "room": "True",
        "opened": "True",
    }


def test_a_database_that_may_not_grow_says_that_the_disk_is_full_and_keeps_the_last_commit(store: Store) -> None:
    first = desk_day.receive_one(store)
    with store.transaction() as connection:
        ((pages,),) = connection.rows("PRAGMA page_count")
        connection.execute(f"PRAGMA max_page_count = {pages + 3}")

    def put_too_much() -> None:
        with store.transaction() as connection:
            secrets.put(connection, "small", b"1")
            secrets.put(connection, "large", os.urandom(100_000))

    with pytest.raises(KnownError) as caught:
        put_too_much()
    assert (caught.value.code, caught.value.retryable) == ("disk-full", True)
    assert desk_day.check(store) == first
    with store.transaction() as connection:
        assert connection.rows("SELECT name FROM secrets") == []
        secrets.put(connection, "small", b"1")
