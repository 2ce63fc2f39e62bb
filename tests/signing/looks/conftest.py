# SPDX-License-Identifier: GPL-3.0-or-later
"""Signing with a key in memory: these tests are about what is seen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa, utils
from cryptography.x509.oid import NameOID

from signing.certificates import SigningCertificate, read_certificate
from signing.looks.look import Look
from signing.looks.place import Place
from signing.pdf_signature import SignatureRequest, sign_pdf
from tests.signing.looks.drawn import DECISION

Stamp = Callable[[bytes, Place, Look], bytes]


_FOR_SIGNATURES = x509.KeyUsage(True, True, False, False, False, False, False, False, False)


class KeyInMemory:
    """A key with a certificate of its own making."""

    chain: tuple[bytes, ...] = ()

    def __init__(self, now: dt.datetime) -> None:
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        name = x509.Name(
            [
                x509.NameAttribute(NameOID.COMMON_NAME, "Nguyễn Thị Ngọc Ánh"),
                x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Ủy ban nhân dân xã Tân Lập"),
            ]
        )
        certificate = (
            x509.CertificateBuilder(name, name, self._key.public_key(), 1)
            .not_valid_before(now - dt.timedelta(days=1))
            .not_valid_after(now + dt.timedelta(days=1))
            .add_extension(_FOR_SIGNATURES, critical=True)
            .sign(self._key, hashes.SHA256())
        )
        self.certificate: SigningCertificate = read_certificate(certificate.public_bytes(serialization.Encoding.DER))

    def sign_digest(self, digest: bytes) -> bytes:
        return self._key.sign(digest, padding.PKCS1v15(), utils.Prehashed(hashes.SHA256()))


@pytest.fixture(scope="session")
def key(now: dt.datetime) -> KeyInMemory:
    """Whose signatures these are."""
    return KeyInMemory(now)


@pytest.fixture(scope="session")
def stamp(now: dt.datetime, key: KeyInMemory) -> Stamp:
    """Signs with a stamp: ``stamp(pdf, place, look)``."""

    def give(pdf: bytes, place: Place, look: Look) -> bytes:
        return sign_pdf(pdf, SignatureRequest(signing_time=now, place=place, look=look), key).content

    return give


@pytest.fixture(scope="session")
def decision(typeset: Callable[..., bytes]) -> bytes:
    """A decision with room for a seal between title and name."""
    return typeset(DECISION.replace("GAP", "110pt"))


@pytest.fixture(scope="session")
def tight_decision(typeset: Callable[..., bytes]) -> bytes:
    """A decision with four empty lines between title and name."""
    return typeset(DECISION.replace("GAP", "62pt"))
