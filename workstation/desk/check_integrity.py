# SPDX-License-Identifier: GPL-3.0-or-later
"""Check the whole database, page by page, after it was left without being closed."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from localdb import durable_file
from localdb.pinned_database import pinned
from localdb.store import Store

_log = logging.getLogger(__name__)

_WANTED: Final = "integrity-check-wanted"


@dataclass(frozen=True, slots=True)
class IntegrityReport:
    """What the check found.

    Attributes:
        damaged_pages: Pages that are not as they were written.
        contradictions: What the engine found wrong in its trees and indexes, at most 100.
    """

    damaged_pages: int
    contradictions: int

    @property
    def is_whole(self) -> bool:
        """Whether nothing is wrong."""
        return not self.damaged_pages and not self.contradictions


def check_integrity(store: Store) -> IntegrityReport:
    """Check every page and every tree of the database while others go on working; some seconds for a large one.

    Raises:
        KnownError: ``database-busy``, ``disk-error``.
    """
    with pinned(store) as database:
        # Reads the file past its own cache, which is why nobody may write into the file meanwhile.
        damaged = database.connection.rows("PRAGMA cipher_integrity_check")
        contradictions = [] if damaged else database.connection.rows("PRAGMA integrity_check")
    report = IntegrityReport(len(damaged), sum(row != ("ok",) for row in contradictions))
    if not report.is_whole:
        _log.error("%d damaged pages, %d contradictions", report.damaged_pages, report.contradictions)
    return report


def want_check(folder: Path) -> None:
    """Note that the database is to be checked, so that it is not forgotten when the program ends before.

    Raises:
        KnownError: ``disk-full``, ``no-access``, ``disk-error``.
    """
    with durable_file.explained():
        (folder / _WANTED).touch(mode=0o600)


def is_check_wanted(folder: Path) -> bool:
    """Whether a check was noted and not finished."""
    return (folder / _WANTED).exists()


def note_check_passed(folder: Path) -> None:
    """Note that the database is whole."""
    with durable_file.explained():
        (folder / _WANTED).unlink(missing_ok=True)
