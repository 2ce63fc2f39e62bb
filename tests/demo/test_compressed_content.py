# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import base64
import gzip
import io
import lzma
import os
import zipfile
import zlib
from pathlib import Path

import pikepdf
import pytest
import zstandard

from demo.compressed_content import streams
from demo.plaintext_check import find_leaks, find_leaks_apart

NAME = "Nguyễn Thị Hồng Nhung"
KEY = bytes(range(7, 39))
PAGE = f"BT (Họ và tên: {NAME}) Tj ET ".encode() * 20


def zipped(content: bytes, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        archive.writestr("page.txt", content)
    return file.getvalue()


def pdf() -> bytes:
    document = pikepdf.new()
    document.add_blank_page()
    document.pages[0].Contents = document.make_stream(PAGE)
    file = io.BytesIO()
    document.save(file, compress_streams=True)
    return file.getvalue()


PACKED = {
    "zlib": zlib.compress(PAGE),
    "zlib fast": zlib.compress(PAGE, 1),
    "gzip": gzip.compress(PAGE),
    "zip": zipped(PAGE),
    "zip stored": zipped(PAGE, zipfile.ZIP_STORED),
    "zstd": zstandard.compress(PAGE),
    "xz": lzma.compress(PAGE),
    "pdf": pdf(),
    "gzip in zip": zipped(gzip.compress(PAGE)),
    "pdf in gzip": gzip.compress(pdf()),
    "UTF-16 in zlib": zlib.compress(NAME.upper().encode("utf-16-le")),
    "a stream that breaks off": zlib.compress(os.urandom(3000).hex().encode() + PAGE * 100)[:-30],
}


@pytest.mark.parametrize("kind", sorted(PACKED))
def test_what_is_packed_is_opened_wherever_it_begins(tmp_path: Path, kind: str) -> None:
    (tmp_path / "planted").write_bytes(b"\0" * 1001 + PACKED[kind] + os.urandom(1000))
    (tmp_path / "sealed").write_bytes(os.urandom(200_000))
    assert [leak.path.name for leak in find_leaks([tmp_path], [NAME])] == ["planted"]


@pytest.mark.parametrize("kind", ["gzip", "zip", "zstd", "xz", "zlib"])
def test_every_kind_gives_back_what_was_packed(kind: str) -> None:
    assert any(PAGE in opened for name, opened in streams(PACKED[kind]) if name == kind)


@pytest.mark.parametrize(
    "content",
    [
        KEY,
        KEY.hex().encode(),
        KEY.hex().upper().encode(),
        KEY.hex().encode("utf-16-le"),
        b'{"k": "' + base64.b64encode(KEY) + b'"}',
        base64.urlsafe_b64encode(b"." + KEY),
        str(list(KEY)).encode(),
        gzip.compress(KEY.hex().encode()),
    ],
    ids=["raw", "hex", "HEX", "hex in UTF-16", "base64", "base64 for addresses", "numbers", "packed"],
)
def test_a_key_is_found_however_it_is_written_down(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "planted").write_bytes(os.urandom(100) + content + os.urandom(100))
    (tmp_path / "other").write_bytes(os.urandom(5000))
    assert [leak.path.name for leak in find_leaks([tmp_path], [], [KEY])] == ["planted"]


@pytest.mark.parametrize("name", [f"{NAME}.pdf", "nguyen_thi_hong_nhung.jpg", "NguyenThiHongNhung"])
def test_a_name_of_a_file_tells_as_much(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    (leak,) = find_leaks([tmp_path], [NAME])
    assert leak.found.endswith("in the name")


def test_a_picture_inside_of_something_else_is_a_leak(tmp_path: Path) -> None:
    (tmp_path / "planted").write_bytes(os.urandom(999) + pdf())
    assert find_leaks([tmp_path], ["somebody else"])


def test_a_program_of_its_own_finds_the_same(tmp_path: Path) -> None:
    (tmp_path / "planted").write_bytes(PACKED["zlib"])
    (tmp_path / "key").write_bytes(KEY)
    assert find_leaks_apart([tmp_path], [NAME], [KEY]) == find_leaks([tmp_path], [NAME], [KEY]) != ()
