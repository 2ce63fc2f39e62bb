# SPDX-License-Identifier: GPL-3.0-or-later
"""The versions of the catalogue that dossiers were received under."""

from __future__ import annotations

from casework.errors import KnownError
from casework.records.rules_in_force import CatalogueVersion
from localdb.connection import Connection, Row
from localdb.moments import from_microseconds, to_microseconds

_SELECT = "SELECT version, content_hash, procedure_count, installed_at FROM catalogue_versions "


def note_named(connection: Connection, version: str) -> None:
    """Note that a dossier names this version; nothing changes when it is known."""
    connection.execute(
        "INSERT INTO catalogue_versions VALUES (?, '', 0, NULL) ON CONFLICT (version) DO NOTHING", (version,)
    )


def install(connection: Connection, catalogue: CatalogueVersion) -> str | None:
    """Note that this workstation works by a version, with its content.

    Returns:
        None when that was noted before; else the hash of the content that was known under this name until now, empty
        when none was. Another hash under the same name is nothing that should be: it belongs into the trail.
    """
    row = connection.row("SELECT content_hash FROM catalogue_versions WHERE version = ?", (catalogue.version,))
    if row is not None and row[0] == catalogue.content_hash:
        return None
    installed_at = None if catalogue.installed_at is None else to_microseconds(catalogue.installed_at)
    connection.execute(
        """INSERT INTO catalogue_versions VALUES (?, ?, ?, ?) ON CONFLICT (version) DO UPDATE
            SET content_hash = excluded.content_hash, procedure_count = excluded.procedure_count,
                installed_at = excluded.installed_at""",
        (catalogue.version, catalogue.content_hash, catalogue.procedure_count, installed_at),
    )
    return "" if row is None else str(row[0])


def get(connection: Connection, version: str) -> CatalogueVersion:
    """Give a version.

    Raises:
        KnownError: ``no-such-record``.
    """
    row = connection.row(_SELECT + "WHERE version = ?", (version,))
    if row is None:
        raise KnownError("no-such-record", kind="catalogue-version", record_id=version)
    return _version(row)


def known(connection: Connection) -> list[CatalogueVersion]:
    """Give all versions, newest name first."""
    return [_version(row) for row in connection.rows(_SELECT + "ORDER BY version DESC")]


def _version(row: Row) -> CatalogueVersion:
    version, content_hash, procedure_count, installed_at = row
    return CatalogueVersion(
        version, content_hash, procedure_count, None if installed_at is None else from_microseconds(installed_at)
    )
