# SPDX-License-Identifier: GPL-3.0-or-later
"""The one way out of ``signing``: requests to trust services on a list, bounded in time and size.

Addresses of revocation services stand in certificates, and certificates come in documents of strangers: so a host that
the administrator has not listed is never asked. No redirects, no proxies of the environment, no cookies, no second try.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import email.utils
import http.client
import socket
import ssl
import threading
import time
import urllib.parse
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

import truststore

from signing.errors import SigningError

# Signatures time-stamped by the state's authority were seen to take 2 to 131 s.
DEFAULT_SECONDS: Final = 180.0
# A revocation list of a national authority has some hundred thousand entries of 35 bytes.
DEFAULT_BYTES: Final = 32 * 1024 * 1024

_CONNECT_SECONDS: Final = 15.0
_PIECE: Final = 64 * 1024
_BUSY: Final = frozenset({http.client.TOO_MANY_REQUESTS, http.client.SERVICE_UNAVAILABLE})


@dataclass(frozen=True, slots=True)
class Network:
    """Which trust services may be asked, and how long.

    Attributes:
        allowed_hosts: Host names, with ``:port`` when it is not the scheme's own. Empty: nobody is asked.
        renamed_hosts: Names that stand in old certificates and are no longer there → the name to ask instead.
        seconds: For one request from its beginning to its last byte.
        connect_seconds: For the connection alone.
        maximum_bytes: Of one answer.
        proxy: ``host:port`` of a proxy; empty = none. The environment is never looked at.
        tls: For ``https``; ``None`` = the operating system's authorities.
    """

    allowed_hosts: frozenset[str]
    renamed_hosts: Mapping[str, str] = field(default_factory=dict)
    seconds: float = DEFAULT_SECONDS
    connect_seconds: float = _CONNECT_SECONDS
    maximum_bytes: int = DEFAULT_BYTES
    proxy: str = ""
    tls: ssl.SSLContext | None = field(default=None, repr=False)

    def get(self, url: str) -> bytes:
        """Fetch what lies at an address.

        Raises:
            SigningError: As ``post``.
        """
        return self._ask("GET", url, None, {})

    def post(self, url: str, body: bytes, content_type: str) -> bytes:
        """Ask a question and give the answer's body.

        Raises:
            SigningError: ``service-not-allowed`` (the host is not on the list, or the address is no HTTP);
                ``service-answer-too-large``; and, worth another try, ``service-unreachable``, ``service-too-slow``,
                ``service-busy`` (details ``retry_after``: seconds, or ``retry_at``: ISO 8601, if the service says so),
                ``service-failed`` (details ``status``). Details name the host, never a document.
        """
        return self._ask("POST", url, body, {"Content-Type": content_type})

    def allows(self, url: str) -> bool:
        """Whether an address may be asked at all."""
        with contextlib.suppress(SigningError):
            self._place(url)
            return True
        return False

    def _ask(self, method: str, url: str, body: bytes | None, headers: dict[str, str]) -> bytes:
        place = self._place(url)
        deadline = time.monotonic() + self.seconds
        connection = self._connection(place)
        try:
            connection.connect()
            with _cut_off(connection, deadline) as is_cut_off:
                try:
                    target = _target(place) if not self.proxy or place.scheme == "https" else place.geturl()
                    headers = {"Host": place.netloc, "Accept": "*/*", "Connection": "close", **headers}
                    connection.request(method, target, body, headers)
                    with connection.getresponse() as answer:
                        _refuse_status(answer, place.netloc)
                        content = _read(answer, self.maximum_bytes, place.netloc)
                except (OSError, http.client.HTTPException, ValueError):
                    if is_cut_off.is_set():
                        raise TimeoutError from None
                    raise
                if is_cut_off.is_set():  # a body without a length just ends when the line is cut
                    raise TimeoutError
        except TimeoutError:
            raise SigningError("service-too-slow", retryable=True, host=place.netloc) from None
        except (OSError, http.client.HTTPException, ValueError):
            raise SigningError("service-unreachable", retryable=True, host=place.netloc) from None
        finally:
            connection.close()
        return content

    def _place(self, url: str) -> urllib.parse.SplitResult:
        """Where an address leads, by its present name."""
        try:
            place = urllib.parse.urlsplit(url)
            port = place.port
        except ValueError:
            raise SigningError("service-not-allowed", host="") from None
        host = (place.hostname or "").rstrip(".")
        host = self.renamed_hosts.get(host, host)
        standard = {"http": 80, "https": 443}.get(place.scheme)
        authority = host if port in {None, standard} else f"{host}:{port}"
        is_plain = "@" not in place.netloc and url.isascii() and not any(sign <= " " for sign in url)
        if standard is None or not is_plain or authority not in self.allowed_hosts:
            raise SigningError("service-not-allowed", host=authority if is_plain else "")
        return place._replace(netloc=authority, fragment="")

    def _connection(self, place: urllib.parse.SplitResult) -> http.client.HTTPConnection:
        wait = min(self.connect_seconds, self.seconds)
        address = self.proxy or place.netloc
        if place.scheme == "http":
            return http.client.HTTPConnection(address, timeout=wait)
        tls = self.tls or truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        connection = http.client.HTTPSConnection(address, timeout=wait, context=tls)
        if self.proxy:
            connection.set_tunnel(place.hostname or "", place.port or 443)
        return connection


def _target(place: urllib.parse.SplitResult) -> str:
    """Path and query as they stand in a request line."""
    return urllib.parse.urlunsplit(("", "", place.path or "/", place.query, ""))


@contextlib.contextmanager
def _cut_off(connection: http.client.HTTPConnection, deadline: float) -> Iterator[threading.Event]:
    """Cut the line at the deadline: a time-out of the socket begins anew with each byte that trickles in."""
    cut_off = threading.Event()
    line = connection.sock

    def cut() -> None:
        cut_off.set()
        with contextlib.suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)

    line.settimeout(max(0.001, deadline - time.monotonic()))
    timer = threading.Timer(max(0.0, deadline - time.monotonic()), cut)
    timer.daemon = True
    timer.start()
    try:
        yield cut_off
    finally:
        timer.cancel()


def _refuse_status(answer: http.client.HTTPResponse, host: str) -> None:
    if answer.status in _BUSY:
        raise SigningError("service-busy", retryable=True, host=host, **_when_to_retry(answer))
    if answer.status != http.client.OK:
        raise SigningError("service-failed", retryable=True, host=host, status=str(answer.status))


def _when_to_retry(answer: http.client.HTTPResponse) -> dict[str, str]:
    after = (answer.getheader("Retry-After") or "").strip()
    if after.isascii() and after.isdigit() and len(after) < 8:
        return {"retry_after": after}
    try:
        return {"retry_at": email.utils.parsedate_to_datetime(after).astimezone(dt.UTC).isoformat()}
    except ValueError:
        return {}


def _read(answer: http.client.HTTPResponse, maximum: int, host: str) -> bytes:
    content = bytearray()
    while piece := answer.read(_PIECE):
        content += piece
        if len(content) > maximum:
            raise SigningError("service-answer-too-large", host=host)
    if answer.length:
        raise http.client.IncompleteRead(bytes(content), answer.length)
    return bytes(content)
