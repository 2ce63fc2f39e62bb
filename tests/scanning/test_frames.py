# SPDX-License-Identifier: GPL-3.0-or-later
"""Frames carry a header and a payload from one program to another."""

from __future__ import annotations

import io
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanning.frames import BrokenFrameError, Frame, read_frame, write_frame

_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)
_frames = st.builds(
    Frame,
    st.text(),
    st.dictionaries(st.text().filter(lambda name: name != "kind"), _values, max_size=4),
    st.binary(max_size=200),
)


def _written(*frames: Frame) -> bytes:
    stream = io.BytesIO()
    for frame in frames:
        write_frame(stream, frame)
    return stream.getvalue()


@given(st.lists(_frames, max_size=4))
def test_what_is_written_is_read_and_then_comes_the_end(frames: list[Frame]) -> None:
    stream = io.BytesIO(_written(*frames))
    assert [read_frame(stream) for _ in frames] == frames
    assert read_frame(stream) is None


@given(_frames, st.data())
def test_a_frame_that_ends_too_early_is_broken(frame: Frame, data: st.DataObject) -> None:
    whole = _written(frame)
    length = data.draw(st.integers(1, len(whole) - 1))
    with pytest.raises(BrokenFrameError):
        read_frame(io.BytesIO(whole[:length]))


@pytest.mark.parametrize(
    "content",
    [
        b"Traceback (most recent call last)",
        struct.pack(">II", 2**31, 0),
        struct.pack(">II", 2, 2**31),
        struct.pack(">II", 2, 0) + b"{}",
        struct.pack(">II", 2, 0) + b"[]",
        struct.pack(">II", 2, 0) + b"\xff\xff",
        struct.pack(">II", 10, 0) + b'{"kind":1}',
    ],
)
def test_what_is_no_frame_is_refused_without_reading_on(content: bytes) -> None:
    with pytest.raises(BrokenFrameError):
        read_frame(io.BytesIO(content))


def test_a_frame_shows_neither_its_fields_nor_its_payload_in_a_log() -> None:
    shown = repr(Frame("text", {"line": "Lê Văn Thành"}, b"038094012745"))
    assert "Thành" not in shown
    assert "0380" not in shown
