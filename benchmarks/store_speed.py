# SPDX-License-Identifier: GPL-3.0-or-later
"""What the encrypted store costs: against plain SQLite, against pictures inside the database, against its limits.

Ours and the peer take turns in one run, each first warmed up; of five rounds the best counts. A ratio below is ours
divided by the peer or by the limit (smaller is better), except for ``object_write``, which tells how many times faster
than the peer it is.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import gc
import os
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.rows import Row
from casework.identifiers import new_identifier
from casework.records.operation import Operation, OperationKind
from casework.records.workplace import Clerk, Role, Unit, Workstation
from localdb import audit, clerks, drafts, migrations, objects, outbox, workplace
from localdb.connection import Connection
from localdb.key_file import StoreKeys
from localdb.raw_file import RawFile
from localdb.store import DATABASE_NAME, Store

ROUNDS = 5
COMMITS = 150
DRAFTS = 4_000
READS = 6_000
COLD_READS = DRAFTS // 8
SCANS = 24
SCAN_SIZE = 1_000_000
OPENINGS = 20

OPEN_LIMIT_MS = 10.0

_NOW = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
_CLERK = Clerk("0198b6a0-0000-7000-8000-00000000c1e4", "lan", "Lê Thị Lan", frozenset(Role))
_WORKSTATION = Workstation(
    "0198b6a0-0000-7000-8000-00000000d0d0", 1, Unit("H56.14", "Trung tâm", "UBND xã", "Tân Lập", "14797")
)

Work = Callable[[], None]


def measure() -> list[Row]:
    """Measure all rows that need no big store."""
    with tempfile.TemporaryDirectory(prefix="motcua-bench-") as place:
        folder = Path(place)
        keys = StoreKeys.new(os.urandom)
        Store.create(folder / "ours", keys).close()
        ours = Connection.open(folder / "ours" / DATABASE_NAME, keys, writing=True)
        plain = _plain(folder / "plain.db", writing=True)
        migrations.bring_up_to_date(plain, migrations.shipped())
        for connection in (ours, plain):
            _fill(connection)
        rows = [_commit(ours, plain), *_reads(folder, keys, ours, plain)]
        ours.close()
        plain.close()
        return [*rows, *_object_writes(folder, keys), *_openings(folder / "ours", keys)]


def best_of_rounds(ours: Work, peer: Work, clock: Callable[[], float]) -> tuple[float, float]:
    """Let both take turns and give the best seconds of each; the first turn of each only warms up."""
    best = [float("inf"), float("inf")]
    for turn in range(ROUNDS + 1):
        for number, work in enumerate((ours, peer)):
            gc.collect()
            started = clock()
            work()
            if turn:
                best[number] = min(best[number], clock() - started)
    return best[0], best[1]


def percentile(values: Sequence[float], share: float) -> float:
    """Give the value below which a share (0..1) of the values lies."""
    return sorted(values)[min(len(values) - 1, round(share * len(values)))]


def _plain(path: Path, *, writing: bool) -> Connection:
    """Open the peer: SQLite of the standard library with our settings and through our own layer, without encryption."""
    engine = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "recursive_triggers = ON",
        "secure_delete = ON",
        "temp_store = MEMORY",
        "trusted_schema = OFF",
        f"cache_size = -{16 * 1024 if writing else 64 * 1024}",
    ):
        engine.execute(f"PRAGMA {pragma}").fetchall()
    return Connection(engine, RawFile(path), path.parent, writing=writing)


def _fill(connection: Connection) -> None:
    with connection.transaction(writing=True):
        workplace.save(connection, _WORKSTATION)
        clerks.add(connection, _CLERK)
    chance = random.Random(1)  # noqa: S311 - not for keys
    for _ in range(DRAFTS // 200):
        with connection.transaction(writing=True):
            for _ in range(200):
                dossier_id = new_identifier(_NOW, chance.randbytes)
                drafts.start(connection, dossier_id, _CLERK.clerk_id, _NOW)
                drafts.set_field(connection, dossier_id, "address", "Thôn 3, xã Hoằng Phú " * 8, _NOW)


def _one_commit(connection: Connection) -> None:
    """A typed field with its audit entry and two operations, as small commits at the counter are."""
    with connection.transaction(writing=True):
        dossier_id = new_identifier(_NOW, os.urandom)
        drafts.start(connection, dossier_id, _CLERK.clerk_id, _NOW)
        drafts.set_field(connection, dossier_id, "full_name", "Nguyễn Thị Ánh Đào", _NOW)
        for _ in range(2):
            sequence = outbox.next_device_sequence(connection)
            outbox.append(
                connection,
                Operation(
                    operation_id=new_identifier(_NOW, os.urandom),
                    device_id=_WORKSTATION.device_id,
                    device_sequence=sequence,
                    kind=OperationKind.PERSON_RECORDED,
                    record_id=dossier_id,
                    dossier_id=dossier_id,
                    base_version=0,
                    fields={"full_name": "Nguyễn Thị Ánh Đào", "address": "Thôn 3, xã Hoằng Phú"},
                    object_ids=(),
                    actor_id=_CLERK.clerk_id,
                    at=_NOW,
                ),
            )
        audit.append(connection, at=_NOW, actor_id=_CLERK.clerk_id, action="draft.kept", subject_id=dossier_id)


def _commit(ours: Connection, plain: Connection) -> Row:
    def commits(connection: Connection) -> Work:
        def work() -> None:
            for _ in range(COMMITS):
                _one_commit(connection)

        return work

    seconds, peer = best_of_rounds(commits(ours), commits(plain), time.process_time)
    return Row.overhead(
        "commit", seconds / COMMITS * 1000, peer / COMMITS * 1000, "plain sqlite3, same settings", "ms CPU"
    )


def _reads(folder: Path, keys: StoreKeys, ours: Connection, plain: Connection) -> list[Row]:
    def read(connection: Connection) -> Work:
        ids = [row[0] for row in connection.rows("SELECT dossier_id FROM drafts")]
        chosen = random.Random(2).choices(ids, k=READS)  # noqa: S311 - not for keys

        def work() -> None:
            for dossier_id in chosen:
                drafts.fields(connection, dossier_id)

        return work

    def read_cold(opened: Callable[[], Connection], connection: Connection) -> Work:
        ids = [row[0] for row in connection.rows("SELECT dossier_id FROM drafts ORDER BY started_at, dossier_id")][
            :COLD_READS
        ]

        def work() -> None:
            fresh = opened()
            for dossier_id in ids:
                drafts.fields(fresh, dossier_id)
            fresh.close()

        return work

    database, plain_database = folder / "ours" / DATABASE_NAME, folder / "plain.db"
    reader, plain_reader = Connection.open(database, keys, writing=False), _plain(plain_database, writing=False)
    warm = best_of_rounds(read(reader), read(plain_reader), time.process_time)
    reader.close()
    plain_reader.close()
    cold = best_of_rounds(
        read_cold(lambda: Connection.open(database, keys, writing=False), ours),
        read_cold(lambda: _plain(plain_database, writing=False), plain),
        time.process_time,
    )
    peer = "plain sqlite3, same settings"
    return [
        Row.overhead("warm_read", warm[0] / READS * 1e6, warm[1] / READS * 1e6, peer, "µs CPU"),
        Row.overhead("cold_read", cold[0] / COLD_READS * 1e6, cold[1] / COLD_READS * 1e6, peer, "µs CPU"),
    ]


def _object_writes(folder: Path, keys: StoreKeys) -> list[Row]:
    """A scan becomes durable with its row: as an object file, and as a BLOB of the same encrypted database."""
    store = Store.create(folder / "files", keys)
    Store.create(folder / "blobs", keys).close()
    blobs = Connection.open(folder / "blobs" / DATABASE_NAME, keys, writing=True)
    blobs.execute("CREATE TABLE scans (scan_id BLOB PRIMARY KEY, content BLOB NOT NULL) STRICT")
    scan = os.urandom(SCAN_SIZE)
    for number in range(256):  # as in every store that has been used for some days
        (store.objects.folder / f"{number:02x}").mkdir()

    def as_files() -> None:
        for _ in range(SCANS):
            stored = store.objects.write(os.urandom(16) + scan, "image/jpeg", os.urandom)
            with store.transaction() as connection:
                objects.record(connection, stored)

    def as_blobs() -> None:
        for _ in range(SCANS):
            with blobs.transaction(writing=True):
                blobs.execute("INSERT INTO scans VALUES (?, ?)", (os.urandom(32), os.urandom(16) + scan))

    wall = best_of_rounds(as_files, as_blobs, time.perf_counter)
    processor = best_of_rounds(as_files, as_blobs, time.process_time)
    store.close()
    blobs.close()
    peer = "BLOB in the same SQLCipher database"
    return [
        Row.against(
            "object_write", processor[0] / SCANS * 1000, processor[1] / SCANS * 1000, peer, "ms CPU per 1 MB scan"
        ),
        Row.against("object_write_wall", wall[0] / SCANS * 1000, wall[1] / SCANS * 1000, peer, "ms per 1 MB scan"),
    ]


def _openings(folder: Path, keys: StoreKeys) -> list[Row]:
    path = folder / DATABASE_NAME

    def best(opened: Callable[[], Connection | Store]) -> float:
        times = []
        for _ in range(OPENINGS):
            started = time.perf_counter()
            it = opened()
            times.append((time.perf_counter() - started) * 1000)
            it.close()
        return min(times)

    return [
        Row.limit("open_connection", best(lambda: Connection.open(path, keys, writing=True)), OPEN_LIMIT_MS, "ms"),
        Row.limit("open_store", best(lambda: Store.open(folder, keys)), OPEN_LIMIT_MS, "ms"),
    ]


def main() -> None:
    """Print the rows."""
    for row in measure():
        print(dataclasses.asdict(row))


if __name__ == "__main__":
    main()
