# SPDX-License-Identifier: GPL-3.0-or-later
"""What a document needs of a key, wherever it lies: its certificate, and signatures over digests."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol, runtime_checkable

from signing.certificates import SigningCertificate


class KeyKind(StrEnum):
    """Where a private key lies; the record of a signature says so, and a seal may be limited to tokens."""

    TOKEN = "token"  # noqa: S105 - a thing, no secret
    """In hardware that does not let it out."""
    FILE = "file"
    """In a PKCS#12 file: whoever copies the file and learns its passphrase has it."""
    REMOTE = "remote"
    """With a signing service that keeps it for its holder."""


class SigningKey(Protocol):
    """A key that signs digests and the certificate that says whose it is: a token, a file, a remote service."""

    @property
    def certificate(self) -> SigningCertificate:
        """The certificate of the key."""

    @property
    def chain(self) -> tuple[bytes, ...]:
        """Intermediate authorities above the certificate, DER."""

    def sign_digest(self, digest: bytes) -> bytes:
        """Sign a SHA-256 digest of 32 bytes, RSASSA-PKCS1-v1_5.

        Raises:
            SigningError: The key is out of reach.
        """


@runtime_checkable
class ManyAtOnceKey(Protocol):
    """A ``SigningKey`` whose every call costs much, so that it takes many digests in one."""

    @property
    def most_at_once(self) -> int:
        """How many digests one call may carry."""

    def sign_digests(self, digests: Sequence[bytes]) -> tuple[bytes, ...]:
        """Sign several digests; all or none.

        Raises:
            SigningError: The key is out of reach.
        """
