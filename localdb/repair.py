# SPDX-License-Identifier: GPL-3.0-or-later
"""Make a new database of what can be read of a damaged one, and say exactly what could not.

The damaged file is only read. The new one gets its name when it is whole and checked; the damaged one is kept aside
under another name, with its log. What was lost may be filled from an older database of the same store, such as a
snapshot. Nobody else may have the database open.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import logging
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from casework.errors import BugError, KnownError
from localdb import durable_file, identity, kept_aside, lost_commits, migrations, verified_copy, write_ahead_log
from localdb.cipher_pages import CipherPages
from localdb.connection import Connection, Row, SqlValue
from localdb.donor import Donor
from localdb.lost_parents import mend
from localdb.repair_report import Loss, RepairReport, TableRepair
from localdb.salvage import Hole, Salvage, SalvagedRow, schema_version
from localdb.store import DATABASE_NAME
from localdb.store_keys import StoreKeys
from localdb.tree_shapes import TreeShape, shapes_of

_log = logging.getLogger(__name__)

_ROWS_AT_A_TIME = 5000

_WORTH_WITHOUT: dict[str, dict[str, SqlValue]] = {
    "pages": {"text": "", "thumbnail": b"", "steps": None, "advice": None}
}
"""Columns that may be lost while the row is worth keeping: a page without its text is read again."""

_SAID_OUTSIDE = frozenset({"workstation", "former_devices", "secrets", "reissues"})
"""What is lost here, the gateway may have been told otherwise."""


@dataclass(slots=True)
class _Table:
    shape: TreeShape
    saved: int = 0
    holes: list[Hole] = field(default_factory=list)
    torn: list[tuple[SqlValue, ...]] = field(default_factory=list)
    shortened: list[tuple[SqlValue, ...]] = field(default_factory=list)


def repair(
    folder: Path,
    keys: StoreKeys,
    now: dt.datetime,
    *,
    donor: Donor | None = None,
    finish: Callable[[Connection, RepairReport], None] = lambda *_: None,
    on_table: Callable[[str, int, int], None] = lambda *_: None,
) -> RepairReport:
    """Repair the database of a folder.

    Args:
        folder: The data folder.
        keys: Of its store.
        now: Aware; names the file that is kept aside.
        donor: From which lost rows are filled.
        finish: Writes what shall be known of the repair into the new database, in one transaction, before it counts.
        on_table: Told the table that is being read, its place from 0, and the number of tables.

    Raises:
        KnownError: ``repair-impossible`` when the first page is damaged: only a snapshot helps; ``repair-not-needed``
            when nothing is damaged and no commit lost; ``database-missing``, ``database-newer``, ``wrong-key``;
            ``no-room-for-copy``, ``disk-full``, ``disk-error``, ``no-access``. The damaged file lies where it lay.
    """
    database = folder / DATABASE_NAME
    with durable_file.explained():
        kept_aside.undo_unfinished(database)
        if not database.exists():
            raise KnownError("database-missing")
        verified_copy.check_room(database)
    # Before any connection of the engine, which would put the log away.
    lost = lost_commits.notice(folder)
    unfinished = database.with_name(f"{DATABASE_NAME}.repaired")
    aside = kept_aside.name_for(database, now)
    with contextlib.ExitStack() as undo, durable_file.explained():
        undo.callback(_clear, unfinished)
        _clear(unfinished)
        with CipherPages(database, keys) as pages:
            new = _new_database(unfinished, keys, _version(pages))
            undo.callback(new.close)
            work = _Repair(new, pages, now, aside, on_table)
            work.load()
            if not lost and not work.is_needed and _is_sound(database, keys):
                raise KnownError("repair-not-needed")
            report = work.complete(donor, lost)
        with new.transaction(writing=True):
            if report.needs_enrolment:
                identity.retire(new, now, identity.Reason.RESTORED)
            finish(new, report)
        _check(new)
        new.close()
        kept_aside.swap(database, unfinished, aside)
    if lost:
        lost_commits.forget(folder)  # the new database is nobody at the gateway
    _log.info("the database was repaired: %d pages were damaged", len(report.damaged_pages))
    return report


class _Repair:
    """One repair at work."""

    def __init__(
        self,
        new: Connection,
        pages: CipherPages,
        now: dt.datetime,
        aside: Path,
        on_table: Callable[[str, int, int], None],
    ) -> None:
        self._new = new
        self._now = now
        self._aside = aside
        self._on_table = on_table
        self._shapes = shapes_of(new)
        self._salvage = Salvage(pages, self._shapes)
        self._has_right_salt = pages.has_right_salt
        self._triggers: list[Row] = []
        self._usual: dict[str, list[Row]] = {}
        self._tables = {name: _Table(shape) for name, shape in self._shapes.items() if not shape.is_index}

    @property
    def is_needed(self) -> bool:
        """Whether anything could not be read; known when everything was loaded."""
        is_torn = any(table.holes or table.torn or table.shortened for table in self._tables.values())
        return is_torn or bool(self._salvage.damaged) or not self._has_right_salt

    def load(self) -> None:
        """Read everything that can be read."""
        self._triggers = self._new.rows("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
        self._new.execute("PRAGMA foreign_keys = OFF")
        with self._new.transaction(writing=True):
            for name, _ in self._triggers:
                self._new.execute(f'DROP TRIGGER "{name}"')
            self._usual = {name: self._take_out(name) for name in self._tables}
        for place, table in enumerate(self._tables.values()):
            self._on_table(table.shape.name, place, len(self._tables))
            self._load(table)

    def complete(self, donor: Donor | None, lost: int) -> RepairReport:
        """Fill what was lost, mend what refers to it, and tell.

        Args:
            donor: From which lost rows are filled.
            lost: Commits that were lost with the log.
        """
        losses = {name: tuple(self._losses(table)) for name, table in self._tables.items()}
        needs_enrolment = lost > 0 or self._needs_enrolment(losses)
        with self._new.transaction(writing=True):
            filled = {} if donor is None else donor.fill(self._new, self._shapes, losses)
            for name, rows in self._usual.items():
                self._put_usual(name, rows)
            mending = mend(self._new, self._now, {name for name, lost in losses.items() if lost})
            for _, sql in self._triggers:
                self._new.execute_script(f"{sql};")
        self._new.execute("PRAGMA foreign_keys = ON")
        migrations.bring_up_to_date(self._new, migrations.shipped())
        return RepairReport(
            damaged_pages=self._salvage.damaged,
            unassigned_pages=self._salvage.unassigned,
            lost_commits=lost,
            tables=tuple(
                TableRepair(name, table.saved, losses[name], tuple(table.shortened), tuple(filled.get(name, ())))
                for name, table in self._tables.items()
                if table.saved or losses[name]
            ),
            mending=mending,
            needs_enrolment=needs_enrolment,
            kept_aside=self._aside,
        )

    def _take_out(self, table: str) -> list[Row]:
        rows = self._new.rows(f'SELECT * FROM "{table}"')  # noqa: S608 - a table of the schema
        self._new.execute(f'DELETE FROM "{table}"')  # noqa: S608 - a table of the schema
        return rows

    def _put_usual(self, table: str, rows: Sequence[Row]) -> None:
        """Give a table that is never empty the row that a new store has."""
        if rows and not self._new.row(f'SELECT 1 FROM "{table}"'):  # noqa: S608 - a table of the schema
            marks = ", ".join("?" for _ in rows[0])
            self._new.execute_many(f'INSERT INTO "{table}" VALUES ({marks})', rows)  # noqa: S608 - a table of the schema

    def _load(self, table: _Table) -> None:
        waiting: list[tuple[tuple[str, ...], tuple[SqlValue, ...]]] = []
        for found in self._salvage.rows(table.shape.name):
            if isinstance(found, Hole):
                table.holes.append(found)
                continue
            row = self._worth_keeping(table, found)
            if row is None:
                continue
            if table.shape.has_numbers and table.shape.number_column is None:
                row = {"rowid": found.number, **row}
            waiting.append((tuple(row), tuple(row.values())))
            if len(waiting) == _ROWS_AT_A_TIME:
                self._write(table, waiting)
        self._write(table, waiting)

    def _worth_keeping(self, table: _Table, found: SalvagedRow) -> dict[str, SqlValue] | None:
        if found.is_whole:
            return found.values
        key = tuple(found.values[name] for name in table.shape.key if name in found.values)
        spare = _WORTH_WITHOUT.get(table.shape.name, {})
        missing = [column.name for column in table.shape.columns if column.name not in found.values]
        if len(key) == len(table.shape.key) and set(missing) <= set(spare):
            table.shortened.append(key)
            return found.values | {name: spare[name] for name in missing}
        table.torn.append(key)
        return None

    def _write(self, table: _Table, waiting: list[tuple[tuple[str, ...], tuple[SqlValue, ...]]]) -> None:
        with self._new.transaction(writing=True):
            for names, values in waiting:
                marks = ", ".join("?" for _ in names)
                columns = ", ".join(f'"{name}"' for name in names)
                if self._new.execute(
                    f'INSERT INTO "{table.shape.name}" ({columns}) VALUES ({marks}) '  # noqa: S608 - names of the schema
                    "ON CONFLICT DO NOTHING",
                    values,
                ):
                    table.saved += 1
                else:
                    # Two rows under one key, which no sound database has: the second is told as lost.
                    table.torn.append(tuple(values[names.index(name)] for name in table.shape.key))
        waiting.clear()

    def _losses(self, table: _Table) -> Iterator[Loss]:
        shape = table.shape
        range_columns = ("rowid",) if shape.has_numbers else shape.key
        yield from (Loss(shape.name, shape.key, (key,), range_columns, None, None, 1) for key in table.torn)
        holes = [hole for hole in table.holes if hole.is_certain or self._salvage.unexplained]
        if not holes or not shape.has_numbers:
            for hole in holes:
                # A damaged page that nobody knows may have belonged here too.
                count = None if self._salvage.unexplained else hole.count
                yield Loss(shape.name, shape.key, (), range_columns, hole.after, hole.before, count)
            return
        index = next((each for each in self._shapes.values() if each.is_index and each.key == (*shape.key, "")), None)
        if shape.number_column is None and index is None:
            raise BugError("a table without a primary key")
        known = [
            (number, key)
            for number, key in self._salvage.primary_keys(shape.name)
            if any(_is_between(number, hole) for hole in holes)
        ]
        is_exact = index is not None and index.table == shape.name and self._salvage.is_whole(index.name)
        for hole in holes:
            inside = tuple(key for number, key in known if _is_between(number, hole))
            if not is_exact or inside:
                count = len(inside) if is_exact else _numbers_between(shape, hole)
                if count != 0:
                    yield Loss(shape.name, shape.key, inside, range_columns, hole.after, hole.before, count)

    def _needs_enrolment(self, losses: dict[str, tuple[Loss, ...]]) -> bool:
        """Whether the store may have told the gateway something that it does not know any more."""
        if any(losses.get(name) for name in _SAID_OUTSIDE):
            return True
        today = (self._now.astimezone(dt.timezone(dt.timedelta(hours=7))).date().isoformat(),)
        if any((loss.before is None or loss.before > today) for loss in losses["code_numbers"]):
            return True
        last = self._new.rows("SELECT coalesce(max(operation_id), '') FROM operations")[0][0]
        return not all(
            loss.count == len(loss.keys) and all(key[0] < last and self._was_answered(key[0]) for key in loss.keys)
            for loss in losses["operations"]
        )

    def _was_answered(self, operation_id: SqlValue) -> bool:
        row = self._new.row(
            """SELECT 1 FROM outbox WHERE operation_id = ?
                AND (acknowledged_sequence IS NOT NULL OR rejection_code IS NOT NULL)""",
            (operation_id,),
        )
        return row is not None


def _is_between(number: int, hole: Hole) -> bool:
    after = -(1 << 63) if hole.after is None else hole.after[0]
    before = (1 << 63) if hole.before is None else hole.before[0]
    return isinstance(after, int) and isinstance(before, int) and after < number < before


def _numbers_between(shape: TreeShape, hole: Hole) -> int | None:
    """Give how many rows a hole has, in a table whose rows are numbered without gaps."""
    if shape.number_column is None or hole.after is None or hole.before is None:
        return None
    after, before = hole.after[0], hole.before[0]
    return before - after - 1 if isinstance(after, int) and isinstance(before, int) else None


def _version(pages: CipherPages) -> int:
    try:
        return schema_version(pages)
    except KnownError as error:
        # Another salt as well as an unreadable page: these are the keys of another store.
        raise (error if pages.has_right_salt else KnownError("wrong-key")) from None


def _new_database(path: Path, keys: StoreKeys, version: int) -> Connection:
    steps = migrations.shipped()
    if version > len(steps):
        raise KnownError("database-newer", found=str(version), known=str(len(steps)))
    if version < 1:
        raise KnownError("repair-impossible")
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    new = Connection.create(path, keys)
    try:
        migrations.bring_up_to_date(new, steps[:version])
    except BaseException:
        new.close()
        raise
    return new


def look_at(database: Path, keys: StoreKeys) -> Connection:
    """Open a database that may be damaged, and change neither it nor its log; errors as ``Connection.open``."""
    # Without a log there is nothing to put away, and only a connection that may write clears up after itself.
    mode = "ro" if write_ahead_log.is_left(database) else "rw"
    return Connection.open(database, keys, writing=False, mode=mode)


def _is_sound(database: Path, keys: StoreKeys) -> bool:
    """Whether the trees and indexes of a database agree; its pages have proven themselves."""
    connection = look_at(database, keys)
    try:
        return connection.rows("PRAGMA integrity_check") == [("ok",)] and not connection.rows(
            "PRAGMA foreign_key_check"
        )
    finally:
        connection.close()


def _check(new: Connection) -> None:
    new.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    if (
        new.rows("PRAGMA cipher_integrity_check")
        or new.rows("PRAGMA integrity_check") != [("ok",)]
        or new.rows("PRAGMA foreign_key_check")
    ):
        raise BugError("the repaired database does not hold")


def _clear(unfinished: Path) -> None:
    for leftover in unfinished.parent.glob(f"{unfinished.name}*"):
        leftover.unlink(missing_ok=True)
