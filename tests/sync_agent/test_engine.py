# SPDX-License-Identifier: GPL-3.0-or-later
"""Sealing and opening on a real encrypted store: nothing lost, nothing twice, whatever happens in between."""

from __future__ import annotations

import base64
import dataclasses
import datetime as dt
import errno
import os
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from casework.errors import KnownError
from casework.records.dossier import PortalState
from casework.records.operation import OperationKind
from localdb import outbox, sync_state
from sync_agent import desk_keys
from sync_agent.inbox import FeedPosition, Inbox
from sync_agent.spool import Spool, Station
from sync_agent.wire import envelope, reply
from sync_agent.wire.envelope import Envelope
from sync_agent.wire.reply import Acknowledged, KnownItem, PortalStatus, Rejected, ReplyHeader
from sync_agent.wire.sealed_key import public_half
from tests.sync_agent.material import COMMUNE, DEVICE, NOON, Keyring
from tests.sync_agent.open_desk import NAME, NUMBER, OpenDesk


def envelopes(desk: OpenDesk, keyring: Keyring, private_key: X25519PrivateKey | None = None) -> list[Envelope]:
    keys = desk_keys.load(desk.store, desk.folder)
    return [
        envelope.unseal(
            spooled.path.read_bytes(),
            private_key=private_key or keyring.gateway_seal,
            sign_public=keys.signer.public_key().public_bytes_raw(),
        )
        for spooled in Spool(desk.folder.spool).envelopes(Station.WAITING)
    ]


def operation_ids(desk: OpenDesk, keyring: Keyring) -> list[str]:
    return [operation.operation_id for opened in envelopes(desk, keyring) for operation in opened.operations]


def file_reply(
    desk: OpenDesk, keyring: Keyring, after: int, *items: KnownItem, upto: int = 0, epoch: str = "epoch-1"
) -> None:
    keys = desk_keys.load(desk.store, desk.folder)
    header = ReplyHeader(DEVICE, COMMUNE, epoch, after, upto or items[-1].sequence, NOON)
    data = reply.seal(
        header,
        items,
        reply_public=public_half(keys.reply_private),
        signer=keyring.gateway_sign,
        random_bytes=os.urandom,
    )
    Inbox(desk.folder.inbox).put(header, data)


def position(desk: OpenDesk) -> FeedPosition:
    with desk.store.reading() as connection:
        return FeedPosition(sync_state.epoch(connection), sync_state.cursor(connection))


def test_what_was_received_lies_sealed_in_the_spool(desk: OpenDesk, keyring: Keyring) -> None:
    dossier = desk.receive_dossier([b"%PDF one", b"%PDF two"])
    assert desk.engine.seal_pending() == 4
    for private_key in (keyring.gateway_seal, keyring.commune):
        (opened,) = envelopes(desk, keyring, private_key)
        assert [operation.kind for operation in opened.operations] == [
            OperationKind.PERSON_RECORDED,
            OperationKind.DOSSIER_RECEIVED,
            OperationKind.PAPER_ADDED,
            OperationKind.PAPER_ADDED,
        ]
        assert opened.operations[0].fields["full_name"] == NAME
        assert {operation.dossier_id for operation in opened.operations} == {dossier.dossier_id}
        assert len(opened.header.objects) == 2
        for reference in opened.header.objects:
            assert (desk.folder.objects / reference.path).stat().st_size == reference.sealed_size
    assert desk.engine.seal_pending() == 0
    assert len(envelopes(desk, keyring)) == 1
    assert desk.unsent().count == 4


def test_a_crash_between_spool_and_database_seals_the_same_operations_again(
    desk: OpenDesk, keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.receive_dossier([b"%PDF"])

    def crash(*arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(outbox, "mark_sealed", crash)
        with pytest.raises(KeyboardInterrupt):
            desk.engine.seal_pending()
    assert len(envelopes(desk, keyring)) == 1
    desk.crash_and_start_again()
    assert desk.engine.seal_pending() == 3
    first, second = envelopes(desk, keyring)
    assert first.operations == second.operations
    assert first.header.envelope_id != second.header.envelope_id


def test_a_full_disk_leaves_the_operations_to_be_sealed_later(
    desk: OpenDesk, keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.receive_dossier()

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "no space left")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(KnownError) as caught:
            desk.engine.seal_pending()
    assert caught.value.code == "disk-full"
    assert envelopes(desk, keyring) == []
    assert desk.engine.seal_pending() == 2


def test_many_operations_go_into_several_envelopes_in_order(desk: OpenDesk, keyring: Keyring) -> None:
    for _ in range(110):
        desk.receive_dossier()
    assert desk.engine.seal_pending() == 220
    first, second = envelopes(desk, keyring)
    assert (first.header.first_sequence, first.header.last_sequence) == (1, 200)
    assert (second.header.first_sequence, second.header.last_sequence) == (201, 220)


def test_too_much_for_one_envelope_goes_into_two(
    desk: OpenDesk, keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(8):
        desk.receive_dossier()
    monkeypatch.setattr(envelope, "FORMAT", dataclasses.replace(envelope.FORMAT, max_body_bytes=8_000))
    assert desk.engine.seal_pending() == 16
    opened = envelopes(desk, keyring)
    assert len(opened) > 1
    assert [operation.device_sequence for item in opened for operation in item.operations] == list(range(1, 17))


def test_the_gateways_answers_take_effect_once(desk: OpenDesk, keyring: Keyring) -> None:
    first, second = desk.receive_dossier(), desk.receive_dossier()
    desk.engine.seal_pending()
    ids = operation_ids(desk, keyring)
    message = f"Đã tiếp nhận hồ sơ của {NAME}"
    items: list[KnownItem] = [
        *(Acknowledged(n, DEVICE, operation_id) for n, operation_id in enumerate(ids[:3], 1)),
        Rejected(4, DEVICE, ids[3], "dossier-code"),
        PortalStatus(5, DEVICE, first.dossier_id, PortalState.ACCEPTED, "G22.99-261122-0001", message, NOON),
    ]
    for _ in range(2):
        file_reply(desk, keyring, 0, *items)
        summary = desk.engine.open_replies()
        assert Inbox(desk.folder.inbox).replies() == []
    assert summary.replies == 0  # the second time it is old
    assert desk.portal_state(first.dossier_id) == (PortalState.ACCEPTED, "G22.99-261122-0001")
    assert desk.portal_state(second.dossier_id) == (PortalState.WAITING, "")
    assert desk.notes(first.dossier_id) == [message]
    assert desk.answered() == [("portal", first.dossier_id)]
    assert (desk.unsent().count, desk.unsent().rejected) == (0, 1)
    assert position(desk) == Inbox(desk.folder.inbox).applied() == FeedPosition("epoch-1", 5)


def test_the_summary_tells_what_changed_here(desk: OpenDesk, keyring: Keyring) -> None:
    dossier = desk.receive_dossier()
    desk.engine.seal_pending()
    ids = operation_ids(desk, keyring)
    file_reply(
        desk, keyring, 0, Acknowledged(1, DEVICE, ids[0]), Acknowledged(2, "another-desk", "another-desks-operation")
    )
    file_reply(
        desk,
        keyring,
        2,
        Rejected(3, DEVICE, ids[1], "dossier-code"),
        PortalStatus(4, DEVICE, dossier.dossier_id, PortalState.REJECTED, "", "", NOON),
        PortalStatus(5, "another-desk", "another-desks-dossier", PortalState.ACCEPTED, "", "", NOON),
    )
    summary = desk.engine.open_replies()
    assert (summary.replies, summary.acknowledged, summary.unknown, summary.unreadable) == (2, 1, 0, 0)
    assert summary.rejected == {ids[1]: "dossier-code"}
    assert summary.dossier_ids == {dossier.dossier_id}


def test_a_neighbour_that_uses_our_names_speaks_of_other_things(desk: OpenDesk, keyring: Keyring) -> None:
    dossier = desk.receive_dossier()
    desk.engine.seal_pending()
    ids = operation_ids(desk, keyring)
    file_reply(
        desk,
        keyring,
        0,
        Acknowledged(1, "rogue-neighbour", ids[0]),
        Rejected(2, "rogue-neighbour", ids[1], "dossier-code"),
        PortalStatus(3, "rogue-neighbour", dossier.dossier_id, PortalState.REJECTED, "", "", NOON),
    )
    summary = desk.engine.open_replies()
    assert (summary.replies, summary.acknowledged) == (1, 0)
    assert not summary.rejected
    assert not summary.dossier_ids
    assert (desk.unsent().count, desk.unsent().rejected) == (2, 0)
    assert desk.portal_state(dossier.dossier_id)[0] is PortalState.WAITING
    assert desk.notes(dossier.dossier_id) == []


def test_a_reply_ahead_of_a_gap_waits_for_what_is_missing(desk: OpenDesk, keyring: Keyring) -> None:
    dossier = desk.receive_dossier()
    file_reply(desk, keyring, 0, upto=1)
    file_reply(desk, keyring, 2, PortalStatus(3, DEVICE, dossier.dossier_id, PortalState.ACCEPTED, "", "", NOON))
    assert desk.engine.open_replies().replies == 1
    assert position(desk).cursor == 1
    file_reply(desk, keyring, 1, upto=2)
    assert desk.engine.open_replies().replies == 2
    assert position(desk).cursor == 3
    assert desk.portal_state(dossier.dossier_id)[0] is PortalState.ACCEPTED


def test_a_reply_takes_effect_wholly_or_not_at_all(
    desk: OpenDesk, keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = desk.receive_dossier()
    desk.engine.seal_pending()
    (first, _) = operation_ids(desk, keyring)
    status = PortalStatus(2, DEVICE, dossier.dossier_id, PortalState.ACCEPTED, "", "", NOON)
    file_reply(desk, keyring, 0, Acknowledged(1, DEVICE, first), status)

    def crash(*arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("localdb.history.add", crash)
        with pytest.raises(KeyboardInterrupt):
            desk.engine.open_replies()
    desk.crash_and_start_again()
    assert position(desk) == FeedPosition("", 0)
    assert desk.unsent().count == 2
    assert desk.engine.open_replies().replies == 1
    assert desk.unsent().count == 1
    assert desk.portal_state(dossier.dossier_id)[0] is PortalState.ACCEPTED


def test_a_crash_after_the_commit_is_mended_at_the_next_opening(
    desk: OpenDesk, keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = desk.receive_dossier()
    file_reply(desk, keyring, 0, PortalStatus(1, DEVICE, dossier.dossier_id, PortalState.ACCEPTED, "", "ok", NOON))

    def crash(*arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Inbox, "write_applied", crash)
        with pytest.raises(KeyboardInterrupt):
            desk.engine.open_replies()
    desk.crash_and_start_again()
    assert desk.engine.open_replies().replies == 0
    assert Inbox(desk.folder.inbox).applied() == FeedPosition("epoch-1", 1)
    assert desk.notes(dossier.dossier_id) == ["ok"]


@pytest.mark.expects_log("sync_agent.engine")
def test_a_damaged_reply_is_thrown_away_and_fetched_again(desk: OpenDesk, keyring: Keyring) -> None:
    file_reply(desk, keyring, 0, upto=1)
    (filed,) = Inbox(desk.folder.inbox).replies()
    good = filed.path.read_bytes()
    filed.path.write_bytes(good[:-1])
    assert desk.engine.open_replies().unreadable == 1
    assert Inbox(desk.folder.inbox).next_position("epoch-1") == 0
    filed.path.write_bytes(good)
    assert desk.engine.open_replies().replies == 1


def test_a_reply_of_a_later_major_version_is_kept_for_the_update(desk: OpenDesk, keyring: Keyring) -> None:
    file_reply(desk, keyring, 0, upto=1)
    (filed,) = Inbox(desk.folder.inbox).replies()
    filed.path.write_bytes(filed.path.read_bytes().replace(b'"version":1', b'"version":2', 1))
    with pytest.raises(KnownError) as caught:
        desk.engine.open_replies()
    assert caught.value.code == "reply-version"
    assert filed.path.exists()


def test_a_restored_gateways_feed_is_read_from_the_beginning(desk: OpenDesk, keyring: Keyring) -> None:
    dossier = desk.receive_dossier()
    file_reply(desk, keyring, 0, upto=40)
    desk.engine.open_replies()
    file_reply(desk, keyring, 40, upto=50)
    file_reply(desk, keyring, 3, upto=9, epoch="epoch-2")
    file_reply(
        desk,
        keyring,
        0,
        PortalStatus(3, DEVICE, dossier.dossier_id, PortalState.ACCEPTED, "", "", NOON),
        epoch="epoch-2",
    )
    desk.engine.open_replies()
    assert position(desk) == FeedPosition("epoch-2", 9)
    assert desk.portal_state(dossier.dossier_id)[0] is PortalState.ACCEPTED
    desk.engine.open_replies()
    assert Inbox(desk.folder.inbox).replies() == []
    assert position(desk) == FeedPosition("epoch-2", 9)


def test_what_the_portal_said_is_noted_once_however_often_the_feed_is_read(desk: OpenDesk, keyring: Keyring) -> None:
    dossier_id = desk.receive_dossier().dossier_id
    answers = [
        PortalStatus(1, DEVICE, dossier_id, PortalState.REJECTED, "", "Thiếu giấy chứng sinh", NOON),
        PortalStatus(2, DEVICE, dossier_id, PortalState.ACCEPTED, "G22", "", NOON + dt.timedelta(minutes=5)),
        PortalStatus(
            3, DEVICE, dossier_id, PortalState.REJECTED, "", "Thiếu giấy chứng sinh", NOON + dt.timedelta(minutes=9)
        ),
    ]
    for epoch in ("epoch-1", "epoch-2"):
        file_reply(desk, keyring, 0, *answers, epoch=epoch)
        assert desk.engine.open_replies().replies == 1
    assert desk.notes(dossier_id) == ["Thiếu giấy chứng sinh", "", "Thiếu giấy chứng sinh"]


@pytest.mark.expects_log("sync_agent.engine")
def test_what_was_refused_as_a_whole_is_sealed_anew_under_its_own_identity(desk: OpenDesk, keyring: Keyring) -> None:
    desk.receive_dossier()
    desk.engine.seal_pending()
    ids = operation_ids(desk, keyring)
    spool = Spool(desk.folder.spool)
    spool.move(spool.envelopes(Station.WAITING)[0], Station.REFUSED)
    assert desk.engine.take_back_refused() == 2
    assert desk.engine.take_back_refused() == 0
    assert desk.engine.seal_pending() == 2
    assert operation_ids(desk, keyring) == ids


def test_nobodys_name_and_no_key_of_the_desk_lies_in_the_folders(
    desk: OpenDesk, keyring: Keyring, tmp_path: Path
) -> None:
    dossier = desk.receive_dossier([f"%PDF {NAME} {NUMBER}".encode()])
    desk.engine.seal_pending()
    message = f"Đã tiếp nhận {NAME}"
    file_reply(desk, keyring, 0, PortalStatus(1, DEVICE, dossier.dossier_id, PortalState.ACCEPTED, "", message, NOON))
    desk.engine.open_replies()
    keys = desk_keys.load(desk.store, desk.folder)
    secrets = [keyring.commune.private_bytes_raw(), keys.reply_private.private_bytes_raw()]
    needles = [word.encode(coding) for word in (NAME, NUMBER) for coding in ("utf-8", "utf-16-le", "unicode_escape")]
    needles += [form for secret in secrets for form in (secret, secret.hex().encode(), base64.b64encode(secret))]

    def leaks() -> list[str]:
        files = [path for path in tmp_path.rglob("*") if path.is_file()]
        assert {"desk.db", "courier.json", "device.key", "cursor"} <= {path.name for path in files}
        return [path.name for path in files if any(needle in path.read_bytes() for needle in needles)]

    assert leaks() == []
    (desk.folder.inbox / "planted").write_text(f"log of {NAME}", encoding="utf-8")
    assert leaks() == ["planted"]
