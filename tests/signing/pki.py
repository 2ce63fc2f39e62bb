# SPDX-License-Identifier: GPL-3.0-or-later
"""A public key infrastructure for tests: certomancer behind real HTTP on loopback, with a clock that tests set.

    root ─┬─ intermediate ─┬─ signer, chairman, seal          people and the unit, valid for years
          │                ├─ expired, not-yet, ends-soon     the signer at other times
          │                ├─ revoked, revoked-later          … a month ago, and in two days
          │                └─ not-for-signing, sha1           … for encryption only, and issued with SHA-1
          ├─ revoked-authority ── of-revoked-authority
          └─ tsa, tsa-ends-soon, tsa-expired, tsa-revoked, tsa-revoked-later, tsa-not-for-stamping
    foreign-root ─┬─ foreign
                  └─ tsa-foreign

Take the session fixture ``pki``; set ``pki.clock`` to the moment at which the services answer (a test gets it back at
``NOW``); let a service misbehave with ``with pki.misbehaving("tsa", pki_faults.busy(30)):``; look at ``pki.asked`` for
what was asked of whom. Keys are minted anew in each session: one of RSA 2048 a person or service.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from certomancer.integrations.animator import Animator, AnimatorArchStore
from certomancer.registry import ArchLabel, CertLabel, CertomancerConfig, PKIArchitecture, ServiceLabel
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

from signing.certificates import SigningCertificate, issuers_of, read_certificate
from signing.trust import TrustAnchors

NOW = dt.datetime(2026, 12, 1, 1, 0, tzinfo=dt.UTC)
UNIT = "Ủy ban nhân dân xã Tân Lập"
POLICY_OF_TSA = "1.3.6.1.4.1.4146.2.3"  # certomancer's own

_ARCHITECTURE = ArchLabel("vn")
_DAY = dt.timedelta(days=1)
_YEAR = dt.timedelta(days=365)

Answer = Callable[[Request], Response]
Fault = Callable[[Request, Answer], Response]
"""What is done instead of answering; gets the request and the honest answer's maker."""


@dataclass(frozen=True, slots=True)
class SoftwareKey:
    """A key and its certificate in memory; signs as a token does.

    Attributes:
        certificate: Whose key it is.
        chain: Authorities above, without the root, DER.
        private_key: The key itself.
    """

    certificate: SigningCertificate
    chain: tuple[bytes, ...] = field(repr=False)
    private_key: rsa.RSAPrivateKey = field(repr=False)

    def sign_digest(self, digest: bytes) -> bytes:
        """Sign a SHA-256 digest, RSASSA-PKCS1-v1_5."""
        return self.private_key.sign(digest, padding.PKCS1v15(), Prehashed(hashes.SHA256()))


class PublicKeyInfrastructure:
    """Authorities, people and services; made by ``running_pki``.

    Attributes:
        clock: The moment at which the services answer.
        asked: Service and path of every request so far.
        trust: The one root that tests believe in, and the authority below it.
        host: Where the services are: ``127.0.0.1``.
        port: Their port.
    """

    def __init__(self, folder: Path, host: str, port: int) -> None:
        self.host, self.port = host, port
        self.clock = NOW
        self.asked: list[str] = []
        self._faults: dict[str, Fault] = {}
        self._folder = folder
        _mint_keys(folder)
        configuration = CertomancerConfig(
            _configuration(self.base_url), key_search_dir=str(folder), external_url_prefix=None
        )
        self.architecture: PKIArchitecture = configuration.get_pki_arch(_ARCHITECTURE)
        self.animator = Animator(AnimatorArchStore(configuration.pki_archs), at_time=NOW, with_web_ui=False)
        self.trust = TrustAnchors((self.der("root"),), (self.der("intermediate"), self.der("revoked-authority")))

    @property
    def base_url(self) -> str:
        """Where all services are."""
        return f"http://{self.host}:{self.port}"

    def url_of_tsa(self, name: str = "tsa") -> str:
        """Where a time stamping authority listens."""
        return f"{self.base_url}/{_ARCHITECTURE}/tsa/{name}"

    def url_of_crl(self, name: str = "intermediate") -> str:
        """Where an authority publishes its revocation list."""
        return f"{self.base_url}/{_ARCHITECTURE}/crls/{name}/latest.crl"

    def der(self, name: str) -> bytes:
        """A certificate by its name in the tree above."""
        encoded: bytes = self.architecture.get_cert(CertLabel(name)).dump()
        return encoded

    def crl(self, name: str = "intermediate", at: dt.datetime | None = None) -> bytes:
        """The revocation list of an authority as of a moment, without asking over HTTP."""
        encoded: bytes = self.architecture.service_registry.get_crl(ServiceLabel(name), at or self.clock).dump()
        return encoded

    def key(self, name: str = "signer") -> SoftwareKey:
        """Key and certificate of a person."""
        private_key = serialization.load_pem_private_key((self._folder / f"{_key_of(name)}.pem").read_bytes(), None)
        assert isinstance(private_key, rsa.RSAPrivateKey)
        authorities = [self.der(authority) for authority in ("root", "intermediate", "revoked-authority")]
        der = self.der(name)
        return SoftwareKey(read_certificate(der), issuers_of(der, authorities), private_key)

    @contextlib.contextmanager
    def misbehaving(self, service: str, fault: Fault) -> Iterator[None]:
        """Let a service (``tsa``, ``tsa-revoked``, ``ocsp``, ``crls`` …) do something else for a while."""
        self._faults[service] = fault
        try:
            yield
        finally:
            del self._faults[service]

    @contextlib.contextmanager
    def at(self, moment: dt.datetime) -> Iterator[None]:
        """Let the services answer at another moment for a while."""
        before, self.clock = self.clock, moment
        try:
            yield
        finally:
            self.clock = before

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        """Answer a request (WSGI)."""
        request = Request(environ)
        _, kind, name, *_ = [*request.path.strip("/").split("/"), "", ""]
        service = name if kind == "tsa" else kind
        self.asked.append(service)
        self.animator.fixed_time = self.clock
        fault = self._faults.get(service)
        answer = self.animator.dispatch(request) if fault is None else fault(request, self.animator.dispatch)
        return answer(environ, start_response)


class _SilentHandler(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: Any) -> None:
        """A line a request helps nobody, and a caller that hangs up early is no fault."""


@contextlib.contextmanager
def running_pki(folder: Path) -> Iterator[PublicKeyInfrastructure]:
    """Mint a whole infrastructure and serve it until the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        host, port = listener.getsockname()
        pki = PublicKeyInfrastructure(folder, host, port)
        server: BaseWSGIServer = make_server(
            host, port, pki, threaded=True, request_handler=_SilentHandler, fd=listener.fileno()
        )
        thread = threading.Thread(target=server.serve_forever, name="pki", daemon=True)
        thread.start()
        try:
            yield pki
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


def nobody_listens() -> str:
    """An address on loopback where a connection is refused."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return f"http://127.0.0.1:{listener.getsockname()[1]}"


_KEYS = ("root", "intermediate", "ocsp", "tsa", "signer", "chairman", "seal", "foreign-root")


def _key_of(name: str) -> str:
    if name in _KEYS:
        return name
    if name.startswith("tsa-"):
        return "tsa"
    return "intermediate" if name == "revoked-authority" else "signer"


def _mint_keys(folder: Path) -> None:
    for name in _KEYS:
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        (folder / f"{name}.pem").write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )


def _configuration(base_url: str) -> dict[str, Any]:
    authorities = ("root", "intermediate", "revoked-authority", "foreign-root")
    certificates = {
        "root": _authority("root", "root", crls="root"),
        "intermediate": _authority("intermediate", "root", crls="intermediate", ocsp="intermediate"),
        "revoked-authority": {
            **_authority("revoked-authority", "root", crls="revoked-authority"),
            "revocation": _revoked_since(NOW - 30 * _DAY),
        },
        "foreign-root": _authority("foreign-root", "foreign-root"),
        "ocsp": {
            **_issued("ocsp", "intermediate", NOW - 5 * _YEAR, NOW + 14 * _YEAR),
            "profiles": ["ocsp-responder"],
        },
    }
    recently, later = NOW - _YEAR, NOW + 3 * _YEAR
    certificates |= {name: _person(name, recently, later) for name in ("signer", "chairman", "seal", "sha1")}
    certificates["sha1"]["signature-algo"] = "sha1_rsa"
    certificates["expired"] = _person("expired", NOW - 3 * _YEAR, NOW - _DAY)
    certificates["not-yet"] = _person("not-yet", NOW + _DAY, NOW + 3 * _YEAR)
    certificates["ends-soon"] = _person("ends-soon", recently, NOW + 20 * _DAY)
    certificates["revoked"] = {**_person("revoked", recently, later), "revocation": _revoked_since(NOW - 30 * _DAY)}
    certificates["revoked-later"] = {
        **_person("revoked-later", recently, later),
        "revocation": _revoked_since(NOW + 2 * _DAY),
    }
    certificates["not-for-signing"] = {
        **_issued("not-for-signing", "intermediate", recently, later),
        "extensions": [_key_usage("key_encipherment")],
    }
    certificates["of-revoked-authority"] = _person("of-revoked-authority", recently, later, "revoked-authority")
    certificates["foreign"] = _person("foreign", recently, later, "foreign-root")
    certificates["tsa"] = _stamper("tsa", NOW + 9 * _YEAR)
    certificates["tsa-ends-soon"] = _stamper("tsa-ends-soon", NOW + 200 * _DAY)
    certificates["tsa-expired"] = _stamper("tsa-expired", NOW - _DAY)
    certificates["tsa-revoked"] = {
        **_stamper("tsa-revoked", NOW + 9 * _YEAR),
        "revocation": _revoked_since(NOW - 30 * _DAY),
    }
    certificates["tsa-revoked-later"] = {
        **_stamper("tsa-revoked-later", NOW + 9 * _YEAR),
        "revocation": _revoked_since(NOW + 2 * _DAY),
    }
    certificates["tsa-foreign"] = _stamper("tsa-foreign", NOW + 9 * _YEAR, issuer="foreign-root")
    certificates["tsa-not-for-stamping"] = {
        **_stamper("tsa-not-for-stamping", NOW + 9 * _YEAR),
        "extensions": [_key_usage("digital_signature")],
    }
    stampers = [name for name in certificates if name.startswith("tsa")]
    architecture = {
        "keyset": "vn",
        "entity-defaults": {"country-name": "VN", "organization-name": UNIT},
        "entities": {name: {"common-name": _common_name(name)} for name in certificates},
        "certs": certificates,
        "services": {
            "ocsp": {"intermediate": {"for-issuer": "intermediate", "responder-cert": "ocsp", "signing-key": "ocsp"}},
            "crl-repo": {
                name: {"for-issuer": name, "signing-key": _key_of(name), "simulated-update-schedule": schedule}
                for name, schedule in zip(authorities, ("P90D", "P1D", "P1D", "P90D"), strict=True)
            },
            "time-stamping": {name: {"signing-key": "tsa", "signing-cert": name} for name in stampers},
        },
    }
    return {
        "external-url-prefix": base_url,
        "keysets": {"vn": {"keys": {name: {"path": f"{name}.pem"} for name in _KEYS}}},
        "pki-architectures": {str(_ARCHITECTURE): architecture},
    }


def _common_name(name: str) -> str:
    names = {
        "root": "CA gốc quốc gia (mẫu)",
        "intermediate": "CA phục vụ các cơ quan nhà nước (mẫu)",
        "signer": "Nguyễn Thị Ngọc Ánh",
        "chairman": "Trần Quốc Đạt",
        "seal": "ỦY BAN NHÂN DÂN XÃ TÂN LẬP",
    }
    return names.get(name, f"Mẫu {name}")


def _authority(name: str, issuer: str, **services: str) -> dict[str, Any]:
    parameters: dict[str, Any] = {
        {"crls": "crl-repo", "ocsp": "ocsp-service"}[kind]: service for kind, service in services.items()
    }
    return {
        **_issued(name, issuer, NOW - 6 * _YEAR, NOW + 24 * _YEAR),
        "profiles": [{"id": "simple-ca", "params": parameters}],
    }


def _person(name: str, start: dt.datetime, end: dt.datetime, issuer: str = "intermediate") -> dict[str, Any]:
    return {**_issued(name, issuer, start, end), "profiles": ["digsig-commitment"]}


def _stamper(name: str, end: dt.datetime, issuer: str = "root") -> dict[str, Any]:
    purpose = {"id": "extended_key_usage", "critical": True, "value": ["time_stamping"]}
    return {
        **_issued(name, issuer, min(end, NOW) - 5 * _YEAR, end),
        "extensions": [_key_usage("digital_signature"), purpose],
    }


def _issued(name: str, issuer: str, start: dt.datetime, end: dt.datetime) -> dict[str, Any]:
    return {
        "subject": name,
        "subject-key": _key_of(name),
        "issuer": issuer,
        "authority-key": _key_of(issuer),
        "validity": {"valid-from": start.isoformat(), "valid-to": end.isoformat()},
    }


def _key_usage(*usages: str) -> dict[str, Any]:
    params: Sequence[str] = list(usages)
    return {"id": "key_usage", "critical": True, "smart-value": {"schema": "key-usage", "params": params}}


def _revoked_since(moment: dt.datetime) -> dict[str, str]:
    return {"revoked-since": moment.isoformat(), "reason": "key_compromise"}
