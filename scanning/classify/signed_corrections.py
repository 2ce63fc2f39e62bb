# SPDX-License-Identifier: GPL-3.0-or-later
"""Corrections on their way from desk to desk: signed by the one that learnt them, opened by who knows its key.

File: ``MCLS``, format version (u8), Ed25519 signature (64 bytes), then the corrections as they were written down.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from scanning.classify.corrections import Corrections
from scanning.errors import ScanningError

_HEAD: Final = b"MCLS\x01"
_SIGNATURE_BYTES: Final = 64
_LARGEST: Final = 64 * 1024 + len(_HEAD) + _SIGNATURE_BYTES


def sign_corrections(blob: bytes, private_key: Ed25519PrivateKey) -> bytes:
    """Put corrections (``Corrections.to_bytes``) into an envelope."""
    return _HEAD + private_key.sign(_HEAD + blob) + blob


def open_signed(blob: bytes, trusted_public_keys: Iterable[Ed25519PublicKey], model_version: str) -> Corrections:
    """Take corrections out of an envelope.

    Args:
        blob: The envelope.
        trusted_public_keys: Of the desks whose word counts.
        model_version: Of the model that they must rest on.

    Raises:
        ScanningError: ``corrections-damaged``, ``corrections-untrusted``, ``corrections-of-other-model``.
    """
    start = len(_HEAD) + _SIGNATURE_BYTES
    if not blob.startswith(_HEAD) or not start < len(blob) <= _LARGEST:
        raise ScanningError("corrections-damaged")
    signature, content = blob[len(_HEAD) : start], blob[start:]
    if not any(_signed_by(key, signature, _HEAD + content) for key in trusted_public_keys):
        raise ScanningError("corrections-untrusted")
    corrections = Corrections.from_bytes(content)
    if corrections.model_version != model_version:
        raise ScanningError("corrections-of-other-model")
    return corrections


def _signed_by(key: Ed25519PublicKey, signature: bytes, content: bytes) -> bool:
    try:
        key.verify(signature, content)
    except InvalidSignature:
        return False
    return True
