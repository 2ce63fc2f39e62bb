# SPDX-License-Identifier: GPL-3.0-or-later
"""The database file as it lies on disk, read past the engine without taking the engine's locks away.

POSIX knows locks by process and file: closing any descriptor of a file drops every lock that the process has on it
(fcntl(2), https://sqlite.org/howtocorrupt.html §2.2), and then another program may take itself for the last one and
remove the write-ahead log under our feet. So all connections of this process to one file share one descriptor, which
is closed when the last of them is.
"""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self


@dataclass(slots=True)
class _Descriptor:
    number: int
    users: int = 0


_descriptors: dict[tuple[int, int], _Descriptor] = {}
_lock = threading.Lock()


class RawFile:
    """A file that is open for reading; open it before the first connection to it, close it after."""

    def __init__(self, path: Path) -> None:
        """Open a file that exists.

        Raises:
            OSError: E.g. there is none.
        """
        with _lock:
            # Asked by name: a descriptor opened to ask would have to be closed again.
            status = path.stat()
            self._key = (status.st_dev, status.st_ino)
            shared = _descriptors.get(self._key)
            if shared is None:
                number = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
                shared = _descriptors[self._key] = _Descriptor(number)
            shared.users += 1
            self._number = shared.number
            self._is_open = True

    @property
    def size(self) -> int:
        """Bytes."""
        return os.fstat(self._number).st_size

    def read(self, offset: int, size: int) -> bytes:
        """Read at a place; fewer bytes are given at the end of the file.

        Raises:
            OSError: What the disk says.
        """
        if hasattr(os, "pread"):
            return os.pread(self._number, size, offset)
        with _lock:
            os.lseek(self._number, offset, os.SEEK_SET)
            return os.read(self._number, size)

    def close(self) -> None:
        """Close; closing again does nothing."""
        with _lock:
            if not self._is_open:
                return
            self._is_open = False
            shared = _descriptors[self._key]
            shared.users -= 1
            if not shared.users:
                del _descriptors[self._key]
                os.close(shared.number)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
