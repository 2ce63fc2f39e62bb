# SPDX-License-Identifier: GPL-3.0-or-later
"""The inventory of signing certificates: who can sign, whose certificate runs out, who has none and waits."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable
from typing import Final

from casework.records.signing_certificate import CertificateKind, SigningCertificate
from casework.work_calendar import VIET_NAM

ALERT_DAYS: Final = (7, 30, 90)
"""Days before the last day at which somebody is told, the most urgent first."""


class CertificateState(enum.StrEnum):
    """What a certificate is good for at a moment."""

    NOT_YET_VALID = "not-yet-valid"
    VALID = "valid"
    RUN_OUT = "run-out"
    REVOKED = "revoked"


def state_of(certificate: SigningCertificate, now: dt.datetime) -> CertificateState:
    """Tell what a certificate is good for; a revocation outranks all."""
    if certificate.revoked_at is not None and certificate.revoked_at <= now:
        return CertificateState.REVOKED
    if now < certificate.valid_from:
        return CertificateState.NOT_YET_VALID
    return CertificateState.VALID if now <= certificate.valid_to else CertificateState.RUN_OUT


def days_left(certificate: SigningCertificate, now: dt.datetime) -> int:
    """Give the days in Viet Nam from today to the last day; 0 on that day, negative afterwards."""
    return (certificate.valid_to.astimezone(VIET_NAM).date() - now.astimezone(VIET_NAM).date()).days


def alert_of(certificate: SigningCertificate, now: dt.datetime) -> int | None:
    """Give the number of days under which a valid certificate has fallen, 7, 30 or 90; None while it is far off."""
    if state_of(certificate, now) is not CertificateState.VALID:
        return None
    left = days_left(certificate, now)
    return next((days for days in ALERT_DAYS if left <= days), None)


def running_out(inventory: Iterable[SigningCertificate], now: dt.datetime) -> list[SigningCertificate]:
    """Give the certificates about which somebody is told, soonest first.

    One whose holder has a later one of the same kind is left out: she has renewed it.
    """
    known = tuple(inventory)
    return sorted(
        (each for each in known if alert_of(each, now) is not None and not _is_renewed(each, known, now)),
        key=lambda certificate: (certificate.valid_to, certificate.fingerprint),
    )


def without_certificate(
    clerk_ids: Iterable[str], inventory: Iterable[SigningCertificate], now: dt.datetime
) -> tuple[str, ...]:
    """Give who of some people cannot sign in her own name, in their order: what she decides waits to be signed."""
    able = {
        certificate.holder_id
        for certificate in inventory
        if certificate.kind is CertificateKind.PERSON and state_of(certificate, now) is CertificateState.VALID
    }
    return tuple(clerk_id for clerk_id in clerk_ids if clerk_id not in able)


def _is_renewed(certificate: SigningCertificate, known: Iterable[SigningCertificate], now: dt.datetime) -> bool:
    return any(
        (other.holder_id, other.kind) == (certificate.holder_id, certificate.kind)
        and other.valid_to > certificate.valid_to
        and state_of(other, now) is CertificateState.VALID
        for other in known
    )
