# SPDX-License-Identifier: GPL-3.0-or-later
"""The device key lies where the operating system keeps keys, else in its owner's file, and shows itself nowhere."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import keyring.backend
import keyring.backends.fail
import keyring.errors
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casework.errors import KnownError
from sync_agent import device_key
from sync_agent.device_key import FileKeyStore, KeyPlace, OperatingSystemKeyStore
from tests.sync_agent.material import DEVICE


class KeyStoreInMemory(keyring.backend.KeyringBackend):
    """A key store of an operating system, as the library sees one."""

    priority = 5

    def __init__(self) -> None:
        self.passwords: dict[tuple[str, str], str] = {}
        self.is_locked = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.is_locked:
            raise keyring.errors.KeyringLocked
        return self.passwords.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.is_locked:
            raise keyring.errors.KeyringLocked
        self.passwords[(service, username)] = password


keyring.backend.KeyringBackend._classes.discard(KeyStoreInMemory)  # other tests must not be offered it


@pytest.fixture(autouse=True)
def bare_machine() -> Iterator[None]:
    """A machine whose operating system keeps no keys."""
    before = keyring.get_keyring()
    keyring.set_keyring(keyring.backends.fail.Keyring())  # type: ignore[no-untyped-call]  # has no types
    yield
    keyring.set_keyring(before)


@pytest.fixture
def key_store(bare_machine: None) -> KeyStoreInMemory:
    store = KeyStoreInMemory()
    keyring.set_keyring(store)
    return store


def code_of(store: device_key.DeviceKeyStore, device_id: str = DEVICE) -> str:
    with pytest.raises(KnownError) as caught:
        store.load(device_id)
    return caught.value.code


def test_a_key_in_a_file_is_its_owners_only(tmp_path: Path) -> None:
    key = Ed25519PrivateKey.generate()
    path = tmp_path / "device.key"
    assert device_key.keep(DEVICE, key, path) is KeyPlace.FILE
    loaded = device_key.key_store(KeyPlace.FILE, path).load(DEVICE)
    assert loaded.private_bytes_raw() == key.private_bytes_raw()
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_operating_systems_key_store_is_preferred(tmp_path: Path, key_store: KeyStoreInMemory) -> None:
    key = Ed25519PrivateKey.generate()
    path = tmp_path / "device.key"
    assert device_key.keep(DEVICE, key, path) is KeyPlace.OPERATING_SYSTEM
    assert not path.exists()
    assert len(key_store.passwords) == 1
    loaded = device_key.key_store(KeyPlace.OPERATING_SYSTEM, path).load(DEVICE)
    assert loaded.private_bytes_raw() == key.private_bytes_raw()
    assert code_of(OperatingSystemKeyStore(), "another-device") == "device-key-missing"


def test_a_locked_key_store_is_no_place_for_a_new_key(tmp_path: Path, key_store: KeyStoreInMemory) -> None:
    key_store.is_locked = True
    path = tmp_path / "device.key"
    assert device_key.keep(DEVICE, Ed25519PrivateKey.generate(), path) is KeyPlace.FILE
    assert path.exists()
    assert code_of(OperatingSystemKeyStore()) == "device-key-missing"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "device-key-missing"),
        (b"", "device-key-damaged"),
        (b"\xff\xfe", "device-key-damaged"),
        (f"{DEVICE}\nnot base64!\n".encode(), "device-key-damaged"),
        (f"{DEVICE}\nAAAA\n".encode(), "device-key-damaged"),
        (b"another-device\nAAAA\n", "device-key-missing"),
    ],
)
def test_a_missing_or_damaged_key_is_named_as_such(tmp_path: Path, content: bytes | None, code: str) -> None:
    path = tmp_path / "device.key"
    if content is not None:
        path.write_bytes(content)
    assert code_of(FileKeyStore(path)) == code


def test_the_key_does_not_show_in_a_repr(tmp_path: Path) -> None:
    key = Ed25519PrivateKey.generate()
    store = FileKeyStore(tmp_path / "device.key")
    store.save(DEVICE, key)
    shown = repr(store) + repr(store.load(DEVICE))
    assert repr(key.private_bytes_raw()) not in shown
    assert key.private_bytes_raw().hex() not in shown
