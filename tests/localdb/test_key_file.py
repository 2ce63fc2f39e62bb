# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import json
import os
import stat
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.errors import KnownError
from localdb import key_document
from localdb.key_file import (
    Argon2Cost,
    StoreKeys,
    create_key_file,
    unlock_with_password,
)
from tests.localdb.keys_only import open_with_escrow, open_with_password
from tests.localdb.samples import CHEAP

PASSWORD = "Mật khẩu của chị Lan 1"


def create(path: Path, escrow_public_key: bytes | None = None) -> StoreKeys:
    return create_key_file(
        path,
        login="lan",
        password=PASSWORD,
        escrow_public_key=escrow_public_key,
        random_bytes=os.urandom,
        cost=CHEAP,
    )


def code_of(path: Path, login: str = "lan", password: str = PASSWORD) -> str:
    with pytest.raises(KnownError) as caught:
        open_with_password(path, login, password)
    return caught.value.code


def test_the_password_gives_the_keys_that_were_made(tmp_path: Path) -> None:
    keys = create(tmp_path / "keys.json")
    assert open_with_password(tmp_path / "keys.json", "lan", PASSWORD) == keys
    assert (len(keys.database_key), len(keys.database_salt), len(keys.object_name_key)) == (32, 16, 32)


def test_two_stores_never_share_a_key(tmp_path: Path) -> None:
    first, second = create(tmp_path / "a.json"), create(tmp_path / "b.json")
    assert first.database_key != second.database_key
    assert first.object_name_key != second.object_name_key


def test_a_password_typed_in_decomposed_letters_is_the_same_password(tmp_path: Path) -> None:
    keys = create(tmp_path / "keys.json")
    decomposed = unicodedata.normalize("NFD", PASSWORD)
    assert decomposed != PASSWORD
    assert open_with_password(tmp_path / "keys.json", "lan", decomposed) == keys


def test_a_wrong_password_a_stranger_and_a_missing_file_are_told_apart(tmp_path: Path) -> None:
    create(tmp_path / "keys.json")
    assert code_of(tmp_path / "keys.json", password=PASSWORD + " ") == "wrong-password"
    assert code_of(tmp_path / "keys.json", password="") == "wrong-password"
    assert code_of(tmp_path / "keys.json", login="hoa") == "no-such-clerk"
    assert code_of(tmp_path / "elsewhere.json") == "key-file-missing"
    assert not (tmp_path / "elsewhere.json").exists()


def test_the_escrow_key_of_the_province_opens_what_no_clerk_can(tmp_path: Path) -> None:
    escrow = X25519PrivateKey.generate()
    keys = create(tmp_path / "keys.json", escrow.public_key().public_bytes_raw())
    assert open_with_escrow(tmp_path / "keys.json", escrow.private_bytes_raw()) == keys


def test_another_escrow_key_and_a_file_without_one_are_told_apart(tmp_path: Path) -> None:
    create(tmp_path / "with.json", X25519PrivateKey.generate().public_key().public_bytes_raw())
    create(tmp_path / "without.json")
    other = X25519PrivateKey.generate().private_bytes_raw()
    for name, code in (("with.json", "wrong-escrow-key"), ("without.json", "no-escrow-slot")):
        with pytest.raises(KnownError) as caught:
            open_with_escrow(tmp_path / name, other)
        assert caught.value.code == code


def test_an_existing_key_file_is_never_written_over(tmp_path: Path) -> None:
    keys = create(tmp_path / "keys.json")
    with pytest.raises(KnownError) as caught:
        create(tmp_path / "keys.json")
    assert caught.value.code == "key-file-exists"
    assert open_with_password(tmp_path / "keys.json", "lan", PASSWORD) == keys


def test_a_second_copy_lies_beside_the_key_file(tmp_path: Path) -> None:
    keys = create(tmp_path / "keys.json")
    (tmp_path / "keys.json").unlink()
    (tmp_path / "keys.json.previous").rename(tmp_path / "keys.json")
    assert open_with_password(tmp_path / "keys.json", "lan", PASSWORD) == keys


@pytest.mark.skipif(os.name != "posix", reason="Windows has no mode bits")
def test_only_its_owner_can_read_the_key_file(tmp_path: Path) -> None:
    create(tmp_path / "keys.json")
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}


def test_no_key_and_no_password_stands_in_the_file_or_in_a_repr(tmp_path: Path) -> None:
    keys = create(tmp_path / "keys.json")
    content = (tmp_path / "keys.json").read_bytes()
    for secret in (keys.database_key, keys.database_salt, keys.object_name_key):
        assert secret not in content
        assert secret.hex().encode() not in content
        assert repr(secret) not in repr(keys)
    assert PASSWORD.encode() not in content


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, StoreKeys]:
    path = tmp_path_factory.mktemp("whole") / "keys.json"
    return path, create(path)


@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
@settings(max_examples=300)
def test_a_flipped_bit_anywhere_is_noticed_and_never_taken_for_a_wrong_password(
    tmp_path_factory: pytest.TempPathFactory, whole: tuple[Path, StoreKeys], place: float, bit: int
) -> None:
    content = bytearray(whole[0].read_bytes())
    content[int(place * len(content))] ^= 1 << bit
    path = tmp_path_factory.mktemp("keys") / "keys.json"
    path.write_bytes(content)
    assert code_of(path) == "key-file-damaged"


@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7), is_first=st.booleans())
@settings(max_examples=100)
def test_a_flipped_bit_in_one_copy_is_noticed_and_the_other_copy_opens(
    tmp_path_factory: pytest.TempPathFactory, whole: tuple[Path, StoreKeys], place: float, bit: int, is_first: bool
) -> None:
    path = tmp_path_factory.mktemp("keys") / "keys.json"
    content = bytearray(whole[0].read_bytes())
    copies = [path, path.with_name("keys.json.previous")]
    for copy in copies:
        copy.write_bytes(content)
    content[int(place * len(content))] ^= 1 << bit
    copies[0 if is_first else 1].write_bytes(content)
    opened = unlock_with_password(path, "lan", PASSWORD)
    assert (opened.keys, opened.copies_agree) == (whole[1], False)


def change(path: Path, edit: Any) -> None:
    """Change the file as somebody would who knows the checksum but no password."""
    document = json.loads(path.read_text())
    edit(document)
    document.pop("checksum")
    document["checksum"] = key_document.checksum_of(document)
    content = json.dumps(document, indent=1, sort_keys=True)
    for copy in (path, path.with_name("keys.json.previous")):
        copy.write_text(content)


def test_a_slot_that_was_slipped_in_is_noticed_when_another_slot_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    create(path)
    change(path, lambda document: document["slots"].append(document["slots"][0] | {"login": "mallory"}))
    assert code_of(path) == "key-file-damaged"


@pytest.mark.parametrize(
    "edit",
    [
        lambda document: document.update(revision=7),
        lambda document: document["slots"][0].update(clerk_id="another"),
        lambda document: document["slots"][0].update(created_at="2020-01-01T00:00:00+00:00"),
        lambda document: document["slots"][0].update(public_key="A" * 43 + "="),
        lambda document: document["slots"].append(
            {
                "kind": "escrow",
                "created_at": "2020-01-01T00:00:00+00:00",
                "public_key": "A" * 43 + "=",
                "sealed": "AAAA",
            }
        ),
        lambda document: document["keys"].update(sealed="A" * 128),
    ],
)
def test_what_somebody_changes_who_has_no_key_is_noticed_by_who_has_one(
    tmp_path: Path, edit: Callable[[Any], None]
) -> None:
    path = tmp_path / "keys.json"
    create(path)
    change(path, edit)
    assert code_of(path) == "key-file-damaged"


def test_a_slot_made_cheaper_opens_for_nobody(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    create_key_file(
        path,
        login="lan",
        password=PASSWORD,
        escrow_public_key=None,
        random_bytes=os.urandom,
        cost=Argon2Cost(memory_kib=128, iterations=2, lanes=1),
    )
    change(path, lambda document: document["slots"][0].update(argon2=CHEAP.to_json()))
    assert code_of(path) == "wrong-password"


def test_a_file_that_asks_for_all_memory_is_refused_before_any_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    create(path)
    for name in ("memory_kib", "iterations", "lanes"):
        change(path, lambda document, name=name: document["slots"][0]["argon2"].update({name: 2**31}))
        assert code_of(path) == "key-file-damaged"
        change(path, lambda document, name=name: document["slots"][0]["argon2"].update({name: CHEAP.to_json()[name]}))
    assert len(open_with_password(path, "lan", PASSWORD).database_key) == 32


def test_a_file_of_a_newer_program_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    create(path)
    change(path, lambda document: document.update(version=3))
    assert code_of(path) == "key-file-newer"


@pytest.mark.parametrize("content", [b"", b"null", b"[]", b"{}", b"\xff\xfe", b'{"version": "x", "checksum": ""}'])
def test_a_file_of_something_else_is_called_damaged(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "keys.json").write_bytes(content)
    assert code_of(tmp_path / "keys.json") == "key-file-damaged"


def test_one_try_of_a_password_costs_what_the_product_promises(tmp_path: Path) -> None:
    create_key_file(
        tmp_path / "keys.json", login="lan", password=PASSWORD, escrow_public_key=None, random_bytes=os.urandom
    )
    slot = json.loads((tmp_path / "keys.json").read_text())["slots"][0]
    assert slot["argon2"] == {"memory_kib": 65536, "iterations": 3, "lanes": 4}
    assert Argon2Cost() == Argon2Cost(65536, 3, 4)
    started = time.process_time()
    open_with_password(tmp_path / "keys.json", "lan", PASSWORD)
    assert time.process_time() - started > 0.02
