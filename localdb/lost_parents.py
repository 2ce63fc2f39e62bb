# SPDX-License-Identifier: GPL-3.0-or-later
"""What becomes of rows whose parent was lost: the parent is made again where it can be, else a marked stand-in is put.

A clerk must find what was saved: papers of a lost dossier hang on a stand-in that she sees in her list, marked as such,
rather than on nothing. Only what means nothing without its parent goes, and is named.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass

from casework.records.dossier import DossierState, PortalState
from casework.records.procedure import Channel
from casework.text import fold
from localdb.connection import Connection, SqlValue
from localdb.moments import to_microseconds
from localdb.retold_records import retell

LOST = "(dữ liệu bị mất)"
"""Stands where a name was lost; the clerk reads it."""

LOST_MEDIA_TYPE = "application/x-lost"
"""Media type of an object whose key was lost; its file can never be opened again."""

_OF_DOSSIER = ("drafts", "dossiers", "papers", "pages", "history", "queue_tickets")


@dataclass(frozen=True, slots=True)
class MendedRow:
    """A row that was put, changed or left out because another was lost.

    Attributes:
        table: Its table.
        key: Its primary key.
    """

    table: str
    key: tuple[SqlValue, ...]


@dataclass(frozen=True, slots=True)
class Mending:
    """What was done about lost parents.

    Attributes:
        retold: Rows that were made again from the operations that told of them; only what was not told is missing.
        rebuilt: Rows that were made again as they were, or as good: nothing of them is missing.
        stand_ins: Rows that only mark the place of a lost one.
        loosened: Rows whose reference to a lost one was taken away; all else of them is there.
        dropped: Rows that mean nothing without the lost one.
    """

    retold: tuple[MendedRow, ...]
    rebuilt: tuple[MendedRow, ...]
    stand_ins: tuple[MendedRow, ...]
    loosened: tuple[MendedRow, ...]
    dropped: tuple[MendedRow, ...]


def mend(connection: Connection, now: dt.datetime, torn_tables: Collection[str]) -> Mending:
    """Make every reference of a salvaged database refer to something; foreign keys are off meanwhile.

    Args:
        connection: The new database with what was salvaged, of any version of the schema.
        now: Marks stand-ins that have no time of their own.
        torn_tables: Tables that lost rows.
    """
    return _Mender(connection, now).mend(torn_tables)


class _Mender:
    def __init__(self, connection: Connection, now: dt.datetime) -> None:
        self._connection = connection
        self._now = to_microseconds(now)
        tables = connection.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")
        self._tables = {name for (name,) in tables}
        self._rebuilt: list[MendedRow] = []
        self._stand_ins: list[MendedRow] = []
        self._loosened: list[MendedRow] = []
        self._dropped: list[MendedRow] = []

    def mend(self, torn_tables: Collection[str]) -> Mending:
        retold = tuple(MendedRow(table, (key,)) for table, key in retell(self._connection, torn_tables))
        self._rebuild_identities()
        self._put_drafts()
        self._put_dossiers()
        self._put("persons", self._missing("persons"), self._person)
        self._put("clerks", self._missing("clerks"), self._clerk)
        self._put("objects", self._missing("objects"), self._object)
        self._rebuild_versions()
        self._rebuild_outbox()
        self._loosen("pages", "page_id", "paper_id", "papers")
        while self._drop():
            pass
        return Mending(
            retold, tuple(self._rebuilt), tuple(self._stand_ins), tuple(self._loosened), tuple(self._dropped)
        )

    def _references(self, table: str) -> list[tuple[str, str, str]]:
        """Give column, parent and the parent's column of each reference of a table."""
        return [
            (column, parent, to or self._key(parent)[0])
            for _, _, parent, column, to, *_ in self._connection.rows(f'PRAGMA foreign_key_list("{table}")')
        ]

    def _key(self, table: str) -> list[str]:
        rows = self._connection.rows(f'PRAGMA table_info("{table}")')
        return [name for _, name in sorted((row[5], row[1]) for row in rows if row[5])]

    def _missing(self, parent: str, child: str | None = None) -> list[str]:
        """Give the keys of lost rows that others refer to."""
        found: set[str] = set()
        for table in self._tables if child is None else {child}:
            for column, referred, to in self._references(table):
                if referred == parent:
                    rows = self._connection.rows(
                        f'SELECT DISTINCT "{column}" FROM "{table}" WHERE "{column}" IS NOT NULL '  # noqa: S608 - names of
                        f'AND "{column}" NOT IN (SELECT "{to}" FROM "{parent}")'  # the schema
                    )
                    found.update(key for (key,) in rows)
        return sorted(found)

    def _insert(self, table: str, row: dict[str, SqlValue]) -> None:
        names = ", ".join(row)
        marks = ", ".join("?" for _ in row)
        self._connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(row.values()))  # noqa: S608

    def _put(self, table: str, keys: list[str], make: Callable[[str], dict[str, SqlValue]]) -> None:
        for key in keys:
            self._insert(table, make(key))
            self._stand_ins.append(MendedRow(table, (key,)))

    def _rebuild_identities(self) -> None:
        for dossier_id in self._missing("dossier_identities"):
            self._insert("dossier_identities", {"dossier_id": dossier_id})
            self._rebuilt.append(MendedRow("dossier_identities", (dossier_id,)))
        for dossier_id in self._missing("drafts") + self._missing("dossiers"):
            self._connection.execute("INSERT INTO dossier_identities VALUES (?) ON CONFLICT DO NOTHING", (dossier_id,))

    def _rebuild_versions(self) -> None:
        for version in self._missing("catalogue_versions"):
            self._insert("catalogue_versions", {"version": version, "content_hash": "", "procedure_count": 0})
            self._rebuilt.append(MendedRow("catalogue_versions", (version,)))

    def _rebuild_outbox(self) -> None:
        """An operation without its row in the outbox is told again; the gateway knows what it has."""
        rows = self._connection.rows(
            "SELECT operation_id FROM operations WHERE operation_id NOT IN (SELECT operation_id FROM outbox)"
        )
        for (operation_id,) in rows:
            self._insert("outbox", {"operation_id": operation_id})
            self._rebuilt.append(MendedRow("outbox", (operation_id,)))

    def _homeless(self, *, was_received: bool) -> list[str]:
        """Give the identities of dossiers, or of drafts, of which there are papers or the like but not themselves."""
        received = (
            "SELECT dossier_id FROM history UNION SELECT dossier_id FROM operations "
            "UNION SELECT dossier_id FROM drafts WHERE outcome = 'received'"
        )
        rows = self._connection.rows(
            f"SELECT dossier_id FROM (SELECT dossier_id FROM papers UNION SELECT dossier_id FROM pages "  # noqa: S608 - fixed
            f"UNION {received}) WHERE dossier_id IN (SELECT dossier_id FROM dossier_identities) "
            "AND dossier_id NOT IN (SELECT dossier_id FROM dossiers) "
            "AND dossier_id NOT IN (SELECT dossier_id FROM drafts WHERE outcome IS NOT 'received') "
            f"AND (dossier_id IN ({received})) = ?",
            (was_received,),
        )
        return [dossier_id for (dossier_id,) in rows]

    def _put_drafts(self) -> None:
        keys = sorted({*self._missing("drafts"), *self._homeless(was_received=False)})
        if keys:
            clerk = self._connection.row("SELECT clerk_id FROM clerks ORDER BY clerk_id LIMIT 1")
            clerk_id = clerk[0] if clerk else LOST
            self._put(
                "drafts",
                keys,
                lambda key: {
                    "dossier_id": key,
                    "clerk_id": clerk_id,
                    "started_at": self._moment_in(key),
                    "changed_at": self._now,
                },
            )

    def _put_dossiers(self) -> None:
        missing = self._missing("dossiers")
        self._put("dossiers", sorted({*missing, *self._homeless(was_received=True)}), self._dossier)

    def _dossier(self, dossier_id: str) -> dict[str, SqlValue]:
        received_at = self._moment_in(dossier_id)
        return {
            "dossier_id": dossier_id,
            "code": f"?{dossier_id}",
            "portal_code": "",
            "procedure_code": "",
            "procedure_name": LOST,
            "catalogue_version": "",
            "state": int(DossierState.RECEIVED),
            "portal_state": PortalState.WAITING.value,
            "channel": Channel.COUNTER.value,
            "applicant_id": dossier_id,
            "submitter_id": dossier_id,
            "received_at": received_at,
            "due_at": received_at,
            "time_limit_text": "",
            "sets": 1,
            "received_by": "",
            "unit_code": "",
            "version": 1,
        }

    def _person(self, person_id: str) -> dict[str, SqlValue]:
        return {
            "person_id": person_id,
            "full_name": LOST,
            "folded_name": fold(LOST),
            "address": "",
            "phone": "",
        }

    def _clerk(self, clerk_id: str) -> dict[str, SqlValue]:
        row: dict[str, SqlValue] = {"clerk_id": clerk_id, "login": f"?{clerk_id}", "full_name": LOST}
        if any(column[1] == "revoked_at" for column in self._connection.rows("PRAGMA table_info(clerks)")):
            row["revoked_at"] = self._now
        return row

    def _object(self, object_id: str) -> dict[str, SqlValue]:
        return {
            "object_id": object_id,
            "transport_id": "0" * 64,
            "file_key": bytes(32),
            "plaintext_size": 0,
            "sealed_size": 0,
            "media_type": LOST_MEDIA_TYPE,
        }

    def _moment_in(self, identifier: str) -> int:
        """Give the moment at which a UUIDv7 was made, or now for another name."""
        digits = identifier.replace("-", "")
        try:
            return min(int(digits[:12], 16) * 1000, self._now) if digits[12] == "7" else self._now
        except (ValueError, IndexError):
            return self._now

    def _loosen(self, table: str, key: str, column: str, parent: str) -> None:
        for lost in self._missing(parent, table):
            rows = self._connection.rows(f"SELECT {key} FROM {table} WHERE {column} = ?", (lost,))  # noqa: S608 - ours
            self._connection.execute(f"UPDATE {table} SET {column} = NULL WHERE {column} = ?", (lost,))  # noqa: S608
            self._loosened.extend(MendedRow(table, row) for row in rows)

    def _drop(self) -> bool:
        """Take out what still refers to nothing; tell whether there was something, which others may refer to."""
        before = len(self._dropped)
        for table in sorted(self._tables):
            key = ", ".join(f'"{name}"' for name in self._key(table))
            for column, parent, to in self._references(table):
                condition = f'"{column}" IS NOT NULL AND "{column}" NOT IN (SELECT "{to}" FROM "{parent}")'  # noqa: S608
                rows = self._connection.rows(f'SELECT {key} FROM "{table}" WHERE {condition}')  # noqa: S608 - schema
                if rows:
                    self._connection.execute(f'DELETE FROM "{table}" WHERE {condition}')  # noqa: S608 - schema
                    self._dropped.extend(MendedRow(table, row) for row in rows)
        return len(self._dropped) > before
