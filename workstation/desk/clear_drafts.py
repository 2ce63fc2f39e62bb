# SPDX-License-Identifier: GPL-3.0-or-later
"""Clear abandoned drafts in the background: pages, papers and pictures of what was never received go for good.

Nothing of it was ever sent. That there was a draft, whose, and when it was given up, stays.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from localdb import audit, drafts, object_sweep, objects, pages, papers, settings, witnessed_time
from localdb.connection import Connection
from localdb.objects import StoredObject
from localdb.store import Store

ACTOR: Final = "background"
"""Who did it, in the audit trail: the program by itself."""

_PAGES_A_SLICE: Final = 40


class ClearDrafts:
    """A background job: some pages of one draft a slice."""

    name = "clear-drafts"
    rest_seconds = 6 * 3600.0

    def __init__(self, store: Store) -> None:
        """Prepare.

        Args:
            store: The open store.
        """
        self._store = store

    def run_slice(self, now: dt.datetime) -> bool:
        """See ``Job``."""
        with self._store.reading() as connection:
            days = settings.load(connection).draft_days
            before = witnessed_time.ago(connection, now, dt.timedelta(days=days))
            dossier_id = drafts.next_to_clear(connection, before)
        if dossier_id is None:
            return False
        with self._store.transaction() as connection:
            forgotten = _clear_some(connection, dossier_id, now)
        # A kill in between leaves the files to the sweep.
        object_sweep.remove_files(self._store, forgotten, now)
        return True


def _clear_some(connection: Connection, dossier_id: str, now: dt.datetime) -> list[StoredObject]:
    """Clear some pages, or the papers when no page is left; the audit trail learns of the end."""
    object_ids = []
    left = pages.of_dossier(connection, dossier_id)
    for page in left[:_PAGES_A_SLICE]:
        pages.remove(connection, page.page_id)
        object_ids.append(page.object_id)
    if len(left) <= _PAGES_A_SLICE:
        for paper in papers.of_dossier(connection, dossier_id):
            papers.remove(connection, paper.paper_id)
            object_ids += filter(None, [paper.object_id])
        audit.append(connection, at=now, actor_id=ACTOR, action="draft.cleared", subject_id=dossier_id)
    return list(filter(None, (objects.forget(connection, object_id) for object_id in dict.fromkeys(object_ids))))
