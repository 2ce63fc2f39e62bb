# SPDX-License-Identifier: GPL-3.0-or-later
"""Files for the portal: a link that nobody can guess and that ends, behind it the object, opened while it is sent."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from casework.errors import KnownError
from gateway.folder import Gateway
from gateway.objects import ObjectStore
from gateway.storage import blob, text
from localdb import object_file

TICKET_LIFETIME: Final = dt.timedelta(days=7)

_PURPOSE: Final = b"motcua/portal-file/1"
_NONCE_BYTES: Final = 12


@dataclass(frozen=True, slots=True)
class PortalFile:
    """An object that may be sent in the clear.

    Attributes:
        transport_id: Where its ciphertext is.
        object_id: Its name inside the ciphertext.
        file_key: Opens it.
        size: Bytes in the clear.
        media_type: E.g. ``application/pdf``.
    """

    transport_id: str
    object_id: str
    file_key: bytes = field(repr=False)
    size: int
    media_type: str


class PortalFiles:
    """Makes and honours the links of one gateway. A ticket is the sealed name of its file; none is stored."""

    def __init__(self, gateway: Gateway, objects: ObjectStore, public_url: str) -> None:
        """Prepare for tickets.

        Args:
            gateway: The gateway.
            objects: Its objects.
            public_url: Where the portal reaches this gateway, without a slash at its end.
        """
        self._gateway = gateway
        self._objects = objects
        self._public_url = public_url
        key = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(gateway.keys.data)
        self._cipher = AESGCM(key)

    def link(self, lineage: str, object_id: str, now: dt.datetime) -> str:
        """Give the address of an object that a lineage announced, for a week; empty while it is not complete."""
        with self._gateway.database.read() as transaction:
            row = transaction.row(
                "SELECT k.transport_id FROM object_keys k JOIN objects o ON o.transport_id = k.transport_id"
                " WHERE k.lineage = ? AND k.object_id = ? AND o.complete = 1 LIMIT 1",
                lineage,
                object_id,
            )
        if row is None:
            return ""
        return f"{self._public_url}/portal-files/{self._ticket(lineage, text(row[0]), now + TICKET_LIFETIME)}"

    def find(self, ticket: str, now: dt.datetime) -> PortalFile:
        """Find the file of a ticket.

        Raises:
            KnownError: ``not-found`` when we did not make the ticket or the file is gone; ``link-expired``.
        """
        lineage, transport_id, ends_at = self._read_ticket(ticket)
        if now.timestamp() > ends_at:
            raise KnownError("link-expired")
        with self._gateway.database.read() as transaction:
            row = transaction.row(
                "SELECT object_id, sealed FROM object_keys WHERE lineage = ? AND transport_id = ?",
                lineage,
                transport_id,
            )
        if row is None or not self._objects.path(transport_id).exists():
            raise KnownError("not-found")
        key = json.loads(self._gateway.columns.open("object_keys", f"{lineage}/{transport_id}", blob(row[1])))
        return PortalFile(
            transport_id=transport_id,
            object_id=text(row[0]),
            file_key=base64.b64decode(key["key"]),
            size=key["plaintext_size"],
            media_type=key["media_type"],
        )

    def content(self, file: PortalFile) -> Iterator[bytes]:
        """Give the file in the clear, piece by piece; nothing of it touches the disk.

        Raises:
            KnownError: ``object-damaged``, before any changed byte is given.
        """
        with self._objects.path(file.transport_id).open("rb") as source:
            yield from object_file.unseal(source, file.object_id, file.file_key)

    def _ticket(self, lineage: str, transport_id: str, ends_at: dt.datetime) -> str:
        content = f"{int(ends_at.timestamp())} {transport_id} {lineage}".encode()
        nonce = os.urandom(_NONCE_BYTES)
        sealed = nonce + self._cipher.encrypt(nonce, content, _PURPOSE)
        return base64.urlsafe_b64encode(sealed).rstrip(b"=").decode()

    def _read_ticket(self, ticket: str) -> tuple[str, str, int]:
        try:
            sealed = base64.urlsafe_b64decode(ticket + "=" * (-len(ticket) % 4))
            content = self._cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], _PURPOSE)
        except (binascii.Error, ValueError, InvalidTag):
            raise KnownError("not-found") from None
        ends_at, transport_id, lineage = content.decode().split(" ")
        return lineage, transport_id, int(ends_at)
