# SPDX-License-Identifier: GPL-3.0-or-later
"""What a verification may go by: authorities that are believed, and revocation data from here and from the document.

Never the network: what is not in the document or was not fetched before is not known.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from asn1crypto import crl as asn1_crl
from asn1crypto import ocsp as asn1_ocsp
from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.policy_decl import (
    LocalKnowledge,
    PdfSignatureValidationSpec,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.policy_decl import REQUIRE_REVINFO, CertRevTrustPolicy
from pyhanko_certvalidator.registry import SimpleTrustManager
from pyhanko_certvalidator.revinfo.archival import CRLContainer, OCSPContainer

from signing.trust import TrustAnchors

# Signatures by law are made with nonRepudiation; several Vietnamese authorities issue digitalSignature only.
KEY_USAGE: Final = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"})


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Authorities, certificates and revocation data, all decoded once.

    Attributes:
        roots: Who is believed.
        certificates: Authorities between; believed through a root only.
        revocation_lists: CRLs of the cache and of the document.
        ocsp_responses: OCSP responses of both.
        from_document: Whether the document brought revocation data of its own.
    """

    roots: tuple[asn1_x509.Certificate, ...] = field(repr=False)
    certificates: tuple[asn1_x509.Certificate, ...] = field(repr=False)
    revocation_lists: tuple[asn1_crl.CertificateList, ...] = field(repr=False)
    ocsp_responses: tuple[asn1_ocsp.OCSPResponse, ...] = field(repr=False)
    from_document: bool = False

    def context(
        self, moment: dt.datetime, *, require_revocation: bool, until: dt.datetime | None = None
    ) -> ValidationContext:
        """The rules for judging certificates as of a moment.

        Args:
            moment: Aware.
            require_revocation: Whether every certificate needs proof that it was not revoked; otherwise nothing is
                asked about revocation, not even what is known.
            until: For a moment in the past: revocation data from after ``moment`` counts too, until then. A list that
                was made after a certificate ended need not name it any more.
        """
        lists: Iterable[asn1_crl.CertificateList] = self.revocation_lists
        responses: Iterable[asn1_ocsp.OCSPResponse] = self.ocsp_responses
        if until is not None:
            lists = [found for found in lists if found["tbs_cert_list"]["this_update"].native <= until]
            responses = [found for found in responses if _answered(found) <= until]
        return ValidationContext(
            trust_roots=list(self.roots),
            other_certs=list(self.certificates),
            crls=list(lists) if require_revocation else [],
            ocsps=list(responses) if require_revocation else [],
            moment=moment,
            allow_fetching=False,
            revocation_mode="require" if require_revocation else "soft-fail",
            retroactive_revinfo=until is not None,
        )

    def specification(self) -> PdfSignatureValidationSpec:
        """The same for the procedures of ETSI EN 319 102-1, which read the document's own data themselves."""
        local = LocalKnowledge(
            known_certs=list(self.certificates),
            known_crls=[CRLContainer(found) for found in self.revocation_lists],
            known_ocsps=[part for found in self.ocsp_responses for part in OCSPContainer.load_multi(found)],
        )
        policy = CertValidationPolicySpec(
            trust_manager=SimpleTrustManager.build(trust_roots=list(self.roots)),
            revinfo_policy=CertRevTrustPolicy(REQUIRE_REVINFO),
        )
        signatures = SignatureValidationSpec(
            cert_validation_policy=policy,
            revinfo_gathering_policy=RevocationInfoGatheringSpec(RevinfoOnlineFetchingRule.LOCAL_ONLY),
            local_knowledge=local,
            key_usage_settings=KEY_USAGE,
        )
        return PdfSignatureValidationSpec(signatures, diff_policy=None)


def gather(trust: TrustAnchors, reader: PdfFileReader) -> Knowledge:
    """Put together what is known here and what the document's store (DSS) brings; what is damaged is left out."""
    certificates = list(_decoded(asn1_x509.Certificate, trust.intermediates))
    lists = list(_decoded(asn1_crl.CertificateList, trust.revocation_lists))
    responses = list(_decoded(asn1_ocsp.OCSPResponse, trust.ocsp_responses))
    here = len(lists) + len(responses)
    try:
        store = DocumentSecurityStore.read_dss(reader)
        certificates += _decoded(asn1_x509.Certificate, [found.dump() for found in store.load_certs()])
        lists += _decoded(asn1_crl.CertificateList, [found.get_object().data for found in store.crls])
        responses += _decoded(asn1_ocsp.OCSPResponse, [found.get_object().data for found in store.ocsps])
    except Exception:  # noqa: S110 - a document without a store, or with a broken one, brings nothing
        pass
    return Knowledge(
        roots=tuple(_decoded(asn1_x509.Certificate, trust.roots)),
        certificates=tuple(certificates),
        revocation_lists=tuple(lists),
        ocsp_responses=tuple(responses),
        from_document=len(lists) + len(responses) > here,
    )


def _decoded(kind: Any, encoded: Iterable[bytes]) -> Iterable[Any]:  # noqa: ANN401 - asn1crypto has no types
    for content in dict.fromkeys(encoded):
        try:
            found = kind.load(content, strict=True)
            # It decodes lazily; what does not decode now would fail a signature later. A list is too long for that.
            _ = (found["tbs_cert_list"]["this_update"] if kind is asn1_crl.CertificateList else found).native
        except Exception:  # noqa: S112 - a stranger's data; asn1crypto raises ValueError, TypeError, OverflowError …
            continue
        yield found


def _answered(response: asn1_ocsp.OCSPResponse) -> dt.datetime:
    try:
        moment: dt.datetime = response["response_bytes"]["response"].parsed["tbs_response_data"]["produced_at"].native
        return moment
    except (ValueError, TypeError, KeyError):
        return dt.datetime.max.replace(tzinfo=dt.UTC)
