# SPDX-License-Identifier: GPL-3.0-or-later
"""The first version of the key file, read only: its slots held the main key itself, wrapped for a password.

It is brought to version 2 in memory by whoever opens it; the next change, or the next sign-in, writes it.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap

from casework.errors import KnownError
from localdb import canonical
from localdb.base64_text import from_text
from localdb.key_slots import Argon2Cost, Slot, SlotKind, derive_password_key
from localdb.store_keys import StoreKeys
from localdb.wiping import wipe, wipe_bytes

VERSION: Final = 1


class FormerDocument:
    """A key file of version 1, closed."""

    def __init__(self, content: bytes) -> None:
        """Read a file whose checksum holds.

        Raises:
            KnownError: ``key-file-damaged``.
        """
        try:
            self._value = dict(json.loads(content))
            self.revision = int(self._value["revision"])
            self._slots: list[Mapping[str, Any]] = [dict(slot) for slot in self._value["slots"]]
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise KnownError("key-file-damaged") from error

    def clerk_slot(self, login: str) -> Mapping[str, Any] | None:
        """Give the slot of a clerk, or None."""
        return next((slot for slot in self._of_kind(SlotKind.CLERK) if slot.get("login") == login), None)

    def kept_escrow(self, at: dt.datetime) -> list[Slot]:
        """Give the slot of the province as it can be kept: without the public key, which this version did not write."""
        try:
            return [
                Slot(SlotKind.ESCROW, at, b"", from_text(slot["sealed"]), {"key_id": str(slot["key_id"])})
                for slot in self._of_kind(SlotKind.ESCROW)
            ]
        except (KeyError, TypeError, ValueError) as error:
            raise KnownError("key-file-damaged") from error

    def main_key(self, slot: Mapping[str, Any], password: str) -> bytearray:
        """Give the main key from a clerk's slot.

        Raises:
            KnownError: ``wrong-password``; ``key-file-damaged``.
        """
        try:
            cost = Argon2Cost.from_json(slot["argon2"])
            salt, wrapped = from_text(slot["salt"]), from_text(slot["wrapped"])
        except (KeyError, TypeError, ValueError) as error:
            raise KnownError("key-file-damaged") from error
        password_key = derive_password_key(password, salt, cost)
        try:
            opened = aes_key_unwrap(password_key, wrapped)
        except InvalidUnwrap as error:
            raise KnownError("wrong-password", retryable=True) from error
        finally:
            wipe(password_key)
        main_key = bytearray(opened)
        wipe_bytes(opened)
        return main_key

    def unlocked(self, main_key: bytearray) -> tuple[StoreKeys, ...]:
        """Give the store's keys, and with them the proof that the whole document is as it was written.

        Raises:
            KnownError: ``key-file-damaged``.
        """
        covered = {name: value for name, value in self._value.items() if name not in {"keys", "checksum"}}
        try:
            nonce, sealed = (from_text(self._value["keys"][name]) for name in ("nonce", "sealed"))
            plain = AESGCM(main_key).decrypt(nonce, sealed, canonical.encode(covered))
            secret = json.loads(plain)
            wipe_bytes(plain)
            names = ("database_key", "database_salt", "object_name_key")
            return (StoreKeys(*(from_text(secret[name]) for name in names)),)
        except (InvalidTag, KeyError, TypeError, ValueError) as error:
            raise KnownError("key-file-damaged") from error

    def _of_kind(self, kind: str) -> list[Mapping[str, Any]]:
        return [slot for slot in self._slots if slot.get("kind") == kind]
