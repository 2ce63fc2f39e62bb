# SPDX-License-Identifier: GPL-3.0-or-later
"""The pages of an encrypted database file, one by one, read past the engine: each proves itself or counts as damaged.

The engine stops at the first damaged page and gives nothing of what lies behind it. Format: SQLCipher 4
(https://www.zetetic.net/sqlcipher/design/) around SQLite 3 (https://sqlite.org/fileformat2.html). A page of 4096 bytes
ends with 16 bytes of initialisation vector and 64 bytes of HMAC-SHA512 over ciphertext, vector and page number; page 1
begins with the salt. What lies committed in the write-ahead log stands above what lies in the file, as for the engine.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import struct
from pathlib import Path
from typing import Final, Self

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

from casework.errors import KnownError
from localdb import durable_file
from localdb.raw_file import RawFile
from localdb.store_keys import StoreKeys
from localdb.wiping import wipe

PAGE_SIZE: Final = 4096
USABLE_SIZE: Final = PAGE_SIZE - 80
"""Bytes of a page that hold content."""

_MAGIC = b"SQLite format 3\0"
_LOG_MAGIC = 0x377F0682
_LOG_HEADER_SIZE = 32
_FRAME_HEADER_SIZE = 24


class CipherPages:
    """The pages of one file.

    Attributes:
        count: Number of pages that the database has.
        has_right_salt: Whether the file begins with the salt of the keys; if not, one of the two is of another store,
            or the salt is damaged.
    """

    def __init__(self, path: Path, keys: StoreKeys) -> None:
        """Open a file for reading; nothing is written, neither to it nor beside it.

        Args:
            path: The database file; a log lies beside it under its name with ``-wal``.
            keys: Of the store; the salt is taken from them, so that a damaged one in the file does no harm.

        Raises:
            KnownError: ``database-missing``, ``no-access``, ``disk-error``.
        """
        salt = bytes(keys.database_salt)
        self._key = bytearray(keys.database_key)
        other_salt = bytes(byte ^ 0x3A for byte in salt)
        self._proof_key = bytearray(hashlib.pbkdf2_hmac("sha512", self._key, other_salt, 2, 32))
        with durable_file.explained():
            try:
                self._file = RawFile(path)
            except FileNotFoundError as error:
                raise KnownError("database-missing") from error
            log = path.with_name(f"{path.name}-wal")
            self._above, logged_count = _committed(log.read_bytes() if log.exists() else b"")
        self.has_right_salt = self._file.read(0, len(salt)) == salt
        self.count = logged_count or self._file.size // PAGE_SIZE

    def page(self, number: int) -> bytes | None:
        """Give the content of a page, ``USABLE_SIZE`` bytes, or None when it does not prove itself.

        Args:
            number: From 1 to ``count``. Page 1 begins with the words of a plain database, whatever lies there.
        """
        sealed = self._above.get(number)
        if sealed is None:
            with contextlib.suppress(OSError):
                sealed = self._file.read((number - 1) * PAGE_SIZE, PAGE_SIZE)
        if sealed is None or len(sealed) != PAGE_SIZE:
            return None
        begin = len(_MAGIC) if number == 1 else 0
        body, proof = sealed[begin : USABLE_SIZE + 16], sealed[USABLE_SIZE + 16 :]
        if not hmac.compare_digest(hmac.digest(self._proof_key, body + struct.pack("<I", number), "sha512"), proof):
            return None
        decryptor = Cipher(AES(self._key), CBC(body[-16:])).decryptor()
        content = decryptor.update(body[:-16])
        return _MAGIC + content if number == 1 else content

    def damaged(self) -> list[int]:
        """Give the numbers of the pages that do not prove themselves; reads the whole file."""
        return [number for number in range(1, self.count + 1) if self.page(number) is None]

    def close(self) -> None:
        """Close the file and wipe the keys."""
        self._file.close()
        wipe(self._key, self._proof_key)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _committed(log: bytes) -> tuple[dict[int, bytes], int]:
    """Give the pages that a write-ahead log has committed, and the number of pages then; 0 when it has none.

    As for the engine, the log ends where its running checksum breaks.
    """
    pages: dict[int, bytes] = {}
    pending: dict[int, bytes] = {}
    count = 0
    if len(log) < _LOG_HEADER_SIZE:
        return pages, count
    magic, _, page_size = struct.unpack(">III", log[:12])
    if magic & ~1 != _LOG_MAGIC or page_size != PAGE_SIZE:
        return pages, count
    order = ">" if magic & 1 else "<"
    sums = _checksum(log[:24], (0, 0), order)
    if sums != struct.unpack(">II", log[24:32]):
        return pages, count
    salts = log[16:24]
    for start in range(_LOG_HEADER_SIZE, len(log) - _FRAME_HEADER_SIZE - PAGE_SIZE + 1, _FRAME_HEADER_SIZE + PAGE_SIZE):
        header = log[start : start + _FRAME_HEADER_SIZE]
        page = log[start + _FRAME_HEADER_SIZE : start + _FRAME_HEADER_SIZE + PAGE_SIZE]
        number, count_after = struct.unpack(">II", header[:8])
        sums = _checksum(header[:8] + page, sums, order)
        if header[8:16] != salts or sums != struct.unpack(">II", header[16:24]):
            break
        pending[number] = page
        if count_after:
            pages.update(pending)
            pending.clear()
            count = count_after
    return pages, count


def _checksum(content: bytes, start: tuple[int, int], order: str) -> tuple[int, int]:
    first, second = start
    words = struct.unpack(f"{order}{len(content) // 4}I", content)
    for one, other in zip(words[::2], words[1::2], strict=True):
        first = (first + one + second) & 0xFFFFFFFF
        second = (second + other + first) & 0xFFFFFFFF
    return first, second
