# SPDX-License-Identifier: GPL-3.0-or-later
"""How the tables and indexes of a schema are laid out on pages, as a new database of that schema tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from localdb.connection import Connection, SqlValue

_TYPES: dict[str, tuple[type, ...]] = {
    "TEXT": (str,),
    "INTEGER": (int,),
    "REAL": (float, int),
    "BLOB": (bytes,),
}

Key = tuple[tuple[int, int | float | bytes], ...]
"""A key in a form that sorts as the engine sorts it."""


@dataclass(frozen=True, slots=True)
class Column:
    """A stored column.

    Attributes:
        name: As in the schema.
        type: ``TEXT``, ``INTEGER``, ``REAL`` or ``BLOB``; every table is STRICT.
        may_be_null: Whether NULL is a value of it.
    """

    name: str
    type: str
    may_be_null: bool

    def accepts(self, value: SqlValue) -> bool:
        """Whether a stored value can be one of this column."""
        return self.may_be_null if value is None else isinstance(value, _TYPES[self.type])


@dataclass(frozen=True, slots=True)
class TreeShape:
    """A table or an index.

    Attributes:
        name: Of the table or the index.
        table: The table that it belongs to.
        has_numbers: Whether its rows have numbers (a table without WITHOUT ROWID).
        columns: As they are stored, in that order.
        key: Names of the columns of the primary key; of an index, of the columns that it is sorted by.
        number_column: Column that is the number of the row and stored as NULL, or None.
        required: So many columns every row has; later ones may have been added to the table since.
    """

    name: str
    table: str
    has_numbers: bool
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    number_column: str | None
    required: int

    @property
    def is_index(self) -> bool:
        """Whether it only helps to find the rows of a table."""
        return self.name != self.table

    def fits(self, values: Sequence[SqlValue]) -> bool:
        """Whether stored values can be a row of it."""
        if not self.required <= len(values) <= len(self.columns):
            return False
        return all(
            value is None if column.name == self.number_column else column.accepts(value)
            for column, value in zip(self.columns, values, strict=False)
        )

    def row(self, number: int, values: Sequence[SqlValue]) -> dict[str, SqlValue]:
        """Give a stored row by the names of its columns, as the engine would."""
        row: dict[str, SqlValue] = {}
        for column, value in zip(self.columns, values, strict=False):
            if column.name == self.number_column:
                value = number
            # The engine stores a whole number of a REAL column as an integer.
            row[column.name] = float(value) if column.type == "REAL" and isinstance(value, int) else value
        return row


def sorting_key(values: Sequence[SqlValue]) -> Key:
    """Give values in a form that sorts as the engine sorts them: NULL, numbers, text, bytes."""
    return tuple(
        (0, 0)
        if value is None
        else (1, value)
        if isinstance(value, int | float)
        else (2, value.encode())
        if isinstance(value, str)
        else (3, value)
        for value in values
    )


def shapes_of(connection: Connection) -> dict[str, TreeShape]:
    """Give the tables and indexes of a database, by name."""
    shapes: dict[str, TreeShape] = {}
    for _, table, kind, _, is_without_numbers, _ in connection.rows("PRAGMA main.table_list"):
        if kind != "table" or table.startswith("sqlite_"):
            continue
        described = connection.rows(f'PRAGMA table_info("{table}")')
        columns = {name: Column(name, type_, not (not_null or pk)) for _, name, type_, not_null, _, pk in described}
        key = [name for pk, name in sorted((row[5], row[1]) for row in described) if pk]
        is_numbered = not is_without_numbers and len(key) == 1 and columns[key[0]].type == "INTEGER"
        order = [*key, *(name for name in columns if name not in key)] if is_without_numbers else list(columns)
        # A column that was added later is missing in older rows; only such may be NULL and stand at the end.
        required = max((place + 1 for place, name in enumerate(order) if not columns[name].may_be_null), default=1)
        shapes[table] = TreeShape(
            table,
            table,
            not is_without_numbers,
            tuple(columns[name] for name in order),
            tuple(key),
            key[0] if is_numbered else None,
            required,
        )
        for _, index, _, origin, _ in connection.rows(f'PRAGMA index_list("{table}")'):
            if is_without_numbers and origin == "pk":
                continue
            stored = [name for _, cid, name, *_ in connection.rows(f'PRAGMA index_xinfo("{index}")') if cid >= 0]
            names = (*stored, "") if not is_without_numbers else tuple(stored)
            shapes[index] = TreeShape(
                index,
                table,
                False,
                tuple(columns.get(name, Column(name, "INTEGER", False)) for name in names),
                names,
                None,
                len(names),
            )
    return shapes
