# SPDX-License-Identifier: GPL-3.0-or-later
"""The line to the gateway over HTTPS, every request signed with the device key.

Redirects are never followed and pages of HTML never read: both mean that something else than the gateway answers.
"""

from __future__ import annotations

import base64
import io
import ipaddress
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
import requests.adapters
import requests.auth
import urllib3.exceptions

from casework.errors import KnownError
from casework.identifiers import RandomBytes
from sync_agent.transports.adapters import OperatingSystemRoots, SmallBlocks
from sync_agent.transports.refusals import complaint, is_page, pause_seconds
from sync_agent.transports.transport import FetchedReply, Upload
from sync_agent.wire import hello, reply, request_signature
from sync_agent.wire.answers import EnvelopeStored
from sync_agent.wire.enrolment import Registration
from sync_agent.wire.hello import Hello
from sync_agent.wire.sealed_key import Signer

_log = logging.getLogger(__name__)

CONNECT_TIMEOUT_S = 5.0
READ_TIMEOUT_S = 30.0
ANSWER_TIMEOUT_S = 300.0
"""A whole answer must have arrived after so long, however slowly it drips."""

_SMALL_ANSWER_BYTES = 1 << 20
_TUS = {"Tus-Resumable": "1.0.0"}

_NOT_HELD = frozenset({404, 405, 409, 416})
"""Not announced, not complete, shorter than it should be, or asked of a gateway that gives nothing back yet."""


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


class HttpsTransport:
    """A ``Transport`` to one base URL. Not for use from several threads at once."""

    def __init__(
        self,
        base_url: str,
        *,
        device_id: str,
        signer: Signer,
        gateway_sign_public: bytes,
        clock: Callable[[], float],
        random_bytes: RandomBytes,
    ) -> None:
        """Prepare the line; nothing is sent yet.

        Args:
            base_url: Without a trailing slash, e.g. ``https://gateway.example.vn``.
            device_id: This workstation.
            signer: Its device key.
            gateway_sign_public: Raw Ed25519 key that the gateway's hello must be signed with.
            clock: Unix seconds on this machine; may be wrong by years.
            random_bytes: Source of nonces.

        Raises:
            KnownError: ``gateway-url-unsafe``: plain http to another machine, or no usable URL.
        """
        is_loopback = _check_url(base_url)
        self._base_url = base_url
        self._device_id = device_id
        self._signer = signer
        self._gateway_sign_public = gateway_sign_public
        self._clock = clock
        self._random_bytes = random_bytes
        self._gateway_time_ahead_s = 0.0
        self._session = requests.Session()
        self._session.trust_env = not is_loopback
        self._session.mount("https://", OperatingSystemRoots())
        self._session.mount("http://", SmallBlocks())

    def close(self) -> None:
        """Let go of the connections."""
        self._session.close()

    def hello(self) -> Hello:
        """See ``Transport``; also learns how far the gateway's clock is ahead of ours, and signs by that."""
        nonce = hello.new_nonce(self._random_bytes)
        answer = self._exchange("GET", f"{hello.PATH}?nonce={nonce}", signed=False)
        if answer.status != 200:
            raise complaint(answer.status, answer.headers, answer.body)
        found = hello.check(answer.body, nonce=nonce, sign_public=self._gateway_sign_public)
        self._gateway_time_ahead_s = found.time - self._clock()
        return found

    def register(self, registration: Registration) -> None:
        """See ``Transport``."""
        answer = self._exchange("POST", "/v1/devices", registration.to_json(), _JSON, signed=False)
        _expect(answer, 200, 201)

    def send_envelope(self, data: bytes) -> EnvelopeStored:
        """See ``Transport``."""
        answer = self._exchange("POST", "/v1/envelopes", data, _OCTETS)
        _expect(answer, 200, 201)
        return EnvelopeStored.from_json(answer.body)

    def open_upload(self, transport_id: str, size: int) -> Upload:
        """See ``Transport``."""
        metadata = f"transport_id {base64.b64encode(transport_id.encode()).decode('ascii')}"
        headers = {**_TUS, "Upload-Length": str(size), "Upload-Metadata": metadata}
        answer = self._exchange("POST", "/v1/objects", headers=headers)
        _expect(answer, 200, 201, 204)
        location = urlsplit(answer.headers.get("Location", ""))
        base_path = urlsplit(self._base_url).path
        path = location.path.removeprefix(base_path)
        if not path.startswith("/v1/") or location.query:
            raise KnownError("gateway-garbled", retryable=True, field="location")
        if "Upload-Offset" in answer.headers:
            return Upload(path, _offset(answer))
        return Upload(path, self.upload_offset(path))

    def upload_offset(self, path: str) -> int:
        """See ``Transport``."""
        answer = self._exchange("HEAD", path, headers=_TUS)
        _expect(answer, 200, 204)
        return _offset(answer)

    def append(self, path: str, offset: int, chunk: bytes) -> int:
        """See ``Transport``."""
        headers = {**_TUS, "Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
        answer = self._exchange("PATCH", path, chunk, headers)
        _expect(answer, 200, 204)
        return _offset(answer)

    def fetch_object(self, transport_id: str, offset: int, length: int) -> bytes:
        """See ``Transport``."""
        stretch = f"{offset}-{offset + length - 1}"
        answer = self._exchange(
            "GET", f"/v1/objects/{transport_id}", headers={"Range": f"bytes={stretch}"}, max_bytes=length
        )
        if answer.status in _NOT_HELD and not is_page(answer.headers):
            raise KnownError("object-not-held", retryable=True)
        _expect(answer, 206)
        if not answer.headers.get("Content-Range", "").startswith(f"bytes {offset}-"):
            raise KnownError("gateway-garbled", retryable=True, field="content-range")
        return answer.body

    def fetch_reply(self, after: int, limit: int) -> FetchedReply:
        """See ``Transport``."""
        path = f"/v1/replies?after={after}&limit={limit}"
        answer = self._exchange("GET", path, max_bytes=reply.FORMAT.max_bytes)
        _expect(answer, 200, 204)
        return FetchedReply(None if answer.status == 204 else answer.body, pause_seconds(answer.headers))

    def _exchange(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        *,
        signed: bool = True,
        max_bytes: int = _SMALL_ANSWER_BYTES,
    ) -> _Answer:
        request = requests.Request(
            method,
            self._base_url + path,
            data=io.BytesIO(body) if body else None,
            headers={"Accept-Encoding": "identity", **(headers or {})},
            auth=self._signature(method, path, body) if signed else _Unsigned(),
        )
        try:
            prepared = self._session.prepare_request(request)
            settings: dict[str, Any] = dict(
                self._session.merge_environment_settings(prepared.url, {}, None, None, None)
            )
            settings["stream"] = True
            with self._session.send(
                prepared, timeout=(CONNECT_TIMEOUT_S, READ_TIMEOUT_S), allow_redirects=False, **settings
            ) as response:
                content = b"" if method == "HEAD" else _read(response, max_bytes)
                return _Answer(response.status_code, response.headers, content)
        except requests.exceptions.SSLError:
            raise KnownError("gateway-certificate", retryable=True) from None
        except requests.exceptions.ProxyError:
            raise KnownError("proxy-refused", retryable=True) from None
        except (requests.exceptions.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            _log.info("%s: the line failed: %s", method, type(error).__name__)
            raise KnownError("gateway-unreachable", retryable=True) from None

    def _signature(self, method: str, path: str, body: bytes) -> _DeviceSignature:
        headers = request_signature.sign(
            self._signer,
            device_id=self._device_id,
            method=method,
            path=path,
            body=None if method == "PATCH" else body,
            time=int(self._clock() + self._gateway_time_ahead_s),
            random_bytes=self._random_bytes,
        )
        return _DeviceSignature(headers)


class _DeviceSignature(requests.auth.AuthBase):
    """Puts the four headers of the signature on a request."""

    def __init__(self, headers: Mapping[str, str]) -> None:
        self._headers = headers

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers.update(self._headers)
        return request


class _Unsigned(requests.auth.AuthBase):
    """Keeps passwords of a ``.netrc`` file off a request."""

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        return request


_JSON = {"Content-Type": "application/json"}
_OCTETS = {"Content-Type": "application/octet-stream"}


def _check_url(base_url: str) -> bool:
    """Tell whether a URL leads to this machine itself; refuse one that is not safe to use."""
    unsafe = KnownError("gateway-url-unsafe")
    try:
        parts = urlsplit(base_url)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        raise unsafe from None
    if parts.query or parts.fragment or parts.username is not None or base_url.endswith("/") or not host:
        raise unsafe
    try:
        is_loopback = ipaddress.ip_address(host).is_loopback
    except ValueError:
        is_loopback = host == "localhost"
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback):
        raise unsafe
    return is_loopback


def _read(response: requests.Response, max_bytes: int) -> bytes:
    """Read an answer of limited length within limited time."""
    deadline = time.monotonic() + ANSWER_TIMEOUT_S
    parts = []
    length = 0
    while part := response.raw.read1(1 << 16, decode_content=False):
        length += len(part)
        if length > max_bytes:
            raise KnownError("gateway-garbled", retryable=True, field="length")
        if time.monotonic() > deadline:
            raise KnownError("gateway-unreachable", retryable=True)
        parts.append(part)
    return b"".join(parts)


def _expect(answer: _Answer, *statuses: int) -> None:
    if answer.status not in statuses or is_page(answer.headers):
        raise complaint(answer.status, answer.headers, answer.body)


def _offset(answer: _Answer) -> int:
    text = answer.headers.get("Upload-Offset", "")
    if not text.isascii() or not text.isdigit() or len(text) > 15:
        raise KnownError("gateway-garbled", retryable=True, field="upload-offset")
    return int(text)
