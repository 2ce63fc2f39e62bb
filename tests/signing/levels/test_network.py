# SPDX-License-Identifier: GPL-3.0-or-later
"""The way out: listed hosts only, no detours, bounded in time and size."""

from __future__ import annotations

import pytest

from signing.errors import SigningError
from signing.levels.network import Network
from tests.signing import pki_faults
from tests.signing.pki import PublicKeyInfrastructure


@pytest.fixture
def network(pki: PublicKeyInfrastructure) -> Network:
    return Network(frozenset({f"{pki.host}:{pki.port}"}), seconds=10)


def code_of(network: Network, url: str) -> SigningError:
    with pytest.raises(SigningError) as caught:
        network.get(url)
    return caught.value


def test_a_listed_host_is_asked(network: Network, pki: PublicKeyInfrastructure) -> None:
    assert network.get(pki.url_of_crl()) == pki.crl()


@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/latest/meta-data",
        "http://localhost/x",
        "http://127.0.0.1:1/x",
        "http://ca.example@127.0.0.1:1/x",
        "https://ca.example:8443/x",
        "http://ca.example:99999/x",
        "http://ca.example.evil.example/x",
        "http://CA.example\n/x",
        "http://ca.example/x y",
        "ftp://ca.example/x",
        "file:///etc/passwd",
        "ldap://ca.example/cn=x",
        "//ca.example/x",
        "",
    ],
)
def test_everybody_else_is_not(url: str) -> None:
    network = Network(frozenset({"ca.example"}))
    assert not network.allows(url)
    assert code_of(network, url).code == "service-not-allowed"


@pytest.mark.parametrize(
    "url", ["http://ca.example/x", "http://CA.example:80/x", "https://ca.example/", "http://ca.example./"]
)
def test_a_listed_host_is_known_in_every_spelling(url: str) -> None:
    assert Network(frozenset({"ca.example"})).allows(url)


def test_nobody_is_asked_unless_somebody_is_listed() -> None:
    assert not Network(frozenset()).allows("http://ca.example/")


def test_a_name_that_is_no_longer_there_leads_to_the_new_one(pki: PublicKeyInfrastructure) -> None:
    network = Network(frozenset({f"{pki.host}:{pki.port}"}), {"ocsp.ca.ptc": pki.host})
    assert network.get(f"http://ocsp.ca.ptc:{pki.port}/vn/crls/root/latest.crl") == pki.crl("root")


def test_a_redirect_is_not_followed(network: Network, pki: PublicKeyInfrastructure) -> None:
    with pki.misbehaving("crls", pki_faults.elsewhere(pki.url_of_tsa())):
        error = code_of(network, pki.url_of_crl())
    assert (error.code, error.details["status"]) == ("service-failed", "302")
    assert pki.asked == ["crls"]


def test_the_environment_names_no_proxy(
    network: Network, pki: PublicKeyInfrastructure, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    assert network.get(pki.url_of_crl()) == pki.crl()


def test_a_proxy_is_used_when_it_is_given(pki: PublicKeyInfrastructure) -> None:
    network = Network(frozenset({"ca.example"}), proxy=f"{pki.host}:{pki.port}")
    assert network.get("http://ca.example/vn/crls/root/latest.crl") == pki.crl("root")


def test_an_answer_without_end_is_cut_off(pki: PublicKeyInfrastructure) -> None:
    network = Network(frozenset({f"{pki.host}:{pki.port}"}), maximum_bytes=1000)
    with pki.misbehaving("crls", pki_faults.saying(bytes(1001))):
        error = code_of(network, pki.url_of_crl())
    assert (error.code, error.retryable) == ("service-answer-too-large", False)
    with pki.misbehaving("crls", pki_faults.saying(bytes(1000))):
        assert len(network.get(pki.url_of_crl())) == 1000


def test_an_error_names_the_host_and_nothing_of_the_path(network: Network, pki: PublicKeyInfrastructure) -> None:
    with pki.misbehaving("crls", pki_faults.failing()):
        assert str(code_of(network, pki.url_of_crl())) == f"service-failed host={pki.host}:{pki.port} status=500"
