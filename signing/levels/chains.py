# SPDX-License-Identifier: GPL-3.0-or-later
"""From a certificate up to a trusted root, and what the whole chain was worth at one moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from asn1crypto import x509 as asn1_x509
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import (
    ExpiredError,
    InsufficientRevinfoError,
    NotYetValidError,
    PathBuildingError,
    PathValidationError,
    RevokedError,
)
from pyhanko_certvalidator.path import ValidationPath
from pyhanko_certvalidator.policy_decl import PKIXValidationParams
from pyhanko_certvalidator.registry import CertificateRegistry, PathBuilder, SimpleTrustManager
from pyhanko_certvalidator.validate import async_validate_path

from signing import pyhanko_calls
from signing.errors import SigningError
from signing.levels.revocation_data import RevocationData
from signing.trust import TrustAnchors

pyhanko_calls.silence()


def context_at(
    moment: dt.datetime,
    trust: TrustAnchors,
    data: RevocationData,
    *,
    others: Iterable[asn1_x509.Certificate] = (),
    must_know: bool = True,
    **settings: Any,  # noqa: ANN401 - handed through to pyHanko
) -> ValidationContext:
    """Make a context that judges one moment by the data at hand, without a network.

    An answer that was given later than the moment counts: "good" on Friday was good on Thursday, and who was revoked
    on Friday at nine was not on Thursday. (Not for a certificate on hold that was given free again; for that the
    authority itself has said that it was good.)
    """
    if "revinfo_policy" not in settings:
        settings |= {"revocation_mode": "require" if must_know else "soft-fail", "retroactive_revinfo": True}
    return ValidationContext(
        trust_roots=[asn1_x509.Certificate.load(der) for der in trust.roots],
        other_certs=[
            *others,
            *(asn1_x509.Certificate.load(der) for der in trust.intermediates),
            *data.parsed_certificates(),
        ],
        moment=moment,
        allow_fetching=False,
        crls=list(data.crls),
        ocsps=list(data.ocsps),
        **settings,
    )


def path_to_root(
    certificate: asn1_x509.Certificate, others: Iterable[asn1_x509.Certificate], trust: TrustAnchors
) -> ValidationPath:
    """Find the way up to a trusted root; whether each step is valid is for ``refuse_path`` to say.

    Raises:
        SigningError: ``chain-not-trusted``.
    """
    roots = [asn1_x509.Certificate.load(der) for der in trust.roots]
    below = [*others, *(asn1_x509.Certificate.load(der) for der in trust.intermediates)]
    registry = CertificateRegistry.build([*roots, *below])
    builder = PathBuilder(trust_manager=SimpleTrustManager.build(trust_roots=roots), registry=registry)
    try:
        paths = pyhanko_calls.finish(builder.async_build_paths(certificate))
    except PathBuildingError:
        raise SigningError("chain-not-trusted") from None
    path: ValidationPath = paths[0]
    return path


def refuse_path(path: ValidationPath, context: ValidationContext) -> None:
    """Judge a chain in a context.

    Raises:
        SigningError: ``certificate-revoked`` (details ``since``), ``certificate-expired`` (``not_after``),
            ``certificate-not-yet-valid`` (``not_before``), ``revocation-data-missing`` (too old counts as missing),
            ``chain-not-trusted``.
    """
    try:
        pyhanko_calls.finish(async_validate_path(context, path, parameters=PKIXValidationParams()))
    except RevokedError as error:
        raise SigningError("certificate-revoked", since=error.revocation_dt.date().isoformat()) from None
    except ExpiredError as error:
        raise SigningError("certificate-expired", not_after=error.expired_dt.date().isoformat()) from None
    except NotYetValidError as error:
        raise SigningError("certificate-not-yet-valid", not_before=error.valid_from.date().isoformat()) from None
    except InsufficientRevinfoError:
        raise SigningError("revocation-data-missing", retryable=True) from None
    except PathValidationError:
        raise SigningError("chain-not-trusted") from None
