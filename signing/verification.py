# SPDX-License-Identifier: GPL-3.0-or-later
"""What the signatures in a PDF are worth, judged without a network.

A verdict needs both: pyHanko's bottom line, which knows what was changed after signing, and the AdES indication (ETSI
EN 319 102-1), which knows what is wrong with a chain. Neither is enough alone: the second still passes a file that had
an annotation added.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from asn1crypto import parser
from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESFailure, AdESIndeterminate, AdESSubIndic
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature, async_validate_pdf_signature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from signing import pyhanko_calls
from signing.certificates import read_certificate
from signing.errors import SigningError
from signing.pdf_file import entry, open_pdf, signature_fields
from signing.trust import TrustAnchors

pyhanko_calls.silence()

# Signatures by law are made with nonRepudiation; several Vietnamese authorities issue digitalSignature only.
_KEY_USAGE: Final = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"})


class Problem(StrEnum):
    """The first thing that is wrong with a signature; the order is the order of judgement."""

    UNREADABLE = "unreadable"
    """The signature is damaged or of a kind that cannot be judged."""
    BYTE_RANGE = "byte-range"
    """The signed range does not leave out exactly the signature: something may hide in the gap."""
    ALTERED = "altered"
    """The signed content is not what was signed."""
    BROKEN = "broken"
    """The signature value was not made by the certificate's key."""
    WEAK_ALGORITHM = "weak-algorithm"
    """SHA-1, a short key, or another algorithm that no longer proves anything."""
    CHANGED_AFTER_SIGNING = "changed-after-signing"
    """Something was added later that the signature does not allow."""
    REVOKED = "revoked"
    """The document itself carries proof that the certificate was revoked."""
    CERTIFICATE_EXPIRED = "certificate-expired"
    """At the moment of judgement; nothing proves that the signature is older."""
    CERTIFICATE_NOT_YET_VALID = "certificate-not-yet-valid"
    NOT_FOR_SIGNING = "not-for-signing"
    """The certificate was issued for something else."""
    NOT_TRUSTED = "not-trusted"
    """No chain leads to a root that is trusted here."""
    TIMESTAMP = "timestamp"
    """A timestamp inside the signature is wrong or not trusted."""
    NOT_ACCEPTED = "not-accepted"
    """Another rule of the standard is broken."""


class Modification(StrEnum):
    """What was done to the document after this signature."""

    NONE = "none"
    MAINTENANCE = "maintenance"
    """Timestamps and validation data only."""
    FORM_FILLING = "form-filling"
    """Further signatures or allowed form fields."""
    OTHER = "other"


class Revocation(StrEnum):
    """What is known of the certificate's revocation."""

    UNKNOWN_OFFLINE = "unknown-offline"
    """Nobody was asked; a certificate that was revoked yesterday looks the same."""
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class SignatureVerdict:
    """What one signature is worth.

    Attributes:
        field_name: Name of its field.
        valid: Whether it holds, as far as can be judged offline: ``revocation`` says what could not.
        problem: Why it does not; ``None`` when it does.
        intact: Whether the signed range is what was signed.
        trusted: Whether the certificate leads to a trusted root and was valid at the moment of judgement.
        modification: What was done to the document afterwards.
        covers_entire_file: Whether nothing at all was added afterwards.
        signer_name: Common name on the certificate; claimed only unless ``trusted``.
        organisation: Organisation on the certificate.
        certificate_sha256: Hex.
        claimed_time: When it says it was made; a claim of the signer's clock.
        level: ``B-B`` for a PAdES signature, empty for another kind.
        revocation: What is known.
        byte_range_digest: Hex SHA-256 of the signed range, as in ``SignedPdf``.
        signature_value_sha256: Hex, as in ``SignedPdf``.
    """

    field_name: str
    valid: bool
    problem: Problem | None
    intact: bool = False
    trusted: bool = False
    modification: Modification = Modification.OTHER
    covers_entire_file: bool = False
    signer_name: str = field(default="", repr=False)
    organisation: str = field(default="", repr=False)
    certificate_sha256: str = ""
    claimed_time: dt.datetime | None = None
    level: str = ""
    revocation: Revocation = Revocation.UNKNOWN_OFFLINE
    byte_range_digest: str = ""
    signature_value_sha256: str = ""


def verify_pdf(content: bytes, trust: TrustAnchors, moment: dt.datetime | None = None) -> tuple[SignatureVerdict, ...]:
    """Judge all signatures of people in a PDF. Never asks the network; document timestamps are left out.

    Args:
        content: Anything that claims to be a PDF.
        trust: Whom to believe.
        moment: Aware moment of judgement; ``None`` = now.

    Returns:
        One verdict for each signed field, in the order of the form; empty when nobody signed.

    Raises:
        SigningError: ``pdf-unreadable``, ``pdf-encrypted``.
    """
    reader = open_pdf(content)
    moment = moment or dt.datetime.now(dt.UTC)
    try:
        signed = [(name, found) for name, found, filled in signature_fields(reader) if filled]
    except Exception:  # a form that loops or lies about its types
        raise SigningError("pdf-unreadable") from None
    verdicts = []
    for name, found in signed:
        try:
            verdict = _judge(content, reader, name, found, trust, moment)
        except Exception:  # foreign files make the checks fail in any way; none of them means "valid"
            verdict = SignatureVerdict(name, valid=False, problem=Problem.UNREADABLE)
        if verdict is not None:
            verdicts.append(verdict)
    return tuple(verdicts)


def _judge(
    content: bytes,
    reader: PdfFileReader,
    name: str,
    found: generic.DictionaryObject,
    trust: TrustAnchors,
    moment: dt.datetime,
) -> SignatureVerdict | None:
    signature = EmbeddedPdfSignature(reader, found, name)
    if signature.sig_object_type == "/DocTimeStamp":
        return None
    context = ValidationContext(
        trust_roots=[asn1_x509.Certificate.load(der) for der in trust.roots],
        other_certs=[asn1_x509.Certificate.load(der) for der in trust.intermediates],
        moment=moment,
        allow_fetching=False,
        revocation_mode="soft-fail",
    )
    status = pyhanko_calls.finish(async_validate_pdf_signature(signature, context, key_usage_settings=_KEY_USAGE))
    problem: Problem | None = Problem.BYTE_RANGE
    if _hole_is_exact(content, signature):
        problem = _problem(status, moment) or _tail_problem(content, signature, status)
    signer_name, organisation = _names(signature.signer_cert.dump())
    return SignatureVerdict(
        field_name=name,
        valid=problem is None,
        problem=problem,
        intact=status.intact,
        trusted=status.trusted,
        modification=_modification(status),
        covers_entire_file=status.coverage is SignatureCoverageLevel.ENTIRE_FILE,
        signer_name=signer_name,
        organisation=organisation,
        certificate_sha256=hashlib.sha256(signature.signer_cert.dump()).hexdigest(),
        claimed_time=signature.self_reported_timestamp,
        level="B-B" if _is_pades(signature) else "",
        revocation=Revocation.REVOKED if status.revoked else Revocation.UNKNOWN_OFFLINE,
        byte_range_digest=_byte_range_digest(content, signature),
        signature_value_sha256=hashlib.sha256(signature.signer_info["signature"].native).hexdigest(),
    )


def _problem(status: PdfSignatureStatus, moment: dt.datetime) -> Problem | None:
    indication = status.trust_problem_indic
    if not status.intact:
        return Problem.ALTERED
    if not status.valid:
        return Problem.BROKEN
    if indication in _WEAK:
        return Problem.WEAK_ALGORITHM
    whole_revision = status.coverage is not None and status.coverage >= SignatureCoverageLevel.ENTIRE_REVISION
    if not whole_revision or not status.docmdp_ok or _modification(status) is Modification.OTHER:
        return Problem.CHANGED_AFTER_SIGNING
    if indication is not None or not status.trusted:
        return _trust_problem(status, indication, moment)
    for timestamp in (status.timestamp_validity, status.content_timestamp_validity):
        if timestamp is not None and not (timestamp.valid and timestamp.intact and timestamp.trusted):
            return Problem.TIMESTAMP
    return None if status.bottom_line else Problem.NOT_ACCEPTED


_WEAK: Final = frozenset(
    {AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE, AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE_NO_POE}
)
_REVOKED: Final = frozenset(
    {AdESFailure.REVOKED, AdESIndeterminate.REVOKED_NO_POE, AdESIndeterminate.REVOKED_CA_NO_POE}
)


def _trust_problem(status: PdfSignatureStatus, indication: AdESSubIndic | None, moment: dt.datetime) -> Problem:
    if indication in _REVOKED or status.revoked:
        return Problem.REVOKED
    if moment > status.signing_cert.not_valid_after:
        return Problem.CERTIFICATE_EXPIRED
    if moment < status.signing_cert.not_valid_before:
        return Problem.CERTIFICATE_NOT_YET_VALID
    if indication is AdESIndeterminate.CHAIN_CONSTRAINTS_FAILURE:
        return Problem.NOT_FOR_SIGNING
    return Problem.NOT_TRUSTED


_MODIFICATIONS: Final[Mapping[ModificationLevel, Modification]] = {
    ModificationLevel.NONE: Modification.NONE,
    ModificationLevel.LTA_UPDATES: Modification.MAINTENANCE,
    ModificationLevel.FORM_FILLING: Modification.FORM_FILLING,
}


def _modification(status: PdfSignatureStatus) -> Modification:
    level = status.modification_level
    return Modification.OTHER if level is None else _MODIFICATIONS.get(level, Modification.OTHER)


def _hole_is_exact(content: bytes, signature: EmbeddedPdfSignature) -> bool:
    """Whether the signed range is the file from its start, without exactly the hexadecimal signature and its padding.

    pyHanko counts bytes; this looks at them, so that nothing else fits into the hole.
    """
    start, first, second, rest = (int(number) for number in signature.byte_range)
    hole = content[first:second]
    if start != 0 or first < 0 or rest < 0 or second + rest > len(content):
        return False
    padding = signature.pkcs7_content[parser.peek(signature.pkcs7_content) :]
    return not padding.strip(b"\0") and hole.lower() == b"<%s>" % signature.pkcs7_content.hex().encode()


def _tail_problem(content: bytes, signature: EmbeddedPdfSignature, status: PdfSignatureStatus) -> Problem | None:
    """Bytes behind the signed range that are no revision: not for this reader, but another may find something there."""
    if _modification(status) is Modification.NONE:
        tail = content[int(signature.byte_range[2]) + int(signature.byte_range[3]) :]
        if tail.strip(b"\0\t\n\f\r "):
            return Problem.CHANGED_AFTER_SIGNING
    return None


def _byte_range_digest(content: bytes, signature: EmbeddedPdfSignature) -> str:
    _, first, second, rest = (int(number) for number in signature.byte_range)
    digest = hashlib.sha256(memoryview(content)[:first])
    digest.update(memoryview(content)[second : second + rest])
    return digest.hexdigest()


def _is_pades(signature: EmbeddedPdfSignature) -> bool:
    """ETSI EN 319 142-1 §6.3: the sub-filter, a reference to the certificate, and no signing-time beside ``/M``."""
    kinds = {attribute["type"].native for attribute in signature.signer_info["signed_attrs"]}
    return (
        entry(signature.sig_object, "/SubFilter") == SigSeedSubFilter.PADES.value
        and not kinds.isdisjoint({"signing_certificate", "signing_certificate_v2"})
        and "signing_time" not in kinds
    )


def _names(der: bytes) -> tuple[str, str]:
    try:
        certificate = read_certificate(der)
    except ValueError:
        return "", ""
    return certificate.subject_name, certificate.organisation
