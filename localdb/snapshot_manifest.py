# SPDX-License-Identifier: GPL-3.0-or-later
"""The manifest of a snapshot: which blocks, in which order, are the database of a moment.

Canonical JSON with a message authentication code under a key that is derived from the database key, so that a snapshot
cannot be put together from pieces of others. It is readable without a key and tells nothing of a person: what there is
to restore can be listed before anybody opens it.
"""

from __future__ import annotations

import base64
import dataclasses
import datetime as dt
import hmac
import json
from dataclasses import dataclass
from typing import Final, Self

from casework.errors import KnownError
from localdb import canonical
from localdb.moments import from_microseconds, to_microseconds
from localdb.store_keys import StoreKeys

BLOCK_SIZE: Final = 64 * 1024
"""Bytes of a block; the last one may be shorter."""

_FORMAT: Final = 1
_NAME_BYTES: Final = 32
_PURPOSE: Final = "snapshot-manifest"


@dataclass(frozen=True, slots=True)
class SnapshotManifest:
    """What a snapshot consists of.

    Attributes:
        number: Counts the snapshots of a place from 1; clocks may go back, this does not.
        taken_at: When the database looked like this, in UTC.
        store_id: Which store it is of; see ``store_id``.
        key_generation: Which database key it is encrypted with; see ``key_generation``.
        device_id: Which workstation took it; empty when it was not enrolled.
        schema_version: Version of the schema in it.
        database_size: Bytes of the database file.
        object_count: Number of object files that the database wants on this computer.
        object_bytes: Bytes of these files.
        blocks: SHA-256 of each block of the database file, in order.
    """

    number: int
    taken_at: dt.datetime
    store_id: str
    key_generation: str
    device_id: str
    schema_version: int
    database_size: int
    object_count: int
    object_bytes: int
    blocks: tuple[bytes, ...]

    @property
    def file_name(self) -> str:
        """Name of the manifest file; of two computers that share a store by mistake each keeps its own."""
        taken_at = self.taken_at.astimezone(dt.UTC)
        return f"{self.number:08}-{taken_at:%Y%m%dT%H%M%SZ}-{self.device_id[:8] or 'none'}.json"

    def block_size(self, index: int) -> int:
        """Give the bytes of one block."""
        return min(BLOCK_SIZE, self.database_size - index * BLOCK_SIZE)

    def encode(self, keys: StoreKeys) -> bytes:
        """Encode and authenticate."""
        document = self._document()
        document["mac"] = _mac(document, keys).hex()
        return canonical.encode(document)

    @classmethod
    def decode(cls, content: bytes) -> Self:
        """Read a manifest without proving that it is genuine.

        Raises:
            KnownError: ``snapshot-damaged`` when it is no manifest, ``snapshot-newer`` when a newer program wrote it.
        """
        try:
            document = json.loads(content)
            if int(document["format"]) > _FORMAT:
                raise KnownError("snapshot-newer")
            joined = base64.b64decode(document["blocks"], validate=True)
            manifest = cls(
                number=int(document["number"]),
                taken_at=from_microseconds(int(document["taken_at"])),
                store_id=str(document["store_id"]),
                key_generation=str(document["key_generation"]),
                device_id=str(document["device_id"]),
                schema_version=int(document["schema_version"]),
                database_size=int(document["database_size"]),
                object_count=int(document["object_count"]),
                object_bytes=int(document["object_bytes"]),
                blocks=tuple(joined[at : at + _NAME_BYTES] for at in range(0, len(joined), _NAME_BYTES)),
            )
        except (ValueError, KeyError, TypeError, OverflowError) as error:
            raise KnownError("snapshot-damaged") from error
        if len(manifest.blocks) != -(-manifest.database_size // BLOCK_SIZE) or len(joined) % _NAME_BYTES:
            raise KnownError("snapshot-damaged")
        return manifest

    @classmethod
    def decode_proven(cls, content: bytes, keys: StoreKeys) -> Self:
        """Read a manifest that was written with these keys and has not been changed since.

        Raises:
            KnownError: ``snapshot-damaged``, ``snapshot-newer``; ``snapshot-other-key`` when it belongs to another
                key.
        """
        manifest = cls.decode(content)
        if manifest.key_generation != key_generation(keys):
            raise KnownError("snapshot-other-key")
        document = json.loads(content)
        try:
            said = bytes.fromhex(document.pop("mac"))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise KnownError("snapshot-damaged") from error
        if not hmac.compare_digest(said, _mac(document, keys)):
            raise KnownError("snapshot-damaged")
        return manifest

    def numbered(self, number: int) -> Self:
        """Give the same snapshot under the number of another place."""
        return dataclasses.replace(self, number=number)

    def _document(self) -> dict[str, object]:
        return {
            "format": _FORMAT,
            "number": self.number,
            "taken_at": to_microseconds(self.taken_at),
            "store_id": self.store_id,
            "key_generation": self.key_generation,
            "device_id": self.device_id,
            "schema_version": self.schema_version,
            "database_size": self.database_size,
            "object_count": self.object_count,
            "object_bytes": self.object_bytes,
            "blocks": base64.b64encode(b"".join(self.blocks)).decode("ascii"),
        }


def store_id(keys: StoreKeys) -> str:
    """Give the name of a store: the same on every computer and under every password, and no key can be told from it."""
    return hmac.digest(keys.object_name_key, b"motcua/store-id/1", "sha256")[:16].hex()


def key_generation(keys: StoreKeys) -> str:
    """Give the name of a database key; another one after the keys were rotated."""
    return keys.derive("key-generation")[:8].hex()


def _mac(document: dict[str, object], keys: StoreKeys) -> bytes:
    return hmac.digest(keys.derive(_PURPOSE), canonical.encode(document), "sha256")
