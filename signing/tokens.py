# SPDX-License-Identifier: GPL-3.0-or-later
"""Tokens as the desk sees them: what is plugged in, whose certificates it holds, how close it is to locking."""

from __future__ import annotations

from dataclasses import dataclass

from signing.certificates import SigningCertificate
from signing.pin import PinState


@dataclass(frozen=True, slots=True)
class TokenCertificate:
    """A certificate on a token.

    Attributes:
        certificate: The certificate.
        key_id: ``CKA_ID`` in hex; pairs the certificate with its private key. Empty on some makes.
    """

    certificate: SigningCertificate
    key_id: str


@dataclass(frozen=True, slots=True)
class Token:
    """A signing token that is plugged in.

    Attributes:
        label: Name that the issuer or the holder gave it.
        serial: Serial number; with a certificate's SHA-256 it names what to sign with.
        manufacturer: As the token says.
        model: As the token says.
        pin_state: How close the token is to locking.
        certificates: What can be read without a PIN, authorities included.
    """

    label: str
    serial: str
    manufacturer: str
    model: str
    pin_state: PinState
    certificates: tuple[TokenCertificate, ...]
