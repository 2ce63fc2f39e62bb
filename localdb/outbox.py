# SPDX-License-Identifier: GPL-3.0-or-later
"""The outbox: operations written in the transaction of their change, and how far each has got.

An operation never changes. Its way is: unsealed, in an envelope of the spool, acknowledged by the gateway or rejected.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass

from casework.errors import BugError
from casework.records.operation import Operation, OperationKind
from localdb import canonical, identity
from localdb.connection import Connection, Row
from localdb.moments import from_microseconds, to_microseconds

# An operation is told as it was made, or as it was reissued under a later identity.
_TOLD_BY = "coalesce(reissues.device_id, operations.device_id)"
_TOLD_AS = "coalesce(reissues.device_sequence, operations.device_sequence)"
_SELECT = f"""SELECT operation_id, {_TOLD_BY}, {_TOLD_AS}, kind, record_id, dossier_id, base_version, fields,
    actor_id, at, schema FROM operations LEFT JOIN reissues USING (operation_id) """  # noqa: S608 - our own names
_UNSEALED = f"""JOIN outbox USING (operation_id)
    WHERE envelope_id IS NULL AND acknowledged_sequence IS NULL AND rejection_code IS NULL
        AND {_TOLD_BY} = (SELECT device_id FROM workstation)"""  # noqa: S608 - our own names
_IN_SEQUENCE = f" ORDER BY {_TOLD_BY}, {_TOLD_AS}"


@dataclass(frozen=True, slots=True)
class UnsentSummary:
    """What the status bar tells.

    Attributes:
        count: Operations that the gateway has not answered yet, sealed or not.
        oldest_at: When the oldest of them was made, in UTC; None when there is none.
        rejected: Operations that the gateway rejected and a person must look at.
    """

    count: int
    oldest_at: dt.datetime | None
    rejected: int


def next_device_sequence(connection: Connection) -> int:
    """Give the sequence of this device's next operation; to be used in the same transaction.

    Raises:
        KnownError: ``not-enrolled``, ``other-machine``, ``rolled-back``.
    """
    return last_sequence(connection, identity.enrolled(connection).device_id) + 1


def append(connection: Connection, operation: Operation) -> None:
    """Write an operation, in the transaction of the change that it states; its objects are recorded.

    Raises:
        KnownError: ``not-enrolled``, ``other-machine``, ``rolled-back``.
        BugError: When it is another device's, or its sequence is not the next one.
    """
    if operation.device_id != identity.enrolled(connection).device_id:
        raise BugError("an operation of another device")
    if operation.device_sequence != last_sequence(connection, operation.device_id) + 1:
        raise BugError("an operation out of sequence")
    record(connection, operation)


def record(connection: Connection, operation: Operation) -> None:
    """Write an operation of any device that this store was; its objects are recorded."""
    connection.execute(
        """INSERT INTO operations (operation_id, device_id, device_sequence, kind, record_id, dossier_id,
            base_version, fields, actor_id, at, schema) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            operation.operation_id,
            operation.device_id,
            operation.device_sequence,
            operation.kind,
            operation.record_id,
            operation.dossier_id,
            operation.base_version,
            canonical.encode(dict(operation.fields)).decode(),
            operation.actor_id,
            to_microseconds(operation.at),
            operation.schema,
        ),
    )
    connection.execute_many(
        "INSERT INTO operation_objects (operation_id, position, object_id) VALUES (?, ?, ?)",
        [(operation.operation_id, position, object_id) for position, object_id in enumerate(operation.object_ids)],
    )
    connection.execute("INSERT INTO outbox (operation_id) VALUES (?)", (operation.operation_id,))


def record_lost(connection: Connection, operation: Operation) -> None:
    """Write an operation of a device that this store was, which it knew no more after it was restored.

    Its place among the operations of its device may have been taken since; it gets one after the last, then.
    """
    taken = connection.row(
        "SELECT 1 FROM operations WHERE device_id = ? AND device_sequence = ?",
        (operation.device_id, operation.device_sequence),
    )
    if taken:
        free = last_sequence(connection, operation.device_id) + 1
        operation = dataclasses.replace(operation, device_sequence=free)
    record(connection, operation)


def knows(connection: Connection, operation_id: str) -> bool:
    """Tell whether an operation is of this store."""
    return connection.row("SELECT 1 FROM outbox WHERE operation_id = ?", (operation_id,)) is not None


def unsealed(connection: Connection, limit: int) -> list[Operation]:
    """Give the oldest operations that are in no envelope yet, in sequence; none while the store is not enrolled."""
    rows = connection.rows(_SELECT + _UNSEALED + _IN_SEQUENCE + " LIMIT ?", (limit,))
    return [_operation(connection, row) for row in rows]


def operations_of(connection: Connection, dossier_id: str) -> list[Operation]:
    """Give the operations about a dossier, in sequence."""
    rows = connection.rows(_SELECT + "WHERE dossier_id = ?" + _IN_SEQUENCE, (dossier_id,))
    return [_operation(connection, row) for row in rows]


def mark_sealed(connection: Connection, operation_ids: Sequence[str], envelope_id: str) -> None:
    """Note that operations lie in the spool.

    Raises:
        BugError: When one of them is not unsealed.
    """
    for operation_id in operation_ids:
        changed = connection.execute(
            "UPDATE outbox SET envelope_id = ? WHERE operation_id = ? AND envelope_id IS NULL",
            (envelope_id, operation_id),
        )
        if not changed:
            raise BugError("an operation sealed twice")


def take_back(connection: Connection, envelope_id: str) -> int:
    """Note that an envelope will not be delivered; its operations that have no answer are unsealed again.

    Returns:
        Their number.
    """
    return connection.execute(
        "UPDATE outbox SET envelope_id = NULL WHERE envelope_id = ? "
        "AND acknowledged_sequence IS NULL AND rejection_code IS NULL",
        (envelope_id,),
    )


def take_back_rejected(connection: Connection, code: str) -> int:
    """Note that a rejection with this code may have passed; its operations are unsealed again.

    Returns:
        Their number.
    """
    return connection.execute(
        "UPDATE outbox SET envelope_id = NULL, rejection_code = NULL WHERE rejection_code = ?", (code,)
    )


def unanswered_envelopes(connection: Connection) -> frozenset[str]:
    """Give the envelopes that hold an operation without an answer."""
    rows = connection.rows(
        """SELECT DISTINCT envelope_id FROM outbox
            WHERE acknowledged_sequence IS NULL AND rejection_code IS NULL AND envelope_id IS NOT NULL"""
    )
    return frozenset(envelope_id for (envelope_id,) in rows)


def mark_acknowledged(connection: Connection, operation_id: str, sequence: int) -> bool:
    """Note that the gateway has an operation; the first answer stands.

    Args:
        connection: Where to write.
        operation_id: The operation.
        sequence: Its position in the gateway's feed of the commune.

    Returns:
        Whether the operation is of this store; the feed also tells of other desks.
    """
    connection.execute(
        """UPDATE outbox SET acknowledged_sequence = ?
            WHERE operation_id = ? AND acknowledged_sequence IS NULL AND rejection_code IS NULL""",
        (sequence, operation_id),
    )
    return knows(connection, operation_id)


def mark_rejected(connection: Connection, operation_id: str, code: str) -> bool:
    """Note that the gateway refuses an operation; the first answer stands.

    Returns:
        Whether the operation is of this store.
    """
    connection.execute(
        """UPDATE outbox SET rejection_code = ?
            WHERE operation_id = ? AND acknowledged_sequence IS NULL AND rejection_code IS NULL""",
        (code, operation_id),
    )
    return knows(connection, operation_id)


def summary(connection: Connection) -> UnsentSummary:
    """Count what has not reached the gateway."""
    unanswered = connection.rows(
        """SELECT count(*), min(operations.at) FROM outbox JOIN operations USING (operation_id)
            WHERE acknowledged_sequence IS NULL AND rejection_code IS NULL"""
    )
    rejected = connection.rows("SELECT count(*) FROM outbox WHERE rejection_code IS NOT NULL")
    ((count, oldest_at),) = unanswered
    return UnsentSummary(count, None if oldest_at is None else from_microseconds(oldest_at), rejected[0][0])


def last_sequence(connection: Connection, device_id: str) -> int:
    """Give the sequence of the last operation that a device told, or is to tell again; 0 for none."""
    row = connection.row(
        """SELECT max(coalesce((SELECT max(device_sequence) FROM operations WHERE device_id = ?), 0),
            coalesce((SELECT max(device_sequence) FROM reissues WHERE device_id = ?), 0))""",
        (device_id, device_id),
    )
    return int(row[0]) if row else 0


def is_told_by(connection: Connection, operation_id: str, device_id: str) -> bool:
    """Tell whether this store tells an operation as this device."""
    row = connection.row(
        f"SELECT {_TOLD_BY} FROM operations LEFT JOIN reissues USING (operation_id) WHERE operation_id = ?",  # noqa: S608
        (operation_id,),
    )
    return row is not None and row[0] == device_id


def _operation(connection: Connection, row: Row) -> Operation:
    operation_id, device_id, sequence, kind, record_id, dossier_id, base_version, fields, actor_id, at, schema = row
    objects = connection.rows(
        "SELECT object_id FROM operation_objects WHERE operation_id = ? ORDER BY position", (operation_id,)
    )
    return Operation(
        operation_id=operation_id,
        device_id=device_id,
        device_sequence=sequence,
        kind=OperationKind(kind),
        record_id=record_id,
        dossier_id=dossier_id,
        base_version=base_version,
        fields=json.loads(fields),
        object_ids=tuple(object_id for (object_id,) in objects),
        actor_id=actor_id,
        at=from_microseconds(at),
        schema=schema,
    )
