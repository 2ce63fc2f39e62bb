# SPDX-License-Identifier: GPL-3.0-or-later
"""Talking to a remote signing service: the protocol of the Cloud Signature Consortium, versions 1 and 2.

The two differ in names and in how a PIN is handed over. One host, named by the administrator; HTTPS, but for a service
on this very machine; no redirects, no proxy, bounded in time and size.
"""

from __future__ import annotations

import base64
import http.client
import ipaddress
import json
import ssl
import urllib.parse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

import truststore

from signing.errors import SigningError

_SHA256: Final = "2.16.840.1.101.3.4.2.1"
_SHA256_WITH_RSA: Final = "1.2.840.113549.1.1.11"
_LARGEST_ANSWER: Final = 4 * 1024 * 1024

# What services answer when the signer's secret was wrong (CSC API §10.1 and what Vietnamese services say besides).
_WRONG_PIN: Final = frozenset({"invalid_pin", "invalid_otp"})


class ServiceVersion(StrEnum):
    """Version of the CSC protocol; part of the address."""

    V1 = "v1"
    V2 = "v2"


@dataclass(frozen=True, slots=True)
class RemoteService:
    """A signing service.

    Attributes:
        address: What comes before ``/csc/``, e.g. ``https://ky-so.example.vn/service``.
        version: Which protocol it speaks.
        access_token: Bearer token of the signer's account.
        patience_seconds: How long one answer may take; a signer may have to confirm on the telephone meanwhile.
        tls: For HTTPS; ``None`` = the operating system's authorities.
    """

    address: str
    version: ServiceVersion
    access_token: str = field(repr=False)
    patience_seconds: float = 180.0
    tls: ssl.SSLContext | None = field(default=None, repr=False)

    def credential(self, credential: str) -> dict[str, Any]:
        """Ask for a credential's certificates and how it is authorised."""
        return self._ask(
            "credentials/info",
            {"credentialID": credential, "certificates": "chain", "certInfo": True, "authInfo": True},
        )

    def authorise(self, credential: str, digests: Sequence[bytes], pin: bytearray | None, otp: bytearray | None) -> str:
        """Get the word that lets these digests be signed once (the signature activation data).

        Raises:
            SigningError: ``wrong-pin`` and as ``_ask``.
        """
        secrets = {name: _text(secret) for name, secret in (("PIN", pin), ("OTP", otp)) if secret is not None}
        question: dict[str, object] = {"credentialID": credential, "numSignatures": len(digests)}
        if self.version is ServiceVersion.V1:
            question |= {"hash": _texts(digests), **secrets}
        else:
            question |= {"hashes": _texts(digests), "hashAlgorithmOID": _SHA256}
            question["authData"] = [{"id": name, "value": secret} for name, secret in secrets.items()]
        return _word(self._ask("credentials/authorize", question), "SAD")

    def sign(self, credential: str, word: str, digests: Sequence[bytes]) -> tuple[bytes, ...]:
        """Have digests signed that were authorised."""
        question: dict[str, object] = {"credentialID": credential, "SAD": word, "signAlgo": _SHA256_WITH_RSA}
        if self.version is ServiceVersion.V1:
            question |= {"hash": _texts(digests), "hashAlgo": _SHA256}
        else:
            question |= {"hashes": _texts(digests), "hashAlgorithmOID": _SHA256, "operationMode": "S"}
        answer = self._ask("signatures/signHash", question).get("signatures")
        try:
            signatures = tuple(base64.b64decode(text, validate=True) for text in answer or ())
        except (TypeError, ValueError):
            raise SigningError("remote-answer-unreadable") from None
        if len(signatures) != len(digests):
            raise SigningError("remote-answer-unreadable")
        return signatures

    def _ask(self, question: str, body: Mapping[str, object]) -> dict[str, Any]:
        """Ask one question.

        Raises:
            SigningError: ``remote-address``, ``remote-unreachable`` (retryable), ``remote-access-ended`` (the access
                token is not accepted), ``remote-expired`` (the authorisation is used up; retryable), ``remote-refused``
                (details ``reason``), ``remote-answer-unreadable``.
        """
        place = urllib.parse.urlsplit(self.address)
        connection = self._connection(place)
        headers = {"Authorization": f"Bearer {self.access_token}", "Content-Type": "application/json"}
        path = f"{place.path.rstrip('/')}/csc/{self.version}/{question}"
        try:
            connection.request("POST", path, json.dumps(body).encode(), headers)
            answer = connection.getresponse()
            status, content = answer.status, answer.read(_LARGEST_ANSWER + 1)
        except (OSError, http.client.HTTPException):
            raise SigningError("remote-unreachable", retryable=True) from None
        finally:
            connection.close()
        return _judge(status, content)

    def _connection(self, place: urllib.parse.SplitResult) -> http.client.HTTPConnection:
        host = place.hostname or ""
        if place.scheme == "https" and host:
            tls = self.tls or truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            return http.client.HTTPSConnection(place.netloc, timeout=self.patience_seconds, context=tls)
        if place.scheme == "http" and _is_this_machine(host):
            return http.client.HTTPConnection(place.netloc, timeout=self.patience_seconds)
        raise SigningError("remote-address")


def _judge(status: int, content: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(content) if len(content) <= _LARGEST_ANSWER else None
    except ValueError:
        answer = None
    if status == http.HTTPStatus.UNAUTHORIZED:
        raise SigningError("remote-access-ended")
    if status >= http.HTTPStatus.INTERNAL_SERVER_ERROR or status == http.HTTPStatus.TOO_MANY_REQUESTS:
        raise SigningError("remote-unreachable", retryable=True)
    if status != http.HTTPStatus.OK:
        # The description beside it is free text, which may name the signer.
        reason = str(answer.get("error", "")) if isinstance(answer, dict) else ""
        if reason in _WRONG_PIN:
            raise SigningError("wrong-pin", pin_state="")
        if reason == "expired_sad":
            raise SigningError("remote-expired", retryable=True)
        known = reason if reason.isascii() and reason.replace("_", "").isalnum() else ""
        raise SigningError("remote-refused", reason=known or str(status))
    if not isinstance(answer, dict):
        raise SigningError("remote-answer-unreadable")
    return answer


def _word(answer: Mapping[str, Any], name: str) -> str:
    word = answer.get(name)
    if not isinstance(word, str) or not word:
        raise SigningError("remote-answer-unreadable")
    return word


def _texts(digests: Sequence[bytes]) -> list[str]:
    return [base64.b64encode(digest).decode() for digest in digests]


def _text(secret: bytearray) -> str:
    try:
        return secret.decode()
    except UnicodeDecodeError:
        raise SigningError("wrong-pin", pin_state="") from None


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
