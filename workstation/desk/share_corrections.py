# SPDX-License-Identifier: GPL-3.0-or-later
"""Corrected classes from desk to desk: handed out under the device key, taken over from the desks that IT trusts."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from casework.errors import KnownError
from casework.rights import Right
from localdb import audit, class_corrections
from localdb.connection import Connection
from scanning.classify.corrections import Corrections
from scanning.classify.model_file import shipped_version
from scanning.classify.signed_corrections import open_signed, sign_corrections
from sync_agent import desk_keys
from workstation.desk.learn_class import known_corrections
from workstation.desk.session import DeskSession


@dataclass(frozen=True, slots=True)
class ExportedCorrections:
    """What a desk hands out.

    Attributes:
        content: The signed file.
        count: How many corrections are in it.
        public_key: Whose signature it is.
    """

    content: bytes
    count: int
    public_key: Ed25519PublicKey


@dataclass(frozen=True, slots=True)
class ImportedCorrections:
    """What became of a file of another desk.

    Attributes:
        received: How many corrections are in it.
        known: How many this desk knows now.
    """

    received: int
    known: int


def desk_public_key(session: DeskSession) -> Ed25519PublicKey:
    """Give the key by which other desks know what this one hands out.

    Raises:
        KnownError: ``not-allowed``; ``not-enrolled``, ``other-machine``, ``rolled-back``, ``device-key-missing``,
            ``device-key-damaged``.
    """
    session.require(Right.CHANGE_SETTINGS)
    return desk_keys.load(session.store, session.folder).signer.public_key()


def export_corrections(session: DeskSession) -> ExportedCorrections:
    """Put everything that is known at this desk into a signed file; there is no personal data in it.

    Raises:
        KnownError: As ``desk_public_key``.
        ScanningError: ``corrections-damaged``, ``model-damaged``.
    """
    session.require(Right.CHANGE_SETTINGS)
    own = _own(session)
    signer = desk_keys.load(session.store, session.folder).signer
    return ExportedCorrections(sign_corrections(own.to_bytes(), signer), len(own), signer.public_key())


def import_corrections(session: DeskSession, data: bytes, trusted: Sequence[Ed25519PublicKey]) -> ImportedCorrections:
    """Take over what another desk learnt, beside what this one knows.

    Args:
        session: The desk.
        data: The other desk's file.
        trusted: Public keys that this computer trusts.

    Raises:
        KnownError: ``not-allowed``; ``no-teacher-trusted`` when this computer trusts none; ``disk-full``.
        ScanningError: ``corrections-damaged``, ``corrections-untrusted``, ``corrections-of-other-model``,
            ``model-damaged``.
    """
    session.require(Right.CHANGE_SETTINGS)
    if not trusted:
        raise KnownError("no-teacher-trusted")
    received = open_signed(data, trusted, shipped_version())
    own = _own(session)
    merged = own.merge(received)
    with session.store.transaction() as connection:
        class_corrections.save(connection, merged.model_version, merged.to_bytes(), session.clock())
        _note(connection, session, "classes.imported", own, merged)
    return ImportedCorrections(len(received), len(merged))


def forget_corrections(session: DeskSession) -> None:
    """Forget everything that was taught at this desk or taken over, damaged or not.

    Raises:
        KnownError: ``not-allowed``, ``disk-full``.
    """
    session.require(Right.CHANGE_SETTINGS)
    with session.store.transaction() as connection:
        class_corrections.forget(connection)
        _note(connection, session, "classes.forgotten", None, None)


def _own(session: DeskSession) -> Corrections:
    content = known_corrections(session.store)
    return Corrections.from_bytes(content) if content else Corrections.empty(shipped_version())


def _note(
    connection: Connection, session: DeskSession, action: str, before: Corrections | None, after: Corrections | None
) -> None:
    audit.append(
        connection,
        at=session.clock(),
        actor_id=session.clerk.clerk_id,
        action=action,
        subject_id=session.workstation.device_id,
        before_hash=_hash(before),
        after_hash=_hash(after),
    )


def _hash(corrections: Corrections | None) -> str:
    return "" if corrections is None else hashlib.sha256(corrections.to_bytes()).hexdigest()
