# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt

import pytest

from casework.signing_queue import SigningMeans, Unsigned, WaitsBecause, expiring, signing_queue
from casework.work_calendar import VIET_NAM

NOW = dt.datetime(2026, 11, 24, 9, 0, tzinfo=VIET_NAM)
SECOND, DAY = dt.timedelta(seconds=1), dt.timedelta(days=1)

WITHOUT = SigningMeans("without")
VALID = SigningMeans("valid", NOW - DAY, NOW + DAY)
OTHER = SigningMeans("other", NOW, NOW)
EXPIRED = SigningMeans("expired", NOW - DAY, NOW - SECOND)
FUTURE = SigningMeans("future", NOW + SECOND, NOW + DAY)
EVERYBODY = [WITHOUT, VALID, EXPIRED, OTHER, FUTURE]


@pytest.mark.parametrize(
    ("means", "can_sign"), [(WITHOUT, False), (VALID, True), (OTHER, True), (EXPIRED, False), (FUTURE, False)]
)
def test_who_has_a_valid_certificate_can_sign(means: SigningMeans, can_sign: bool) -> None:
    assert means.can_sign_at(NOW) is can_sign


def test_half_a_validity_is_no_certificate() -> None:
    assert not SigningMeans("x", valid_from=NOW).can_sign_at(NOW)
    assert not SigningMeans("x", valid_until=NOW).can_sign_at(NOW)


@pytest.mark.parametrize(
    ("signer_id", "because", "could_sign"),
    [
        ("", "signer-not-named", ("valid", "other")),
        ("without", "no-token", ("valid", "other")),
        ("unknown", "no-token", ("valid", "other")),
        ("expired", "certificate-not-valid", ("valid", "other")),
        ("future", "certificate-not-valid", ("valid", "other")),
        ("valid", "not-yet-signed", ("other",)),
        ("other", "not-yet-signed", ("valid",)),
    ],
)
def test_a_document_waits_for_a_reason_and_others_could_sign(
    signer_id: str, because: str, could_sign: tuple[str, ...]
) -> None:
    document = Unsigned("x", "d", NOW, signer_id=signer_id)
    (place,) = signing_queue([document], EVERYBODY, NOW)
    assert place.document == document
    assert place.because == WaitsBecause(because)
    assert place.could_sign == could_sign


def test_a_commune_without_any_token_still_has_its_list() -> None:
    (place,) = signing_queue([Unsigned("x", "d", NOW, signer_id="without")], [WITHOUT], NOW)
    assert (place.because, place.could_sign) == (WaitsBecause.NO_TOKEN, ())
    assert signing_queue([], EVERYBODY, NOW) == ()


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
    order = [place.document.document_id for place in signing_queue(documents, EVERYBODY, NOW)]
    assert order == ["a", "c", "b", "d", "e", "f", "g"]


def test_certificates_that_expire_within_thirty_days_are_told_the_first_at_the_top() -> None:
    in_30_days = SigningMeans("b", NOW, NOW + 30 * DAY)
    twin = SigningMeans("a", NOW, NOW + 30 * DAY)
    later = SigningMeans("z", NOW, NOW + 30 * DAY + SECOND)
    assert expiring([later, in_30_days, WITHOUT, twin, EXPIRED], NOW) == (EXPIRED, twin, in_30_days)
    assert expiring([in_30_days, VALID], NOW, within=DAY) == (VALID,)


def test_a_document_has_no_due_date_and_no_signer_unless_told() -> None:
    document = Unsigned("x", "d", NOW)
    assert (document.due_at, document.signer_id) == (None, "")
    assert (WITHOUT.valid_from, WITHOUT.valid_until) == (None, None)
    assert len(WaitsBecause) == 4
