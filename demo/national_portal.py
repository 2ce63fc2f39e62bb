# SPDX-License-Identifier: GPL-3.0-or-later
"""A national portal on the loopback: it speaks ``mapi``, checks what it is told, and can be made to fail on demand.

It knows nothing of our own portal code; both were written from the same description of the interface, so that a mistake
in one shows in the other. Everything is in memory and made up.
"""

from __future__ import annotations

import enum
import http.server
import json
import secrets
import socket
import threading
import time
import types
import urllib.parse
from collections import deque
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from typing import Final, Self

from demo.national_portal_rules import (
    ComplaintError,
    HeldFile,
    Json,
    check_dossier,
    check_progress,
    fetch,
    items,
    linked_papers,
)

_PREFIX: Final = "/XrdAdapter/RestService/forward/mapi"
_LOGIN_PAGE: Final = "<!DOCTYPE html><html><body><h1>Đăng nhập mạng</h1></body></html>"


class Fault(enum.Enum):
    """How the portal may fail to answer one request."""

    DOWN = enum.auto()
    HTML = enum.auto()
    ERROR = enum.auto()
    SLOW = enum.auto()
    SLOW_AFTER_EFFECT = enum.auto()
    CUT = enum.auto()
    CUT_AFTER_EFFECT = enum.auto()
    SESSION_LOST = enum.auto()


@dataclass(frozen=True, slots=True)
class HeldDossier:
    """A dossier as the portal holds it.

    Attributes:
        fields: As it was told last.
        files: Fetched files, by ``TepDinhKemId``.
        revisions: How often it was told, 1 for a new one.
        progress: Items of ``CapNhatTienDoHoSoMC``.
    """

    fields: Json
    files: Mapping[str, HeldFile]
    revisions: int
    progress: tuple[Json, ...] = ()


@dataclass(slots=True)
class _Books:
    dossiers: dict[str, HeldDossier] = field(default_factory=dict)
    sessions: set[str] = field(default_factory=set)
    requests: int = 0


class NationalPortal:
    """The portal as a server; a context manager. Its methods may be called from any thread.

    Attributes:
        username: The only account.
        password: Its password.
    """

    def __init__(self, procedure_codes: Container[str], *, gives_own_codes: bool = False) -> None:
        """Prepare the portal.

        Args:
            procedure_codes: The procedures that exist.
            gives_own_codes: Whether each new dossier gets a code of the portal's own.
        """
        self.username = "tinh-thanh-hoa"
        self.password = secrets.token_urlsafe(12)
        self._procedure_codes = procedure_codes
        self._gives_own_codes = gives_own_codes
        self._books = _Books()
        self._lock = threading.RLock()
        self._faults: deque[Fault] = deque()
        self._slow_for_s = 0.0
        self._server = _Server(self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), name="national portal")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: types.TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        """Address of the ``mapi`` services, without a slash at its end."""
        host, port = self._server.server_address[:2]
        return f"http://{host!s}:{port}{_PREFIX}"

    def fail(self, *faults: Fault, slow_for_s: float = 1.0) -> None:
        """Script the next requests: each takes one fault, in this order, before the portal is itself again.

        Args:
            faults: One for each request.
            slow_for_s: How long a slow answer takes.
        """
        with self._lock:
            self._faults.extend(faults)
            self._slow_for_s = slow_for_s

    @property
    def faults_left(self) -> int:
        """How many scripted faults have not struck yet."""
        with self._lock:
            return len(self._faults)

    @property
    def requests(self) -> int:
        """How many requests have come, faulty ones included."""
        with self._lock:
            return self._books.requests

    def dossier(self, code: str) -> HeldDossier | None:
        """Give what the portal holds under a code."""
        with self._lock:
            return self._books.dossiers.get(code)

    def dossiers(self) -> Mapping[str, HeldDossier]:
        """Give everything that the portal holds, by code."""
        with self._lock:
            return dict(self._books.dossiers)

    def take_fault(self) -> Fault | None:
        """Count a request and give the fault that strikes it."""
        with self._lock:
            self._books.requests += 1
            return self._faults.popleft() if self._faults else None

    def slow_down(self) -> None:
        """Let time pass as scripted."""
        time.sleep(self._slow_for_s)

    def forget_sessions(self) -> None:
        """End all sessions, as the portal does at night."""
        with self._lock:
            self._books.sessions.clear()

    def answer(self, path: str, request: Json) -> Json:
        """Answer one well-formed JSON request."""
        try:
            if path == "login":
                return self._log_in(request)
            if path == "g":
                return self._serve(request)
            raise ComplaintError(404, "Không tìm thấy dịch vụ")
        except ComplaintError as complaint:
            return {"error_code": str(complaint.code), "error_message": complaint.message}

    def _log_in(self, request: Json) -> Json:
        if (request.get("username"), request.get("password")) != (self.username, self.password):
            raise ComplaintError(1, "Sai tài khoản hoặc mật khẩu")
        session = secrets.token_hex(16)
        with self._lock:
            self._books.sessions.add(session)
        return {"error_code": 0, "session": session}

    def _serve(self, request: Json) -> Json:
        with self._lock:
            if request.get("session") not in self._books.sessions:
                raise ComplaintError(-1, "Phiên làm việc không hợp lệ hoặc đã hết hạn")
        if not request.get("madonvi"):
            raise ComplaintError(2, "Thiếu mã đơn vị")
        match request.get("service"):
            case "DongBoHoSoMC":
                return self._synchronise(request)
            case "TraCuuHoSo":
                held = self.dossier(str(request.get("mahoso", "")))
                return {"error_code": "0", "result": [] if held is None else [held.fields]}
            case "CapNhatTienDoHoSoMC":
                return self._note_progress(request)
            case _:
                raise ComplaintError(4, "Dịch vụ không tồn tại")

    def _synchronise(self, request: Json) -> Json:
        update = request.get("isUpdating")
        if update not in {"True", "False"}:
            raise ComplaintError(2, "isUpdating phải là True hoặc False")
        results = []
        for item in items(request):
            check_dossier(item, self._procedure_codes)
            files = {held.file_id: held for held in map(fetch, linked_papers(item))}
            results.append({"MaHoSo": self._store(item, files, is_update=update == "True")})
        return {"error_code": "0", "message": "Đồng bộ hồ sơ thành công", "result": results}

    def _store(self, item: Json, files: Mapping[str, HeldFile], *, is_update: bool) -> str:
        code = str(item["MaHoSo"])
        with self._lock:
            known = self._books.dossiers.get(code)
            if known is not None and not is_update:
                raise ComplaintError(3, f"Hồ sơ {code} đã tồn tại trên hệ thống")
            if known is None and is_update:
                raise ComplaintError(3, f"Không tìm thấy hồ sơ {code} để cập nhật")
            revisions = 1 if known is None else known.revisions + 1
            progress = () if known is None else known.progress
            kept = {} if known is None else known.files
            self._books.dossiers[code] = HeldDossier(dict(item), {**kept, **files}, revisions, progress)
        return f"QG-{code}" if self._gives_own_codes else code

    def _note_progress(self, request: Json) -> Json:
        progress = items(request)
        check_progress(progress)
        with self._lock:
            for item in progress:
                held = self._books.dossiers.get(str(item["MaHoSo"]))
                if held is None:
                    raise ComplaintError(3, "Không tìm thấy hồ sơ")
                self._books.dossiers[str(item["MaHoSo"])] = HeldDossier(
                    held.fields, held.files, held.revisions, (*held.progress, item)
                )
        return {"error_code": "0", "message": "Cập nhật thành công"}


class _Server(http.server.ThreadingHTTPServer):
    """The listening part; requests that hang do not keep it from closing."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, portal: NationalPortal) -> None:
        self.portal = portal
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away in the middle is no news."""


class _Handler(http.server.BaseHTTPRequestHandler):
    """Reads one POST, lets the scripted fault strike, answers in JSON."""

    server: _Server
    protocol_version = "HTTP/1.1"
    timeout = 30

    def do_POST(self) -> None:
        """Answer a service call."""
        portal = self.server.portal
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        fault = portal.take_fault()
        if fault in {Fault.DOWN, Fault.CUT}:
            self._cut(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{" if fault is Fault.CUT else b"")
            return
        if fault is Fault.HTML:
            self._send(200, "text/html; charset=utf-8", _LOGIN_PAGE.encode())
            return
        if fault is Fault.ERROR:
            self._send_json({"error_code": "99", "error_message": "Lỗi hệ thống"})
            return
        if fault is Fault.SESSION_LOST:
            portal.forget_sessions()
        if fault is Fault.SLOW:
            portal.slow_down()
        answer = self._answer(body)
        if fault is Fault.SLOW_AFTER_EFFECT:
            portal.slow_down()
        if fault is Fault.CUT_AFTER_EFFECT:
            self._cut(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{")
        else:
            self._send_json(answer)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: requests are full of names."""

    def _answer(self, body: bytes) -> Json:
        path = urllib.parse.urlsplit(self.path).path
        try:
            request = json.loads(body)
        except ValueError:
            request = None
        if not path.startswith(f"{_PREFIX}/") or not isinstance(request, dict):
            return {"error_code": "400", "error_message": "Yêu cầu không hợp lệ"}
        return self.server.portal.answer(path.removeprefix(f"{_PREFIX}/"), request)

    def _send_json(self, answer: Json) -> None:
        self._send(200, "application/json; charset=utf-8", json.dumps(answer, ensure_ascii=False).encode())

    def _send(self, status: int, media_type: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _cut(self, beginning: bytes) -> None:
        self.close_connection = True
        self.wfile.write(beginning)
        self.wfile.flush()
        self.connection.shutdown(socket.SHUT_RDWR)
