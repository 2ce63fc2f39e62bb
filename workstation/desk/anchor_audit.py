# SPDX-License-Identifier: GPL-3.0-or-later
"""Anchor the audit trail once a day: its last entry, signed with the device key, goes out to the gateway.

Who cuts off the end of the trail afterwards, or writes it anew, can do so here, and not at the gateway.
"""

from __future__ import annotations

import datetime as dt
import os

from casework.errors import KnownError
from casework.identifiers import RandomBytes, new_identifier
from casework.records.operation import Operation, OperationKind
from casework.work_calendar import VIET_NAM
from localdb import audit_anchors, identity, outbox
from localdb.store import Store
from sync_agent import desk_keys
from sync_agent.data_folder import DataFolder
from sync_agent.wire import audit_anchor
from sync_agent.wire.sealed_key import Signer

_ACTOR = "desk"


class AnchorAudit:
    """A background job: the day's anchor, when the day has none yet."""

    name = "anchor-audit"
    rest_seconds = 600.0

    def __init__(self, store: Store, folder: DataFolder) -> None:
        """Prepare.

        Args:
            store: The open store.
            folder: Its data folder.
        """
        self._store = store
        self._folder = folder

    def run_slice(self, now: dt.datetime) -> bool:
        """See ``Job``."""
        if is_due(self._store, now):
            try:
                signer = desk_keys.load(self._store, self._folder).signer
            except KnownError as error:
                if error.code in {"not-enrolled", "other-machine", "rolled-back"}:
                    return False  # nobody's trail has to be anchored until it is somebody's again
                raise
            anchor_audit(self._store, signer, now)
        return False


def is_due(store: Store, now: dt.datetime) -> bool:
    """Tell whether the day has no anchor yet, and there is something to anchor."""
    with store.reading() as connection:
        is_done = audit_anchors.has_day(connection, now.astimezone(VIET_NAM).date())
        return not is_done and audit_anchors.last_entry(connection) is not None


def anchor_audit(store: Store, signer: Signer, now: dt.datetime, random_bytes: RandomBytes = os.urandom) -> bool:
    """Anchor the trail as it is now; the anchor and the operation that tells of it are one transaction.

    Args:
        store: The open store of an enrolled desk.
        signer: Its device key.
        now: Aware date and time.
        random_bytes: Source of the operation's identity.

    Returns:
        Whether there was something to anchor; a day is anchored once.

    Raises:
        KnownError: ``not-enrolled``, ``other-machine``, ``rolled-back``; ``disk-full``.
    """
    day = now.astimezone(VIET_NAM).date()
    with store.transaction() as connection:
        device_id = identity.enrolled(connection).device_id
        last = audit_anchors.last_entry(connection)
        if last is None or audit_anchors.has_day(connection, day):
            return False
        number, entry_hash = last
        anchor = audit_anchor.sign(
            signer, device_id=device_id, entry_number=number, entry_hash=entry_hash, day=day, made_at=now
        )
        audit_anchors.add(connection, anchor)
        record_id = new_identifier(now, random_bytes)
        operation = Operation(
            operation_id=new_identifier(now, random_bytes),
            device_id=device_id,
            device_sequence=outbox.next_device_sequence(connection),
            kind=OperationKind.AUDIT_ANCHORED,
            record_id=record_id,
            dossier_id=record_id,
            base_version=0,
            fields=audit_anchor.to_fields(anchor),
            object_ids=(),
            actor_id=_ACTOR,
            at=now,
        )
        outbox.append(connection, operation)
    return True
