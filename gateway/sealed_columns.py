# SPDX-License-Identifier: GPL-3.0-or-later
"""What is personal rests in the database as ciphertext that is bound to its table and row."""

from __future__ import annotations

import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from casework.errors import BugError

_NONCE_BYTES: Final = 12


class SealedColumns:
    """Seals and opens the ``sealed`` columns: AES-256-GCM under the gateway's data key.

    Table and row are authenticated with the value, so that a value moved to another row does not open.
    """

    def __init__(self, data_key: bytes) -> None:
        self._cipher = AESGCM(data_key)

    def seal(self, table: str, row: str, value: bytes) -> bytes:
        """Seal a value for one row: 12 bytes nonce, then ciphertext and tag."""
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, value, _place(table, row))

    def open(self, table: str, row: str, sealed: bytes) -> bytes:
        """Open a value of one row.

        Raises:
            BugError: The value was sealed for another row or under another key, or it was changed.
        """
        try:
            return self._cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], _place(table, row))
        except InvalidTag:
            raise BugError(f"a sealed value of {table} does not open") from None


def _place(table: str, row: str) -> bytes:
    return f"motcua/column/1\n{table}\n{row}".encode()
