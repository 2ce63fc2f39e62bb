# SPDX-License-Identifier: GPL-3.0-or-later
"""An upgrade as a splice, and files that are replaced whole or not at all."""

from __future__ import annotations

import dataclasses
import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signing.errors import SigningError
from signing.levels.replace_file import replace_file
from signing.levels.splice import Splice, apply_splice, splice_between


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


# --- splices ---


def test_a_late_timestamp_travels_in_a_few_kilobytes(basic: bytes, timestamped: bytes, archived: bytes) -> None:
    for old, new in ((basic, timestamped), (timestamped, archived), (basic, archived)):
        sent = splice_between(old, new).to_bytes()
        assert len(sent) < 12_000
        assert apply_splice(old, Splice.from_bytes(sent)) == new


def test_a_timestamp_in_the_hole_replaces_bytes_of_the_hole_only(basic: bytes, timestamped: bytes) -> None:
    splice = splice_between(basic, timestamped)
    assert splice.appended == b""
    hole = basic.index(b"/Contents <") + 10
    assert hole < splice.offset < splice.offset + len(splice.replaced) < hole + 32_770


def test_an_archive_is_only_appended(timestamped: bytes, archived: bytes) -> None:
    splice = splice_between(timestamped, archived)
    assert splice.replaced == b""
    assert timestamped + splice.appended == archived


@given(st.binary(max_size=40), st.binary(max_size=40), st.binary(max_size=40), st.binary(max_size=40))
def test_any_file_that_is_not_shorter_can_be_reached(head: bytes, one: bytes, tail: bytes, more: bytes) -> None:
    old = head + one + tail
    new = head + bytes(byte ^ 1 for byte in one) + tail + more
    splice = Splice.from_bytes(splice_between(old, new).to_bytes())
    assert apply_splice(old, splice) == new
    assert len(splice.replaced) <= len(one)


def test_a_shorter_file_is_no_upgrade(basic: bytes) -> None:
    with pytest.raises(SigningError, match="splice-impossible"):
        splice_between(basic, basic[:-1])


@pytest.mark.parametrize("other", ["timestamped", "small_pdf"])
def test_a_splice_fits_its_own_file_only(
    other: str, basic: bytes, archived: bytes, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(SigningError, match="splice-does-not-fit"):
        apply_splice(request.getfixturevalue(other), splice_between(basic, archived))


def test_a_splice_that_was_changed_makes_nothing(basic: bytes, timestamped: bytes) -> None:
    splice = splice_between(basic, timestamped)
    for changed in (
        dataclasses.replace(splice, replaced=splice.replaced[:-1] + b"0"),
        dataclasses.replace(splice, appended=b"%evil"),
        dataclasses.replace(splice, offset=splice.offset - 2),
    ):
        if changed == splice:
            continue
        with pytest.raises(SigningError, match="splice-unreadable"):
            apply_splice(basic, changed)


@given(st.data())
def test_whatever_arrives_instead_of_a_splice_is_unreadable_or_does_not_fit(data: st.DataObject) -> None:
    old, new = b"old file" * 20, b"old fiLE" + b"old file" * 19 + b"more"
    sent = bytearray(splice_between(old, new).to_bytes())
    where = data.draw(st.integers(0, len(sent) - 1))
    sent[where] ^= data.draw(st.integers(1, 255))
    cut = data.draw(st.integers(0, len(sent)))
    for arrived in (bytes(sent), bytes(sent[:cut]), bytes(sent) + b"x"):
        assert outcome(old, arrived) in {"splice-unreadable", "splice-does-not-fit", new}


def outcome(old: bytes, arrived: bytes) -> str | bytes:
    try:
        return apply_splice(old, Splice.from_bytes(arrived))
    except SigningError as error:
        return error.code


def test_a_splice_does_not_unpack_more_than_it_says() -> None:
    bomb = dataclasses.replace(splice_between(b"old", b"old"), appended=bytes(5_000_000)).to_bytes()
    head = bytearray(bomb[: 16 + 96])
    head[-8:] = (10).to_bytes(8, "big")
    with pytest.raises(SigningError, match="splice-unreadable"):
        Splice.from_bytes(bytes(head) + bomb[16 + 96 :])


# --- files ---


def test_a_file_is_replaced_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(b"old")
    path.chmod(0o640)
    replace_file(path, b"new", expected_sha256=sha256(b"old").upper())
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_somebody_signed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(b"signed again")
    with pytest.raises(SigningError) as caught:
        replace_file(path, b"new", expected_sha256=sha256(b"old"))
    assert (caught.value.code, caught.value.retryable) == ("file-changed-meanwhile", True)
    assert path.read_bytes() == b"signed again"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("call", ["fsync", "fstat"])
def test_a_disk_that_fails_leaves_the_old_file(call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(b"old")

    def fail(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, call, fail)
        with pytest.raises(OSError, match="No space"):
            replace_file(path, b"new", expected_sha256=sha256(b"old"))
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_is_gone_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        replace_file(tmp_path / "paper.pdf", b"new", expected_sha256=sha256(b"old"))
    assert list(tmp_path.iterdir()) == []
