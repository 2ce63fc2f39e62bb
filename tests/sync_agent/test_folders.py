# SPDX-License-Identifier: GPL-3.0-or-later
"""Spool and inbox: files that are there whole or not at all, in order, among whatever else lies about."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.errors import KnownError
from sync_agent.inbox import FeedPosition, Inbox
from sync_agent.spool import Spool, Station
from sync_agent.wire.reply import ReplyHeader
from tests.sync_agent.material import COMMUNE, DEVICE, NOON

needs_posix = pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")


def header(after: int, upto: int, epoch: str = "epoch-1") -> ReplyHeader:
    return ReplyHeader(DEVICE, COMMUNE, epoch, after, upto, NOON)


def test_envelopes_come_out_in_the_order_of_their_operations(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool")
    for sequence in (1000, 7, 31):
        spool.put(sequence, f"e-{sequence}", b"sealed")
    waiting = Spool(tmp_path / "spool").envelopes(Station.WAITING)
    assert [(item.first_sequence, item.envelope_id) for item in waiting] == [(7, "e-7"), (31, "e-31"), (1000, "e-1000")]
    assert waiting[0].path.read_bytes() == b"sealed"


def test_one_rename_takes_an_envelope_a_step_further(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool")
    spool.put(1, "e-1", b"sealed")
    for station in (Station.DELIVERED, Station.SENT, Station.WAITING, Station.REFUSED):
        (spooled,) = [item for place in Station for item in spool.envelopes(place)]
        spool.move(spooled, station)
        assert [spool.count(place) for place in Station] == [int(place is station) for place in Station]


def test_what_a_crash_left_half_written_is_no_envelope_and_is_swept(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool")
    spool.put(1, "e-1", b"sealed")
    (tmp_path / "spool" / ".abc123.part").write_bytes(b"half")
    (tmp_path / "spool" / "desktop.ini").write_bytes(b"")
    (tmp_path / "spool" / "000000000002-e-2.envelope.bak").write_bytes(b"")
    assert spool.count(Station.WAITING) == 1
    assert (spool.sweep(), spool.sweep()) == (1, 0)
    assert spool.count(Station.WAITING) == 1


@needs_posix
def test_only_the_owner_reads_the_spool(tmp_path: Path) -> None:
    spooled = Spool(tmp_path / "spool").put(1, "e-1", b"sealed")
    assert stat.S_IMODE(spooled.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(spooled.path.parent.stat().st_mode) == 0o700


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spool, inbox = Spool(tmp_path / "spool"), Inbox(tmp_path / "inbox")
    before = sorted(tmp_path.rglob("*"))

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "no space left")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        for action in (
            lambda: spool.put(1, "e-1", b"sealed"),
            lambda: inbox.put(header(0, 5), b"sealed"),
            lambda: inbox.write_applied(FeedPosition("epoch-1", 5)),
        ):
            with pytest.raises(KnownError) as caught:
                action()
            assert (caught.value.code, caught.value.retryable) == ("disk-full", True)
    assert sorted(tmp_path.rglob("*")) == before
    spool.put(1, "e-1", b"sealed")


def test_the_next_question_follows_the_replies_without_a_gap(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path / "inbox")
    assert inbox.next_position("epoch-1") == 0
    for after, upto in ((0, 10), (10, 15), (20, 30)):
        inbox.put(header(after, upto), b"sealed")
    assert inbox.next_position("epoch-1") == 15
    inbox.write_applied(FeedPosition("epoch-1", 10))
    inbox.remove(inbox.replies()[0])
    assert inbox.next_position("epoch-1") == 15
    inbox.put(header(15, 20), b"sealed")
    assert inbox.next_position("epoch-1") == 30
    assert [(reply.after, reply.upto) for reply in inbox.replies()] == [(10, 15), (15, 20), (20, 30)]


def test_a_restored_gateway_is_asked_from_the_beginning(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path / "inbox")
    inbox.write_applied(FeedPosition("epoch-1", 400))
    inbox.put(header(400, 410), b"sealed")
    assert inbox.next_position("epoch-1") == 410
    assert inbox.next_position("epoch-2") == 0
    inbox.put(header(0, 3, "epoch-2"), b"sealed")
    assert inbox.next_position("epoch-2") == 3


@pytest.mark.parametrize("content", [b"", b"17", b'{"epoch":1,"cursor":2}', b'{"epoch":"e","cursor":-1}', b"\xff"])
def test_a_damaged_cursor_only_costs_a_question(tmp_path: Path, content: bytes) -> None:
    inbox = Inbox(tmp_path / "inbox")
    (tmp_path / "inbox" / "cursor").write_bytes(content)
    assert inbox.applied() == FeedPosition("", 0)
    assert inbox.next_position("epoch-1") == 0


@settings(max_examples=30)
@given(
    stretches=st.lists(st.tuples(st.integers(0, 12), st.integers(1, 8)), max_size=5),
    applied=st.integers(0, 12),
)
def test_asking_again_from_the_next_position_never_leaves_a_gap(
    tmp_path_factory: pytest.TempPathFactory, stretches: list[tuple[int, int]], applied: int
) -> None:
    inbox = Inbox(tmp_path_factory.mktemp("inbox"))
    inbox.write_applied(FeedPosition("epoch-1", applied))
    for after, length in stretches:
        inbox.put(header(after, after + length), b"sealed")
    position = inbox.next_position("epoch-1")
    known = {n for after, length in stretches for n in range(after + 1, after + length + 1)}
    assert set(range(applied + 1, position + 1)) <= known
