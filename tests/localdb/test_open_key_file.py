# SPDX-License-Identifier: GPL-3.0-or-later
"""Who can open a store changes: people come and go, forget passwords, and the keys change under them."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from casework.errors import BugError, KnownError
from localdb import key_file
from localdb.key_file import create_key_file
from localdb.open_key_file import OpenKeyFile
from localdb.store_keys import StoreKeys
from tests.localdb.keys_only import open_with_escrow, open_with_password, open_with_words
from tests.localdb.samples import CHEAP, NOON

PASSWORD = "Mật khẩu của chị Lan 1"
OTHER = "câu khác của chị Hoa 2"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys.json"


@pytest.fixture
def escrow() -> X25519PrivateKey:
    return X25519PrivateKey.generate()


@pytest.fixture
def opened(path: Path, escrow: X25519PrivateKey) -> OpenKeyFile:
    create_key_file(
        path,
        login="lan",
        clerk_id="c-lan",
        password=PASSWORD,
        escrow_public_key=escrow.public_key().public_bytes_raw(),
        random_bytes=os.urandom,
        at=NOON,
        cost=CHEAP,
    )
    return key_file.unlock_with_password(path, "lan", PASSWORD)


def code_of(action: Callable[[], object]) -> str:
    with pytest.raises(KnownError) as caught:
        action()
    return caught.value.code


def contents(path: Path) -> tuple[bytes, bytes]:
    return path.read_bytes(), path.with_name("keys.json.previous").read_bytes()


def test_the_slots_tell_who_and_what_can_open_the_store(opened: OpenKeyFile) -> None:
    opened.add_clerk("hoa", "c-hoa", OTHER, NOON + dt.timedelta(days=1), cost=CHEAP)
    opened.make_recovery_words(NOON)
    told = [(slot.kind, slot.login, slot.clerk_id) for slot in opened.slots]
    assert told == [
        ("clerk", "lan", "c-lan"),
        ("escrow", "", ""),
        ("clerk", "hoa", "c-hoa"),
        ("recovery-sheet", "", ""),
    ]
    assert opened.slots[2].created_at - opened.slots[0].created_at == dt.timedelta(days=1)
    assert len({slot.number for slot in opened.slots}) == 4


def test_an_added_clerk_opens_the_same_store(path: Path, opened: OpenKeyFile) -> None:
    opened.add_clerk("hoa", "c-hoa", OTHER, NOON, cost=CHEAP)
    assert open_with_password(path, "hoa", OTHER) == open_with_password(path, "lan", PASSWORD) == opened.keys


def test_nobody_gets_a_second_slot(path: Path, opened: OpenKeyFile) -> None:
    before = contents(path)
    assert code_of(lambda: opened.add_clerk("lan", "c-2", OTHER, NOON, cost=CHEAP)) == "login-taken"
    assert contents(path) == before


def test_a_changed_password_replaces_the_old_one_in_both_copies(path: Path, opened: OpenKeyFile) -> None:
    opened.change_password("lan", PASSWORD, OTHER, NOON, cost=CHEAP)
    assert open_with_password(path, "lan", OTHER) == opened.keys
    for copy in (path, path.with_name("keys.json.previous")):
        assert code_of(partial(open_with_password, copy, "lan", PASSWORD)) == "wrong-password"
    assert opened.slots[-1].clerk_id == "c-lan"


def test_who_does_not_know_her_password_cannot_change_it(path: Path, opened: OpenKeyFile) -> None:
    before = contents(path)
    assert code_of(lambda: opened.change_password("lan", OTHER, OTHER, NOON, cost=CHEAP)) == "wrong-password"
    assert code_of(lambda: opened.change_password("hoa", OTHER, OTHER, NOON, cost=CHEAP)) == "no-such-clerk"
    assert contents(path) == before


def test_a_reset_password_needs_no_old_one(path: Path, opened: OpenKeyFile) -> None:
    opened.reset_password("lan", "c-lan", OTHER, NOON, cost=CHEAP)
    assert open_with_password(path, "lan", OTHER) == opened.keys
    assert code_of(lambda: open_with_password(path, "lan", PASSWORD)) == "wrong-password"
    assert len(opened.slots) == 2


def test_a_revoked_clerk_opens_nothing_and_everybody_else_still_does(
    path: Path, opened: OpenKeyFile, escrow: X25519PrivateKey
) -> None:
    opened.add_clerk("hoa", "c-hoa", OTHER, NOON, cost=CHEAP)
    words = opened.make_recovery_words(NOON)
    opened.revoke_clerk("hoa")
    for copy in (path, path.with_name("keys.json.previous")):
        assert code_of(partial(open_with_password, copy, "hoa", OTHER)) == "no-such-clerk"
    assert open_with_password(path, "lan", PASSWORD) == opened.keys
    assert open_with_escrow(path, escrow.private_bytes_raw()) == opened.keys
    assert open_with_words(path, " ".join(words)) == opened.keys


def test_what_a_revoked_clerk_knew_of_the_file_opens_the_new_one_no_more(path: Path, opened: OpenKeyFile) -> None:
    opened.add_clerk("hoa", "c-hoa", OTHER, NOON, cost=CHEAP)
    hers = key_file.unlock_with_password(path, "hoa", OTHER)
    opened.revoke_clerk("hoa")
    assert code_of(lambda: hers.reset_password("hoa", "c-hoa", OTHER, NOON, cost=CHEAP)) == "key-file-changed"
    assert code_of(lambda: open_with_password(path, "hoa", OTHER)) == "no-such-clerk"


def test_revoking_somebody_without_a_slot_changes_the_main_key_and_nobody_elses_way_in(
    path: Path, opened: OpenKeyFile
) -> None:
    opened.revoke_clerk("hoa")
    assert open_with_password(path, "lan", PASSWORD) == opened.keys


def test_the_last_way_in_cannot_be_taken_away(tmp_path: Path) -> None:
    path = tmp_path / "only.json"
    create_key_file(path, login="lan", password=PASSWORD, escrow_public_key=None, random_bytes=os.urandom, cost=CHEAP)
    opened = key_file.unlock_with_password(path, "lan", PASSWORD)
    assert code_of(lambda: opened.revoke_clerk("lan")) == "last-slot"
    assert open_with_password(path, "lan", PASSWORD) == opened.keys


def test_a_new_escrow_key_takes_the_place_of_the_old_one(
    path: Path, opened: OpenKeyFile, escrow: X25519PrivateKey
) -> None:
    new = X25519PrivateKey.generate()
    opened.put_escrow(new.public_key().public_bytes_raw(), NOON)
    assert open_with_escrow(path, new.private_bytes_raw()) == opened.keys
    assert code_of(lambda: open_with_escrow(path, escrow.private_bytes_raw())) == "wrong-escrow-key"


@pytest.mark.parametrize("key", [b"", bytes(31), bytes(32)])
def test_what_is_no_escrow_key_is_not_put_in(path: Path, opened: OpenKeyFile, key: bytes) -> None:
    before = contents(path)
    assert code_of(lambda: opened.put_escrow(key, NOON)) == "escrow-key-invalid"
    assert contents(path) == before


def test_a_new_recovery_sheet_makes_the_old_one_void(path: Path, opened: OpenKeyFile) -> None:
    assert code_of(lambda: open_with_words(path, "anh " * 18)) in {"no-recovery-slot", "recovery-words-wrong"}
    old, new = opened.make_recovery_words(NOON), opened.make_recovery_words(NOON)
    assert open_with_words(path, " ".join(new)) == opened.keys
    assert code_of(lambda: open_with_words(path, " ".join(old))) == "other-recovery-sheet"


def test_the_main_key_changes_without_anybodys_password(
    path: Path, opened: OpenKeyFile, escrow: X25519PrivateKey
) -> None:
    opened.add_clerk("hoa", "c-hoa", OTHER, NOON, cost=CHEAP)
    words = opened.make_recovery_words(NOON)
    sealed = {slot.number for slot in opened.slots}
    opened.begin_data_key_rotation()
    assert {slot.number for slot in opened.slots} == sealed
    ways = (
        open_with_password(path, "lan", PASSWORD),
        open_with_password(path, "hoa", OTHER),
        open_with_escrow(path, escrow.private_bytes_raw()),
        open_with_words(path, " ".join(words)),
    )
    assert all(keys == opened.keys for keys in ways)


def test_while_data_keys_change_the_file_holds_the_old_and_the_new_ones(path: Path, opened: OpenKeyFile) -> None:
    old = opened.keys.copy()
    opened.begin_data_key_rotation()
    opened.begin_data_key_rotation()
    again = key_file.unlock_with_password(path, "lan", PASSWORD)
    assert again.keys == old
    assert again.next_keys is not None
    assert again.next_keys == opened.next_keys
    assert again.next_keys.database_key != old.database_key
    assert again.next_keys.database_salt != old.database_salt
    assert again.next_keys.object_name_key == old.object_name_key


def test_after_the_change_the_old_data_keys_are_in_no_copy_and_not_in_memory(path: Path, opened: OpenKeyFile) -> None:
    opened.begin_data_key_rotation()
    first, second = opened.keys, opened.next_keys
    opened.finish_data_key_rotation()
    assert (opened.keys, opened.next_keys) == (second, None)
    with pytest.raises(BugError, match="wiped"):
        _ = first.database_key
    for copy in (path, path.with_name("keys.json.previous")):
        again = key_file.unlock_with_password(copy, "lan", PASSWORD)
        assert (again.keys, again.next_keys) == (second, None)


def test_a_rotation_that_was_not_begun_is_not_finished(opened: OpenKeyFile) -> None:
    with pytest.raises(BugError):
        opened.finish_data_key_rotation()


def test_no_two_writes_under_one_main_key_share_a_nonce(path: Path, opened: OpenKeyFile) -> None:
    nonces = [json.loads(path.read_text())["keys"]["nonce"]]
    for number in range(3):
        opened.reset_password("hoa", "c-hoa", f"password {number}", NOON, cost=CHEAP)
        nonces.append(json.loads(path.read_text())["keys"]["nonce"])
    assert len(set(nonces)) == len(nonces)


def test_every_change_has_a_higher_revision(path: Path, opened: OpenKeyFile) -> None:
    seen = [opened.revision]
    for change in (
        lambda: opened.add_clerk("hoa", "c-hoa", OTHER, NOON, cost=CHEAP),
        lambda: opened.change_password("hoa", OTHER, PASSWORD, NOON, cost=CHEAP),
        lambda: opened.make_recovery_words(NOON),
        opened.begin_data_key_rotation,
        lambda: opened.revoke_clerk("hoa"),
        opened.finish_data_key_rotation,
        opened.mend,
        lambda: opened.mend(least_revision=70),
    ):
        change()
        seen.append(key_file.unlock_with_password(path, "lan", PASSWORD).revision)
    assert seen == [1, 2, 3, 4, 5, 6, 7, 8, 71]


def test_two_programs_of_one_desk_do_not_undo_each_others_changes(path: Path, opened: OpenKeyFile) -> None:
    other = key_file.unlock_with_password(path, "lan", PASSWORD)
    other.add_clerk("hoa", "c-hoa", OTHER, NOON, cost=CHEAP)
    opened.add_clerk("mai", "c-mai", OTHER, NOON, cost=CHEAP)
    assert {slot.login for slot in opened.slots} == {"lan", "hoa", "mai", ""}
    other.begin_data_key_rotation()
    assert code_of(opened.begin_data_key_rotation) == "key-file-changed"
    assert open_with_password(path, "mai", OTHER) == other.keys


def test_a_copy_under_a_newer_main_key_is_not_written_over_with_the_slots_of_before(
    path: Path, opened: OpenKeyFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened.add_clerk("hoa", "c-hoa", OTHER, NOON, cost=CHEAP)

    def fill_disk(path: Path, content: bytes) -> None:
        if path.name.endswith(".previous"):
            raise KnownError("disk-full")
        path.write_bytes(content)

    with monkeypatch.context() as patch:
        patch.setattr("localdb.key_copies._write", fill_disk)
        assert code_of(lambda: opened.revoke_clerk("hoa")) == "disk-full"
    assert code_of(lambda: opened.add_clerk("mai", "c-mai", OTHER, NOON, cost=CHEAP)) == "key-file-changed"
    again = key_file.unlock_with_password(path, "lan", PASSWORD)
    again.mend()
    assert code_of(lambda: open_with_password(path, "hoa", OTHER)) == "no-such-clerk"


def test_keys_that_were_wiped_cannot_be_used(opened: OpenKeyFile) -> None:
    keys = opened.keys
    raw = keys.database_key
    opened.wipe()
    opened.wipe()
    assert raw == bytes(32)
    with pytest.raises(BugError):
        _ = keys.database_key
    with pytest.raises(BugError):
        keys.copy()


def test_the_keys_that_open_gives_are_the_callers_own(path: Path, opened: OpenKeyFile) -> None:
    keys = open_with_password(path, "lan", PASSWORD)
    assert keys == opened.keys
    opened.wipe()
    assert len(keys.database_key) == 32
    assert any(keys.database_key)


@pytest.mark.parametrize("lost", ["keys.json", "keys.json.previous"])
@pytest.mark.parametrize("how", ["missing", "cut", "garbled", "forged"])
def test_one_copy_that_is_lost_is_made_good_from_the_other(
    path: Path, opened: OpenKeyFile, lost: str, how: str
) -> None:
    copy = path.with_name(lost)
    if how == "missing":
        copy.unlink()
    elif how == "cut":
        copy.write_bytes(copy.read_bytes()[:500])
    elif how == "garbled":
        copy.write_bytes(os.urandom(900))
    else:
        stranger = path.with_name("stranger") / "keys.json"
        stranger.parent.mkdir()
        create_key_file(
            stranger, login="lan", password="another", escrow_public_key=None, random_bytes=os.urandom, cost=CHEAP
        )
        strange = key_file.unlock_with_password(stranger, "lan", "another")
        # Somebody without a key puts the slots of this file into one of a higher revision.
        document = opened._document
        forged = strange._document.locked(bytearray(32), [strange.keys], os.urandom)
        copy.write_bytes(type(forged)(99, document.slots, forged.nonce, forged.sealed_keys).encode())
    again = key_file.unlock_with_password(path, "lan", PASSWORD)
    assert again.keys == opened.keys
    agreed = [again.copies_agree]
    again.mend()
    assert [*agreed, again.copies_agree] == [False, True]
    (path if lost == "keys.json.previous" else path.with_name("keys.json.previous")).unlink()
    assert open_with_password(path, "lan", PASSWORD) == opened.keys


def test_without_a_key_file_there_are_no_keys_and_none_are_made(tmp_path: Path) -> None:
    for action in (
        lambda: open_with_password(tmp_path / "keys.json", "lan", PASSWORD),
        lambda: open_with_escrow(tmp_path / "keys.json", bytes(range(32))),
    ):
        assert code_of(action) == "key-file-missing"
    assert list(tmp_path.iterdir()) == []


def test_keys_that_nobody_holds_any_more_are_wiped() -> None:
    keys = StoreKeys.new(os.urandom)
    for_one_file = keys.with_salt(os.urandom(16))
    raw = for_one_file.database_key
    assert raw == keys.database_key
    del for_one_file
    assert bytes(raw) == bytes(32)
    assert bytes(keys.database_key) != bytes(32)


def test_store_keys_of_the_wrong_size_are_none() -> None:
    with pytest.raises(ValueError, match="size"):
        StoreKeys(bytes(31), bytes(16), bytes(32))


def test_keys_derived_for_two_purposes_have_nothing_in_common() -> None:
    keys = StoreKeys.new(os.urandom)
    assert keys.derive("snapshot") == keys.derive("snapshot")
    assert len({bytes(keys.derive("snapshot")), bytes(keys.derive("search")), bytes(keys.database_key)}) == 3
