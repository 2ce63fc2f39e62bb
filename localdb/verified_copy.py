# SPDX-License-Identifier: GPL-3.0-or-later
"""The copy of the database that is taken before a step of the schema: encrypted, proven, kept until the next one.

``before-0002.db`` is the database as it was before step 2, under the same key. It has its name only when it is whole
and checked; until then it is a ``.part`` that anybody may remove. An older copy goes after the step it was followed by
is kept.
"""

from __future__ import annotations

import enum
import logging
import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from casework.errors import KnownError
from localdb import durable_file, simple_disk
from localdb.connection import Connection
from localdb.key_file import StoreKeys

_log = logging.getLogger(__name__)

_NAME = re.compile(r"before-(\d{4})\.db")
_SPARE_BYTES = 16 * 1024 * 1024
"""What a step itself may need on top of the copy."""


class UpgradeStage(enum.StrEnum):
    """What is being done to a database of an older program."""

    COPYING = "copying"
    CHECKING = "checking"
    CHANGING = "changing"


@dataclass(frozen=True, slots=True)
class UpgradeProgress:
    """How far the upgrade of a database has got.

    Attributes:
        number: The step of the schema that is being taken.
        stage: What is being done.
        done: Pages copied or checks passed.
        total: Out of so many; at least 1.
    """

    number: int
    stage: UpgradeStage
    done: int
    total: int


OnProgress = Callable[[UpgradeProgress], None]


def path_before(database: Path, number: int) -> Path:
    """Give the name of the copy before a step."""
    return database.with_name(f"before-{number:04}.db")


def make(database: Path, number: int, keys: StoreKeys, on_progress: OnProgress) -> None:
    """Copy the database and prove the copy, while the caller holds the right to write.

    Args:
        database: The database file.
        number: The step that is about to be taken.
        keys: Of this store.
        on_progress: Told how far it has got.

    Raises:
        KnownError: ``no-room-for-copy`` (details ``megabytes``), ``copy-not-verified`` when the disk did not keep what
            was written, ``database-damaged`` when the database itself is torn; ``disk-full``, ``disk-error``,
            ``no-access``. Nothing is left behind, and an older copy is still there.
    """
    part = path_before(database, number).with_suffix(f".db{durable_file.PART_SUFFIX}")
    with durable_file.explained():
        _clear(database.parent)
        check_room(database)
        try:
            os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            source = Connection.open(database, keys, writing=False)
            try:
                with source.transaction(writing=False):
                    # Copying would turn a page that does not prove itself into zeros that do.
                    if source.rows("PRAGMA cipher_integrity_check"):
                        raise KnownError("database-damaged")
                    counts = _row_counts(source)
                    source.copy_to(
                        part,
                        keys,
                        lambda done, total: on_progress(
                            UpgradeProgress(number, UpgradeStage.COPYING, done, max(total, 1))
                        ),
                    )
            finally:
                source.close()
            with part.open("r+b") as file:
                os.fsync(file.fileno())
                simple_disk.forget_cached(file.fileno())
            _verify(
                part,
                keys,
                counts,
                lambda done, total: on_progress(UpgradeProgress(number, UpgradeStage.CHECKING, done, total)),
            )
            part.replace(path_before(database, number))
            durable_file.sync_folder(database.parent)
        except BaseException:
            _clear(database.parent)
            raise
    _log.info("a copy was taken before step %d of the schema", number)


def remove_older(database: Path, version: int) -> None:
    """Remove the copies that a newer one has taken the place of; the newest before a step that was taken stays."""
    with durable_file.explained():
        taken = sorted((number, path) for number, path in _copies(database.parent) if number <= version)
        for _, path in taken[:-1]:
            path.unlink()


def remove_all(database: Path) -> None:
    """Remove every copy: its key is not that of the database any more, or what is in it must not be kept."""
    with durable_file.explained():
        _clear(database.parent)
        for _, path in _copies(database.parent):
            path.unlink()


def check_room(database: Path) -> None:
    """See that the disk has room for the database once more.

    Raises:
        KnownError: ``no-room-for-copy`` (details ``megabytes``).
    """
    log = database.with_name(f"{database.name}-wal")
    needed = database.stat().st_size + (log.stat().st_size if log.exists() else 0) + _SPARE_BYTES
    if shutil.disk_usage(database.parent).free < needed:
        raise KnownError("no-room-for-copy", retryable=True, megabytes=str(-(-needed // 10**6)))


def _verify(path: Path, keys: StoreKeys, counts: dict[str, int], on_check: Callable[[int, int], None]) -> None:
    on_check(0, 3)
    try:
        copy = Connection.open(path, keys, writing=False)
    except KnownError as error:
        raise KnownError("copy-not-verified", retryable=True) from error
    try:
        if copy.rows("PRAGMA cipher_integrity_check"):
            raise KnownError("copy-not-verified", retryable=True)
        on_check(1, 3)
        # The copy has the same pages as the database: what is torn here is torn there.
        if copy.rows("PRAGMA integrity_check") != [("ok",)]:
            raise KnownError("database-damaged")
        on_check(2, 3)
        if _row_counts(copy) != counts:
            raise KnownError("copy-not-verified", retryable=True)
        on_check(3, 3)
    finally:
        copy.close()


def _row_counts(connection: Connection) -> dict[str, int]:
    tables = connection.rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql IS NOT NULL")
    return {name: connection.rows(f'SELECT count(*) FROM "{name}"')[0][0] for (name,) in tables}  # noqa: S608 - ours


def _copies(folder: Path) -> Iterator[tuple[int, Path]]:
    for path in folder.iterdir():
        if match := _NAME.fullmatch(path.name):
            yield int(match[1]), path


def _clear(folder: Path) -> None:
    for leftover in folder.glob(f"before-*{durable_file.PART_SUFFIX}*"):
        leftover.unlink(missing_ok=True)
