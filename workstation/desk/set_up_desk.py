# SPDX-License-Identifier: GPL-3.0-or-later
"""Set a workstation up from an enrolment file: keys, database, first clerk. Needs no network."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from casework.errors import KnownError
from casework.identifiers import RandomBytes, new_identifier
from casework.records.workplace import Clerk, Role, Workstation
from casework.text import clean
from localdb import audit, clerks, key_file, lost_commits, machine
from localdb.key_file import Argon2Cost, StoreKeys
from localdb.open_key_file import DEFAULT_COST
from localdb.store import DATABASE_NAME, Store
from sync_agent import desk_keys
from sync_agent.data_folder import make_folder
from sync_agent.wire.enrolment import Enrolment
from workstation.desk.desk_folder import DeskFolder
from workstation.desk.desk_lock import hold_desk
from workstation.desk.password_rule import require_good_password
from workstation.desk.session import Clock


@dataclass(frozen=True, slots=True)
class FirstClerk:
    """The person who sets the desk up; in a one-person commune she holds every role.

    Attributes:
        login: Sign-in name.
        full_name: As printed on receipts.
        password: At least 8 characters.
    """

    login: str
    full_name: str
    password: str = field(repr=False)


def set_up_desk(
    folder: DeskFolder,
    enrolment_file: bytes,
    first_clerk: FirstClerk,
    *,
    escrow_public_key: bytes | None,
    clock: Clock,
    random_bytes: RandomBytes,
    cost: Argon2Cost = DEFAULT_COST,
    this_machine: Callable[[], bytes | None] = machine.this_machine,
) -> Workstation:
    """Make the keys and the store of a new workstation.

    The key file comes first and the enrolment last. What fails in between is taken back, so that it can be done again.
    What a power cut leaves is not built upon: setting up says ``already-set-up``, and signing in what is missing,
    ``database-missing`` or ``not-enrolled``. No dossier can be in it; IT moves the folder away and begins anew.

    Args:
        folder: Where it shall live; must not hold a desk yet.
        enrolment_file: Content of the file that IT handed out.
        first_clerk: Who sets it up.
        escrow_public_key: The province's X25519 key for recovery, 32 raw bytes, or None when it has none yet.
        clock: The present moment.
        random_bytes: Source of every key.
        cost: What one try of the password costs.
        this_machine: Gives the identity of the computer.

    Raises:
        KnownError: ``already-set-up``; ``key-file-missing`` when there is a database of a desk that was here;
            ``password-too-short``, ``name-missing``, ``enrolment-damaged``, ``enrolment-version``, ``disk-full``,
            ``no-access``, ``disk-error``; ``desk-in-use``.
    """
    enrolment = Enrolment.from_json(enrolment_file)
    _require_nothing_there(folder)
    require_good_password(first_clerk.password)
    login, full_name = clean(first_clerk.login).lower(), clean(first_clerk.full_name)
    if not login or not full_name:
        raise KnownError("name-missing")
    make_folder(folder.root)
    with hold_desk(folder):
        _require_nothing_there(folder)  # another program may have set it up before the desk was ours
        clerk = Clerk(new_identifier(clock(), random_bytes), login, full_name, frozenset(Role))
        try:
            keys = key_file.create_key_file(
                folder.key_file,
                login=login,
                clerk_id=clerk.clerk_id,
                password=first_clerk.password,
                escrow_public_key=escrow_public_key,
                random_bytes=random_bytes,
                at=clock(),
                cost=cost,
            )
            try:
                return _make_store(folder, keys, clerk, enrolment, clock, this_machine)
            finally:
                keys.wipe()
        except BaseException:
            _take_back(folder)
            raise


def _require_nothing_there(folder: DeskFolder) -> None:
    if folder.is_set_up:
        raise KnownError("already-set-up")
    if (folder.root / DATABASE_NAME).exists() or any(_key_files(folder)):
        raise KnownError("key-file-missing")


def _make_store(
    folder: DeskFolder,
    keys: StoreKeys,
    clerk: Clerk,
    enrolment: Enrolment,
    clock: Clock,
    this_machine: Callable[[], bytes | None],
) -> Workstation:
    lost_commits.forget(folder.root)  # of a store that lay here before
    store = Store.create(folder.root, keys)
    try:
        with store.transaction() as connection:
            clerks.add(connection, clerk)
            audit.append(
                connection, at=clock(), actor_id=clerk.clerk_id, action="desk.set-up", subject_id=enrolment.device_id
            )
        return desk_keys.enrol(store, folder, enrolment, now=clock, this_machine=this_machine)
    finally:
        store.close()


def _key_files(folder: DeskFolder) -> list[Path]:
    return list(folder.root.glob(f"{folder.key_file.name}*"))


def _take_back(folder: DeskFolder) -> None:
    """Remove the keys and the store of a set-up that failed a moment ago; neither was there before."""
    for leftover in (*folder.root.glob(f"{DATABASE_NAME}*"), *_key_files(folder)):
        with contextlib.suppress(OSError):
            leftover.unlink()
