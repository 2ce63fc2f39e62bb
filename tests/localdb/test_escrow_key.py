# SPDX-License-Identifier: GPL-3.0-or-later
"""The province's key pair as files: the public half for every desk, the private half behind a passphrase."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from casework.errors import KnownError
from localdb import escrow_key
from localdb.base64_text import to_text
from localdb.key_slots import Argon2Cost

CHEAP = Argon2Cost(memory_kib=64, iterations=1, lanes=1)
PASSPHRASE = "chín chữ cái của tỉnh"


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    """Names of the two files, made."""
    private, public = tmp_path / "escrow.private", tmp_path / "escrow.public"
    escrow_key.make(private, public, PASSPHRASE, random_bytes=os.urandom, cost=CHEAP)
    return private, public


def refusal(path: Path, passphrase: str = PASSPHRASE) -> str:
    with pytest.raises(KnownError) as refused:
        escrow_key.read_private(path, passphrase)
    return refused.value.code


def test_the_two_halves_belong_together(pair: tuple[Path, Path]) -> None:
    private = X25519PrivateKey.from_private_bytes(escrow_key.read_private(pair[0], PASSPHRASE))
    assert private.public_key().public_bytes_raw() == escrow_key.read_public(pair[1])
    assert escrow_key.read_public(pair[0]) == escrow_key.read_public(pair[1])


def test_the_private_half_does_not_lie_in_its_file(pair: tuple[Path, Path]) -> None:
    private = escrow_key.read_private(pair[0], PASSPHRASE)
    for path in pair:
        content = path.read_bytes()
        assert private not in content
        assert private.hex().encode() not in content
        assert to_text(private).encode() not in content


@pytest.mark.skipif(os.name != "posix", reason="other systems have other permissions")
def test_nobody_else_may_read_the_files(pair: tuple[Path, Path]) -> None:
    assert [path.stat().st_mode & 0o777 for path in pair] == [0o600, 0o600]


def test_another_passphrase_opens_nothing(pair: tuple[Path, Path]) -> None:
    assert refusal(pair[0], PASSPHRASE + " ") == "wrong-passphrase"


def test_the_public_half_opens_nothing(pair: tuple[Path, Path]) -> None:
    assert refusal(pair[1]) == "escrow-file-damaged"


@pytest.mark.parametrize("name", ["format", "salt", "argon2", "wrapped"])
def test_a_file_that_lacks_something_is_named(pair: tuple[Path, Path], name: str) -> None:
    document = json.loads(pair[0].read_bytes())
    pair[0].write_text(json.dumps({**document, name: None}))
    assert refusal(pair[0]) == "escrow-file-damaged"


@pytest.mark.parametrize("content", [b"", b"\xff", b"[]", b'"motcua-escrow-private/1"', b"{}"])
def test_any_other_file_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(content)
    assert refusal(path) == "escrow-file-damaged"
    with pytest.raises(KnownError) as refused:
        escrow_key.read_public(path)
    assert refused.value.details == {"file": "photo.jpg"}


def test_a_file_cannot_ask_for_all_memory(pair: tuple[Path, Path]) -> None:
    document = json.loads(pair[0].read_bytes())
    document["argon2"]["memory_kib"] = 2**40
    pair[0].write_text(json.dumps(document))
    assert refusal(pair[0]) == "escrow-file-damaged"


@pytest.mark.parametrize("there", ["escrow.private", "escrow.public"])
def test_an_older_key_is_never_written_over(tmp_path: Path, there: str) -> None:
    (tmp_path / there).write_bytes(b"old")
    with pytest.raises(KnownError) as refused:
        escrow_key.make(
            tmp_path / "escrow.private", tmp_path / "escrow.public", PASSPHRASE, random_bytes=os.urandom, cost=CHEAP
        )
    assert refused.value.code == "file-exists"
    assert [path.name for path in tmp_path.iterdir()] == [there]
