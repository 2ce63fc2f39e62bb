# SPDX-License-Identifier: GPL-3.0-or-later
"""A stick that is too small, write-protected, pulled out and plugged in again. A program, because it mounts one.

``python -m tests.workstation.desk.stick FOLDER`` in a name space of its own; prints a line for each step.
"""

from __future__ import annotations

import datetime as dt
import logging
import os
import subprocess
import sys
from pathlib import Path

from localdb import backup_places
from localdb.key_file import create_key_file
from localdb.store import Store
from tests.localdb import desk_day, samples
from workstation.desk.carry_snapshot import SnapshotOutcome, carry_snapshot
from workstation.desk.restore_store import list_snapshots
from workstation.desk.take_snapshot import take_snapshot


def say(*words: object) -> None:
    """Tell the test."""
    print(*words)  # noqa: T201 - the test reads it


def mount(stick: Path, options: str) -> None:
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(stick)], check=True)


def main() -> None:
    """Go through what happens to a stick."""
    logging.disable()
    folder, stick = Path(sys.argv[1]) / "data", Path(sys.argv[1]) / "stick"
    stick.mkdir()
    folder.mkdir()
    keys = create_key_file(
        folder / "keys.json",
        login="lan",
        password="mật khẩu",
        escrow_public_key=None,
        random_bytes=os.urandom,
        cost=samples.CHEAP,
    )
    store = Store.create(folder, keys)
    samples.enrol(store)
    with store.transaction() as connection:
        backup_places.add(connection, stick, samples.NOON)
    for _ in range(20):
        desk_day.receive_one(store, page_size=100_000)
    now = samples.NOON

    def carry(*, hours: float = 1) -> list[SnapshotOutcome]:
        nonlocal now
        now += dt.timedelta(hours=hours)
        for _ in take_snapshot(store, now):
            pass
        return [outcome for outcome in carry_snapshot(store, now) if outcome is not None]

    def noted() -> str:
        with store.reading() as connection:
            return backup_places.chosen(connection)[0].last_error_code

    mount(stick, "size=1m")
    (outcome,) = carry()
    say("too-small", outcome.code, outcome.is_trouble, noted() == outcome.code, len(list_snapshots(stick)))
    say("leftovers", len(list(stick.rglob("unfinished/*"))))
    subprocess.run(["mount", "-o", "remount,size=40m", str(stick)], check=True)
    (outcome,) = carry()
    say("room", repr(outcome.code), repr(noted()), len(list_snapshots(stick)))
    subprocess.run(["mount", "-o", "remount,ro", str(stick)], check=True)
    (outcome,) = carry()
    say("write-protected", outcome.code, outcome.is_trouble)
    subprocess.run(["mount", "-o", "remount,rw", str(stick)], check=True)
    now += dt.timedelta(hours=1)
    for _ in take_snapshot(store, now):
        pass
    desk_day.receive_one(store)
    steps = carry_snapshot(store, now)
    for _ in range(3):
        next(steps)
    subprocess.run(["umount", "--lazy", str(stick)], check=True)
    (outcome,) = [outcome for outcome in steps if outcome is not None]
    say("pulled-out", outcome.code, outcome.is_trouble, noted())
    (outcome,) = carry(hours=30)
    say("away-for-a-day", outcome.code, outcome.is_trouble)
    say("below-the-mount-point", list(stick.iterdir()))
    store.close()


if __name__ == "__main__":
    main()
