# SPDX-License-Identifier: GPL-3.0-or-later
"""What a clerk at the counter waits for: receiving with a big store, committing while the background program works.

Receiving adds some dossiers to the made-up store, on a day of their own.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, cast

from benchmarks.big_store import CLERK, BigStore
from benchmarks.rows import Row
from benchmarks.store_speed import percentile
from casework.catalogue import Catalogue
from casework.records.paper import Paper, PaperClass, PaperForm
from casework.work_calendar import WorkCalendar
from localdb import objects, papers, workplace
from localdb.key_file import create_key_file
from localdb.key_slots import Argon2Cost
from localdb.moments import from_microseconds
from localdb.store import DATABASE_NAME, Store
from workstation.desk.background_program import BackgroundProgram
from workstation.desk.background_wire import BackgroundOrders
from workstation.desk.desk_folder import DeskFolder
from workstation.desk.keep_draft import DraftField, keep_fields, start_draft
from workstation.desk.receive_dossier import receive_dossier
from workstation.desk.session import DeskSession

RECEIVE_LIMIT_MS: Final = 30.0
COMMIT_LIMIT_MS: Final = 50.0

_ROUNDS: Final = 5
_RECEPTIONS_A_ROUND: Final = 40
_COMMITS: Final = 600
_LONGEST_PAUSE: Final = 0.06
_PROCEDURE: Final = "1.001193"
_NEEDED: Final = (PaperClass.BIRTH_REGISTRATION_DECLARATION, PaperClass.BIRTH_PROOF)
_PDF_SIZE: Final = 200_000


def receiving(made: BigStore) -> list[Row]:
    """Receive dossiers beside all those that are there."""
    with _session(made.folder, made) as session:
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
    """Commit as a clerk types, alone and then while indexing, checking, sweeping and snapshots go on; on a copy."""
    with tempfile.TemporaryDirectory(prefix="motcua-bench-", dir=made.folder.parent) as place:
        folder = Path(place) / "desk"
        folder.mkdir()
        shutil.copyfile(made.folder / DATABASE_NAME, folder / DATABASE_NAME)
        _add_key_file(folder)
        with _session(folder, made) as session:
            alone = _commits(session)
            orders = BackgroundOrders(folder, made.keys, CLERK.clerk_id, was_left_open=True)
            program = BackgroundProgram(orders)
            news: list[str] = []
            listener = threading.Thread(target=lambda: news.extend(item.code for item in program.news()))
            listener.start()
            time.sleep(1)
            together = _commits(session)
            program.stop()
            listener.join()
    return [
        Row.limit("desk_commit_alone", percentile(alone, 0.99), COMMIT_LIMIT_MS, "ms p99"),
        Row.limit("desk_commit_with_background", percentile(together, 0.99), COMMIT_LIMIT_MS, "ms p99"),
    ]


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


def _commits(session: DeskSession) -> list[float]:
    """Type into a draft, and receive it now and then; give the milliseconds of each commit."""
    chance = random.Random(1)  # noqa: S311 - not for keys
    times = []
    draft, _ = start_draft(session)
    for number in range(_COMMITS):
        time.sleep(chance.uniform(0, _LONGEST_PAUSE))
        if number % 20 == 19:
            dossier_id = _filled_in(session)
            started = time.perf_counter()
            receive_dossier(session, dossier_id)
        else:
            started = time.perf_counter()
            keep_fields(session, draft.dossier_id, {DraftField.ADDRESS: f"Thôn {number}, xã Hoằng Phú"})
        times.append((time.perf_counter() - started) * 1000)
    return times


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
