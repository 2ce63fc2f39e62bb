# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import base64
import gzip
import json
import unicodedata
import urllib.parse
from pathlib import Path

import pytest

from demo.plaintext_check import find_leaks

NAME = "Nguyễn Thị Hồng Nhung"
NUMBER = "038192012345"


@pytest.mark.parametrize(
    "content",
    [
        NAME.encode(),
        NAME.upper().encode(),
        unicodedata.normalize("NFD", NAME).encode(),
        NAME.encode("utf-16-le"),
        NAME.upper().encode("utf-16-be"),
        b"NGUYEN THI HONG NHUNG",
        b"nguyen thi hong nhung",
        json.dumps({"name": NAME}).encode(),
        urllib.parse.quote(NAME).encode(),
        urllib.parse.quote_plus(NAME).encode(),
        NAME.encode().hex().upper().encode(),
        NAME.encode("utf-16-le").hex().encode(),
        NAME.encode("utf-16-be").hex().upper().encode(),
        base64.b64encode(NAME.encode()),
        base64.b64encode(b"x" + NAME.encode() + b"!"),
        base64.b64encode(b"xx" + NAME.encode() + b"??"),
        NUMBER.encode(),
        base64.b64encode(b"id=" + NUMBER.encode()),
    ],
)
def test_a_planted_name_or_number_is_found_in_every_common_encoding(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "planted.bin").write_bytes(b"\x00" * 1000 + content + b"\x00" * 1000)
    assert [leak.path.name for leak in find_leaks([tmp_path], [NAME, NUMBER])] == ["planted.bin"]


def test_a_name_across_the_border_of_two_reads_is_found(tmp_path: Path) -> None:
    (tmp_path / "big").write_bytes(b"\x01" * ((1 << 20) - 5) + NAME.encode())
    assert find_leaks([tmp_path], [NAME])


@pytest.mark.parametrize("magic", [b"%PDF-1.7\n", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n", b"PK\x03\x04"])
def test_a_readable_picture_is_a_leak_whatever_it_shows(tmp_path: Path, magic: bytes) -> None:
    (tmp_path / "page").write_bytes(magic + b"\x00" * 50)
    assert find_leaks([tmp_path], [NAME])


def test_random_bytes_and_other_peoples_names_are_no_leak(tmp_path: Path) -> None:
    (tmp_path / "sealed").write_bytes(gzip.compress(b"nothing of hers" * 100))
    (tmp_path / "other").write_text("Trần Quốc Tuấn 001090012345", encoding="utf-8")
    assert find_leaks([tmp_path, tmp_path / "does-not-exist"], [NAME, NUMBER]) == ()


def test_a_text_that_would_match_by_chance_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="chance"):
        find_leaks([tmp_path], ["An"])
