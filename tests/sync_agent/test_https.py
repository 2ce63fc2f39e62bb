# SPDX-License-Identifier: GPL-3.0-or-later
"""The line to the gateway: what is the gateway's word, what is somebody else's, and what a cut costs."""

from __future__ import annotations

import datetime as dt
import http.server
import ipaddress
import os
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from casework.errors import KnownError
from sync_agent.transports.https import HttpsTransport
from sync_agent.wire import hello
from sync_agent.wire.enrolment import Registration
from tests.sync_agent.material import DEVICE, Keyring, make_object, make_operation, seal_envelope
from tests.sync_agent.small_gateway import Fault, SmallGateway


@contextmanager
def line(keyring: Keyring, url: str, clock: Callable[[], float] = time.time) -> Iterator[HttpsTransport]:
    transport = HttpsTransport(
        url,
        device_id=DEVICE,
        signer=keyring.device,
        gateway_sign_public=keyring.gateway_sign_public,
        clock=clock,
        random_bytes=os.urandom,
    )
    try:
        yield transport
    finally:
        transport.close()


@contextmanager
def registered(keyring: Keyring, gateway: SmallGateway) -> Iterator[HttpsTransport]:
    with line(keyring, gateway.url) as transport:
        transport.hello()
        registration = Registration(DEVICE, gateway.one_time_code, keyring.device_public, keyring.reply_public)
        transport.register(registration)
        yield transport


def code_of(action: Callable[[], object]) -> str:
    with pytest.raises(KnownError) as caught:
        action()
    return caught.value.code


def test_hello_proves_the_gateway_and_tells_its_time(keyring: Keyring, gateway: SmallGateway) -> None:
    with line(keyring, gateway.url) as transport:
        assert transport.hello().epoch == "epoch-1"


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("page", "captive-portal"),
        ("redirect", "captive-portal"),
        ("json", "captive-portal"),
        ("bad-gateway", "gateway-unreachable"),
        ("busy", "gateway-busy"),
        ("endless", "gateway-garbled"),
    ],
)
def test_what_answers_a_hello_in_the_gateways_place_is_recognised(
    keyring: Keyring, gateway: SmallGateway, kind: str, code: str
) -> None:
    gateway.faults.append(Fault("GET", hello.PATH, kind))
    with line(keyring, gateway.url) as transport:
        assert code_of(transport.hello) == code
        transport.hello()


def test_a_hello_signed_by_somebody_else_is_a_captive_portal(keyring: Keyring, gateway: SmallGateway) -> None:
    gateway.hello_key = keyring.device
    with line(keyring, gateway.url) as transport:
        assert code_of(transport.hello) == "captive-portal"


def test_nobody_listening_is_unreachable(keyring: Keyring) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with line(keyring, f"http://127.0.0.1:{port}") as transport:
        assert code_of(transport.hello) == "gateway-unreachable"


def test_a_redirect_is_never_followed(keyring: Keyring, gateway: SmallGateway) -> None:
    with registered(keyring, gateway) as transport:
        gateway.faults.append(Fault("POST", "/v1/envelopes", "redirect"))
        assert code_of(lambda: transport.send_envelope(b"x")) == "captive-portal"


@pytest.mark.parametrize(
    "url",
    [
        "http://gateway.example.vn",
        "http://192.0.2.1",
        "http://127.0.0.1.example.vn",
        "ftp://127.0.0.1",
        "https://",
        "https://user:word@gateway.example.vn",
        "https://gateway.example.vn?x=1",
        "https://[broken",
    ],
)
def test_an_unsafe_address_is_refused_before_anything_is_sent(keyring: Keyring, url: str) -> None:
    with pytest.raises(KnownError) as caught, line(keyring, url):
        pass
    assert caught.value.code == "gateway-url-unsafe"


def test_a_clock_that_is_off_by_years_does_not_matter_after_a_hello(keyring: Keyring, gateway: SmallGateway) -> None:
    with registered(keyring, gateway), line(keyring, gateway.url, lambda: time.time() - 3e8) as transport:
        assert code_of(lambda: transport.fetch_reply(0, 10)) == "clock-skew"
        transport.hello()
        assert transport.fetch_reply(0, 10).data is None


def test_an_unregistered_workstation_is_told_so(keyring: Keyring, gateway: SmallGateway) -> None:
    with line(keyring, gateway.url) as transport:
        assert code_of(lambda: transport.fetch_reply(0, 10)) == "device-unknown"
        assert code_of(lambda: transport.upload_offset("/v1/objects/" + "0" * 64)) == "device-unknown"
        wrong = Registration(DEVICE, "WRONG", keyring.device_public, keyring.reply_public)
        assert code_of(lambda: transport.register(wrong)) == "one-time-code-wrong"


def test_an_envelope_and_its_object_arrive(keyring: Keyring, gateway: SmallGateway) -> None:
    content = os.urandom(100_000)
    item = make_object(content)
    data = seal_envelope(keyring, [make_operation(1, object_ids=(item.object_id,))], [item])
    with registered(keyring, gateway) as transport:
        for _ in range(2):
            assert transport.send_envelope(data).missing_objects == (item.transport_id,)
        upload = transport.open_upload(item.transport_id, len(content))
        assert (upload.path, upload.offset) == (f"/v1/objects/{item.transport_id}", 0)
        assert transport.append(upload.path, 0, content[:60_000]) == 60_000
        assert transport.upload_offset(upload.path) == 60_000
        assert code_of(lambda: transport.append(upload.path, 1, content[1:])) == "upload-moved"
        assert transport.append(upload.path, 60_000, content[60_000:]) == 100_000
        assert transport.open_upload(item.transport_id, len(content)).offset == 100_000
        assert transport.send_envelope(data).missing_objects == ()
    assert gateway.objects[item.transport_id] == content
    assert len(gateway.operation_ids) == 1


def test_bytes_that_came_through_before_a_cut_are_not_sent_again(keyring: Keyring, gateway: SmallGateway) -> None:
    content = os.urandom(300_000)
    item = make_object(content)
    data = seal_envelope(keyring, [make_operation(1, object_ids=(item.object_id,))], [item])
    with registered(keyring, gateway) as transport:
        transport.send_envelope(data)
        upload = transport.open_upload(item.transport_id, len(content))
        gateway.faults.append(Fault("PATCH", "/v1/objects/", "cut", number=123_456))
        assert code_of(lambda: transport.append(upload.path, 0, content)) == "gateway-unreachable"
        assert transport.upload_offset(upload.path) == 123_456
        transport.append(upload.path, 123_456, content[123_456:])
    assert gateway.objects[item.transport_id] == content


def test_an_object_that_nobody_announced_is_refused(keyring: Keyring, gateway: SmallGateway) -> None:
    with registered(keyring, gateway) as transport:
        assert code_of(lambda: transport.open_upload("0" * 64, 5)) == "object-refused"
        assert code_of(lambda: transport.upload_offset("/v1/objects/" + "0" * 64)) == "upload-gone"


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (Fault("POST", "/v1/envelopes", "page"), "captive-portal"),
        (Fault("POST", "/v1/envelopes", "json"), "gateway-garbled"),
        (Fault("POST", "/v1/envelopes", "deaf"), "gateway-unreachable"),
        (Fault("POST", "/v1/envelopes", "cut", 10), "gateway-unreachable"),
        (Fault("POST", "/v1/envelopes", "refuse", 400, "envelope-damaged"), "envelope-refused"),
        (Fault("POST", "/v1/envelopes", "refuse", 413, "too-large"), "envelope-refused"),
        (Fault("POST", "/v1/envelopes", "refuse", 403, "device-revoked"), "device-revoked"),
        (Fault("POST", "/v1/envelopes", "refuse", 500, "gateway-fault"), "gateway-error"),
        (Fault("POST", "/v1/envelopes", "refuse", 418, "teapot"), "gateway-refused"),
        (Fault("POST", "/v1/envelopes", "refuse", 423, "upload-locked"), "gateway-busy"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_trouble_has_its_name(keyring: Keyring, gateway: SmallGateway, fault: Fault, code: str) -> None:
    data = seal_envelope(keyring, [make_operation(1)])
    with registered(keyring, gateway) as transport:
        gateway.faults.append(fault)
        assert code_of(lambda: transport.send_envelope(data)) == code
        transport.send_envelope(data)
    assert len(gateway.operation_ids) == 1


def test_a_pause_that_the_gateway_asks_for_is_passed_on(keyring: Keyring, gateway: SmallGateway) -> None:
    with registered(keyring, gateway) as transport:
        for kind in ("busy", "limited"):
            gateway.faults.append(Fault("GET", "/v1/replies", kind, number=17))
            with pytest.raises(KnownError) as caught:
                transport.fetch_reply(0, 10)
            assert (caught.value.code, caught.value.details["pause_s"]) == ("gateway-busy", "17.0")


def test_a_slow_line_is_no_dead_line(keyring: Keyring, gateway: SmallGateway, monkeypatch: pytest.MonkeyPatch) -> None:
    """One block within the time-out is enough; the whole chunk may take much longer."""
    monkeypatch.setattr("sync_agent.transports.https.CONNECT_TIMEOUT_S", 0.4)
    content = os.urandom(8_000_000)
    item = make_object(content)
    data = seal_envelope(keyring, [make_operation(1, object_ids=(item.object_id,))], [item])
    with registered(keyring, gateway) as transport:
        transport.send_envelope(data)
        upload = transport.open_upload(item.transport_id, len(content))
        gateway.delay_per_piece_s = 0.015
        started = time.monotonic()
        transport.append(upload.path, 0, content)
        assert time.monotonic() - started > 0.8
    assert gateway.objects[item.transport_id] == content


@contextmanager
def https_server(folder: Path, host: str) -> Iterator[tuple[str, Path]]:
    """A TLS server on loopback with a certificate for ``host``; gives its URL and its authority's certificate."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Province authority")])
    now = dt.datetime.now(dt.UTC)
    alternative: x509.GeneralName = x509.DNSName(host)
    if host[0].isdigit():
        alternative = x509.IPAddress(ipaddress.ip_address(host))
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([alternative]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    authority, private = folder / "authority.pem", folder / "private.pem"
    authority.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority, private)

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"https://127.0.0.1:{server.server_address[1]}", authority
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_an_unknown_authority_or_another_hosts_certificate_is_refused(
    keyring: Keyring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with https_server(tmp_path, "127.0.0.1") as (url, _authority), line(keyring, url) as transport:
        assert code_of(transport.hello) == "gateway-certificate"
    with https_server(tmp_path, "gateway.example.vn") as (url, authority):
        monkeypatch.setenv("SSL_CERT_FILE", str(authority))
        with line(keyring, url) as transport:
            assert code_of(transport.hello) == "gateway-certificate"


@pytest.mark.skipif(os.name != "posix", reason="the variable is OpenSSL's")
def test_an_authority_that_the_operating_system_trusts_is_trusted(
    keyring: Keyring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with https_server(tmp_path, "127.0.0.1") as (url, authority):
        monkeypatch.setenv("SSL_CERT_FILE", str(authority))
        with line(keyring, url) as transport:
            assert code_of(transport.hello) == "captive-portal"  # it is heard, and is not the gateway
