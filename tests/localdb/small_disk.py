# SPDX-License-Identifier: GPL-3.0-or-later
"""A desk on a disk that gets full. A program, because it needs a disk, or a limit on files, of its own.

``python -m tests.localdb.small_disk FOLDER [LIMIT]``: with a limit, no file may grow beyond so many bytes; without, the
folder lies on a small disk. Prints a line for each step.
"""

from __future__ import annotations

import os
import resource
import sys
from collections.abc import Callable
from pathlib import Path

from casework.errors import KnownError
from localdb import secrets
from localdb.key_file import StoreKeys
from localdb.store import Store
from tests.localdb import desk_day, samples

FILLER = 300_000


def until_full(step: Callable[[int], object]) -> tuple[int, KnownError]:
    """Do something again and again; give how often it went well and what was said when it did not."""
    count = 0
    while True:
        try:
            step(count)
        except KnownError as error:
            return count, error
        count += 1
        if count > 10_000:
            raise RuntimeError("the disk never gets full")


def say(*words: object) -> None:
    """Tell the test."""
    print(*words)  # noqa: T201 - the test reads it


def main() -> None:
    """Fill the disk, make room, and go on."""
    folder = Path(sys.argv[1])
    limit = int(sys.argv[2]) if len(sys.argv) > 2 else None
    keys = StoreKeys.new(os.urandom)
    store = Store.create(folder / "data", keys)
    samples.enrol(store)
    filler = folder / "filler"
    filler.write_bytes(bytes(FILLER))
    if limit is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))

    received, refusal = until_full(lambda _: desk_day.receive_one(store, page_size=limit // 10 if limit else 100_000))
    say("receiving", refusal.code)
    say("some", received > 3)
    say("leftovers", [path.name for path in folder.rglob("*.part")])

    def put(number: int) -> None:
        with store.transaction() as connection:
            secrets.put(connection, f"small-{number}", os.urandom(3000))
            secrets.put(connection, f"smaller-{number}", os.urandom(30))

    kept, refusal = until_full(put)
    say("typing", refusal.code)
    with store.reading() as connection:
        say("pairs", connection.rows("SELECT count(*) FROM secrets") == [(2 * kept,)])
    _, refusal = until_full(put)
    say("again", refusal.code)

    if limit is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    filler.unlink()
    say("room", desk_day.receive_one(store, page_size=1000) == received + 1)
    store.close()
    store = Store.open(folder / "data", keys)
    say("opened", desk_day.check(store) == received + 1)
    store.close()


if __name__ == "__main__":
    main()
