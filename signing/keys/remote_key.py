# SPDX-License-Identifier: GPL-3.0-or-later
"""A key that a remote service keeps for its holder: digests go out, signatures come back, documents stay here.

Runs in the desk's own process: the signer program touches no network. Every call must be authorised for the very
digests that it carries, so a batch goes out in portions.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from signing.certificates import SigningCertificate, issuers_of, read_certificate
from signing.errors import SigningError
from signing.keys.remote_service import RemoteService
from signing.keys.signing_key import KeyKind
from signing.pin import wipe

_MOST_AT_ONCE: Final = 50
"""Two portions of prepared documents lie in memory at a time."""


@dataclass(slots=True)
class Authorisation:
    """What the holder of a key gives to let a portion be signed; overwritten with zeros once it is used.

    Attributes:
        pin: UTF-8; ``None`` when the service wants none.
        otp: The one-time password; ``None`` when the service wants none.
    """

    pin: bytearray | None = field(default=None, repr=False)
    otp: bytearray | None = field(default=None, repr=False)


class RemoteKey:
    """One credential of a signing service; a ``SigningKey`` that takes many digests at once."""

    kind = KeyKind.REMOTE

    def __init__(
        self,
        service: RemoteService,
        credential: str,
        authorise: Callable[[int], Authorisation],
        *,
        certificate_sha256: str = "",
    ) -> None:
        """Ask the service whose key it is.

        Args:
            service: Where.
            credential: Its name for the key.
            authorise: Asks the holder to let that many documents be signed; called once a portion, from the thread
                that signs. A wrong PIN is reported and never tried again; neither may this give it again.
            certificate_sha256: Hex digest of the certificate that must belong to it; empty = any.

        Raises:
            SigningError: ``certificate-not-found``, ``key-not-usable`` (the service has disabled it), and as
                ``RemoteService``.
        """
        self._service = service
        self._credential = credential
        self._authorise = authorise
        self._over = False
        facts = service.credential(credential)
        certificates = _certificates(facts)
        self._certificate = certificates[0]
        self._chain = issuers_of(self._certificate.der, [other.der for other in certificates[1:]])
        if certificate_sha256 and self._certificate.sha256 != certificate_sha256.lower():
            raise SigningError("certificate-not-found")
        if _fact(facts, "key", "status") == "disabled" or _fact(facts, "cert", "status") in _CERTIFICATE_ENDED:
            raise SigningError("key-not-usable")
        many = facts.get("multisign", 1)
        self._most_at_once = max(1, min(_MOST_AT_ONCE, many if isinstance(many, int) else 1))

    @property
    def certificate(self) -> SigningCertificate:
        """The certificate of the credential."""
        return self._certificate

    @property
    def chain(self) -> tuple[bytes, ...]:
        """The intermediate authorities that the service gave, DER, nearest first."""
        return self._chain

    @property
    def most_at_once(self) -> int:
        """How many digests the service signs with one authorisation, fifty at the most."""
        return self._most_at_once

    def sign_digest(self, digest: bytes) -> bytes:
        """Sign one SHA-256 digest.

        Raises:
            SigningError: As ``sign_digests``.
        """
        return self.sign_digests([digest])[0]

    def sign_digests(self, digests: Sequence[bytes]) -> tuple[bytes, ...]:
        """Have digests authorised and signed, all or none.

        Raises:
            SigningError: ``wrong-pin``, after which this key only says ``sitting-over``; ``remote-unreachable``,
                ``remote-expired``, ``remote-access-ended``, ``remote-refused``, ``remote-answer-unreadable``; what
                ``authorise`` raises.
        """
        if self._over:
            raise SigningError("sitting-over")
        allowed = self._authorise(len(digests))
        try:
            word = self._service.authorise(self._credential, digests, allowed.pin, allowed.otp)
        except SigningError as error:
            self._over = error.code == "wrong-pin"
            raise
        finally:
            for secret in (allowed.pin, allowed.otp):
                if secret is not None:
                    wipe(secret)
        return self._service.sign(self._credential, word, digests)


_CERTIFICATE_ENDED: Final = frozenset({"expired", "revoked", "suspended"})


def _fact(facts: dict[str, Any], part: str, name: str) -> object:
    found = facts.get(part)
    return found.get(name) if isinstance(found, dict) else None


def _certificates(facts: dict[str, Any]) -> list[SigningCertificate]:
    texts = _fact(facts, "cert", "certificates")
    try:
        if not isinstance(texts, Iterable) or not (certificates := [_certificate(text) for text in texts]):
            raise ValueError("none")
    except (TypeError, ValueError):
        raise SigningError("remote-answer-unreadable") from None
    return certificates


def _certificate(text: str) -> SigningCertificate:
    return read_certificate(base64.b64decode(text, validate=True))
