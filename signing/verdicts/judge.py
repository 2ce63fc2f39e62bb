# SPDX-License-Identifier: GPL-3.0-or-later
"""The verdict on one signature, from everything that is known of it.

It needs pyHanko's bottom line, which knows what was changed after signing, and the indication of ETSI EN 319 102-1,
which knows what is wrong with a chain. Neither is enough alone: the second still passes a file that had an annotation
added, and does not take a document timestamp for the proof of a signature's age that it is.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESFailure, AdESIndeterminate, AdESStatus, AdESSubIndic
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.validation.ades import ades_lta_validation
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature, async_validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator.ltv.types import ValidationTimingInfo

from signing import pyhanko_calls
from signing.certificates import SigningCertificate, read_certificate
from signing.pdf_file import entry
from signing.verdicts.byte_range import covers_file, hole_problem
from signing.verdicts.changes import Aftermath, is_stored_before, look_behind
from signing.verdicts.knowledge import KEY_USAGE, Knowledge
from signing.verdicts.proofs import (
    WEAK,
    DocumentTimestamp,
    covering,
    is_lie,
    judge_inner_timestamps,
    proven_time,
    trust_problem,
)
from signing.verdicts.verdict import (
    Problem,
    Remark,
    Revocation,
    SignatureVerdict,
    TimestampVerdict,
    verdict_of,
)

# The key of an authority or a person that somebody else has: a signature's claimed time is worth nothing then.
_COMPROMISED: Final = frozenset({"key_compromise", "ca_compromise", "aa_compromise"})

# Indications that want a timestamp inside the signature, or newer revocation data than the standard's default: what was
# proven here by document timestamps, or by revocation data that still holds, answers them.
_ABOUT_TIME: Final = frozenset(
    {
        AdESIndeterminate.NO_POE,
        AdESIndeterminate.OUT_OF_BOUNDS_NO_POE,
        AdESIndeterminate.OUT_OF_BOUNDS_NOT_REVOKED,
        AdESIndeterminate.REVOCATION_OUT_OF_BOUNDS_NO_POE,
        AdESIndeterminate.REVOKED_NO_POE,
        AdESIndeterminate.REVOKED_CA_NO_POE,
        AdESIndeterminate.SIG_CONSTRAINTS_FAILURE,
        AdESIndeterminate.TRY_LATER,
    }
)

_FAILURES: Final = {
    AdESFailure.HASH_FAILURE: Problem.ALTERED,
    AdESFailure.SIG_CRYPTO_FAILURE: Problem.BROKEN,
    AdESFailure.FORMAT_FAILURE: Problem.MALFORMED,
}


@dataclass(frozen=True, slots=True)
class _Trust:
    """Whether the certificate holds for the moment at which the signature is judged."""

    problem: Problem | None
    certain: bool
    revocation: Revocation
    revoked_since: dt.datetime | None


def judge_signature(
    content: bytes,
    reader: PdfFileReader,
    signature: EmbeddedPdfSignature,
    later: Sequence[EmbeddedPdfSignature],
    stamps: Sequence[DocumentTimestamp],
    knowledge: Knowledge,
    moment: dt.datetime,
) -> tuple[SignatureVerdict, tuple[TimestampVerdict, ...]]:
    """Judge one signature.

    Args:
        content: The whole file.
        reader: Its reader.
        signature: The signature, its dictionary being in shape.
        later: Signatures and document timestamps of later revisions.
        stamps: The document timestamps, judged.
        knowledge: What to go by.
        moment: Of judgement, aware.

    Returns:
        The verdict, and those on the timestamps inside the signature.
    """
    certificate = read_certificate(signature.signer_cert.dump())
    facts = _facts(content, signature, certificate)
    if (hole := hole_problem(content, signature)) is not None:
        return SignatureVerdict(verdict=verdict_of(hole), problem=hole, **facts), ()
    try:
        soft = _status(signature, knowledge, moment, require=False, skip_changes=False)
    except SignatureValidationError as error:
        failed = _failure(error.ades_subindication)
        return SignatureVerdict(
            verdict=verdict_of(failed), problem=failed, ades=_written(error.ades_subindication), **facts
        ), ()
    above = covering(signature, stamps)
    inner = judge_inner_timestamps(signature, knowledge, moment, above)
    since = proven_time(inner, above)
    aftermath = look_behind(content, reader, signature, later)
    ades = _ades(signature, knowledge, moment)
    trust = _trust(signature, knowledge, moment, soft, since, certificate)
    problem = _integrity_problem(soft) or aftermath.problem or trust.problem
    certain = problem is trust.problem and trust.certain
    if problem is None:
        problem = _time_problem(inner, above, since, certificate)
    if problem is None and not _is_bottom_line_good(soft, aftermath, ades):
        problem = Problem.NOT_ACCEPTED
    verdict = SignatureVerdict(
        verdict=verdict_of(problem, certain=certain),
        problem=problem,
        intact=soft.intact,
        trusted=trust.problem in {None, Problem.REVOCATION_UNKNOWN} and soft.valid and soft.intact,
        modification=aftermath.modification,
        changes=aftermath.changes,
        proven_time=since,
        revoked_since=trust.revoked_since,
        level=_level(reader, signature, inner, above, knowledge),
        revocation=trust.revocation,
        ades=_written(ades),
        remarks=_remarks(signature, certificate, since),
        **{**facts, "covers_entire_file": covers_file(signature)},
    )
    return verdict, inner


def _facts(content: bytes, signature: EmbeddedPdfSignature, certificate: SigningCertificate) -> dict[str, Any]:
    return {
        "field_name": signature.field_name,
        "covers_entire_file": False,
        "signer_name": certificate.subject_name,
        "organisation": certificate.organisation,
        "certificate_sha256": certificate.sha256,
        "claimed_time": _claimed_time(signature),
        "byte_range_digest": _byte_range_digest(content, signature),
        "signature_value_sha256": hashlib.sha256(signature.signer_info["signature"].native).hexdigest(),
    }


def _status(
    signature: EmbeddedPdfSignature,
    knowledge: Knowledge,
    moment: dt.datetime,
    *,
    require: bool,
    skip_changes: bool = True,
    until: dt.datetime | None = None,
) -> PdfSignatureStatus:
    context = knowledge.context(moment, require_revocation=require, until=until)
    status: PdfSignatureStatus = pyhanko_calls.finish(
        async_validate_pdf_signature(signature, context, key_usage_settings=KEY_USAGE, skip_diff=skip_changes)
    )
    return status


def _ades(signature: EmbeddedPdfSignature, knowledge: Knowledge, moment: dt.datetime) -> AdESSubIndic | None:
    timing = ValidationTimingInfo(validation_time=moment, best_signature_time=moment, point_in_time_validation=False)
    try:
        return pyhanko_calls.finish(ades_lta_validation(signature, knowledge.specification(), timing)).ades_subindic
    except SignatureValidationError as error:
        return error.ades_subindication
    except Exception:  # the procedures trip over what the checks above have let pass; then they say nothing
        return None


def _integrity_problem(status: PdfSignatureStatus) -> Problem | None:
    if not status.intact:
        return Problem.ALTERED
    return None if status.valid else Problem.BROKEN


def _trust(
    signature: EmbeddedPdfSignature,
    knowledge: Knowledge,
    moment: dt.datetime,
    soft: PdfSignatureStatus,
    since: dt.datetime | None,
    certificate: SigningCertificate,
) -> _Trust:
    now = _status(signature, knowledge, moment, require=True)
    problem = trust_problem(now, moment, soft=soft, may_sign=certificate.may_sign)
    if problem is None:
        return _Trust(None, False, Revocation.NOT_REVOKED, None)
    if since is not None and problem not in {Problem.WEAK_ALGORITHM, Problem.NOT_FOR_SIGNING}:
        past = _status(signature, knowledge, since, require=True, until=certificate.not_after)
        if trust_problem(past, since, soft=past, may_sign=certificate.may_sign) is None:
            return _Trust(None, False, Revocation.NOT_REVOKED, None)
    details = now.revocation_details or soft.revocation_details
    if problem is not Problem.REVOKED or details is None:
        revocation = Revocation.REVOKED if problem is Problem.REVOKED else Revocation.UNKNOWN_OFFLINE
        return _Trust(problem, False, revocation, None)
    claimed = since or _claimed_time(signature)
    certain = claimed is None or claimed >= details.revocation_date or details.revocation_reason.native in _COMPROMISED
    return _Trust(problem, certain, Revocation.REVOKED, details.revocation_date)


def _time_problem(
    inner: Sequence[TimestampVerdict],
    above: Sequence[DocumentTimestamp],
    since: dt.datetime | None,
    certificate: SigningCertificate,
) -> Problem | None:
    if any(is_lie(one) for one in (*inner, *(stamp.verdict for stamp in above))):
        return Problem.TIMESTAMP
    return Problem.TIMESTAMP if since is not None and since < certificate.not_before else None


def _is_bottom_line_good(status: PdfSignatureStatus, aftermath: Aftermath, ades: AdESSubIndic | None) -> bool:
    """What is left of pyHanko's bottom line and of the indication, once all that they are made of was judged here."""
    changes_allowed = aftermath.problem is None and bool(status.docmdp_ok)
    passed = ades is not None and (ades.status is AdESStatus.PASSED or ades in _ABOUT_TIME)
    return changes_allowed and status.seed_value_ok and passed


def _failure(indication: AdESSubIndic | None) -> Problem:
    if indication in WEAK:
        return Problem.WEAK_ALGORITHM
    return _FAILURES.get(indication, Problem.UNREADABLE) if isinstance(indication, AdESFailure) else Problem.UNREADABLE


def _written(indication: AdESSubIndic | None) -> str:
    if indication is None:
        return ""
    word = {AdESStatus.PASSED: "PASSED", AdESStatus.FAILED: "FAILED"}.get(indication.status, "INDETERMINATE")
    return f"{word}/{indication.standard_name}"


def _claimed_time(signature: EmbeddedPdfSignature) -> dt.datetime | None:
    try:
        claimed = signature.self_reported_timestamp
    except Exception:  # a date that is none
        return None
    if claimed is None:
        return None
    return claimed if claimed.tzinfo else claimed.replace(tzinfo=dt.UTC)


def _remarks(
    signature: EmbeddedPdfSignature, certificate: SigningCertificate, since: dt.datetime | None
) -> tuple[Remark, ...]:
    remarks = [] if since is not None else [Remark.TIME_NOT_PROVEN]
    claimed = _claimed_time(signature)
    if claimed is not None and not certificate.not_before <= claimed <= certificate.not_after:
        remarks.append(Remark.CLAIMED_TIME_OUTSIDE)
    return tuple(remarks)


def _byte_range_digest(content: bytes, signature: EmbeddedPdfSignature) -> str:
    if (taken := signature.external_digests.get("sha256")) is not None:
        return str(taken.hex())
    _, first, second, rest = (int(number) for number in signature.byte_range)
    digest = hashlib.sha256(memoryview(content)[:first])
    digest.update(memoryview(content)[second : second + rest])
    return digest.hexdigest()


def _level(
    reader: PdfFileReader,
    signature: EmbeddedPdfSignature,
    inner: Sequence[TimestampVerdict],
    above: Sequence[DocumentTimestamp],
    knowledge: Knowledge,
) -> str:
    """The PAdES level by what is there (ETSI EN 319 142-1 §6); whether it holds is for the verdicts to say."""
    kinds = {attribute["type"].native for attribute in signature.signer_info["signed_attrs"]}
    is_pades = (
        entry(signature.sig_object, "/SubFilter") == SigSeedSubFilter.PADES.value
        and not kinds.isdisjoint({"signing_certificate", "signing_certificate_v2"})
        and "signing_time" not in kinds
    )
    if not is_pades:
        return ""
    if not inner and not above:
        return "B-B"
    if not knowledge.from_document:
        return "B-T"
    return "B-LTA" if any(is_stored_before(reader, stamp.revision) for stamp in above) else "B-LT"
