# SPDX-License-Identifier: GPL-3.0-or-later
"""What a clerk at the counter waits for: receiving with a big store, committing while the background program works.

Both work on copies, so that a made-up store stays as it was made.
"""

from __future__ import annotations

import datetime as dt
import itertools
import os
import random
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Self, cast

from benchmarks.big_store import CLERK, BigStore
from benchmarks.rows import Row
from benchmarks.store_speed import percentile
from casework.catalogue import Catalogue
from casework.errors import KnownError
from casework.records.paper import Paper, PaperClass, PaperForm
from casework.work_calendar import WorkCalendar
from localdb import objects, papers, workplace
from localdb.key_file import create_key_file
from localdb.key_slots import Argon2Cost
from localdb.moments import from_microseconds
from localdb.object_sweep import FOLDERS
from localdb.snapshot_manifest import BLOCK_SIZE
from localdb.store import DATABASE_NAME, Store
from workstation.desk.background_program import BackgroundProgram
from workstation.desk.background_wire import BackgroundOrders
from workstation.desk.check_integrity import want_check
from workstation.desk.desk_folder import DeskFolder
from workstation.desk.keep_draft import DraftField, keep_fields, start_draft
from workstation.desk.receive_dossier import receive_dossier
from workstation.desk.session import DeskSession
from workstation.desk.take_snapshot import beside_the_database

RECEIVE_LIMIT_MS: Final = 30.0
COMMIT_LIMIT_MS: Final = 50.0

_ROUNDS: Final = 5
_RECEPTIONS_A_ROUND: Final = 40
_COMMITS: Final = 600
_COMMITS_AT_A_TIME: Final = 5
_LONGEST_SECONDS: Final = 270.0
"""The whole benchmark has its own limit; on a machine that is this slow, the row says that the work was not done."""
_COMMITS_A_DOSSIER: Final = 20
_LONGEST_PAUSE: Final = 0.06
_BREATH: Final = 1.0
"""Without one the background program, which waits for gaps, would take a quarter of an hour for its first work."""
_PROCEDURE: Final = "1.001193"
_NEEDED: Final = (PaperClass.BIRTH_REGISTRATION_DECLARATION, PaperClass.BIRTH_PROOF)
_PDF_SIZE: Final = 200_000


def receiving(made: BigStore) -> list[Row]:
    """Receive dossiers beside all those that are there."""
    with _copy(made) as folder, _session(folder, made) as session:
        best = {"receive_dossier": float("inf"), "reception_whole": float("inf")}
        for turn in range(_ROUNDS + 1):
            alone, whole = [], []
            for _ in range(_RECEPTIONS_A_ROUND):
                started = time.perf_counter()
                dossier_id = _filled_in(session)
                filled = time.perf_counter()
                receive_dossier(session, dossier_id)
                done = time.perf_counter()
                alone.append((done - filled) * 1000)
                whole.append((done - started) * 1000)
            if turn:
                best["receive_dossier"] = min(best["receive_dossier"], percentile(alone, 0.95))
                best["reception_whole"] = min(best["reception_whole"], percentile(whole, 0.95))
    return [
        Row.limit("receive_dossier", best["receive_dossier"], RECEIVE_LIMIT_MS, "ms p95"),
        Row.limit("reception_whole", best["reception_whole"], RECEIVE_LIMIT_MS, "ms p95"),
    ]


def committing_beside_the_background(made: BigStore) -> list[Row]:
    """Commit as a clerk types, alone, and then until the background program has been through its first work.

    That is: the database checked, the index made, a first snapshot taken. When that took too long, the row says so.

    Raises:
        RuntimeError: When the program ended meanwhile: then nothing was measured.
    """
    with _copy(made) as folder:
        _add_key_file(folder)
        _let_go_of_pictures(folder, made)
        with _session(folder, made) as session:
            typing = _typing(session)
            alone = [next(typing) for _ in range(_COMMITS)]
            with _FirstWork(session) as work:
                together, while_publishing = [], []
                end = time.monotonic() + _LONGEST_SECONDS
                while not work.is_done and time.monotonic() < end:
                    is_publishing = work.is_publishing
                    some = [next(typing) for _ in range(_COMMITS_AT_A_TIME)]
                    together += some
                    if is_publishing:
                        while_publishing += some
                name = "desk_commit_with_background" + ("" if work.is_done else "_unfinished")
    rows = {"desk_commit_alone": alone, name: together, "desk_commit_while_publishing": while_publishing}
    return [Row.limit(row, percentile(ms, 0.99), COMMIT_LIMIT_MS, "ms p99") for row, ms in rows.items() if ms]


class _FirstWork:
    """The real background program at a store that it has never seen, and how far it has got."""

    def __init__(self, session: DeskSession) -> None:
        store = session.store
        self._index = store.search_file
        self._database = store.folder / DATABASE_NAME
        self._snapshots = beside_the_database(store).root
        want_check(store.folder)
        self._program = BackgroundProgram(BackgroundOrders(store.folder, store.keys))
        self._heard: set[str] = set()
        self._listener = threading.Thread(target=self._listen)
        self._listener.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._program.stop()
        self._listener.join()

    @property
    def is_done(self) -> bool:
        """Whether the database is checked, the index made, a snapshot taken.

        Raises:
            RuntimeError: When the program has ended.
        """
        if not self._listener.is_alive():
            raise RuntimeError("the background program ended while commits were measured beside it")
        return {"integrity-checked", "snapshot-taken"} <= self._heard and self._is_index_made()

    @property
    def is_publishing(self) -> bool:
        """Whether all blocks of the snapshot are written, and are made durable, named and read back now."""
        if "snapshot-taken" in self._heard:
            return False
        unfinished, blocks = self._snapshots / "unfinished", self._snapshots / "blocks"
        if not unfinished.is_dir():
            return False
        staged = sum(1 for _ in unfinished.iterdir()) * BLOCK_SIZE
        return staged >= self._database.stat().st_size or any(blocks.iterdir())

    def _is_index_made(self) -> bool:
        try:
            index = self._index.open(writing=False)
        except KnownError:
            return False  # it is not begun
        is_built = index.rows("SELECT is_built FROM progress") == [(1,)]
        index.close()
        return is_built

    def _listen(self) -> None:
        for news in self._program.news():
            self._heard.add(news.code)


@contextmanager
def _copy(made: BigStore) -> Iterator[Path]:
    """Copy the database of a made-up store into a folder that goes again, and wait until the disk has it."""
    with tempfile.TemporaryDirectory(prefix="motcua-bench-", dir=made.folder.parent) as place:
        folder = Path(place) / "desk"
        folder.mkdir()
        shutil.copyfile(made.folder / DATABASE_NAME, folder / DATABASE_NAME)
        with (folder / DATABASE_NAME).open("r+b") as file:
            os.fsync(file.fileno())
        yield folder


def _let_go_of_pictures(folder: Path, made: BigStore) -> None:
    """Say of every picture that the desk has let it go: there are none, and a sweep would tell thousands missing."""
    store = Store.open(folder, made.keys)
    with store.transaction() as connection:
        connection.execute("UPDATE objects SET evicted_at = 1")
    store.close()


def _add_key_file(folder: Path) -> None:
    """Lay a key file beside the database: no snapshot is taken without one. Nobody opens this one."""
    create_key_file(
        DeskFolder(folder).key_file,
        login=CLERK.login,
        password="",
        escrow_public_key=None,
        random_bytes=os.urandom,
        cost=Argon2Cost(memory_kib=64, iterations=1, lanes=1),
    )


def _typing(session: DeskSession) -> Iterator[float]:
    """Type and receive one dossier after the other, with a breath between; give the milliseconds of each commit."""
    chance = random.Random(1)  # noqa: S311 - not for keys
    draft, _ = start_draft(session)
    for number in itertools.count():
        is_last = number % _COMMITS_A_DOSSIER == _COMMITS_A_DOSSIER - 1
        time.sleep(_BREATH if number % _COMMITS_A_DOSSIER == 0 else chance.uniform(0, _LONGEST_PAUSE))
        if is_last:
            dossier_id = _filled_in(session)
            started = time.perf_counter()
            receive_dossier(session, dossier_id)
        else:
            started = time.perf_counter()
            keep_fields(session, draft.dossier_id, {DraftField.ADDRESS: f"Thôn {number}, xã Hoằng Phú"})
        yield (time.perf_counter() - started) * 1000


def _filled_in(session: DeskSession) -> str:
    draft, _ = start_draft(session)
    number = int.from_bytes(os.urandom(4), "big") % 10**8
    keep_fields(
        session,
        draft.dossier_id,
        {
            DraftField.FULL_NAME: "Nguyễn Thị Ánh Đào",
            DraftField.ID_NUMBER: f"0381{number:08d}",
            DraftField.ADDRESS: "Thôn 3, xã Hoằng Phú",
            DraftField.PROCEDURE_CODE: _PROCEDURE,
        },
    )
    for position, paper_class in enumerate(_NEEDED):
        stored = session.store.objects.write(os.urandom(_PDF_SIZE), "application/pdf", os.urandom)
        paper = Paper(
            session.new_identifier(),
            draft.dossier_id,
            position,
            paper_class.value,
            paper_class,
            0.9,
            PaperForm.ORIGINAL,
            1,
            object_id=stored.object_id,
        )
        with session.store.transaction() as connection:
            objects.record(connection, stored)
            papers.add(connection, paper)
    return draft.dossier_id


@contextmanager
def _session(folder: Path, made: BigStore) -> Iterator[DeskSession]:
    """Work at a made-up store, on the day after its last one. Receiving needs neither password nor courier."""
    store = Store.open(folder, made.keys)
    for number in range(FOLDERS):  # as in every store that has been used for some days
        (store.objects.folder / f"{number:02x}").mkdir(mode=0o700, exist_ok=True)
    with store.reading() as connection:
        ((last,),) = connection.rows("SELECT max(received_at) FROM dossiers")
        workstation = workplace.load(connection)
    morning = (from_microseconds(last) + dt.timedelta(days=1)).replace(hour=2, minute=0)
    started = time.monotonic()
    nothing = cast(Any, None)
    try:
        yield DeskSession(
            folder=DeskFolder(folder),
            key_file=nothing,
            store=store,
            engine=nothing,
            clerk=CLERK,
            workstation=workstation,
            catalogue=Catalogue.shipped(),
            calendar=WorkCalendar.shipped(),
            clock=lambda: morning + dt.timedelta(seconds=time.monotonic() - started),
            random_bytes=os.urandom,
            held=nothing,
        )
    finally:
        store.close()
