# SPDX-License-Identifier: GPL-3.0-or-later
"""The words in which a verification speaks: verdicts, reasons, and what is known of each signature.

Three verdicts, as ETSI EN 319 102-1 has them: TOTAL-PASSED is ``valid``, TOTAL-FAILED is ``invalid``, INDETERMINATE is
``cannot-tell``. What nobody could find out is never called valid, what may well be in order never invalid.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Verdict(StrEnum):
    """What a signature, or a whole document, is worth."""

    VALID = "valid"
    INVALID = "invalid"
    CANNOT_TELL = "cannot-tell"
    NOT_SIGNED = "not-signed"
    """Of a document only: nobody signed it."""


class Problem(StrEnum):
    """The first thing that is wrong with a signature; the order is the order of judgement."""

    MALFORMED = "malformed"
    """The field does not hold what a signature is made of."""
    UNREADABLE = "unreadable"
    """The signature is of a kind that cannot be judged here, or makes the checks fail."""
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
    READERS_DISAGREE = "readers-disagree"
    """A second reader of PDF sees other pages than the first, or cannot open the file without repairing it."""
    FILLED_LATER = "filled-later"
    """Form fields were filled in later, and no signer has said that they may be."""
    STAMPED_LATER = "stamped-later"
    """A later signature that is not valid itself put a picture on a page."""
    REVOKED = "revoked"
    """The certificate was revoked, and nothing proves that the signature is older."""
    CERTIFICATE_EXPIRED = "certificate-expired"
    """At the moment of judgement; nothing proves that the signature is older."""
    CERTIFICATE_NOT_YET_VALID = "certificate-not-yet-valid"
    NOT_FOR_SIGNING = "not-for-signing"
    """The certificate was issued for something else."""
    NOT_TRUSTED = "not-trusted"
    """No chain leads to a root that is trusted here."""
    TIMESTAMP = "timestamp"
    """A timestamp of the signature is wrong, or of an authority that is not trusted."""
    REVOCATION_UNKNOWN = "revocation-unknown"
    """Neither the document nor this computer holds current revocation data."""
    NOT_ACCEPTED = "not-accepted"
    """Another rule of the standard is broken."""


_CERTAIN: Final = frozenset(
    {
        Problem.MALFORMED,
        Problem.BYTE_RANGE,
        Problem.ALTERED,
        Problem.BROKEN,
        Problem.CHANGED_AFTER_SIGNING,
        Problem.NOT_FOR_SIGNING,
    }
)


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

    NOT_REVOKED = "not-revoked"
    """At the moment for which the signature is judged, by data that was valid then."""
    UNKNOWN_OFFLINE = "unknown-offline"
    """Nobody was asked; a certificate that was revoked yesterday looks the same."""
    REVOKED = "revoked"


class Remark(StrEnum):
    """What a reader should know though it decides nothing."""

    SCRIPTS = "scripts"
    """The document runs JavaScript; what it shows may change."""
    LAYERS = "layers"
    """The document has layers that can be switched off and on."""
    TIME_NOT_PROVEN = "time-not-proven"
    """The time of signing is what the signer's clock said."""
    CLAIMED_TIME_OUTSIDE = "claimed-time-outside"
    """The claimed time lies outside the certificate's days."""


class ChangeKind(StrEnum):
    """Kinds of things that were added after a signature."""

    SIGNATURE = "signature"
    TIMESTAMP = "timestamp"
    VALIDATION_DATA = "validation-data"
    FIELD = "field"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that was done after a signature.

    Attributes:
        kind: What.
        name: The field's name, where it is one.
        visible: Whether it put something on a page.
    """

    kind: ChangeKind
    name: str = ""
    visible: bool = False


@dataclass(frozen=True, slots=True)
class TimestampVerdict:
    """What one timestamp proves.

    Attributes:
        name: Field name of a document timestamp; of the signature for one inside it.
        inside_signature: Whether it is part of a signature.
        verdict: ``valid``: what it covers existed at ``time``.
        problem: Why it does not prove that.
        time: What it says.
        authority: Common name of who made it.
    """

    name: str
    inside_signature: bool
    verdict: Verdict
    problem: Problem | None = None
    time: dt.datetime | None = None
    authority: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class SignatureVerdict:
    """What one signature is worth.

    Attributes:
        field_name: Name of its field.
        verdict: The verdict.
        problem: Why it is not valid; ``None`` when it is.
        intact: Whether the signed range is what was signed.
        trusted: Whether the certificate leads to a trusted root and was valid, at the moment it is judged for.
        modification: What was done to the document afterwards.
        changes: The same, piece by piece.
        covers_entire_file: Whether nothing at all was added afterwards.
        signer_name: Common name on the certificate; claimed only unless ``trusted``.
        organisation: Organisation on the certificate.
        certificate_sha256: Hex.
        claimed_time: When it says it was made; a claim of the signer's clock.
        proven_time: Before when it was made, by the oldest timestamp that holds.
        revoked_since: When the certificate was revoked.
        level: PAdES level: ``B-B``, ``B-T``, ``B-LT``, ``B-LTA``; empty for another kind.
        revocation: What is known.
        ades: Indication of ETSI EN 319 102-1, e.g. ``INDETERMINATE/NO_POE``; empty when the checks did not get there.
        remarks: What else a reader should know.
        byte_range_digest: Hex SHA-256 of the signed range, as in ``SignedPdf``.
        signature_value_sha256: Hex, as in ``SignedPdf``.
    """

    field_name: str
    verdict: Verdict
    problem: Problem | None
    intact: bool = False
    trusted: bool = False
    modification: Modification = Modification.OTHER
    changes: tuple[Change, ...] = ()
    covers_entire_file: bool = False
    signer_name: str = field(default="", repr=False)
    organisation: str = field(default="", repr=False)
    certificate_sha256: str = ""
    claimed_time: dt.datetime | None = None
    proven_time: dt.datetime | None = None
    revoked_since: dt.datetime | None = None
    level: str = ""
    revocation: Revocation = Revocation.UNKNOWN_OFFLINE
    ades: str = ""
    remarks: tuple[Remark, ...] = ()
    byte_range_digest: str = ""
    signature_value_sha256: str = ""

    @property
    def valid(self) -> bool:
        """Whether the signature holds."""
        return self.verdict is Verdict.VALID


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """What a verification found out about one document.

    Attributes:
        verdict: The worst of its signatures and timestamps; ``not-signed`` when there are none.
        error: Code when the document could not be judged at all: ``pdf-unreadable``, ``pdf-encrypted``,
            ``verification-timeout``, ``verification-crashed``, ``pdf-too-large``.
        signatures: Signatures of people and units, in the order of the form.
        timestamps: Timestamps in and after them.
        remarks: Of the document as a whole.
        sha256: Of the document, hex.
        judged_at: The moment of judgement.
    """

    verdict: Verdict
    error: str | None = None
    signatures: tuple[SignatureVerdict, ...] = ()
    timestamps: tuple[TimestampVerdict, ...] = ()
    remarks: tuple[Remark, ...] = ()
    sha256: str = ""
    judged_at: dt.datetime | None = None


def verdict_of(problem: Problem | None, *, certain: bool = False) -> Verdict:
    """The verdict that a problem leads to; ``certain`` when what is known leaves no doubt for once."""
    if problem is None:
        return Verdict.VALID
    return Verdict.INVALID if certain or problem in _CERTAIN else Verdict.CANNOT_TELL


_RANK: Final[Mapping[Verdict, int]] = MappingProxyType(
    {Verdict.NOT_SIGNED: 0, Verdict.VALID: 1, Verdict.CANNOT_TELL: 2, Verdict.INVALID: 3}
)


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """The worst of several verdicts."""
    return max(verdicts, key=_RANK.__getitem__, default=Verdict.NOT_SIGNED)
