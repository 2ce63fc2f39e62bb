# SPDX-License-Identifier: GPL-3.0-or-later
"""The gateway as a witness: it keeps what desks anchored of their audit trails, and contradicts who says otherwise."""

from __future__ import annotations

import datetime as dt
import logging

from casework.errors import KnownError
from casework.records.audit_anchor import AuditAnchor
from casework.records.operation import Operation
from gateway.enrolment import Device
from gateway.folder import Gateway
from gateway.storage import Transaction, blob, number, text
from sync_agent.wire import audit_anchor, audit_witness
from sync_agent.wire.audit_witness import Witness

_log = logging.getLogger(__name__)


def keep_anchor(transaction: Transaction, maker: Device, operation: Operation, now: dt.datetime) -> str:
    """Keep an anchor, or refuse it.

    Entries are only ever added to a trail. So a workstation's later operation names a later entry, and an entry that
    was named once keeps its hash. Across a restore that need not be so: a successor goes on from an older copy, and
    its anchors are its own.

    Args:
        transaction: The transaction of the envelope.
        maker: Who tells; the anchor may be one that its predecessor made and nobody had heard.
        operation: Of the kind ``audit.anchored``.
        now: Aware date and time.

    Returns:
        Empty, or the code of the rejection: ``anchor-malformed``; ``anchor-signature`` when no workstation of the
        lineage with that name signed it; ``anchor-contradicts``.
    """
    try:
        anchor = audit_anchor.from_operation(operation)
    except KnownError as error:
        return error.code
    row = transaction.row(
        "SELECT d.sign_public FROM devices d JOIN enrolments e ON e.device_id = d.device_id"
        " WHERE d.device_id = ? AND e.lineage = ?",
        anchor.device_id,
        maker.lineage,
    )
    if row is None or not audit_anchor.is_signed_by(anchor, blob(row[0])):
        _log.error("anchor without a valid signature device=%s entry=%d", anchor.device_id, anchor.entry_number)
        return "anchor-signature"
    # What a successor tells for its predecessor has no place in the order of the predecessor's operations.
    sequence = operation.device_sequence if anchor.device_id == maker.device_id else 0
    if _contradicts(transaction, anchor, sequence):
        _log.error("AUDIT TRAIL CONTRADICTS ITSELF device=%s entry=%d", anchor.device_id, anchor.entry_number)
        return "anchor-contradicts"
    transaction.execute(
        "INSERT INTO anchors (device_id, entry_number, entry_hash, day, made_at, signature, device_sequence,"
        " received_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (device_id, entry_number) DO NOTHING",
        anchor.device_id,
        anchor.entry_number,
        anchor.entry_hash,
        anchor.day.isoformat(),
        anchor.made_at.isoformat(),
        anchor.signature,
        sequence,
        int(now.timestamp()),
    )
    return ""


def witness(gateway: Gateway, device_id: str, now: dt.datetime) -> Witness:
    """Give all anchors of a workstation and its lineage.

    Raises:
        KnownError: ``device-not-enrolled``.
    """
    with gateway.database.read() as transaction:
        row = transaction.row("SELECT lineage FROM enrolments WHERE device_id = ?", device_id)
        if row is None:
            raise KnownError("device-not-enrolled", device=device_id)
        rows = transaction.rows(
            "SELECT a.device_id, a.entry_number, a.entry_hash, a.day, a.made_at, a.signature FROM anchors a"
            " JOIN enrolments e ON e.device_id = a.device_id WHERE e.lineage = ?"
            " ORDER BY e.issued_at, e.device_id, a.entry_number",
            text(row[0]),
        )
    anchors = tuple(
        AuditAnchor(
            text(each[0]),
            number(each[1]),
            blob(each[2]),
            dt.date.fromisoformat(text(each[3])),
            dt.datetime.fromisoformat(text(each[4])),
            blob(each[5]),
        )
        for each in rows
    )
    return Witness(text(row[0]), now, anchors)


def witness_file(gateway: Gateway, device_id: str, now: dt.datetime) -> bytes:
    """Give the signed file that a desk's check of its trail takes.

    Raises:
        KnownError: ``device-not-enrolled``.
    """
    return audit_witness.sign(witness(gateway, device_id, now), gateway.keys.signing)


def _contradicts(transaction: Transaction, anchor: AuditAnchor, sequence: int) -> bool:
    row = transaction.row(
        "SELECT 1 FROM anchors WHERE device_id = ? AND ("
        " entry_number = ? AND entry_hash <> ?"
        " OR ? > 0 AND device_sequence > 0 AND ("
        "  device_sequence < ? AND entry_number >= ? OR device_sequence > ? AND entry_number <= ?)) LIMIT 1",
        anchor.device_id,
        anchor.entry_number,
        anchor.entry_hash,
        sequence,
        sequence,
        anchor.entry_number,
        sequence,
        anchor.entry_number,
    )
    return row is not None
