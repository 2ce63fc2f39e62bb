# SPDX-License-Identifier: GPL-3.0-or-later
"""The shape that envelopes and replies share: readable header, sealed body, signature over both.

::

    magic (4 bytes) | header length (4 bytes, big-endian) | header (canonical JSON) | ciphertext | signature (64 bytes)

The body is canonical JSON, compressed with zstd and encrypted with AES-256-GCM under a key that is used for this one
container only; that is why its nonce may be constant. Magic, length and header are the associated data.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

import zstandard
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from casework.errors import KnownError
from sync_agent.wire.canonical_json import JsonObject, MalformedJsonError, dump, parse
from sync_agent.wire.json_fields import JsonFields
from sync_agent.wire.sealed_key import SIGNATURE_LENGTH, Signer, signature_is_valid

VERSION = 1
"""Major version of both formats; fields that are added later do not change it, older readers pass over them."""

CONTENT_KEY_LENGTH = 32

_MAGIC_LENGTH = 4
_PREFIX_LENGTH = _MAGIC_LENGTH + 4
_TAG_LENGTH = 16
_NONCE = bytes(12)
_COMPRESSION_LEVEL = 9
_MAX_WINDOW_BYTES = 1 << 23


@dataclass(frozen=True, slots=True)
class ContainerFormat:
    """One kind of container.

    Attributes:
        magic: Its first four bytes.
        noun: First word of its error codes: ``<noun>-damaged``, ``-signature``, ``-version``, ``-too-large``.
        max_bytes: Largest container that is read or made.
        max_header_bytes: Largest header.
        max_body_bytes: Largest body after decompression.
    """

    magic: bytes
    noun: str
    max_bytes: int
    max_header_bytes: int
    max_body_bytes: int

    def error(self, complaint: str) -> KnownError:
        """Make one of the errors of this format."""
        return KnownError(f"{self.noun}-{complaint}")


@dataclass(frozen=True, slots=True)
class Container:
    """A container taken apart; nothing in it is proven before ``verify``.

    Attributes:
        kind: Its format.
        header: The header's fields.
        prefix: Magic, length and header as they stand.
        ciphertext: The encrypted body.
        signature: 64 bytes.
    """

    kind: ContainerFormat
    header: JsonFields
    prefix: bytes
    ciphertext: bytes
    signature: bytes

    def verify(self, sign_public: bytes) -> None:
        """Check who made it.

        Raises:
            KnownError: ``<noun>-signature``: another key signed it, or it was changed on its way.
        """
        if not signature_is_valid(self.signature, self.prefix + self.ciphertext, sign_public):
            raise self.kind.error("signature")

    def body(self, content_key: bytes) -> JsonFields:
        """Decrypt and read the body.

        Raises:
            KnownError: ``<noun>-damaged``, or ``<noun>-too-large`` when it would unpack to more than the format allows.
        """
        damaged = self.kind.error("damaged")
        if len(content_key) != CONTENT_KEY_LENGTH:
            raise damaged
        try:
            packed = AESGCM(content_key).decrypt(_NONCE, self.ciphertext, self.prefix)
            reader = zstandard.ZstdDecompressor(max_window_size=_MAX_WINDOW_BYTES).stream_reader(io.BytesIO(packed))
            plain: bytes = reader.read(self.kind.max_body_bytes + 1)
        except (InvalidTag, zstandard.ZstdError):
            raise damaged from None
        if len(plain) > self.kind.max_body_bytes:
            raise self.kind.error("too-large")
        try:
            return JsonFields(parse(plain), damaged.code)
        except MalformedJsonError:
            raise damaged from None


def build(kind: ContainerFormat, header: JsonObject, body: JsonObject, content_key: bytes, signer: Signer) -> bytes:
    """Make a container.

    Raises:
        KnownError: ``<noun>-too-large``.
    """
    header_bytes = dump(header)
    plain = dump(body)
    prefix = kind.magic + len(header_bytes).to_bytes(4, "big") + header_bytes
    packed = zstandard.ZstdCompressor(level=_COMPRESSION_LEVEL).compress(plain)
    sealed = prefix + AESGCM(content_key).encrypt(_NONCE, packed, prefix)
    if (
        len(header_bytes) > kind.max_header_bytes
        or len(plain) > kind.max_body_bytes
        or len(sealed) + SIGNATURE_LENGTH > kind.max_bytes
    ):
        raise kind.error("too-large")
    return sealed + signer.sign(sealed)


def take_apart(kind: ContainerFormat, data: bytes) -> Container:
    """Find the parts of a container.

    Raises:
        KnownError: ``<noun>-too-large``, ``<noun>-damaged``, or ``<noun>-version`` for a major version of the future.
    """
    if len(data) > kind.max_bytes:
        raise kind.error("too-large")
    if len(data) < _PREFIX_LENGTH + _TAG_LENGTH + SIGNATURE_LENGTH or data[:_MAGIC_LENGTH] != kind.magic:
        raise kind.error("damaged")
    header_length = int.from_bytes(data[_MAGIC_LENGTH:_PREFIX_LENGTH], "big")
    if header_length > kind.max_header_bytes:
        raise kind.error("too-large")
    body_at = _PREFIX_LENGTH + header_length
    signature_at = len(data) - SIGNATURE_LENGTH
    if body_at + _TAG_LENGTH > signature_at:
        raise kind.error("damaged")
    header = JsonFields.of_bytes(data[_PREFIX_LENGTH:body_at], kind.error("damaged").code)
    if header.integer("version", minimum=1) != VERSION:
        raise kind.error("version")
    return Container(kind, header, data[:body_at], data[body_at:signature_at], data[signature_at:])
