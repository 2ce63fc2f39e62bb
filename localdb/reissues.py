# SPDX-License-Identifier: GPL-3.0-or-later
"""Operations that are told again, because the store got a new identity before they were answered.

An operation keeps its name and its row; beside it stands which device tells it now, and as which of its operations.
The gateway knows by the name what came through under the identity before.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from localdb import outbox
from localdb.connection import Connection
from localdb.moments import to_microseconds

_UNFINISHED = """
    (outbox.acknowledged_sequence IS NULL AND outbox.rejection_code IS NULL
        OR outbox.acknowledged_sequence IS NOT NULL AND EXISTS (
            SELECT 1 FROM operation_objects JOIN objects USING (object_id)
            WHERE operation_objects.operation_id = operations.operation_id AND objects.confirmed_at IS NULL))"""


_OF_OTHERS = """SELECT operations.operation_id FROM operations JOIN outbox USING (operation_id)
    LEFT JOIN reissues USING (operation_id)
    LEFT JOIN former_devices ON former_devices.device_id = coalesce(reissues.device_id, operations.device_id)
    WHERE coalesce(reissues.device_id, operations.device_id) <> ?"""
_IN_ORDER = """ORDER BY former_devices.position, coalesce(reissues.device_sequence, operations.device_sequence)
    LIMIT ?"""


def reissue_some(connection: Connection, device_id: str, limit: int) -> int:
    """Let a new device tell the next operations that have no answer, or whose objects may not have arrived.

    To be called until nothing is left, while the store is not enrolled; calling it again after a crash goes on where it
    stopped, also with another device.

    Args:
        connection: Where to write.
        device_id: Of the new enrolment.
        limit: At most so many at once.

    Returns:
        How many there were; 0 when all are done.
    """
    # What was given to a device that this store never became is as if it had not been given.
    connection.execute(
        """DELETE FROM reissues WHERE device_id <> ? AND device_id NOT IN (SELECT device_id FROM former_devices)""",
        (device_id,),
    )
    rows = connection.rows(
        f"{_OF_OTHERS} AND {_UNFINISHED} {_IN_ORDER}",
        (device_id, limit),
    )
    return _give(connection, device_id, [operation_id for (operation_id,) in rows])


def offer_some_again(connection: Connection, device_id: str, since: dt.datetime, limit: int) -> int:
    """Let this device tell the next operations that the gateway had acknowledged to a former one, and may have lost.

    To be called until nothing is left, when the gateway was restored from a backup: the envelopes of this device are
    offered again by the courier, and those of a former one are gone.

    Args:
        connection: Where to write.
        device_id: Whom the store is.
        since: Operations before this moment are in any backup.
        limit: At most so many at once.

    Returns:
        How many there were; 0 when all are done.
    """
    rows = connection.rows(
        f"{_OF_OTHERS} AND outbox.acknowledged_sequence IS NOT NULL AND operations.at >= ? {_IN_ORDER}",
        (device_id, to_microseconds(since), limit),
    )
    return _give(connection, device_id, [operation_id for (operation_id,) in rows])


def _give(connection: Connection, device_id: str, operation_ids: Sequence[str]) -> int:
    sequence = outbox.last_sequence(connection, device_id)
    for operation_id in operation_ids:
        sequence += 1
        connection.execute(
            """INSERT INTO reissues (operation_id, device_id, device_sequence) VALUES (?, ?, ?)
                ON CONFLICT (operation_id) DO UPDATE SET device_id = excluded.device_id,
                device_sequence = excluded.device_sequence""",
            (operation_id, device_id, sequence),
        )
        connection.execute(
            "UPDATE outbox SET envelope_id = NULL, acknowledged_sequence = NULL WHERE operation_id = ?",
            (operation_id,),
        )
    return len(operation_ids)
