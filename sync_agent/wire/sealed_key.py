# SPDX-License-Identifier: GPL-3.0-or-later
"""Sealing a content key to a public key, so that only the holder of the private half can open it (HPKE, RFC 9180)."""

from __future__ import annotations

import hashlib
from typing import Protocol

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

PUBLIC_KEY_LENGTH = 32
"""Bytes of a raw X25519 or Ed25519 public key."""

SIGNATURE_LENGTH = 64
"""Bytes of an Ed25519 signature."""

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


class Signer(Protocol):
    """Whoever holds an Ed25519 private key; ``Ed25519PrivateKey`` is one."""

    def sign(self, data: bytes, /) -> bytes:
        """Give the 64-byte signature of the data."""
        ...


class SealedKeyError(Exception):
    """The sealed key does not open with this private key."""


def key_id(public_key: bytes) -> str:
    """Name a raw public key: the first 16 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(public_key).hexdigest()[:16]


def public_half(private_key: X25519PrivateKey) -> bytes:
    """Give the raw public key, 32 bytes."""
    return private_key.public_key().public_bytes_raw()


def seal_key(content_key: bytes, public_key: bytes, info: bytes) -> bytes:
    """Seal a content key; 48 bytes longer than the key itself.

    Args:
        content_key: What only the receiver shall read.
        public_key: Raw X25519 public key of the receiver, 32 bytes.
        info: What the key is for; the receiver must name the same.
    """
    return _SUITE.encrypt(content_key, X25519PublicKey.from_public_bytes(public_key), info=info)


def open_key(sealed_key: bytes, private_key: X25519PrivateKey, info: bytes) -> bytes:
    """Open a sealed key.

    Raises:
        SealedKeyError: It was sealed to another key, for another purpose, or was changed on its way.
    """
    try:
        return _SUITE.decrypt(sealed_key, private_key, info=info)
    except (InvalidTag, ValueError):
        raise SealedKeyError from None


def signature_is_valid(signature: bytes, data: bytes, sign_public: bytes) -> bool:
    """Tell whether the signature over the data was made with the private half of a raw Ed25519 public key."""
    try:
        Ed25519PublicKey.from_public_bytes(sign_public).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True
