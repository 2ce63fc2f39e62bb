# SPDX-License-Identifier: GPL-3.0-or-later
"""Change the keys of the store, so that an older copy of the key file opens nothing new."""

from __future__ import annotations

from casework.rights import Right
from localdb import audit, known_key_file, rekeying
from localdb.connection import Connection
from localdb.store import Store
from workstation.desk.session import DeskSession
from workstation.desk.take_snapshot import renew_key_file


def rotate_keys(session: DeskSession) -> None:
    """Draw new data keys, encrypt the database and the index with them, and end the session.

    Takes about as long as copying the databases twice. Broken off at any point, it is finished at the next sign-in.
    The background program must have ended before: nobody else may have the store open.

    Raises:
        KnownError: ``not-allowed``; ``database-busy`` when somebody has the store open, ``no-room-for-rekeying``
            (details ``megabytes``) and ``disk-full``: what was begun is finished at the next sign-in for which there is
            room; ``escrow-key-needed``, ``key-file-changed``, ``no-access``, ``disk-error``. Whatever is raised after
            ``not-allowed``, the session is over.
    """
    session.require(Right.ROTATE_KEYS)
    try:
        renew_key_file(session.store)
        session.key_file.begin_data_key_rotation()
        with session.store.transaction() as connection:
            _note(session, connection, "keys.rotation-begun")
        session.store.close()
        if session.key_file.next_keys is not None:
            rekeying.rekey(session.folder.root, session.key_file.keys, session.key_file.next_keys)
            session.key_file.finish_data_key_rotation()
        store = Store.open(session.folder.root, session.key_file.keys)
        try:
            with store.transaction() as connection:
                _note(session, connection, "keys.rotated")
        finally:
            store.close()
    finally:
        session.close()


def _note(session: DeskSession, connection: Connection, action: str) -> None:
    known_key_file.note(connection, session.key_file.revision)
    audit.append(
        connection,
        at=session.clock(),
        actor_id=session.clerk.clerk_id,
        action=action,
        subject_id=session.workstation.device_id,
    )
