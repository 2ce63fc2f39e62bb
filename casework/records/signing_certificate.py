# SPDX-License-Identifier: GPL-3.0-or-later
"""A certificate with which somebody of the centre signs, as far as the inventory needs to know it."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass


class CertificateKind(enum.StrEnum):
    """Whose signature it makes."""

    PERSON = "person"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class SigningCertificate:
    """One line of the inventory.

    Attributes:
        fingerprint: SHA-256 of the certificate in hexadecimal; the identity.
        kind: Whose signature it makes.
        holder_id: ``clerk_id`` of who keeps the token.
        subject: Name in the certificate.
        issuer: Name of the authority.
        valid_from: Aware.
        valid_to: Aware; the last moment.
        revoked_at: Aware, or None.
    """

    fingerprint: str
    kind: CertificateKind
    holder_id: str
    subject: str
    issuer: str
    valid_from: dt.datetime
    valid_to: dt.datetime
    revoked_at: dt.datetime | None = None
