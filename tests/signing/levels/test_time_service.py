# SPDX-License-Identifier: GPL-3.0-or-later
"""Asking for a timestamp: an honest authority is believed, a lying, slow, busy or dead one is named."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator

import pytest
from asn1crypto import cms

from signing.errors import SigningError
from signing.levels.network import Network
from signing.levels.policy import UpgradePolicy
from signing.levels.time_service import TimeService, TimestampToken, fetch_timestamp
from signing.trust import TrustAnchors
from tests.signing import pki_faults
from tests.signing.levels.conftest import policy_for
from tests.signing.pki import NOW, Fault, PublicKeyInfrastructure, nobody_listens

DIGEST = bytes(range(32))
HOUR = dt.timedelta(hours=1)
MakeFault = Callable[[PublicKeyInfrastructure], Fault]


@pytest.fixture
def over() -> Iterator[threading.Event]:
    """Set when the test is over."""
    event = threading.Event()
    yield event
    event.set()


def stamp(policy: UpgradePolicy, trust: TrustAnchors | None = None, url: str | None = None) -> TimestampToken:
    service = policy.time_services[0] if url is None else TimeService(url)
    return fetch_timestamp(DIGEST, service, policy.network, policy.revocation, trust or policy.trust, NOW)


def code_of(policy: UpgradePolicy, **settings: str) -> SigningError:
    with pytest.raises(SigningError) as caught:
        stamp(policy, **settings)  # type: ignore[arg-type]  # only ``url`` is given
    return caught.value


def test_an_honest_authority_is_believed(policy: UpgradePolicy, pki: PublicKeyInfrastructure) -> None:
    token = stamp(policy)
    info = cms.ContentInfo.load(token.der)["content"]["encap_content_info"]["content"].parsed
    assert info["message_imprint"]["hashed_message"].native == DIGEST
    assert token.moment == NOW
    assert token.certificate_ends > NOW + 8 * 365 * dt.timedelta(days=1)
    assert token.revocation.crls == (pki.crl("root"),)


def test_the_revocation_of_the_authority_is_asked_once_for_many_timestamps(
    policy: UpgradePolicy, pki: PublicKeyInfrastructure
) -> None:
    for _ in range(3):
        stamp(policy)
    assert pki.asked == ["tsa", "crls", "tsa", "tsa"]


LIES: dict[str, tuple[MakeFault, str, dict[str, str]]] = {
    "wrong imprint": (lambda _: pki_faults.wrong_imprint(), "timestamp-wrong", {"part": "imprint"}),
    "wrong nonce": (lambda _: pki_faults.wrong_nonce(), "timestamp-wrong", {"part": "nonce"}),
    "no nonce": (lambda _: pki_faults.without_nonce(), "timestamp-wrong", {"part": "nonce"}),
    "wrong policy": (lambda pki: pki_faults.with_policy("1.2.3.4", pki), "timestamp-wrong", {"part": "policy"}),
    "broken signature": (lambda _: pki_faults.with_broken_signature(), "timestamp-wrong", {"part": "signature"}),
    "not for stamping": (
        lambda pki: pki_faults.impersonating("tsa-not-for-stamping", pki),
        "timestamp-wrong",
        {"part": "purpose"},
    ),
    "expired": (
        lambda pki: pki_faults.impersonating("tsa-expired", pki),
        "timestamp-authority-expired",
        {"not_after": "2026-11-30"},
    ),
    "revoked": (
        lambda pki: pki_faults.impersonating("tsa-revoked", pki),
        "timestamp-authority-revoked",
        {"since": "2026-11-01"},
    ),
    "foreign": (lambda pki: pki_faults.impersonating("tsa-foreign", pki), "timestamp-authority-not-trusted", {}),
    "in the future": (lambda pki: pki_faults.off_by(HOUR, pki), "clock-differs", {"minutes": "-60"}),
    "in the past": (lambda pki: pki_faults.off_by(-HOUR, pki), "clock-differs", {"minutes": "60"}),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_lying_authority_is_not_believed_and_not_asked_again(
    lie: str, policy: UpgradePolicy, pki: PublicKeyInfrastructure
) -> None:
    make, code, details = LIES[lie]
    with pki.misbehaving("tsa", make(pki)):
        error = code_of(policy)
    assert (error.code, dict(error.details)) == (code, details)
    assert not error.retryable
    assert pki.asked.count("tsa") == 1


@pytest.mark.parametrize(
    "body", [b"", b"<html>Log in</html>", b"\x30\x03\x02\x01\x00", b"\x30\x80", bytes(4096)], ids=repr
)
def test_an_answer_that_is_no_timestamp_is_worth_another_try(
    body: bytes, policy: UpgradePolicy, pki: PublicKeyInfrastructure
) -> None:
    with pki.misbehaving("tsa", pki_faults.saying(body)):
        error = code_of(policy)
    assert (error.code, error.retryable) == ("timestamp-unreadable", True)


def test_a_proper_refusal_says_why(policy: UpgradePolicy, pki: PublicKeyInfrastructure) -> None:
    with pki.misbehaving("tsa", pki_faults.refusing()):
        error = code_of(policy)
    assert str(error) == "timestamp-refused reason=rejection time_not_available"
    assert error.retryable


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_authority_says_when_to_come_back(
    status: int, policy: UpgradePolicy, pki: PublicKeyInfrastructure
) -> None:
    with pki.misbehaving("tsa", pki_faults.busy(1200, status)):
        error = code_of(policy)
    assert (error.code, error.retryable, error.details["retry_after"]) == ("service-busy", True, "1200")


def test_a_busy_authority_may_name_a_date(policy: UpgradePolicy, pki: PublicKeyInfrastructure) -> None:
    with pki.misbehaving("tsa", pki_faults.busy("Wed, 02 Dec 2026 07:28:00 GMT")):
        assert code_of(policy).details["retry_at"] == "2026-12-02T07:28:00+00:00"


@pytest.mark.parametrize("nonsense", [None, "", "soon", "-5", "99999999999"])
def test_a_busy_authority_may_say_nothing_of_use(
    nonsense: str | None, policy: UpgradePolicy, pki: PublicKeyInfrastructure
) -> None:
    with pki.misbehaving("tsa", pki_faults.busy(nonsense)):
        assert set(code_of(policy).details) == {"host"}


def test_an_authority_that_hangs_is_given_up(pki: PublicKeyInfrastructure, over: threading.Event) -> None:
    with pki.misbehaving("tsa", pki_faults.hanging(over)):
        error = code_of(policy_for(pki, seconds=0.3))
    assert (error.code, error.retryable) == ("service-too-slow", True)


def test_an_authority_that_sends_byte_by_byte_is_given_up(pki: PublicKeyInfrastructure, over: threading.Event) -> None:
    with pki.misbehaving("tsa", pki_faults.trickling(0.05, over)):
        error = code_of(policy_for(pki, seconds=0.5))
    assert (error.code, error.retryable) == ("service-too-slow", True)


def test_a_slow_authority_is_waited_for_and_its_time_counts_from_the_answer(
    pki: PublicKeyInfrastructure, policy: UpgradePolicy
) -> None:
    """The clock must not be called wrong because an answer took long."""
    late = pki_faults.off_by(dt.timedelta(seconds=1), pki)
    with pki.misbehaving("tsa", lambda request, honest: pki_faults.slow(1.1)(request, lambda r: late(r, honest))):
        token = fetch_timestamp(
            DIGEST,
            policy.time_services[0],
            policy.network,
            policy.revocation,
            policy.trust,
            NOW,
            tolerance=dt.timedelta(0),
        )
    assert token.moment == NOW + dt.timedelta(seconds=1)


def test_an_authority_that_is_down_is_unreachable(policy: UpgradePolicy) -> None:
    url = nobody_listens()
    network = Network(frozenset({url.removeprefix("http://")}), seconds=3)
    with pytest.raises(SigningError) as caught:
        fetch_timestamp(DIGEST, TimeService(url + "/tsa"), network, policy.revocation, policy.trust, NOW)
    assert (caught.value.code, caught.value.retryable) == ("service-unreachable", True)


def test_a_timestamp_is_not_taken_on_trust_when_nobody_can_say_whether_its_authority_is_revoked(
    policy: UpgradePolicy, pki: PublicKeyInfrastructure
) -> None:
    with pki.misbehaving("crls", pki_faults.failing()):
        error = code_of(policy)
    assert (error.code, error.retryable) == ("service-failed", True)
