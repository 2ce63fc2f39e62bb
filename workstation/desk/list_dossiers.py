# SPDX-License-Identifier: GPL-3.0-or-later
"""The list of dossiers, and one dossier whole."""

from __future__ import annotations

from dataclasses import dataclass

from casework.records.dossier import Dossier, HistoryEntry
from casework.records.paper import Page, Paper
from casework.records.person import Person
from casework.rights import Right
from localdb import audit, dossiers, history, pages, papers, persons
from localdb.dossiers import DossierRow
from workstation.desk.session import DeskSession

__all__ = ["DossierRow", "DossierSheet", "list_dossiers", "show_dossier"]


_MOMENT = 13
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
    """Give the dossiers received last, newest first."""
    session.require(Right.SEE_DOSSIERS)
    with session.store.reading() as connection:
        return dossiers.newest(connection, limit)


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
