# SPDX-License-Identifier: GPL-3.0-or-later
"""Hello, signed requests, enrolment and the small JSON of the contract."""

from __future__ import annotations

import dataclasses
import json
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.errors import KnownError
from casework.records.workplace import Unit
from sync_agent.wire import hello, request_signature
from sync_agent.wire.answers import EnvelopeStored, Refusal
from sync_agent.wire.canonical_json import JsonValue, MalformedJsonError, dump, parse
from sync_agent.wire.enrolment import Enrolment, Registration
from tests.sync_agent.material import DEVICE, Keyring

json_values: st.SearchStrategy[JsonValue] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8"), max_size=10),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(document=st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=10), json_values, max_size=6))
def test_json_has_one_spelling(document: dict[str, JsonValue]) -> None:
    data = dump(document)
    assert parse(data) == document
    assert dump(parse(json.dumps(document, indent=3).encode())) == data


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"null",
        b'{"a":1,"a":2}',
        b'{"a":NaN}',
        b'{"a":-Infinity}',
        b'{"a":1e999}',
        b'{"a":"\\ud800"}',
        b'{"a":1}{"b":2}',
        b"\xff\xfe",
        b"<html><body>Please sign in</body></html>",
        b'{"a":' + b"[" * 200_000,
        b'{"a":' + b"9" * 5_000 + b"}",
    ],
    ids=range(13),
)
def test_what_is_no_json_object_is_refused(data: bytes) -> None:
    with pytest.raises(MalformedJsonError):
        parse(data)


@given(time=st.integers(0, 2**40), epoch=st.from_regex(r"[a-z0-9][a-z0-9-]{0,30}", fullmatch=True))
def test_a_hello_proves_the_gateway(keyring: Keyring, time: int, epoch: str) -> None:
    nonce = hello.new_nonce(os.urandom)
    body = hello.answer(keyring.gateway_sign, nonce=nonce, time=time, epoch=epoch)
    assert hello.check(body, nonce=nonce, sign_public=keyring.gateway_sign_public) == hello.Hello(time, epoch)


def test_whatever_else_answers_a_hello_is_a_captive_portal(keyring: Keyring) -> None:
    nonce = hello.new_nonce(os.urandom)
    good = hello.answer(keyring.gateway_sign, nonce=nonce, time=1_700_000_000, epoch="epoch-1")
    strangers = [
        b"<html>Sign in to the Wi-Fi</html>",
        b"{}",
        hello.answer(keyring.device, nonce=nonce, time=1_700_000_000, epoch="epoch-1"),
        hello.answer(keyring.gateway_sign, nonce=hello.new_nonce(os.urandom), time=1_700_000_000, epoch="epoch-1"),
        good.replace(b"1700000000", b"1700000001"),
        good.replace(b"epoch-1", b"epoch-2"),
    ]
    for body in strangers:
        with pytest.raises(KnownError) as caught:
            hello.check(body, nonce=nonce, sign_public=keyring.gateway_sign_public)
        assert (caught.value.code, caught.value.retryable) == ("captive-portal", True)


def test_the_gateway_signs_nothing_but_a_nonce(keyring: Keyring) -> None:
    for nonce in ("", "zz", "0" * 31, "0" * 33, "0" * 31 + "\n", "A" * 32):
        with pytest.raises(KnownError):
            hello.answer(keyring.gateway_sign, nonce=nonce, time=1, epoch="e")


def stamped(keyring: Keyring, **changes: object) -> dict[str, str]:
    request: dict[str, object] = {
        "method": "PATCH",
        "path": "/v1/objects/ab?x=1",
        "body": b"bytes",
        "time": 1_700_000_000,
        **changes,
    }
    return request_signature.sign(
        keyring.device,
        device_id=DEVICE,
        random_bytes=os.urandom,
        **request,  # type: ignore[arg-type]  # a table of defaults
    )


def checked(keyring: Keyring, headers: dict[str, str], *, now: int = 1_700_000_000) -> None:
    stamp = request_signature.read_stamp(headers)
    request_signature.check(
        stamp, method="PATCH", path="/v1/objects/ab?x=1", body=b"bytes", sign_public=keyring.device_public, now=now
    )


def test_a_signed_request_is_believed_for_ten_minutes(keyring: Keyring) -> None:
    headers = stamped(keyring)
    checked(keyring, headers)
    checked(keyring, headers, now=1_700_000_600)
    for now in (1_700_000_601, 1_699_999_399):
        with pytest.raises(KnownError) as caught:
            checked(keyring, headers, now=now)
        assert (caught.value.code, caught.value.retryable) == ("clock-skew", True)


@pytest.mark.parametrize(
    "change",
    [{"method": "HEAD"}, {"path": "/v1/objects/ab?x=2"}, {"path": "/v1/objects/ab"}, {"body": b"B"}, {"body": None}],
    ids=range(5),
)
def test_a_signature_is_good_for_one_request_only(keyring: Keyring, change: dict[str, object]) -> None:
    with pytest.raises(KnownError) as caught:
        checked(keyring, stamped(keyring, **change))
    assert caught.value.code == "signature-wrong"


def test_the_signature_of_an_upload_does_not_wait_for_its_bytes(keyring: Keyring) -> None:
    stamp = request_signature.read_stamp(stamped(keyring, body=None))
    request_signature.check(
        stamp,
        method="PATCH",
        path="/v1/objects/ab?x=1",
        body=None,
        sign_public=keyring.device_public,
        now=1_700_000_000,
    )


@pytest.mark.parametrize(
    ("header", "value", "code"),
    [
        (request_signature.DEVICE_HEADER, "another-device", "signature-wrong"),
        (request_signature.TIME_HEADER, "1700000001", "signature-wrong"),
        (request_signature.NONCE_HEADER, "0" * 32, "signature-wrong"),
        (request_signature.DEVICE_HEADER, "a\nb", "signature-missing"),
        (request_signature.TIME_HEADER, "-1", "signature-missing"),
        (request_signature.TIME_HEADER, "١٢٣", "signature-missing"),
        (request_signature.NONCE_HEADER, "short", "signature-missing"),
        (request_signature.SIGNATURE_HEADER, "AAAA", "signature-missing"),
        (request_signature.SIGNATURE_HEADER, "é", "signature-missing"),
    ],
)
def test_a_changed_stamp_is_refused(keyring: Keyring, header: str, value: str, code: str) -> None:
    with pytest.raises(KnownError) as caught:
        checked(keyring, {**stamped(keyring), header: value})
    assert caught.value.code == code


def test_a_request_without_a_stamp_is_refused() -> None:
    with pytest.raises(KnownError) as caught:
        request_signature.read_stamp({})
    assert caught.value.code == "signature-missing"


def enrolment(keyring: Keyring) -> Enrolment:
    return Enrolment(
        device_id=DEVICE,
        lineage=DEVICE,
        slot=1,
        unit=Unit("H56.14", "Trung tâm Phục vụ hành chính công xã Tân Lập", "UBND XÃ TÂN LẬP", "Tân Lập", "14797"),
        one_time_code="ABCD-EFGH-1234",
        gateway_urls=("https://gateway.example.vn", "https://backup.example.vn/motcua"),
        gateway_seal_public=keyring.gateway_seal_public,
        gateway_sign_public=keyring.gateway_sign_public,
        commune_seal_private=keyring.commune.private_bytes_raw(),
        commune_seal_public=keyring.commune_public,
    )


def test_an_enrolment_file_comes_through(keyring: Keyring) -> None:
    given_out = enrolment(keyring)
    assert Enrolment.from_json(given_out.to_json()) == given_out
    newer = json.loads(given_out.to_json()) | {"minimum_release": "1.2"}
    assert Enrolment.from_json(json.dumps(newer).encode()) == given_out


def test_an_enrolment_keeps_its_secrets_out_of_a_repr(keyring: Keyring) -> None:
    shown = repr(enrolment(keyring))
    assert "ABCD" not in shown
    assert repr(keyring.commune.private_bytes_raw()) not in shown


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"version": 2}, "enrolment-version"),
        ({"slot": 16}, "enrolment-damaged"),
        ({"slot": True}, "enrolment-damaged"),
        ({"gateway_urls": []}, "enrolment-damaged"),
        ({"gateway_urls": ["ftp://x"]}, "enrolment-damaged"),
        ({"gateway_sign_public": "AAAA"}, "enrolment-damaged"),
        ({"unit": None}, "enrolment-damaged"),
    ],
)
def test_a_wrong_enrolment_file_is_refused(keyring: Keyring, change: dict[str, object], code: str) -> None:
    document = json.loads(enrolment(keyring).to_json()) | change
    with pytest.raises(KnownError) as caught:
        Enrolment.from_json(json.dumps(document).encode())
    assert caught.value.code == code


def test_a_registration_comes_through(keyring: Keyring) -> None:
    registration = Registration(DEVICE, "ABCD", keyring.device_public, keyring.reply_public)
    assert Registration.from_json(registration.to_json()) == registration
    assert "ABCD" not in repr(registration)
    with pytest.raises(KnownError) as caught:
        Registration.from_json(dataclasses.replace(registration, sign_public=b"short").to_json())
    assert caught.value.code == "registration-damaged"


def test_the_gateways_small_answers_come_through() -> None:
    stored = EnvelopeStored("e-1", ("0" * 64, "f" * 64))
    assert EnvelopeStored.from_json(stored.to_json()) == stored
    refusal = Refusal.of(KnownError("clock-skew", retryable=True, seconds="900"))
    assert Refusal.from_json(refusal.to_json()) == refusal == Refusal("clock-skew", True)


@pytest.mark.parametrize("body", [b"<html>502</html>", b"", b"{}", b'{"code":"<b>","retryable":true}'])
def test_what_the_gateway_did_not_write_is_garbled(body: bytes) -> None:
    for read in (EnvelopeStored.from_json, Refusal.from_json):
        with pytest.raises(KnownError) as caught:
            read(body)
        assert caught.value.code == "gateway-garbled"
