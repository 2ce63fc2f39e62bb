# SPDX-License-Identifier: GPL-3.0-or-later
"""A desk whose keys change again and again; a program, to be killed.

``python -m tests.localdb.rekeying_desk FOLDER`` reads the password of ``lan`` from standard input, changes the data
keys as ``rotate_keys`` does until it is killed, and prints a line at each beginning and each end.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from localdb import key_file, rekeying
from localdb.key_file import StoreKeys, create_key_file
from localdb.open_key_file import OpenKeyFile
from localdb.store import Store
from tests.localdb import desk_day, samples

PASSWORD = "câu mở khóa của chị Lan"
PAGES = 40


def make(folder: Path) -> None:
    """Make a store with some dossiers, and an index file beside it."""
    folder.mkdir()
    keys = create_key_file(
        folder / "keys.json",
        login="lan",
        password=PASSWORD,
        escrow_public_key=None,
        random_bytes=os.urandom,
        cost=samples.CHEAP,
    )
    store = Store.create(folder, keys)
    samples.enrol(store)
    for _ in range(PAGES):
        desk_day.receive_one(store, page_size=1000)
    with store.transaction() as connection:
        # Enough pages that changing the key takes a while.
        connection.execute("CREATE TABLE ballast (content BLOB)")
        connection.execute_many("INSERT INTO ballast VALUES (?)", [(os.urandom(60_000),) for _ in range(60)])
    store.search_file.make(os.urandom, 0, bytes(16)).close()
    store.close()


def unlock(folder: Path) -> OpenKeyFile:
    """Open the key file."""
    return key_file.unlock_with_password(folder / "keys.json", "lan", PASSWORD)


def open_store(folder: Path) -> tuple[OpenKeyFile, Store]:
    """Open the store as ``sign_in`` does, finishing what was begun."""
    opened = unlock(folder)
    store = Store.open(folder, rekeying.keys_in_use(folder, opened))
    if store.keys is opened.next_keys:
        opened.finish_data_key_rotation()
    return opened, store


def key_of(folder: Path) -> StoreKeys:
    """Give the keys that are in use."""
    opened = unlock(folder)
    assert opened.next_keys is None
    return opened.keys


def main() -> None:
    """Change the keys until killed."""
    folder = Path(sys.argv[1])
    assert sys.stdin.readline().strip() == PASSWORD
    while True:
        opened = unlock(folder)
        print("begin", flush=True)  # noqa: T201 - what the parent waits for
        opened.begin_data_key_rotation()
        rekeying.keys_in_use(folder, opened)
        opened.finish_data_key_rotation()
        opened.wipe()
        print("end", flush=True)  # noqa: T201 - what the parent waits for


if __name__ == "__main__":
    main()
