# SPDX-License-Identifier: GPL-3.0-or-later
"""The keys with which a province publishes rules, as two PEM files that other programs can read too.

The private half never comes to a desk. Which public halves a desk trusts stands in ``desk.json``, which only an
administrator may write.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from casework.errors import KnownError
from localdb import durable_file
from localdb.open_key_file import number_of


def make(private_file: Path, public_file: Path, passphrase: str) -> str:
    """Draw a key pair and write both files; what is there already is never written over.

    Returns:
        The number of the key.

    Raises:
        KnownError: ``file-exists`` (details ``file``); ``disk-full``, ``no-access``, ``disk-error``.
    """
    for path in (private_file, public_file):
        if path.exists():
            raise KnownError("file-exists", file=path.name)
    if private_file.resolve() == public_file.resolve():
        raise KnownError("file-exists", file=public_file.name)
    key = Ed25519PrivateKey.generate()
    with durable_file.replacing(private_file) as file:
        file.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(passphrase.encode())))
    with durable_file.replacing(public_file) as file:
        file.write(to_pem(key.public_key()))
    if os.name == "posix":
        public_file.chmod(0o644)
    return number(key.public_key())


def read_private(path: Path, passphrase: str) -> Ed25519PrivateKey:
    """Read a private key.

    Raises:
        KnownError: ``publisher-passphrase-wrong``; ``publisher-key-damaged`` (details ``file``); ``no-access``,
            ``disk-error``.
    """
    with durable_file.explained():
        data = path.read_bytes()
    try:
        key = load_pem_private_key(data, passphrase.encode())
    except ValueError as error:
        if b"ENCRYPTED PRIVATE KEY" in data:
            raise KnownError("publisher-passphrase-wrong", retryable=True) from error
        raise KnownError("publisher-key-damaged", file=path.name) from error
    except (TypeError, UnsupportedAlgorithm) as error:
        raise KnownError("publisher-key-damaged", file=path.name) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise KnownError("publisher-key-damaged", file=path.name)
    return key


def read_public(path: Path) -> Ed25519PublicKey:
    """Read a public key.

    Raises:
        KnownError: ``publisher-key-damaged`` (details ``file``); ``no-access``, ``disk-error``.
    """
    with durable_file.explained():
        data = path.read_bytes()
    try:
        key = load_pem_public_key(data)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise KnownError("publisher-key-damaged", file=path.name) from error
    if not isinstance(key, Ed25519PublicKey):
        raise KnownError("publisher-key-damaged", file=path.name)
    return key


def to_pem(key: Ed25519PublicKey) -> bytes:
    """Give what a file with a public key holds."""
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def number(key: Ed25519PublicKey) -> str:
    """Give the number by which people compare a key."""
    return number_of(key.public_bytes_raw())


def is_signed_by(keys: Sequence[Ed25519PublicKey], publisher: str, message: bytes, signature: bytes) -> bool:
    """Whether one of the trusted keys of this number made a signature."""
    for key in keys:
        if number(key) == publisher:
            try:
                key.verify(signature, message)
            except InvalidSignature:
                continue
            return True
    return False
