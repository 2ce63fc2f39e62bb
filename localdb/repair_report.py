# SPDX-License-Identifier: GPL-3.0-or-later
"""What a repair of the database found and did: what was lost, exactly, and what was done about it.

Keys are identities, days and names of fields; a report holds no personal data.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from localdb.connection import SqlValue
from localdb.lost_parents import Mending


@dataclass(frozen=True, slots=True)
class Loss:
    """Rows of a table that could not be read.

    Attributes:
        table: The table.
        key_columns: What ``keys`` are made of: its primary key.
        keys: Those that are known.
        range_columns: What ``after`` and ``before`` are made of: the primary key, or ``rowid``.
        after: They come after this key, excluded; None when nothing is before them. Also None for a single row.
        before: They come before this key, excluded; None when nothing is after them.
        count: How many, or None when that cannot be known.
    """

    table: str
    key_columns: tuple[str, ...]
    keys: tuple[tuple[SqlValue, ...], ...]
    range_columns: tuple[str, ...]
    after: tuple[SqlValue, ...] | None
    before: tuple[SqlValue, ...] | None
    count: int | None


@dataclass(frozen=True, slots=True)
class TableRepair:
    """What became of one table.

    Attributes:
        table: The table.
        saved: Rows that were read.
        losses: Rows that were not.
        shortened: Keys of saved rows whose last columns were lost and are empty now.
        filled: Keys of lost rows that were taken from the older database; they are as they were then.
    """

    table: str
    saved: int
    losses: tuple[Loss, ...]
    shortened: tuple[tuple[SqlValue, ...], ...]
    filled: tuple[tuple[SqlValue, ...], ...]


@dataclass(frozen=True, slots=True)
class RepairReport:
    """What a repair found and did.

    Attributes:
        damaged_pages: Numbers of the pages that could not be read.
        unassigned_pages: Numbers of pages that could be read but whose table could not be told; their rows are lost.
        lost_commits: At least so many changes are lost with a damaged log; what they were cannot be known.
        tables: Every table that had rows or lost some.
        mending: What was done about rows whose parent was lost.
        needs_enrolment: Whether something that the gateway was told may be missing, so that the store lost its
            identity: it must be enrolled anew.
        kept_aside: The damaged file.
    """

    damaged_pages: tuple[int, ...]
    unassigned_pages: tuple[int, ...]
    lost_commits: int
    tables: tuple[TableRepair, ...]
    mending: Mending
    needs_enrolment: bool
    kept_aside: Path

    @property
    def has_losses(self) -> bool:
        """Whether anything was lost, filled or not."""
        return bool(self.unassigned_pages or self.lost_commits) or any(
            table.losses or table.shortened for table in self.tables
        )
