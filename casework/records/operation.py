# SPDX-License-Identifier: GPL-3.0-or-later
"""An operation: the immutable statement of one change, written in the transaction of that change."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

FieldValue = str | int | float | bool | None


class OperationKind(enum.StrEnum):
    """What an operation says; the value is part of the wire contract."""

    DOSSIER_RECEIVED = "dossier.received"
    PERSON_RECORDED = "person.recorded"
    PAPER_ADDED = "paper.added"
    HISTORY_ADDED = "history.added"
    CLERK_RECORDED = "clerk.recorded"
    CLERK_REVOKED = "clerk.revoked"
    AUDIT_ANCHORED = "audit.anchored"


ABOUT_NO_DOSSIER: Final = frozenset(
    {OperationKind.CLERK_RECORDED, OperationKind.CLERK_REVOKED, OperationKind.AUDIT_ANCHORED}
)
"""Kinds that concern the centre and no dossier: the record is its own stream, and no portal is told."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One change to one record.

    Attributes:
        operation_id: UUIDv7; with the lineage of ``device_id`` the key of idempotency everywhere.
        device_id: The workstation that made it.
        device_sequence: Position among that device's operations, from 1, without gaps.
        kind: What it says.
        record_id: The record that changes.
        dossier_id: The dossier that the record belongs to; operations of one dossier keep their order. For a kind that
            is ``ABOUT_NO_DOSSIER`` the record itself, whose operations keep their order in the same way.
        base_version: Version of the record that the change was made on; 0 for a new record.
        fields: The changed fields by name, flat. Dates are ISO 8601 text.
        object_ids: Objects that must reach the gateway before the operation is complete.
        actor_id: ``clerk_id`` who did it.
        at: Aware date and time on the workstation's clock; for display, never for ordering between devices.
        schema: Version of ``fields`` for this kind; decoders of old versions are never dropped.
    """

    operation_id: str
    device_id: str
    device_sequence: int
    kind: OperationKind
    record_id: str
    dossier_id: str
    base_version: int
    fields: Mapping[str, FieldValue]
    object_ids: tuple[str, ...]
    actor_id: str
    at: dt.datetime
    schema: int = 1
