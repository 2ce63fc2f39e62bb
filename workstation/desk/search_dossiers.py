# SPDX-License-Identifier: GPL-3.0-or-later
"""Search all dossiers, and show for each why it was found."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from casework.rights import Right
from localdb import audit, dossiers, search_documents
from localdb.connection import Connection
from localdb.dossiers import DossierRow
from localdb.moments import from_microseconds
from localdb.search import Found, FoundDossier, Nearness
from localdb.search_snippet import FoundIn, Snippet, SnippetMaker
from localdb.store import Store
from workstation.desk.session import DeskSession

__all__ = ["FoundIn", "Nearness", "SearchAnswer", "SearchHit", "Snippet", "search_dossiers"]

SEARCHED: Final = "dossiers.searched"

SCREENFUL: Final = 25
"""Rows that are seen at once; a snippet costs more than finding."""

_ONE_SEARCH: Final = dt.timedelta(minutes=5)
"""Searches of one clerk that follow each other like this, with nothing between them, are one entry of the trail."""


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A dossier that was found.

    Attributes:
        row: The dossier as the list shows it.
        found_in: The field in which it was found.
        snippet: The text of that field around the words, with the words marked.
    """

    row: DossierRow
    found_in: FoundIn
    snippet: Snippet


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """What a search found.

    Attributes:
        hits: Best first: found in codes, persons or the procedure, then on pages; in each the newest first.
        count: How many dossiers there are.
        is_counted: False when there are more than ``count``.
        nearness: Whether accents, or a letter of a name, had to be forgiven to find any.
        is_complete: False while the index is being made: older dossiers may be missing.
    """

    hits: tuple[SearchHit, ...]
    count: int
    is_counted: bool
    nearness: Nearness
    is_complete: bool


def search_dossiers(session: DeskSession, text: str, *, limit: int = SCREENFUL) -> SearchAnswer:
    """Find received dossiers by codes, persons, procedure and what stands on their pages.

    Every word must be found; its beginning is enough, of a number also its last three to six digits. A word typed with
    accents must have just these. When nothing is found, accents are forgiven, and then one wrong letter in names.

    That somebody searched goes into the audit trail, without the words.

    Args:
        session: The desk.
        text: As typed; without letters and digits it finds nothing.
        limit: At most so many hits, up to 1,000.
    """
    session.require(Right.SEARCH)
    if text.strip():
        _note(session)
    return look_up(session.store, text, limit)


def look_up(store: Store, text: str, limit: int) -> SearchAnswer:
    """Find dossiers, without a clerk and without a trail; see ``search_dossiers``."""
    with store.reading() as connection:
        found = store.search.find(connection, text, limit)
        maker = SnippetMaker(found.query)
        hits = tuple(filter(None, (_hit(connection, found, dossier, maker) for dossier in found.dossiers)))
    return SearchAnswer(hits, found.count, found.is_counted, found.nearness, found.is_complete)


def _hit(connection: Connection, found: Found, dossier: FoundDossier, maker: SnippetMaker) -> SearchHit | None:
    """Show a dossier that was found; None when it has gone since it was indexed."""
    row = dossiers.find_row(connection, dossier.dossier_id)
    document = search_documents.read(connection, dossier.dossier_id, with_pages=dossier.is_on_pages)
    if row is None or document is None:
        return None
    if found.nearness is Nearness.NEAR_NAME:
        return SearchHit(row, *maker.in_names_nearly(document))
    if dossier.is_on_pages and (snippet := maker.in_pages(document.pages)):
        return SearchHit(row, FoundIn.PAGE, snippet)
    return SearchHit(row, *maker.in_record(document))


def _note(session: DeskSession) -> None:
    now, clerk_id = session.clock(), session.clerk.clerk_id
    # Only read, as a rule: a letter that is typed must not wait for somebody who writes.
    with session.store.reading() as connection:
        last = connection.row("SELECT at, actor_id, action FROM audit_entries ORDER BY number DESC LIMIT 1")
    if last and last[1:] == (clerk_id, SEARCHED) and now - from_microseconds(last[0]) < _ONE_SEARCH:
        return
    with session.store.transaction() as connection:
        audit.append(connection, at=now, actor_id=clerk_id, action=SEARCHED, subject_id=clerk_id)
