# SPDX-License-Identifier: GPL-3.0-or-later
"""A PAdES B-B signature in three phases: prepare the document, sign, embed (ETSI EN 319 142-1).

The phases are apart so that a batch can prepare the next document while the token signs this one, so that any kind of
key fits (the key sees 32 bytes), and so that the half-way state can be stored. The room reserved for the signature is
wide enough for a timestamp that comes when there is a network again.
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import io
from dataclasses import dataclass, field
from typing import Final

from asn1crypto import cms, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import as_signing_certificate_v2
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigAppearanceSetup, SigIOSetup, SigObjSetup
from pyhanko.sign.signers.constants import ESIC_EXTENSION_1
from pyhanko.sign.signers.pdf_byterange import PreparedByteRangeDigest, SignatureObject
from pyhanko.sign.signers.pdf_cms import ExternalSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from signing import pyhanko_calls
from signing.certificates import SigningCertificate
from signing.errors import SigningError
from signing.keys.signing_key import SigningKey as SigningKey  # whoever signs documents looks for it here
from signing.looks.appearance import stamp_style
from signing.looks.look import Look, SignerFacts, TextLook
from signing.looks.place import Place
from signing.looks.settling import settle
from signing.pdf_file import elements, entry, open_pdf
from signing.quiet_writer import QuietWriter
from signing.stamp import StampPlace

pyhanko_calls.silence()

# Hex characters, so 16 KiB of DER: a signature with its chain takes 4 to 6 KiB, a timestamp with its own 3 to 8 KiB. A
# PDF/A-2 string may have 32,767 bytes.
RESERVED_CHARACTERS: Final = 32_768


@dataclass(frozen=True, slots=True)
class SignatureRequest:
    """What the signature is to say.

    Attributes:
        signing_time: Aware. A claim of this machine's clock, not a proof.
        unit: Name of the unit in the stamp; empty = the organisation on the certificate.
        place: Where the stamp goes; ``None`` = no stamp.
        look: What the stamp looks like.
        reason: Shown by viewers beside the signature; may be empty.
        intermediates: Authorities to embed besides those on the token, DER.
    """

    signing_time: dt.datetime
    unit: str = ""
    place: Place | None = field(default_factory=StampPlace)
    look: Look = field(default_factory=TextLook)
    reason: str = ""
    intermediates: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class PreparedPdf:
    """A document that waits for its signature; all plain values, so that it can be stored.

    Attributes:
        content: The document with stamp, field and an empty hole.
        document_digest: SHA-256 of everything but the hole.
        hole_start: Offset of the hole's ``<``.
        hole_end: Offset behind the hole's ``>``.
        field_name: Name of the signature field.
    """

    content: bytes = field(repr=False)
    document_digest: bytes
    hole_start: int
    hole_end: int
    field_name: str


@dataclass(frozen=True, slots=True)
class SignedPdf:
    """A signed document and what the audit chain keeps of it.

    A later timestamp changes the file but neither of the digests.

    Attributes:
        content: The document.
        byte_range_digest: Hex SHA-256 of everything that is signed.
        signature_value_sha256: Hex SHA-256 of the signature value.
        field_name: Name of the signature field.
        level: PAdES level.
    """

    content: bytes = field(repr=False)
    byte_range_digest: str
    signature_value_sha256: str
    field_name: str
    level: str = "B-B"


def sign_pdf(pdf: bytes, request: SignatureRequest, key: SigningKey) -> SignedPdf:
    """Sign one document: all three phases.

    Raises:
        SigningError: Everything that ``prepare``, the key and ``embed`` raise.
    """
    prepared = prepare(pdf, request, key.certificate)
    attributes = attributes_to_sign(prepared, key.certificate)
    signature = key.sign_digest(hashlib.sha256(attributes).digest())
    return embed(prepared, attributes, signature, key.certificate, (*key.chain, *request.intermediates))


def prepare(
    pdf: bytes, request: SignatureRequest, certificate: SigningCertificate, *, displayed_sha256: str | None = None
) -> PreparedPdf:
    """Phase 1: add stamp, field and hole as an incremental revision. Needs no key.

    Args:
        pdf: Any PDF; earlier signatures stay valid. Its metadata is left alone, so PDF/A stays what it was.
        request: What the signature is to say.
        certificate: Who is going to sign.
        displayed_sha256: Hex digest of the file whose pages the signer was shown; another file is refused. ``None``
            when nobody was shown anything.

    Raises:
        SigningError: ``not-the-displayed-document``, ``certificate-expired``, ``certificate-not-yet-valid``,
            ``certificate-not-for-signing``, ``pdf-unreadable``, ``pdf-encrypted``, ``pdf-locked`` (an earlier
            signature forbids changes), ``pdf-not-signable``, and those of
            ``signing.looks.settling.settle``.
    """
    if displayed_sha256 is not None and hashlib.sha256(pdf).hexdigest() != displayed_sha256.lower():
        raise SigningError("not-the-displayed-document")
    _refuse_unfit(certificate, request.signing_time)
    reader = open_pdf(pdf)
    try:
        return _prepare(reader, request, certificate)
    except SigningError:
        raise
    except Exception as error:  # a file that opens can still be broken where the revision hooks in
        raise SigningError("pdf-not-signable", reason=type(error).__name__) from None


def attributes_to_sign(prepared: PreparedPdf, certificate: SigningCertificate) -> bytes:
    """Phase 2: the CMS signed attributes as DER; their SHA-256 is what the key signs.

    They are content-type, message-digest and signing-certificate-v2; a signing-time is not allowed in PAdES
    (ETSI EN 319 142-1 §6.3).
    """
    values = {
        "content_type": "data",
        "message_digest": prepared.document_digest,
        # asn1crypto encodes what was built anew at every level above it, what was loaded never: 10 ms or 1.
        "signing_certificate_v2": tsp.SigningCertificateV2.load(_reference_to(certificate.der)),
    }
    attributes = cms.CMSAttributes(
        [cms.CMSAttribute({"type": kind, "values": [value]}) for kind, value in values.items()]
    )
    encoded: bytes = attributes.dump()
    return encoded


def check_signature(certificate: SigningCertificate, attributes: bytes, signature: bytes) -> None:
    """See that a key is the certificate's before its answer is believed.

    Raises:
        SigningError: ``signature-mismatch``, ``key-not-supported``.
    """
    key = x509.load_der_x509_certificate(certificate.der).public_key()
    if not isinstance(key, rsa.RSAPublicKey):
        raise SigningError("key-not-supported")
    try:
        key.verify(signature, attributes, padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        raise SigningError("signature-mismatch") from None


def embed(
    prepared: PreparedPdf,
    attributes: bytes,
    signature: bytes,
    certificate: SigningCertificate,
    chain: tuple[bytes, ...],
) -> SignedPdf:
    """Phase 3: check the signature against the certificate and put it into the hole.

    Args:
        prepared: From ``prepare``.
        attributes: From ``attributes_to_sign``.
        signature: What the key made of the SHA-256 of ``attributes``.
        certificate: Whose key it was.
        chain: Intermediate authorities to embed, DER.

    Raises:
        SigningError: ``signature-mismatch`` (the key is not the certificate's, or the attributes are another
            document's), ``signature-too-large``.
    """
    signed_attributes = cms.CMSAttributes.load(attributes)
    check_signature(certificate, attributes, signature)
    if _message_digest(signed_attributes) != prepared.document_digest:
        raise SigningError("signature-mismatch")
    authorities = SimpleCertificateStore.from_certs(  # type: ignore[no-untyped-call]  # pyHanko's gap
        [asn1_x509.Certificate.load(der) for der in chain]
    )
    packer = ExternalSigner(
        signing_cert=asn1_x509.Certificate.load(certificate.der),
        cert_registry=authorities,
        signature_value=signature,
        embed_roots=False,
    )
    message = pyhanko_calls.finish(packer.async_sign_prescribed_attributes("sha256", signed_attributes)).dump()
    if 2 * len(message) > prepared.hole_end - prepared.hole_start - 2:
        raise SigningError("signature-too-large", bytes=str(len(message)))
    output = io.BytesIO(prepared.content)
    PreparedByteRangeDigest(prepared.document_digest, prepared.hole_start, prepared.hole_end).fill_with_cms(
        output, message
    )
    return SignedPdf(
        content=output.getvalue(),
        byte_range_digest=prepared.document_digest.hex(),
        signature_value_sha256=hashlib.sha256(signature).hexdigest(),
        field_name=prepared.field_name,
    )


@functools.lru_cache(maxsize=4)
def _reference_to(certificate: bytes) -> bytes:
    """A signing-certificate-v2 attribute's value; the same for all documents of a batch, and slow to build."""
    reference: bytes = as_signing_certificate_v2(asn1_x509.Certificate.load(certificate)).dump()
    return reference


def _prepare(reader: PdfFileReader, request: SignatureRequest, certificate: SigningCertificate) -> PreparedPdf:
    _refuse_locked(reader)
    writer = QuietWriter.from_reader(reader)
    if writer.output_version < (2, 0):
        writer.register_extension(ESIC_EXTENSION_1)  # PAdES is an extension of PDF 1.7, and part of 2.0
    field_name = _free_field_name(reader)
    spec: SigFieldSpec | None = SigFieldSpec(field_name)
    appearance = None
    if request.place is not None:
        field_name, spec, appearance = _stamp(reader, request, request.place, certificate, field_name)
    steps = PdfCMSEmbedder(new_field_spec=spec).write_cms(field_name, writer)
    next(steps)
    placeholder = SignatureObject(
        timestamp=request.signing_time,
        subfilter=SigSeedSubFilter.PADES,
        reason=request.reason or None,
        bytes_reserved=RESERVED_CHARACTERS,
    )
    steps.send(SigObjSetup(sig_placeholder=placeholder, appearance_setup=appearance))
    digest, output = steps.send(SigIOSetup(md_algorithm="sha256"))
    return PreparedPdf(
        content=output.getvalue(),
        document_digest=digest.document_digest,
        hole_start=digest.reserved_region_start,
        hole_end=digest.reserved_region_end,
        field_name=field_name,
    )


def _stamp(
    reader: PdfFileReader, request: SignatureRequest, place: Place, certificate: SigningCertificate, field_name: str
) -> tuple[str, SigFieldSpec | None, SigAppearanceSetup]:
    facts = SignerFacts(certificate.subject_name, request.unit or certificate.organisation, request.signing_time)
    stamp = settle(reader, reader.stream.getvalue(), place, request.look, facts)
    appearance = SigAppearanceSetup(style=stamp_style(stamp), timestamp=request.signing_time, name=None)
    if stamp.field_name:
        return stamp.field_name, None, appearance
    box = stamp.rectangle
    edges = (box.left, box.bottom, box.right, box.top)
    spec = SigFieldSpec(field_name, on_page=stamp.page, box=edges)  # type: ignore[arg-type]  # fractions are written too
    return field_name, spec, appearance


def _free_field_name(reader: PdfFileReader) -> str:
    form = entry(reader.root, "/AcroForm")
    taken = {str(entry(existing, "/T")) for existing in elements(form, "/Fields")}
    number = 1
    while f"Signature{number}" in taken:
        number += 1
    return f"Signature{number}"


def _refuse_unfit(certificate: SigningCertificate, moment: dt.datetime) -> None:
    if moment > certificate.not_after:
        raise SigningError("certificate-expired", not_after=certificate.not_after.date().isoformat())
    if moment < certificate.not_before:
        raise SigningError("certificate-not-yet-valid", not_before=certificate.not_before.date().isoformat())
    if not certificate.may_sign:
        raise SigningError("certificate-not-for-signing")


def _refuse_locked(reader: PdfFileReader) -> None:
    """Another signature would break one that allows no changes (ISO 32000-1 §12.8.2.2)."""
    if any(signature.docmdp_level is MDPPerm.NO_CHANGES for signature in reader.embedded_signatures):
        raise SigningError("pdf-locked")


def _message_digest(attributes: cms.CMSAttributes) -> bytes | None:
    for attribute in attributes:
        if attribute["type"].native == "message_digest":
            digest: bytes = attribute["values"][0].native
            return digest
    return None
