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
from localdb import durable_file, write_ahead_log
from localdb.raw_file import RawFile
from localdb.store_keys import StoreKeys
from localdb.wiping import wipe
from localdb.write_ahead_log import PAGE_SIZE

USABLE_SIZE: Final = PAGE_SIZE - 80
"""Bytes of a page that hold content."""

_MAGIC = b"SQLite format 3\0"


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
            self._above, logged_count = write_ahead_log.committed_pages(write_ahead_log.read(path))
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

    def close(self) -> None:
        """Close the file and wipe the keys."""
        self._file.close()
        wipe(self._key, self._proof_key)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
