# SPDX-License-Identifier: GPL-3.0-or-later
"""Repair a database whose pages are damaged: what can be read is saved, what cannot is named, nothing is silent.

Done without anybody signed in, because the store may not open. Who may is asked of the store itself, as far as that can
be read; whoever opens a desk whose list of people is lost is believed.
"""

from __future__ import annotations

import contextlib
import hashlib
import shutil
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from casework import rights
from casework.errors import KnownError
from casework.identifiers import RandomBytes
from casework.rights import Right
from casework.text import clean
from localdb import audit, canonical, clerks, durable_file, key_file, repair
from localdb.connection import Connection
from localdb.donor import Donor
from localdb.open_key_file import OpenKeyFile
from localdb.password_tries import PasswordTries
from localdb.repair_report import RepairReport
from localdb.snapshot_assembly import assemble, prove
from localdb.snapshot_manifest import SnapshotManifest, key_generation
from localdb.store import DATABASE_NAME
from localdb.store_keys import StoreKeys
from workstation.desk.check_integrity import note_check_passed
from workstation.desk.desk_folder import DeskFolder
from workstation.desk.desk_lock import hold_desk
from workstation.desk.recover_store import EscrowKey, RecoveryWords
from workstation.desk.restore_store import ClerkPassword, KeptSnapshot, Proof
from workstation.desk.session import Clock

_WORK_FOLDER: Final = "repairing"


def repair_store(
    folder: DeskFolder,
    proof: Proof,
    *,
    snapshots: Sequence[KeptSnapshot] = (),
    clock: Clock,
    random_bytes: RandomBytes,
    ticks: Callable[[], float] = time.monotonic,
    on_table: Callable[[str, int, int], None] = lambda *_: None,
) -> RepairReport:
    """Repair the database of a desk.

    Afterwards the desk may need a new enrolment (``needs_enrolment``): then something was lost that it told the gateway
    before, and it must not speak under its old name.

    Args:
        folder: The desk.
        proof: What opens its key file.
        snapshots: Lost rows are filled from the first of these that is of this store and its key, as they were then;
            none for not at all.
        clock: The present moment.
        random_bytes: Source of randomness.
        ticks: A clock that nobody can turn back, in seconds.
        on_table: Told the table that is being read, its place from 0, and the number of tables.

    Raises:
        KnownError: ``repair-impossible``, ``repair-not-needed``, ``not-allowed``; ``desk-in-use``; what opening a key
            file raises; ``snapshot-damaged``, ``snapshot-other-key``; ``database-missing``, ``database-newer``,
            ``wrong-key``; ``no-room-for-copy``, ``disk-full``, ``no-access``, ``disk-error``. The store is as it was.
    """
    with contextlib.ExitStack() as undo:
        undo.enter_context(hold_desk(folder))
        opened = _unlock(folder, proof, clock, random_bytes, ticks)
        undo.callback(opened.wipe)
        _refuse_early(folder, proof, opened)
        donor = _donor(undo, folder.root / _WORK_FOLDER, snapshots, opened) if snapshots else None

        def finish(connection: Connection, report: RepairReport) -> None:
            audit.append(
                connection,
                at=clock(),
                actor_id=_actor(connection, proof, report),
                action="store.repaired",
                subject_id=report.kept_aside.stem,
                after_hash=_digest(report),
            )

        report = repair.repair(
            folder.root, _keys_of(folder, opened), clock(), donor=donor, finish=finish, on_table=on_table
        )
    note_check_passed(folder.root)
    return report


def _unlock(
    folder: DeskFolder, proof: Proof, clock: Clock, random_bytes: RandomBytes, ticks: Callable[[], float]
) -> OpenKeyFile:
    if isinstance(proof, RecoveryWords):
        return key_file.unlock_with_words(folder.key_file, proof.words, random_bytes=random_bytes)
    if isinstance(proof, EscrowKey):
        return key_file.unlock_with_escrow(folder.key_file, proof.private_key, random_bytes=random_bytes)
    with PasswordTries(folder.password_tries, clock, ticks).one():
        return key_file.unlock_with_password(
            folder.key_file, clean(proof.login).lower(), proof.password, random_bytes=random_bytes
        )


def _keys_of(folder: DeskFolder, opened: OpenKeyFile) -> StoreKeys:
    """Give the keys that the database opens with; a rotation that was begun is finished at the next sign-in."""
    if opened.next_keys is not None and Connection.opens(folder.root / DATABASE_NAME, opened.next_keys):
        return opened.next_keys
    return opened.keys


def _refuse_early(folder: DeskFolder, proof: Proof, opened: OpenKeyFile) -> None:
    """Spare somebody who may not the wait, when the damaged database can still tell so."""
    if not isinstance(proof, ClerkPassword):
        return
    try:
        connection = repair.look_at(folder.root / DATABASE_NAME, _keys_of(folder, opened))
    except KnownError:
        return
    try:
        clerk = clerks.with_login(connection, clean(proof.login).lower())
    except KnownError:
        return
    finally:
        connection.close()
    rights.require(clerk, Right.REPAIR)


def _actor(connection: Connection, proof: Proof, report: RepairReport) -> str:
    """Give who repairs, for the trail.

    Raises:
        KnownError: ``not-allowed``; the repair is not kept.
    """
    if isinstance(proof, EscrowKey):
        return "escrow"
    if isinstance(proof, RecoveryWords):
        return "recovery-sheet"
    login = clean(proof.login).lower()
    try:
        clerk = clerks.with_login(connection, login)
    except KnownError as error:
        # Her key slot is a leftover: she was revoked, or not added to the end.
        was_lost = any(table.table == "clerks" and table.losses for table in report.tables)
        if not was_lost or clerks.was_revoked(connection, login):
            raise KnownError("not-allowed", right=Right.REPAIR) from error
        return "clerk-lost"
    # A clerk whose roles were lost is believed as well.
    if not any(table.table == "clerk_roles" and table.losses for table in report.tables):
        rights.require(clerk, Right.REPAIR)
    return clerk.clerk_id


def _donor(undo: contextlib.ExitStack, work: Path, snapshots: Sequence[KeptSnapshot], opened: OpenKeyFile) -> Donor:
    known = {key_generation(keys): keys for keys in (opened.keys, opened.next_keys) if keys is not None}
    snapshot = next((each for each in snapshots if each.manifest.key_generation in known), None)
    if snapshot is None:
        raise KnownError("snapshot-other-key")
    keys = known[snapshot.manifest.key_generation]
    manifest = SnapshotManifest.decode_proven(snapshot.place.manifest_content(snapshot.manifest), keys)
    with durable_file.explained():
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(mode=0o700)
    undo.callback(shutil.rmtree, work, ignore_errors=True)
    for _ in assemble(snapshot.place, manifest, work / DATABASE_NAME):
        pass
    prove(work / DATABASE_NAME, keys)
    return Donor(work / DATABASE_NAME, keys)


def _digest(report: RepairReport) -> str:
    """Give the hash of what was lost, so that the printed report can be held against the trail."""
    return hashlib.sha256(canonical.encode(as_document(report))).hexdigest()


def as_document(report: RepairReport) -> dict[str, object]:
    """Give a report as a JSON value, for scripts and for the file that IT keeps; keys only, no personal data."""
    return {
        "damaged_pages": list(report.damaged_pages),
        "unassigned_pages": list(report.unassigned_pages),
        "lost_commits": report.lost_commits,
        "needs_enrolment": report.needs_enrolment,
        "kept_aside": report.kept_aside.name,
        "tables": [
            {
                "table": table.table,
                "saved": table.saved,
                "losses": [
                    {
                        "key_columns": list(loss.key_columns),
                        "keys": [list(map(str, key)) for key in loss.keys],
                        "range_columns": list(loss.range_columns),
                        "after": None if loss.after is None else list(map(str, loss.after)),
                        "before": None if loss.before is None else list(map(str, loss.before)),
                        "count": loss.count,
                    }
                    for loss in table.losses
                ],
                "shortened": [list(map(str, key)) for key in table.shortened],
                "filled": [list(map(str, key)) for key in table.filled],
            }
            for table in report.tables
        ],
        "mending": {
            name: [[row.table, *map(str, row.key)] for row in rows]
            for name, rows in (
                ("retold", report.mending.retold),
                ("rebuilt", report.mending.rebuilt),
                ("stand_ins", report.mending.stand_ins),
                ("loosened", report.mending.loosened),
                ("dropped", report.mending.dropped),
            )
        },
    }
