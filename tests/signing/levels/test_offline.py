# SPDX-License-Identifier: GPL-3.0-or-later
"""Signing without a network: only with a certificate of which the last news is good, and not too old."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from signing.errors import SigningError
from signing.levels.document_state import Level, read_state
from signing.levels.offline import OfflinePolicy, refresh_cache, refuse_bad_standing, sign_offline
from signing.levels.policy import UpgradePolicy
from signing.levels.revocation_data import RevocationData
from signing.pdf_signature import SignatureRequest
from tests.signing import pki_faults
from tests.signing.levels.conftest import policy_for
from tests.signing.pki import NOW, PublicKeyInfrastructure, nobody_listens

DAY = dt.timedelta(days=1)
PEOPLE = ("signer", "chairman", "revoked", "revoked-later", "expired", "not-yet", "of-revoked-authority", "foreign")


@pytest.fixture(scope="session")
def cache(pki_of_session: PublicKeyInfrastructure) -> RevocationData:
    """What was heard of everybody while there was a network."""
    policy = policy_for(pki_of_session)
    with pki_of_session.at(NOW):
        people = [pki_of_session.der(name) for name in PEOPLE]
        heard = refresh_cache(people, policy.trust.intermediates, policy.revocation, policy.trust, NOW)
    return RevocationData.from_bytes(heard.to_bytes())


@pytest.fixture
def offline(cache: RevocationData, pki: PublicKeyInfrastructure) -> OfflinePolicy:
    return OfflinePolicy(pki.trust, cache)


def refusal(pki: PublicKeyInfrastructure, name: str, offline: OfflinePolicy, now: dt.datetime = NOW) -> str:
    key = pki.key(name)
    try:
        refuse_bad_standing(key.certificate.der, key.chain, offline, now)
    except SigningError as error:
        return str(error)
    return ""


def test_a_good_certificate_may_sign_and_nobody_is_asked(
    offline: OfflinePolicy, pki: PublicKeyInfrastructure, small_pdf: bytes
) -> None:
    signed = sign_offline(small_pdf, SignatureRequest(NOW + 3 * DAY), pki.key(), offline)
    (signature,) = read_state(signed.content).signatures
    assert signature.level is Level.BASIC
    assert signature.hole_end - signature.hole_start - 2 == 32_768
    assert pki.asked == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("signer", ""),
        ("chairman", ""),
        ("revoked-later", ""),
        ("revoked", "certificate-revoked since=2026-11-01"),
        ("of-revoked-authority", "certificate-revoked since=2026-11-01"),
        ("expired", "certificate-expired not_after=2026-11-30"),
        ("not-yet", "certificate-not-yet-valid not_before=2026-12-02"),
        ("foreign", "chain-not-trusted"),
        ("seal", ""),  # nobody asked about it by OCSP, but the list of its authority speaks of all
    ],
)
def test_the_cache_decides(name: str, expected: str, offline: OfflinePolicy, pki: PublicKeyInfrastructure) -> None:
    assert refusal(pki, name, offline) == expected
    assert pki.asked == []


def test_news_that_is_too_old_is_not_enough_to_sign(offline: OfflinePolicy, pki: PublicKeyInfrastructure) -> None:
    assert refusal(pki, "signer", offline, NOW + 7 * DAY) == ""
    assert refusal(pki, "signer", offline, NOW + 8 * DAY) == "revocation-data-old days=7"
    assert refusal(pki, "signer", dataclasses.replace(offline, maximum_age=DAY), NOW + 2 * DAY) == (
        "revocation-data-old days=1"
    )


def test_a_list_that_is_renewed_every_ninety_days_is_good_for_ninety_days(
    offline: OfflinePolicy, pki: PublicKeyInfrastructure
) -> None:
    """The list of the root is 23 days old at ``NOW``."""
    assert refusal(pki, "signer", dataclasses.replace(offline, maximum_age=3 * DAY)) == ""


def test_news_of_a_revocation_never_grows_old(offline: OfflinePolicy, pki: PublicKeyInfrastructure) -> None:
    assert refusal(pki, "revoked", offline, NOW + 300 * DAY).startswith("certificate-revoked")


def test_a_later_visit_to_the_network_brings_the_news(offline: OfflinePolicy, pki: PublicKeyInfrastructure) -> None:
    later = NOW + 3 * DAY
    policy = policy_for(pki)
    with pki.at(later):
        heard = refresh_cache([pki.der("revoked-later")], (), policy.revocation, policy.trust, later)
    renewed = dataclasses.replace(offline, cache=offline.cache | heard)
    assert refusal(pki, "revoked-later", renewed, later) == "certificate-revoked since=2026-12-03"


def test_without_any_news_nothing_is_signed(
    offline: OfflinePolicy, pki: PublicKeyInfrastructure, small_pdf: bytes
) -> None:
    deaf = dataclasses.replace(offline, cache=RevocationData())
    with pytest.raises(SigningError) as caught:
        sign_offline(small_pdf, SignatureRequest(NOW), pki.key(), deaf)
    assert caught.value.code == "revocation-data-missing"


def test_a_clock_before_the_newest_time_that_is_proven_does_not_sign(
    offline: OfflinePolicy, pki: PublicKeyInfrastructure, small_pdf: bytes
) -> None:
    guarded = dataclasses.replace(offline, newest_trusted_time=NOW + dt.timedelta(hours=2))
    with pytest.raises(SigningError) as caught:
        sign_offline(small_pdf, SignatureRequest(NOW), pki.key(), guarded)
    assert str(caught.value) == "clock-behind minutes=120"


def test_a_clock_before_a_timestamp_in_the_document_does_not_sign(
    offline: OfflinePolicy, pki: PublicKeyInfrastructure, timestamped: bytes
) -> None:
    with pytest.raises(SigningError) as caught:
        sign_offline(timestamped, SignatureRequest(NOW - DAY), pki.key(), offline)
    assert str(caught.value) == "clock-behind minutes=1440"


def test_who_cannot_be_asked_about_one_is_still_asked_about_the_others(pki: PublicKeyInfrastructure) -> None:
    policy = policy_for(pki)
    with pki.misbehaving("ocsp", pki_faults.failing()):
        heard = refresh_cache([pki.der("foreign"), pki.der("signer")], (), policy.revocation, policy.trust, NOW)
    assert heard.ocsps == ()
    assert refusal(pki, "signer", OfflinePolicy(pki.trust, heard)) == ""


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"certificates": 1, "ocsps": [], "crls": []}', b"\xff"])
def test_a_cache_that_was_damaged_says_so(content: bytes) -> None:
    with pytest.raises(SigningError) as caught:
        RevocationData.from_bytes(content)
    assert caught.value.code == "revocation-cache-unreadable"


# --- asking ---


def test_the_list_is_asked_for_when_the_responder_is_down(policy: UpgradePolicy, pki: PublicKeyInfrastructure) -> None:
    with pki.misbehaving("ocsp", pki_faults.failing()):
        data = policy.revocation.about(pki.der("signer"), (), policy.trust, used_at=NOW, now=NOW)
    assert len(data.ocsps) == 0
    assert set(data.crls) == {pki.crl("intermediate"), pki.crl("root")}


def test_an_answer_from_before_the_signature_is_not_used_for_it(
    policy: UpgradePolicy, pki: PublicKeyInfrastructure
) -> None:
    minute = dt.timedelta(minutes=1)
    policy.revocation.about(pki.der("signer"), (), policy.trust, used_at=NOW, now=NOW)
    policy.revocation.about(pki.der("signer"), (), policy.trust, used_at=NOW, now=NOW + minute)
    assert pki.asked.count("ocsp") == 1
    with pki.at(NOW + 2 * minute):
        later = NOW + 2 * minute
        policy.revocation.about(pki.der("signer"), (), policy.trust, used_at=NOW + minute, now=later)
    assert pki.asked.count("ocsp") == 2


@pytest.mark.parametrize("rubbish", [b"", b"<html>", b"\x30\x00", bytes(100)], ids=repr)
def test_rubbish_instead_of_news_is_no_news(
    rubbish: bytes, policy: UpgradePolicy, pki: PublicKeyInfrastructure
) -> None:
    fault = pki_faults.saying(rubbish)
    with pki.misbehaving("ocsp", fault), pki.misbehaving("crls", fault), pytest.raises(SigningError) as caught:
        policy.revocation.about(pki.der("signer"), (), policy.trust, used_at=NOW, now=NOW)
    assert (caught.value.code, caught.value.retryable) == ("revocation-data-missing", True)


def test_an_answer_about_somebody_else_is_no_news(policy: UpgradePolicy, pki: PublicKeyInfrastructure) -> None:
    other = policy_for(pki).revocation.about(pki.der("chairman"), (), policy.trust, used_at=NOW, now=NOW).ocsps[0]
    with (
        pki.misbehaving("ocsp", pki_faults.saying(other, "application/ocsp-response")),
        pki.misbehaving("crls", pki_faults.failing()),
        pytest.raises(SigningError) as caught,
    ):
        policy.revocation.about(pki.der("signer"), (), policy.trust, used_at=NOW, now=NOW)
    assert caught.value.retryable


def test_hosts_named_in_a_certificate_are_not_asked_unless_they_are_listed(pki: PublicKeyInfrastructure) -> None:
    policy = policy_for(pki)
    elsewhere = dataclasses.replace(policy.network, allowed_hosts=frozenset({nobody_listens()}))
    source = type(policy.revocation)(elsewhere)
    with pytest.raises(SigningError) as caught:
        source.about(pki.der("signer"), (), policy.trust, used_at=NOW, now=NOW)
    assert caught.value.code == "service-not-allowed"
    assert pki.asked == []
