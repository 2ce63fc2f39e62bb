# SPDX-License-Identifier: GPL-3.0-or-later
"""Who this store is at the gateway, and when it is so no longer.

A store that was restored, copied or turned back shares its device and its numbers with something that went on without
it. It is retired before anything else is written: then it is not enrolled, and nothing is told under the old name any
more, until IT's new enrolment gives it a device and a number slot of its own. Whom it was before stays known, because
what it said then is its own.
"""

from __future__ import annotations

import datetime as dt
import enum
import hmac
import os
from dataclasses import dataclass

from casework.errors import KnownError
from casework.records.workplace import Workstation
from localdb import audit, audit_check, machine, secrets, workplace
from localdb.connection import Connection
from localdb.moments import from_microseconds, to_microseconds

_ACTOR = "desk"
_MACHINE_KEY = "machine-key"
_MACHINE_KEY_LENGTH = 32


class Reason(enum.StrEnum):
    """Why a store lost its identity."""

    RESTORED = "restored"
    ENROLLED_ANEW = "enrolled-anew"
    OTHER_MACHINE = "other-machine"
    ROLLED_BACK = "rolled-back"


@dataclass(frozen=True, slots=True)
class FormerDevice:
    """Whom a store was.

    Attributes:
        device_id: UUID given at that enrolment.
        slot: Its share of the day's dossier numbers, 0 to 15.
        retired_at: When it ended.
        reason: Why.
    """

    device_id: str
    slot: int
    retired_at: dt.datetime
    reason: Reason


def begin(connection: Connection, at: dt.datetime) -> None:
    """Note when the store became who it is; in the transaction of the enrolment."""
    connection.execute("UPDATE workstation SET enrolled_at = ?", (to_microseconds(at),))
    device_id = workplace.load(connection).device_id
    audit.append(connection, at=at, actor_id=_ACTOR, action="identity.begun", subject_id=device_id)


def retire(connection: Connection, at: dt.datetime, reason: Reason = Reason.RESTORED) -> FormerDevice | None:
    """End the store's identity; from then on it is not enrolled.

    Args:
        connection: Where to write; in the transaction of what else is done about it.
        at: Aware date and time.
        reason: Why; tells the clerk what happened.

    Returns:
        Whom it was; None when it is not enrolled, which changes nothing.
    """
    row = connection.row("SELECT device_id, slot FROM workstation")
    if row is None:
        return None
    device_id, slot = row
    connection.execute(
        "INSERT INTO former_devices (device_id, slot, retired_at, reason) VALUES (?, ?, ?, ?)",
        (device_id, slot, to_microseconds(at), reason.value),
    )
    connection.execute("DELETE FROM workstation")
    audit.append(connection, at=at, actor_id=_ACTOR, action=audit_check.RETIRED, subject_id=device_id)
    return FormerDevice(device_id, slot, at, reason)


def former_devices(connection: Connection) -> list[FormerDevice]:
    """Give whom the store was, the last one last."""
    rows = connection.rows("SELECT device_id, slot, retired_at, reason FROM former_devices ORDER BY position")
    return [
        FormerDevice(device_id, slot, from_microseconds(retired_at), Reason(reason))
        for device_id, slot, retired_at, reason in rows
    ]


def is_own(connection: Connection, device_id: str) -> bool:
    """Tell whether a device is this store, or was."""
    row = connection.row(
        "SELECT 1 FROM workstation WHERE device_id = ? UNION ALL SELECT 1 FROM former_devices WHERE device_id = ?",
        (device_id, device_id),
    )
    return row is not None


def enrolled(connection: Connection) -> Workstation:
    """Give the enrolment.

    Raises:
        KnownError: ``not-enrolled`` when the store was never enrolled or was restored, ``other-machine`` when it is a
            copy on another computer, ``rolled-back`` when the gateway knew more of it than it does itself. Each asks
            for a new enrolment.
    """
    try:
        return workplace.load(connection)
    except KnownError as error:
        if error.code != "not-enrolled":
            raise
        past = former_devices(connection)
        if not past:
            raise
        device_id = past[-1].device_id
        match past[-1].reason:
            case Reason.RESTORED | Reason.ENROLLED_ANEW:
                raise KnownError("not-enrolled", device=device_id) from None
            case Reason.OTHER_MACHINE:
                raise KnownError("other-machine", device=device_id) from None
            case Reason.ROLLED_BACK:
                raise KnownError("rolled-back", device=device_id) from None


def check_machine(connection: Connection, this_machine: bytes | None, at: dt.datetime) -> bool:
    """See that an enrolled store is on the computer that it was enrolled on; at every start, before anything else.

    At the first start, and where the computer had no identity before, it is written down. A copy is retired; commit
    that, then ``enrolled`` says so.

    Args:
        connection: Where to write.
        this_machine: From ``machine.this_machine``; None proves nothing either way.
        at: Aware date and time.

    Returns:
        False when this is another machine.
    """
    row = connection.row("SELECT machine FROM workstation")
    if row is None or this_machine is None:
        return True
    here = machine.fingerprint(_machine_key(connection), this_machine)
    if row[0] is None:
        connection.execute("UPDATE workstation SET machine = ?", (here,))
        return True
    if hmac.compare_digest(row[0], here):
        return True
    retire(connection, at, Reason.OTHER_MACHINE)
    return False


def _machine_key(connection: Connection) -> bytes:
    key = secrets.find(connection, _MACHINE_KEY)
    if key is None:
        key = os.urandom(_MACHINE_KEY_LENGTH)
        secrets.put(connection, _MACHINE_KEY, key)
    return key
