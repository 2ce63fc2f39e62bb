# SPDX-License-Identifier: GPL-3.0-or-later
"""List the dossiers that the law does not want kept any more. Nothing is destroyed here: people decide that, by law."""

from __future__ import annotations

from casework.rights import Right
from casework.work_calendar import VIET_NAM
from localdb import dossiers
from localdb.dossiers import DossierRow
from workstation.desk.session import DeskSession

MOST_ROWS = 500


def list_past_retention(session: DeskSession, *, limit: int = MOST_ROWS) -> list[DossierRow]:
    """Give the dossiers whose last day to be kept is over, the longest past first; undecided ones are never given."""
    session.require(Right.SEE_DOSSIERS)
    today = session.clock().astimezone(VIET_NAM).date()
    with session.store.reading() as connection:
        return dossiers.past_retention(connection, today, limit)
