# SPDX-License-Identifier: GPL-3.0-or-later
"""Received dossiers, and the list of them that the desk shows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from casework.errors import KnownError
from casework.records.dossier import Dossier, DossierState, PortalState
from casework.records.procedure import Channel
from localdb import catalogue_versions
from localdb.connection import Connection, Row, SqlValue
from localdb.moments import from_microseconds, to_microseconds

_SELECT = """SELECT dossiers.dossier_id, code, portal_code, procedure_code, procedure_name, catalogue_version, state,
        portal_state, channel, applicant_id, submitter_id, received_at, due_at, time_limit_text, fee_amount, sets,
        received_by, dossiers.unit_code, version, retention_basis, retain_until, persons.full_name,
        (SELECT count(*) FROM papers WHERE papers.dossier_id = dossiers.dossier_id),
        (SELECT count(*) FROM pages WHERE pages.dossier_id = dossiers.dossier_id)
    FROM dossiers JOIN persons ON persons.person_id = dossiers.applicant_id """


@dataclass(frozen=True, slots=True)
class DossierRow:
    """A dossier as a list shows it.

    Attributes:
        dossier: The dossier.
        applicant_name: Full name of its applicant.
        paper_count: Number of its papers.
        page_count: Number of its scanned pages, blank ones included.
    """

    dossier: Dossier
    applicant_name: str
    paper_count: int
    page_count: int


def add(connection: Connection, dossier: Dossier) -> None:
    """Write a received dossier; its persons are there already."""
    connection.execute("INSERT INTO dossier_identities VALUES (?) ON CONFLICT DO NOTHING", (dossier.dossier_id,))
    catalogue_versions.note_named(connection, dossier.catalogue_version)
    connection.execute(
        """INSERT INTO dossiers (dossier_id, code, portal_code, procedure_code, procedure_name, catalogue_version,
            state, portal_state, channel, applicant_id, submitter_id, received_at, due_at, time_limit_text, fee_amount,
            sets, received_by, unit_code, version, retention_basis, retain_until)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        _values(dossier),
    )


def get(connection: Connection, dossier_id: str) -> Dossier:
    """Give a dossier.

    Raises:
        KnownError: ``no-such-record``.
    """
    row = find_row(connection, dossier_id)
    if row is None:
        raise KnownError("no-such-record", kind="dossier", record_id=dossier_id)
    return row.dossier


def find_row(connection: Connection, dossier_id: str) -> DossierRow | None:
    """Give a dossier as the list shows it, or None when it is not here."""
    row = connection.row(_SELECT + "WHERE dossiers.dossier_id = ?", (dossier_id,))
    return None if row is None else _dossier_row(row)


def with_code(connection: Connection, code: str) -> Dossier | None:
    """Give the dossier that bears a code, or None."""
    row = connection.row(_SELECT + "WHERE dossiers.code = ?", (code,))
    return None if row is None else _dossier_row(row).dossier


def newest(connection: Connection, limit: int) -> list[DossierRow]:
    """Give the dossiers received last, newest first."""
    rows = connection.rows(f"{_SELECT} ORDER BY dossiers.received_at DESC, dossiers.dossier_id DESC LIMIT ?", (limit,))
    return [_dossier_row(row) for row in rows]


def recent_procedures(connection: Connection, limit: int) -> list[str]:
    """Give the codes of the procedures received last, newest first, each once.

    Args:
        connection: Where to read.
        limit: At most so many dossiers are looked at.
    """
    rows = connection.rows("SELECT procedure_code FROM dossiers ORDER BY received_at DESC LIMIT ?", (limit,))
    return list(dict.fromkeys(code for (code,) in rows))


def past_retention(connection: Connection, day: dt.date, limit: int) -> list[DossierRow]:
    """Give dossiers that the law does not want kept on a day any more, the longest past first.

    Args:
        connection: Where to read.
        day: That day.
        limit: At most so many.
    """
    rows = connection.rows(
        _SELECT + "WHERE retain_until < ? ORDER BY retain_until, dossiers.dossier_id LIMIT ?", (day.isoformat(), limit)
    )
    return [_dossier_row(row) for row in rows]


def set_portal_state(
    connection: Connection, dossier_id: str, portal_state: PortalState, portal_code: str | None = None
) -> bool:
    """Write what is known of a dossier's way to the portal; this is no change of the dossier, its version stays.

    Args:
        connection: Where to write.
        dossier_id: The dossier.
        portal_state: The new state.
        portal_code: The portal's code, or None to leave what is there.

    Returns:
        Whether the dossier is here.
    """
    changed = connection.execute(
        "UPDATE dossiers SET portal_state = ?, portal_code = coalesce(?, portal_code) WHERE dossier_id = ?",
        (portal_state, portal_code, dossier_id),
    )
    return changed == 1


def _values(dossier: Dossier) -> tuple[SqlValue, ...]:
    return (
        dossier.dossier_id,
        dossier.code,
        dossier.portal_code,
        dossier.procedure_code,
        dossier.procedure_name,
        dossier.catalogue_version,
        dossier.state,
        dossier.portal_state,
        dossier.channel,
        dossier.applicant_id,
        dossier.submitter_id,
        to_microseconds(dossier.received_at),
        to_microseconds(dossier.due_at),
        dossier.time_limit_text,
        dossier.fee_amount,
        dossier.sets,
        dossier.received_by,
        dossier.unit_code,
        dossier.version,
        dossier.retention_basis,
        None if dossier.retain_until is None else dossier.retain_until.isoformat(),
    )


def _dossier_row(row: Row) -> DossierRow:
    dossier = Dossier(
        dossier_id=row[0],
        code=row[1],
        portal_code=row[2],
        procedure_code=row[3],
        procedure_name=row[4],
        catalogue_version=row[5],
        state=DossierState(row[6]),
        portal_state=PortalState(row[7]),
        channel=Channel(row[8]),
        applicant_id=row[9],
        submitter_id=row[10],
        received_at=from_microseconds(row[11]),
        due_at=from_microseconds(row[12]),
        time_limit_text=row[13],
        fee_amount=row[14],
        sets=row[15],
        received_by=row[16],
        unit_code=row[17],
        version=row[18],
        retention_basis=row[19],
        retain_until=None if row[20] is None else dt.date.fromisoformat(row[20]),
    )
    return DossierRow(dossier, applicant_name=row[21], paper_count=row[22], page_count=row[23])
