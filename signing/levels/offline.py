# SPDX-License-Identifier: GPL-3.0-or-later
"""Signing without a network: only when what was last heard of the certificate is good, and not too old."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from asn1crypto import x509 as asn1_x509
from pyhanko_certvalidator.policy_decl import REQUIRE_REVINFO, CertRevTrustPolicy, FreshnessReqType

from signing.errors import SigningError
from signing.levels.chains import context_at, path_to_root, refuse_path
from signing.levels.clock import DEFAULT_TOLERANCE, refuse_clock_behind
from signing.levels.document_state import read_state
from signing.levels.revocation_data import RevocationData, united
from signing.levels.revocation_source import RevocationSource
from signing.pdf_signature import SignatureRequest, SignedPdf, SigningKey, sign_pdf
from signing.trust import TrustAnchors

# A commune's line is down for days in the rainy season, and revocation lists of authorities are renewed daily.
DEFAULT_AGE: Final = dt.timedelta(days=7)

_ANY_AGE: Final = dt.timedelta(days=36_500)


@dataclass(frozen=True, slots=True)
class OfflinePolicy:
    """When signing without a network is allowed.

    Attributes:
        trust: Whom to believe.
        cache: What was last heard of the certificates to sign with; made by ``refresh_cache`` while there is a network.
        newest_trusted_time: The newest time of a time stamping authority that was ever seen; ``None`` = none yet.
        maximum_age: Of what was heard and is no longer in force by its own word.
        clock_tolerance: How far this machine's clock may be off.
    """

    trust: TrustAnchors
    cache: RevocationData = field(repr=False)
    newest_trusted_time: dt.datetime | None = None
    maximum_age: dt.timedelta = DEFAULT_AGE
    clock_tolerance: dt.timedelta = DEFAULT_TOLERANCE


def refresh_cache(
    certificates: Iterable[bytes],
    others: Iterable[bytes],
    source: RevocationSource,
    trust: TrustAnchors,
    now: dt.datetime,
) -> RevocationData:
    """Ask about all certificates that a desk signs with, to know it when the line is down.

    A certificate that is found revoked, or of which nothing can be learnt, does not keep the others out.

    Args:
        certificates: DER.
        others: Authorities that may lie between them and the root, DER.
        source: Whom to ask.
        trust: Whom to believe.
        now: Aware.
    """
    between = tuple(others)
    return united(source.hear(certificate, between, trust, now=now) for certificate in certificates)


def refuse_bad_standing(certificate: bytes, others: Iterable[bytes], policy: OfflinePolicy, now: dt.datetime) -> None:
    """Refuse a certificate of which the cache does not say that it is good.

    Args:
        certificate: DER.
        others: Authorities that may lie between it and the root, DER.
        policy: What was heard and how old it may be.
        now: Aware.

    Raises:
        SigningError: ``certificate-revoked`` however old that news is, ``certificate-expired``,
            ``certificate-not-yet-valid``, ``chain-not-trusted``, ``revocation-data-missing``, ``revocation-data-old``.
    """
    leaf = asn1_x509.Certificate.load(certificate)
    between = [asn1_x509.Certificate.load(der) for der in others]
    path = path_to_root(leaf, [*between, *policy.cache.parsed_certificates()], policy.trust)
    usable = policy.cache.usable_at(now, policy.maximum_age)
    rule = CertRevTrustPolicy(REQUIRE_REVINFO, _ANY_AGE, FreshnessReqType.MAX_DIFF_REVOCATION_VALIDATION)
    days = str(policy.maximum_age.days)
    # First all that was ever heard: news of a revocation never grows old.
    refuse_path(path, context_at(now, policy.trust, policy.cache, others=between, revinfo_policy=rule))
    try:
        refuse_path(path, context_at(now, policy.trust, usable, others=between, revinfo_policy=rule))
    except SigningError as error:
        if error.code != "revocation-data-missing":
            raise
        raise SigningError("revocation-data-old", retryable=True, days=days) from None


def sign_offline(pdf: bytes, request: SignatureRequest, key: SigningKey, policy: OfflinePolicy) -> SignedPdf:
    """Sign with room for a later timestamp, after a look at the cache and at the clock.

    Raises:
        SigningError: All of ``sign_pdf`` and ``refuse_bad_standing``; ``clock-behind``.
    """
    moment = request.signing_time
    refuse_clock_behind(moment, policy.newest_trusted_time, policy.clock_tolerance)
    refuse_clock_behind(moment, read_state(pdf).newest_trusted_time, policy.clock_tolerance)
    refuse_bad_standing(key.certificate.der, (*key.chain, *request.intermediates), policy, moment)
    return sign_pdf(pdf, request, key)
