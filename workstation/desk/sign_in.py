# SPDX-License-Identifier: GPL-3.0-or-later
"""Sign in: a password opens a key slot, the key opens the store."""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Callable

from casework.errors import KnownError
from casework.identifiers import RandomBytes
from casework.records.workplace import Clerk
from casework.text import clean
from localdb import audit, clerks, key_file, known_key_file, rekeying, workplace
from localdb.key_slots import SlotKind
from localdb.open_key_file import OpenKeyFile
from localdb.password_tries import PasswordTries
from localdb.store import Store
from sync_agent import desk_keys
from sync_agent.engine import Engine
from workstation.desk.desk_folder import DeskFolder
from workstation.desk.desk_lock import hold_desk
from workstation.desk.load_rules import load_calendar, load_catalogue
from workstation.desk.session import Clock, DeskSession

_log = logging.getLogger(__name__)


def sign_in(
    folder: DeskFolder,
    login: str,
    password: str,
    *,
    clock: Clock,
    random_bytes: RandomBytes,
    ticks: Callable[[], float] = time.monotonic,
) -> DeskSession:
    """Open the desk for a clerk.

    Leftovers of a crash are put right: key slots of nobody who works here are removed; operations that are in no
    envelope yet, or in one that was refused, are sealed by the first ``reconcile``. What takes long, as looking at all
    object files, is left to the background program. A rotation of the data keys that was begun is finished here, which
    takes about as long as copying the databases twice.

    Raises:
        KnownError: ``desk-in-use``; ``wrong-password``, ``too-many-tries`` (details ``seconds``), ``no-such-clerk``;
            ``key-file-missing``, ``key-file-damaged``, ``key-file-newer``, ``key-file-put-back``,
            ``no-room-for-rekeying``; ``database-missing``, ``database-damaged``, ``database-newer``, ``database-busy``,
            ``wrong-key``; ``not-enrolled``, ``device-key-missing``, ``device-key-damaged``; ``disk-full``,
            ``no-access``, ``disk-error``.
    """
    login = clean(login).lower()
    with contextlib.ExitStack() as undo:
        held = undo.enter_context(hold_desk(folder))
        with PasswordTries(folder.password_tries, clock, ticks).one():
            opened = key_file.unlock_with_password(folder.key_file, login, password, random_bytes=random_bytes)
        undo.callback(opened.wipe)
        was_whole = opened.copies_agree
        store = Store.open(folder.root, rekeying.keys_in_use(folder.root, opened))
        undo.callback(store.close)
        with store.reading() as connection:
            known_key_file.check(connection, opened.revision)
            workstation = workplace.load(connection)
            active_logins = clerks.active_logins(connection)
        _remove_leftover_slots(opened, active_logins)
        with store.reading() as connection:
            clerk = clerks.with_login(connection, login)
        engine = Engine(store, desk_keys.load(store, folder), folder, now=clock, random_bytes=random_bytes)
        engine.take_back_refused()
        _put_key_file_right(opened, clerk)
        with store.transaction() as connection:
            known_key_file.note(connection, opened.revision)
            if not was_whole:
                audit.append(
                    connection,
                    at=clock(),
                    actor_id=clerk.clerk_id,
                    action="keys.file-mended",
                    subject_id=workstation.device_id,
                )
            audit.append(
                connection, at=clock(), actor_id=clerk.clerk_id, action="clerk.signed-in", subject_id=clerk.clerk_id
            )
        catalogue, calendar = load_catalogue(store, clerk.clerk_id, clock()), load_calendar(store)
        undo.pop_all()
        return DeskSession(
            folder=folder,
            key_file=opened,
            store=store,
            engine=engine,
            clerk=clerk,
            workstation=workstation,
            catalogue=catalogue,
            calendar=calendar,
            clock=clock,
            random_bytes=random_bytes,
            held=held,
            notices=("key-file-mended",) if not was_whole else (),
        )


def _remove_leftover_slots(opened: OpenKeyFile, active_logins: frozenset[str]) -> None:
    """Remove the slots of people who were revoked, or not added to the end, when a power cut came in between."""
    for slot in opened.slots:
        if slot.kind == SlotKind.CLERK and slot.login not in active_logins:
            try:
                opened.revoke_clerk(slot.login)
            except KnownError as error:
                if error.code not in {"escrow-key-needed", "last-slot"}:
                    raise
                _log.warning("a leftover key slot stays code=%s", error.code)


def _put_key_file_right(opened: OpenKeyFile, clerk: Clerk) -> None:
    """Finish a rotation, bring a version-1 file up to date, and write copies anew of which one is missing or damaged."""
    if opened.next_keys is not None:
        opened.finish_data_key_rotation()
    if any(slot.login == clerk.login and slot.clerk_id != clerk.clerk_id for slot in opened.slots):
        opened.name_clerk(clerk.login, clerk.clerk_id)
    if opened.is_former or not opened.copies_agree:
        opened.mend()
