# SPDX-License-Identifier: GPL-3.0-or-later
"""Let the province open the store with a key of its own, when no clerk is left who could."""

from __future__ import annotations

from casework.rights import Right
from localdb import audit, key_slots, known_key_file
from workstation.desk.session import DeskSession


def put_escrow_key(session: DeskSession, public_key: bytes) -> None:
    """Put the province's public key in, in the place of an earlier one.

    The trail is written first: it rather names a change that a power cut prevented than leaves one out.

    Args:
        session: The desk.
        public_key: X25519, 32 raw bytes.

    Raises:
        KnownError: ``not-allowed``; ``escrow-key-invalid``; ``key-file-changed``, ``disk-full``, ``no-access``,
            ``disk-error``.
    """
    session.require(Right.ROTATE_KEYS)
    now = session.clock()
    key_slots.require_escrow_key(public_key)
    with session.store.transaction() as connection:
        audit.append(
            connection,
            at=now,
            actor_id=session.clerk.clerk_id,
            action="keys.escrow-put",
            subject_id=session.workstation.device_id,
        )
    session.key_file.put_escrow(public_key, now)
    with session.store.transaction() as connection:
        known_key_file.note(connection, session.key_file.revision)
