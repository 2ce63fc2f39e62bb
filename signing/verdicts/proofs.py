# SPDX-License-Identifier: GPL-3.0-or-later
"""Timestamps, and since when a signature is proven to exist by them.

A timestamp holds when its own certificate holds now, or held at the time of a later timestamp that covers it and holds.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from asn1crypto import cms
from pyhanko.sign.ades.report import AdESFailure, AdESIndeterminate, AdESSubIndic
from pyhanko.sign.validation.generic_cms import (
    extract_tst_data_iter,
    message_imprint_checker,
    validate_tst_signed_data,
)
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureStatus, TimestampSignatureStatus

from signing import pyhanko_calls
from signing.certificates import read_certificate
from signing.verdicts.byte_range import covers_revision, hole_problem, signed_end
from signing.verdicts.knowledge import Knowledge
from signing.verdicts.verdict import Problem, TimestampVerdict, Verdict, verdict_of

# A clock of ours that is late makes a good timestamp come from the future.
_CLOCK_TOLERANCE: Final = dt.timedelta(minutes=10)

# What ends a timestamp's power of proof, but is no lie.
_HARMLESS: Final = frozenset({Problem.REVOCATION_UNKNOWN, Problem.CERTIFICATE_EXPIRED})

WEAK: Final = frozenset(
    {AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE, AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE_NO_POE}
)
_REVOKED: Final = frozenset(
    {AdESFailure.REVOKED, AdESIndeterminate.REVOKED_NO_POE, AdESIndeterminate.REVOKED_CA_NO_POE}
)


@dataclass(frozen=True, slots=True)
class DocumentTimestamp:
    """A document timestamp and what it is worth.

    Attributes:
        revision: The revision that it covers.
        end: Offset behind the last byte that it covers.
        verdict: The verdict.
    """

    revision: int
    end: int
    verdict: TimestampVerdict


def judge_document_timestamps(
    content: bytes, timestamps: Sequence[EmbeddedPdfSignature], knowledge: Knowledge, moment: dt.datetime
) -> tuple[DocumentTimestamp, ...]:
    """Judge a chain of document timestamps, newest first: each may lean on the newer ones that hold."""
    judged: list[DocumentTimestamp] = []
    moments = [moment]
    for stamp in sorted(timestamps, key=lambda one: -one.signed_revision):
        try:
            verdict = _judge_document_timestamp(content, stamp, knowledge, moments)
        except Exception:  # foreign files make the checks fail in any way; none of them means "valid"
            verdict = TimestampVerdict(stamp.field_name, False, Verdict.CANNOT_TELL, Problem.UNREADABLE)
        if verdict.verdict is Verdict.VALID and verdict.time is not None:
            moments.append(verdict.time)
        judged.append(DocumentTimestamp(stamp.signed_revision, signed_end(stamp), verdict))
    return tuple(judged)


def judge_inner_timestamps(
    signature: EmbeddedPdfSignature, knowledge: Knowledge, moment: dt.datetime, covering: Sequence[DocumentTimestamp]
) -> tuple[TimestampVerdict, ...]:
    """Judge the timestamps inside a signature."""
    moments = [moment, *_times(covering)]
    judged = []
    for token in extract_tst_data_iter(signature.signer_info, signed=False):
        imprint = message_imprint_checker(signature.signer_info)
        try:
            verdict = _judge_token(signature.field_name, True, token, imprint, knowledge, moments)
        except Exception:  # as above
            verdict = TimestampVerdict(signature.field_name, True, Verdict.CANNOT_TELL, Problem.UNREADABLE)
        judged.append(verdict)
    return tuple(judged)


def covering(signature: EmbeddedPdfSignature, stamps: Sequence[DocumentTimestamp]) -> tuple[DocumentTimestamp, ...]:
    """The document timestamps that cover all of a signature."""
    end = signed_end(signature)
    return tuple(stamp for stamp in stamps if stamp.revision > signature.signed_revision and stamp.end >= end)


def proven_time(inner: Sequence[TimestampVerdict], covering: Sequence[DocumentTimestamp]) -> dt.datetime | None:
    """The oldest moment at which a signature is proven to have been there."""
    times = [one.time for one in inner if one.verdict is Verdict.VALID and one.time is not None]
    return min([*times, *_times(covering)], default=None)


def is_lie(timestamp: TimestampVerdict) -> bool:
    """Whether a timestamp is wrong, rather than one that merely proves nothing any more."""
    return timestamp.problem is not None and timestamp.problem not in _HARMLESS


def trust_problem(
    status: SignatureStatus, moment: dt.datetime, *, soft: SignatureStatus, may_sign: bool
) -> Problem | None:
    """Why a certificate is not trusted as of a moment.

    Args:
        status: Judged with proof of non-revocation required.
        moment: That moment.
        soft: Judged without.
        may_sign: Whether the certificate is for this purpose at all.
    """
    indication: AdESSubIndic | None = status.trust_problem_indic
    if indication in WEAK or soft.trust_problem_indic in WEAK:
        return Problem.WEAK_ALGORITHM
    if not may_sign:
        return Problem.NOT_FOR_SIGNING
    if indication in _REVOKED or status.revoked or soft.revoked:
        return Problem.REVOKED
    if status.trusted:
        return None
    if moment > status.signing_cert.not_valid_after:
        return Problem.CERTIFICATE_EXPIRED
    if moment < status.signing_cert.not_valid_before:
        return Problem.CERTIFICATE_NOT_YET_VALID
    return Problem.REVOCATION_UNKNOWN if soft.trusted else Problem.NOT_TRUSTED


def _judge_document_timestamp(
    content: bytes, stamp: EmbeddedPdfSignature, knowledge: Knowledge, moments: Sequence[dt.datetime]
) -> TimestampVerdict:
    problem = hole_problem(content, stamp)
    stamp.compute_integrity_info(skip_diff=True)  # type: ignore[no-untyped-call]  # pyHanko's gap
    if problem is None and not covers_revision(stamp):
        problem = Problem.BYTE_RANGE
    if problem is not None:
        return TimestampVerdict(stamp.field_name, False, verdict_of(problem), problem)
    return _judge_token(stamp.field_name, False, stamp.signed_data, stamp.compute_digest, knowledge, moments)


def _judge_token(
    name: str,
    inside: bool,
    token: cms.SignedData,
    imprint: Callable[[str], bytes],
    knowledge: Knowledge,
    moments: Sequence[dt.datetime],
) -> TimestampVerdict:
    def judge(moment: dt.datetime, *, require: bool, until: dt.datetime | None = None) -> TimestampSignatureStatus:
        context = knowledge.context(moment, require_revocation=require, until=until)
        return TimestampSignatureStatus(**pyhanko_calls.finish(validate_tst_signed_data(token, context, imprint)))

    now = moments[0]
    soft = judge(now, require=False)
    certificate = soft.signing_cert
    problem: Problem | None
    if not soft.intact:
        problem = Problem.ALTERED
    elif not soft.valid:
        problem = Problem.BROKEN
    elif soft.timestamp > now + _CLOCK_TOLERANCE:
        problem = Problem.TIMESTAMP
    elif not certificate.not_valid_before <= soft.timestamp <= certificate.not_valid_after:
        problem = Problem.CERTIFICATE_EXPIRED
    else:
        first = judge(now, require=True)
        problem = trust_problem(first, now, soft=soft, may_sign=_may_stamp(certificate))
        for moment in moments[1:]:
            if problem is None or not soft.timestamp <= moment:
                break
            past = judge(moment, require=True, until=certificate.not_valid_after)
            if trust_problem(past, moment, soft=past, may_sign=_may_stamp(certificate)) is None:
                problem = None
    authority = read_certificate(certificate.dump()).subject_name
    return TimestampVerdict(name, inside, verdict_of(problem), problem, soft.timestamp, authority)


def _may_stamp(certificate: object) -> bool:
    usage = getattr(certificate, "extended_key_usage_value", None)
    return usage is not None and "time_stamping" in usage.native


def _times(stamps: Sequence[DocumentTimestamp]) -> list[dt.datetime]:
    return [one.verdict.time for one in stamps if one.verdict.verdict is Verdict.VALID and one.verdict.time is not None]
