# SPDX-License-Identifier: GPL-3.0-or-later
"""Numbered, forward-only steps of the schema; each is one transaction, so that a failed one leaves what was there."""

from __future__ import annotations

import importlib.resources
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from casework.errors import BugError, KnownError
from localdb.connection import Connection


@dataclass(frozen=True, slots=True)
class Migration:
    """One step.

    Attributes:
        number: The version of the schema that it leads to, from 1 without gaps.
        sql: Statements without transaction control.
    """

    number: int
    sql: str


def shipped() -> tuple[Migration, ...]:
    """Give the steps of this program, in order."""
    files = [file for file in importlib.resources.files("localdb").joinpath("schema").iterdir()]
    scripts = sorted((file.name, file.read_text("utf-8")) for file in files if file.name.endswith(".sql"))
    return tuple(Migration(int(name.removesuffix(".sql")), sql) for name, sql in scripts)


def version(connection: Connection) -> int:
    """Give the version of the schema in the database; 0 for a new database."""
    row = connection.row("PRAGMA user_version")
    return int(row[0]) if row else 0


def bring_up_to_date(
    connection: Connection, migrations: Sequence[Migration], before_each: Callable[[int], None] = lambda _: None
) -> None:
    """Take the steps that the database has not taken yet.

    Args:
        connection: A writing connection without a transaction.
        migrations: All steps, in order.
        before_each: Called with the number of each step, while nobody else can write and nothing is changed yet; what
            it raises leaves the database as it is.

    Raises:
        KnownError: ``database-newer`` when a newer program made the database; ``disk-full`` and the like.
        BugError: When a step does not fit; the database is as it was before that step.
    """
    newest = migrations[-1].number
    found = version(connection)
    if found > newest:
        raise KnownError("database-newer", found=str(found), known=str(newest))
    for migration in migrations[found:]:
        _take(connection, migration, before_each)


def _take(connection: Connection, migration: Migration, before_each: Callable[[int], None]) -> None:
    # A step may have to rebuild a table that others refer to; the references are checked before it is kept.
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        with connection.transaction(writing=True):
            # Another program may have been faster.
            if version(connection) >= migration.number:
                return
            before_each(migration.number)
            connection.execute_script(migration.sql)
            if connection.rows("PRAGMA foreign_key_check"):
                raise BugError(f"step {migration.number} of the schema leaves a reference to nothing")
            connection.execute(f"PRAGMA user_version = {migration.number}")
    finally:
        connection.execute("PRAGMA foreign_keys = ON")
