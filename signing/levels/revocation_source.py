# SPDX-License-Identifier: GPL-3.0-or-later
"""Asking authorities whether certificates are revoked: by OCSP where they answer, else by their lists."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from asn1crypto import crl, ocsp
from asn1crypto import x509 as asn1_x509
from pyhanko_certvalidator.authority import Authority
from pyhanko_certvalidator.errors import OCSPFetchError, OCSPValidationError
from pyhanko_certvalidator.fetchers.common_utils import (
    enumerate_delivery_point_urls,
    format_ocsp_request,
    process_ocsp_response_data,
)
from pyhanko_certvalidator.path import ValidationPath
from pyhanko_certvalidator.util import get_ocsp_urls

from signing.errors import SigningError
from signing.levels.chains import context_at, path_to_root, refuse_path
from signing.levels.network import Network
from signing.levels.revocation_data import RevocationData
from signing.trust import TrustAnchors

# An answer without an end of its own: a batch of hundreds asks once, and a document of tomorrow asks anew.
_KEPT_WITHOUT_END: Final = dt.timedelta(minutes=10)
_FEW: Final = 3  # addresses of one certificate that are tried


@dataclass(frozen=True, slots=True)
class _Kept:
    data: RevocationData
    since: dt.datetime
    until: dt.datetime


class RevocationSource:
    """Asks, and remembers an answer as long as it is in force: a batch of hundreds asks once for each certificate."""

    def __init__(self, network: Network) -> None:
        """Make a source that remembers nothing yet."""
        self._network = network
        self._kept: dict[tuple[str, bytes], _Kept] = {}

    def about(
        self,
        certificate: bytes,
        others: Iterable[bytes],
        trust: TrustAnchors,
        *,
        used_at: dt.datetime,
        now: dt.datetime,
    ) -> RevocationData:
        """Ask about a certificate and every authority above it but the root.

        Args:
            certificate: DER.
            others: Certificates that may lie between it and the root.
            trust: Whom to believe.
            used_at: When it was used, as far as is proven; an OCSP answer from before is not reused.
            now: The present.

        Returns:
            The chain, and enough to know that each certificate of it was good at ``used_at``.

        Raises:
            SigningError: ``chain-not-trusted``; ``certificate-expired`` (by now); ``certificate-revoked``,
                ``certificate-not-yet-valid`` at ``used_at``; ``revocation-data-missing`` (nobody to ask, or no answer
                that holds); all of ``Network``.
        """
        leaf = asn1_x509.Certificate.load(certificate)
        path = path_to_root(leaf, [asn1_x509.Certificate.load(der) for der in others], trust)
        if now > leaf.not_valid_after:  # authorities forget those that have ended: "not on the list" means nothing
            raise SigningError("certificate-expired", not_after=leaf.not_valid_after.date().isoformat())
        chain = RevocationData(tuple(one.dump() for one in path))
        problem = SigningError("revocation-data-missing", retryable=True)
        for lists_too in (False, True):
            data = chain
            for pair in _pairs(path):
                try:
                    data |= self._ask(*pair, used_at, now, lists_too=lists_too)
                except SigningError as error:
                    problem = error
                    break
            else:
                try:
                    refuse_path(path, context_at(used_at, trust, data))
                except SigningError as error:
                    problem = error
                    if error.code != "revocation-data-missing":
                        break
                else:
                    return data
        raise problem

    def hear(
        self, certificate: bytes, others: Iterable[bytes], trust: TrustAnchors, *, now: dt.datetime
    ) -> RevocationData:
        """Ask about a certificate and those above it, and give whatever was heard, good or bad, or nothing."""
        try:
            path = path_to_root(
                asn1_x509.Certificate.load(certificate), [asn1_x509.Certificate.load(der) for der in others], trust
            )
        except SigningError:
            return RevocationData()
        heard = RevocationData(tuple(one.dump() for one in path))
        for pair in _pairs(path):
            with contextlib.suppress(SigningError):
                heard |= self._ask(*pair, now, now, lists_too=True)
        return heard

    def _ask(
        self,
        certificate: asn1_x509.Certificate,
        issuer: Authority,
        used_at: dt.datetime,
        now: dt.datetime,
        *,
        lists_too: bool,
    ) -> RevocationData:
        """Ask about one certificate: by OCSP if it can be, else (or ``lists_too``) by its issuer's list."""
        problems: list[SigningError] = []
        data = RevocationData()
        for url in get_ocsp_urls(certificate)[:_FEW]:
            try:
                data |= self._ocsp(url, certificate, issuer, used_at, now)
                break
            except SigningError as error:
                problems.append(error)
        if data.ocsps and not lists_too:
            return data
        for url in _list_urls(certificate)[:_FEW]:
            try:
                return data | self._list(url, now)
            except SigningError as error:
                problems.append(error)
        if data.ocsps:
            return data
        raise min(problems, key=lambda error: not error.retryable, default=_missing())

    def _ocsp(
        self, url: str, certificate: asn1_x509.Certificate, issuer: Authority, used_at: dt.datetime, now: dt.datetime
    ) -> RevocationData:
        kept = self._kept.get((url, certificate.dump()))
        if kept is not None and kept.since <= now < kept.until and used_at <= kept.since:
            return kept.data
        request = format_ocsp_request(certificate, issuer, certid_hash_algo="sha1", request_nonces=True)
        answered = self._network.post(url, request.dump(), "application/ocsp-request")
        try:
            response = process_ocsp_response_data(answered, ocsp_request=request, ocsp_url=url)
            start, end = _validity(response)
        except (OCSPFetchError, OCSPValidationError, ValueError, TypeError, KeyError):
            raise _missing() from None
        data = RevocationData(ocsps=(answered,))
        self._kept[url, certificate.dump()] = _Kept(data, start, end or now + _KEPT_WITHOUT_END)
        return data

    def _list(self, url: str, now: dt.datetime) -> RevocationData:
        kept = self._kept.get((url, b""))
        if kept is not None and kept.since <= now < kept.until:
            return kept.data
        fetched = self._network.get(url)
        try:
            times = crl.CertificateList.load(fetched, strict=True)["tbs_cert_list"]
            start, end = times["this_update"].native, times["next_update"].native
        except (ValueError, TypeError, KeyError):
            raise _missing() from None
        data = RevocationData(crls=(fetched,))
        self._kept[url, b""] = _Kept(data, start, end or now + _KEPT_WITHOUT_END)
        return data


def _pairs(path: ValidationPath) -> Iterator[tuple[asn1_x509.Certificate, Authority]]:
    for certificate in path.iter_certs(include_root=False):
        yield certificate, path.find_issuing_authority(certificate)


def _list_urls(certificate: asn1_x509.Certificate) -> list[str]:
    points = certificate.crl_distribution_points_value or ()
    return [url for point in points for url in enumerate_delivery_point_urls(point)]


def _validity(response: ocsp.OCSPResponse) -> tuple[dt.datetime, dt.datetime | None]:
    (single,) = response.response_data["responses"]
    return single["this_update"].native, single["next_update"].native


def _missing() -> SigningError:
    return SigningError("revocation-data-missing", retryable=True)
