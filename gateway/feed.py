# SPDX-License-Identifier: GPL-3.0-or-later
"""The feed of a commune: everything its desks must hear, numbered without gaps, sealed at rest and on the way."""

from __future__ import annotations

import datetime as dt
import json
import os
from typing import Final

from casework.errors import BugError, KnownError
from casework.records.dossier import PortalState
from gateway.enrolment import Device
from gateway.folder import Gateway
from gateway.storage import Transaction, blob, number
from sync_agent.wire import reply
from sync_agent.wire.reply import Acknowledged, KnownItem, ObjectHeld, PortalStatus, Rejected

MAX_POSITIONS: Final = reply.MAX_ITEMS


def next_sequence(transaction: Transaction, commune: str) -> int:
    """Take the next position of a commune's feed.

    The head row stays locked until the transaction ends, so that positions become visible in their order and a
    transaction that is rolled back leaves no gap.
    """
    row = transaction.row("UPDATE heads SET sequence = sequence + 1 WHERE commune = ? RETURNING sequence", commune)
    if row is None:
        raise BugError("a commune without a head")
    return number(row[0])


def append(transaction: Transaction, gateway: Gateway, commune: str, item: KnownItem, now: dt.datetime) -> None:
    """Put an item at the position that it names, taken by :func:`next_sequence` in the same transaction."""
    value = json.dumps(_encoded(item), ensure_ascii=False).encode()
    transaction.execute(
        "INSERT INTO feed (commune, sequence, at, sealed) VALUES (?, ?, ?, ?)",
        commune,
        item.sequence,
        int(now.timestamp()),
        gateway.columns.seal("feed", f"{commune}/{item.sequence}", value),
    )


def seal_reply(gateway: Gateway, device: Device, after: int, limit: int, now: dt.datetime) -> bytes | None:
    """Seal the stretch of the feed that follows a position to one workstation.

    Args:
        gateway: The gateway.
        device: Who asks.
        after: The last position it has.
        limit: Largest number of positions, 1 to 1,000.
        now: Aware date and time.

    Returns:
        The reply, or None when there is nothing new.

    Raises:
        KnownError: ``feed-behind`` (retryable) when the workstation has seen more than this database remembers.
    """
    with gateway.database.read() as transaction:
        head = transaction.row("SELECT sequence FROM heads WHERE commune = ?", device.commune)
        if head is None or after > number(head[0]):
            raise KnownError("feed-behind", retryable=True)
        rows = transaction.rows(
            "SELECT sequence, at, sealed FROM feed WHERE commune = ? AND sequence > ? ORDER BY sequence LIMIT ?",
            device.commune,
            after,
            limit,
        )
        held = _held_positions(transaction, device.commune, after, number(rows[-1][0])) if rows else frozenset()
    if not rows:
        return None
    items: list[KnownItem] = []
    for row in rows:
        sequence = number(row[0])
        value = gateway.columns.open("feed", f"{device.commune}/{sequence}", blob(row[2]))
        item = _decoded(sequence, number(row[1]), json.loads(value))
        if not isinstance(item, ObjectHeld) or sequence in held:
            items.append(item)
    header = reply.ReplyHeader(
        device_id=device.device_id,
        commune=device.commune,
        epoch=gateway.epoch,
        after=after,
        upto=number(rows[-1][0]),
        created_at=now,
    )
    return reply.seal(
        header, items, reply_public=device.reply_public, signer=gateway.keys.signing, random_bytes=os.urandom
    )


def _held_positions(transaction: Transaction, commune: str, after: int, upto: int) -> frozenset[int]:
    """Give the positions that tell of an object which is still held: a restore may have cost us some."""
    rows = transaction.rows(
        "SELECT k.held_sequence FROM object_keys k JOIN objects o ON o.transport_id = k.transport_id"
        " WHERE k.commune = ? AND k.held_sequence > ? AND k.held_sequence <= ? AND o.complete = 1",
        commune,
        after,
        upto,
    )
    return frozenset(number(row[0]) for row in rows)


def _encoded(item: KnownItem) -> dict[str, str]:
    match item:
        case Acknowledged():
            return {"kind": "acknowledged", "device_id": item.device_id, "operation_id": item.operation_id}
        case Rejected():
            return {
                "kind": "rejected",
                "device_id": item.device_id,
                "operation_id": item.operation_id,
                "code": item.code,
            }
        case PortalStatus():
            return {
                "kind": "portal-status",
                "device_id": item.device_id,
                "dossier_id": item.dossier_id,
                "portal_state": item.portal_state.value,
                "portal_code": item.portal_code,
                "message": item.message,
            }
        case ObjectHeld():
            return {
                "kind": "object-held",
                "device_id": item.device_id,
                "object_id": item.object_id,
                "transport_id": item.transport_id,
            }


def _decoded(sequence: int, at: int, value: dict[str, str]) -> KnownItem:
    match value["kind"]:
        case "acknowledged":
            return Acknowledged(sequence, value["device_id"], value["operation_id"])
        case "rejected":
            return Rejected(sequence, value["device_id"], value["operation_id"], value["code"])
        case "portal-status":
            return PortalStatus(
                sequence=sequence,
                device_id=value["device_id"],
                dossier_id=value["dossier_id"],
                portal_state=PortalState(value["portal_state"]),
                portal_code=value["portal_code"],
                message=value["message"],
                at=dt.datetime.fromtimestamp(at, dt.UTC),
            )
        case "object-held":
            return ObjectHeld(sequence, value["device_id"], value["object_id"], value["transport_id"])
        case kind:
            raise BugError(f"a feed item of kind {kind}")
