# SPDX-License-Identifier: GPL-3.0-or-later
"""Lost records made again from the operations that told the gateway of them, word for word.

The names of the fields are those of ``workstation/desk/reception_operations.py``, schema 1. What was never told (the
day a card was issued, what the portal answered) stays unknown.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

from casework.records.dossier import PortalState
from casework.records.operation import OperationKind
from casework.text import fold
from localdb.connection import Connection, SqlValue
from localdb.moments import to_microseconds

Told = Mapping[str, Any]
"""The fields of an operation, with ``record_id``, ``dossier_id``, ``actor_id`` and ``is_acknowledged`` beside them."""

_SCHEMA = 1


def retell(connection: Connection, tables: Collection[str]) -> list[tuple[str, str]]:
    """Write lost records again.

    Args:
        connection: The new database with what was saved; references are not checked meanwhile.
        tables: Tables that lost rows; in others nothing is written.

    Returns:
        Table and key of each record.
    """
    written = []
    for kind, (table, key, make) in _RECORDS.items():
        if table not in tables:
            continue
        rows = connection.rows(
            f"""SELECT record_id, dossier_id, actor_id, fields, acknowledged_sequence IS NOT NULL FROM operations
                LEFT JOIN outbox USING (operation_id)
                WHERE kind = ? AND schema = ? AND record_id NOT IN (SELECT {key} FROM {table})
                ORDER BY device_id, device_sequence""",  # noqa: S608 - names below
            (kind, _SCHEMA),
        )
        for record_id, dossier_id, actor_id, fields, is_acknowledged in rows:
            told = {
                **json.loads(fields),
                "record_id": record_id,
                "dossier_id": dossier_id,
                "actor_id": actor_id,
                "is_acknowledged": bool(is_acknowledged),
            }
            try:
                row = make(told)
            except (KeyError, TypeError, ValueError):
                continue
            names, marks = ", ".join(row), ", ".join("?" for _ in row)
            if connection.execute(
                f"INSERT INTO {table} ({names}) VALUES ({marks}) ON CONFLICT DO NOTHING",  # noqa: S608 - names below
                list(row.values()),
            ):
                written.append((table, record_id))
    return written


def _person(told: Told) -> dict[str, SqlValue]:
    return {
        "person_id": told["record_id"],
        "folded_name": fold(told["full_name"]),
        **{
            name: told[name]
            for name in (
                "full_name",
                "birth_date",
                "sex",
                "id_number",
                "former_id_number",
                "address",
                "unit_code",
                "phone",
            )
        },
    }


def _dossier(told: Told) -> dict[str, SqlValue]:
    return {
        "dossier_id": told["record_id"],
        "portal_code": "",
        "portal_state": (PortalState.AT_GATEWAY if told["is_acknowledged"] else PortalState.WAITING).value,
        "received_at": _moment(told["received_at"]),
        "due_at": _moment(told["due_at"]),
        "version": 1,
        **{
            name: told[name]
            for name in (
                "code",
                "procedure_code",
                "procedure_name",
                "catalogue_version",
                "state",
                "channel",
                "applicant_id",
                "submitter_id",
                "time_limit_text",
                "fee_amount",
                "sets",
                "received_by",
                "unit_code",
            )
        },
    }


def _paper(told: Told) -> dict[str, SqlValue]:
    return {
        "paper_id": told["record_id"],
        "dossier_id": told["dossier_id"],
        **{
            name: told[name]
            for name in (
                "position",
                "title",
                "paper_class",
                "confidence",
                "form",
                "page_count",
                "requirement_id",
                "object_id",
                "signature_level",
                "signature_digest",
                "signed_by",
            )
        },
    }


def _history_entry(told: Told) -> dict[str, SqlValue]:
    return {
        "entry_id": told["record_id"],
        "dossier_id": told["dossier_id"],
        "at": _moment(told["at"]),
        "actor_id": told["actor_id"],
        "action": told["action"],
        "note": told["note"],
    }


def _moment(text: str) -> int:
    return to_microseconds(dt.datetime.fromisoformat(text))


_RECORDS: Final[Mapping[OperationKind, tuple[str, str, Callable[[Told], dict[str, SqlValue]]]]] = {
    OperationKind.PERSON_RECORDED: ("persons", "person_id", _person),
    OperationKind.DOSSIER_RECEIVED: ("dossiers", "dossier_id", _dossier),
    OperationKind.PAPER_ADDED: ("papers", "paper_id", _paper),
    OperationKind.HISTORY_ADDED: ("history", "entry_id", _history_entry),
}
