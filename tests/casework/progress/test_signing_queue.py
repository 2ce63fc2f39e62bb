# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt

import pytest

from casework.progress.signing_queue import Unsigned, WaitsBecause, signing_queue
from casework.records.signing_certificate import CertificateKind, SigningCertificate
from casework.work_calendar import VIET_NAM

NOW = dt.datetime(2026, 11, 24, 9, 0, tzinfo=VIET_NAM)
SECOND, DAY = dt.timedelta(seconds=1), dt.timedelta(days=1)


def certificate(
    holder_id: str,
    valid_from: dt.datetime,
    valid_to: dt.datetime,
    kind: CertificateKind = CertificateKind.PERSON,
    revoked_at: dt.datetime | None = None,
) -> SigningCertificate:
    return SigningCertificate(holder_id, kind, holder_id, "", "", valid_from, valid_to, revoked_at)


VALID = certificate("valid", NOW - DAY, NOW + DAY)
RENEWED = certificate("valid", NOW - 9 * DAY, NOW - DAY)
OTHER = certificate("other", NOW, NOW)
EXPIRED = certificate("expired", NOW - DAY, NOW - SECOND)
FUTURE = certificate("future", NOW + SECOND, NOW + DAY)
REVOKED = certificate("revoked", NOW - DAY, NOW + DAY, revoked_at=NOW)
AGENCY = certificate("without", NOW - DAY, NOW + DAY, CertificateKind.ORGANISATION)
INVENTORY = [RENEWED, VALID, EXPIRED, OTHER, FUTURE, REVOKED, AGENCY, VALID]


@pytest.mark.parametrize(
    ("signer_id", "because", "could_sign"),
    [
        ("", "signer-not-named", ("valid", "other")),
        ("without", "no-token", ("valid", "other")),
        ("unknown", "no-token", ("valid", "other")),
        ("expired", "certificate-not-valid", ("valid", "other")),
        ("future", "certificate-not-valid", ("valid", "other")),
        ("revoked", "certificate-not-valid", ("valid", "other")),
        ("valid", "not-yet-signed", ("other",)),
        ("other", "not-yet-signed", ("valid",)),
    ],
)
def test_a_document_waits_for_a_reason_and_others_could_sign(
    signer_id: str, because: str, could_sign: tuple[str, ...]
) -> None:
    document = Unsigned("x", "d", NOW, signer_id=signer_id)
    (place,) = signing_queue([document], INVENTORY, NOW)
    assert place.document == document
    assert place.because == WaitsBecause(because)
    assert place.could_sign == could_sign


def test_a_commune_without_any_token_still_has_its_list() -> None:
    (place,) = signing_queue([Unsigned("x", "d", NOW, signer_id="without")], [], NOW)
    assert (place.because, place.could_sign) == (WaitsBecause.NO_TOKEN, ())
    assert signing_queue([], INVENTORY, NOW) == ()


def test_what_is_due_first_is_signed_first_and_what_is_never_due_last() -> None:
    documents = [
        Unsigned("g", "d", NOW - DAY),
        Unsigned("f", "d", NOW - 2 * DAY),
        Unsigned("e", "d", NOW, due_at=NOW + SECOND),
        Unsigned("d", "d", NOW, due_at=NOW),
        Unsigned("c", "d", NOW - SECOND, due_at=NOW),
        Unsigned("b", "d", NOW, due_at=NOW),
        Unsigned("a", "d", NOW + DAY, due_at=NOW - DAY),
    ]
    order = [place.document.document_id for place in signing_queue(documents, INVENTORY, NOW)]
    assert order == ["a", "c", "b", "d", "e", "f", "g"]


def test_a_document_has_no_due_date_and_no_signer_unless_told() -> None:
    document = Unsigned("x", "d", NOW)
    assert (document.due_at, document.signer_id) == (None, "")
    assert len(WaitsBecause) == 4
