# SPDX-License-Identifier: GPL-3.0-or-later
"""A desk that is upgraded, in a program of its own: to be killed, or to run on a disk that is too small.

``python -m tests.localdb.upgrading_desk FOLDER [LIMIT]`` reads the store's three keys from standard input (a line of
hexadecimal digits each), takes one step beyond the shipped ones, and prints what it does. With a limit, no file may
grow beyond so many bytes.
"""

from __future__ import annotations

import resource
import sys
from pathlib import Path

from casework.errors import KnownError
from localdb import migrations
from localdb.key_file import StoreKeys
from localdb.migrations import Migration
from localdb.store import Store

REBUILD = """
    CREATE TABLE secrets_new (name TEXT PRIMARY KEY, value BLOB NOT NULL, made_at INTEGER) STRICT, WITHOUT ROWID;
    INSERT INTO secrets_new SELECT name, value, NULL FROM secrets;
    DROP TABLE secrets;
    ALTER TABLE secrets_new RENAME TO secrets;
    """


def next_steps() -> list[Migration]:
    shipped = migrations.shipped()
    return [*shipped, Migration(len(shipped) + 1, REBUILD)]


def main() -> None:
    """Upgrade and say how it went."""
    keys = StoreKeys(*(bytes.fromhex(line) for line in sys.stdin.read().split()))
    if len(sys.argv) > 2:
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
    try:
        Store.open(
            Path(sys.argv[1]),
            keys,
            steps=next_steps(),
            on_progress=lambda progress: print(progress.stage, flush=True),  # noqa: T201 - what the parent waits for
        ).close()
        print("done", flush=True)  # noqa: T201
    except KnownError as error:
        print("refused", error, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
