# SPDX-License-Identifier: GPL-3.0-or-later
"""Replies: from the gateway, to one workstation, for one stretch of the feed."""

from __future__ import annotations

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.errors import BugError, KnownError
from casework.records.dossier import PortalState
from sync_agent.wire import reply
from sync_agent.wire.canonical_json import JsonObject
from sync_agent.wire.container import build
from sync_agent.wire.json_fields import binary_text
from sync_agent.wire.reply import Acknowledged, KnownItem, ObjectHeld, PortalStatus, Rejected, ReplyHeader, UnknownItem
from sync_agent.wire.sealed_key import key_id, seal_key
from tests.sync_agent.material import COMMUNE, DEVICE, NOON, Keyring

HEADER = ReplyHeader(DEVICE, COMMUNE, "epoch-1", after=40, upto=50, created_at=NOON)
ITEMS: tuple[KnownItem, ...] = (
    Acknowledged(41, DEVICE, "operation-1"),
    Rejected(43, "another-device", "operation-2", "dossier-unknown"),
    ObjectHeld(47, DEVICE, "ab" * 32, "cd" * 32),
    PortalStatus(50, DEVICE, "dossier-1", PortalState.ACCEPTED, "G22.99-261122-0001", "Đã tiếp nhận", NOON),
)


def sealed(keyring: Keyring, header: ReplyHeader = HEADER, items: tuple[KnownItem, ...] = ITEMS) -> bytes:
    return reply.seal(
        header, items, reply_public=keyring.reply_public, signer=keyring.gateway_sign, random_bytes=os.urandom
    )


def unsealed(keyring: Keyring, data: bytes) -> reply.Reply:
    return reply.unseal(data, private_key=keyring.reply, sign_public=keyring.gateway_sign_public)


@given(
    after=st.integers(0, 2**50),
    steps=st.lists(st.tuples(st.integers(1, 5), st.sampled_from(PortalState), st.text(max_size=30)), max_size=20),
)
def test_what_comes_out_is_what_went_in(
    keyring: Keyring, after: int, steps: list[tuple[int, PortalState, str]]
) -> None:
    sequence, items = after, []
    for step, state, words in steps:
        sequence += step
        message = words.encode(errors="ignore").decode()
        items.append(PortalStatus(sequence, DEVICE, "dossier-1", state, "", message, NOON))
    header = ReplyHeader(DEVICE, COMMUNE, "epoch-1", after, max(sequence, after + 1), NOON)
    data = sealed(keyring, header, tuple(items))
    assert unsealed(keyring, data) == reply.Reply(header, tuple(items))
    assert reply.verify(data, keyring.gateway_sign_public) == reply.read_header(data) == header


def test_every_kind_of_item_comes_through(keyring: Keyring) -> None:
    assert unsealed(keyring, sealed(keyring)).items == ITEMS


@settings(max_examples=200)
@given(place=st.floats(0, 1, exclude_max=True))
def test_any_flipped_bit_is_refused(keyring: Keyring, place: float) -> None:
    good = sealed(keyring)
    position = int(place * len(good) * 8)
    bad = bytearray(good)
    bad[position // 8] ^= 1 << position % 8
    with pytest.raises(KnownError):
        reply.verify(bytes(bad), keyring.gateway_sign_public)


def test_only_the_workstation_opens_it(keyring: Keyring) -> None:
    with pytest.raises(KnownError) as caught:
        reply.unseal(sealed(keyring), private_key=keyring.commune, sign_public=keyring.gateway_sign_public)
    assert caught.value.code == "reply-not-for-us"


def test_a_reply_that_the_gateway_did_not_sign_is_refused(keyring: Keyring) -> None:
    with pytest.raises(KnownError) as caught:
        reply.unseal(sealed(keyring), private_key=keyring.reply, sign_public=keyring.device_public)
    assert caught.value.code == "reply-signature"


def test_an_envelope_is_not_a_reply(keyring: Keyring) -> None:
    with pytest.raises(KnownError) as caught:
        reply.read_header(b"MCE1" + sealed(keyring)[4:])
    assert caught.value.code == "reply-damaged"


def test_items_outside_their_stretch_are_our_own_mistake(keyring: Keyring) -> None:
    for sequences in ([40], [51], [42, 42]):
        with pytest.raises(BugError):
            sealed(keyring, items=tuple(Acknowledged(number, DEVICE, "o") for number in sequences))


def by_hand(keyring: Keyring, items: list[JsonObject]) -> bytes:
    content_key = os.urandom(32)
    header: JsonObject = {
        "version": 1,
        "device_id": DEVICE,
        "commune": COMMUNE,
        "epoch": "epoch-1",
        "from": 40,
        "to": 50,
        "created_at": NOON.isoformat(),
        "key_id": key_id(keyring.reply_public),
        "sealed_key": binary_text(seal_key(content_key, keyring.reply_public, b"motcua/reply/1")),
    }
    return build(reply.FORMAT, header, {"version": 1, "items": items}, content_key, keyring.gateway_sign)


def test_an_item_of_a_later_release_is_kept_apart_and_counted(keyring: Keyring) -> None:
    data = by_hand(
        keyring,
        [
            {"sequence": 41, "kind": "catalogue-changed", "version": "2027-01"},
            {"sequence": 42, "kind": "acknowledged", "device_id": "d", "operation_id": "operation-1", "priority": 3},
        ],
    )
    assert unsealed(keyring, data).items == (UnknownItem(41, "catalogue-changed"), Acknowledged(42, "d", "operation-1"))


@pytest.mark.parametrize("sequences", [[40], [51], [45, 44], [45, 45]])
def test_items_that_break_the_feeds_order_are_refused(keyring: Keyring, sequences: list[int]) -> None:
    items: list[JsonObject] = [
        {"sequence": n, "kind": "acknowledged", "device_id": "d", "operation_id": "o"} for n in sequences
    ]
    with pytest.raises(KnownError) as caught:
        unsealed(keyring, by_hand(keyring, items))
    assert caught.value.code == "reply-damaged"


def test_the_portals_words_do_not_show_in_a_repr() -> None:
    assert "Đã tiếp nhận" not in repr(ITEMS)
