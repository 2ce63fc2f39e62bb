# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading a PKCS#12 file and signing with its key; used inside the signer program only.

The key object is kept: reading and checking it anew costs more than a signature does.
"""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path
from typing import Final

from asn1crypto import pkcs12 as asn1_pkcs12
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, pkcs12

from signing.errors import SigningError

_LARGEST: Final = 1024 * 1024


class KeyFileAccess:
    """The private key of one file, its certificate and the others beside it."""

    def __init__(self, path: Path, passphrase: bytearray, certificate_sha256: str) -> None:
        """Decrypt the file.

        Raises:
            SigningError: ``p12-missing``, ``p12-open-to-others``, ``p12-unreadable``,
                ``p12-wrong-passphrase``, ``certificate-not-found``, ``key-not-found``, ``key-not-supported``.
        """
        content = _read_private(path)
        try:
            asn1_pkcs12.Pfx.load(content, strict=True)["auth_safe"]["content_type"].native  # noqa: B018 - may it parse
        except (ValueError, TypeError):
            raise SigningError("p12-unreadable") from None
        try:
            # The library takes any buffer, its annotation does not; a copy could not be overwritten.
            found = pkcs12.load_pkcs12(content, passphrase)  # type: ignore[arg-type]
        except ValueError:  # the file is a PKCS#12 one, so what does not fit is the passphrase
            raise SigningError("p12-wrong-passphrase") from None
        if found.cert is None or found.key is None:
            raise SigningError("key-not-found", keys="0")
        if not isinstance(found.key, rsa.RSAPrivateKey):
            raise SigningError("key-not-supported")
        certificate = found.cert.certificate
        spki = (Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        if certificate.public_key().public_bytes(*spki) != found.key.public_key().public_bytes(*spki):
            raise SigningError("key-not-found", keys="0")
        self.certificate = certificate.public_bytes(Encoding.DER)
        self.others = tuple(other.certificate.public_bytes(Encoding.DER) for other in found.additional_certs)
        if certificate_sha256 and hashlib.sha256(self.certificate).hexdigest() != certificate_sha256.lower():
            raise SigningError("certificate-not-found")
        self._key: rsa.RSAPrivateKey | None = found.key

    def sign(self, digest: bytes) -> bytes:
        """Sign a SHA-256 digest of 32 bytes, RSASSA-PKCS1-v1_5 (RFC 8017 §8.2).

        Raises:
            SigningError: ``not-logged-in``.
        """
        if self._key is None:
            raise SigningError("not-logged-in")
        return self._key.sign(digest, padding.PKCS1v15(), Prehashed(hashes.SHA256()))

    def log_out(self) -> None:
        """Let go of the key."""
        self._key = None


def _read_private(path: Path) -> bytes:
    """Read a file that nobody but its owner may read; the checks look at the file that was opened."""
    try:
        with path.open("rb") as file:
            facts = os.fstat(file.fileno())
            if not stat.S_ISREG(facts.st_mode):
                raise SigningError("p12-missing")
            if os.name == "posix" and (facts.st_mode & 0o077 or facts.st_uid not in (0, os.geteuid())):
                raise SigningError("p12-open-to-others")
            content = file.read(_LARGEST + 1)
    except OSError:
        raise SigningError("p12-missing") from None
    if len(content) > _LARGEST:
        raise SigningError("p12-unreadable")
    return content
