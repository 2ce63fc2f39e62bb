# SPDX-License-Identifier: GPL-3.0-or-later
"""What authorities have said about certificates: revocation lists and OCSP answers, as plain bytes."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from asn1crypto import crl, ocsp
from asn1crypto import x509 as asn1_x509

from signing.errors import SigningError

_KINDS: Final = ("certificates", "ocsps", "crls")


@dataclass(frozen=True, slots=True)
class RevocationData:
    """Answers of authorities and the certificates that they are about; all DER.

    Attributes:
        certificates: Of signers, services and authorities.
        ocsps: OCSP answers.
        crls: Revocation lists.
    """

    certificates: tuple[bytes, ...] = field(default=(), repr=False)
    ocsps: tuple[bytes, ...] = field(default=(), repr=False)
    crls: tuple[bytes, ...] = field(default=(), repr=False)

    def __or__(self, other: RevocationData) -> RevocationData:
        """Both together, nothing twice."""
        return RevocationData(
            _united(self.certificates, other.certificates),
            _united(self.ocsps, other.ocsps),
            _united(self.crls, other.crls),
        )

    def to_bytes(self) -> bytes:
        """Write down, to be kept for a day without a network."""
        return json.dumps(
            {kind: [base64.b64encode(one).decode() for one in getattr(self, kind)] for kind in _KINDS}
        ).encode()

    @classmethod
    def from_bytes(cls, content: bytes) -> RevocationData:
        """Read what ``to_bytes`` wrote.

        Raises:
            SigningError: ``revocation-cache-unreadable``.
        """
        try:
            kept = json.loads(content)
            return cls(*(tuple(base64.b64decode(one, validate=True) for one in kept[kind]) for kind in _KINDS))
        except (ValueError, KeyError, TypeError, binascii.Error):
            raise SigningError("revocation-cache-unreadable") from None

    def usable_at(self, moment: dt.datetime, maximum_age: dt.timedelta) -> RevocationData:
        """Leave out what is neither in force at a moment nor young enough.

        An authority that renews its list every ninety days means it to be used for ninety days.
        """
        oldest = moment - maximum_age
        return self._filtered(lambda since, until: since >= oldest or (until is not None and until >= moment))

    def issued_until(self, moment: dt.datetime) -> RevocationData:
        """Leave out what was said after a moment."""
        return self._filtered(lambda since, _: since <= moment)

    def _filtered(self, keeps: Callable[[dt.datetime, dt.datetime | None], bool]) -> RevocationData:
        crls, ocsps = [], []
        for der in self.crls:
            listed = crl.CertificateList.load(der)["tbs_cert_list"]
            if keeps(listed["this_update"].native, listed["next_update"].native):
                crls.append(der)
        for der in self.ocsps:
            answers = ocsp.OCSPResponse.load(der).response_data["responses"]
            if all(keeps(one["this_update"].native, one["next_update"].native) for one in answers):
                ocsps.append(der)
        return RevocationData(self.certificates, tuple(ocsps), tuple(crls))

    def parsed_certificates(self) -> list[asn1_x509.Certificate]:
        """The certificates, parsed."""
        return [asn1_x509.Certificate.load(der) for der in self.certificates]


def united(several: Iterable[RevocationData]) -> RevocationData:
    """All of them together, nothing twice."""
    together = RevocationData()
    for one in several:
        together |= one
    return together


def _united(first: tuple[bytes, ...], second: tuple[bytes, ...]) -> tuple[bytes, ...]:
    return tuple(dict.fromkeys((*first, *second)))
