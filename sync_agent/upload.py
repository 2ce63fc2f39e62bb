# SPDX-License-Identifier: GPL-3.0-or-later
"""One object on its way: a tus upload that goes on where the gateway says it stands.

Nothing about it is remembered on disk: the gateway knows the offset, and the object's name leads to it.
"""

from __future__ import annotations

import logging
from pathlib import Path

from casework.errors import KnownError
from localdb import durable_file
from sync_agent.transports.transport import Transport
from sync_agent.wire.envelope import ObjectReference

_log = logging.getLogger(__name__)

CHUNK_BYTES = 512 * 1024

_MAX_STARTS = 2
_MAX_DETOURS = 8


class Upload:
    """The upload of one object; ``advance`` makes one exchange with the gateway at a time."""

    def __init__(self, reference: ObjectReference, objects_folder: Path) -> None:
        """Prepare it; nothing is sent or read yet."""
        self.reference = reference
        self._path = objects_folder / reference.path
        self._location: str | None = None
        self._offset: int | None = None
        self._starts = 0
        self._detours = 0

    @property
    def bytes_left(self) -> int:
        """Bytes that the gateway still lacks, as far as is known."""
        return self.reference.sealed_size - (self._offset or 0)

    def advance(self, transport: Transport) -> bool:
        """Make one exchange.

        Returns:
            Whether the object has arrived whole.

        Raises:
            KnownError: ``object-missing``, ``object-mismatch``, ``object-refused``, ``upload-stuck``: this one cannot
                be sent. Others: trouble with the line; the upload goes on later.
        """
        try:
            if self._location is None:
                opened = transport.open_upload(self.reference.transport_id, self.reference.sealed_size)
                if opened.offset < self.reference.sealed_size:
                    self._check_file()
                self._location, self._offset = opened.path, opened.offset
            elif self._offset is None:
                self._offset = transport.upload_offset(self._location)
            else:
                self._append(transport, self._location, self._offset)
        except KnownError as error:
            self._offset = None
            if error.code == "upload-moved":
                self._detour(error)
            elif error.code == "upload-gone":
                self._location = None
                self._detour(error)
            elif error.code == "object-mismatch":
                self._start_again(error)
            else:
                raise
        if self._offset is not None and self._offset > self.reference.sealed_size:
            self._offset = None
            raise KnownError("gateway-garbled", retryable=True, field="upload-offset")
        return self._offset == self.reference.sealed_size

    def _append(self, transport: Transport, location: str, offset: int) -> None:
        chunk = self._read(offset)
        new_offset = transport.append(location, offset, chunk)
        if not offset < new_offset <= offset + len(chunk):
            raise KnownError("gateway-garbled", retryable=True, field="upload-offset")
        self._offset = new_offset
        self._detours = 0

    def _detour(self, error: KnownError) -> None:
        """The gateway knows better where the upload stands. It may not know better for ever."""
        self._detours += 1
        if self._detours > _MAX_DETOURS:
            self._detours = 0
            raise KnownError("upload-stuck", retryable=True) from error

    def _start_again(self, error: KnownError) -> None:
        self._location = None
        self._starts += 1
        _log.warning("object %s arrived changed", self.reference.transport_id)
        if self._starts >= _MAX_STARTS:
            raise error

    def _check_file(self) -> None:
        try:
            if self._path.stat().st_size != self.reference.sealed_size:
                raise KnownError("object-missing")
        except FileNotFoundError:
            raise KnownError("object-missing") from None
        except OSError as error:
            raise durable_file.explain(error) from error

    def _read(self, offset: int) -> bytes:
        try:
            with self._path.open("rb") as file:
                file.seek(offset)
                chunk = file.read(CHUNK_BYTES)
        except FileNotFoundError:
            raise KnownError("object-missing") from None
        except OSError as error:
            raise durable_file.explain(error) from error
        if not chunk:
            raise KnownError("object-missing")
        return chunk
