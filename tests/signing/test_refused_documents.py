# SPDX-License-Identifier: GPL-3.0-or-later
"""What cannot be signed is named before a key is needed: ``prepare`` takes none."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io

import pikepdf
import pytest

from demo.soft_token import SoftToken
from signing.certificates import SigningCertificate, read_certificate
from signing.errors import SigningError
from signing.pdf_signature import SignatureRequest, SignedPdf, prepare
from signing.stamp import StampPlace


@pytest.fixture
def certificate(pristine_token: SoftToken) -> SigningCertificate:
    return read_certificate(pristine_token.certificate)


def code_of(pdf: bytes, wish: SignatureRequest, certificate: SigningCertificate) -> str:
    with pytest.raises(SigningError) as caught:
        prepare(pdf, wish, certificate)
    return caught.value.code


def test_a_page_that_is_not_there_is_named(pdf: bytes, wish: SignatureRequest, certificate: SigningCertificate) -> None:
    with pytest.raises(SigningError) as caught:
        prepare(pdf, dataclasses.replace(wish, place=StampPlace(page=7)), certificate)
    assert caught.value.code == "stamp-page-missing"
    assert caught.value.details == {"page": "8", "pages": "2"}


def test_a_letter_that_cannot_be_drawn_stops_the_signature(
    pdf: bytes, wish: SignatureRequest, certificate: SigningCertificate
) -> None:
    assert code_of(pdf, dataclasses.replace(wish, unit="Xã 😀"), certificate) == "stamp-glyph-missing"


def test_a_certificate_is_not_used_outside_its_days(
    pdf: bytes, wish: SignatureRequest, certificate: SigningCertificate
) -> None:
    late = dataclasses.replace(wish, signing_time=certificate.not_after + dt.timedelta(seconds=1))
    early = dataclasses.replace(wish, signing_time=certificate.not_before - dt.timedelta(seconds=1))
    assert code_of(pdf, late, certificate) == "certificate-expired"
    assert code_of(pdf, early, certificate) == "certificate-not-yet-valid"


def test_an_authority_does_not_sign_documents(pdf: bytes, wish: SignatureRequest, pristine_token: SoftToken) -> None:
    authority = read_certificate(pristine_token.trust.intermediates[0])
    assert code_of(pdf, wish, authority) == "certificate-not-for-signing"


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.7\n", b"<html><body>502 Bad Gateway</body></html>", bytes(range(256)) * 64, b"%PDF-1.7\n%%EOF\n"],
    ids=["empty", "header only", "html", "garbage", "nothing inside"],
)
def test_what_is_no_document_is_unreadable(
    content: bytes, wish: SignatureRequest, certificate: SigningCertificate
) -> None:
    assert code_of(content, wish, certificate) == "pdf-unreadable"


def test_a_truncated_document_is_unreadable(
    pdf: bytes, wish: SignatureRequest, certificate: SigningCertificate
) -> None:
    assert code_of(pdf[: len(pdf) // 2], wish, certificate) == "pdf-unreadable"


@pytest.mark.parametrize("password", ["", "secret"])
def test_an_encrypted_document_is_refused(
    pdf: bytes, password: str, wish: SignatureRequest, certificate: SigningCertificate
) -> None:
    encrypted = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(encrypted, encryption=pikepdf.Encryption(owner="owner", user=password))
    assert code_of(encrypted.getvalue(), wish, certificate) == "pdf-encrypted"


def test_a_document_certified_against_changes_is_left_alone(
    signed: SignedPdf, wish: SignatureRequest, certificate: SigningCertificate
) -> None:
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(signed.content)) as document:
        parameters = pikepdf.Dictionary(Type=pikepdf.Name.TransformParams, V=pikepdf.Name("/1.2"), P=1)
        document.Root.AcroForm.Fields[0].V.Reference = pikepdf.Array(
            [
                pikepdf.Dictionary(
                    Type=pikepdf.Name.SigRef, TransformMethod=pikepdf.Name.DocMDP, TransformParams=parameters
                )
            ]
        )
        document.save(locked)
    assert code_of(locked.getvalue(), wish, certificate) == "pdf-locked"
