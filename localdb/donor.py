# SPDX-License-Identifier: GPL-3.0-or-later
"""An older database of the same store, such as a snapshot, that gives back rows which a damaged one has lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from localdb import migrations
from localdb.connection import Connection, SqlValue
from localdb.repair_report import Loss
from localdb.store_keys import StoreKeys
from localdb.tree_shapes import TreeShape


@dataclass(frozen=True, slots=True)
class Donor:
    """An older database of the same store.

    Attributes:
        database: Its file; it is brought up to date in its place, so give a copy.
        keys: What opens it.
    """

    database: Path
    keys: StoreKeys = field(repr=False)

    def fill(
        self, new: Connection, shapes: Mapping[str, TreeShape], losses: Mapping[str, tuple[Loss, ...]]
    ) -> dict[str, list[tuple[SqlValue, ...]]]:
        """Write the lost rows that are here, as they were then.

        Args:
            new: The new database, in a transaction.
            shapes: Of its tables.
            losses: What was lost of each table.

        Returns:
            The keys of the rows that were written, of each table.
        """
        older = Connection.open(self.database, self.keys, writing=True)
        try:
            migrations.bring_up_to_date(older, migrations.shipped())
            with older.transaction(writing=False):
                return {name: list(_fill_table(new, older, shapes[name], lost)) for name, lost in losses.items()}
        finally:
            older.close()


def _fill_table(
    new: Connection, older: Connection, shape: TreeShape, losses: tuple[Loss, ...]
) -> Iterator[tuple[SqlValue, ...]]:
    table = shape.name
    there = {row[1] for row in older.rows(f'PRAGMA table_info("{table}")')}
    names = [column.name for column in shape.columns if column.name in there]
    if not names:
        return
    columns = ", ".join(f'"{name}"' for name in names)
    marks = ", ".join("?" for _ in names)
    for loss in losses:
        for condition, values in _conditions(loss):
            for row in older.rows(f'SELECT {columns} FROM "{table}" WHERE {condition}', values):  # noqa: S608 - schema
                if table == "draft_fields" and _is_closed(new, row[names.index("dossier_id")]):
                    continue
                if new.execute(
                    f'INSERT INTO "{table}" ({columns}) VALUES ({marks}) ON CONFLICT DO NOTHING',  # noqa: S608 - schema
                    row,
                ):
                    yield tuple(row[names.index(name)] for name in shape.key)


def _is_closed(new: Connection, dossier_id: SqlValue) -> bool:
    """Whether a draft has ended since, so that what was typed in it is gone on purpose."""
    row = new.row("SELECT 1 FROM drafts WHERE dossier_id = ? AND closed_at IS NOT NULL", (dossier_id,))
    return row is not None


def _conditions(loss: Loss) -> Iterator[tuple[str, tuple[SqlValue, ...]]]:
    """Give what finds the lost rows in another database of the store."""
    key = ", ".join(f'"{name}"' for name in loss.key_columns)
    marks = ", ".join("?" for _ in loss.key_columns)
    for values in loss.keys:
        if len(values) == len(loss.key_columns):
            yield f"({key}) = ({marks})", values
    if loss.count is not None and loss.count == len(loss.keys):
        return
    ordered = ", ".join("rowid" if name == "rowid" else f'"{name}"' for name in loss.range_columns)
    parts: list[str] = ["TRUE"]
    bounds: list[SqlValue] = []
    for sign, bound in ((">", loss.after), ("<", loss.before)):
        if bound is not None:
            parts.append(f"({ordered}) {sign} ({', '.join('?' for _ in bound)})")
            bounds += bound
    yield " AND ".join(parts), tuple(bounds)
