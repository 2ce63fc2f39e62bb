# SPDX-License-Identifier: GPL-3.0-or-later
"""A timestamp from an authority (RFC 3161), believed only after everything in it was checked."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
import time
from dataclasses import dataclass, field
from typing import Final

from asn1crypto import algos, cms, core, tsp
from pyhanko.sign.general import extract_certificate_info
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
from pyhanko.sign.validation.status import TimestampSignatureStatus

from signing import pyhanko_calls
from signing.errors import SigningError
from signing.levels.chains import context_at
from signing.levels.clock import DEFAULT_TOLERANCE, refuse_clock_difference
from signing.levels.network import Network
from signing.levels.revocation_data import RevocationData
from signing.levels.revocation_source import RevocationSource
from signing.trust import TrustAnchors

_GRANTED: Final = frozenset({"granted", "granted_with_mods"})


@dataclass(frozen=True, slots=True)
class TimeService:
    """A time stamping authority that may be asked.

    Attributes:
        url: Where it listens.
        policies: Object identifiers of the policies to accept; empty = any.
    """

    url: str
    policies: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class TimestampToken:
    """A timestamp that was checked.

    Attributes:
        der: The token.
        moment: What it says; UTC.
        certificate_ends: When the authority's certificate does.
        revocation: What was learnt of that certificate and those above.
    """

    der: bytes = field(repr=False)
    moment: dt.datetime
    certificate_ends: dt.datetime
    revocation: RevocationData = field(repr=False)


def fetch_timestamp(
    digest: bytes,
    service: TimeService,
    network: Network,
    revocation: RevocationSource,
    trust: TrustAnchors,
    now: dt.datetime,
    tolerance: dt.timedelta = DEFAULT_TOLERANCE,
) -> TimestampToken:
    """Have a SHA-256 digest stamped, once.

    Args:
        digest: 32 bytes.
        service: Whom to ask.
        network: The way there.
        revocation: Whom to ask about the authority's certificate.
        trust: Whom to believe.
        now: The present by this machine's clock; the authority's must not differ by more than the tolerance.
        tolerance: See ``now``; the time that the answer takes comes on top.

    Raises:
        SigningError: All of ``Network`` and ``RevocationSource.about``; ``timestamp-refused`` (retryable, details
            ``reason``), ``timestamp-unreadable``, ``timestamp-wrong`` (details ``part``: imprint, nonce, policy,
            signature, purpose), ``timestamp-authority-revoked``, ``timestamp-authority-expired``,
            ``timestamp-authority-not-trusted``, ``clock-differs`` (the authority's clock or ours is wrong).
    """
    nonce = secrets.randbits(63) | 1 << 62
    imprint = tsp.MessageImprint(
        {"hash_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"}), "hashed_message": digest}
    )
    request = tsp.TimeStampReq({"version": 1, "message_imprint": imprint, "nonce": nonce, "cert_req": True})
    started = time.monotonic()
    answer = network.post(service.url, request.dump(), "application/timestamp-query")
    arrived = now + dt.timedelta(seconds=time.monotonic() - started)
    token = _token_in(answer)
    try:
        info = token["content"]["encap_content_info"]["content"].parsed
        facts = info.native
        moment: dt.datetime = facts["gen_time"]
        stamped = facts["message_imprint"]
        _refuse_wrong("imprint", stamped["hashed_message"] == digest)
        _refuse_wrong("imprint", stamped["hash_algorithm"]["algorithm"] == "sha256")
        _refuse_wrong("nonce", facts["nonce"] == nonce)
        _refuse_wrong("policy", not service.policies or info["policy"].dotted in service.policies)
        certificates = extract_certificate_info(token["content"])
        authority = certificates.signer_cert
        others = tuple(one.dump() for one in certificates.other_certs)
    except SigningError:
        raise
    except Exception:  # an answer that is no token makes the parser raise nearly anything
        raise SigningError("timestamp-unreadable", retryable=True) from None
    refuse_clock_difference(min(max(moment, now), arrived), moment, tolerance)
    try:
        known = revocation.about(authority.dump(), others, trust, used_at=moment, now=arrived)
    except SigningError as error:
        raise about_authority(error) from None
    _refuse_token(token["content"], digest, moment, trust, known)
    return TimestampToken(token.dump(), moment, authority.not_valid_after, known)


class _Parts(core.SequenceOf):  # type: ignore[misc]  # asn1crypto is untyped
    _child_spec = core.Any


def _token_in(answer: bytes) -> cms.ContentInfo:
    try:
        # By hand: to asn1crypto an answer without a token, which every refusal is, is none.
        status_info, *tokens = _Parts.load(answer, strict=True)
        status = tsp.PKIStatusInfo.load(status_info.dump())
        reasons = sorted(status["fail_info"].native or ())
        verdict = status["status"].native
        if verdict in _GRANTED:
            (token,) = (cms.ContentInfo.load(one.dump()) for one in tokens)
            if token["content_type"].native == "signed_data":
                return token
    except (ValueError, TypeError, KeyError):
        raise SigningError("timestamp-unreadable", retryable=True) from None
    if verdict in _GRANTED:
        raise SigningError("timestamp-unreadable", retryable=True)
    raise SigningError("timestamp-refused", retryable=True, reason=" ".join([verdict, *reasons]))


def _refuse_wrong(part: str, is_right: bool) -> None:
    if not is_right:
        raise SigningError("timestamp-wrong", part=part)


def _refuse_token(
    token: cms.SignedData, digest: bytes, moment: dt.datetime, trust: TrustAnchors, known: RevocationData
) -> None:
    context = context_at(moment, trust, known)
    imprint = {"sha256": digest}
    try:
        found = pyhanko_calls.finish(validate_tst_signed_data(token, context, imprint.__getitem__))
        status = TimestampSignatureStatus(**found)
    except SignatureValidationError:
        raise SigningError("timestamp-wrong", part="signature") from None
    _refuse_wrong("signature", status.valid and status.intact)
    _refuse_wrong("purpose", status.trusted)


def about_authority(error: SigningError) -> SigningError:
    """Give an error about a certificate its name for the certificate of a time stamping authority."""
    match error.code:
        case "certificate-revoked":
            return SigningError("timestamp-authority-revoked", since=error.details.get("since", ""))
        case "certificate-expired" | "certificate-not-yet-valid":
            return SigningError("timestamp-authority-expired", retryable=False, **error.details)
        case "chain-not-trusted":
            return SigningError("timestamp-authority-not-trusted", retryable=False, **error.details)
        case _:
            return error


def imprint_of(signature: bytes) -> bytes:
    """Digest of a signature value, which is what a signature timestamp stamps."""
    return hashlib.sha256(signature).digest()
