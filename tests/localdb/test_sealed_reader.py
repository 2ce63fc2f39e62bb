# SPDX-License-Identifier: GPL-3.0-or-later
"""A sealed file is read as if it lay there in the clear, wherever one begins."""

from __future__ import annotations

import io
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.errors import KnownError
from localdb.object_file import CHUNK_SIZE, seal
from localdb.sealed_reader import SealedReader

OBJECT_ID, KEY = "ab" * 32, bytes(32)
CONTENT = os.urandom(3 * CHUNK_SIZE + 1000)


def sealed(content: bytes) -> io.BytesIO:
    out = io.BytesIO()
    seal(content, OBJECT_ID, KEY, out)
    return out


@given(
    st.sampled_from([b"", b"x", CONTENT[:CHUNK_SIZE], CONTENT[: CHUNK_SIZE + 1], CONTENT]),
    st.lists(st.tuples(st.sampled_from([os.SEEK_SET, os.SEEK_CUR, os.SEEK_END]), st.integers(-5, 5)), max_size=5),
    st.integers(0, 4 * CHUNK_SIZE),
    st.integers(0, 2 * CHUNK_SIZE),
)
def test_it_reads_and_seeks_as_a_plain_file_does(
    content: bytes, steps: list[tuple[int, int]], start: int, length: int
) -> None:
    plain = io.BytesIO(content)
    with io.BufferedReader(SealedReader(sealed(content), OBJECT_ID, KEY)) as reader:
        assert reader.seek(start) == plain.seek(start)
        assert reader.read(length) == plain.read(length)
        for whence, offset in steps:
            if plain.tell() + offset < 0 or (whence != os.SEEK_CUR and offset < 0):
                continue
            assert reader.seek(offset, whence) == plain.seek(offset, whence)
            assert reader.read(3) == plain.read(3)
        assert reader.seek(0) == 0
        assert reader.read() == content


def test_a_changed_chunk_is_noticed_and_the_others_are_read() -> None:
    file = sealed(CONTENT)
    file.seek(CHUNK_SIZE + 100)
    file.write(bytes([file.getvalue()[CHUNK_SIZE + 100] ^ 1]))
    reader = SealedReader(file, OBJECT_ID, KEY)
    buffer = bytearray(10)
    assert reader.readinto(buffer) == 10
    assert bytes(buffer) == CONTENT[:10]
    reader.seek(CHUNK_SIZE)
    with pytest.raises(KnownError, match="object-damaged"):
        reader.readinto(buffer)


def test_a_file_that_no_seal_has_made_is_noticed_before_it_is_read() -> None:
    with pytest.raises(KnownError, match="object-damaged"):
        SealedReader(io.BytesIO(b"MCO1"), OBJECT_ID, KEY)
