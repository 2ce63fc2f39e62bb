# SPDX-License-Identifier: GPL-3.0-or-later
"""A person whose key lies in memory: real RSA, no token, for tests that are about something else."""

from __future__ import annotations

import datetime as dt
import functools

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, NoEncryption, pkcs12
from cryptography.x509.oid import NameOID

from signing.certificates import read_certificate
from tests.signing.pki import SoftwareKey

NAME = "Lò Thị Ánh Nguyệt"
PASSPHRASE = "mật khẩu 4711"


@functools.cache
def person(number: int = 0) -> SoftwareKey:
    """Give one of several people; each has one key for the whole session."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1000 + number)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=365))
        .sign(key, hashes.SHA256())
    )
    return SoftwareKey(read_certificate(certificate.public_bytes(Encoding.DER)), (), key)


def key_file(owner: SoftwareKey, passphrase: str = PASSPHRASE) -> bytes:
    """Write a person's key and certificate as PKCS#12."""
    encryption = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
    certificate = x509.load_der_x509_certificate(owner.certificate.der)
    return pkcs12.serialize_key_and_certificates(b"k", owner.private_key, certificate, None, encryption)
