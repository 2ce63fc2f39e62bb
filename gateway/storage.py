# SPDX-License-Identifier: GPL-3.0-or-later
"""What the gateway asks of a database: short transactions, one writer at a time, plain SQL with ``?`` marks.

Each room of the gateway writes its own statements; they keep to the SQL that SQLite and PostgreSQL share, so that a
second database is another pair of these protocols and another schema, not another gateway.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

Value = str | int | bytes | None
Row = tuple[Value, ...]


class Transaction(Protocol):
    """A transaction that is committed when its ``with`` block ends and rolled back when the block raises."""

    def execute(self, statement: str, *values: Value) -> int:
        """Run a statement and give the number of rows it changed."""
        ...

    def rows(self, statement: str, *values: Value) -> list[Row]:
        """Run a statement and give all its rows."""
        ...

    def row(self, statement: str, *values: Value) -> Row | None:
        """Run a statement and give its first row, or None."""
        ...


class Database(Protocol):
    """The gateway's database; safe to use from several threads."""

    def write(self, *, durable: bool = True) -> AbstractContextManager[Transaction]:
        """Open the writing transaction.

        Args:
            durable: Whether a committed change must outlive a power cut. Only what costs nothing when it is forgotten
                (nonces, progress of an upload) may say no; killing the process never loses it.

        Raises:
            KnownError: ``gateway-busy`` (retryable) when the writer's place stays taken; ``gateway-disk-full``
                (retryable) when the disk is full.
        """
        ...

    def read(self) -> AbstractContextManager[Transaction]:
        """Open a reading transaction that sees one state of the database.

        Raises:
            KnownError: ``gateway-busy`` (retryable).
        """
        ...

    def close(self) -> None:
        """Give back all connections."""
        ...


def text(value: Value) -> str:
    """Give a text column's value its type."""
    assert isinstance(value, str)  # noqa: S101 — the schema says so; this tells the type checker
    return value


def number(value: Value) -> int:
    """Give an integer column's value its type."""
    assert isinstance(value, int)  # noqa: S101 — the schema says so; this tells the type checker
    return value


def blob(value: Value) -> bytes:
    """Give a BLOB column's value its type."""
    assert isinstance(value, bytes)  # noqa: S101 — the schema says so; this tells the type checker
    return value
