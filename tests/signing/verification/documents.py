# SPDX-License-Identifier: GPL-3.0-or-later
"""Signed documents for verification: honest ones of every level, and the tools with which attackers change them."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import io
import re
from collections.abc import Callable, Sequence
from typing import Any

import pikepdf
from asn1crypto import cms, crl, tsp, x509
from certomancer.registry import ServiceLabel
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.signers.pdf_byterange import PreparedByteRangeDigest
from pyhanko.sign.signers.pdf_signer import PdfTimeStamper
from pyhanko.sign.timestamps.api import TimeStamper
from pyhanko.sign.validation.dss import DocumentSecurityStore

from signing import pyhanko_calls
from signing.errors import SigningError
from signing.pdf_signature import PreparedPdf, SignatureRequest, attributes_to_sign, embed, prepare, sign_pdf
from signing.stamp import StampPlace
from signing.trust import TrustAnchors
from signing.verdicts.verdict import DocumentReport, Verdict
from tests.signing.pki import NOW, PublicKeyInfrastructure, SoftwareKey

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
YEAR = dt.timedelta(days=365)

Tamper = Callable[[bytearray, int, int], int]


def plain_pdf(*, fields: bool = False) -> bytes:
    """A document of two pages that says a sum; with text fields when told so."""
    made = io.BytesIO()
    with pikepdf.new() as document:
        font = document.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        )
        for text in ("Pay 1 000 000", "Page two"):
            page = document.add_blank_page(page_size=(595, 842))
            page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
            page.obj.Contents = document.make_stream(f"BT /F1 24 Tf 72 700 Td ({text}) Tj ET".encode())
        if fields:
            _add_text_field(document, font)
        document.save(made, static_id=True)
    return made.getvalue()


def _add_text_field(document: pikepdf.Pdf, font: pikepdf.Object) -> None:
    look = document.make_stream(
        b"/Tx BMC BT /F1 12 Tf 2 5 Td (1 000) Tj ET EMC",
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Form,
        BBox=[0, 0, 200, 20],
        Resources=pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font)),
    )
    field = document.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Widget,
            FT=pikepdf.Name.Tx,
            T="amount",
            V="1 000",
            DA="/F1 12 Tf 0 g",
            Rect=[72, 600, 272, 620],
            P=document.pages[0].obj,
            AP=pikepdf.Dictionary(N=look),
        )
    )
    document.pages[0].obj.Annots = pikepdf.Array([field])
    document.Root.AcroForm = pikepdf.Dictionary(
        Fields=pikepdf.Array([field]), DA="/F1 12 Tf 0 g", DR=pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    )


def request(*, visible: bool = False, at: dt.datetime = NOW) -> SignatureRequest:
    """What a signature says: made at a moment, with or without a stamp."""
    return SignatureRequest(signing_time=at, place=StampPlace() if visible else None)


def sign(pki: PublicKeyInfrastructure, pdf: bytes, who: str = "signer", **wish: Any) -> bytes:
    """Sign as a person of the test infrastructure, whatever our own checks say of the certificate."""
    key = pki.key(who)
    return sign_pdf(pdf, request(**wish), _unchecked(key)).content


def sign_tampered(
    pki: PublicKeyInfrastructure, pdf: bytes, tamper: Tamper, who: str = "signer", reason: str = ""
) -> bytes:
    """Sign what a hostile program made of the half-way state; ``tamper`` gives the new end of the hole."""
    key = _unchecked(pki.key(who))
    prepared = prepare(pdf, dataclasses.replace(request(), reason=reason), key.certificate)
    content = bytearray(prepared.content)
    hole_end = tamper(content, prepared.hole_start, prepared.hole_end)
    digest = hashlib.sha256(content[: prepared.hole_start] + content[hole_end:]).digest()
    changed = dataclasses.replace(prepared, content=bytes(content), document_digest=digest)
    return finish(changed, key)


def finish(prepared: PreparedPdf, key: SoftwareKey) -> bytes:
    """Sign and embed a half-way state."""
    attributes = attributes_to_sign(prepared, key.certificate)
    value = key.sign_digest(hashlib.sha256(attributes).digest())
    return embed(prepared, attributes, value, key.certificate, key.chain).content


def _unchecked(key: SoftwareKey) -> SoftwareKey:
    """Let the signing side believe that a certificate is in order: what a foreign program does is not up to us."""
    fit = dataclasses.replace(key.certificate, not_before=NOW - 20 * YEAR, not_after=NOW + 20 * YEAR, may_sign=True)
    return dataclasses.replace(key, certificate=fit)


def trust_of(pki: PublicKeyInfrastructure, at: dt.datetime | None = None, *, lists: bool = True) -> TrustAnchors:
    """What a desk believes, with revocation lists as they were cached at a moment."""
    names = ("root", "intermediate", "revoked-authority") if lists else ()
    return dataclasses.replace(pki.trust, revocation_lists=tuple(pki.crl(name, at or NOW) for name in names))


class LocalStamper(TimeStamper):
    """A time stamping authority without HTTP, with a clock of its own."""

    def __init__(self, pki: PublicKeyInfrastructure, at: dt.datetime, name: str = "tsa") -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._stamper = pki.architecture.service_registry.summon_timestamper(ServiceLabel(name), at)

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Answer."""
        return self._stamper.request_tsa_response(req)


def stamp_inside(pki: PublicKeyInfrastructure, pdf: bytes, at: dt.datetime, name: str = "tsa") -> bytes:
    """Way A: a timestamp into the signature that is the last revision."""

    def add(message: cms.ContentInfo) -> None:
        (signer,) = message["content"]["signer_infos"]
        imprint = hashlib.sha256(signer["signature"].native).digest()
        token = pyhanko_calls.finish(LocalStamper(pki, at, name).async_timestamp(imprint, "sha256"))
        signer["unsigned_attrs"] = cms.CMSAttributes([{"type": "signature_time_stamp_token", "values": [token]}])

    return change_message(pdf, add)


def change_message(pdf: bytes, change: Callable[[cms.ContentInfo], None]) -> bytes:
    """Change the CMS of the last signature where it lies."""
    signature = PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures[-1]
    message = cms.ContentInfo.load(signature.pkcs7_content, strict=False)
    change(message)
    output = io.BytesIO(pdf)
    _, start, end, _ = (int(number) for number in signature.byte_range)
    PreparedByteRangeDigest(b"", start, end).fill_with_cms(output, message.dump(force=True))
    return output.getvalue()


def stamp_document(pki: PublicKeyInfrastructure, pdf: bytes, at: dt.datetime, name: str = "tsa") -> bytes:
    """Way B: a document timestamp as a revision."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    stamped = pyhanko_calls.finish(
        PdfTimeStamper(LocalStamper(pki, at, name)).async_timestamp_pdf(writer, "sha256", bytes_reserved=16_384)
    )
    content: bytes = stamped.getvalue()
    return content


def add_store(pki: PublicKeyInfrastructure, pdf: bytes, at: dt.datetime) -> bytes:
    """Put the revocation lists of a moment and the authorities into the document (DSS)."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    DocumentSecurityStore.supply_dss_in_writer(
        writer,
        None,
        certs=[x509.Certificate.load(pki.der(name)) for name in ("root", "intermediate", "tsa")],
        ocsps=[],
        crls=[crl.CertificateList.load(pki.crl(name, at)) for name in ("root", "intermediate")],
    )
    return written(writer)


def long_term(pki: PublicKeyInfrastructure, pdf: bytes, at: dt.datetime) -> bytes:
    """Store and document timestamp."""
    return stamp_document(pki, add_store(pki, pdf, at), at)


def revise(content: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    """Append a revision, as an editor or an attacker does. pyHanko leaves some of what this needs untyped."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    change(writer)
    return written(writer)


def written(writer: IncrementalPdfFileWriter) -> bytes:
    """What a writer made, without pyHanko's own entry in the metadata."""
    quiet: Any = writer
    quiet._update_meta = lambda: None
    output = io.BytesIO()
    writer.write(output)  # type: ignore[no-untyped-call]
    return output.getvalue()


def hole_of(content: bytes, number: int = -1) -> tuple[int, int]:
    """Where a signature lies; the last one unless told otherwise."""
    found = re.findall(rb"/ByteRange\s*\[0 (\d+) (\d+) \d+\s*\]", content)
    return int(found[number][0]), int(found[number][1])


def objects_appended(
    content: bytes, objects: Sequence[tuple[int, bytes]], *, root: int | None = None, more: bytes = b""
) -> bytes:
    """An incremental update by hand: object numbers and bodies, a classic cross-reference table, a trailer."""
    previous = int(content[content.rindex(b"startxref") + 9 :].split()[0])
    reader = PdfFileReader(io.BytesIO(content))
    root_number = root or reader.root_ref.idnum
    size = max([int(reader.trailer["/Size"]), *(number + 1 for number, _ in objects)])
    output = bytearray(content + b"\n")
    entries = b""
    for number, body in objects:
        entries += b"%d 1\n%010d 00000 n \n" % (number, len(output))
        output += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(output)
    output += b"xref\n" + entries
    output += b"trailer\n<</Size %d/Root %d 0 R/Prev %d%s>>\nstartxref\n%d\n%%%%EOF\n" % (
        size,
        root_number,
        previous,
        more,
        start,
    )
    return bytes(output)


def verdict_on(content: bytes, judge: Callable[[bytes], DocumentReport]) -> Verdict:
    """The verdict on a file that may be too broken to be judged at all."""
    try:
        return judge(content).verdict
    except SigningError as error:
        if error.code not in {"pdf-unreadable", "pdf-encrypted"}:
            raise
        return Verdict.CANNOT_TELL


def name(text: str) -> generic.NameObject:
    """A PDF name."""
    return generic.NameObject(text)
