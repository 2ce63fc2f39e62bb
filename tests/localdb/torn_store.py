# SPDX-License-Identifier: GPL-3.0-or-later
"""A store of a few hundred dossiers, the pages that each of its rows lies on, and a hand that damages pages."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import random
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from casework.records.queue_ticket import TicketOutcome
from casework.records.result import Result
from localdb import (
    audit,
    code_numbers,
    dossiers,
    drafts,
    history,
    objects,
    outbox,
    pages,
    papers,
    persons,
    queue_tickets,
    results,
    secrets,
)
from localdb.cipher_pages import CipherPages
from localdb.connection import Connection, SqlValue
from localdb.objects import StoredObject
from localdb.store import Store
from localdb.store_keys import StoreKeys
from localdb.tree_pages import parse
from localdb.tree_shapes import TreeShape, shapes_of
from localdb.write_ahead_log import PAGE_SIZE
from tests.localdb import samples
from tests.localdb.samples import CLERK, NOON

RowKey = tuple[SqlValue, ...]


@dataclass(frozen=True)
class Whole:
    """A store as it was before anything was damaged.

    Attributes:
        folder: Its data folder.
        keys: Its keys.
        rows: By primary key, by table.
        places: Page of each row and those on which it goes on, by primary key, by table.
        page_count: Pages of its database.
    """

    folder: Path
    keys: StoreKeys
    rows: dict[str, dict[RowKey, dict[str, SqlValue]]]
    places: dict[str, dict[RowKey, tuple[int, frozenset[int]]]]
    page_count: int


def make(folder: Path, dossier_count: int) -> Whole:
    """Make a store and look where everything lies."""
    keys = StoreKeys.new(os.urandom)
    fill(folder, keys, dossier_count)
    database = folder / "desk.db"
    return Whole(
        folder,
        keys,
        rows_of(database, keys),
        whereabouts(database, keys),
        database.stat().st_size // PAGE_SIZE,
    )


def fill(folder: Path, keys: StoreKeys, dossier_count: int, seed: int = 1) -> None:
    """Make a store whose rows are short and long, in every table that a day fills."""
    chance = random.Random(seed)
    store = Store.create(folder, keys)
    samples.enrol(store)
    for number in range(dossier_count):
        with store.transaction() as connection:
            _add_dossier(connection, number, chance)
    with store.transaction() as connection:
        for number in range(dossier_count // 4):
            dossier_id = samples.new_id()
            drafts.start(connection, dossier_id, CLERK.clerk_id, NOON)
            for name in ("full_name", "id_number", "address", "procedure_code"):
                drafts.set_field(connection, dossier_id, name, "Đ" * chance.randrange(60), NOON)
            secrets.put(connection, f"secret-{number}", chance.randbytes(40))
    store.close()


def _add_dossier(connection: Connection, number: int, chance: random.Random) -> None:
    moment = NOON + dt.timedelta(minutes=3 * number)
    person = samples.make_person(f"Nguyễn Văn Số {number}", f"{38_000_000_000 + number:012}")
    dossier_id = samples.new_id()
    day = moment.date()
    drafts.start(connection, dossier_id, CLERK.clerk_id, moment)
    persons.add(connection, person)
    code = f"H56.14-{day:%y%m%d}-{code_numbers.next_number(connection, day):04}"
    dossiers.add(connection, samples.make_dossier(dossier_id, person.person_id, code, moment))
    drafts.close(connection, dossier_id, moment, drafts.DraftOutcome.RECEIVED)
    for position in range(2):
        stored = StoredObject(
            chance.randbytes(32).hex(), chance.randbytes(32).hex(), chance.randbytes(32), 9, 99, "image/jpeg"
        )
        objects.record(connection, stored)
        paper = samples.make_paper(dossier_id, position, stored.object_id)
        papers.add(connection, paper)
        page = dataclasses.replace(
            samples.make_page(dossier_id, stored.object_id, position),
            text="giấy " * chance.choice((10, 100, 900, 2500)),
            thumbnail=chance.randbytes(chance.choice((0, 300, 3000, 9000))),
            paper_id=paper.paper_id,
        )
        pages.add(connection, page)
        operation = samples.make_operation(outbox.next_device_sequence(connection), dossier_id, (stored.object_id,))
        outbox.append(connection, operation)
        if number % 3 == 0:
            outbox.mark_acknowledged(connection, operation.operation_id, number + 1)
        elif number % 7 == 1:
            outbox.mark_rejected(connection, operation.operation_id, "dossier-unknown")
    history.add(connection, samples.make_history_entry(dossier_id, "ghi chú " * chance.randrange(30)))
    for action in ("draft.started", "dossier.received", "receipt.made"):
        audit.append(connection, at=moment, actor_id=CLERK.clerk_id, action=action, subject_id=dossier_id)
    ticket = queue_tickets.take(connection, samples.new_id(), day, moment)
    queue_tickets.call(connection, ticket.ticket_id, CLERK.clerk_id, moment)
    queue_tickets.finish(connection, ticket.ticket_id, moment, TicketOutcome.SERVED, dossier_id)
    if number % 5 == 0:
        results.add(connection, Result(samples.new_id(), dossier_id, "KQ.1", "Giấy khai sinh", returned_to=None))


def rows_of(database: Path, keys: StoreKeys) -> dict[str, dict[RowKey, dict[str, SqlValue]]]:
    """Give every row by primary key, by table; ``rowid`` is a column too where there is one."""
    connection = Connection.open(database, keys, writing=False)
    try:
        found: dict[str, dict[RowKey, dict[str, SqlValue]]] = {}
        for name, shape in shapes_of(connection).items():
            if shape.is_index:
                continue
            names = [column.name for column in shape.columns]
            chosen = ["rowid", *names] if shape.has_numbers else names
            rows = connection.rows(f'SELECT {", ".join(chosen)} FROM "{name}"')  # noqa: S608 - names of the schema
            dicts = [dict(zip(chosen, row, strict=True)) for row in rows]
            found[name] = {tuple(row[part] for part in shape.key): row for row in dicts}
        return found
    finally:
        connection.close()


def whereabouts(database: Path, keys: StoreKeys) -> dict[str, dict[RowKey, tuple[int, frozenset[int]]]]:
    """Give for each row, by primary key, by table, the page that it lies on and those on which it goes on."""
    connection = Connection.open(database, keys, writing=False)
    shapes = shapes_of(connection)
    roots: dict[str, int] = dict(connection.rows("SELECT name, rootpage FROM sqlite_schema WHERE type = 'table'"))
    connection.close()
    with CipherPages(database, keys) as file:
        return {name: dict(_below(file, shapes[name], roots[name])) for name in roots if name in shapes}


def _below(file: CipherPages, shape: TreeShape, number: int) -> Iterable[tuple[RowKey, tuple[int, frozenset[int]]]]:
    content = file.page(number)
    assert content is not None
    met: list[int] = []

    def follow(further: int) -> bytes | None:
        met.append(further)
        return file.page(further)

    page = parse(content, number, follow)
    cut = parse(content, number, lambda _: None)
    assert page is not None
    assert cut is not None
    for child in page.children:
        yield from _below(file, shape, child)
    for cell, cell_cut in zip(page.cells, cut.cells, strict=True):
        if not cell.values:
            continue
        row = shape.row(cell.number, cell.values)
        chain = () if cell_cut.is_whole else _first_chain(file, met)
        del met[: len(chain)]
        yield tuple(row[name] for name in shape.key), (number, frozenset(chain))


def _first_chain(file: CipherPages, met: list[int]) -> list[int]:
    """Give the pages of the first long row among those that were followed one after the other."""
    for count, number in enumerate(met, start=1):
        content = file.page(number)
        assert content is not None
        if int.from_bytes(content[:4], "big") == 0:
            return met[:count]
    raise AssertionError("a chain without an end")


def damage(database: Path, page_numbers: Iterable[int], chance: random.Random) -> None:
    """Flip one bit in each page, as a worn-out disk does."""
    with database.open("r+b") as file:
        for number in page_numbers:
            place = (number - 1) * PAGE_SIZE + chance.randrange(PAGE_SIZE)
            file.seek(place)
            (byte,) = file.read(1)
            file.seek(place)
            file.write(bytes([byte ^ 1 << chance.randrange(8)]))
        file.flush()
        os.fsync(file.fileno())
