# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import hashlib
import io
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.errors import KnownError
from localdb import object_file
from localdb.object_file import CHUNK_SIZE, Seal

OBJECT_ID = "ab" * 32
FILE_KEY = bytes(range(32))
SIZES = st.one_of(
    st.integers(0, 100),
    st.sampled_from([1, 2, 3]).flatmap(lambda chunks: st.integers(chunks * CHUNK_SIZE - 3, chunks * CHUNK_SIZE + 3)),
)


def content_of(size: int) -> bytes:
    return hashlib.shake_128(str(size).encode()).digest(size)


def sealed(content: bytes, object_id: str = OBJECT_ID, file_key: bytes = FILE_KEY) -> bytes:
    out = io.BytesIO()
    object_file.seal(content, object_id, file_key, out)
    return out.getvalue()


def unsealed(file: bytes, object_id: str = OBJECT_ID, file_key: bytes = FILE_KEY) -> bytes:
    return b"".join(object_file.unseal(io.BytesIO(file), object_id, file_key))


def is_refused(file: bytes, object_id: str = OBJECT_ID, file_key: bytes = FILE_KEY) -> bool:
    try:
        unsealed(file, object_id, file_key)
    except KnownError as error:
        return error.code == "object-damaged"
    return False


@given(SIZES)
@settings(max_examples=40)
def test_what_was_sealed_comes_out_again(size: int) -> None:
    content, out = content_of(size), io.BytesIO()
    seal = object_file.seal(io.BytesIO(content), OBJECT_ID, FILE_KEY, out)
    file = out.getvalue()
    assert unsealed(file) == content
    assert seal == Seal(hashlib.sha256(file).hexdigest(), size, len(file))
    assert object_file.plaintext_size(len(file), OBJECT_ID) == size
    assert sealed(content) == file


@given(SIZES, st.data())
@settings(max_examples=60)
def test_a_range_is_the_same_as_a_slice(size: int, data: st.DataObject) -> None:
    content = content_of(size)
    start = data.draw(st.integers(0, size + 10))
    length = data.draw(st.one_of(st.integers(0, 50), st.integers(0, size + 10)))
    file = io.BytesIO(sealed(content))
    assert object_file.unseal_range(file, OBJECT_ID, FILE_KEY, start, length) == content[start : start + length]


class CountingFile(io.BytesIO):
    bytes_read = 0

    def read(self, size: int | None = -1, /) -> bytes:
        result = super().read(size)
        self.bytes_read += len(result)
        return result


def test_a_range_reads_only_the_chunks_it_lies_in() -> None:
    file = CountingFile(sealed(content_of(10 * CHUNK_SIZE)))
    object_file.unseal_range(file, OBJECT_ID, FILE_KEY, 4 * CHUNK_SIZE + 5, 100)
    assert file.bytes_read <= CHUNK_SIZE + 16


@given(SIZES, st.data())
@settings(max_examples=60)
def test_a_flipped_bit_anywhere_is_found(size: int, data: st.DataObject) -> None:
    file = bytearray(sealed(content_of(size)))
    file[data.draw(st.integers(0, len(file) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    assert is_refused(bytes(file))


@given(SIZES, st.data())
@settings(max_examples=60)
def test_a_cut_or_longer_file_is_found(size: int, data: st.DataObject) -> None:
    file = sealed(content_of(size))
    assert is_refused(file[: data.draw(st.integers(0, len(file) - 1))])
    assert is_refused(file + data.draw(st.binary(min_size=1, max_size=40)))


def chunks_of(file: bytes) -> list[bytes]:
    return [file[start : start + CHUNK_SIZE + 16] for start in range(4, len(file), CHUNK_SIZE + 16)]


@pytest.mark.parametrize(
    "order", [[0, 1], [1, 0, 2], [0, 0, 2], [0, 2], [1, 2], [2], [0, 1, 2, 2]], ids=lambda order: str(order)
)
def test_dropped_moved_and_repeated_chunks_are_found(order: list[int]) -> None:
    file = sealed(content_of(2 * CHUNK_SIZE + 100))
    chunks = chunks_of(file)
    assert len(chunks) == 3
    assert is_refused(file[:4] + b"".join(chunks[index] for index in order))


def test_a_file_cut_between_chunks_is_found_by_a_range_at_its_end() -> None:
    file = sealed(content_of(2 * CHUNK_SIZE + 100))
    cut = io.BytesIO(file[: 4 + 2 * (CHUNK_SIZE + 16)])
    with pytest.raises(KnownError) as caught:
        object_file.unseal_range(cut, OBJECT_ID, FILE_KEY, CHUNK_SIZE, 10)
    assert caught.value.code == "object-damaged"


def test_a_file_under_another_name_or_key_is_refused() -> None:
    file = sealed(b"a page")
    assert is_refused(file, object_id="cd" * 32)
    assert is_refused(file, file_key=os.urandom(32))
    assert is_refused(b"")
    assert is_refused(b"%PDF-1.7 not sealed at all")


def test_one_key_for_two_objects_does_not_repeat_the_key_stream() -> None:
    first, second = sealed(bytes(64), object_id="aa" * 32), sealed(bytes(64), object_id="bb" * 32)
    assert first[4:68] != second[4:68]


def test_the_form_of_a_sealed_file_never_changes() -> None:
    file = sealed(content_of(CHUNK_SIZE + 1))
    assert hashlib.sha256(file).hexdigest() == "dd46416ca60a3086db76e5b70bd0b550e7d9ce4b18b249c906d41467e3df45f1"


def test_the_gateway_can_use_this_module_without_a_database() -> None:
    assert "localdb" not in {name.partition(".")[0] for name in vars(object_file) if not name.startswith("_")}
