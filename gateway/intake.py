# SPDX-License-Identifier: GPL-3.0-or-later
"""Taking an envelope in: once, whole, in one transaction, whatever its sender repeats."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import logging
from collections.abc import Iterable

from casework.errors import KnownError
from casework.records.operation import ABOUT_NO_DOSSIER, Operation, OperationKind
from gateway import feed
from gateway.enrolment import Device, find_device
from gateway.folder import Gateway
from gateway.judgement import complaint
from gateway.objects import announce_object, missing_objects
from gateway.relay_jobs import want_relay
from gateway.storage import Transaction, blob
from sync_agent.wire import envelope, operation_codec
from sync_agent.wire.answers import EnvelopeStored
from sync_agent.wire.canonical_json import dump
from sync_agent.wire.envelope import Envelope, EnvelopeHeader, ObjectKey, UnreadableOperation
from sync_agent.wire.json_fields import binary_text
from sync_agent.wire.reply import Acknowledged, Rejected

_log = logging.getLogger(__name__)


def receive_envelope(gateway: Gateway, carrier: Device, data: bytes, now: dt.datetime) -> EnvelopeStored:
    """Take an envelope in.

    Operations, their numbers, the desks' news, announced objects and the portal's jobs are committed together. An
    operation that was taken in before has no second effect; a bad one is rejected alone. All names are the maker's own:
    another workstation that uses the same ones speaks of other things.

    Args:
        gateway: The gateway.
        carrier: Who brings it; the maker may be another workstation of the same commune.
        data: The envelope.
        now: Aware date and time.

    Raises:
        KnownError: ``envelope-foreign`` when its maker is unknown or of another commune than its carrier;
            ``envelope-differs`` when the maker sent another envelope with this id before; or as
            :func:`sync_agent.wire.envelope.unseal`.
    """
    maker = _maker(gateway, carrier, envelope.read_header(data))
    opened = envelope.unseal(data, private_key=gateway.keys.sealing, sign_public=maker.sign_public)
    header = opened.header
    transport_ids = [reference.transport_id for reference in header.objects]
    accepted = rejected = 0
    with gateway.database.write() as transaction:
        if _is_new(transaction, header, hashlib.sha256(data).digest(), now):
            _keep_objects(transaction, gateway, maker, opened, now)
            for trouble in opened.unreadable:
                rejected += _reject_unreadable(transaction, gateway, maker, trouble, now)
            touched = set()
            for operation in opened.operations:
                if _is_known(transaction, maker, operation.operation_id):
                    continue
                code = complaint(operation, maker) or _clash(transaction, operation, maker)
                _keep(transaction, gateway, maker, header.envelope_id, operation, code, now)
                if code:
                    rejected += 1
                    _log.warning("operation rejected operation=%s code=%s", operation.operation_id, code)
                else:
                    accepted += 1
                    if operation.kind is not OperationKind.HISTORY_ADDED and operation.kind not in ABOUT_NO_DOSSIER:
                        touched.add(operation.dossier_id)
            _relay(transaction, maker, touched)
        missing = missing_objects(transaction, transport_ids)
    _log.info(
        "envelope stored envelope=%s device=%s accepted=%d rejected=%d missing_objects=%d",
        header.envelope_id,
        header.device_id,
        accepted,
        rejected,
        len(missing),
    )
    return EnvelopeStored(header.envelope_id, missing)


def _maker(gateway: Gateway, carrier: Device, header: EnvelopeHeader) -> Device:
    with gateway.database.read() as transaction:
        try:
            maker = find_device(transaction, header.device_id)
        except KnownError:
            raise KnownError("envelope-foreign") from None
    if not maker.commune == carrier.commune == header.commune:
        raise KnownError("envelope-foreign")
    return maker


def _is_new(transaction: Transaction, header: EnvelopeHeader, digest: bytes, now: dt.datetime) -> bool:
    inserted = transaction.execute(
        "INSERT INTO envelopes (device_id, envelope_id, digest, first_sequence, last_sequence, operation_count,"
        " received_at) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (device_id, envelope_id) DO NOTHING",
        header.device_id,
        header.envelope_id,
        digest,
        header.first_sequence,
        header.last_sequence,
        header.operation_count,
        int(now.timestamp()),
    )
    if inserted:
        return True
    row = transaction.row(
        "SELECT digest FROM envelopes WHERE device_id = ? AND envelope_id = ?", header.device_id, header.envelope_id
    )
    if row is None or blob(row[0]) != digest:
        raise KnownError("envelope-differs")
    return False


def _keep_objects(
    transaction: Transaction, gateway: Gateway, maker: Device, opened: Envelope, now: dt.datetime
) -> None:
    sizes = {reference.transport_id: reference.sealed_size for reference in opened.header.objects}
    for transport_id, size in sizes.items():
        announce_object(transaction, transport_id, size, now)
    for key in opened.object_keys.values():
        if key.transport_id not in sizes:
            continue
        transaction.execute(
            "INSERT INTO object_keys (device_id, transport_id, commune, object_id, size, sealed)"
            " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (device_id, transport_id) DO NOTHING",
            maker.device_id,
            key.transport_id,
            maker.commune,
            key.object_id,
            sizes[key.transport_id],
            gateway.columns.seal("object_keys", f"{maker.device_id}/{key.transport_id}", _key_document(key)),
        )


def _key_document(key: ObjectKey) -> bytes:
    return json.dumps(
        {"key": binary_text(key.file_key), "plaintext_size": key.plaintext_size, "media_type": key.media_type}
    ).encode()


def _is_known(transaction: Transaction, maker: Device, operation_id: str) -> bool:
    row = transaction.row(
        "SELECT 1 FROM operations WHERE device_id = ? AND operation_id = ?", maker.device_id, operation_id
    )
    return row is not None


def _clash(transaction: Transaction, operation: Operation, maker: Device) -> str:
    """Judge an operation by what is here already; a good first one of a dossier takes the dossier's place."""
    if operation.kind is not OperationKind.DOSSIER_RECEIVED:
        return ""
    if _has_dossier(transaction, maker, operation.dossier_id):
        return "dossier-known"
    inserted = transaction.execute(
        "INSERT INTO dossiers (device_id, dossier_id, commune, unit_code, code) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (code) DO NOTHING",
        maker.device_id,
        operation.dossier_id,
        maker.commune,
        maker.unit_code,
        str(operation.fields["code"]),
    )
    return "" if inserted else "dossier-code-taken"


def _keep(
    transaction: Transaction,
    gateway: Gateway,
    maker: Device,
    envelope_id: str,
    operation: Operation,
    code: str,
    now: dt.datetime,
) -> None:
    """Keep an operation under the next number of the commune and tell the desks."""
    sequence = feed.next_sequence(transaction, maker.commune)
    transaction.execute(
        "INSERT INTO operations (device_id, operation_id, commune, sequence, device_sequence, envelope_id, kind,"
        " dossier_id, rejected, sealed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        maker.device_id,
        operation.operation_id,
        maker.commune,
        sequence,
        operation.device_sequence,
        envelope_id,
        operation.kind.value,
        operation.dossier_id,
        code,
        gateway.columns.seal(
            "operations", f"{maker.device_id}/{operation.operation_id}", dump(operation_codec.encode(operation))
        ),
    )
    news = (
        Rejected(sequence, maker.device_id, operation.operation_id, code)
        if code
        else Acknowledged(sequence, maker.device_id, operation.operation_id)
    )
    feed.append(transaction, gateway, maker.commune, news, now)
    if not code:
        for object_id in operation.object_ids:
            transaction.execute(
                "INSERT INTO dossier_objects (device_id, dossier_id, object_id) VALUES (?, ?, ?)"
                " ON CONFLICT DO NOTHING",
                maker.device_id,
                operation.dossier_id,
                object_id,
            )


def _reject_unreadable(
    transaction: Transaction, gateway: Gateway, maker: Device, trouble: UnreadableOperation, now: dt.datetime
) -> int:
    """Tell the desks of an operation that can not be read.

    It is not kept: its maker offers an ``operation-newer`` again, and a later release of ours takes it then.
    Nothing is told of another desk's operation: its maker would take it for refused.
    """
    _log.warning("operation unreadable operation=%s code=%s", trouble.operation_id, trouble.code)
    is_foreign = trouble.code == "operation-foreign"
    if trouble.operation_id and not is_foreign and not _is_known(transaction, maker, trouble.operation_id):
        sequence = feed.next_sequence(transaction, maker.commune)
        news = Rejected(sequence, maker.device_id, trouble.operation_id, trouble.code)
        feed.append(transaction, gateway, maker.commune, news, now)
    return 1


def _relay(transaction: Transaction, maker: Device, dossier_ids: Iterable[str]) -> None:
    """Make the changed dossiers due at the portal, as far as their reception has arrived.

    Their history is the desk's own business: the portal is not told of it.
    """
    for dossier_id in sorted(dossier_ids):
        if _has_dossier(transaction, maker, dossier_id):
            want_relay(transaction, maker.device_id, dossier_id)


def _has_dossier(transaction: Transaction, maker: Device, dossier_id: str) -> bool:
    row = transaction.row("SELECT 1 FROM dossiers WHERE device_id = ? AND dossier_id = ?", maker.device_id, dossier_id)
    return row is not None
