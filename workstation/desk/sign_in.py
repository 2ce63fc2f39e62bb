# SPDX-License-Identifier: GPL-3.0-or-later
"""Sign in: a password opens a key slot, the key opens the store."""

from __future__ import annotations

import contextlib
import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO, Final

from casework.errors import KnownError
from casework.identifiers import RandomBytes, new_identifier
from casework.records.workplace import Clerk, Workstation
from casework.text import clean
from localdb import audit, clerks, identity, key_file, known_key_file, lost_commits, machine, rekeying
from localdb.open_key_file import OpenKeyFile
from localdb.password_tries import PasswordTries
from localdb.store import Store
from localdb.verified_copy import OnProgress, UpgradeProgress, UpgradeStage
from sync_agent import desk_keys
from sync_agent.engine import Engine
from workstation.desk.clerk_operations import tell_untold
from workstation.desk.desk_folder import DeskFolder
from workstation.desk.desk_lock import hold_desk
from workstation.desk.leftover_slots import remove_leftover_slots
from workstation.desk.load_rules import load_calendar, load_catalogue
from workstation.desk.session import Clock, DeskSession

SIGNED_IN: Final = "clerk.signed-in"

__all__ = ["OnProgress", "OpenedDesk", "UpgradeProgress", "UpgradeStage", "open_desk", "sign_in"]


def sign_in(
    folder: DeskFolder,
    login: str,
    password: str,
    *,
    clock: Clock,
    random_bytes: RandomBytes,
    ticks: Callable[[], float] = time.monotonic,
    this_machine: Callable[[], bytes | None] = machine.this_machine,
    on_upgrade: OnProgress = lambda _: None,
) -> DeskSession:
    """Open the desk for a clerk.

    Leftovers of a crash are put right: key slots of nobody who works here are removed; operations that are in no
    envelope yet, or in one that was refused, are sealed by the first ``reconcile``. What takes long, as looking at all
    object files, is left to the background program. A rotation of the data keys that was begun is finished here,
    which takes about as long as copying the databases twice, or is put off with a notice. A store of an older
    program is brought up to date, which with 2 GB takes about a minute; ``on_upgrade`` is told how far that has
    got.

    Raises:
        KnownError: ``desk-in-use``; ``wrong-password``, ``too-many-tries`` (details ``seconds``), ``no-such-clerk``;
            ``key-file-missing``, ``key-file-damaged``, ``key-file-newer``, ``key-file-put-back``;
            ``database-missing``, ``database-damaged``, ``database-newer``, ``database-busy``,
            ``wrong-key``, ``no-room-for-copy``, ``copy-not-verified``; ``not-enrolled``, ``other-machine``,
            ``rolled-back``, each of which a new enrolment mends; ``device-key-missing``, ``device-key-damaged``;
            ``disk-full``, ``no-access``, ``disk-error``.
    """
    with contextlib.ExitStack() as undo:
        desk = open_desk(
            undo, folder, login, password, clock=clock, random_bytes=random_bytes, ticks=ticks, on_upgrade=on_upgrade
        )
        opened, store, was_whole = desk.key_file, desk.store, desk.was_whole
        workstation = _require_identity(store, folder, clock(), this_machine())
        with store.reading() as connection:
            clerk = clerks.with_login(connection, desk.login)
            active_logins = clerks.active_logins(connection)
        # Only now: where the list of people was lost with a damaged page, passwords still open the store for a repair.
        remove_leftover_slots(opened, active_logins)
        keys = desk_keys.load(store, folder, this_machine=this_machine)
        engine = Engine(store, keys, folder, now=clock, random_bytes=random_bytes)
        engine.take_back_refused()
        notices = ["key-file-mended"] if not was_whole else []
        if opened.next_keys is not None:
            if store.keys is opened.next_keys:
                opened.finish_data_key_rotation()
            else:
                notices.append("keys-not-changed-yet")
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
            audit.append(connection, at=clock(), actor_id=clerk.clerk_id, action=SIGNED_IN, subject_id=clerk.clerk_id)
            tell_untold(connection, clock(), clerk.clerk_id, lambda: new_identifier(clock(), random_bytes))
        catalogue, is_rules_file_lost = load_catalogue(store, folder, clerk.clerk_id, clock())
        if is_rules_file_lost:
            notices.append("rules-file-damaged")
        undo.pop_all()
        return DeskSession(
            folder=folder,
            key_file=opened,
            store=store,
            engine=engine,
            clerk=clerk,
            workstation=workstation,
            catalogue=catalogue,
            calendar=load_calendar(store),
            clock=clock,
            random_bytes=random_bytes,
            held=desk.held,
            notices=tuple(notices),
        )


@dataclass(frozen=True, slots=True)
class OpenedDesk:
    """A desk that a password has opened, whoever it is at the gateway.

    Attributes:
        held: Holds the desk for this program.
        key_file: The open key file.
        was_whole: Whether both copies of the key file were there.
        store: The open store.
        login: Whose password it was.
    """

    held: BinaryIO
    key_file: OpenKeyFile
    was_whole: bool
    store: Store
    login: str


def open_desk(
    undo: contextlib.ExitStack,
    folder: DeskFolder,
    login: str,
    password: str,
    *,
    clock: Clock,
    random_bytes: RandomBytes,
    ticks: Callable[[], float] = time.monotonic,
    on_upgrade: OnProgress = lambda _: None,
) -> OpenedDesk:
    """Open keys and store with a password; ``undo`` closes them again.

    Raises:
        KnownError: As ``sign_in`` about passwords, key file, database and disk.
    """
    login = clean(login).lower()
    held = undo.enter_context(hold_desk(folder))
    with PasswordTries(folder.password_tries, clock, ticks).one():
        opened = key_file.unlock_with_password(folder.key_file, login, password, random_bytes=random_bytes)
    undo.callback(opened.wipe)
    was_whole = opened.copies_agree
    store = Store.open(folder.root, rekeying.keys_in_use(folder.root, opened), on_progress=on_upgrade)
    undo.callback(store.close)
    lost_commits.settle(store, clock())
    with store.reading() as connection:
        known_key_file.check(connection, opened.revision)
    return OpenedDesk(held, opened, was_whole, store, login)


def _require_identity(store: Store, folder: DeskFolder, now: dt.datetime, here: bytes | None) -> Workstation:
    """See that the store is still who it was, before anything is written in that name."""
    with store.transaction() as connection:
        identity.check_machine(connection, here, now)
    try:
        with store.reading() as connection:
            return identity.enrolled(connection)
    except KnownError as error:
        # A damaged database is no reason to keep back what lies sealed in the spool.
        if error.code in {"not-enrolled", "other-machine", "rolled-back"}:
            desk_keys.stop_speaking(folder)
        raise


def _put_key_file_right(opened: OpenKeyFile, clerk: Clerk) -> None:
    """Bring a version-1 file up to date, and mend the copies when one is missing or damaged."""
    if any(slot.login == clerk.login and slot.clerk_id != clerk.clerk_id for slot in opened.slots):
        opened.name_clerk(clerk.login, clerk.clerk_id)
    if opened.is_former or not opened.copies_agree:
        opened.mend()
