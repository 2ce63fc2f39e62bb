# SPDX-License-Identifier: GPL-3.0-or-later
"""Taking an envelope in: once, whole, in one transaction, whatever its sender repeats."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import logging
from collections.abc import Iterable

from casework.codes import parse_code
from casework.errors import BugError, KnownError
from casework.records.operation import ABOUT_NO_DOSSIER, Operation, OperationKind
from gateway import feed
from gateway.anchors import keep_anchor
from gateway.enrolment import Device, find_device
from gateway.folder import Gateway
from gateway.held_objects import tell_held
from gateway.judgement import complaint
from gateway.objects import announce_object, missing_objects
from gateway.relay_jobs import want_relay
from gateway.storage import Transaction, blob, text
from sync_agent.wire import envelope, operation_codec
from sync_agent.wire.answers import EnvelopeStored
from sync_agent.wire.canonical_json import dump
from sync_agent.wire.envelope import Envelope, EnvelopeHeader, ObjectKey, UnreadableOperation
from sync_agent.wire.json_fields import binary_text
from sync_agent.wire.reply import SEQUENCE_TAKEN, Acknowledged, Rejected

_log = logging.getLogger(__name__)


def receive_envelope(gateway: Gateway, carrier: Device, data: bytes, now: dt.datetime) -> EnvelopeStored:
    """Take an envelope in.

    Operations, their numbers, the desks' news, announced objects and the portal's jobs are committed together. An
    operation that was taken in before has no second effect; a bad one is rejected alone. All names are those of the
    maker's lineage: another workstation that uses the same ones speaks of other things.

    Args:
        gateway: The gateway.
        carrier: Who brings it; the maker may be another workstation of the same commune.
        data: The envelope.
        now: Aware date and time.

    Raises:
        KnownError: ``envelope-foreign`` when its maker is unknown or of another commune than its carrier;
            ``device-replaced`` when another workstation stands in its maker's place;
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
                told_before = _told_before(transaction, maker, operation)
                if told_before == operation.operation_id:
                    continue
                if told_before:
                    rejected += 1
                    _tell_forked(transaction, gateway, maker, operation, now)
                    continue
                _note_telling(transaction, maker, header.envelope_id, operation)
                verdict = _known_verdict(transaction, maker, operation.operation_id)
                if verdict is not None:
                    _answer(transaction, gateway, maker, operation.operation_id, verdict, now)
                    continue
                code = complaint(operation, maker) or _clash(transaction, operation, maker, now)
                _keep(transaction, gateway, maker, operation, code, now)
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
        except KnownError as error:
            if error.code == "device-replaced":
                raise
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
            "INSERT INTO object_keys (lineage, transport_id, commune, object_id, size, sealed)"
            " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (lineage, transport_id) DO NOTHING",
            maker.lineage,
            key.transport_id,
            maker.commune,
            key.object_id,
            sizes[key.transport_id],
            gateway.columns.seal("object_keys", f"{maker.lineage}/{key.transport_id}", _key_document(key)),
        )
        tell_held(transaction, gateway, key.transport_id, now)


def _key_document(key: ObjectKey) -> bytes:
    return json.dumps(
        {"key": binary_text(key.file_key), "plaintext_size": key.plaintext_size, "media_type": key.media_type}
    ).encode()


def _told_before(transaction: Transaction, maker: Device, operation: Operation) -> str:
    """Give the operation that the maker told under this one's sequence before, or empty."""
    row = transaction.row(
        "SELECT operation_id FROM tellings WHERE device_id = ? AND device_sequence = ?",
        maker.device_id,
        operation.device_sequence,
    )
    return text(row[0]) if row else ""


def _note_telling(transaction: Transaction, maker: Device, envelope_id: str, operation: Operation) -> None:
    transaction.execute(
        "INSERT INTO tellings (device_id, device_sequence, operation_id, envelope_id) VALUES (?, ?, ?, ?)",
        maker.device_id,
        operation.device_sequence,
        operation.operation_id,
        envelope_id,
    )


def _known_verdict(transaction: Transaction, maker: Device, operation_id: str) -> str | None:
    """Give the rejection code of an operation that the maker's lineage told before (empty: accepted), or None."""
    row = transaction.row(
        "SELECT rejected FROM operations WHERE lineage = ? AND operation_id = ?", maker.lineage, operation_id
    )
    return text(row[0]) if row else None


def _tell_forked(
    transaction: Transaction, gateway: Gateway, maker: Device, operation: Operation, now: dt.datetime
) -> None:
    """Tell a workstation that somebody else has spoken under its sequence: it was turned back, or copied.

    The operation is not kept: it is told again under an identity of its own.
    """
    _log.error(
        "workstation forked device=%s sequence=%d operation=%s",
        maker.device_id,
        operation.device_sequence,
        operation.operation_id,
    )
    _answer(transaction, gateway, maker, operation.operation_id, SEQUENCE_TAKEN, now)


def _answer(
    transaction: Transaction, gateway: Gateway, maker: Device, operation_id: str, code: str, now: dt.datetime
) -> int:
    """Tell the desks how an operation fared, and give the position of that news in the feed."""
    sequence = feed.next_sequence(transaction, maker.commune)
    news = (
        Rejected(sequence, maker.device_id, operation_id, code)
        if code
        else Acknowledged(sequence, maker.device_id, operation_id)
    )
    feed.append(transaction, gateway, maker.commune, news, now)
    return sequence


def _clash(transaction: Transaction, operation: Operation, maker: Device, now: dt.datetime) -> str:
    """Judge an operation by what is here already; a good first one of a dossier takes the dossier's place."""
    if operation.kind is OperationKind.AUDIT_ANCHORED:
        return keep_anchor(transaction, maker, operation, now)
    if operation.kind is not OperationKind.DOSSIER_RECEIVED:
        return ""
    if _has_dossier(transaction, maker, operation.dossier_id):
        return "dossier-known"
    inserted = transaction.execute(
        "INSERT INTO dossiers (lineage, dossier_id, commune, unit_code, code) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (code) DO NOTHING",
        maker.lineage,
        operation.dossier_id,
        maker.commune,
        _unit_code(operation),
        str(operation.fields["code"]),
    )
    return "" if inserted else "dossier-code-taken"


def _keep(
    transaction: Transaction,
    gateway: Gateway,
    maker: Device,
    operation: Operation,
    code: str,
    now: dt.datetime,
) -> None:
    """Keep an operation under the next number of the commune and tell the desks."""
    sequence = _answer(transaction, gateway, maker, operation.operation_id, code, now)
    transaction.execute(
        "INSERT INTO operations (lineage, operation_id, commune, sequence, kind, dossier_id, rejected, sealed)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        maker.lineage,
        operation.operation_id,
        maker.commune,
        sequence,
        operation.kind.value,
        operation.dossier_id,
        code,
        gateway.columns.seal(
            "operations", f"{maker.lineage}/{operation.operation_id}", dump(operation_codec.encode(operation))
        ),
    )
    if not code:
        for object_id in operation.object_ids:
            transaction.execute(
                "INSERT INTO dossier_objects (lineage, dossier_id, object_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                maker.lineage,
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
    if trouble.operation_id and not is_foreign and _known_verdict(transaction, maker, trouble.operation_id) is None:
        _answer(transaction, gateway, maker, trouble.operation_id, trouble.code, now)
    return 1


def _unit_code(operation: Operation) -> str:
    """Give the unit that a dossier's code names."""
    code = parse_code(str(operation.fields["code"]))
    if code is None:
        raise BugError("a dossier's code was not judged")
    return code.unit_code


def _relay(transaction: Transaction, maker: Device, dossier_ids: Iterable[str]) -> None:
    """Make the changed dossiers due at the portal, as far as their reception has arrived.

    Their history is the desk's own business: the portal is not told of it.
    """
    for dossier_id in sorted(dossier_ids):
        if _has_dossier(transaction, maker, dossier_id):
            want_relay(transaction, maker.lineage, dossier_id)


def _has_dossier(transaction: Transaction, maker: Device, dossier_id: str) -> bool:
    row = transaction.row("SELECT 1 FROM dossiers WHERE lineage = ? AND dossier_id = ?", maker.lineage, dossier_id)
    return row is not None
