# SPDX-License-Identifier: GPL-3.0-or-later
"""Objects on their way back: fetched piece by piece, proven by their hash before the desk sees them.

What has arrived grows under its own name, so that a courier that is killed goes on where it was.
"""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Callable
from pathlib import Path

from casework.errors import KnownError
from localdb import durable_file
from sync_agent.transports.transport import Transport
from sync_agent.wanted import WantedObjects, Wish

_log = logging.getLogger(__name__)

PIECE_BYTES = 512 * 1024

ROOM_LEFT_BYTES = 512 << 20
"""So much of the disk stays free for what the counter scans; nothing is fetched into it."""

REFUSED_PAUSE_S = 900.0
"""What could not be had is asked for again after a quarter of an hour, or when the desk asks anew."""

_ONE_OBJECT = frozenset({"object-not-held", "object-mismatch", "disk-full"})
_HASH_BYTES = 1 << 20


class Fetching:
    """What is being fetched; one piece at a time."""

    def __init__(self, wanted: WantedObjects, free_bytes: Callable[[], int]) -> None:
        """Take up the work where it was left.

        Args:
            wanted: The folders where desk and courier meet about it.
            free_bytes: Tells how much of the disk is free.
        """
        self._wanted = wanted
        self._free_bytes = free_bytes
        self._retry_at: dict[str, float] = {}
        wanted.sweep()

    def outstanding(self, now: float) -> list[Wish]:
        """List what is wanted, is not here, and may be asked for at this time; the oldest wish first."""
        return [
            wish
            for wish in self._wanted.wishes()
            if not self._wanted.whole(wish.transport_id).exists() and self._may_try(wish, now)
        ]

    def advance(self, transport: Transport, now: float) -> bool:
        """Fetch one piece.

        Returns:
            Whether it completed an object.

        Raises:
            KnownError: Trouble with the line; the object goes on later.
        """
        wishes = self.outstanding(now)
        if not wishes:
            return False
        wish = wishes[0]
        try:
            return self._fetch_piece(transport, wish)
        except KnownError as error:
            if error.code not in _ONE_OBJECT:
                raise
            _log.warning("object %s can not be fetched: %s", wish.transport_id, error)
            self._retry_at[wish.transport_id] = now + REFUSED_PAUSE_S
            self._wanted.note_refused(wish.transport_id, error.code)
            return False

    def _may_try(self, wish: Wish, now: float) -> bool:
        retry_at = self._retry_at.get(wish.transport_id)
        # The desk takes the refusal away when it asks anew.
        return retry_at is None or retry_at <= now or not self._wanted.refusal(wish.transport_id)

    def _fetch_piece(self, transport: Transport, wish: Wish) -> bool:
        part = self._wanted.part(wish.transport_id)
        with durable_file.explained():
            offset = part.stat().st_size if part.exists() else 0
        if self._free_bytes() < wish.sealed_size - offset + ROOM_LEFT_BYTES:
            raise KnownError("disk-full", retryable=True)
        if offset < wish.sealed_size:
            piece = transport.fetch_object(wish.transport_id, offset, min(PIECE_BYTES, wish.sealed_size - offset))
            if not piece:
                raise KnownError("gateway-garbled", retryable=True, field="object")
            _append(part, piece)
            offset += len(piece)
        return offset >= wish.sealed_size and self._complete(part, wish)

    def _complete(self, part: Path, wish: Wish) -> bool:
        with durable_file.explained():
            if _sha256(part) != wish.transport_id:
                part.unlink()
                raise KnownError("object-mismatch", retryable=True)
            self._wanted.note_refused(wish.transport_id, "")
            if not self._wanted.is_wanted(wish.transport_id):
                part.unlink()
                return False
            whole = self._wanted.whole(wish.transport_id)
            part.replace(whole)
            durable_file.sync_folder(whole.parent)
        self._retry_at.pop(wish.transport_id, None)
        return True


def _append(part: Path, piece: bytes) -> None:
    with durable_file.explained():
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(descriptor, "ab") as file:
            file.write(piece)
            file.flush()
            os.fsync(file.fileno())


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_HASH_BYTES):
            digest.update(piece)
    return digest.hexdigest()
