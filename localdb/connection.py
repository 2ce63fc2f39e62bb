# SPDX-License-Identifier: GPL-3.0-or-later
"""One connection to the encrypted database; the only module that knows the database engine.

A connection hands out rows only as finished lists, so that no forgotten cursor keeps a snapshot open, and turns every
complaint of the engine into a known error or a bug. It is used by one thread at a time: ``localdb.store`` holds the
locks.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from casework.errors import BugError, KnownError
from localdb import durable_file
from localdb.key_file import StoreKeys
from localdb.raw_file import RawFile
from localdb.wiping import hex_digits, wipe

SqlValue = str | int | float | bytes | None
Row = tuple[Any, ...]

_BUSY_SECONDS = 5.0
_SALT_SIZE = 16
_SMALLEST_DATABASE = 4096
_NO_SPACE_LEFT = 256 * 1024
_PAGES_AT_A_TIME = 1024

# https://sqlite.org/rescode.html, primary result codes
_PERM, _BUSY, _LOCKED, _NOMEM, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = (
    3,
    5,
    6,
    7,
    8,
    10,
    11,
    13,
    14,
    26,
)
_WORDS = {
    "disk I/O error": _IOERR,
    "database disk image is malformed": _CORRUPT,
    "database or disk is full": _FULL,
    "unable to open database file": _CANTOPEN,
    "file is not a database": _NOTADB,
    "out of memory": _NOMEM,
    "database is locked": _BUSY,
}


class Connection:
    """A connection whose key is set and whose settings are ours."""

    def __init__(self, engine: Any, file: RawFile, folder: Path, *, writing: bool) -> None:  # noqa: ANN401 - untyped
        self._engine = engine
        self._file = file
        self._folder = folder
        self._writing = writing
        self._broken = False

    @classmethod
    def open(cls, path: Path, keys: StoreKeys, *, writing: bool, mode: str = "rw") -> Connection:
        """Open a database that exists; never makes one.

        Args:
            path: The database file.
            keys: Of this store.
            writing: False for a connection on which every change is refused.
            mode: ``ro`` leaves file and log as they are, also when this is the last connection to close.

        Raises:
            KnownError: ``database-missing``, ``database-damaged``, ``wrong-key``, ``no-access``, ``disk-full``,
                ``disk-error``.
        """
        file = _hold(path)
        try:
            with durable_file.explained():
                salt, size = file.read(0, _SALT_SIZE), file.size
            # The engine would take a file of no bytes for a new, empty database.
            if size < _SMALLEST_DATABASE:
                raise KnownError("database-damaged")
            if salt != keys.database_salt:
                raise KnownError("wrong-key")
            return cls._connect(path, keys, file, writing=writing, mode=mode)
        except BaseException:
            file.close()
            raise

    @classmethod
    def create(cls, path: Path, keys: StoreKeys) -> Connection:
        """Open a file of no bytes as a new database."""
        file = _hold(path)
        try:
            return cls._connect(path, keys, file, writing=True)
        except BaseException:
            file.close()
            raise

    @staticmethod
    def opens(path: Path, keys: StoreKeys) -> bool:
        """Tell whether a database opens with these keys, whatever salt it begins with."""
        engine = _engine(path, keys)
        try:
            engine.execute("SELECT count(*) FROM sqlite_schema").fetchall()
        except dbapi2.Error as error:
            if _code(error) == _NOTADB:
                return False
            raise _explain(error, path.parent) from error
        finally:
            engine.close()
        return True

    @classmethod
    def undo_broken_change(cls, path: Path, old: StoreKeys) -> None:
        """Take back a change of the key that was broken off; what it leaves is whole and under the old key.

        The engine notes the new salt in its journal already, so that it is left at the start of the file when the
        change is undone, and has to be replaced: writing the first page again does so, in a transaction.

        Raises:
            KnownError: ``database-busy``, ``database-missing``, ``disk-full``, ``no-access``, ``disk-error``.
        """
        if path.with_name(f"{path.name}-journal").exists():
            cls.opens(path, old)
        with durable_file.explained(), _hold(path) as file:
            salt = file.read(0, _SALT_SIZE)
        if salt == old.database_salt or not cls.opens(path, old):
            return
        engine = _engine(path, old)
        try:
            (version,) = engine.execute("PRAGMA user_version").fetchone()
            engine.execute(f"PRAGMA user_version = {int(version)}")
        except dbapi2.Error as error:
            raise _explain(error, path.parent) from error
        finally:
            engine.close()

    @classmethod
    def change_key(cls, path: Path, old: StoreKeys, new: StoreKeys) -> None:
        """Encrypt every page with another key, whole or not at all; nobody else may have the database open.

        The write-ahead log is put away before, so that the database is one file with a rollback journal meanwhile.

        Raises:
            KnownError: ``database-busy`` when somebody has it open; ``wrong-key``, ``database-damaged``, ``disk-full``,
                ``no-access``, ``disk-error``.
        """
        engine = _engine(path, old)
        try:
            # Who has it open keeps it open: waiting for them is of no use.
            for pragma in (
                "busy_timeout = 200",
                "locking_mode = EXCLUSIVE",
                "journal_mode = DELETE",
                "synchronous = EXTRA",
            ):
                engine.execute(f"PRAGMA {pragma}").fetchall()
            with _spelled(new) as key:
                engine.reset_key(key)
        except dbapi2.Error as error:
            # This is what the engine says of a page that does not prove itself: SQLCipher, rekey.
            if _code(error) == _NOMEM:
                raise KnownError("database-damaged") from error
            raise _explain(error, path.parent) from error
        finally:
            engine.close()
        # The engine does not say everything that went wrong.
        if not cls.opens(path, new):
            raise KnownError("disk-full" if _is_full(path.parent) else "disk-error", retryable=True)

    @classmethod
    def _connect(cls, path: Path, keys: StoreKeys, file: RawFile, *, writing: bool, mode: str = "rw") -> Connection:
        engine = _engine(path, keys, mode)
        try:
            engine.execute("SELECT count(*) FROM sqlite_schema").fetchall()
            for pragma in (
                *(["journal_mode = WAL"] if mode == "rw" else []),
                "synchronous = FULL",
                "foreign_keys = ON",
                "recursive_triggers = ON",
                "secure_delete = ON",
                "temp_store = MEMORY",
                "trusted_schema = OFF",
                f"cache_size = -{16 * 1024 if writing else 64 * 1024}",
                f"query_only = {'OFF' if writing else 'ON'}",
            ):
                engine.execute(f"PRAGMA {pragma}").fetchall()
        except dbapi2.Error as error:
            engine.close()
            raise _explain(error, path.parent) from error
        return cls(engine, file, path.parent, writing=writing)

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""
        return bool(self._engine.in_transaction)

    def row(self, sql: str, parameters: Sequence[SqlValue] = ()) -> Row | None:
        """Run a statement and give its first row, or None when there is none."""
        rows = self.rows(sql, parameters)
        return rows[0] if rows else None

    def rows(self, sql: str, parameters: Sequence[SqlValue] = ()) -> list[Row]:
        """Run a statement and give all its rows."""
        with self._complaints_explained():
            return list(self._engine.execute(sql, parameters).fetchall())

    def execute(self, sql: str, parameters: Sequence[SqlValue] = ()) -> int:
        """Run a changing statement and give the number of changed rows."""
        with self._complaints_explained():
            return int(self._engine.execute(sql, parameters).rowcount)

    def execute_many(self, sql: str, parameters: Iterable[Sequence[SqlValue]]) -> None:
        """Run a changing statement once for each set of parameters."""
        with self._complaints_explained():
            self._engine.executemany(sql, parameters)

    def execute_script(self, sql: str) -> None:
        """Run several statements without parameters."""
        with self._complaints_explained():
            for statement in _statements(sql):
                self._engine.execute(statement)

    @contextlib.contextmanager
    def transaction(self, *, writing: bool) -> Iterator[None]:
        """Keep what the block does, whole, when it ends well, and nothing of it when it does not.

        After a statement failed, the block cannot go on: the engine may have undone the transaction by itself, and
        what followed would stand alone.

        Args:
            writing: True takes the right to write at the start, so that it cannot be refused half-way; False reads from
                one snapshot.

        Raises:
            KnownError: ``disk-full``, ``disk-error``, ``database-busy``, ``database-damaged``, ``no-access``.
            BugError: For a broken constraint, or a statement that the engine does not accept.
        """
        if self.in_transaction:
            raise BugError("a transaction inside a transaction")
        self._broken = False
        self.execute("BEGIN IMMEDIATE" if writing else "BEGIN")
        try:
            yield
            if writing:
                self.execute("COMMIT")
        finally:
            self._undo()

    def copy_to(self, path: Path, keys: StoreKeys, on_pages: Callable[[int, int], None]) -> None:
        """Copy the database, as this connection sees it, into a file of no bytes; the file is not synced yet.

        Within a reading transaction others may write meanwhile. A page that does not prove itself is copied as zeros
        without a word, and so is every page after it: check the database before, and the copy after.

        Args:
            path: Where to; nothing is written beside it.
            keys: Of this store; the copy has the same.
            on_pages: Called now and then with the pages that are copied and those that there are.

        Raises:
            KnownError: ``disk-full``, ``disk-error``, ``no-access``.
        """
        target = _engine(path, keys)
        try:
            for pragma in ("journal_mode = OFF", "synchronous = OFF"):
                target.execute(f"PRAGMA {pragma}").fetchall()
            self._engine.backup(
                target,
                pages=_PAGES_AT_A_TIME,
                progress=lambda _status, remaining, total: on_pages(total - remaining, total),
            )
        except dbapi2.Error as error:
            raise _explain(error, path.parent) from error
        finally:
            target.close()

    def close(self) -> None:
        """Close; the last connection to close empties and removes the write-ahead log."""
        self._engine.close()
        self._file.close()

    def _undo(self) -> None:
        self._broken = False
        if self.in_transaction:
            # What went wrong before tells more than a failure to undo it would.
            with contextlib.suppress(dbapi2.Error):
                self._engine.execute("ROLLBACK")

    @contextlib.contextmanager
    def _complaints_explained(self) -> Iterator[None]:
        if self._broken:
            raise BugError("a statement after one that failed in the same transaction")
        try:
            yield
        except dbapi2.Error as error:
            self._broken = True
            if not self._writing and _code(error) == _READONLY:
                raise BugError("a change while reading") from error
            raise _explain(error, self._folder) from error


def _hold(path: Path) -> RawFile:
    with durable_file.explained():
        try:
            return RawFile(path)
        except FileNotFoundError as error:
            raise KnownError("database-missing") from error


def _engine(path: Path, keys: StoreKeys, mode: str = "rw") -> Any:  # noqa: ANN401 - the engine has no types
    """Open the file with its key, and nothing more."""
    try:
        engine = dbapi2.connect(
            f"{path.absolute().as_uri()}?mode={mode}",
            uri=True,
            timeout=_BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )
    except dbapi2.Error as error:
        raise _explain(error, path.parent) from error
    try:
        engine.execute("PRAGMA cipher_log_level = NONE")
        with _spelled(keys) as key:
            engine.set_key(key)
        engine.execute("PRAGMA cipher_compatibility = 4")
    except dbapi2.Error as error:
        engine.close()
        raise _explain(error, path.parent) from error
    return engine


@contextlib.contextmanager
def _spelled(keys: StoreKeys) -> Iterator[bytearray]:
    """Give the key as the engine reads it, and overwrite it afterwards: no statement, no text that stays in memory."""
    digits = hex_digits(keys.database_key, keys.database_salt)
    spelled = bytearray(len(digits) + 3)
    spelled[:2], spelled[2:-1], spelled[-1:] = b"x'", digits, b"'"
    try:
        yield spelled
    finally:
        wipe(digits, spelled)


def _statements(script: str) -> Iterator[str]:
    """Split a script where the engine itself sees a statement end, so that the bodies of triggers stay whole."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if dbapi2.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        raise BugError("a script that ends in the middle of a statement")


def _explain(error: Exception, folder: Path) -> KnownError | BugError:
    """Give the known error, or the bug, for a complaint of the engine."""
    code = _code(error)
    if code == _FULL or (code in {_IOERR, _CANTOPEN} and _is_full(folder)):
        return KnownError("disk-full", retryable=True)
    if code in {_BUSY, _LOCKED}:
        return KnownError("database-busy", retryable=True)
    if code in {_CORRUPT, _NOTADB}:
        return KnownError("database-damaged")
    if code in {_PERM, _READONLY, _CANTOPEN}:
        return KnownError("no-access")
    if code == _IOERR:
        return KnownError("disk-error")
    # The engine's words name tables and columns, never values.
    return BugError(str(error))


def _is_full(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < _NO_SPACE_LEFT
    except OSError:
        return False


def _code(error: Exception) -> int:
    # The engine's copying gives no code, only its words for it (https://sqlite.org/c3ref/errcode.html).
    return int(getattr(error, "sqlite_errorcode", _WORDS.get(str(error), 0))) & 0xFF
