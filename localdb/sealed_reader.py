# SPDX-License-Identifier: GPL-3.0-or-later
"""The content of a sealed file as a stream that can be sought in: only the chunks that are asked for are read."""

from __future__ import annotations

import io
import os
from typing import BinaryIO

from localdb import object_file
from localdb.object_file import CHUNK_SIZE


class SealedReader(io.RawIOBase):
    """Reads the plaintext of an open sealed file; each chunk is proven before any of it is given.

    Reading raises ``KnownError`` ``object-damaged``.
    """

    def __init__(self, source: BinaryIO, object_id: str, file_key: bytes) -> None:
        """Begin at the first byte.

        Args:
            source: The sealed file; stays open, and the caller's.
            object_id: As when it was sealed.
            file_key: As when it was sealed.

        Raises:
            KnownError: ``object-damaged`` when no sealed file has this size.
        """
        super().__init__()
        self._source = source
        self._object_id = object_id
        self._file_key = file_key
        self._size = object_file.plaintext_size(source.seek(0, os.SEEK_END), object_id)
        self._position = 0
        self._index = -1
        self._chunk = b""
        self.chunks_read = 0

    def readable(self) -> bool:
        """Override RawIOBase.readable."""
        return True

    def seekable(self) -> bool:
        """Override RawIOBase.seekable."""
        return True

    def tell(self) -> int:
        """Override RawIOBase.tell."""
        return self._position

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Override RawIOBase.seek."""
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: self._size}[whence]
        self._position = max(0, start + offset)
        return self._position

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # wider in the stubs
        """Override RawIOBase.readinto."""
        if self._position >= self._size:
            return 0
        index, start = divmod(self._position, CHUNK_SIZE)
        if index != self._index:
            self._chunk = object_file.unseal_range(
                self._source, self._object_id, self._file_key, index * CHUNK_SIZE, CHUNK_SIZE
            )
            self._index = index
            self.chunks_read += 1
        part = self._chunk[start : start + len(buffer)]
        buffer[: len(part)] = part
        self._position += len(part)
        return len(part)
