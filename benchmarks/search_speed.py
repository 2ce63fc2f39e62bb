# SPDX-License-Identifier: GPL-3.0-or-later
"""Searching, listing and starting with a big store; and searching against plain SQLite on a smaller one.

"Search" is what the window waits for: words in, rows with snippets out. Every query runs until it is warm; of five
rounds through all queries the best counts. Entering the search in the audit trail, a commit every five minutes at most,
is not in it.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from benchmarks.big_store import CLERK, BigStore, big_store
from benchmarks.query_mix import long_queries, query_mix
from benchmarks.rows import Row
from benchmarks.store_speed import percentile
from localdb import clerks, dossiers, drafts, outbox, search_documents, search_words, workplace
from localdb.search_indexer import SearchIndexer
from localdb.store import Store
from workstation.desk.search_dossiers import SCREENFUL, look_up

SEARCH_LIMIT_MS: Final = 30.0
FIRST_SEARCH_LIMIT_MS: Final = 100.0
LIST_LIMIT_MS: Final = 50.0
START_UP_LIMIT_MS: Final = 250.0
SLICE_LIMIT_MS: Final = 100.0

_ROUNDS: Final = 5
_LISTED: Final = 200
_IN_BULK_SECONDS: Final = 5.0
_PEER_DOSSIERS: Final = 10_000

Say = Callable[[str], None]


def measure(made: BigStore, say: Say) -> list[Row]:
    """Give all rows that need a big store."""
    say(f"{made.dossiers:,} dossiers, {made.pages:,} pages, {made.size / 1e6:,.0f} MB, made in {made.seconds} s")
    make_index(made, say)
    rows = [*_starting(made), *_searching(made, say)]
    smaller = made
    if made.dossiers > _PEER_DOSSIERS:
        smaller = big_store(made.folder.parent / str(_PEER_DOSSIERS), _PEER_DOSSIERS, say)
    return [*rows, *_against_plain_sqlite(smaller, say)]


def make_index(made: BigStore, say: Say) -> None:
    """Bring the index up to date in long slices; what making it from nothing took is kept beside it."""
    store = Store.open(made.folder, made.keys)
    indexer = SearchIndexer(store, os.urandom)
    started, started_processor = time.perf_counter(), time.process_time()
    read, is_more = 0, True
    while is_more:
        done = indexer.run_slice(_IN_BULK_SECONDS)
        read, is_more = read + done.dossiers, done.is_more
    seconds, processor = time.perf_counter() - started, time.process_time() - started_processor
    indexer.close()
    store.close()
    facts = made.folder / "search-build.json"
    if read >= made.dossiers:
        text = f"{read:,} dossiers indexed in {seconds:.0f} s, {processor:.0f} s of the processor"
        facts.write_text(json.dumps(text))
    if facts.exists():
        say(json.loads(facts.read_text()))
    say(f"search.db: {(made.folder / 'search.db').stat().st_size / 1e6:,.0f} MB")


def _starting(made: BigStore) -> list[Row]:
    def start() -> tuple[float, float]:
        started = time.perf_counter()
        store = Store.open(made.folder, made.keys)
        with store.reading() as connection:
            workplace.load(connection)
            clerk = clerks.with_login(connection, CLERK.login)
            drafts.open_drafts(connection, clerk.clerk_id)
            outbox.summary(connection)
            dossiers.newest(connection, _LISTED)
        shown = time.perf_counter()
        look_up(store, "nguyễn văn", SCREENFUL)
        found = time.perf_counter()
        store.close()
        return (shown - started) * 1000, (found - shown) * 1000

    times = [start() for _ in range(_ROUNDS)]
    store = Store.open(made.folder, made.keys)

    def list_it() -> None:
        with store.reading() as connection:
            dossiers.newest(connection, _LISTED)

    lists = min(percentile([_milliseconds(list_it) for _ in range(40)], 0.95) for _ in range(_ROUNDS))
    store.close()
    return [
        Row.limit("start_up", min(shown for shown, _ in times), START_UP_LIMIT_MS, "ms"),
        Row.limit("first_search", min(found for _, found in times), FIRST_SEARCH_LIMIT_MS, "ms"),
        Row.limit("list_of_day", lists, LIST_LIMIT_MS, "ms p95"),
    ]


def _searching(made: BigStore, say: Say) -> list[Row]:
    store = Store.open(made.folder, made.keys)
    with store.reading() as connection:
        mix, long = query_mix(connection), {"eight words": long_queries(connection)}

    def ask(text: str) -> float:
        return _milliseconds(lambda: look_up(store, text, SCREENFUL))

    best, best_long = _p95_by_kind(mix, ask, say), _p95_by_kind(long, ask, say)
    store.close()
    return [
        Row.limit("search", best["all"], SEARCH_LIMIT_MS, "ms p95"),
        Row.limit("search_common_words", best["common words"], SEARCH_LIMIT_MS, "ms p95"),
        Row.limit("search_two_letters", best["two letters"], SEARCH_LIMIT_MS, "ms p95"),
        Row.limit("search_slowest_kind", max(best.values()), SEARCH_LIMIT_MS, "ms p95"),
        Row.limit("search_eight_words", best_long["all"], SEARCH_LIMIT_MS, "ms p95"),
    ]


def _p95_by_kind(mix: Mapping[str, Sequence[str]], ask: Callable[[str], float], say: Say) -> dict[str, float]:
    """Give the 95th percentile of each kind of query and of all, the best of some rounds after a round to get warm."""
    best: dict[str, float] = {}
    for turn in range(_ROUNDS + 1):
        times = {kind: [ask(text) for text in texts] for kind, texts in mix.items()}
        times["all"] = [one for some in times.values() for one in some]
        for kind, some in times.items():
            if turn:
                best[kind] = min(best.get(kind, float("inf")), percentile(some, 0.95))
    for kind, some in times.items():
        say(f"  {kind}: {len(some)} queries, p95 {best[kind]:.1f} ms")
    return best


def _against_plain_sqlite(made: BigStore, say: Say) -> list[Row]:
    """Compare on a smaller store, because the peer needs its own copy of everything."""
    say(f"against plain SQLite {sqlite3.sqlite_version}, with {made.dossiers:,} dossiers")
    store = Store.open(made.folder, made.keys)
    slices = _index_in_slices(store)
    plain_path = made.folder / "plain.db"
    plain_path.unlink(missing_ok=True)
    plain = sqlite3.connect(plain_path, isolation_level=None)
    try:
        _fill_plain(store, plain)
        with store.reading() as connection:
            mix = query_mix(connection)
        ours = _p95_by_kind(mix, lambda text: _milliseconds(lambda: look_up(store, text, SCREENFUL)), say)
        usual = _p95_by_kind(mix, lambda text: _milliseconds(lambda: _ask_as_usual(plain, text)), say)
        return [
            Row.limit("index_slice", percentile(slices, 0.99), SLICE_LIMIT_MS, "ms p99"),
            _engines(store, plain, [text for texts in mix.values() for text in texts]),
            Row.against("search_usual_way", ours["all"], usual["all"], "plain FTS5, a row a page, by rank", "ms p95"),
        ]
    finally:
        plain.close()
        plain_path.unlink()
        store.close()


def _index_in_slices(store: Store) -> list[float]:
    """Make the index anew as the background program does, and give the milliseconds of each slice."""
    store.search_file.condemn()
    indexer = SearchIndexer(store, os.urandom)
    slices, is_more = [], True
    while is_more:
        started = time.perf_counter()
        is_more = indexer.run_slice().is_more
        slices.append((time.perf_counter() - started) * 1000)
    indexer.close()
    return slices


def _fill_plain(store: Store, plain: sqlite3.Connection) -> None:
    for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -65536"):
        plain.execute(f"PRAGMA {pragma}").fetchall()
    plain.execute(
        """CREATE VIRTUAL TABLE tokens USING fts5(
            of_dossier, content='', detail=none, tokenize="ascii tokenchars '^=~'")"""
    )
    plain.execute("CREATE VIRTUAL TABLE pages USING fts5(text, tokenize='unicode61 remove_diacritics 2', prefix='2 3')")
    index = store.search_file.open(writing=False)
    numbers = index.rows("SELECT number, dossier_id FROM documents ORDER BY number")
    index.close()
    plain.execute("BEGIN")
    with store.reading() as connection:
        for number, dossier_id in numbers:
            document = search_documents.read(connection, dossier_id)
            if document is not None:
                values = (number, " ".join(document.tokens))
                plain.execute("INSERT INTO tokens (rowid, of_dossier) VALUES (?, ?)", values)
                plain.executemany("INSERT INTO pages (text) VALUES (?)", [(page,) for page in document.pages])
    plain.execute("COMMIT")
    plain.execute("INSERT INTO tokens (tokens) VALUES ('optimize')")
    plain.execute("INSERT INTO pages (pages) VALUES ('optimize')")


def _ask_as_usual(plain: sqlite3.Connection, text: str) -> None:
    """Search as the handbook of FTS5 shows it: beginnings of words, the best rank first, with a snippet."""
    words = search_words.words(text)
    expression = " AND ".join(f'"{word}" *' for word in words)
    plain.execute(
        "SELECT rowid, snippet(pages, 0, '[', ']', '…', 16) FROM pages WHERE pages MATCH ? ORDER BY rank LIMIT ?",
        (expression, SCREENFUL),
    ).fetchall()


def _engines(store: Store, plain: sqlite3.Connection, texts: Sequence[str]) -> Row:
    """Put the same questions to the same index, with and without encryption."""
    sql = "SELECT rowid FROM tokens WHERE tokens MATCH ? ORDER BY rowid DESC LIMIT 1001"
    expressions = [search_words.match_expression(search_words.anywhere(search_words.parse(text))) for text in texts]
    index = store.search_file.open(writing=False)

    def seconds(rows: Callable[[str, tuple[str]], object]) -> float:
        started = time.process_time()
        for expression in expressions:
            rows(sql, (expression,))
        return time.process_time() - started

    def plain_rows(sql: str, parameters: tuple[str]) -> object:
        return plain.execute(sql, parameters).fetchall()

    turns = [(seconds(index.rows), seconds(plain_rows)) for _ in range(_ROUNDS + 1)][1:]
    index.close()
    ours, peer = (min(turn[side] for turn in turns) * 1000 / len(texts) for side in (0, 1))
    return Row.overhead("search_engine", ours, peer, "plain sqlite3", "ms CPU a query")


def _milliseconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000
