# SPDX-License-Identifier: GPL-3.0-or-later
"""Hello, registration, and who is believed."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casework.errors import KnownError
from gateway.enrolment import issue_enrolment
from gateway.folder import open_gateway
from sync_agent.wire import hello
from sync_agent.wire.answers import CODE_HEADER, Refusal
from sync_agent.wire.enrolment import Enrolment
from tests.gateway.conftest import RunningGateway, serving
from tests.gateway.desk import Desk


@pytest.fixture
def hurried(tmp_path: Path) -> Iterator[RunningGateway]:
    """A gateway whose clock may be put forward."""
    with serving(tmp_path / "gateway") as running:
        yield running


def refusal(answer: requests.Response, status: int) -> str:
    """The code of a refusal, after a look at its shape."""
    assert answer.status_code == status, answer.text
    assert answer.headers["Content-Type"] == "application/json"
    code = Refusal.from_json(answer.content).code
    assert answer.headers[CODE_HEADER] == code
    return code


def test_a_hello_proves_the_gateway_and_tells_its_time(gateway: RunningGateway, desk: Desk) -> None:
    nonce = hello.new_nonce(os.urandom)
    answer = requests.get(f"{gateway.url}/v1/hello?nonce={nonce}", timeout=20)
    found = hello.check(answer.content, nonce=nonce, sign_public=desk.enrolment.gateway_sign_public)
    assert abs(found.time - time.time()) < 5
    assert found.epoch


@pytest.mark.parametrize("nonce", ["", "zz", "A" * 32, "0" * 33])
def test_nothing_but_a_nonce_is_signed(gateway: RunningGateway, nonce: str) -> None:
    answer = requests.get(f"{gateway.url}/v1/hello?nonce={nonce}", timeout=20)
    assert refusal(answer, 400) == "hello-nonce"


def test_a_desk_registers_once_and_may_say_it_again(gateway: RunningGateway) -> None:
    desk = gateway.enrol_only()
    assert desk.register().status_code == 201
    assert desk.register().status_code == 201
    assert desk.news() == []


def test_nobody_else_registers_in_place_of_a_registered_desk(gateway: RunningGateway, desk: Desk) -> None:
    desk.signing, before = Ed25519PrivateKey.generate(), desk.signing
    assert refusal(desk.register(), 409) == "device-registered"
    desk.signing = before
    assert desk.news() == []


@pytest.mark.parametrize("wrong", ["code", "device"])
def test_a_wrong_code_or_an_unknown_device_does_not_register(gateway: RunningGateway, wrong: str) -> None:
    registration = gateway.enrol_only().registration()
    if wrong == "code":
        registration = dataclasses.replace(registration, one_time_code="ABCDEFGH")
    else:
        registration = dataclasses.replace(registration, device_id="nobody")
    answer = requests.post(f"{gateway.url}/v1/devices", data=registration.to_json(), timeout=20)
    assert refusal(answer, 403) == "one-time-code-wrong"


def test_a_one_time_code_ends_after_thirty_days(hurried: RunningGateway) -> None:
    early, late = hurried.enrol_only(), hurried.enrol_only()
    hurried.clock.error = dt.timedelta(days=29, hours=23)
    assert early.register().status_code == 201
    hurried.clock.error = dt.timedelta(days=30, minutes=1)
    assert refusal(late.register(), 403) == "one-time-code-expired"
    assert early.register().status_code == 201, "who is registered may say it again"
    wrong = dataclasses.replace(late.registration(), one_time_code="ABCDEFGH")
    answer = requests.post(f"{hurried.url}/v1/devices", data=wrong.to_json(), timeout=20)
    assert refusal(answer, 403) == "one-time-code-wrong"


def test_an_enrolment_whose_code_ended_unused_may_be_renewed(hurried: RunningGateway) -> None:
    unused = hurried.enrol_only()
    used = hurried.enrol(near=unused)
    hurried.clock.error = dt.timedelta(days=31)
    renewed = issue(hurried, unused)
    assert (renewed.slot, renewed.device_id) == (0, unused.device_id)
    assert refusal(unused.register(), 403) == "one-time-code-wrong"
    unused.enrolment = renewed
    assert unused.register().status_code == 201
    for taken in (unused, used):
        with pytest.raises(KnownError) as caught:
            issue(hurried, taken)
        assert caught.value.code == "slot-taken"


def issue(gateway: RunningGateway, like: Desk) -> Enrolment:
    """Issue another enrolment for a desk's unit and slot, on the gateway's clock."""
    with open_gateway(gateway.folder) as opened:
        enrolment = like.enrolment
        return issue_enrolment(opened, enrolment.unit, enrolment.slot, [gateway.url], gateway.clock())


def test_a_garbled_registration_is_refused(gateway: RunningGateway) -> None:
    answer = requests.post(f"{gateway.url}/v1/devices", data=b"<html>", timeout=20)
    assert refusal(answer, 400) == "registration-damaged"


def test_a_slot_is_given_to_one_desk_of_a_unit(gateway: RunningGateway, desk: Desk) -> None:
    neighbour = gateway.enrol_only(near=desk)
    assert (neighbour.enrolment.unit, neighbour.enrolment.slot) == (desk.enrolment.unit, 1)
    with pytest.raises(KnownError) as caught:
        gateway.enrol_only(near=desk)
    assert caught.value.code == "slot-taken"


def test_desks_of_a_commune_share_its_key_and_no_other_commune_has_it(gateway: RunningGateway, desk: Desk) -> None:
    neighbour = gateway.enrol_only(near=desk).enrolment
    stranger = gateway.enrol_only().enrolment
    assert neighbour.commune_seal_private == desk.enrolment.commune_seal_private
    assert stranger.commune_seal_private != desk.enrolment.commune_seal_private
    assert stranger.gateway_seal_public == desk.enrolment.gateway_seal_public


def test_an_unsigned_request_is_refused(gateway: RunningGateway) -> None:
    answer = requests.get(f"{gateway.url}/v1/replies?after=0", timeout=20)
    assert refusal(answer, 401) == "signature-missing"


def test_a_device_that_never_registered_is_unknown(gateway: RunningGateway) -> None:
    desk = gateway.enrol_only()
    assert refusal(desk.call("GET", "/v1/replies?after=0"), 401) == "device-unknown"
    big_enough_to_be_cut_off = b"x" * 1_500_000
    assert refusal(desk.call("POST", "/v1/envelopes", big_enough_to_be_cut_off), 401) == "device-unknown"


def test_another_key_is_not_believed(desk: Desk) -> None:
    desk.signing = Ed25519PrivateKey.generate()
    assert refusal(desk.call("GET", "/v1/replies?after=0"), 401) == "signature-wrong"


def test_a_signature_holds_for_its_own_request_only(desk: Desk) -> None:
    headers = desk.headers("GET", "/v1/replies?after=0")
    answer = desk.http.get(f"{desk.url}/v1/replies?after=1", headers=headers, timeout=20)
    assert refusal(answer, 401) == "signature-wrong"


def test_a_request_is_heard_once(desk: Desk) -> None:
    headers = desk.headers("GET", "/v1/replies?after=0")
    assert desk.http.get(f"{desk.url}/v1/replies?after=0", headers=headers, timeout=20).status_code == 204
    again = desk.http.get(f"{desk.url}/v1/replies?after=0", headers=headers, timeout=20)
    assert refusal(again, 401) == "replayed"


@pytest.mark.parametrize("error_s", [-601 - 5, 601 + 5])
def test_a_clock_that_is_off_is_told_so(desk: Desk, error_s: int) -> None:
    headers = desk.headers("GET", "/v1/replies?after=0", at=int(time.time()) + error_s)
    answer = desk.http.get(f"{desk.url}/v1/replies?after=0", headers=headers, timeout=20)
    assert refusal(answer, 401) == "clock-skew"


@pytest.mark.parametrize("error_s", [-590, 590])
def test_a_clock_that_is_nearly_right_is_good_enough(desk: Desk, error_s: int) -> None:
    headers = desk.headers("GET", "/v1/replies?after=0", at=int(time.time()) + error_s)
    assert desk.http.get(f"{desk.url}/v1/replies?after=0", headers=headers, timeout=20).status_code == 204


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/", 404, "not-found"),
        ("GET", "/v1/nothing", 404, "not-found"),
        ("DELETE", "/v1/hello", 405, "method-not-allowed"),
        ("GET", "/v1/hello", 400, "bad-request"),
        ("GET", "/portal-files/AAAA", 404, "not-found"),
    ],
)
def test_everything_else_is_refused_in_the_same_shape(
    gateway: RunningGateway, method: str, path: str, status: int, code: str
) -> None:
    assert refusal(requests.request(method, gateway.url + path, timeout=20), status) == code


@pytest.mark.parametrize("query", ["", "?after=-1", "?after=x", "?after=0&limit=0", "?after=0&limit=1001"])
def test_a_request_for_replies_names_a_position(desk: Desk, query: str) -> None:
    assert refusal(desk.call("GET", f"/v1/replies{query}"), 400) == "bad-request"


def test_a_desk_that_has_seen_more_than_the_gateway_remembers_is_told_so(desk: Desk) -> None:
    assert refusal(desk.call("GET", "/v1/replies?after=1"), 409) == "feed-behind"


def test_a_body_beyond_the_limit_is_not_taken(desk: Desk) -> None:
    assert refusal(desk.call("POST", "/v1/envelopes", bytes((8 << 20) + 1)), 413) == "too-large"
