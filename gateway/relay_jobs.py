# SPDX-License-Identifier: GPL-3.0-or-later
"""The list of dossiers that the portal has still to be told of: one row a dossier, whatever happens to it.

A change while a dossier is on its way raises ``wanted``; the job is done only when what was sent is what is wanted.
Because the portal takes the same dossier twice without harm, a job may be repeated at any point.
"""

from __future__ import annotations

from dataclasses import dataclass

from casework.records.dossier import PortalState
from gateway.storage import Transaction, number, text


@dataclass(frozen=True, slots=True)
class RelayJob:
    """A dossier to be handed to the portal.

    Attributes:
        lineage: The first workstation of the lineage that received it.
        dossier_id: The dossier, as that lineage names it.
        commune: 5-digit code of its commune.
        unit_code: Code of the unit that received it.
        update: Whether the portal has accepted it before.
        wanted: Grows with every change that the portal must hear of.
        tries: Failed attempts since the last change or success.
        portal_state: What the desks were told last.
        portal_code: Code given by the portal, or empty.
    """

    lineage: str
    dossier_id: str
    commune: str
    unit_code: str
    update: bool
    wanted: int
    tries: int
    portal_state: PortalState
    portal_code: str


def want_relay(transaction: Transaction, lineage: str, dossier_id: str) -> None:
    """Note that the portal must hear of a dossier, or hear of it again; due at once."""
    transaction.execute(
        "INSERT INTO relay_jobs (lineage, dossier_id, kind, state, wanted, tries, next_at_ms, last_error,"
        " portal_state, portal_code) VALUES (?, ?, 'submit', 'waiting', 1, 0, 0, '', ?, '')"
        " ON CONFLICT (lineage, dossier_id) DO UPDATE SET state = 'waiting', wanted = relay_jobs.wanted + 1,"
        " tries = 0, next_at_ms = 0",
        lineage,
        dossier_id,
        PortalState.AT_GATEWAY.value,
    )


def due_job(transaction: Transaction, now_ms: int, longest_wait_ms: int) -> RelayJob | None:
    """Give the job that is due the longest.

    A job that waits for a moment further away than the longest wait was written by a wrong clock, and is due too.
    """
    row = transaction.row(
        "SELECT j.lineage, j.dossier_id, d.commune, d.unit_code, j.kind, j.wanted, j.tries, j.portal_state,"
        " j.portal_code FROM relay_jobs j JOIN dossiers d ON d.lineage = j.lineage AND d.dossier_id = j.dossier_id"
        " WHERE j.state = 'waiting' AND (j.next_at_ms <= ? OR j.next_at_ms > ?) ORDER BY j.next_at_ms LIMIT 1",
        now_ms,
        now_ms + longest_wait_ms,
    )
    if row is None:
        return None
    return RelayJob(
        lineage=text(row[0]),
        dossier_id=text(row[1]),
        commune=text(row[2]),
        unit_code=text(row[3]),
        update=row[4] == "update",
        wanted=number(row[5]),
        tries=number(row[6]),
        portal_state=PortalState(text(row[7])),
        portal_code=text(row[8]),
    )


def next_due_ms(transaction: Transaction) -> int | None:
    """Give the moment of the next job, or None when none waits."""
    row = transaction.row("SELECT MIN(next_at_ms) FROM relay_jobs WHERE state = 'waiting'")
    return None if row is None or row[0] is None else number(row[0])


def note_accepted(transaction: Transaction, job: RelayJob, portal_code: str) -> None:
    """Note that the portal took what the job wanted; a job that wants more by now goes on waiting."""
    transaction.execute(
        "UPDATE relay_jobs SET kind = 'update', state = CASE WHEN wanted = ? THEN 'done' ELSE 'waiting' END, tries = 0,"
        " next_at_ms = 0, last_error = '', portal_state = ?, portal_code = ? WHERE lineage = ? AND dossier_id = ?",
        job.wanted,
        PortalState.ACCEPTED.value,
        portal_code,
        job.lineage,
        job.dossier_id,
    )


def note_refused(transaction: Transaction, job: RelayJob) -> None:
    """Note that the portal refused what the job wanted; only a change of the dossier tries again."""
    transaction.execute(
        "UPDATE relay_jobs SET state = CASE WHEN wanted = ? THEN 'refused' ELSE 'waiting' END, tries = 0,"
        " next_at_ms = 0, last_error = 'portal-refused', portal_state = ? WHERE lineage = ? AND dossier_id = ?",
        job.wanted,
        PortalState.REJECTED.value,
        job.lineage,
        job.dossier_id,
    )


def note_incomplete(transaction: Transaction, job: RelayJob) -> None:
    """Note that something of the dossier is still missing here; its arrival makes the job due again."""
    transaction.execute(
        "UPDATE relay_jobs SET state = CASE WHEN wanted = ? THEN 'incomplete' ELSE 'waiting' END, tries = 0,"
        " next_at_ms = 0, last_error = 'dossier-incomplete' WHERE lineage = ? AND dossier_id = ?",
        job.wanted,
        job.lineage,
        job.dossier_id,
    )


def note_failed(transaction: Transaction, job: RelayJob, code: str, next_at_ms: int) -> None:
    """Note a failed attempt; the next one is not before the given moment."""
    transaction.execute(
        "UPDATE relay_jobs SET tries = tries + 1, next_at_ms = ?, last_error = ?"
        " WHERE lineage = ? AND dossier_id = ? AND wanted = ?",
        next_at_ms,
        code,
        job.lineage,
        job.dossier_id,
        job.wanted,
    )
