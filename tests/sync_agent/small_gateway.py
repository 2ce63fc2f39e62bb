# SPDX-License-Identifier: GPL-3.0-or-later
"""A small gateway over real HTTP that keeps the contract, except where a test tells it to misbehave."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from casework.errors import KnownError
from sync_agent.wire import envelope, hello, reply, request_signature
from sync_agent.wire.answers import CODE_HEADER, EnvelopeStored, Refusal
from sync_agent.wire.enrolment import Registration
from sync_agent.wire.reply import Acknowledged, KnownItem, ReplyHeader
from tests.sync_agent.material import COMMUNE, NOON, Keyring

LOGIN_PAGE = b"<html><head><title>Free Wi-Fi</title></head><body>Please sign in</body></html>"


@dataclasses.dataclass
class Fault:
    """One misbehaviour, used up by the first request that it fits.

    ``kind`` is one of: ``page`` (200 with HTML), ``redirect``, ``bad-gateway`` (502 page), ``json`` (200 with other
    JSON), ``busy`` (503, Retry-After ``number``), ``limited`` (429), ``cut`` (takes ``number`` bytes of the body, then
    closes), ``deaf`` (does what is asked, then closes without an answer), ``refuse`` (status ``number``, ``code``),
    ``damage`` (stores something else than was sent), ``endless`` (an answer of 9 MB).
    """

    method: str
    path: str
    kind: str
    number: int = 0
    code: str = ""


class SmallGateway:
    """State and behaviour; start it with ``served``."""

    def __init__(self, keyring: Keyring) -> None:
        self.keyring = keyring
        self.url = ""
        self.epoch = "epoch-1"
        self.clock_ahead_s = 0
        self.one_time_code = "ABCD-EFGH"
        self.registration: Registration | None = None
        self.envelopes: dict[str, bytes] = {}
        self.operation_ids: list[str] = []
        self.announced: dict[str, int] = {}
        self.parts: dict[str, bytearray] = {}
        self.objects: dict[str, bytes] = {}
        self.feed: list[KnownItem] = []
        self.replies: list[bytes] = []
        self.faults: list[Fault] = []
        self.requests: list[str] = []
        self.received_bytes = 0
        self.receiving = 0
        self.delay_per_piece_s = 0.0
        self.hello_key = keyring.gateway_sign
        self.lock = threading.RLock()

    @contextmanager
    def served(self, port: int = 0) -> Iterator[SmallGateway]:
        gateway = self

        class Handler(_Handler):
            state = gateway

        server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()
            thread.join()

    def forget_the_workstation(self) -> None:
        self.registration = None

    def is_quiet(self) -> bool:
        """Whether no body is being received at this moment."""
        with self.lock:
            return self.receiving == 0

    def take_fault(self, method: str, path: str) -> Fault | None:
        with self.lock:
            self.requests.append(f"{method} {path}")
            for fault in self.faults:
                if fault.method == method and path.startswith(fault.path):
                    self.faults.remove(fault)
                    return fault
        return None

    def store_envelope(self, data: bytes) -> EnvelopeStored:
        with self.lock:
            opened = envelope.unseal(
                data, private_key=self.keyring.gateway_seal, sign_public=self.keyring.device_public
            )
            self.envelopes[opened.header.envelope_id] = data
            for operation in opened.operations:
                if operation.operation_id not in self.operation_ids:
                    self.operation_ids.append(operation.operation_id)
                    self.feed.append(Acknowledged(len(self.feed) + 1, operation.device_id, operation.operation_id))
            for reference in opened.header.objects:
                self.announced[reference.transport_id] = reference.sealed_size
            missing = [item.transport_id for item in opened.header.objects if item.transport_id not in self.objects]
            return EnvelopeStored(opened.header.envelope_id, tuple(missing))

    def reply_after(self, after: int, limit: int, device_id: str) -> bytes | None:
        with self.lock:
            if self.replies:
                return self.replies.pop()
            if after > len(self.feed):
                raise KnownError("feed-behind", retryable=True)
            items = self.feed[after : after + limit]
            if not items:
                return None
            header = ReplyHeader(device_id, COMMUNE, self.epoch, after, after + len(items), NOON)
            return reply.seal(
                header,
                items,
                reply_public=self.keyring.reply_public,
                signer=self.keyring.gateway_sign,
                random_bytes=os.urandom,
            )


class _CutError(Exception):
    pass


class _Handler(BaseHTTPRequestHandler):
    state: SmallGateway
    protocol_version = "HTTP/1.1"
    timeout = 20

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def handle(self) -> None:
        try:
            super().handle()
        except (_CutError, ConnectionError):
            self.close_connection = True
            self.connection.close()

    def do_GET(self) -> None:
        self._answer()

    do_POST = do_HEAD = do_PATCH = do_GET

    def _answer(self) -> None:
        path = urlsplit(self.path).path
        fault = self.state.take_fault(self.command, path)
        if fault is not None and fault.kind not in {"cut", "deaf", "damage"}:
            self._body()
            self._misbehave(fault)
            return
        try:
            self._serve(path, fault)
        except KnownError as error:
            status = {"feed-behind": 409, "object-mismatch": 460, "object-offset": 409}.get(error.code, 401)
            self._refuse(status, Refusal.of(error))

    def _serve(self, path: str, fault: Fault | None) -> None:
        state = self.state
        if self.command == "PATCH":
            self._patch(path, fault)
            return
        body = self._body(fault)
        if path == hello.PATH:
            nonce = parse_qs(urlsplit(self.path).query)["nonce"][0]
            now = int(time.time()) + state.clock_ahead_s
            self._send(200, hello.answer(state.hello_key, nonce=nonce, time=now, epoch=state.epoch))
        elif path == "/v1/devices":
            registration = Registration.from_json(body)
            if registration.one_time_code != state.one_time_code:
                self._refuse(403, Refusal("one-time-code-wrong", False))
                return
            state.registration = registration
            self._send(201, b"{}")
        elif path == "/v1/envelopes":
            self._check(body)
            stored = state.store_envelope(body)
            self._be_deaf(fault)
            self._send(200, stored.to_json())
        elif path == "/v1/objects":
            self._check(body)
            self._open_upload()
        elif path.startswith("/v1/objects/"):
            self._check(body)
            transport_id = path.rpartition("/")[2]
            if transport_id not in state.announced:
                self._refuse(404, Refusal("object-unknown", False))
                return
            self._send(200, headers={"Upload-Offset": str(self._held(transport_id))})
        elif path == "/v1/replies":
            stamp = self._check(body)
            query = parse_qs(urlsplit(self.path).query)
            data = state.reply_after(int(query["after"][0]), int(query["limit"][0]), stamp.device_id)
            if data is None:
                self._send(204)
            else:
                self._send(200, data, kind="application/octet-stream")

    def _open_upload(self) -> None:
        state = self.state
        transport_id = base64.b64decode(self.headers["Upload-Metadata"].split()[1]).decode()
        if state.announced.get(transport_id) != int(self.headers["Upload-Length"]):
            self._refuse(403, Refusal("object-unannounced", False))
            return
        status = 200 if transport_id in state.objects else 201
        state.parts.setdefault(transport_id, bytearray())
        headers = {"Location": f"/v1/objects/{transport_id}", "Upload-Offset": str(self._held(transport_id))}
        self._send(status, headers=headers)

    def _patch(self, path: str, fault: Fault | None) -> None:
        state = self.state
        self._check(None)
        transport_id = path.rpartition("/")[2]
        part = state.parts.get(transport_id)
        if part is None:
            self._body()
            self._refuse(404, Refusal("object-unknown", False))
            return
        if int(self.headers["Upload-Offset"]) != len(part):
            self._body()
            self._refuse(409, Refusal("object-offset", False))
            return
        with state.lock:
            state.receiving += 1
        try:
            for piece in self._pieces(fault if fault and fault.kind == "cut" else None):
                part += piece
        finally:
            with state.lock:
                state.receiving -= 1
        if fault is not None and fault.kind == "damage":
            part[0] ^= 1
        if len(part) == state.announced[transport_id]:
            if hashlib.sha256(part).hexdigest() != transport_id:
                del state.parts[transport_id]
                self._refuse(460, Refusal("object-mismatch", True))
                return
            state.objects[transport_id] = bytes(part)
        self._be_deaf(fault)
        self._send(204, headers={"Upload-Offset": str(len(part))})

    def _held(self, transport_id: str) -> int:
        if transport_id in self.state.objects:
            return self.state.announced[transport_id]
        return len(self.state.parts.get(transport_id, b""))

    def _check(self, body: bytes | None) -> request_signature.RequestStamp:
        state = self.state
        stamp = request_signature.read_stamp(dict(self.headers.items()))
        if state.registration is None or stamp.device_id != state.registration.device_id:
            if body is None:
                self._body()
            raise KnownError("device-unknown")
        request_signature.check(
            stamp,
            method=self.command,
            path=self.path,
            body=body,
            sign_public=state.registration.sign_public,
            now=int(time.time()) + state.clock_ahead_s,
        )
        return stamp

    def _body(self, fault: Fault | None = None) -> bytes:
        return b"".join(self._pieces(fault if fault and fault.kind == "cut" else None))

    def _pieces(self, fault: Fault | None) -> Iterator[bytes]:
        left = int(self.headers.get("Content-Length", 0))
        until_cut = fault.number if fault else left + 1
        while left > 0:
            piece = self.rfile.read1(min(left, 65536, until_cut))
            if not piece:
                raise _CutError
            left -= len(piece)
            until_cut -= len(piece)
            with self.state.lock:
                self.state.received_bytes += len(piece)
            yield piece
            if until_cut <= 0:
                self.connection.shutdown(socket.SHUT_RDWR)
                raise _CutError
            if self.state.delay_per_piece_s:
                time.sleep(self.state.delay_per_piece_s)

    def _be_deaf(self, fault: Fault | None) -> None:
        if fault is not None and fault.kind == "deaf":
            self.connection.shutdown(socket.SHUT_RDWR)
            raise _CutError

    def _misbehave(self, fault: Fault) -> None:
        match fault.kind:
            case "page":
                self._send(200, LOGIN_PAGE, kind="text/html; charset=utf-8")
            case "redirect":
                self._send(302, headers={"Location": "http://login.wifi.example/"})
            case "bad-gateway":
                self._send(502, b"<html>Bad gateway</html>", kind="text/html")
            case "json":
                self._send(200, b'{"hello":"world"}')
            case "busy":
                self._send(503, Refusal("gateway-busy", True).to_json(), headers={"Retry-After": str(fault.number)})
            case "limited":
                self._send(429, Refusal("gateway-busy", True).to_json(), headers={"Retry-After": str(fault.number)})
            case "refuse":
                self._refuse(fault.number, Refusal(fault.code, False))
            case "endless":
                self._send(200, b"x" * 9_000_000, kind="application/octet-stream")
            case kind:
                raise AssertionError(kind)

    def _refuse(self, status: int, refusal: Refusal) -> None:
        self._send(status, refusal.to_json(), headers={CODE_HEADER: refusal.code})

    def _send(
        self, status: int, body: bytes = b"", *, kind: str = "application/json", headers: dict[str, str] | None = None
    ) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
