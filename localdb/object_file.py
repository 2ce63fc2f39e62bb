# SPDX-License-Identifier: GPL-3.0-or-later
"""The sealed file: how one object lies on disk, travels and rests at the gateway, always as the same ciphertext.

Format 1: the four bytes ``MCO1``, then chunks of 256 KiB of plaintext (the last may be shorter, and is empty only when
everything is), each AES-256-GCM with its 16-byte tag behind it. The construction is STREAM (Hoang, Reyhanitabar,
Rogaway, Vizár, 2015): the nonce is chunk index (11 bytes, big-endian) and last flag (1 byte), the associated data is
object id (as text), index (8 bytes) and last flag, so that no chunk can be changed, moved, dropped or taken from
another object. The cipher key is HKDF-SHA256 of the file key, with ``motcua/object/1`` and the object id as info. An
object id names one content, so sealing twice with one file key gives the same bytes, and never one nonce for two
contents.

This module knows no database: the gateway serves files with it.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from casework.errors import KnownError

CHUNK_SIZE = 256 * 1024
"""Bytes of plaintext in a chunk."""

FILE_KEY_SIZE = 32
"""Bytes of a file key."""

_MAGIC = b"MCO1"
_TAG_SIZE = 16
_SEALED_CHUNK_SIZE = CHUNK_SIZE + _TAG_SIZE


@dataclass(frozen=True, slots=True)
class Seal:
    """What sealing gave.

    Attributes:
        transport_id: SHA-256 of the whole sealed file, lower-case hex.
        plaintext_size: Bytes before sealing.
        sealed_size: Bytes of the sealed file.
    """

    transport_id: str
    plaintext_size: int
    sealed_size: int


def seal(content: bytes | BinaryIO, object_id: str, file_key: bytes, out: BinaryIO) -> Seal:
    """Write the sealed form of some content.

    Args:
        content: The plaintext, or a stream that is read to its end.
        object_id: Names this content and no other.
        file_key: 32 random bytes, used for this object only.
        out: Receives the sealed file.
    """
    cipher = _cipher(object_id, file_key)
    digest = hashlib.sha256(_MAGIC)
    out.write(_MAGIC)
    plaintext_size, sealed_size, index = 0, len(_MAGIC), 0
    buffer = memoryview(bytearray(_SEALED_CHUNK_SIZE))
    chunks = _chunks(content)
    chunk: bytes | memoryview | None = next(chunks, b"")
    while chunk is not None:
        following = next(chunks, None)
        last = following is None
        sealed = buffer[: len(chunk) + _TAG_SIZE]
        cipher.encrypt_into(_nonce(index, last), chunk, _associated_data(object_id, index, last), sealed)
        digest.update(sealed)
        out.write(sealed)
        plaintext_size += len(chunk)
        sealed_size += len(sealed)
        chunk = following
        index += 1
    return Seal(digest.hexdigest(), plaintext_size, sealed_size)


def _chunks(content: bytes | BinaryIO) -> Iterator[bytes | memoryview]:
    if isinstance(content, bytes):
        view = memoryview(content)  # a scan is large: not copied once more
        for start in range(0, len(content), CHUNK_SIZE):
            yield view[start : start + CHUNK_SIZE]
    else:
        while chunk := content.read(CHUNK_SIZE):
            yield chunk


def unseal(source: BinaryIO, object_id: str, file_key: bytes) -> Iterator[bytes]:
    """Give the plaintext chunk by chunk.

    Each chunk is proven before it is given; that the file is whole is proven when the iteration ends without an error.

    Raises:
        KnownError: ``object-damaged``.
    """
    cipher = _cipher(object_id, file_key)
    if source.read(len(_MAGIC)) != _MAGIC:
        raise KnownError("object-damaged", object_id=object_id)
    index = 0
    chunk = source.read(_SEALED_CHUNK_SIZE)
    last = False
    while not last:
        following = source.read(_SEALED_CHUNK_SIZE)
        last = not following
        yield _open(cipher, chunk, object_id, index, last)
        chunk = following
        index += 1


def unseal_range(source: BinaryIO, object_id: str, file_key: bytes, start: int, length: int) -> bytes:
    """Give a part of the plaintext, reading and proving only the chunks it lies in.

    Args:
        source: A sealed file that can be sought in.
        object_id: As when it was sealed.
        file_key: As when it was sealed.
        start: First byte, at least 0.
        length: Number of bytes; fewer are given at the end of the content.

    Raises:
        KnownError: ``object-damaged``.
    """
    size = plaintext_size(source.seek(0, os.SEEK_END), object_id)
    stop = min(start + length, size)
    if start >= stop:
        return b""
    cipher = _cipher(object_id, file_key)
    last_index = max(0, size - 1) // CHUNK_SIZE
    first, final = start // CHUNK_SIZE, (stop - 1) // CHUNK_SIZE
    source.seek(len(_MAGIC) + first * _SEALED_CHUNK_SIZE)
    chunks = [
        _open(cipher, source.read(_SEALED_CHUNK_SIZE), object_id, index, index == last_index)
        for index in range(first, final + 1)
    ]
    return b"".join(chunks)[start - first * CHUNK_SIZE : stop - first * CHUNK_SIZE]


def plaintext_size(sealed_size: int, object_id: str) -> int:
    """Give the size of the content of a sealed file from the size of that file.

    Raises:
        KnownError: ``object-damaged`` when no sealed file has this size.
    """
    whole, rest = divmod(sealed_size - len(_MAGIC), _SEALED_CHUNK_SIZE)
    if whole < 0 or (rest == 0 and whole == 0) or 0 < rest < _TAG_SIZE or (rest == _TAG_SIZE and whole > 0):
        raise KnownError("object-damaged", object_id=object_id)
    return whole * CHUNK_SIZE + max(0, rest - _TAG_SIZE)


def _cipher(object_id: str, file_key: bytes) -> AESGCM:
    info = b"motcua/object/1" + object_id.encode()
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(file_key))


def _open(cipher: AESGCM, sealed: bytes, object_id: str, index: int, last: bool) -> bytes:
    try:
        return cipher.decrypt(_nonce(index, last), sealed, _associated_data(object_id, index, last))
    except InvalidTag as error:
        raise KnownError("object-damaged", object_id=object_id) from error


def _nonce(index: int, last: bool) -> bytes:
    return index.to_bytes(11, "big") + bytes([last])


def _associated_data(object_id: str, index: int, last: bool) -> bytes:
    return object_id.encode() + index.to_bytes(8, "big") + bytes([last])
