# SPDX-License-Identifier: GPL-3.0-or-later
"""Open a store whose passwords are all lost: with the recovery sheet, or with the province's key."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field

from casework.errors import KnownError
from casework.identifiers import RandomBytes, new_identifier
from casework.records.workplace import Clerk, Role
from casework.text import clean
from localdb import audit, clerks, key_file, known_key_file, lost_commits, rekeying, workplace
from localdb.connection import Connection
from localdb.key_slots import Argon2Cost
from localdb.open_key_file import DEFAULT_COST, OpenKeyFile
from localdb.store import Store
from workstation.desk.desk_folder import DeskFolder
from workstation.desk.desk_lock import hold_desk
from workstation.desk.leftover_slots import remove_leftover_slots
from workstation.desk.password_rule import require_good_password
from workstation.desk.session import Clock


@dataclass(frozen=True, slots=True)
class RecoveryWords:
    """What stands on the recovery sheet.

    Attributes:
        words: As they were typed or scanned.
    """

    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class EscrowKey:
    """What the province keeps.

    Attributes:
        private_key: X25519, 32 raw bytes.
    """

    private_key: bytes = field(repr=False)


def recover_store(
    folder: DeskFolder,
    proof: RecoveryWords | EscrowKey,
    *,
    login: str,
    new_password: str,
    full_name: str = "",
    clock: Clock,
    random_bytes: RandomBytes,
    cost: Argon2Cost = DEFAULT_COST,
) -> Clerk:
    """Give a clerk a new password, or make a new administrator of the desk; she signs in with it afterwards.

    The trail tells what was used, and is written first: it rather names a recovery that a power cut prevented than
    leaves one out. A key file that was put back is accepted here, and only here; the slots of people who may not sign
    in any more are taken out of it. A store that lost commits with a damaged log is recovered all the same, and then
    wants a new enrolment.

    Args:
        folder: The desk.
        proof: What opens it.
        login: Of an active clerk, who keeps her roles; or of somebody new.
        new_password: Hers from now on.
        full_name: Of somebody new, who becomes administrator; empty for a clerk who is there.
        clock: The present moment.
        random_bytes: Source of randomness.
        cost: What one try of the password costs.

    Raises:
        KnownError: ``no-such-clerk`` when nobody signs in under that name and no name is given, ``login-taken`` when
            somebody does and one is given; ``password-too-short``, ``name-missing``; ``no-escrow-slot``,
            ``wrong-escrow-key``, ``escrow-key-invalid``; ``no-recovery-slot``, ``other-recovery-sheet``,
            ``recovery-words-count``, ``recovery-word-unknown``, ``recovery-word-wrong``, ``recovery-words-wrong``;
            ``desk-in-use``; and those of ``sign_in`` about key file, database and disk.
    """
    require_good_password(new_password)
    login, full_name = clean(login).lower(), clean(full_name)
    if not login:
        raise KnownError("name-missing")
    with contextlib.ExitStack() as afterwards:
        afterwards.enter_context(hold_desk(folder))
        opened = _unlock(folder, proof, random_bytes)
        afterwards.callback(opened.wipe)
        store = Store.open(folder.root, rekeying.keys_in_use(folder.root, opened))
        afterwards.callback(store.close)
        lost_commits.settle(store, clock())
        with store.reading() as connection:
            known = known_key_file.revision(connection)
            active = clerks.active_logins(connection)
            clerk = _clerk(connection, login, full_name, new_identifier(clock(), random_bytes))
        was_put_back = opened.revision < known
        with store.transaction() as connection:
            actor = "recovery-sheet" if isinstance(proof, RecoveryWords) else "escrow"
            device_id = _device_id(connection)
            if was_put_back:
                audit.append(
                    connection, at=clock(), actor_id=actor, action="keys.put-back-accepted", subject_id=device_id
                )
            audit.append(connection, at=clock(), actor_id=actor, action="store.recovered", subject_id=clerk.clerk_id)
        if store.keys is opened.next_keys:
            opened.finish_data_key_rotation()
        if was_put_back:
            opened.mend(least_revision=known)
        opened.reset_password(login, clerk.clerk_id, new_password, clock(), cost=cost)
        remove_leftover_slots(opened, active | {login})
        with store.transaction() as connection:
            known_key_file.note(connection, opened.revision)
            if login not in active:
                clerks.add(connection, clerk)
    return clerk


def _unlock(folder: DeskFolder, proof: RecoveryWords | EscrowKey, random_bytes: RandomBytes) -> OpenKeyFile:
    if isinstance(proof, RecoveryWords):
        return key_file.unlock_with_words(folder.key_file, proof.words, random_bytes=random_bytes)
    return key_file.unlock_with_escrow(folder.key_file, proof.private_key, random_bytes=random_bytes)


def _clerk(connection: Connection, login: str, full_name: str, clerk_id: str) -> Clerk:
    if not full_name:
        return clerks.with_login(connection, login)
    if login in clerks.active_logins(connection):
        raise KnownError("login-taken")
    return Clerk(clerk_id, login, full_name, frozenset({Role.IT_ADMIN}))


def _device_id(connection: Connection) -> str:
    try:
        return workplace.load(connection).device_id
    except KnownError:
        return ""  # a store that has to be enrolled anew can be recovered all the same
