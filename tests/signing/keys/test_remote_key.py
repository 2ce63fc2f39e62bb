# SPDX-License-Identifier: GPL-3.0-or-later
"""A key at a remote service, against a real service on loopback, in both versions of the protocol."""

from __future__ import annotations

import hashlib
import http.server
import threading
from collections.abc import Callable, Iterator

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed

from demo.signing_service import ACCESS_TOKEN, CREDENTIAL, Refusal, SigningService, serving
from signing.errors import SigningError
from signing.keys.remote_key import Authorisation, RemoteKey
from signing.keys.remote_service import RemoteService, ServiceVersion
from signing.keys.signing_key import ManyAtOnceKey
from signing.pdf_signature import SignatureRequest, sign_pdf
from tests.signing.software_person import person

PIN = "80253916"
DIGESTS = [hashlib.sha256(bytes([number])).digest() for number in range(3)]


@pytest.fixture
def service() -> SigningService:
    return SigningService(person().private_key, (person().certificate.der,), pin=PIN)


@pytest.fixture
def address(service: SigningService) -> Iterator[str]:
    with serving(service) as address:
        yield address


def pin(count: int) -> Authorisation:
    return Authorisation(pin=bytearray(PIN.encode()))


def open_key(
    address: str,
    version: ServiceVersion = ServiceVersion.V2,
    authorise: Callable[[int], Authorisation] = pin,
    token: str = ACCESS_TOKEN,
    certificate: str = "",
) -> RemoteKey:
    service = RemoteService(address, version, token, patience_seconds=20)
    return RemoteKey(service, CREDENTIAL, authorise, certificate_sha256=certificate)


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(SigningError) as caught:
        act()
    return caught.value.code


@pytest.mark.parametrize("version", list(ServiceVersion))
def test_digests_go_out_and_signatures_come_back_in_their_order(
    service: SigningService, address: str, version: ServiceVersion
) -> None:
    key = open_key(address, version, certificate=person().certificate.sha256.upper())
    signatures = key.sign_digests(DIGESTS)
    public = person().private_key.public_key()
    for digest, signature in zip(DIGESTS, signatures, strict=True):
        public.verify(signature, digest, padding.PKCS1v15(), Prehashed(hashes.SHA256()))
    assert service.signed == DIGESTS
    assert service.asked == ["credentials/info", "credentials/authorize", "signatures/signHash"]
    assert key.certificate == person().certificate
    assert isinstance(key, ManyAtOnceKey)
    assert key.most_at_once == service.most_at_once


def test_a_document_never_leaves_the_desk_but_its_digest_does(
    service: SigningService, address: str, pdf: bytes, wish: SignatureRequest
) -> None:
    signed = sign_pdf(pdf, wish, open_key(address))
    assert signed.content.startswith(pdf)
    assert [len(digest) for digest in service.signed] == [32]


@pytest.mark.parametrize("version", list(ServiceVersion))
def test_a_one_time_password_goes_with_the_pin_and_neither_stays(
    service: SigningService, address: str, version: ServiceVersion
) -> None:
    service.otp = "112358"
    given: list[Authorisation] = []

    def ask(count: int) -> Authorisation:
        given.append(Authorisation(bytearray(PIN.encode()), bytearray(b"112358")))
        return given[-1]

    key = open_key(address, version, ask)
    assert len(key.sign_digests(DIGESTS)) == 3
    assert len(given) == 1
    assert not any((given[0].pin or b"") + (given[0].otp or b""))
    assert "80253916" not in repr(given) + repr(key) + repr(vars(key))


def test_a_wrong_pin_is_reported_once_and_never_tried_again(service: SigningService, address: str) -> None:
    key = open_key(address, authorise=lambda count: Authorisation(bytearray(b"0000")))
    assert code_of(lambda: key.sign_digests(DIGESTS)) == "wrong-pin"
    assert code_of(lambda: key.sign_digests(DIGESTS)) == "sitting-over"
    assert service.tries_left == 2
    assert service.signed == []


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        ("credential_locked", 400, "remote-refused"),
        ("expired_sad", 400, "remote-expired"),
        ("invalid_token", 401, "remote-access-ended"),
        ("", 503, "remote-unreachable"),
        ("", 429, "remote-unreachable"),
        ("", 302, "remote-refused"),
    ],
)
def test_what_the_service_refuses_is_told_apart(
    service: SigningService, address: str, error: str, status: int, code: str
) -> None:
    key = open_key(address)

    def refuse(question: str) -> None:
        raise Refusal(error, status)

    service.before_answer = refuse
    with pytest.raises(SigningError) as caught:
        key.sign_digests(DIGESTS)
    assert caught.value.code == code
    assert "Nguyễn" not in str(caught.value), "a service's own words may name people"


def test_an_authorisation_is_good_for_these_digests_only(service: SigningService, address: str) -> None:
    remote = RemoteService(address, ServiceVersion.V2, ACCESS_TOKEN)
    word = remote.authorise(CREDENTIAL, DIGESTS[:2], bytearray(PIN.encode()), None)
    assert code_of(lambda: remote.sign(CREDENTIAL, word, DIGESTS)) == "remote-expired"


def test_a_key_of_another_certificate_is_refused(address: str) -> None:
    assert code_of(lambda: open_key(address, certificate="00" * 32)) == "certificate-not-found"


def test_a_stranger_is_refused(address: str) -> None:
    assert code_of(lambda: open_key(address, token="stolen")) == "remote-access-ended"


@pytest.mark.parametrize("address", ["http://ky-so.example.vn/service", "ftp://127.0.0.1/x", "ky-so.example.vn", ""])
def test_a_pin_never_goes_out_in_the_clear(address: str) -> None:
    assert code_of(lambda: open_key(address)) == "remote-address"


def test_a_service_that_is_not_there_is_said_to_be_out_of_reach(service: SigningService) -> None:
    with serving(service) as gone:
        pass
    assert code_of(lambda: open_key(gone)) == "remote-unreachable"


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b'{"cert": {"certificates": []}}', b'{"cert": {"certificates": ["AAAA"]}}', b"\xff"]
)
def test_an_answer_that_is_none_is_noticed(body: bytes) -> None:
    class Nonsense(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *words: object) -> None:
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Nonsense) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        assert code_of(lambda: open_key(f"http://127.0.0.1:{server.server_port}")) == "remote-answer-unreadable"
        thread.join()
