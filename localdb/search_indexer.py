# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes ``search.db``: what changed first, then what was never read, newest first, then order among its parts.

One program does this, the background program. It works in slices and can be stopped anywhere: what a slice wrote and
how far it got are one transaction. ``search_changes`` in ``desk.db`` says what changed; the index remembers the number
and the mark of the last change it knows. When ``desk.db`` does not know that change, it is another copy than the one
that the index was made from, older or on another way, and the index is made anew.
"""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from casework.errors import BugError, KnownError
from casework.identifiers import RandomBytes
from localdb import search_documents
from localdb.connection import Connection
from localdb.search_documents import SearchDocument
from localdb.store import Store

_log = logging.getLogger(__name__)

SLICE_SECONDS: Final = 0.03
"""Less than the 100 ms of a slice, for the last dossiers and the commit."""

_PLACE: Final = 8_000_000
"""Microseconds of one place in the order of reception."""
_CHANGES_AT_A_TIME: Final = 50
_DOSSIERS_A_SECOND: Final = 200
"""So many are read between two looks at the clock; several times more are possible."""
_FORGOTTEN_AT_A_TIME: Final = 250
_MERGED_AT_A_TIME: Final = 50
_PROBLEMS_OF_THE_FILE: Final = frozenset({"database-missing", "database-damaged", "wrong-key"})


@dataclass(frozen=True, slots=True)
class IndexedSlice:
    """What one slice did.

    Attributes:
        dossiers: Dossiers that were read.
        is_more: Whether there is more to do.
    """

    dossiers: int
    is_more: bool


class _DeskTrouble(Exception):
    """It is ``desk.db`` that could not be read."""

    def __init__(self, error: KnownError) -> None:
        super().__init__(error.code)
        self.error = error


class SearchIndexer:
    """Keeps the index of one open store up to date."""

    def __init__(self, store: Store, random_bytes: RandomBytes, seconds: Callable[[], float] = time.monotonic) -> None:
        """Take charge of the index; nobody else may write it.

        Args:
            store: The open store.
            random_bytes: Source of salts.
            seconds: A clock that never goes back.
        """
        self._store = store
        self._random_bytes = random_bytes
        self._seconds = seconds
        self._connection: Connection | None = None
        self._identity: tuple[int, int] | None = None
        self._is_in_order = False

    def run_slice(self, longest: float = SLICE_SECONDS) -> IndexedSlice:
        """Bring the index a little further.

        Args:
            longest: Seconds after which no further dossier is begun.

        Raises:
            KnownError: ``disk-full``, ``disk-error``, ``no-access``, ``database-busy``; ``database-damaged`` when it is
                ``desk.db``.
            BugError: When the engine does not understand the index; it is made anew at the next call.
        """
        end = self._seconds() + longest
        connection = self._open()
        try:
            count = self._index(connection, end, max(1, round(longest * _DOSSIERS_A_SECOND)))
            is_more = count > 0 or self._put_in_order(connection, end)
        except _DeskTrouble as trouble:
            raise trouble.error from trouble
        except (KnownError, BugError) as error:
            if isinstance(error, KnownError) and error.code not in _PROBLEMS_OF_THE_FILE:
                raise
            self.close()
            self._store.search_file.condemn()
            if isinstance(error, BugError):
                raise  # may be ours: not to be tried again at once
            _log.warning("the search index is made anew: %s", error.code)
            return IndexedSlice(0, is_more=False)
        self._forget_changes(connection)
        return IndexedSlice(count, is_more)

    def close(self) -> None:
        """Close the index."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _open(self) -> Connection:
        file = self._store.search_file
        if self._connection is not None and (file.is_condemned or file.identity != self._identity):
            self.close()
        if self._connection is None:
            self._connection = self._opened()
            self._identity = file.identity
            self._is_in_order = False
        elif not self._is_of_this_store(self._connection):
            self.close()
            self._connection = self._made()
            self._identity = file.identity
        return self._connection

    def _opened(self) -> Connection:
        file = self._store.search_file
        if not file.is_condemned:
            try:
                connection = file.open(writing=True)
            except KnownError as error:
                if error.code not in _PROBLEMS_OF_THE_FILE:
                    raise
                _log.info("a search index is made: %s", error.code)
            else:
                if self._is_of_this_store(connection):
                    return connection
                connection.close()
        return self._made()

    def _made(self) -> Connection:
        with self._store.reading() as desk:
            last = search_documents.last_change(desk)
            mark = search_documents.mark_of(desk, last)
        return self._store.search_file.make(self._random_bytes, last, mark or b"")

    def _is_of_this_store(self, connection: Connection) -> bool:
        try:
            ((last, mark),) = connection.rows("SELECT last_change, mark FROM progress")
        except (KnownError, BugError, ValueError):
            return False
        with self._store.reading() as desk:
            return search_documents.mark_of(desk, int(last)) == bytes(mark)

    def _index(self, connection: Connection, end: float, at_a_time: int) -> int:
        count = 0
        with connection.transaction(writing=True), self._store.reading() as desk:
            while self._seconds() < end:
                done = self._index_changes(connection, desk, end) or self._index_unread(connection, desk, at_a_time)
                if not done:
                    break
                count += done
        self._is_in_order = self._is_in_order and not count
        return count

    def _index_changes(self, connection: Connection, desk: Connection, end: float) -> int:
        ((last,),) = connection.rows("SELECT last_change FROM progress")
        with _asking_desk():
            changes = search_documents.changes_after(desk, last, _CHANGES_AT_A_TIME)
        done: set[str] = set()
        for change in changes:
            if change.dossier_id not in done:
                if done and self._seconds() >= end:
                    break
                _write(connection, change.dossier_id, _read(desk, change.dossier_id))
                done.add(change.dossier_id)
            last = change.number
        if changes:
            with _asking_desk():
                mark = search_documents.mark_of(desk, last)
            connection.execute("UPDATE progress SET last_change = ?, mark = ?", (last, mark))
        return len(done)

    def _index_unread(self, connection: Connection, desk: Connection, at_a_time: int) -> int:
        ((received_at, dossier_id, is_built),) = connection.rows(
            "SELECT cursor_received_at, cursor_dossier_id, is_built FROM progress"
        )
        if is_built:
            return 0
        before = None if received_at is None else (received_at, dossier_id)
        with _asking_desk():
            unread = search_documents.received_last(desk, at_a_time, before)
        done = 0
        # From the oldest of some to the newest: only what comes in order does the engine gather before it writes.
        for _, dossier_id in reversed(unread):
            if not connection.rows("SELECT 1 FROM documents WHERE dossier_id = ?", (dossier_id,)):
                _write(connection, dossier_id, _read(desk, dossier_id))
            done += 1
        if unread:
            connection.execute("UPDATE progress SET cursor_received_at = ?, cursor_dossier_id = ?", unread[-1])
        else:
            connection.execute("UPDATE progress SET is_built = 1")
        return done

    def _put_in_order(self, connection: Connection, end: float) -> bool:
        """Merge parts of the index, as far as the time goes; give whether there is more of that to do."""
        while not self._is_in_order:
            if self._seconds() >= end:
                return True
            with connection.transaction(writing=True):
                ((before,),) = connection.rows("SELECT total_changes()")
                connection.execute("INSERT INTO tokens (tokens, rank) VALUES ('merge', ?)", (_MERGED_AT_A_TIME,))
                ((after,),) = connection.rows("SELECT total_changes()")
            self._is_in_order = after - before < 2  # https://sqlite.org/fts5.html#the_merge_command
        return False

    def _forget_changes(self, connection: Connection) -> None:
        ((last,),) = connection.rows("SELECT last_change FROM progress")
        with self._store.reading() as desk:
            is_any = bool(desk.rows("SELECT 1 FROM search_changes WHERE number < ? LIMIT 1", (last,)))
        if is_any:
            with self._store.transaction() as desk:
                search_documents.forget_before(desk, last, _FORGOTTEN_AT_A_TIME)


@contextlib.contextmanager
def _asking_desk() -> Iterator[None]:
    try:
        yield
    except KnownError as error:
        raise _DeskTrouble(error) from error


def _read(desk: Connection, dossier_id: str) -> SearchDocument | None:
    with _asking_desk():
        return search_documents.read(desk, dossier_id)


def _write(connection: Connection, dossier_id: str, document: SearchDocument | None) -> None:
    """Put a dossier into the index in the place of what was there of it."""
    before = connection.row("SELECT number, received_at FROM documents WHERE dossier_id = ?", (dossier_id,))
    if before is not None:
        connection.execute("DELETE FROM tokens WHERE rowid = ?", (before[0],))
        connection.execute("DELETE FROM documents WHERE number = ?", (before[0],))
    if document is None:
        return
    number = document.received_at // _PLACE
    while connection.rows("SELECT 1 FROM documents WHERE number = ?", (number,)):
        number += 1
    connection.execute(
        "INSERT INTO documents (number, dossier_id, received_at) VALUES (?, ?, ?)",
        (number, dossier_id, document.received_at),
    )
    connection.execute("INSERT INTO tokens (rowid, of_dossier) VALUES (?, ?)", (number, " ".join(document.tokens)))
    connection.execute_many(
        "INSERT INTO name_words VALUES (?) ON CONFLICT DO NOTHING", [(word,) for word in document.name_words]
    )
