# SPDX-License-Identifier: GPL-3.0-or-later
"""The network side of the virtual scanner: eSCL 2.6 over HTTP on the loopback.

The resources that drivers use: ``ScannerCapabilities``, ``ScannerStatus``, ``ScanJobs`` (201 and a location),
``NextDocument`` (200 with a page, 404 at the end, 503 while something is wrong) and ``DELETE`` of a job.
"""

from __future__ import annotations

import contextlib
import http.server
import logging
import socket
import threading
import xml.etree.ElementTree as ET
from http import HTTPStatus
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from demo.escl_scanner import (
    GLASS_UNITS,
    RESOLUTIONS_DPI,
    EsclScanner,
    FaultKind,
    JobSettings,
    Struck,
    Window,
)

logger = logging.getLogger(__name__)

_ROOT: Final = "/eSCL/"
_NAMESPACES: Final = {
    "scan": "http://schemas.hp.com/imaging/escl/2011/05/03",
    "pwg": "http://www.pwg.org/schemas/2010/12/sm",
}
_DECLARATIONS: Final = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in _NAMESPACES.items())
_VERSION: Final = "<pwg:Version>2.63</pwg:Version>"
_UUID: Final = "4509a320-00a0-008f-00b6-002507510eca"
_FEEDER_STATES: Final = {FaultKind.JAM: "ScannerAdfJam", FaultKind.COVER_OPEN: "ScannerAdfDoorOpen"}


class EsclServer:
    """Puts a scanner on a free port of the loopback while it is entered."""

    def __init__(self, scanner: EsclScanner) -> None:
        self.scanner = scanner
        self._unplugged = threading.Event()
        self._connections: set[socket.socket] = set()
        self._connections_lock = threading.Lock()
        self._server = _HttpServer(self)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), name="virtual scanner", daemon=True
        )

    @property
    def url(self) -> str:
        """Where drivers find the scanner."""
        return f"http://127.0.0.1:{self._server.server_port}{_ROOT}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.unplug()
        self._thread.join()

    def unplug(self) -> None:
        """Stop listening and drop every connection, as if the cable was pulled."""
        self._unplugged.set()
        self._server.shutdown()
        self._server.server_close()
        with self._connections_lock:
            for connection in self._connections:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)

    def stay_silent(self) -> None:
        """Block the calling request until the scanner is unplugged."""
        self._unplugged.wait()

    def connected(self, connection: socket.socket) -> None:
        """Note an open connection."""
        with self._connections_lock:
            self._connections.add(connection)

    def disconnected(self, connection: socket.socket) -> None:
        """Forget a connection."""
        with self._connections_lock:
            self._connections.discard(connection)


class _HttpServer(http.server.ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, escl: EsclServer) -> None:
        self.escl = escl
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 — as the base class has it
        logger.debug("a driver closed its connection early", exc_info=True)


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _HttpServer

    def setup(self) -> None:
        super().setup()
        self.server.escl.connected(self.connection)

    def finish(self) -> None:
        self.server.escl.disconnected(self.connection)
        super().finish()

    def log_message(self, format: str, *args: object) -> None:
        logger.debug(format, *args)

    def do_GET(self) -> None:
        scanner = self.server.escl.scanner
        if self.path == _ROOT + "ScannerCapabilities":
            self._answer(HTTPStatus.OK, _capabilities(scanner.make_and_model))
        elif self.path == _ROOT + "ScannerStatus":
            self._answer(HTTPStatus.OK, _status(scanner))
        elif self.path.startswith(_ROOT + "ScanJobs/") and self.path.endswith("/NextDocument"):
            self._send_page(scanner.next_page(self.path.split("/")[-2]))
        else:
            self._answer(HTTPStatus.NOT_FOUND)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path != _ROOT + "ScanJobs":
            return self._answer(HTTPStatus.NOT_FOUND)
        try:
            settings = _read_settings(body)
        except (ET.ParseError, ValueError):
            return self._answer(HTTPStatus.BAD_REQUEST)
        job_id = self.server.escl.scanner.start_job(settings)
        if job_id is None:
            return self._answer(HTTPStatus.SERVICE_UNAVAILABLE)
        return self._answer(HTTPStatus.CREATED, location=f"{self.server.escl.url}ScanJobs/{job_id}")

    def do_DELETE(self) -> None:
        found = self.server.escl.scanner.cancel_job(self.path.rpartition("/")[2])
        self._answer(HTTPStatus.OK if found else HTTPStatus.NOT_FOUND)

    def _send_page(self, page: bytes | Struck | None) -> None:
        match page:
            case None:
                self._answer(HTTPStatus.NOT_FOUND)
            case bytes():
                self._answer(HTTPStatus.OK, page, "image/jpeg")
            case Struck(FaultKind.CONNECTION_CUT, content):
                self._answer(HTTPStatus.OK, content, "image/jpeg", send_bytes=len(content) // 2)
                self._hang_up()
            case Struck(FaultKind.GONE):
                self.server.escl.unplug()
            case Struck(FaultKind.SILENT):
                self.server.escl.stay_silent()
                self._hang_up()
            case Struck():
                self._answer(HTTPStatus.SERVICE_UNAVAILABLE)

    def _answer(
        self,
        status: HTTPStatus,
        body: bytes = b"",
        content_type: str = "text/xml",
        *,
        location: str = "",
        send_bytes: int | None = None,
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        if location:
            self.send_header("Location", location)
        self.end_headers()
        self.wfile.write(body[:send_bytes])

    def _hang_up(self) -> None:
        self.close_connection = True
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)


def write_sane_config(folder: Path, scanners: dict[str, str]) -> None:
    """Make a folder for ``SANE_CONFIG_DIR`` in which ``sane-airscan`` knows these scanners and looks for no others.

    Args:
        folder: An existing folder.
        scanners: Name shown to people → URL of the eSCL root.
    """
    devices = "".join(f'"{name}" = {url}, eSCL\n' for name, url in scanners.items())
    (folder / "dll.conf").write_text("airscan\n", encoding="utf-8")
    (folder / "airscan.conf").write_text(f"[devices]\n{devices}\n[options]\ndiscovery = disable\n", encoding="utf-8")


def _document(root: str, content: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?><scan:{root} {_DECLARATIONS}>{content}</scan:{root}>'.encode()


def _capabilities(make_and_model: str) -> bytes:
    width, height = GLASS_UNITS
    resolutions = "".join(
        f"<scan:DiscreteResolution><scan:XResolution>{dpi}</scan:XResolution>"
        f"<scan:YResolution>{dpi}</scan:YResolution></scan:DiscreteResolution>"
        for dpi in RESOLUTIONS_DPI
    )
    inputs = (
        f"<scan:MinWidth>16</scan:MinWidth><scan:MaxWidth>{width}</scan:MaxWidth>"
        f"<scan:MinHeight>16</scan:MinHeight><scan:MaxHeight>{height}</scan:MaxHeight>"
        "<scan:MaxScanRegions>1</scan:MaxScanRegions><scan:SettingProfiles><scan:SettingProfile>"
        "<scan:ColorModes><scan:ColorMode>Grayscale8</scan:ColorMode><scan:ColorMode>RGB24</scan:ColorMode>"
        "</scan:ColorModes><scan:DocumentFormats><pwg:DocumentFormat>image/jpeg</pwg:DocumentFormat>"
        "<scan:DocumentFormatExt>image/jpeg</scan:DocumentFormatExt></scan:DocumentFormats>"
        f"<scan:SupportedResolutions><scan:DiscreteResolutions>{resolutions}</scan:DiscreteResolutions>"
        "</scan:SupportedResolutions></scan:SettingProfile></scan:SettingProfiles>"
    )
    return _document(
        "ScannerCapabilities",
        f"{_VERSION}<pwg:MakeAndModel>{make_and_model}</pwg:MakeAndModel><pwg:SerialNumber>1</pwg:SerialNumber>"
        f"<scan:UUID>{_UUID}</scan:UUID>"
        f"<scan:Platen><scan:PlatenInputCaps>{inputs}</scan:PlatenInputCaps></scan:Platen>"
        f"<scan:Adf><scan:AdfSimplexInputCaps>{inputs}</scan:AdfSimplexInputCaps>"
        f"<scan:AdfDuplexInputCaps>{inputs}</scan:AdfDuplexInputCaps></scan:Adf>",
    )


def _status(scanner: EsclScanner) -> bytes:
    stuck = scanner.stuck
    if stuck is not None:
        state, feeder = "Stopped", _FEEDER_STATES[stuck]
    else:
        state = "Processing" if scanner.working else "Idle"
        feeder = "ScannerAdfLoaded" if scanner.sheets_left else "ScannerAdfEmpty"
    return _document(
        "ScannerStatus", f"{_VERSION}<pwg:State>{state}</pwg:State><scan:AdfState>{feeder}</scan:AdfState>"
    )


def _read_settings(body: bytes) -> JobSettings:
    """Read a ``ScanSettings`` document.

    Raises:
        ValueError: A number is not one, or a resolution is not offered.
        ET.ParseError: Not XML.
    """
    root = ET.fromstring(body)  # noqa: S314 — only drivers of this machine reach the loopback

    def value(path: str, default: str) -> str:
        return root.findtext(path, default, _NAMESPACES)

    dpi = int(value(".//scan:XResolution", "300"))
    if dpi not in RESOLUTIONS_DPI:
        raise ValueError("resolution not offered")
    window = Window(
        dpi=dpi,
        gray=value(".//scan:ColorMode", "RGB24") == "Grayscale8",
        left=int(value(".//pwg:XOffset", "0")),
        top=int(value(".//pwg:YOffset", "0")),
        width=int(value(".//pwg:Width", str(GLASS_UNITS[0]))),
        height=int(value(".//pwg:Height", str(GLASS_UNITS[1]))),
    )
    return JobSettings(
        feeder=value(".//pwg:InputSource", "Platen") == "Feeder",
        duplex=value(".//scan:Duplex", "false") == "true",
        window=window,
    )
