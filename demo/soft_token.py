# SPDX-License-Identifier: GPL-3.0-or-later
"""A signing token without hardware: SoftHSM in a folder, with a made-up person's certificate and the authorities above.

Keys and PIN are made for show; nothing here may sign a real document. Writing to the token happens in a child process
(this module run as a program), because SoftHSM finds its folder through the environment, and ours stays as it is.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import secrets
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from casework.errors import KnownError
from signing.modules import AllowedModule, ModuleAllowList
from signing.trust import TrustAnchors

PIN = "123456"
SIGNER = "Nguyễn Thị Ngọc Ánh"
UNIT = "Ủy ban nhân dân xã Tân Lập"
ROOT_AUTHORITY = "CA gốc quốc gia (mẫu)"
INTERMEDIATE_AUTHORITY = "CA phục vụ các cơ quan nhà nước (mẫu)"

_LIBRARIES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib64/pkcs11/libsofthsm2.so",
    "/usr/lib64/softhsm/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
    "/opt/homebrew/lib/softhsm/libsofthsm2.so",
    r"C:\SoftHSM2\lib\softhsm2-x64.dll",
)
_KEY_ID = bytes([1])


@dataclass(frozen=True, slots=True)
class SoftToken:
    """A token in a folder and what a desk must know to sign with it.

    Attributes:
        module_path: The PKCS#11 module.
        allow_list: Lets the signer program load that module.
        environment: Variables that the signer program needs to find the token.
        folder: Where the token lies; move it away and the token is pulled out.
        label: Name of the token.
        serial: Its serial number.
        pin: The published PIN of the show.
        certificate: The signer's certificate, DER.
        certificate_sha256: Hex digest of it.
        trust: The made-up root, the authority between, and the revocation lists of both.
    """

    module_path: Path
    allow_list: ModuleAllowList
    environment: Mapping[str, str]
    folder: Path
    label: str
    serial: str
    pin: str = field(repr=False)
    certificate: bytes = field(repr=False)
    certificate_sha256: str
    trust: TrustAnchors


def create_soft_token(
    folder: Path,
    *,
    now: dt.datetime,
    signer: str = SIGNER,
    unit: str = UNIT,
    label: str = "Chữ ký số mẫu",
    pin: str = PIN,
    valid_for: dt.timedelta = dt.timedelta(days=730),
) -> SoftToken:
    """Make authorities, a signer and a token that holds the signer's key and certificate.

    Args:
        folder: Created; must not hold a token yet.
        now: Aware; certificates are valid from the day before.
        signer: Common name on the certificate.
        unit: Organisation on the certificate.
        label: Name of the token, at most 32 bytes in UTF-8.
        pin: 4 to 255 digits.
        valid_for: How long the signer's certificate holds from ``now``; negative = expired already.

    Raises:
        KnownError: ``soft-token-library-missing`` (SoftHSM is not installed).
        FileExistsError: There is a token already.
    """
    module = find_library()
    tokens = folder / "tokens"
    tokens.mkdir(parents=True, mode=0o700)
    configuration = folder / "softhsm2.conf"
    configuration.write_text(
        f"directories.tokendir = {tokens}\nobjectstore.backend = file\nlog.level = ERROR\nslots.removable = true\n",
        encoding="utf-8",
    )
    environment = {"SOFTHSM2_CONF": str(configuration)}
    key, certificate, trust = _make_people(signer, unit, now, valid_for)
    serial = _fill_token(module, environment, label, pin, key, certificate)
    return SoftToken(
        module_path=module,
        allow_list=ModuleAllowList((AllowedModule(module),)),
        environment=environment,
        folder=next(tokens.iterdir()),
        label=label,
        serial=serial,
        pin=pin,
        certificate=certificate,
        certificate_sha256=hashlib.sha256(certificate).hexdigest(),
        trust=trust,
    )


def find_library() -> Path:
    """Find SoftHSM's PKCS#11 module where systems put it.

    Raises:
        KnownError: ``soft-token-library-missing``.
    """
    for name in _LIBRARIES:
        if (path := Path(name)).is_file():
            return path
    raise KnownError("soft-token-library-missing")


def _make_people(
    signer: str, unit: str, now: dt.datetime, valid_for: dt.timedelta
) -> tuple[rsa.RSAPrivateKey, bytes, TrustAnchors]:
    start = min(now, now + valid_for) - dt.timedelta(days=1)
    # Authorities on a curve: three RSA keys would take most of the time that a demo has for its token.
    root_key, middle_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    signer_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    root_name, middle_name = _name(ROOT_AUTHORITY), _name(INTERMEDIATE_AUTHORITY)
    years = dt.timedelta(days=3650)
    root = _certificate(root_name, root_name, root_key.public_key(), root_key, start, now + years, path_length=1)
    middle = _certificate(middle_name, root_name, middle_key.public_key(), root_key, start, now + years, path_length=0)
    person = _certificate(_name(signer, unit), middle_name, signer_key.public_key(), middle_key, start, now + valid_for)
    lists = (
        _revocation_list(root_name, root_key, start, now + years),
        _revocation_list(middle_name, middle_key, start, now + years),
    )
    return signer_key, person, TrustAnchors(roots=(root,), intermediates=(middle,), revocation_lists=lists)


def _revocation_list(issuer: x509.Name, key: ec.EllipticCurvePrivateKey, start: dt.datetime, end: dt.datetime) -> bytes:
    """Say that nobody's certificate was revoked; a real list holds for days, this one for all of the show."""
    builder = x509.CertificateRevocationListBuilder().issuer_name(issuer).last_update(start).next_update(end)
    builder = builder.add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False
    )
    return (
        builder.add_extension(x509.CRLNumber(1), critical=False).sign(key, hashes.SHA256()).public_bytes(Encoding.DER)
    )


def _name(common_name: str, organisation: str = "Một Cửa (mẫu)") -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


def _certificate(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey | rsa.RSAPublicKey,
    issuer_key: ec.EllipticCurvePrivateKey,
    start: dt.datetime,
    end: dt.datetime,
    *,
    path_length: int | None = None,
) -> bytes:
    """Issue a certificate; an authority's when ``path_length`` is given, a signer's otherwise."""
    authority = path_length is not None
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
        .add_extension(x509.BasicConstraints(authority, path_length), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
        .add_extension(_key_usage(authority=authority), critical=True)
    )
    if not authority:
        builder = builder.add_extension(
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION, ExtendedKeyUsageOID.CLIENT_AUTH]),
            critical=False,
        )
    return builder.sign(issuer_key, hashes.SHA256()).public_bytes(Encoding.DER)


def _key_usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )


def _fill_token(
    module: Path, environment: Mapping[str, str], label: str, pin: str, key: rsa.RSAPrivateKey, certificate: bytes
) -> str:
    """Initialise the token, put key and certificate on it, and give its serial number.

    ``softhsm2-util`` takes PINs on its command line only, where every user can read them: it gets one that lives for
    this call, and the child changes it to the real one.
    """
    first_pin = secrets.token_hex(8)
    child_environment = {**os.environ, **environment}
    subprocess.run(
        [
            "softhsm2-util",
            "--init-token",
            "--free",
            "--label",
            label,
            "--so-pin",
            secrets.token_hex(8),
            "--pin",
            first_pin,
        ],
        env=child_environment,
        check=True,
        capture_output=True,
    )
    order = {
        "module": str(module),
        "label": label,
        "first_pin": first_pin,
        "pin": pin,
        "key": key.private_bytes(Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption()).hex(),
        "certificate": certificate.hex(),
    }
    filled = subprocess.run(
        [sys.executable, "-I", "-m", "demo.soft_token"],
        input=json.dumps(order).encode(),
        env=child_environment,
        check=True,
        stdout=subprocess.PIPE,
    )
    serial: str = json.loads(filled.stdout)["serial"]
    return serial


def _write_objects(order: Mapping[str, Any]) -> dict[str, str]:
    """Put key and certificate on the one token with the label; runs in the child."""
    import pkcs11
    from pkcs11 import Attribute
    from pkcs11.util.rsa import decode_rsa_private_key
    from pkcs11.util.x509 import decode_x509_certificate

    token = pkcs11.lib(order["module"]).get_token(token_label=order["label"])
    common = {Attribute.TOKEN: True, Attribute.ID: _KEY_ID, Attribute.LABEL: order["label"]}
    session = token.open(rw=True, user_pin=order["first_pin"])
    try:
        session.set_pin(order["first_pin"], order["pin"])
        session.create_object(
            {
                **decode_rsa_private_key(bytes.fromhex(order["key"])),
                **common,
                Attribute.PRIVATE: True,
                Attribute.SENSITIVE: True,
                Attribute.EXTRACTABLE: False,
            }
        )
        session.create_object(
            {**decode_x509_certificate(bytes.fromhex(order["certificate"])), **common, Attribute.PRIVATE: False}
        )
    finally:
        session.close()
    return {"serial": token.serial.decode()}


if __name__ == "__main__":
    json.dump(_write_objects(json.load(sys.stdin)), sys.stdout)
