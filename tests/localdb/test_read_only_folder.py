# SPDX-License-Identifier: GPL-3.0-or-later
"""A data folder on a disk that was mounted read-only, as after a fault: a sentence, and nothing is lost."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from localdb import key_file
from localdb.key_file import StoreKeys
from localdb.store import Store
from tests.localdb import samples

INSIDE = """
import os, sys
from pathlib import Path
from casework.errors import KnownError
from localdb import key_file
from localdb.store import Store
from tests.localdb.keys_only import open_with_password

folder = Path(sys.argv[1])
os.system(f"mount --bind '{folder}' '{folder}' && mount -o remount,ro,bind '{folder}'")
for name, work in {
    "database": lambda: Store.open(folder, open_with_password(folder / "keys.json", "lan", "mot cua mo cua")),
    "password": lambda: key_file.unlock_with_password(folder / "keys.json", "lan", "mot cua mo cua").mend(),
    "new store": lambda: Store.create(folder / "new", key_file.StoreKeys.new(os.urandom)),
}.items():
    try:
        work()
    except KnownError as error:
        print(name, error.code)
    else:
        print(name, "worked")
"""


def can_mount() -> bool:
    if os.name != "posix" or not shutil.which("unshare"):
        return False
    return subprocess.run(["unshare", "--mount", "true"], check=False, capture_output=True).returncode == 0


@pytest.mark.skipif(not can_mount(), reason="this computer lets nobody mount")
def test_a_disk_that_was_mounted_read_only_is_a_sentence_and_loses_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    keys = key_file.create_key_file(
        folder / "keys.json",
        login="lan",
        password="mot cua mo cua",
        escrow_public_key=None,
        random_bytes=os.urandom,
        cost=samples.CHEAP,
    )
    store = Store.create(folder, keys)
    samples.enrol(store)
    store.close()
    before = contents(folder)
    told = subprocess.run(
        ["unshare", "--mount", sys.executable, "-c", INSIDE, str(folder)], check=True, capture_output=True, text=True
    )
    assert told.stdout.splitlines() == ["database no-access", "password no-access", "new store no-access"], told.stderr
    assert contents(folder) == before
    reopened = Store.open(folder, StoreKeys(keys.database_key, keys.database_salt, keys.object_name_key))
    reopened.close()


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
