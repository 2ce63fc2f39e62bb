# SPDX-License-Identifier: GPL-3.0-or-later
"""Envelopes: what comes out is what went in, for those it was sealed to, and only as it was signed."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.errors import BugError, KnownError
from casework.records.operation import FieldValue, OperationKind
from sync_agent.wire import envelope, operation_codec
from sync_agent.wire.canonical_json import JsonObject
from sync_agent.wire.container import ContainerFormat, build
from sync_agent.wire.json_fields import binary_text
from sync_agent.wire.sealed_key import key_id, seal_key
from tests.sync_agent.material import COMMUNE, DEVICE, NOON, Keyring, make_object, make_operation, seal_envelope

EPOCH = dt.datetime(1990, 1, 1, tzinfo=dt.UTC)

texts = st.text(st.characters(codec="utf-8"), max_size=40)
field_values: st.SearchStrategy[FieldValue] = (
    texts | st.integers(-(2**60), 2**60) | st.floats(allow_nan=False, allow_infinity=False) | st.booleans() | st.none()
)
moments = st.integers(0, 7_000_000_000_000_000).map(lambda n: EPOCH + dt.timedelta(microseconds=n))


@given(
    changes=st.lists(
        st.fixed_dictionaries(
            {
                "kind": st.sampled_from(OperationKind),
                "fields": st.dictionaries(texts, field_values, max_size=8),
                "base_version": st.integers(0, 2**40),
                "at": moments,
            }
        ),
        min_size=1,
        max_size=12,
    ),
    contents=st.lists(st.binary(min_size=1, max_size=50), max_size=4, unique=True),
)
def test_what_comes_out_is_what_went_in(
    keyring: Keyring, changes: list[dict[str, object]], contents: list[bytes]
) -> None:
    objects = [make_object(content) for content in contents]
    object_ids = tuple(item.object_id for item in objects)
    operations = [make_operation(n, object_ids=object_ids, **change) for n, change in enumerate(changes, 5)]
    data = seal_envelope(keyring, operations, objects)
    for private_key in (keyring.gateway_seal, keyring.commune):
        opened = envelope.unseal(data, private_key=private_key, sign_public=keyring.device_public)
        assert opened.operations == tuple(operations)
        assert opened.unreadable == ()
        assert {key.object_id: key.file_key for key in opened.object_keys.values()} == {
            item.object_id: item.file_key for item in objects
        }
    header = envelope.verify(data, keyring.device_public)
    assert header == envelope.read_header(data) == opened.header
    assert (header.first_sequence, header.last_sequence) == (5, 4 + len(operations))
    assert [reference.transport_id for reference in header.objects] == [item.transport_id for item in objects]
    assert header.created_at == NOON


@settings(max_examples=200)
@given(place=st.floats(0, 1, exclude_max=True))
def test_any_flipped_bit_is_refused(keyring: Keyring, place: float) -> None:
    good = seal_envelope(keyring, [make_operation(1)], [make_object(b"scan")])
    position = int(place * len(good) * 8)
    bad = bytearray(good)
    bad[position // 8] ^= 1 << position % 8
    with pytest.raises(KnownError) as caught:
        envelope.verify(bytes(bad), keyring.device_public)
    assert caught.value.code.startswith("envelope-")


@settings(max_examples=100)
@given(place=st.floats(0, 1, exclude_max=True))
def test_any_missing_tail_is_refused(keyring: Keyring, place: float) -> None:
    good = seal_envelope(keyring, [make_operation(1)])
    with pytest.raises(KnownError):
        envelope.verify(good[: int(place * len(good))], keyring.device_public)


def test_no_other_key_opens_it(keyring: Keyring) -> None:
    data = seal_envelope(keyring, [make_operation(1)])
    for stranger in (keyring.reply, X25519PrivateKey.generate()):
        with pytest.raises(KnownError) as caught:
            envelope.unseal(data, private_key=stranger, sign_public=keyring.device_public)
        assert caught.value.code == "envelope-not-for-us"


def test_another_workstations_signature_is_refused(keyring: Keyring) -> None:
    stranger = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    with pytest.raises(KnownError) as caught:
        envelope.unseal(seal_envelope(keyring, [make_operation(1)]), private_key=keyring.commune, sign_public=stranger)
    assert caught.value.code == "envelope-signature"


def test_the_readable_part_holds_nothing_of_the_operations(keyring: Keyring) -> None:
    operation = make_operation(1, fields={"full_name": "Nguyễn Thị Bưởi", "id_number": "012345678901"})
    data = seal_envelope(keyring, [operation], [make_object(b"scan")])
    for secret in ("Nguyễn Thị Bưởi".encode(), b"012345678901", operation.operation_id.encode(), b"application/pdf"):
        assert secret not in data


def test_the_same_operations_sealed_again_keep_their_identity(keyring: Keyring) -> None:
    operations = [make_operation(1), make_operation(2)]
    first, second = (
        seal_envelope(keyring, operations, envelope_id="e-1"),
        seal_envelope(keyring, operations, envelope_id="e-2"),
    )
    assert first != second
    opened = [
        envelope.unseal(data, private_key=keyring.gateway_seal, sign_public=keyring.device_public)
        for data in (first, second)
    ]
    assert [item.operation_id for item in opened[0].operations] == [item.operation_id for item in opened[1].operations]


def forged(keyring: Keyring, body: JsonObject, *, version: int = 1, count: int = 1, path: str = "ab/cd.enc") -> bytes:
    """An envelope of an enrolled workstation that does not keep to the format."""
    roomy = ContainerFormat(b"MCE1", "envelope", 1 << 40, 1 << 40, 1 << 40)
    content_key = os.urandom(32)
    sealed_key = seal_key(content_key, keyring.gateway_seal_public, b"motcua/envelope/1e-1")
    header: JsonObject = {
        "version": version,
        "envelope_id": "e-1",
        "device_id": DEVICE,
        "commune": COMMUNE,
        "created_at": NOON.isoformat(),
        "first_sequence": 1,
        "last_sequence": count,
        "operation_count": count,
        "objects": [{"transport_id": "0" * 64, "size": 1, "path": path}],
        "recipients": [{"key_id": key_id(keyring.gateway_seal_public), "sealed_key": binary_text(sealed_key)}],
        "a field of next year": {"x": [1, 2]},
    }
    return build(roomy, header, body, content_key, keyring.device)


def unseal(keyring: Keyring, data: bytes) -> envelope.Envelope:
    return envelope.unseal(data, private_key=keyring.gateway_seal, sign_public=keyring.device_public)


def test_a_body_that_unpacks_to_gigabytes_is_refused_before_it_does(keyring: Keyring) -> None:
    bomb = forged(keyring, {"version": 1, "operations": [], "object_keys": [], "padding": "0" * (33 << 20)})
    assert len(bomb) < 10_000
    with pytest.raises(KnownError) as caught:
        unseal(keyring, bomb)
    assert caught.value.code == "envelope-too-large"


def test_an_oversized_envelope_is_refused_unread(keyring: Keyring) -> None:
    with pytest.raises(KnownError) as caught:
        envelope.read_header(b"MCE1" + bytes(envelope.FORMAT.max_bytes))
    assert caught.value.code == "envelope-too-large"


def test_a_future_major_version_is_refused_by_name(keyring: Keyring) -> None:
    with pytest.raises(KnownError) as caught:
        envelope.read_header(forged(keyring, {}, version=2))
    assert caught.value.code == "envelope-version"


def test_fields_of_a_newer_minor_version_are_passed_over(keyring: Keyring) -> None:
    document = {**operation_codec.encode(make_operation(1)), "hybrid_clock": "2026-11-22T05:00:00Z/7"}
    opened = unseal(keyring, forged(keyring, {"version": 1, "operations": [document], "object_keys": [], "more": 1}))
    assert opened.operations == (make_operation(1),)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kind": "dossier.teleported"}, "operation-newer"),
        ({"schema": 99}, "operation-newer"),
        ({"base_version": -1}, "operation-damaged"),
        ({"at": "2026-11-22T05:00:00"}, "operation-damaged"),
        ({"at": "0001-01-01T00:00:00+14:00"}, "operation-damaged"),
        ({"fields": {"nested": {}}}, "operation-damaged"),
        ({"record_id": "../../etc/passwd"}, "operation-damaged"),
        ({"device_id": "somebody-else"}, "operation-foreign"),
    ],
)
def test_one_bad_operation_does_not_take_its_neighbours_along(keyring: Keyring, change: JsonObject, code: str) -> None:
    good, bad = make_operation(1), operation_codec.encode(make_operation(2))
    body: JsonObject = {
        "version": 1,
        "operations": [operation_codec.encode(good), {**bad, **change}],
        "object_keys": [],
    }
    opened = unseal(keyring, forged(keyring, body, count=2))
    assert opened.operations == (good,)
    assert [(item.position, item.operation_id, item.code) for item in opened.unreadable] == [
        (1, make_operation(2).operation_id, code)
    ]


@pytest.mark.parametrize(
    "path", ["../../desk.db", "/etc/passwd", "ab\\cd.enc", "ab/../cd.enc", "ab/cd", "C:/x.enc", ""]
)
def test_a_path_that_leaves_the_objects_folder_is_refused(keyring: Keyring, path: str) -> None:
    with pytest.raises(KnownError) as caught:
        envelope.read_header(forged(keyring, {}, path=path))
    assert caught.value.code == "envelope-damaged"


def test_operations_out_of_order_are_our_own_mistake(keyring: Keyring) -> None:
    for operations in (
        [],
        [make_operation(2), make_operation(1)],
        [make_operation(1), make_operation(1)],
        [make_operation(n) for n in range(1, 202)],
        [dataclasses.replace(make_operation(1), device_id="somebody-else")],
    ):
        with pytest.raises(BugError):
            seal_envelope(keyring, operations)


def test_secrets_do_not_show_in_a_repr() -> None:
    item = make_object(b"scan")
    assert binary_text(item.file_key) not in repr(item)
    assert repr(item.file_key) not in repr(item)
