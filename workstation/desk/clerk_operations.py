# SPDX-License-Identifier: GPL-3.0-or-later
"""What the other desks of the centre must know of a desk's people: their names, roles, and that somebody has left.

No password, key or key slot ever travels.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from casework.records.operation import FieldValue, Operation, OperationKind
from casework.records.workplace import Clerk
from casework.rights import Right
from localdb import clerks, outbox, workplace
from localdb.connection import Connection
from workstation.desk.session import DeskSession


def tell_recorded(session: DeskSession, connection: Connection, clerk: Clerk, at: dt.datetime) -> None:
    """Write into the outbox who a clerk is, in the transaction in which she came or changed."""
    session.require(Right.MANAGE_CLERKS)
    _tell_recorded(connection, clerk, at, session.clerk.clerk_id, session.new_identifier)


def tell_revoked(session: DeskSession, connection: Connection, clerk: Clerk, at: dt.datetime) -> None:
    """Write into the outbox that a clerk has left, in the transaction of that."""
    session.require(Right.MANAGE_CLERKS)
    fields = {"revoked_at": at.isoformat()}
    _tell(connection, OperationKind.CLERK_REVOKED, clerk, fields, at, session.clerk.clerk_id, session.new_identifier)


def tell_untold(connection: Connection, at: dt.datetime, actor_id: str, new_identifier: Callable[[], str]) -> None:
    """Write into the outbox who works here and was never told of.

    That is who set the desk up, who was there before desks told each other, and who came by a recovery: none of them
    came by a use case that could tell.
    """
    for clerk in clerks.everybody(connection):
        if clerk.revoked_at is None and not outbox.operations_of(connection, clerk.clerk_id):
            _tell_recorded(connection, clerk, at, actor_id, new_identifier)


def _tell_recorded(
    connection: Connection, clerk: Clerk, at: dt.datetime, actor_id: str, new_identifier: Callable[[], str]
) -> None:
    fields = {"full_name": clerk.full_name, "roles": " ".join(sorted(clerk.roles))}
    _tell(connection, OperationKind.CLERK_RECORDED, clerk, fields, at, actor_id, new_identifier)


def _tell(
    connection: Connection,
    kind: OperationKind,
    clerk: Clerk,
    fields: Mapping[str, FieldValue],
    at: dt.datetime,
    actor_id: str,
    new_identifier: Callable[[], str],
) -> None:
    workstation = workplace.load(connection)
    outbox.append(
        connection,
        Operation(
            operation_id=new_identifier(),
            device_id=workstation.device_id,
            device_sequence=outbox.next_device_sequence(connection),
            kind=kind,
            record_id=clerk.clerk_id,
            dossier_id=clerk.clerk_id,
            # Each operation about a person is a version of her record.
            base_version=len(outbox.operations_of(connection, clerk.clerk_id)),
            fields={"commune": workstation.unit.commune_code, "login": clerk.login, **fields},
            object_ids=(),
            actor_id=actor_id,
            at=at,
        ),
    )
