# SPDX-License-Identifier: GPL-3.0-or-later
"""Whose signature it is, and whether that certificate could sign at all."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io

import pytest
from asn1crypto import keys, x509
from cryptography import x509 as cryptography_x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from signing import pyhanko_calls
from signing.certificates import read_certificate
from signing.pdf_signature import sign_pdf
from signing.trust import TrustAnchors
from signing.verdicts.verdict import Problem, Revocation, Verdict
from tests.signing.pki import NOW, PublicKeyInfrastructure, SoftwareKey
from tests.signing.verification.conftest import Judge
from tests.signing.verification.documents import DAY, HOUR, request, sign, trust_of


@pytest.mark.parametrize(
    ("who", "verdict", "problem"),
    [
        ("signer", Verdict.VALID, None),
        ("seal", Verdict.VALID, None),
        ("expired", Verdict.CANNOT_TELL, Problem.CERTIFICATE_EXPIRED),
        ("not-yet", Verdict.CANNOT_TELL, Problem.CERTIFICATE_NOT_YET_VALID),
        ("revoked", Verdict.INVALID, Problem.REVOKED),
        ("not-for-signing", Verdict.INVALID, Problem.NOT_FOR_SIGNING),
        ("sha1", Verdict.CANNOT_TELL, Problem.WEAK_ALGORITHM),
        ("foreign", Verdict.CANNOT_TELL, Problem.NOT_TRUSTED),
        ("of-revoked-authority", Verdict.INVALID, Problem.REVOKED),
    ],
)
def test_a_certificate_that_does_not_count_is_named(
    who: str, verdict: Verdict, problem: Problem | None, paper: bytes, judge: Judge, pki: PublicKeyInfrastructure
) -> None:
    report = judge(sign(pki, paper, who))
    (signature,) = report.signatures
    assert (signature.verdict, signature.problem) == (verdict, problem)
    assert report.verdict is verdict
    assert signature.intact


def test_a_revoked_certificate_is_named_with_its_day(paper: bytes, judge: Judge, pki: PublicKeyInfrastructure) -> None:
    (signature,) = judge(sign(pki, paper, "revoked")).signatures
    assert signature.revocation is Revocation.REVOKED
    assert signature.revoked_since == NOW - 30 * DAY


@pytest.mark.parametrize("who", ["signer", "revoked"])
def test_without_lists_a_revoked_certificate_looks_like_any_other_and_neither_is_valid(
    who: str, paper: bytes, judge: Judge, pki: PublicKeyInfrastructure
) -> None:
    (signature,) = judge(sign(pki, paper, who), NOW, trust_of(pki, lists=False)).signatures
    assert (signature.verdict, signature.problem) == (Verdict.CANNOT_TELL, Problem.REVOCATION_UNKNOWN)


def test_the_list_of_one_authority_is_not_enough(bb: bytes, judge: Judge, pki: PublicKeyInfrastructure) -> None:
    """That of the root says whether the authority between still counts."""
    only = dataclasses.replace(trust_of(pki), revocation_lists=(pki.crl("intermediate", NOW),))
    (signature,) = judge(bb, NOW, only).signatures
    assert signature.problem is Problem.REVOCATION_UNKNOWN


def test_a_list_of_somebody_else_counts_for_nothing(bb: bytes, judge: Judge, pki: PublicKeyInfrastructure) -> None:
    wrong = dataclasses.replace(trust_of(pki), revocation_lists=(pki.crl("foreign-root", NOW), b"rubbish", b""))
    (signature,) = judge(bb, NOW, wrong).signatures
    assert signature.problem is Problem.REVOCATION_UNKNOWN


def test_nobody_is_trusted_without_roots(bb: bytes, judge: Judge, pki: PublicKeyInfrastructure) -> None:
    for believed in (TrustAnchors(()), TrustAnchors((), pki.trust.intermediates), TrustAnchors((b"rubbish",))):
        (signature,) = judge(bb, NOW, believed).signatures
        assert (signature.verdict, signature.problem) == (Verdict.CANNOT_TELL, Problem.NOT_TRUSTED)
        assert not signature.trusted


@pytest.mark.parametrize("digest", ["sha1", "md5"])
def test_a_broken_digest_proves_nothing(digest: str, paper: bytes, judge: Judge, pki: PublicKeyInfrastructure) -> None:
    key = pki.key()
    private = keys.PrivateKeyInfo.load(key.private_key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))
    chain = [x509.Certificate.load(der) for der in key.chain]
    store = SimpleCertificateStore.from_certs(chain)  # type: ignore[no-untyped-call]  # pyHanko's gap
    signer = SimpleSigner(x509.Certificate.load(key.certificate.der), private, store)
    meta = PdfSignatureMetadata(field_name="Old", md_algorithm=digest, subfilter=SigSeedSubFilter.PADES)
    writer = IncrementalPdfFileWriter(io.BytesIO(paper))
    signed = pyhanko_calls.finish(PdfSigner(meta, signer).async_sign_pdf(writer)).getvalue()
    (signature,) = judge(signed).signatures
    assert (signature.verdict, signature.problem) == (Verdict.CANNOT_TELL, Problem.WEAK_ALGORITHM)


def test_names_stay_out_of_the_representation(bb: bytes, judge: Judge) -> None:
    report = judge(bb)
    assert report.signatures[0].signer_name == "Nguyễn Thị Ngọc Ánh"
    assert "Nguyễn" not in repr(report)


def issue(
    pki: PublicKeyInfrastructure, issuer: str, bits: int = 2048, common_name: str = "Somebody"
) -> tuple[rsa.RSAPrivateKey, bytes]:
    """A certificate that the configured infrastructure would never issue."""
    authority = cryptography_x509.load_der_x509_certificate(pki.der(issuer))
    key = rsa.generate_private_key(65537, bits)
    name = cryptography_x509.Name([cryptography_x509.NameAttribute(NameOID.COMMON_NAME, common_name)])
    usage = cryptography_x509.KeyUsage(True, True, *[False] * 7)
    builder = (
        cryptography_x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(authority.subject)
        .public_key(key.public_key())
        .serial_number(4711)
        .not_valid_before(NOW - DAY)
        .not_valid_after(NOW + DAY)
        .add_extension(usage, critical=True)
    )
    return key, builder.sign(pki.key(issuer).private_key, hashes.SHA256()).public_bytes(Encoding.DER)


def test_a_person_cannot_issue_certificates(paper: bytes, judge: Judge, pki: PublicKeyInfrastructure) -> None:
    """Whoever has a certificate of his own could be anybody otherwise."""
    private, der = issue(pki, "signer", common_name="Chủ tịch")
    key = SoftwareKey(read_certificate(der), (pki.der("signer"), pki.der("intermediate")), private)
    (signature,) = judge(sign_pdf(paper, request(), key).content).signatures
    assert (signature.verdict, signature.problem) == (Verdict.CANNOT_TELL, Problem.NOT_TRUSTED)
    (honest_key, honest) = issue(pki, "intermediate")
    key = SoftwareKey(read_certificate(honest), (pki.der("intermediate"),), honest_key)
    (signature,) = judge(sign_pdf(paper, request(), key).content).signatures
    assert signature.problem is not Problem.NOT_TRUSTED


def test_a_short_key_proves_nothing(paper: bytes, judge: Judge, pki: PublicKeyInfrastructure) -> None:
    private, der = issue(pki, "intermediate", 1024)
    key = SoftwareKey(read_certificate(der), (pki.der("intermediate"),), private)
    (signature,) = judge(sign_pdf(paper, request(), key).content).signatures
    assert (signature.verdict, signature.problem) == (Verdict.CANNOT_TELL, Problem.WEAK_ALGORITHM)


def revocation_list(
    pki: PublicKeyInfrastructure, made: dt.datetime, *, revoked: bool, by: str = "intermediate"
) -> bytes:
    authority = cryptography_x509.load_der_x509_certificate(pki.der("intermediate"))
    builder = (
        cryptography_x509.CertificateRevocationListBuilder()
        .issuer_name(authority.subject)
        .last_update(made)
        .next_update(made + 30 * DAY)
    )
    if revoked:
        signer = cryptography_x509.load_der_x509_certificate(pki.der("signer"))
        entry = cryptography_x509.RevokedCertificateBuilder()
        entry = entry.serial_number(signer.serial_number).revocation_date(NOW - HOUR)
        builder = builder.add_revoked_certificate(entry.build())
    return builder.sign(pki.key(by).private_key, hashes.SHA256()).public_bytes(Encoding.DER)


@pytest.mark.parametrize("newer_first", [True, False])
def test_of_two_lists_that_both_hold_the_newer_one_counts(
    newer_first: bool, bb: bytes, judge: Judge, pki: PublicKeyInfrastructure
) -> None:
    """An old list that a document brings along does not hide what a new one says."""
    old = revocation_list(pki, NOW - DAY, revoked=False)
    new = revocation_list(pki, NOW, revoked=True)
    lists = (new, old) if newer_first else (old, new)
    believed = dataclasses.replace(trust_of(pki), revocation_lists=(pki.crl("root", NOW), *lists))
    (signature,) = judge(bb, NOW, believed).signatures
    assert (signature.problem, signature.valid) == (Problem.REVOKED, False)


def test_a_list_that_a_person_signed_in_the_name_of_the_authority_counts_for_nothing(
    bb: bytes, judge: Judge, pki: PublicKeyInfrastructure
) -> None:
    forged = revocation_list(pki, NOW - HOUR, revoked=False, by="chairman")
    believed = dataclasses.replace(trust_of(pki), revocation_lists=(pki.crl("root", NOW), forged))
    (signature,) = judge(bb, NOW, believed).signatures
    assert (signature.verdict, signature.problem) == (Verdict.CANNOT_TELL, Problem.REVOCATION_UNKNOWN)
