# SPDX-License-Identifier: GPL-3.0-or-later
"""A document by which somebody at the counter showed who they are."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from casework.identity.proof_of_identity import IdentityDocument


@dataclass(frozen=True, slots=True)
class ShownDocument:
    """A document as it was shown.

    Attributes:
        kind: What it is.
        number: As written on it, NFC, without spaces at the ends.
        nationality: Three letters of ICAO 9303 (``VNM``), or empty when it is not stated.
        issued_on: Date of issue, or None when it is not stated.
        expires_on: Last day of its validity, or None when no end is stated.
    """

    kind: IdentityDocument
    number: str
    nationality: str = ""
    issued_on: dt.date | None = None
    expires_on: dt.date | None = None
