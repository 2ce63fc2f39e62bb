# SPDX-License-Identifier: GPL-3.0-or-later
"""The list of dossiers, and one dossier whole."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from casework.records.dossier import Dossier, HistoryEntry
from casework.records.paper import Page, Paper
from casework.records.person import Person
from casework.rights import Right
from localdb import audit, dossiers, history, pages, papers, persons
from localdb.connection import Connection
from localdb.dossiers import DossierRow
from localdb.moments import from_microseconds
from workstation.desk.session import DeskSession
from workstation.desk.sign_in import SIGNED_IN

__all__ = ["DossierRow", "DossierSheet", "list_dossiers", "show_dossier"]

LISTED: Final = "dossiers.listed"

_ONE_LOOK: Final = dt.timedelta(hours=1)
"""Looks of one clerk at the list within this time of the first, in one sitting, are one entry of the trail."""

_MOMENT: Final = 13
"""So many characters of a UUIDv7 tell the millisecond in which it was made, here; the rest is chance."""


@dataclass(frozen=True, slots=True)
class DossierSheet:
    """A dossier with everything that belongs to it.

    Attributes:
        dossier: The dossier.
        applicant: Who owns the request.
        papers: In their order.
        pages: In the order of their arrival.
        history: In the order in which this desk learned of it; the clocks of others may be wrong.
    """

    dossier: Dossier
    applicant: Person
    papers: tuple[Paper, ...]
    pages: tuple[Page, ...]
    history: tuple[HistoryEntry, ...]


def list_dossiers(session: DeskSession, *, limit: int = 200) -> list[DossierRow]:
    """Give the dossiers received last, newest first.

    That somebody saw the names goes into the audit trail, once in a while of one sitting.
    """
    session.require(Right.SEE_DOSSIERS)
    with session.store.reading() as connection:
        rows = dossiers.newest(connection, limit)
        is_noted = not rows or _is_noted(session, connection)
    if not is_noted:
        clerk_id = session.clerk.clerk_id
        with session.store.transaction() as connection:
            audit.append(connection, at=session.clock(), actor_id=clerk_id, action=LISTED, subject_id=clerk_id)
    return rows


def _is_noted(session: DeskSession, connection: Connection) -> bool:
    """Whether the trail tells already; only read, because the list is shown anew after every change."""
    last = connection.row(
        "SELECT action, at FROM audit_entries WHERE actor_id = ? AND action IN (?, ?) ORDER BY number DESC LIMIT 1",
        (session.clerk.clerk_id, LISTED, SIGNED_IN),
    )
    return last is not None and last[0] == LISTED and session.clock() - from_microseconds(last[1]) < _ONE_LOOK


def show_dossier(session: DeskSession, dossier_id: str) -> DossierSheet:
    """Open a dossier; that somebody looked at it goes into the audit trail.

    Raises:
        KnownError: ``no-such-record``.
    """
    session.require(Right.SEE_PERSONS)
    with session.store.reading() as connection:
        dossier = dossiers.get(connection, dossier_id)
        sheet = DossierSheet(
            dossier,
            persons.get(connection, dossier.applicant_id),
            tuple(papers.of_dossier(connection, dossier_id)),
            tuple(pages.of_dossier(connection, dossier_id)),
            tuple(sorted(history.of_dossier(connection, dossier_id), key=lambda entry: entry.entry_id[:_MOMENT])),
        )
    with session.store.transaction() as connection:
        audit.append(
            connection,
            at=session.clock(),
            actor_id=session.clerk.clerk_id,
            action="dossier.shown",
            subject_id=dossier_id,
        )
    return sheet
