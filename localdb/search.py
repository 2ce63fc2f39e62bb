# SPDX-License-Identifier: GPL-3.0-or-later
"""Finding dossiers: in ``search.db`` where it knows them, and by looking at those that it does not know yet.

Three questions are asked, each only when the one before finds nothing: for the words as they were typed, without their
accents, and for names that are one letter away. Each answer comes in the order of where the words stand: whole words of
codes, persons and the procedure first, then beginnings of such words, then anything on the pages; and in each of these
the newest first. None of that is sorting: every one is a walk through the index from its newest end that stops as soon
as there is enough.
"""

from __future__ import annotations

import contextlib
import enum
import logging
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Self

from casework.errors import BugError, KnownError
from localdb import search_documents, search_words
from localdb.connection import Connection, Row, SqlValue
from localdb.search_documents import SearchDocument
from localdb.search_file import SearchFile
from localdb.search_words import Condition, QueryWord

_log = logging.getLogger(__name__)

MOST_COUNTED: Final = 1_000
"""More hits are not counted, only that there are more."""

MOST_UNREAD: Final = 100
"""So many dossiers that the index does not know are looked at one by one."""

_FEW: Final = 20
_NO_GOOD: Final = frozenset({"database-damaged", "wrong-key"})


class Nearness(enum.StrEnum):
    """How well the words were found."""

    AS_TYPED = "as-typed"
    WITHOUT_ACCENTS = "without-accents"
    NEAR_NAME = "near-name"


@dataclass(frozen=True, slots=True)
class FoundDossier:
    """A dossier that was found.

    Attributes:
        dossier_id: The dossier.
        is_on_pages: Whether the words were only found with the help of its pages.
    """

    dossier_id: str
    is_on_pages: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What was found.

    Attributes:
        dossiers: Best first.
        count: How many there are, at most ``MOST_COUNTED``.
        is_counted: False when there are more than ``count``.
        nearness: How well.
        query: The words that were looked for.
        is_complete: False while the index is being made or lags behind: older dossiers may be missing.
    """

    dossiers: tuple[FoundDossier, ...]
    count: int
    is_counted: bool
    nearness: Nearness
    query: tuple[QueryWord, ...]
    is_complete: bool


@dataclass(frozen=True, slots=True)
class _Unread:
    """A dossier that the index does not know, or not as it is."""

    received_at: int
    dossier_id: str
    tokens: frozenset[str]
    name_words: frozenset[str]

    @classmethod
    def of(cls, document: SearchDocument) -> Self:
        return cls(
            document.received_at, document.dossier_id, frozenset(document.tokens), frozenset(document.name_words)
        )


class _IndexTrouble(Exception):
    """The index could not be read."""


class Search:
    """Looks for dossiers. Any thread may ask; one is answered at a time."""

    def __init__(self, file: SearchFile) -> None:
        self._file = file
        self._lock = threading.Lock()
        self._connection: Connection | None = None
        self._identity: tuple[int, int] | None = None
        self._remembered: dict[str, _Unread | None] = {}
        self._remembered_at = -1

    def find(self, desk: Connection, text: str, limit: int) -> Found:
        """Find the dossiers that have all words of a text.

        Args:
            desk: A reading connection to ``desk.db``, in its transaction. The index is opened after it, so that nothing
                falls between the two.
            text: As typed: parts of codes, names, numbers, words of the procedure or of the pages; their beginnings are
                enough. A word with accents must have just these accents.
            limit: At most so many dossiers are given, not more than ``MOST_COUNTED``.

        Raises:
            KnownError: What keeps ``desk.db`` from being read. Without the index the newest dossiers are looked at.
        """
        query = search_words.parse(text)
        if not query:
            return Found((), 0, True, Nearness.AS_TYPED, (), True)
        with self._lock:
            try:
                with self._reading() as index:
                    return _Question(desk, index, *self._unread(desk, index), min(limit, MOST_COUNTED)).ask(query)
            except _IndexTrouble:
                return _Question(desk, None, *self._unread(desk, None), min(limit, MOST_COUNTED)).ask(query)

    def close(self) -> None:
        """Close the index."""
        with self._lock:
            self._let_go()

    @contextlib.contextmanager
    def _reading(self) -> Iterator[Connection | None]:
        """Give the index with a reading transaction; None when there is none, or nothing in it yet.

        Raises:
            _IndexTrouble: It is no good, and was condemned; or it cannot be read just now.
        """
        try:
            index = self._opened()
            if index is None:
                yield None
                return
            with index.transaction(writing=False):
                yield index
        except _IndexTrouble as trouble:
            self._let_go()
            error = trouble.__cause__
            if isinstance(error, BugError) or (isinstance(error, KnownError) and error.code in _NO_GOOD):
                _log.warning("the search index is no good: %s", getattr(error, "code", "not understood"))
                with contextlib.suppress(KnownError):
                    self._file.condemn()
            raise

    def _opened(self) -> Connection | None:
        if self._file.is_condemned or self._file.identity != self._identity:
            self._let_go()
        if self._file.is_condemned:
            return None
        if self._connection is None:
            try:
                identity = self._file.identity
                self._connection = self._file.open(writing=False)
                self._identity = identity
            except KnownError as error:
                if error.code == "database-missing":
                    return None
                raise _IndexTrouble from error
        return self._connection

    def _let_go(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None
        self._identity = None

    def _unread(self, desk: Connection, index: Connection | None) -> tuple[list[_Unread], frozenset[str], bool]:
        """Give the dossiers to look at, those whose place in the index does not count, and whether these are all."""
        if index is not None:
            ((known, is_begun, is_built),) = _rows(
                index, "SELECT last_change, cursor_dossier_id IS NOT NULL OR is_built, is_built FROM progress"
            )
            if is_begun:
                changed = search_documents.changed_last(desk, known, MOST_UNREAD + 1)
                unread = self._looked_at(desk, changed[:MOST_UNREAD])
                return unread, frozenset(changed), bool(is_built) and len(changed) <= MOST_UNREAD
        newest = [dossier_id for _, dossier_id in search_documents.received_last(desk, MOST_UNREAD + 1)]
        return self._looked_at(desk, newest[:MOST_UNREAD]), frozenset(newest), len(newest) <= MOST_UNREAD

    def _looked_at(self, desk: Connection, dossier_ids: Iterable[str]) -> list[_Unread]:
        """Read dossiers, but not again at every letter that is typed."""
        last = search_documents.last_change(desk)
        if last != self._remembered_at:
            self._remembered.clear()
            self._remembered_at = last
        found = []
        for dossier_id in dossier_ids:
            if dossier_id not in self._remembered:
                document = search_documents.read(desk, dossier_id)
                self._remembered[dossier_id] = None if document is None else _Unread.of(document)
            unread = self._remembered[dossier_id]
            if unread is not None:
                found.append(unread)
        return found


class _Question:
    """One search in one state of the index."""

    def __init__(
        self,
        desk: Connection,
        index: Connection | None,
        unread: Sequence[_Unread],
        not_from_index: frozenset[str],
        is_complete: bool,
        limit: int,
    ) -> None:
        self._desk = desk
        self._index = index
        self._records: dict[int, frozenset[str]] = {}
        self._unread = unread
        self._not_from_index = not_from_index
        self._is_complete = is_complete
        self._limit = limit
        # A hit of one condition is one of the next too, and others may have been looked at one by one.
        self._enough = 2 * limit + len(not_from_index)

    def ask(self, query: tuple[QueryWord, ...]) -> Found:
        """Ask the three questions one after the other."""
        found = self._find(query, Nearness.AS_TYPED)
        plain = search_words.without_accents(query)
        if not found.count and plain != query:
            found = self._find(plain, Nearness.WITHOUT_ACCENTS)
        if not found.count:
            condition = search_words.in_names_nearly(plain, self._known_names)
            near = self._answer(plain, Nearness.NEAR_NAME, [condition])
            found = near if near.count else found
        return found

    def _find(self, query: tuple[QueryWord, ...], nearness: Nearness) -> Found:
        conditions = [
            search_words.in_record_whole(query),
            search_words.in_record(query),
            search_words.anywhere(query),
        ]
        return self._answer(query, nearness, conditions)

    def _answer(self, query: tuple[QueryWord, ...], nearness: Nearness, conditions: Sequence[Condition]) -> Found:
        """Answer by several conditions, of which each holds wherever the one before does."""
        known = self._known(conditions)
        unread = [one for one in self._unread if search_words.holds(conditions[-1], one.tokens)]
        count = len(known[-1]) + len(unread)
        taken: dict[str, bool] = {}
        for place, condition in enumerate(conditions):
            if len(taken) >= min(self._limit, count):
                break
            hits = [(one.received_at, one.dossier_id) for one in unread if search_words.holds(condition, one.tokens)]
            shown = known[place][: self._enough]
            hits += [hit for hit in self._documents(shown) if hit[1] not in self._not_from_index]
            for _, dossier_id in sorted(hits, reverse=True):
                taken.setdefault(dossier_id, 0 < place == len(conditions) - 1)
        count -= self._stale(known[-1])
        dossiers = tuple(FoundDossier(dossier_id, is_on_pages) for dossier_id, is_on_pages in taken.items())
        return Found(
            dossiers=dossiers[: self._limit],
            count=min(count, MOST_COUNTED),
            is_counted=count <= MOST_COUNTED,
            nearness=nearness,
            query=query,
            is_complete=self._is_complete,
        )

    def _known(self, conditions: Sequence[Condition]) -> list[list[int]]:
        """Give the newest hits in the index for each condition, from the widest to the narrowest.

        All but the widest are about the record only. Reading the records of a few hits costs less than a walk through
        all years.
        """
        most = MOST_COUNTED + 1 + len(self._not_from_index)
        known = [self._numbers(conditions[-1], most)]
        for wider, condition in zip(conditions[:0:-1], conditions[-2::-1], strict=True):
            hits = known[0]
            if condition == wider:
                known.insert(0, hits)
            elif len(hits) <= _FEW < most:
                known.insert(0, [number for number in hits if search_words.holds(condition, self._record(number))])
            else:
                most = self._enough
                known.insert(0, self._numbers(condition, most))
        return known

    def _record(self, number: int) -> frozenset[str]:
        """Give the tokens of a hit, those of its pages left out."""
        if number not in self._records:
            self._records[number] = frozenset()
            for _, dossier_id in self._documents([number]):
                document = search_documents.read(self._desk, dossier_id, with_pages=False)
                self._records[number] = frozenset(document.tokens if document else ())
        return self._records[number]

    def _numbers(self, condition: Condition, limit: int) -> list[int]:
        if self._index is None:
            return []
        rows = _rows(
            self._index,
            "SELECT rowid FROM tokens WHERE tokens MATCH ? ORDER BY rowid DESC LIMIT ?",
            (search_words.match_expression(condition), limit),
        )
        return [number for (number,) in rows]

    def _documents(self, numbers: Sequence[int]) -> list[tuple[int, str]]:
        if self._index is None or not numbers:
            return []
        places = ", ".join("?" * len(numbers))
        rows = _rows(
            self._index,
            f"SELECT received_at, dossier_id FROM documents WHERE number IN ({places})",  # noqa: S608 - question marks
            numbers,
        )
        return [(received_at, dossier_id) for received_at, dossier_id in rows]

    def _stale(self, numbers: Sequence[int]) -> int:
        """Count the hits of the index that were looked at one by one."""
        if self._index is None or not self._not_from_index:
            return 0
        places = ", ".join("?" * len(self._not_from_index))
        rows = _rows(
            self._index,
            f"SELECT number FROM documents WHERE dossier_id IN ({places})",  # noqa: S608 - question marks
            tuple(self._not_from_index),
        )
        return len({number for (number,) in rows} & set(numbers))

    def _known_names(self, word: str) -> set[str]:
        names = {name for one in self._unread for name in one.name_words}
        if self._index is not None:
            rows = _rows(
                self._index,
                "SELECT word FROM name_words WHERE length(word) BETWEEN ? AND ?",
                (len(word) - 1, len(word) + 1),
            )
            names.update(name for (name,) in rows)
        return names


def _rows(index: Connection, sql: str, parameters: Sequence[SqlValue] = ()) -> list[Row]:
    try:
        return index.rows(sql, parameters)
    except (KnownError, BugError) as error:
        raise _IndexTrouble from error
