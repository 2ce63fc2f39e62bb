# SPDX-License-Identifier: GPL-3.0-or-later
"""A desk at work and a background program that makes room beside it, both without pause. Programs, to be killed.

``python -m tests.workstation.desk.let_go_and_fetch background FOLDER`` reads the store's keys as the background program
does and lets go of what it may, taking what nobody touched for a second for old. ``… desk FOLDER KEPT`` signs in,
receives dossiers, hands the same papers in again, and has what was let go fetched back from ``KEPT``, the gateway's
folder; it prints the content hash of each paper once that paper is durable.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sys
import time
from pathlib import Path

from casework.records.paper import PaperClass
from localdb import object_sweep, object_whereabouts, objects, witnessed_time
from localdb.store import Store
from sync_agent.wanted import WantedObjects
from tests.workstation.desk.counter import CLERK, PASSWORD, Hand, filled_in, hand_in, ready
from tests.workstation.desk.retention import acknowledge, confirm, documents
from workstation.desk.background_wire import BackgroundOrders
from workstation.desk.desk_folder import DeskFolder
from workstation.desk.evict_objects import EvictObjects
from workstation.desk.fetch_object import fetch_object, take_in_fetched
from workstation.desk.keep_draft import abandon_draft
from workstation.desk.receive_dossier import receive_dossier
from workstation.desk.session import DeskSession
from workstation.desk.sign_in import sign_in

LONG_AGO = dt.datetime(2020, 1, 6, 2, 0, tzinfo=dt.UTC)
"""A Monday; what the desk does then is old for the background program."""


def make_room(store: Store) -> None:
    """Let go of everything that may go, again and again."""
    witnessed_time.LONGEST_GAP = dt.timedelta(days=10_000)  # type: ignore[misc]  # nobody waits until the days go by
    object_sweep.YOUNG = dt.timedelta(seconds=1)  # type: ignore[misc]  # so that a test sees it happen
    job = EvictObjects(store, lambda _: None, lambda: 1 << 50)
    number = 0
    while True:
        now = dt.datetime.now(dt.UTC)
        job.run_slice(now)
        object_sweep.sweep_folder(store, number % object_sweep.FOLDERS, now)
        number += 1


def work(session: DeskSession, kept: Path) -> None:
    """Do a desk's day without pause."""
    said: list[str] = []
    assert isinstance(session.clock, Hand)
    while True:
        with session.store.reading() as connection:
            ((received,),) = connection.rows("SELECT count(*) FROM dossiers")
        # A day has six hundred numbers; whoever never rests needs another Monday.
        session.clock.moment = LONG_AGO + dt.timedelta(weeks=received // 500)
        dossier_id = ready(session)
        receive_dossier(session, dossier_id)
        for stored in documents(session, dossier_id):
            shutil.copyfile(session.store.objects.path(stored.object_id), kept / stored.transport_id)
            said.append(stored.object_id)
            print(stored.object_id, flush=True)  # noqa: T201 - what the parent waits for
        if len(said) % 4 == 0:
            acknowledge(session)
            confirm(session, dossier_id)
        with session.store.reading() as connection:
            away = connection.rows(
                "SELECT object_id FROM objects WHERE evicted_at IS NOT NULL ORDER BY random() LIMIT 2"
            )
        for (object_id,) in away:
            see(session, object_id, kept)
        again = filled_in(session)
        with session.store.reading() as connection:
            stored = objects.describe(connection, said[0])
        if session.store.objects.lies_here(stored):
            hand_in(session, again, PaperClass.BIRTH_PROOF, pdf=session.store.objects.content(stored))
        abandon_draft(session, again)
        time.sleep(0.01)


def see(session: DeskSession, object_id: str, kept: Path) -> None:
    """Have an object fetched back, when it is not here."""
    with session.store.reading() as connection:
        where = object_whereabouts.find(connection, object_id)
    if not where.is_at_gateway:
        return
    fetch_object(session, object_id)
    part = kept / f"{where.stored.transport_id}.copy"
    shutil.copyfile(kept / where.stored.transport_id, part)
    part.replace(WantedObjects(session.folder).whole(where.stored.transport_id))
    if take_in_fetched(session):
        (kept / "fetched").touch()


def main() -> None:
    """Work until killed."""
    role, folder = sys.argv[1], Path(sys.argv[2])
    if role == "background":
        orders = BackgroundOrders.from_line(sys.stdin.buffer.readline())
        make_room(Store.open(folder, orders.keys))
    else:
        clock = Hand(LONG_AGO)
        session = sign_in(DeskFolder(folder), CLERK.login, PASSWORD, clock=clock, random_bytes=os.urandom)
        work(session, Path(sys.argv[3]))


if __name__ == "__main__":
    main()
