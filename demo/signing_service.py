# SPDX-License-Identifier: GPL-3.0-or-later
"""A remote signing service on this machine: the protocol of the Cloud Signature Consortium, versions 1 and 2.

As strict as the protocol lets a service be: a word of authorisation is good once, for the digests it was given for.
"""

from __future__ import annotations

import base64
import contextlib
import json
import secrets
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed

SHA256 = "2.16.840.1.101.3.4.2.1"
SHA256_WITH_RSA = "1.2.840.113549.1.1.11"
CREDENTIAL = "khoa-ky-mau"
ACCESS_TOKEN = "made-up-access-token"
TRIES = 3


class Refusal(Exception):
    """An answer that is an error of the protocol."""

    def __init__(self, error: str, status: int = 400) -> None:
        super().__init__(error)
        self.error = error
        self.status = status


@dataclass(slots=True)
class SigningService:
    """One key of one person.

    Attributes:
        key: The private key.
        certificates: The person's certificate and those above, DER.
        pin: What lets the key be used.
        otp: One-time password that is wanted besides; empty = none.
        most_at_once: How many digests go into one request.
        tries_left: Wrong PINs until the key is locked.
        authorised: Words of authorisation and what they are good for.
        signed: Every digest that was ever signed, in order.
        asked: Every question, in order.
        before_answer: Called with each question; may raise ``Refusal``.
    """

    key: rsa.RSAPrivateKey = field(repr=False)
    certificates: tuple[bytes, ...] = field(repr=False)
    pin: str = field(repr=False)
    otp: str = field(default="", repr=False)
    most_at_once: int = 20
    tries_left: int = TRIES
    authorised: dict[str, list[bytes]] = field(default_factory=dict, repr=False)
    signed: list[bytes] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    before_answer: Callable[[str], None] = lambda question: None

    def answer(self, path: str, authorization: str, question: Mapping[str, Any]) -> dict[str, object]:
        """Answer one question.

        Raises:
            Refusal: The protocol says no.
        """
        version, _, name = path.removeprefix("/service/csc/").partition("/")
        self.asked.append(name)
        self.before_answer(name)
        if authorization != f"Bearer {ACCESS_TOKEN}":
            raise Refusal("invalid_token", 401)
        if version not in ("v1", "v2"):
            raise Refusal("invalid_request", 404)
        if question.get("credentialID") != CREDENTIAL:
            raise Refusal("invalid_request")
        if name == "credentials/info":
            return self._describe()
        digests = _digests(version, question)
        if name == "credentials/authorize":
            return {"SAD": self._authorise(version, question, digests), "expiresIn": 300}
        if name == "signatures/signHash":
            return {"signatures": self._sign(version, question, digests)}
        raise Refusal("invalid_request", 404)

    def _describe(self) -> dict[str, object]:
        return {
            "key": {"status": "enabled", "algo": [SHA256_WITH_RSA], "len": self.key.key_size},
            "cert": {
                "status": "valid",
                "certificates": [base64.b64encode(certificate).decode() for certificate in self.certificates],
            },
            "authMode": "explicit",
            "SCAL": "2",
            "multisign": self.most_at_once,
        }

    def _authorise(self, version: str, question: Mapping[str, Any], digests: list[bytes]) -> str:
        if question.get("numSignatures") != len(digests) or len(digests) > self.most_at_once:
            raise Refusal("invalid_request")
        given: Mapping[str, Any] = question
        if version == "v2":
            given = {entry["id"]: entry["value"] for entry in question.get("authData", [])}
        if not self.tries_left:
            raise Refusal("credential_locked")
        if given.get("PIN") != self.pin:
            self.tries_left -= 1
            raise Refusal("invalid_pin")
        if self.otp and given.get("OTP") != self.otp:
            raise Refusal("invalid_otp")
        self.tries_left = TRIES
        word = secrets.token_urlsafe()
        self.authorised[word] = digests
        return word

    def _sign(self, version: str, question: Mapping[str, Any], digests: list[bytes]) -> list[str]:
        algorithm = question.get("hashAlgo" if version == "v1" else "hashAlgorithmOID")
        if question.get("signAlgo") != SHA256_WITH_RSA or algorithm != SHA256:
            raise Refusal("invalid_request")
        if self.authorised.pop(str(question.get("SAD")), None) != digests:
            raise Refusal("expired_sad")
        self.signed += digests
        return [
            base64.b64encode(self.key.sign(digest, padding.PKCS1v15(), Prehashed(hashes.SHA256()))).decode()
            for digest in digests
        ]


@contextlib.contextmanager
def serving(service: SigningService) -> Iterator[str]:
    """Serve on a free port of this machine and give the address."""

    class Handler(BaseHTTPRequestHandler):
        """Carries questions to the service."""

        def do_POST(self) -> None:
            """Answer one question."""
            content = self.rfile.read(int(self.headers["Content-Length"]))
            status, answer = 200, dict[str, object]()
            try:
                answer = service.answer(self.path, self.headers.get("Authorization", ""), json.loads(content))
            except Refusal as refusal:
                status, answer = refusal.status, {"error": refusal.error, "error_description": "Nguyễn Văn A: không"}
            body = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *words: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/service"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _digests(version: str, question: Mapping[str, Any]) -> list[bytes]:
    texts = question.get("hash" if version == "v1" else "hashes")
    if not isinstance(texts, list) or not texts:
        raise Refusal("invalid_request")
    return [base64.b64decode(text) for text in texts]
