# SPDX-License-Identifier: GPL-3.0-or-later
"""Proving a changed file before anybody keeps it: every signature, every timestamp, today and five years from now.

Judged without a network, by what the file holds. Each signature is judged at the time at which it is proven to have
existed, each timestamp at the time of the next one, the last today. For signatures with a timestamp of their own the
standard's procedure for archives (ETSI EN 319 102-1 §5.6.3) is run on top, now and in the simulated future. For those
that only a document timestamp covers (way B), and those of signers who were revoked after the timestamp, pyHanko has no
answer, and the judgement at the proven time is the whole proof: it does not depend on the present, so neither will it
in five years.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Coroutine, Iterator
from typing import Any, Final

from asn1crypto import x509 as asn1_x509
from pyhanko.sign.ades.report import AdESPassed
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation.ades import (
    AdESLTAValidationResult,
    ades_lta_validation,
    simulate_future_ades_lta_validation,
)
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko.sign.validation.pdf_embedded import (
    EmbeddedPdfSignature,
    async_validate_pdf_signature,
    async_validate_pdf_timestamp,
)
from pyhanko.sign.validation.policy_decl import (
    LocalKnowledge,
    PdfSignatureValidationSpec,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import (
    DocumentTimestampStatus,
    PdfSignatureStatus,
    SignatureCoverageLevel,
    TimestampSignatureStatus,
)
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.ltv.types import ValidationTimingInfo
from pyhanko_certvalidator.policy_decl import REQUIRE_REVINFO, CertRevTrustPolicy, NonRevokedStatusAssertion
from pyhanko_certvalidator.registry import SimpleTrustManager

from signing import pyhanko_calls
from signing.errors import SigningError
from signing.levels.chains import context_at
from signing.levels.control_time import judging_from
from signing.levels.document_state import (
    DocumentState,
    OpenedDocument,
    SignatureState,
    moment_of,
    own_timestamps,
    state_of,
)
from signing.levels.revocation_data import RevocationData
from signing.pdf_file import entry
from signing.trust import TrustAnchors

pyhanko_calls.silence()

FUTURE: Final = dt.timedelta(days=5 * 365)

# Signatures by law are made with nonRepudiation; several Vietnamese authorities issue digitalSignature only.
_KEY_USAGE: Final = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"})
_HARMLESS: Final = frozenset({ModificationLevel.NONE, ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING})


def prove_intact(document: OpenedDocument, trust: TrustAnchors, now: dt.datetime) -> DocumentState:
    """Prove that every signature and timestamp in a file holds; revocation counts only where it is known.

    Raises:
        SigningError: ``signature-unreadable``; ``signature-invalid``, ``timestamp-invalid`` (details ``field``,
            ``problem``: altered, changed-after-signing, revoked, not-trusted).
    """
    return _prove(document, trust, now, must_know=False)


def prove_archived(document: OpenedDocument, trust: TrustAnchors, now: dt.datetime) -> DocumentState:
    """Prove that everything in a file holds by the file alone, now and in five years.

    The certificate of the last document timestamp is taken for not revoked: what is known of it comes into the file
    with the next one.

    Raises:
        SigningError: As ``prove_intact``; ``not-provable`` (details ``field``, ``when``: now or future, ``problem``).
    """
    state = _prove(document, trust, now, must_know=True)
    for signature, facts in zip(document.signatures, state.signatures, strict=True):
        if facts.level != "B-LTA":
            raise SigningError("not-provable", field=facts.field_name, when="now", problem=f"level {facts.level}")
        if facts.has_own_timestamp and not _is_revoked_since(document, signature, trust, now):
            _prove_by_standard(document, signature, facts, trust, now)
    return state


def _prove(document: OpenedDocument, trust: TrustAnchors, now: dt.datetime, *, must_know: bool) -> DocumentState:
    state = state_of(document)
    known = data_in(document)
    for stamp in document.timestamps:
        until = _vouched_for_at(document, stamp, now)
        must_know_stamp = must_know and stamp is not document.timestamps[-1]
        problem = ""
        for data in _choices(known, stamp, must_know=must_know_stamp):
            context = context_at(until, trust, data, must_know=must_know_stamp)
            problem = _judge_stamp(stamp, context)
            if problem != "not-trusted":
                break
        if problem:
            raise SigningError("timestamp-invalid", field=stamp.fq_name, problem=problem)
    for signature, facts in zip(document.signatures, state.signatures, strict=True):
        until = _vouched_for_at(document, signature, now)
        problem = ""
        for data in _choices(known, signature, must_know=must_know):
            context = context_at(facts.proven_time or now, trust, data, must_know=must_know)
            stamp_context = context_at(until, trust, data, must_know=must_know)
            problem = _judge_signature(signature, context, stamp_context)
            if not problem.endswith("not-trusted"):
                break
        if problem:
            raise SigningError("signature-invalid", field=facts.field_name, problem=problem)
    return state


def _is_revoked_since(
    document: OpenedDocument, signature: EmbeddedPdfSignature, trust: TrustAnchors, now: dt.datetime
) -> bool:
    """Whether the signer was revoked between signature timestamp and archive, which does not harm the signature.

    pyHanko's procedure for archives then wants revocation data from before the revocation, though a later word that
    names its date says as much.
    """
    until = _vouched_for_at(document, signature, now)
    return _judge_signature(signature, *[context_at(until, trust, data_in(document)) for _ in range(2)]) == "revoked"


def _vouched_for_at(document: OpenedDocument, signature: EmbeddedPdfSignature, now: dt.datetime) -> dt.datetime:
    """Until when nothing but a timestamp itself speaks for it: the next one over the document, or else the present.

    What an authority stamps is not judged at the time that it names: whoever stole its key can name any.
    """
    later = (one for one in document.timestamps if one.signed_revision > signature.signed_revision)
    return min((moment_of(one.signed_data) for one in later), default=now)


def _choices(known: RevocationData, signature: EmbeddedPdfSignature, *, must_know: bool) -> Iterator[RevocationData]:
    """By what a certificate is judged: what was said while it ran, because authorities forget those that have ended.

    Where nothing has to be known, data about others must not stand in the way, so there is a second try without any.
    """
    yield known.issued_until(signature.signer_cert.not_valid_after)
    if not must_know:
        yield RevocationData(known.certificates)


def _judge_stamp(stamp: EmbeddedPdfSignature, context: ValidationContext) -> str:
    try:
        status = pyhanko_calls.finish(async_validate_pdf_timestamp(stamp, context))
        return _stamp_problem(status) or _change_problem(status)
    except Exception as error:  # whatever a foreign file makes the checks raise, it does not mean "valid"
        return type(error).__name__


def _judge_signature(
    signature: EmbeddedPdfSignature, context: ValidationContext, stamp_context: ValidationContext
) -> str:
    try:
        status = pyhanko_calls.finish(
            async_validate_pdf_signature(signature, context, stamp_context, key_usage_settings=_KEY_USAGE)
        )
        if status.timestamp_validity is None and any(own_timestamps(signature)):
            return "timestamp not-trusted"  # what was not looked at must not date the signature
        return _signature_problem(status)
    except Exception as error:  # as above
        return type(error).__name__


def data_in(document: OpenedDocument) -> RevocationData:
    """The validation data that a file holds."""
    try:
        store = DocumentSecurityStore.read_dss(document.reader)
    except NoDSSFoundError:
        return RevocationData()
    except Exception:
        raise SigningError("signature-unreadable") from None
    return RevocationData(
        tuple(reference.get_object().data for reference in store.certs.values()),
        tuple(reference.get_object().data for reference in store.ocsps),
        tuple(reference.get_object().data for reference in store.crls),
    )


def _signature_problem(status: PdfSignatureStatus) -> str:
    if not (status.intact and status.valid):
        return "altered"
    if not status.docmdp_ok:
        return "changed-after-signing"
    if problem := _change_problem(status):
        return problem
    if status.timestamp_validity is not None and (problem := _stamp_problem(status.timestamp_validity)):
        return f"timestamp {problem}"
    if status.revoked:
        return "revoked"
    if not status.trusted:
        return "not-trusted"
    return "" if status.bottom_line else "not-accepted"


def _stamp_problem(status: TimestampSignatureStatus) -> str:
    if not (status.intact and status.valid):
        return "altered"
    if status.revoked:
        return "revoked"
    return "" if status.trusted else "not-trusted"


def _change_problem(status: PdfSignatureStatus | DocumentTimestampStatus) -> str:
    """What pyHanko knows of the changes after; AdES alone would still pass a file that had an annotation added."""
    covers = status.coverage is not None and status.coverage >= SignatureCoverageLevel.ENTIRE_REVISION
    is_harmless = status.coverage is SignatureCoverageLevel.ENTIRE_FILE or status.modification_level in _HARMLESS
    return "" if covers and is_harmless else "changed-after-signing"


def _prove_by_standard(
    document: OpenedDocument,
    signature: EmbeddedPdfSignature,
    facts: SignatureState,
    trust: TrustAnchors,
    now: dt.datetime,
) -> None:
    present = ValidationTimingInfo(validation_time=now, best_signature_time=now, point_in_time_validation=True)
    spec = _archive_spec(document, trust, now)
    kept_since = _kept_since(document, signature)
    runs: dict[str, tuple[dt.datetime, Callable[[], Coroutine[Any, Any, AdESLTAValidationResult]]]] = {
        "now": (now, lambda: ades_lta_validation(signature, spec, present)),
        "future": (
            now + FUTURE,
            lambda: simulate_future_ades_lta_validation(signature, spec, now + FUTURE, kept_since),
        ),
    }
    for when, (moment, run) in runs.items():
        try:
            with judging_from(moment):
                result = pyhanko_calls.finish(run())
            problem = "" if result.ades_subindic is AdESPassed.OK else str(result.ades_subindic)
        except Exception as error:
            problem = type(error).__name__
        if problem:
            raise SigningError("not-provable", field=facts.field_name, when=when, problem=problem)


def _kept_since(document: OpenedDocument, signature: EmbeddedPdfSignature) -> dt.datetime:
    """Since when signature and validation data are known to have been kept together: the simulation begins there.

    At a renewal the signer's certificate may have ended long ago; what was kept before that still counts.
    """
    return min(
        moment_of(stamp.signed_data)
        for stamp in document.timestamps
        if stamp.signed_revision > signature.signed_revision
        and entry(document.reader.get_historical_root(stamp.signed_revision), "/DSS") is not None
    )


def _archive_spec(document: OpenedDocument, trust: TrustAnchors, now: dt.datetime) -> PdfSignatureValidationSpec:
    newest = document.timestamps[-1]
    policy = CertValidationPolicySpec(
        trust_manager=SimpleTrustManager.build(trust_roots=[asn1_x509.Certificate.load(der) for der in trust.roots]),
        revinfo_policy=CertRevTrustPolicy(REQUIRE_REVINFO),
    )
    beyond = [asn1_x509.Certificate.load(der) for der in trust.intermediates]
    nobody_asked = [newest.signer_cert, *newest.other_embedded_certs]
    return PdfSignatureValidationSpec(
        SignatureValidationSpec(
            cert_validation_policy=policy,
            revinfo_gathering_policy=RevocationInfoGatheringSpec(RevinfoOnlineFetchingRule.LOCAL_ONLY),
            local_knowledge=LocalKnowledge(
                known_certs=beyond,
                nonrevoked_assertions=[NonRevokedStatusAssertion(one.sha256, at=now) for one in nobody_asked],
            ),
            key_usage_settings=_KEY_USAGE,
        )
    )
