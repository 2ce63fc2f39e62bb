# SPDX-License-Identifier: GPL-3.0-or-later
"""The object store: pictures and documents as sealed files, their keys in the database.

The file comes first, durably; its row after, in the transaction of the record that needs it. A crash in between leaves
a file without a row, which nobody can open any more (its key is gone); ``object_sweep`` removes it. A row without a
file means damage, and is reported, unless the file was let go: see ``object_whereabouts``.

Several programs use one folder. Who relies on a file that is there already touches it first; who removes one leaves
what was touched lately, unless it made the file itself and nobody touched it since. A lock makes looking and removing
one step.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hmac
import io
import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final

from casework.errors import BugError, KnownError
from casework.identifiers import RandomBytes
from localdb import durable_file, folder_lock, object_copy, object_file
from localdb.connection import Connection
from localdb.sealed_reader import SealedReader

_log = logging.getLogger(__name__)

YOUNG: Final = dt.timedelta(hours=1)
"""So long a program may take from writing a file to committing its row."""


@dataclass(frozen=True, slots=True)
class StoredObject:
    """A sealed file and what opens it.

    Attributes:
        object_id: Keyed hash of the content, 64 hex digits.
        transport_id: SHA-256 of the sealed file, 64 hex digits.
        file_key: 32 bytes.
        plaintext_size: Bytes of the content.
        sealed_size: Bytes of the file.
        media_type: E.g. ``image/jpeg``.
    """

    object_id: str
    transport_id: str
    file_key: bytes = field(repr=False)
    plaintext_size: int
    sealed_size: int
    media_type: str


def relative_path(object_id: str) -> str:
    """Give the path of an object's file relative to the objects folder, with forward slashes."""
    return f"{object_id[:2]}/{object_id}.enc"


def find(connection: Connection, object_id: str) -> StoredObject | None:
    """Give an object by its id, or None when no row names it."""
    row = connection.row(
        """SELECT object_id, transport_id, file_key, plaintext_size, sealed_size, media_type FROM objects
            WHERE object_id = ?""",
        (object_id,),
    )
    return None if row is None else StoredObject(*row)


def describe(connection: Connection, object_id: str) -> StoredObject:
    """Give an object by its id.

    Raises:
        KnownError: ``object-missing`` when no row names it.
    """
    stored = find(connection, object_id)
    if stored is None:
        raise KnownError("object-missing", object_id=object_id)
    return stored


def record(connection: Connection, stored: StoredObject) -> None:
    """Write the row of an object whose file lies here; of one that was let go, that it is here again.

    Raises:
        BugError: When the row that is there has another key.
    """
    known = find(connection, stored.object_id)
    if known is None:
        connection.execute(
            """INSERT INTO objects (object_id, transport_id, file_key, plaintext_size, sealed_size, media_type)
                VALUES (?, ?, ?, ?, ?, ?)""",
            (
                stored.object_id,
                stored.transport_id,
                stored.file_key,
                stored.plaintext_size,
                stored.sealed_size,
                stored.media_type,
            ),
        )
    elif known.file_key != stored.file_key:
        raise BugError("one object with two keys")
    else:
        connection.execute(
            """UPDATE objects SET evicted_at = NULL, missing_at = NULL
                WHERE object_id = ? AND (evicted_at IS NOT NULL OR missing_at IS NOT NULL)""",
            (stored.object_id,),
        )


def forget(connection: Connection, object_id: str) -> StoredObject | None:
    """Delete the row of an object that no record names any more; ``discard`` its file after the commit.

    Returns:
        The object, or None when something still names it or no row does.
    """
    stored = find(connection, object_id)
    deleted = connection.execute(
        """DELETE FROM objects WHERE object_id = ?
            AND NOT EXISTS (SELECT 1 FROM pages WHERE pages.object_id = objects.object_id)
            AND NOT EXISTS (SELECT 1 FROM papers WHERE papers.object_id = objects.object_id)
            AND NOT EXISTS (SELECT 1 FROM results WHERE results.object_id = objects.object_id)
            AND NOT EXISTS (SELECT 1 FROM operation_objects WHERE operation_objects.object_id = objects.object_id)""",
        (object_id,),
    )
    return stored if deleted else None


class ObjectStore:
    """The folder of sealed files."""

    def __init__(
        self, folder: Path, object_name_key: bytes | bytearray, recorded: Callable[[str], StoredObject | None]
    ) -> None:
        """Take charge of a folder.

        Args:
            folder: The objects folder; made when it is not there.
            object_name_key: 32 bytes, the key of the hash that names the files.
            recorded: Looks an object id up among the committed rows.
        """
        self.folder = folder
        self._lock_path = folder / "lock"
        self._object_name_key = object_name_key
        self._recorded = recorded
        self._given: dict[str, StoredObject] = {}
        self._made_at: dict[str, int] = {}  # of files that were made here and given to nobody since
        self._lock = threading.Lock()
        durable_file.make_folder(folder)

    def object_id(self, content: bytes) -> str:
        """Give the name of some content: HMAC-SHA256, lower-case hex."""
        return hmac.digest(self._object_name_key, content, "sha256").hex()

    def path(self, object_id: str) -> Path:
        """Give the path of an object's file."""
        return self.folder / relative_path(object_id)

    def write(self, content: bytes, media_type: str, random_bytes: RandomBytes) -> StoredObject:
        """Seal some content into a durable file, outside of any transaction; ``record`` it afterwards.

        Content that is stored already is not stored again; a lost or damaged file of it is made anew, byte for byte.

        Raises:
            KnownError: ``disk-full``, ``no-access``, ``disk-error``; nothing is left behind.
        """
        object_id = self.object_id(content)
        # Asked before the lock is taken: who reads may write here, so nobody may wait to read while holding the lock.
        recorded = self._recorded(object_id)
        with self._lock, durable_file.explained():
            known = recorded or self._given.get(object_id)
            if known is not None:
                self._given[object_id] = known
                self._made_at.pop(object_id, None)
                if not (self._touch(known) and self.is_whole(known)):
                    self._write_file(content, object_id, known.file_key)
                return known
            file_key = random_bytes(object_file.FILE_KEY_SIZE)
            seal = self._write_file(content, object_id, file_key)
            stored = StoredObject(
                object_id, seal.transport_id, file_key, seal.plaintext_size, seal.sealed_size, media_type
            )
            self._given[object_id] = stored
            self._made_at[object_id] = self.path(object_id).stat().st_mtime_ns
            return stored

    def content(self, stored: StoredObject) -> bytes:
        """Give the content of an object.

        Raises:
            KnownError: ``object-missing`` when the file is not there, ``object-damaged`` when it is not what was
                written.
        """
        with self._opened(stored) as file:
            return b"".join(object_file.unseal(file, stored.object_id, stored.file_key))

    @contextlib.contextmanager
    def opened(self, stored: StoredObject) -> Iterator[BinaryIO]:
        """Open the content of an object as a stream that can be sought in; it reads only the chunks it is asked for.

        Raises:
            KnownError: ``object-missing``, ``object-damaged``; the latter from reading too.
        """
        with self._opened(stored) as file, SealedReader(file, stored.object_id, stored.file_key) as reader:
            yield io.BufferedReader(reader)

    def take_in(self, path: Path, stored: StoredObject) -> None:
        """Move a sealed file that came back to its place, after proof that it is that object.

        Raises:
            KnownError: ``object-damaged`` when it is another, or changed; ``disk-full``, ``no-access``, ``disk-error``.
        """
        with durable_file.explained():
            digest = hmac.new(self._object_name_key, digestmod="sha256")
            with path.open("rb") as file:
                for chunk in object_file.unseal(file, stored.object_id, stored.file_key):
                    digest.update(chunk)
            if not hmac.compare_digest(digest.hexdigest(), stored.object_id):
                raise KnownError("object-damaged", object_id=stored.object_id)
            with self._lock:
                place = self._make_place(stored.object_id)
                _touch_now(path)
                path.replace(place)
                durable_file.sync_folder(place.parent)

    def lies_here(self, stored: StoredObject) -> bool:
        """Tell whether the file of an object is here and as long as it must be."""
        with durable_file.explained():
            try:
                return self.path(stored.object_id).stat().st_size == stored.sealed_size
            except FileNotFoundError:
                return False

    def is_whole(self, stored: StoredObject) -> bool:
        """Tell whether the file of an object is here and what was written; reads all of it.

        Raises:
            KnownError: ``no-access``, ``disk-error``.
        """
        return object_copy.is_whole(self.path(stored.object_id), stored.transport_id)

    def read(self, connection: Connection, object_id: str) -> bytes:
        """Give the content of an object by its id.

        Raises:
            KnownError: ``object-missing``, ``object-damaged``.
        """
        return self.content(describe(connection, object_id))

    def discard(self, stored: StoredObject) -> None:
        """Remove the file of a forgotten object, after the commit, unless somebody may be about to record it anew.

        What stays, also because it could not be removed, goes with a later sweep, as after a crash before.
        """
        old = time.time() - YOUNG.total_seconds()
        with self._lock:
            made_at = self._made_at.get(stored.object_id)
            try:
                if self._remove_if(
                    self.path(stored.object_id), lambda file: file.st_mtime_ns == made_at or file.st_mtime <= old
                ):
                    self._given.pop(stored.object_id, None)
                    self._made_at.pop(stored.object_id, None)
            except OSError as error:
                code = durable_file.explain(error).code
                _log.warning("the file of forgotten object %s stays for now: %s", stored.object_id, code)

    def remove_untouched(self, path: Path, since: dt.datetime) -> bool:
        """Remove a file that nobody relies on, unless some program wrote it, or meant to rely on it, lately.

        Args:
            path: A file of this folder.
            since: What was touched after this moment stays; far enough back that who wrote it has committed.

        Returns:
            Whether it is gone.

        Raises:
            KnownError: ``no-access``, ``disk-error``.
        """
        with durable_file.explained():
            return self._remove_if(path, lambda file: file.st_mtime <= since.timestamp())

    def remove_damaged(self, stored: StoredObject) -> bool:
        """Remove the file of an object, unless it is what was written.

        Returns:
            Whether it is gone.

        Raises:
            KnownError: ``no-access``, ``disk-error``.
        """
        with durable_file.explained():
            return self._remove_if(self.path(stored.object_id), lambda _: not self.is_whole(stored))

    def _remove_if(self, path: Path, may_go: Callable[[os.stat_result], bool]) -> bool:
        with folder_lock.held(self._lock_path):
            try:
                if not may_go(path.stat()):
                    return False
                path.unlink()
            except FileNotFoundError:
                return True
        return True

    @contextlib.contextmanager
    def _opened(self, stored: StoredObject) -> Iterator[BinaryIO]:
        with durable_file.explained():
            try:
                file = self.path(stored.object_id).open("rb")
            except FileNotFoundError as error:
                raise KnownError("object-missing", object_id=stored.object_id) from error
            with file:
                yield file

    def _touch(self, stored: StoredObject) -> bool:
        """Tell whether a file lies here; from now on nobody removes it for want of use."""
        with folder_lock.held(self._lock_path):
            try:
                _touch_now(self.path(stored.object_id))
            except FileNotFoundError:
                return False
        return True

    def _make_place(self, object_id: str) -> Path:
        path = self.path(object_id)
        if not path.parent.is_dir():
            path.parent.mkdir(mode=0o700, exist_ok=True)
            durable_file.sync_folder(self.folder)
        return path

    def _write_file(self, content: bytes, object_id: str, file_key: bytes) -> object_file.Seal:
        with durable_file.replacing(self._make_place(object_id)) as file:
            return object_file.seal(content, object_id, file_key, file)


def _touch_now(path: Path) -> None:
    now = time.time_ns()
    os.utime(path, ns=(now, now))
