# SPDX-License-Identifier: GPL-3.0-or-later
"""How far a signed PDF has come, read from the file itself: nothing else has to be remembered to go on with it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from asn1crypto import cms, parser
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from signing import pyhanko_calls
from signing.errors import SigningError
from signing.pdf_file import entry, open_pdf, signature_fields

pyhanko_calls.silence()


class Level(StrEnum):
    """PAdES baseline level of one signature, by what lies in the file; whether it holds is for verification to say."""

    BASIC = "B-B"
    TIMESTAMPED = "B-T"
    LONG_TERM = "B-LT"
    ARCHIVED = "B-LTA"


@dataclass(frozen=True, slots=True)
class SignatureState:
    """One signature of a person or unit.

    Attributes:
        field_name: Name of its field.
        level: How far it has come.
        claimed_time: When it says it was made.
        certificate_ends: When its certificate does.
        proven_time: The earliest time that a timestamp of it, or of the whole document after it, names.
        has_own_timestamp: Whether a timestamp lies inside the signature.
        revision: Number of the revision that it signs.
        is_last: Whether it signs all of the file, so that its hole may still be written to.
        hole_start: Offset of the hole's ``<``.
        hole_end: Offset behind the hole's ``>``.
        byte_range_digest: Hex SHA-256 of what is signed; no upgrade changes it.
        signature_value_sha256: Hex; no upgrade changes it.
    """

    field_name: str
    level: Level
    claimed_time: dt.datetime | None
    certificate_ends: dt.datetime
    proven_time: dt.datetime | None
    has_own_timestamp: bool
    revision: int
    is_last: bool
    hole_start: int
    hole_end: int
    byte_range_digest: str
    signature_value_sha256: str


@dataclass(frozen=True, slots=True)
class DocumentTimestampState:
    """A timestamp over the whole document.

    Attributes:
        field_name: Name of its field.
        moment: What it says.
        certificate_ends: When the certificate of its authority does.
        revision: Number of the revision that it stamps.
        is_last: Whether it stamps all of the file.
    """

    field_name: str
    moment: dt.datetime
    certificate_ends: dt.datetime
    revision: int
    is_last: bool


@dataclass(frozen=True, slots=True)
class DocumentState:
    """What lies in a file.

    Attributes:
        signatures: In the order in which they were made.
        timestamps: Document timestamps, oldest first.
        validation_data_revision: Number of the last revision that changed the validation data (DSS); ``None`` = there
            is none.
    """

    signatures: tuple[SignatureState, ...]
    timestamps: tuple[DocumentTimestampState, ...]
    validation_data_revision: int | None

    @property
    def newest_trusted_time(self) -> dt.datetime | None:
        """The newest time that a timestamp in the file names: the present is not before it."""
        moments = [signature.proven_time for signature in self.signatures if signature.proven_time is not None]
        moments.extend(stamp.moment for stamp in self.timestamps)
        return max(moments, default=None)

    @property
    def is_archived(self) -> bool:
        """Whether the file ends with a document timestamp over validation data."""
        return bool(self.timestamps) and self.timestamps[-1].is_last and self.validation_data_revision is not None


@dataclass(frozen=True, slots=True)
class OpenedDocument:
    """A file and what was found in it.

    Attributes:
        content: The file.
        reader: pyHanko's view of it.
        signatures: Signatures of persons and units, in the order of their revisions.
        timestamps: Document timestamps, in the order of their revisions.
    """

    content: bytes = field(repr=False)
    reader: PdfFileReader = field(repr=False)
    signatures: tuple[EmbeddedPdfSignature, ...] = field(repr=False)
    timestamps: tuple[EmbeddedPdfSignature, ...] = field(repr=False)


def open_document(content: bytes) -> OpenedDocument:
    """Open a signed PDF.

    Raises:
        SigningError: ``pdf-unreadable``, ``pdf-encrypted``; ``signature-unreadable`` when one of the signatures is.
    """
    reader = open_pdf(content)
    found = []
    try:
        for name, signature_field, is_filled in signature_fields(reader):
            if is_filled:
                found.append(EmbeddedPdfSignature(reader, signature_field, name))
        found.sort(key=lambda signature: signature.signed_revision)
        for signature in found:
            _refuse_odd_hole(content, signature)
    except SigningError:
        raise
    except Exception:  # a foreign file makes the parser raise nearly anything
        raise SigningError("signature-unreadable") from None
    stamps = tuple(one for one in found if one.sig_object_type == "/DocTimeStamp")
    return OpenedDocument(content, reader, tuple(one for one in found if one not in stamps), stamps)


def read_state(content: bytes) -> DocumentState:
    """Read how far a PDF has come.

    Raises:
        SigningError: As ``open_document``.
    """
    return state_of(open_document(content))


def state_of(document: OpenedDocument) -> DocumentState:
    """Give the state of an opened document.

    Raises:
        SigningError: ``signature-unreadable``.
    """
    try:
        return _state_of(document)
    except Exception:  # what opens can still hold tokens that are none
        raise SigningError("signature-unreadable") from None


def own_timestamps(signature: EmbeddedPdfSignature) -> Iterator[cms.ContentInfo]:
    """Walk the timestamps inside a signature."""
    attributes = signature.signer_info["unsigned_attrs"]
    if attributes.native is None:
        return
    for attribute in attributes:
        if attribute["type"].native == "signature_time_stamp_token":
            yield from attribute["values"]


def moment_of(token: cms.SignedData) -> dt.datetime:
    """What a timestamp token says."""
    moment: dt.datetime = token["encap_content_info"]["content"].parsed["gen_time"].native
    return moment


def _state_of(document: OpenedDocument) -> DocumentState:
    data_revision = _validation_data_revision(document.reader)
    stamps = tuple(
        DocumentTimestampState(
            field_name=stamp.fq_name,
            moment=moment_of(stamp.signed_data),
            certificate_ends=stamp.signer_cert.not_valid_after,
            revision=stamp.signed_revision,
            is_last=_covers_all(document.content, stamp),
        )
        for stamp in document.timestamps
    )
    signatures = tuple(_signature_state(document, one, stamps, data_revision) for one in document.signatures)
    return DocumentState(signatures, stamps, data_revision)


def _signature_state(
    document: OpenedDocument,
    signature: EmbeddedPdfSignature,
    stamps: tuple[DocumentTimestampState, ...],
    data_revision: int | None,
) -> SignatureState:
    revision = signature.signed_revision
    own = [moment_of(token["content"]) for token in own_timestamps(signature)]
    later = [stamp for stamp in stamps if stamp.revision > revision]
    level = Level.BASIC
    if own or later:
        level = Level.TIMESTAMPED
        if data_revision is not None and data_revision > revision:
            level = Level.LONG_TERM
            if any(stamp.revision >= data_revision for stamp in later):
                level = Level.ARCHIVED
    _, start, end, rest = (int(number) for number in signature.byte_range)
    digest = hashlib.sha256(memoryview(document.content)[:start])
    digest.update(memoryview(document.content)[end : end + rest])
    return SignatureState(
        field_name=signature.fq_name,
        level=level,
        claimed_time=signature.self_reported_timestamp,
        certificate_ends=signature.signer_cert.not_valid_after,
        # Of several in one signature the latest: a checker looks at one of them, and another may be forged.
        proven_time=min([*([max(own)] if own else ()), *(stamp.moment for stamp in later)], default=None),
        has_own_timestamp=bool(own),
        revision=revision,
        is_last=_covers_all(document.content, signature),
        hole_start=start,
        hole_end=end,
        byte_range_digest=digest.hexdigest(),
        signature_value_sha256=hashlib.sha256(signature.signer_info["signature"].native).hexdigest(),
    )


def _validation_data_revision(reader: PdfFileReader) -> int | None:
    if entry(reader.root, "/DSS") is None:
        return None
    raw = reader.root.raw_get("/DSS")
    reference = getattr(raw, "reference", None)
    if reference is None:  # written into the catalogue itself
        reference = reader.root_ref
    revision: int = reader.xrefs.get_last_change(reference)
    return revision


def _covers_all(content: bytes, signature: EmbeddedPdfSignature) -> bool:
    _, _, end, rest = (int(number) for number in signature.byte_range)
    return end + rest == len(content)


def _refuse_odd_hole(content: bytes, signature: EmbeddedPdfSignature) -> None:
    """Nothing but the hexadecimal signature and its padding may be left out of what is signed."""
    start, first, second, rest = (int(number) for number in signature.byte_range)
    padding = signature.pkcs7_content[parser.peek(signature.pkcs7_content) :]
    hole = b"<%s>" % signature.pkcs7_content.hex().encode()
    if (
        start != 0
        or not 0 < first < second
        or rest < 0
        or second + rest > len(content)
        or padding.strip(b"\0")
        or content[first:second].lower() != hole
    ):
        raise SigningError("signature-unreadable")
