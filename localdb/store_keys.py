# SPDX-License-Identifier: GPL-3.0-or-later
"""The random keys of one store; in the clear they exist only in memory, and only while somebody is signed in."""

from __future__ import annotations

import hmac
from typing import Final, Self, final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from casework.errors import BugError
from casework.identifiers import RandomBytes
from localdb.wiping import wipe

_SIZES: Final = (32, 16, 32)


@final
class StoreKeys:
    """The keys of one store, wiped by whoever opened them, or with the last reference to this."""

    __slots__ = ("_parts", "_wiped")

    def __init__(
        self,
        database_key: bytes | bytearray,
        database_salt: bytes | bytearray,
        object_name_key: bytes | bytearray,
    ) -> None:
        """Keep a copy of the keys.

        Args:
            database_key: 32 bytes, the raw SQLCipher key.
            database_salt: 16 bytes, the salt at the start of ``desk.db``.
            object_name_key: 32 bytes, the key of the hash that names object files.

        Raises:
            ValueError: When a key has another size.
        """
        self._parts = (bytearray(database_key), bytearray(database_salt), bytearray(object_name_key))
        self._wiped = False
        if tuple(len(part) for part in self._parts) != _SIZES:
            raise ValueError("a key of the wrong size")

    @classmethod
    def new(cls, random_bytes: RandomBytes) -> Self:
        """Draw the keys of a new store."""
        return cls(random_bytes(32), random_bytes(16), random_bytes(32))

    @property
    def database_key(self) -> bytearray:
        """32 bytes, the raw SQLCipher key of ``desk.db`` and ``search.db``."""
        return self._part(0)

    @property
    def database_salt(self) -> bytearray:
        """16 bytes, the salt at the start of ``desk.db``."""
        return self._part(1)

    @property
    def object_name_key(self) -> bytearray:
        """32 bytes, the key of the hash that names object files."""
        return self._part(2)

    def derive(self, purpose: str) -> bytearray:
        """Derive 32 bytes for one purpose (HKDF-SHA256, label ``motcua/<purpose>/1``); whoever asks wipes them."""
        label = f"motcua/{purpose}/1".encode()
        derived = bytearray(32)
        HKDF(algorithm=SHA256(), length=32, salt=None, info=label).derive_into(self.database_key, derived)
        return derived

    def with_salt(self, salt: bytes) -> StoreKeys:
        """Give the same keys for a database file with another salt at its start."""
        return StoreKeys(self.database_key, salt, self.object_name_key)

    def copy(self) -> StoreKeys:
        """Give the same keys, to be wiped on their own."""
        return StoreKeys(*self._all())

    def wipe(self) -> None:
        """Overwrite the keys; using them afterwards is a bug. Wiping again does nothing."""
        self._wiped = True
        wipe(*self._parts)

    def __del__(self) -> None:
        # A copy for one file, made in passing and forgotten; not there when the constructor refused.
        if hasattr(self, "_parts"):
            self.wipe()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, StoreKeys):
            return NotImplemented
        return all(hmac.compare_digest(mine, theirs) for mine, theirs in zip(self._all(), other._all(), strict=True))

    __hash__ = None  # type: ignore[assignment]  # what can be wiped names nothing

    def __repr__(self) -> str:
        return "StoreKeys(wiped)" if self._wiped else "StoreKeys(…)"

    def _all(self) -> tuple[bytearray, ...]:
        return tuple(self._part(index) for index in range(len(self._parts)))

    def _part(self, index: int) -> bytearray:
        if self._wiped:
            raise BugError("the keys were wiped")
        return self._parts[index]
