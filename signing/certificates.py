# SPDX-License-Identifier: GPL-3.0-or-later
"""Certificates as the desk needs them: whose they are, until when, and whether they may sign."""

from __future__ import annotations

import datetime as dt
import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID


@dataclass(frozen=True, slots=True)
class SigningCertificate:
    """A certificate whose holder signs documents.

    Attributes:
        der: The certificate itself.
        sha256: Hex digest of ``der``; by this a certificate is chosen.
        subject_name: Common name in Unicode NFC; the name that the stamp shows.
        organisation: Organisation of the subject in NFC; empty when the certificate names none.
        serial_number: Upper-case hex.
        not_before: Start of validity, aware, UTC.
        not_after: End of validity, aware, UTC.
        may_sign: Whether key usage allows signing documents (digitalSignature or nonRepudiation) and the holder is
            not an authority.
    """

    der: bytes = field(repr=False)
    sha256: str
    subject_name: str = field(repr=False)
    organisation: str = field(repr=False)
    serial_number: str
    not_before: dt.datetime
    not_after: dt.datetime
    may_sign: bool


def read_certificate(der: bytes) -> SigningCertificate:
    """Read a certificate from DER.

    Raises:
        ValueError: It is no certificate, or breaks X.509 in a way that cannot be read.
    """
    certificate = x509.load_der_x509_certificate(der)
    return SigningCertificate(
        der=der,
        sha256=hashlib.sha256(der).hexdigest(),
        subject_name=_subject_part(certificate, NameOID.COMMON_NAME),
        organisation=_subject_part(certificate, NameOID.ORGANIZATION_NAME),
        serial_number=f"{certificate.serial_number:X}",
        not_before=certificate.not_valid_before_utc,
        not_after=certificate.not_valid_after_utc,
        may_sign=_may_sign(certificate),
    )


def read_certificate_file(content: bytes) -> tuple[bytes, ...]:
    """Split a file of certificates, one DER or any number of PEM blocks, into DER.

    Raises:
        ValueError: The content is neither.
    """
    if b"-----BEGIN CERTIFICATE-----" in content:
        found = x509.load_pem_x509_certificates(content)
    else:
        found = [x509.load_der_x509_certificate(content)]
    return tuple(certificate.public_bytes(Encoding.DER) for certificate in found)


def issuers_of(der: bytes, candidates: Iterable[bytes]) -> tuple[bytes, ...]:
    """Find the intermediate authorities above a certificate, nearest first, the self-issued root left out.

    Matches by name and signature only; whether they can be trusted is for verification to say.
    """
    authorities = []
    for candidate in candidates:
        try:
            authorities.append(x509.load_der_x509_certificate(candidate))
        except ValueError:
            continue  # a certificate that cannot be read helps nobody up the chain
    chain: list[x509.Certificate] = []
    below = x509.load_der_x509_certificate(der)
    while (above := next((one for one in authorities if _issued(one, below)), None)) is not None:
        if above.issuer == above.subject or above in chain:
            break
        chain.append(above)
        below = above
    return tuple(certificate.public_bytes(Encoding.DER) for certificate in chain)


def _issued(authority: x509.Certificate, certificate: x509.Certificate) -> bool:
    if authority.subject != certificate.issuer:
        return False
    try:
        certificate.verify_directly_issued_by(authority)
    except Exception:  # the library raises its own InvalidSignature, TypeError or ValueError; each means "no"
        return False
    return True


def _subject_part(certificate: x509.Certificate, kind: x509.ObjectIdentifier) -> str:
    values = certificate.subject.get_attributes_for_oid(kind)
    text = str(values[0].value) if values else ""
    return unicodedata.normalize("NFC", " ".join(text.split()))


def _may_sign(certificate: x509.Certificate) -> bool:
    extensions = certificate.extensions
    try:
        if extensions.get_extension_for_class(x509.BasicConstraints).value.ca:
            return False
    except x509.ExtensionNotFound:
        pass
    try:
        usage = extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return usage.digital_signature or usage.content_commitment
