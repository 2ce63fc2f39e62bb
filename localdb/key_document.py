# SPDX-License-Identifier: GPL-3.0-or-later
"""What stands in the key file: the slots, and the store's keys under the main key.

The store's keys are encrypted with AES-256-GCM whose associated data is the rest of the document: whoever opens a slot
also learns whether anything else was changed. A plain checksum, and the rule that a document has one spelling only,
tell a damaged file from a wrong password before any password is tried. ``revision`` grows with every change.

While the data keys are being changed, the document holds the old and the new ones.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from casework.errors import KnownError
from casework.identifiers import RandomBytes
from localdb import canonical
from localdb.base64_text import from_text, to_text
from localdb.key_slots import Slot, SlotKind
from localdb.store_keys import StoreKeys
from localdb.wiping import wipe

VERSION: Final = 2
MAIN_KEY_SIZE: Final = 32
_NONCE_SIZE: Final = 12
_TAG_SIZE: Final = 16
_PARTS: Final = (32, 16, 32)
_KEYS_SIZE: Final = sum(_PARTS)


@dataclass(frozen=True, slots=True)
class KeyDocument:
    """A key file of version 2, closed.

    Attributes:
        revision: Grows with every change, from 1.
        slots: Who can open it.
        nonce: 12 bytes.
        sealed_keys: The store's keys under the main key.
    """

    revision: int
    slots: tuple[Slot, ...]
    nonce: bytes = b""
    sealed_keys: bytes = b""

    @classmethod
    def decode(cls, content: bytes) -> Self:
        """Read a document.

        Raises:
            KnownError: ``key-file-damaged``.
        """
        try:
            value = json.loads(content)
            nonce, sealed_keys = (from_text(value["keys"][name]) for name in ("nonce", "sealed"))
            slots = tuple(Slot.from_json(slot) for slot in value["slots"])
            document = cls(int(value["revision"]), slots, nonce, sealed_keys)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise KnownError("key-file-damaged") from error
        if document.encode() != content:
            raise KnownError("key-file-damaged")
        return document

    def encode(self) -> bytes:
        """Give the content of the file."""
        value = self._covered() | {"keys": {"nonce": to_text(self.nonce), "sealed": to_text(self.sealed_keys)}}
        value["checksum"] = checksum_of(value)
        return json.dumps(value, indent=1, sort_keys=True).encode()

    def locked(self, main_key: bytearray, keys: Sequence[StoreKeys], random_bytes: RandomBytes) -> KeyDocument:
        """Put the store's keys under a main key, bound to everything else in the document.

        Args:
            main_key: 32 bytes, to which the slots are sealed.
            keys: Those in use; the new ones after them while they are being changed.
            random_bytes: Source of the nonce.
        """
        nonce = random_bytes(_NONCE_SIZE)
        plain = bytearray(len(keys) * _KEYS_SIZE)
        parts = [part for each in keys for part in (each.database_key, each.database_salt, each.object_name_key)]
        start = 0
        for part in parts:
            plain[start : start + len(part)] = part
            start += len(part)
        sealed = bytearray(len(plain) + _TAG_SIZE)
        try:
            AESGCM(main_key).encrypt_into(nonce, plain, canonical.encode(self._covered()), sealed)
        finally:
            wipe(plain)
        return dataclasses.replace(self, nonce=nonce, sealed_keys=bytes(sealed))

    def unlocked(self, main_key: bytearray) -> tuple[StoreKeys, ...]:
        """Give the store's keys, and with them the proof that the whole document is as it was written.

        Raises:
            KnownError: ``key-file-damaged``.
        """
        plain = bytearray(max(0, len(self.sealed_keys) - _TAG_SIZE))
        try:
            AESGCM(main_key).decrypt_into(self.nonce, self.sealed_keys, canonical.encode(self._covered()), plain)
            if len(plain) not in {_KEYS_SIZE, 2 * _KEYS_SIZE}:
                raise KnownError("key-file-damaged")
            return tuple(_store_keys(plain, start) for start in range(0, len(plain), _KEYS_SIZE))
        except (InvalidTag, ValueError) as error:
            raise KnownError("key-file-damaged") from error
        finally:
            wipe(plain)

    def of_login(self, login: str) -> Slot | None:
        """Give the slot of a clerk, or None."""
        return next((slot for slot in self.slots if slot.kind == SlotKind.CLERK and slot.login == login), None)

    def of_kind(self, kind: str) -> tuple[Slot, ...]:
        """Give the slots of a kind."""
        return tuple(slot for slot in self.slots if slot.kind == kind)

    def _covered(self) -> dict[str, Any]:
        return {"version": VERSION, "revision": self.revision, "slots": [slot.to_json() for slot in self.slots]}


def checked_version(content: bytes) -> int:
    """Give the version of a key file whose checksum holds; versions to come keep this rule.

    Raises:
        KnownError: ``key-file-damaged``.
    """
    try:
        value = dict(json.loads(content))
        if value.pop("checksum") != checksum_of(value):
            raise KnownError("key-file-damaged")
        return int(value["version"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise KnownError("key-file-damaged") from error


def checksum_of(value: Mapping[str, Any]) -> str:
    """Give the checksum of everything else in a key file: SHA-256 over its canonical JSON."""
    return hashlib.sha256(canonical.encode(value)).hexdigest()


def _store_keys(plain: bytearray, start: int) -> StoreKeys:
    parts = []
    for size in _PARTS:
        parts.append(plain[start : start + size])
        start += size
    try:
        return StoreKeys(*parts)
    finally:
        wipe(*parts)
