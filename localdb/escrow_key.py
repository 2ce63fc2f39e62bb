# SPDX-License-Identifier: GPL-3.0-or-later
"""The province's escrow key pair, as two small files.

The public half goes to every desk. The private half opens every desk that has it, so its file is wrapped (AES key wrap,
RFC 3394) under Argon2id of a passphrase, readable by its owner only, and has no business on a computer that is used.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from casework.errors import KnownError
from casework.identifiers import RandomBytes
from localdb import durable_file
from localdb.base64_text import from_text, to_text
from localdb.key_slots import Argon2Cost, derive_password_key
from localdb.wiping import wipe

_PRIVATE: Final = "motcua-escrow-private/1"
_PUBLIC: Final = "motcua-escrow-public/1"
_KEY_SIZE: Final = 32
_SALT_SIZE: Final = 16
COST: Final = Argon2Cost(memory_kib=256 * 1024, iterations=4, lanes=4)
"""Used a few times in a decade, and worth every desk of the province."""


def make(
    private_file: Path, public_file: Path, passphrase: str, *, random_bytes: RandomBytes, cost: Argon2Cost
) -> bytes:
    """Draw a key pair and write both files; what is there already is never written over.

    Returns:
        The public half, 32 raw bytes.

    Raises:
        KnownError: ``file-exists`` (details ``file``); ``disk-full``, ``no-access``, ``disk-error``.
    """
    for path in (private_file, public_file):
        if path.exists():
            raise KnownError("file-exists", file=path.name)
    private, salt = bytearray(random_bytes(_KEY_SIZE)), random_bytes(_SALT_SIZE)
    wrapping_key = derive_password_key(passphrase, salt, cost)
    try:
        public_key = X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()
        wrapped = aes_key_wrap(wrapping_key, private)
    finally:
        wipe(private, wrapping_key)
    _write(
        private_file,
        {
            "format": _PRIVATE,
            "public_key": to_text(public_key),
            "salt": to_text(salt),
            "argon2": cost.to_json(),
            "wrapped": to_text(wrapped),
        },
    )
    _write(public_file, {"format": _PUBLIC, "public_key": to_text(public_key)})
    return public_key


def read_public(path: Path) -> bytes:
    """Read the public half, from either file.

    Returns:
        32 raw bytes.

    Raises:
        KnownError: ``escrow-file-damaged`` (details ``file``) for what is no such file; ``no-access``, ``disk-error``.
    """
    document = _read(path, _PUBLIC, _PRIVATE)
    try:
        return from_text(document["public_key"])
    except (KeyError, TypeError, ValueError) as error:
        raise KnownError("escrow-file-damaged", file=path.name) from error


def read_private(path: Path, passphrase: str) -> bytes:
    """Read the private half.

    Returns:
        32 raw bytes.

    Raises:
        KnownError: ``wrong-passphrase``; ``escrow-file-damaged`` (details ``file``); ``no-access``, ``disk-error``.
    """
    document = _read(path, _PRIVATE)
    try:
        cost = Argon2Cost.from_json(document["argon2"])  # type: ignore[arg-type]  # a file may hold anything
        wrapping_key = derive_password_key(passphrase, from_text(document["salt"]), cost)
        wrapped = from_text(document["wrapped"])
    except (KeyError, TypeError, ValueError) as error:
        raise KnownError("escrow-file-damaged", file=path.name) from error
    try:
        return aes_key_unwrap(wrapping_key, wrapped)
    except InvalidUnwrap as error:
        raise KnownError("wrong-passphrase", retryable=True) from error
    except ValueError as error:
        raise KnownError("escrow-file-damaged", file=path.name) from error
    finally:
        wipe(wrapping_key)


def _write(path: Path, document: dict[str, object]) -> None:
    with durable_file.replacing(path) as file:
        file.write(json.dumps(document, indent=1).encode() + b"\n")


def _read(path: Path, *formats: str) -> dict[str, str]:
    with durable_file.explained():
        content = path.read_bytes()
    try:
        document = json.loads(content)
        if document["format"] not in formats:
            raise ValueError(document["format"])
    except (KeyError, TypeError, ValueError) as error:
        raise KnownError("escrow-file-damaged", file=path.name) from error
    return dict(document)
