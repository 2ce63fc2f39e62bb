# SPDX-License-Identifier: GPL-3.0-or-later
"""A key as slow as a real token's: SoftHSM signs in a few milliseconds, hardware takes 0.3 s."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from signing.certificates import SigningCertificate
from signing.keys.signing_key import KeyKind, SigningKey


@dataclass(slots=True)
class SlowKey:
    """Signs with another key, and takes its time.

    Attributes:
        key: The key that signs.
        seconds: How much longer each signature takes.
        busy_seconds: How long it has been at work altogether.
        digests: What it was asked to sign, in order.
        kind: What it claims to be.
    """

    key: SigningKey
    seconds: float
    busy_seconds: float = 0.0
    digests: list[bytes] = field(default_factory=list)
    kind: KeyKind = KeyKind.TOKEN

    @property
    def certificate(self) -> SigningCertificate:
        """Of the key that signs."""
        return self.key.certificate

    @property
    def chain(self) -> tuple[bytes, ...]:
        """Of the key that signs."""
        return self.key.chain

    def sign_digest(self, digest: bytes) -> bytes:
        """Sign, and be busy until the time is up."""
        started = time.perf_counter()
        self.digests.append(digest)
        try:
            signature = self.key.sign_digest(digest)
            time.sleep(self.seconds)
            return signature
        finally:
            self.busy_seconds += time.perf_counter() - started
