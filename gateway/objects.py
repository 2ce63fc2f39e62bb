# SPDX-License-Identifier: GPL-3.0-or-later
"""Scans on their way in: uploads whose offsets are in the database and whose bytes are in a folder, as ciphertext.

The order is always: bytes synced to disk, then the offset; the file under its final name, then "complete". A kill or a
power cut in between leaves an offset that is too small or a file that is checked again, never a gap. Nobody holds an
upload while he waits for the network: bytes are added at the offset or not at all, so that a connection nobody knows to
be dead does no harm.
"""

from __future__ import annotations

import datetime as dt
import errno
import hashlib
import logging
import os
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from casework.errors import KnownError
from gateway.enrolment import Device
from gateway.folder import Gateway
from gateway.held_objects import tell_held
from gateway.relay_jobs import want_relay
from gateway.storage import Transaction, number, text

MAX_OBJECT_BYTES: Final = 256 * 1_048_576

_READ_BYTES: Final = 1_048_576
_LOCKS: Final = 64
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class UploadState:
    """How far an object has come.

    Attributes:
        size: Bytes of the whole object.
        offset: Bytes that are here; equal to ``size`` only when the object is complete and its hash is right.
    """

    size: int
    offset: int

    @property
    def is_complete(self) -> bool:
        """Whether all bytes are here and right."""
        return self.offset == self.size


def announce_object(transaction: Transaction, transport_id: str, size: int, now: dt.datetime) -> None:
    """Note that an envelope has announced an object."""
    transaction.execute(
        "INSERT INTO objects (transport_id, size, arrived, complete, changed_at) VALUES (?, ?, 0, 0, ?)"
        " ON CONFLICT (transport_id) DO NOTHING",
        transport_id,
        size,
        int(now.timestamp()),
    )


def missing_objects(transaction: Transaction, transport_ids: Sequence[str]) -> tuple[str, ...]:
    """Give those objects that are not complete, in their order."""
    return tuple(transport_id for transport_id in transport_ids if not _is_complete(transaction, transport_id))


def has_missing_objects(transaction: Transaction, lineage: str, dossier_id: str) -> bool:
    """Tell whether an object that a lineage's dossier names is not complete here."""
    row = transaction.row(
        "SELECT 1 FROM dossier_objects d WHERE d.lineage = ? AND d.dossier_id = ? AND NOT EXISTS ("
        " SELECT 1 FROM object_keys k JOIN objects o ON o.transport_id = k.transport_id"
        " WHERE k.lineage = d.lineage AND k.object_id = d.object_id AND o.complete = 1) LIMIT 1",
        lineage,
        dossier_id,
    )
    return row is not None


class ObjectStore:
    """The objects of one gateway; safe to use from several threads."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self._parts = gateway.folder / "uploads"
        self._objects = gateway.folder / "objects"
        self._parts.mkdir(mode=0o700, exist_ok=True)
        self._objects.mkdir(mode=0o700, exist_ok=True)
        self._locks = [threading.Lock() for _ in range(_LOCKS)]

    def path(self, transport_id: str) -> Path:
        """Where a complete object lies."""
        return self._objects / transport_id[:2] / f"{transport_id}.enc"

    def holds(self, transport_id: str, size: int) -> bool:
        """Tell whether the file of a complete object is here and is what its name says; reads all of it."""
        path = self.path(transport_id)
        try:
            return path.stat().st_size == size and _sha256(path) == transport_id
        except FileNotFoundError:
            return False

    def begin(self, device: Device, transport_id: str, size: int, now: dt.datetime) -> UploadState:
        """Begin an upload, or find out how far it has come.

        Args:
            device: Who uploads.
            transport_id: SHA-256 (hex) of the object.
            size: Its length in bytes.
            now: Aware date and time.

        Raises:
            KnownError: ``object-unannounced`` when no envelope of the device's commune has announced the object;
                ``object-size`` when none has announced it with this length; ``object-too-large``.
        """
        try:
            state = self.state(device, transport_id, now)
        except KnownError as error:
            raise KnownError("object-unannounced") from error
        if size > MAX_OBJECT_BYTES:
            raise KnownError("object-too-large")
        return state if size == state.size else self._begin_with(device, transport_id, size, now)

    def _begin_with(self, device: Device, transport_id: str, size: int, now: dt.datetime) -> UploadState:
        """Begin again with another length that was announced too: only the hash at the end tells which one was true."""
        with self._lock(transport_id), self._gateway.database.write() as transaction:
            changed = transaction.execute(
                "UPDATE objects SET size = ?, arrived = 0, changed_at = ? WHERE transport_id = ? AND complete = 0"
                " AND EXISTS (SELECT 1 FROM object_keys k WHERE k.commune = ? AND k.transport_id = ? AND k.size = ?)",
                size,
                int(now.timestamp()),
                transport_id,
                device.commune,
                transport_id,
                size,
            )
        if not changed:
            raise KnownError("object-size")
        return UploadState(size, 0)

    def whole(self, device: Device, transport_id: str) -> tuple[Path, int]:
        """Give the file and the size of a complete object.

        Raises:
            KnownError: ``object-unknown`` when no envelope of the device's commune has announced the object;
                ``object-incomplete`` (retryable) when it has not arrived yet.
        """
        size, _offset, complete = self._row(device, transport_id)
        path = self.path(transport_id)
        if not complete or not path.exists():
            raise KnownError("object-incomplete", retryable=True)
        return path, size

    def state(self, device: Device, transport_id: str, now: dt.datetime) -> UploadState:
        """Tell how far an announced object has come; finishes what a crash left unfinished.

        Raises:
            KnownError: ``object-unknown`` when no envelope of the device's commune has announced the object.
        """
        with self._lock(transport_id):
            size, offset, complete = self._row(device, transport_id)
            # A database that was restored may know less than the folder holds.
            if not complete and (offset == size or self.path(transport_id).exists()):
                offset = size if self._finish(transport_id, now) else 0
        return UploadState(size, offset)

    def append(self, device: Device, transport_id: str, offset: int, data: bytes, now: dt.datetime) -> UploadState:
        """Add bytes to an object and see them safe; its last bytes complete it.

        Args:
            device: Who uploads.
            transport_id: The object.
            offset: Where the bytes belong.
            data: The bytes.
            now: Aware date and time.

        Raises:
            KnownError: ``object-offset`` when the object is not as far, or farther; ``object-mismatch`` (retryable)
                when the whole is not what was announced: the upload starts again; ``object-size`` when the bytes go
                beyond its end; ``gateway-disk-full`` (retryable); ``object-unknown``.
        """
        with self._lock(transport_id):
            size, known_offset, complete = self._row(device, transport_id)
            if offset != known_offset or complete:
                raise KnownError("object-offset")
            end = offset + len(data)
            if end > size:
                raise KnownError("object-size")
            self._write(transport_id, offset, data)
            with self._gateway.database.write(durable=False) as transaction:
                transaction.execute(
                    "UPDATE objects SET arrived = ?, changed_at = ? WHERE transport_id = ?",
                    end,
                    int(now.timestamp()),
                    transport_id,
                )
            if end == size and not self._finish(transport_id, now):
                raise KnownError("object-mismatch", retryable=True)
        return UploadState(size, end)

    def _lock(self, transport_id: str) -> threading.Lock:
        return self._locks[hash(transport_id) % _LOCKS]

    def _row(self, device: Device, transport_id: str) -> tuple[int, int, bool]:
        with self._gateway.database.read() as transaction:
            row = transaction.row(
                "SELECT o.size, o.arrived, o.complete FROM objects o"
                " JOIN object_keys k ON k.transport_id = o.transport_id"
                " WHERE k.commune = ? AND o.transport_id = ? LIMIT 1",
                device.commune,
                transport_id,
            )
        if row is None:
            raise KnownError("object-unknown")
        return number(row[0]), number(row[1]), bool(row[2])

    def _part(self, transport_id: str) -> Path:
        return self._parts / f"{transport_id}.part"

    def _write(self, transport_id: str, offset: int, data: bytes) -> None:
        """Write bytes and sync them; what a crash left behind the offset is dropped."""
        path = self._part(transport_id)
        is_new = not path.exists()
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.seek(offset)
                file.write(data)
                file.truncate()
                file.flush()
                os.fsync(file.fileno())
            if is_new:
                _sync_folder(self._parts)
        except OSError as error:
            if error.errno in _FULL:
                raise KnownError("gateway-disk-full", retryable=True) from None
            raise

    def _finish(self, transport_id: str, now: dt.datetime) -> bool:
        """Check an object whose bytes have all arrived; complete it, or forget its bytes."""
        part, final = self._part(transport_id), self.path(transport_id)
        is_right = part.exists() and _sha256(part) == transport_id
        if is_right:
            final.parent.mkdir(mode=0o700, exist_ok=True)
            part.replace(final)
            _sync_folder(final.parent)
            _sync_folder(self._objects)
        else:
            part.unlink(missing_ok=True)
            # Whatever lies there now, nobody has looked at it since the database was restored.
            is_right = final.exists() and _sha256(final) == transport_id
            if not is_right:
                final.unlink(missing_ok=True)
        with self._gateway.database.write() as transaction:
            if is_right:
                transaction.execute("UPDATE objects SET complete = 1 WHERE transport_id = ?", transport_id)
                tell_held(transaction, self._gateway, transport_id, now)
                _relay_complete_dossiers(transaction, transport_id)
            else:
                transaction.execute(
                    "UPDATE objects SET arrived = 0, changed_at = ? WHERE transport_id = ?",
                    int(now.timestamp()),
                    transport_id,
                )
        if is_right:
            _log.info("object complete object=%s", transport_id)
        else:
            _log.warning("object does not match its hash object=%s", transport_id)
        return is_right


def _is_complete(transaction: Transaction, transport_id: str) -> bool:
    row = transaction.row("SELECT complete FROM objects WHERE transport_id = ?", transport_id)
    return row is not None and row[0] == 1


def _relay_complete_dossiers(transaction: Transaction, transport_id: str) -> None:
    """Make those dossiers due at the portal whose last missing object has just arrived."""
    dossiers = transaction.rows(
        "SELECT DISTINCT d.lineage, d.dossier_id FROM object_keys k"
        " JOIN dossier_objects o ON o.lineage = k.lineage AND o.object_id = k.object_id"
        " JOIN dossiers d ON d.lineage = o.lineage AND d.dossier_id = o.dossier_id WHERE k.transport_id = ?",
        transport_id,
    )
    for row in dossiers:
        if not has_missing_objects(transaction, text(row[0]), text(row[1])):
            want_relay(transaction, text(row[0]), text(row[1]))


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_READ_BYTES):
            digest.update(piece)
    return digest.hexdigest()


def _sync_folder(folder: Path) -> None:
    """Make a new name in a folder outlive a power cut; Windows keeps names without being asked."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
