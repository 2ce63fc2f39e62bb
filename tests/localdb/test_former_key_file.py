# SPDX-License-Identifier: GPL-3.0-or-later
"""Key files of version 1, and what becomes of them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from localdb import key_file
from tests.localdb.keys_only import open_with_escrow, open_with_password
from tests.localdb.samples import CHEAP, NOON
from tests.localdb.test_open_key_file import OTHER, PASSWORD, code_of, contents

VERSION_1 = Path(__file__).with_name("versions") / "1"


@pytest.fixture
def former(tmp_path: Path) -> Path:
    for name in ("keys.json", "keys.json.previous"):
        shutil.copy(VERSION_1 / "data" / name, tmp_path / name)
    return tmp_path / "keys.json"


OLD_PASSWORD = "một cửa mở cửa"
OLD_ESCROW = bytes.fromhex("50964eb9e9c37022bda9cb273c223344f2940b898841bede0eb8f37881a8ea49")


def test_a_version_1_file_opens_and_stays_as_it_is_until_it_is_mended(former: Path) -> None:
    before = contents(former)
    opened = key_file.unlock_with_password(former, "lan", OLD_PASSWORD)
    assert opened.is_former
    assert open_with_escrow(former, OLD_ESCROW) == opened.keys
    assert code_of(lambda: open_with_password(former, "lan", PASSWORD)) == "wrong-password"
    assert code_of(lambda: open_with_password(former, "hoa", PASSWORD)) == "no-such-clerk"
    assert code_of(lambda: open_with_escrow(former, bytes(range(32)))) == "wrong-escrow-key"
    assert contents(former) == before


def test_a_version_1_file_becomes_version_2_with_password_and_escrow(former: Path) -> None:
    opened = key_file.unlock_with_password(former, "lan", OLD_PASSWORD)
    opened.name_clerk("lan", "c-lan")
    assert not opened.is_former
    assert b'"version": 2' in former.read_bytes()
    again = key_file.unlock_with_password(former, "lan", OLD_PASSWORD)
    assert again.keys == opened.keys == open_with_escrow(former, OLD_ESCROW)
    assert [(slot.kind, slot.clerk_id) for slot in again.slots] == [("clerk", "c-lan"), ("escrow", "")]
    assert again.revision == 2


def test_an_escrow_key_of_version_1_must_be_put_in_anew_before_the_main_key_changes(former: Path) -> None:
    opened = key_file.unlock_with_password(former, "lan", OLD_PASSWORD)
    opened.mend()
    assert code_of(opened.begin_data_key_rotation) == "escrow-key-needed"
    opened.put_escrow(X25519PrivateKey.from_private_bytes(OLD_ESCROW).public_key().public_bytes_raw(), NOON)
    opened.begin_data_key_rotation()
    assert open_with_escrow(former, OLD_ESCROW) == open_with_password(former, "lan", OLD_PASSWORD) == opened.keys


def test_beside_an_escrow_key_of_version_1_whoever_is_revoked_loses_her_slot_all_the_same(former: Path) -> None:
    opened = key_file.unlock_with_password(former, "lan", OLD_PASSWORD)
    opened.add_clerk("hoa", "c-hoa", OTHER, NOON, cost=CHEAP)
    assert code_of(lambda: opened.revoke_clerk("hoa")) == "escrow-key-needed"
    assert code_of(lambda: open_with_password(former, "hoa", OTHER)) == "no-such-clerk"
    assert open_with_password(former, "lan", OLD_PASSWORD) == open_with_escrow(former, OLD_ESCROW) == opened.keys


def test_the_province_s_key_makes_an_escrow_slot_of_version_1_whole(former: Path) -> None:
    key_file.unlock_with_password(former, "lan", OLD_PASSWORD).mend()
    opened = key_file.unlock_with_escrow(former, OLD_ESCROW)
    opened.begin_data_key_rotation()
    assert open_with_password(former, "lan", OLD_PASSWORD) == open_with_escrow(former, OLD_ESCROW) == opened.keys


def test_a_version_1_file_opened_by_the_province_gets_a_clerk_again(former: Path) -> None:
    opened = key_file.unlock_with_escrow(former, OLD_ESCROW)
    opened.reset_password("mai", "c-mai", PASSWORD, NOON, cost=CHEAP)
    assert open_with_password(former, "mai", PASSWORD) == opened.keys
    opened.begin_data_key_rotation()
    assert open_with_escrow(former, OLD_ESCROW) == opened.keys
