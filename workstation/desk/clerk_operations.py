# SPDX-License-Identifier: GPL-3.0-or-later
"""What the other desks of the centre must know of a desk's people: their names, roles, and that somebody has left.

No password, key or key slot ever travels.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from casework.records.operation import FieldValue, Operation, OperationKind
from casework.records.workplace import Clerk
from casework.rights import Right
from localdb import outbox
from localdb.connection import Connection
from workstation.desk.session import DeskSession


def tell_recorded(session: DeskSession, connection: Connection, clerk: Clerk, at: dt.datetime) -> None:
    """Write into the outbox who a clerk is, in the transaction in which she came or changed."""
    session.require(Right.MANAGE_CLERKS)
    fields = {"full_name": clerk.full_name, "roles": " ".join(sorted(clerk.roles))}
    _tell(session, connection, OperationKind.CLERK_RECORDED, clerk, fields, at)


def tell_revoked(session: DeskSession, connection: Connection, clerk: Clerk, at: dt.datetime) -> None:
    """Write into the outbox that a clerk has left, in the transaction of that."""
    session.require(Right.MANAGE_CLERKS)
    _tell(session, connection, OperationKind.CLERK_REVOKED, clerk, {"revoked_at": at.isoformat()}, at)


def _tell(
    session: DeskSession,
    connection: Connection,
    kind: OperationKind,
    clerk: Clerk,
    fields: Mapping[str, FieldValue],
    at: dt.datetime,
) -> None:
    outbox.append(
        connection,
        Operation(
            operation_id=session.new_identifier(),
            device_id=session.workstation.device_id,
            device_sequence=outbox.next_device_sequence(connection),
            kind=kind,
            record_id=clerk.clerk_id,
            dossier_id=clerk.clerk_id,
            # Each operation about a person is a version of her record.
            base_version=len(outbox.operations_of(connection, clerk.clerk_id)),
            fields={"commune": session.workstation.unit.commune_code, "login": clerk.login, **fields},
            object_ids=(),
            actor_id=session.clerk.clerk_id,
            at=at,
        ),
    )
