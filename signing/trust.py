# SPDX-License-Identifier: GPL-3.0-or-later
"""Whom a verification believes: root authorities that IT has put in by fingerprint, and nobody else.

A trust folder holds certificates and revocation data as files, and ``pinned.json``, which names the SHA-256 of each
root. A root that is not named there is worth nothing, whoever put the file there; a named one whose file is gone or
another is an error, not a smaller list.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from asn1crypto import crl as asn1_crl
from asn1crypto import ocsp as asn1_ocsp
from asn1crypto import pem
from cryptography import x509

from signing.certificates import read_certificate_file
from signing.errors import SigningError
from signing.whole_file import whole_file

PIN_FILE: Final = "pinned.json"
_LARGEST_FILE: Final = 64 * 1024 * 1024  # revocation lists of large authorities reach tens of megabytes


@dataclass(frozen=True, slots=True)
class TrustAnchors:
    """Authorities for verification; the operating system's list is never used.

    Attributes:
        roots: Root certificates, DER. None at all means that nothing is trusted.
        intermediates: Authorities below them that a document may have left out, DER; not trusted by themselves.
        revocation_lists: CRLs that were fetched before, DER; believed as far as their signatures and dates go.
        ocsp_responses: The same for OCSP.
    """

    roots: tuple[bytes, ...] = field(repr=False)
    intermediates: tuple[bytes, ...] = field(default=(), repr=False)
    revocation_lists: tuple[bytes, ...] = field(default=(), repr=False)
    ocsp_responses: tuple[bytes, ...] = field(default=(), repr=False)

    def joined_with(self, other: TrustAnchors) -> TrustAnchors:
        """Believe both."""
        return TrustAnchors(
            _once(self.roots + other.roots),
            _once(self.intermediates + other.intermediates),
            _once(self.revocation_lists + other.revocation_lists),
            _once(self.ocsp_responses + other.ocsp_responses),
        )


def pin_root(folder: Path, certificate_file: bytes, fingerprint: str, now: dt.datetime) -> str:
    """Believe a root from now on: IT's act, once a root.

    Args:
        folder: Trust folder; created when it is not there.
        certificate_file: The root, PEM or DER.
        fingerprint: Its SHA-256 in hex, from another source than the file (the authority's paper, its website); colons,
            blanks and capitals do not matter.
        now: Aware.

    Returns:
        The SHA-256, hex.

    Raises:
        SigningError: ``certificate-unreadable``, ``root-fingerprint-differs``, ``root-not-an-authority`` (not an
            authority's, or not signed by itself), ``certificate-expired``, ``trust-changed``, ``trust-unsafe``.
    """
    try:
        (der,) = read_certificate_file(certificate_file)
        certificate = x509.load_der_x509_certificate(der)
        is_root = _is_root(certificate)
    except ValueError:
        raise SigningError("certificate-unreadable") from None
    digest = hashlib.sha256(der).hexdigest()
    if "".join(character for character in fingerprint.lower() if character.isalnum()) != digest:
        raise SigningError("root-fingerprint-differs")
    if not is_root:
        raise SigningError("root-not-an-authority")
    if now > certificate.not_valid_after_utc:
        raise SigningError("certificate-expired", not_after=certificate.not_valid_after_utc.date().isoformat())
    pins: dict[str, str] = {}
    if (folder / PIN_FILE).exists():
        load_trust(folder)  # nothing is added to a list that somebody has tampered with
        pins = _read_pins(folder)
    folder.mkdir(parents=True, exist_ok=True, mode=0o755)
    _write(folder / f"root-{digest}.cer", der)
    pins[digest] = now.astimezone(dt.UTC).isoformat(timespec="seconds")
    _write(folder / PIN_FILE, json.dumps({"roots": pins}, indent=2).encode())
    return digest


def load_trust(place: Path) -> TrustAnchors:
    """Read a trust folder, or one file of certificates that the caller vouches for.

    In a folder, roots are what ``pinned.json`` names; other certificates are authorities between, and files of
    revocation data (``.crl``, ``.ocsp``) are taken along. In a single file every root is believed.

    Raises:
        SigningError: ``trust-not-pinned`` (a folder without ``pinned.json``), ``trust-changed`` (a pinned root is
            gone, or the list is damaged), ``trust-unsafe`` (others may write there), ``certificate-unreadable``.
        OSError: It cannot be read.
    """
    if not place.is_dir():
        return read_trust_file(place)
    if not (place / PIN_FILE).is_file():
        raise SigningError("trust-not-pinned")
    _refuse_unsafe(place)
    _refuse_unsafe(place / PIN_FILE)
    pins = _read_pins(place)
    found = TrustAnchors(())
    for path in sorted(place.iterdir()):
        if path.is_file() and path.suffix.lower() in {".cer", ".crt", ".pem", ".der", ".crl", ".ocsp"}:
            found = found.joined_with(read_trust_file(path))
    by_digest = {hashlib.sha256(root).hexdigest(): root for root in found.roots}
    if not pins.keys() <= by_digest.keys():
        raise SigningError("trust-changed")
    return TrustAnchors(
        tuple(by_digest[digest] for digest in pins),
        found.intermediates,
        found.revocation_lists,
        found.ocsp_responses,
    )


def read_trust_file(path: Path, kind: str = "") -> TrustAnchors:
    """Read one file of certificates, of a revocation list (``.crl``) or of an OCSP response (``.ocsp``).

    Args:
        path: The file.
        kind: What it is, when its name does not say so.

    Raises:
        SigningError: ``certificate-unreadable``, ``revocation-unreadable``.
        OSError: It cannot be read.
    """
    if path.stat().st_size > _LARGEST_FILE:
        raise SigningError("certificate-unreadable")
    content = path.read_bytes()
    kind = kind or path.suffix.lower()
    if kind == ".crl":
        return TrustAnchors((), revocation_lists=(_revocation_data(content, asn1_crl.CertificateList),))
    if kind == ".ocsp":
        return TrustAnchors((), ocsp_responses=(_revocation_data(content, asn1_ocsp.OCSPResponse),))
    roots: list[bytes] = []
    others: list[bytes] = []
    try:
        for der in read_certificate_file(content):
            (roots if _is_root(x509.load_der_x509_certificate(der)) else others).append(der)
    except ValueError:
        raise SigningError("certificate-unreadable") from None
    return TrustAnchors(tuple(roots), tuple(others))


def _revocation_data(content: bytes, kind: type[asn1_crl.CertificateList | asn1_ocsp.OCSPResponse]) -> bytes:
    try:
        if pem.detect(content):
            _, _, content = pem.unarmor(content)
        loaded = kind.load(content, strict=True)
        _ = loaded.native if kind is asn1_ocsp.OCSPResponse else loaded["tbs_cert_list"]["this_update"].native
    except (ValueError, TypeError):
        raise SigningError("revocation-unreadable") from None
    return content


def _is_root(certificate: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(certificate)
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except Exception:  # the library raises its own InvalidSignature, TypeError, ValueError …; each means "no"
        return False


def _read_pins(folder: Path) -> dict[str, str]:
    try:
        pins = json.loads((folder / PIN_FILE).read_bytes())["roots"]
        return {str(digest): str(when) for digest, when in pins.items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise SigningError("trust-changed") from None


def _refuse_unsafe(path: Path) -> None:
    if os.name == "posix" and path.stat().st_mode & 0o022:
        raise SigningError("trust-unsafe")


def _write(path: Path, content: bytes) -> None:
    with whole_file(path) as file:
        file.write(content)
        Path(file.name).chmod(0o644)


def _once(values: tuple[bytes, ...]) -> tuple[bytes, ...]:
    return tuple(dict.fromkeys(values))
