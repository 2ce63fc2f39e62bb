# SPDX-License-Identifier: GPL-3.0-or-later
"""Documents at every level, made once, and the policy by which they are upgraded."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from signing.levels.network import Network
from signing.levels.policy import UpgradePolicy
from signing.levels.revocation_source import RevocationSource
from signing.levels.time_service import TimeService
from signing.levels.upgrade import next_step
from signing.pdf_signature import SignatureRequest, sign_pdf
from tests.signing.pki import NOW, POLICY_OF_TSA, PublicKeyInfrastructure

MakePolicy = Callable[..., UpgradePolicy]
Sign = Callable[..., bytes]


def policy_for(pki: PublicKeyInfrastructure, *stampers: str, seconds: float = 20) -> UpgradePolicy:
    """Ask the services of the infrastructure; nothing is remembered of earlier questions."""
    network = Network(frozenset({f"{pki.host}:{pki.port}"}), seconds=seconds)
    services = tuple(TimeService(pki.url_of_tsa(name), frozenset({POLICY_OF_TSA})) for name in stampers or ("tsa",))
    return UpgradePolicy(pki.trust, network, RevocationSource(network), services)


@pytest.fixture
def policy(pki: PublicKeyInfrastructure) -> UpgradePolicy:
    """The usual policy."""
    return policy_for(pki)


@pytest.fixture(scope="session")
def small_pdf(typeset: Callable[..., bytes]) -> bytes:
    """A document of one page, PDF/A-2b, small so that proofs are quick."""
    return typeset("xin chào")


@pytest.fixture(scope="session")
def sign(pki_of_session: PublicKeyInfrastructure, small_pdf: bytes) -> Sign:
    """Signs with somebody's key, at ``NOW`` unless told otherwise."""

    def sign_one(name: str = "signer", pdf: bytes = small_pdf, moment: object = NOW) -> bytes:
        assert isinstance(moment, type(NOW))
        return sign_pdf(pdf, SignatureRequest(moment, place=None), pki_of_session.key(name)).content

    return sign_one


@pytest.fixture(scope="session")
def basic(sign: Sign) -> bytes:
    """B-B."""
    return sign()


@pytest.fixture(scope="session")
def two_signers(sign: Sign, basic: bytes) -> bytes:
    """B-B twice: the second signature has closed the hole of the first."""
    return sign("chairman", basic)


@pytest.fixture(scope="session")
def timestamped(pki_of_session: PublicKeyInfrastructure, basic: bytes) -> bytes:
    """B-T by way A."""
    with pki_of_session.at(NOW):
        return next_step(basic, NOW, policy_for(pki_of_session)).content


@pytest.fixture(scope="session")
def archived(pki_of_session: PublicKeyInfrastructure, timestamped: bytes) -> bytes:
    """B-LTA; the last timestamp's certificate ends in 200 days."""
    with pki_of_session.at(NOW):
        return next_step(timestamped, NOW, policy_for(pki_of_session, "tsa-ends-soon")).content
