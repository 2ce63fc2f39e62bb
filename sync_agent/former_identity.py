# SPDX-License-Identifier: GPL-3.0-or-later
"""What a store that got a new identity owes to the one before: nothing that it said and that was not heard is lost.

Operations without an answer are given to the new device. Envelopes of the old one may hold more than the database
does, when that was restored from a copy and the spool was not: the desk opens its own, with the commune's key, and
takes back what it has lost. Only when the new device is in charge are they removed.
"""

from __future__ import annotations

import logging

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from casework.errors import KnownError
from casework.records.operation import Operation
from localdb import durable_file, identity, objects, outbox, reissues, secrets
from localdb.connection import Connection
from localdb.objects import StoredObject
from localdb.store import Store
from sync_agent.data_folder import DataFolder
from sync_agent.inbox import Inbox
from sync_agent.spool import Spool, SpooledEnvelope, Station
from sync_agent.wire import envelope, reply
from sync_agent.wire.enrolment import Enrolment
from sync_agent.wire.envelope import Envelope

_log = logging.getLogger(__name__)

_AT_A_TIME = 100
_SPEAKER = "sync-speaker"
"""Whose envelopes lie in the spool: device_id, a space, its public signing key in hexadecimal digits."""


def hand_over(store: Store, folder: DataFolder, known: Enrolment, device_id: str) -> int:
    """Give everything that had no answer to a new device, while the store is nobody; may be done again after a crash.

    Args:
        store: The open store.
        folder: Its data folder.
        known: The enrolment before.
        device_id: Of the new one.

    Returns:
        Number of operations that were given in this call.

    Raises:
        KnownError: ``disk-full``, ``no-access``, ``disk-error``.
    """
    _take_back_lost(store, folder, known)
    with store.transaction() as connection:
        for code in reply.PASSING_REJECTIONS:
            outbox.take_back_rejected(connection, code)
    count = 0
    while True:
        with store.transaction() as connection:
            given = reissues.reissue_some(connection, device_id, _AT_A_TIME)
        if not given:
            return count
        count += given


def forget(store: Store, folder: DataFolder, device_id: str, sign_public: bytes) -> None:
    """Remove the envelopes and replies of an identity before this one, and note who speaks now.

    Args:
        store: The open store; this device is in charge already.
        folder: Its data folder.
        device_id: Who speaks now.
        sign_public: Its raw Ed25519 key.

    Raises:
        KnownError: ``no-access``, ``disk-error``, ``disk-full``.
    """
    speaker = f"{device_id} {sign_public.hex()}".encode()
    with store.reading() as connection:
        before = _speaker(connection)
        was_somebody_else = bool(identity.former_devices(connection))
    if before == speaker:
        return
    if was_somebody_else:
        spool, inbox = Spool(folder.spool), Inbox(folder.inbox)
        for station in Station:
            for spooled in spool.envelopes(station):
                if _maker(_content(spooled)) != device_id:
                    spool.remove(spooled)
        for filed in inbox.replies():
            inbox.remove(filed)
    with store.transaction() as connection:
        secrets.put(connection, _SPEAKER, speaker)


def _take_back_lost(store: Store, folder: DataFolder, known: Enrolment) -> None:
    """Take those operations out of the old envelopes that the database does not know any more."""
    with store.reading() as connection:
        device_id, _, sign_public = _speaker(connection).decode().partition(" ")
    if not device_id:
        return
    spool = Spool(folder.spool)
    for station in Station:
        for spooled in spool.envelopes(station):
            data = _content(spooled)
            if _maker(data) != device_id:
                continue
            try:
                opened = envelope.unseal(
                    data,
                    private_key=X25519PrivateKey.from_private_bytes(known.commune_seal_private),
                    sign_public=bytes.fromhex(sign_public),
                )
            except KnownError as error:
                _log.warning("envelope %s can not be read back: %s", spooled.envelope_id, error)
                continue
            with store.reading() as connection:
                lost = [item for item in opened.operations if not outbox.knows(connection, item.operation_id)]
            for operation in lost:
                with store.transaction() as connection:
                    _record_lost(connection, opened, operation)
            if lost:
                _log.info("envelope %s gave %d lost operations back", spooled.envelope_id, len(lost))


def _record_lost(connection: Connection, opened: Envelope, operation: Operation) -> None:
    sizes = {reference.transport_id: reference.sealed_size for reference in opened.header.objects}
    for object_id in operation.object_ids:
        key = opened.object_keys.get(object_id)
        if key is not None and objects.find(connection, object_id) is None:
            stored = StoredObject(
                object_id=object_id,
                transport_id=key.transport_id,
                file_key=key.file_key,
                plaintext_size=key.plaintext_size,
                sealed_size=sizes[key.transport_id],
                media_type=key.media_type,
            )
            objects.record(connection, stored)
    outbox.record_lost(connection, operation)


def _content(spooled: SpooledEnvelope) -> bytes:
    """Read an envelope; nothing when a courier that is about to end has just moved it on, and will set it aside."""
    with durable_file.explained():
        try:
            return spooled.path.read_bytes()
        except FileNotFoundError:
            return b""


def _speaker(connection: Connection) -> bytes:
    try:
        return secrets.get(connection, _SPEAKER)
    except KnownError:
        return b""


def _maker(data: bytes) -> str:
    try:
        return envelope.read_header(data).device_id
    except KnownError:
        return ""
