# SPDX-License-Identifier: GPL-3.0-or-later
"""Operations as JSON.

A reader passes over fields that it does not know. A kind or schema that it does not know is that operation's own
trouble: the rest of its envelope is read all the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from casework.errors import KnownError
from casework.records.operation import FieldValue, Operation, OperationKind
from sync_agent.wire.canonical_json import JsonObject, JsonValue
from sync_agent.wire.json_fields import JsonFields, moment_text

NEWEST_SCHEMA: Mapping[OperationKind, int] = MappingProxyType(dict.fromkeys(OperationKind, 1))
"""The newest version of each kind's fields that this release writes; it reads all from 1 on, for ever."""

MAX_FIELDS = 500
MAX_FIELD_CHARACTERS = 1_000_000
MAX_OBJECTS = 1_000


def encode(operation: Operation) -> JsonObject:
    """Give an operation as a JSON object."""
    return {
        "operation_id": operation.operation_id,
        "device_id": operation.device_id,
        "device_sequence": operation.device_sequence,
        "kind": operation.kind.value,
        "record_id": operation.record_id,
        "dossier_id": operation.dossier_id,
        "base_version": operation.base_version,
        "fields": dict(operation.fields),
        "object_ids": list(operation.object_ids),
        "actor_id": operation.actor_id,
        "at": moment_text(operation.at),
        "schema": operation.schema,
    }


def decode(document: JsonValue) -> Operation:
    """Read an operation.

    Raises:
        KnownError: ``operation-damaged``, or ``operation-newer`` for a kind or schema that only later releases know.
    """
    fields = JsonFields(document, "operation-damaged")
    schema = fields.integer("schema", minimum=1)
    try:
        kind = OperationKind(fields.text("kind"))
    except ValueError:
        raise KnownError("operation-newer", field="kind") from None
    if schema > NEWEST_SCHEMA[kind]:
        raise KnownError("operation-newer", field="schema")
    return Operation(
        operation_id=fields.identifier("operation_id"),
        device_id=fields.identifier("device_id"),
        device_sequence=fields.integer("device_sequence", minimum=1),
        kind=kind,
        record_id=fields.identifier("record_id"),
        dossier_id=fields.identifier("dossier_id"),
        base_version=fields.integer("base_version"),
        fields=_field_values(fields),
        object_ids=_object_ids(fields),
        actor_id=fields.identifier("actor_id"),
        at=fields.moment("at"),
        schema=schema,
    )


def _field_values(fields: JsonFields) -> Mapping[str, FieldValue]:
    document = fields.value("fields")
    if not isinstance(document, Mapping) or len(document) > MAX_FIELDS:
        raise fields.error("fields")
    values: dict[str, FieldValue] = {}
    for name, value in document.items():
        if not (value is None or isinstance(value, str | int | float)):
            raise fields.error("fields")
        if len(name) > MAX_FIELD_CHARACTERS or (isinstance(value, str) and len(value) > MAX_FIELD_CHARACTERS):
            raise fields.error("fields")
        values[name] = value
    return values


def _object_ids(fields: JsonFields) -> tuple[str, ...]:
    object_ids = []
    for value in fields.sequence("object_ids", max_length=MAX_OBJECTS):
        object_ids.append(JsonFields({"object_ids": value}, "operation-damaged").identifier("object_ids"))
    return tuple(object_ids)
