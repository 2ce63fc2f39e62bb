# SPDX-License-Identifier: GPL-3.0-or-later
"""The device key: the Ed25519 key by which the gateway knows this workstation.

It lies in the key store of the operating system where there is one, else in a file that only its owner may read.
Whoever has it can speak as this workstation but can read nothing: envelopes and replies are sealed to other keys.
"""

from __future__ import annotations

import base64
import binascii
import enum
from pathlib import Path
from typing import Protocol

import keyring
import keyring.backend
import keyring.core
import keyring.errors
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casework.errors import KnownError
from localdb import durable_file

_SERVICE = "vn.motcua.workstation.device-key"
_KEY_LENGTH = 32


class KeyPlace(enum.StrEnum):
    """Where the device key lies."""

    OPERATING_SYSTEM = "operating-system"
    FILE = "file"


class DeviceKeyStore(Protocol):
    """A place that keeps the device key."""

    def load(self, device_id: str) -> Ed25519PrivateKey:
        """Give the key.

        Raises:
            KnownError: ``device-key-missing``, or ``device-key-damaged``.
        """
        ...

    def save(self, device_id: str, key: Ed25519PrivateKey) -> None:
        """Keep the key.

        Raises:
            KnownError: ``device-key-store`` when this place refuses to keep it; ``disk-full``, ``no-access``,
                ``disk-error``.
        """
        ...


class OperatingSystemKeyStore:
    """Secret Service, KWallet, Windows Credential Locker or macOS Keychain."""

    @staticmethod
    def is_available() -> bool:
        """Tell whether there is one that is good enough; a library that only hides the key in a file is not."""
        return keyring.core.recommended(keyring.get_keyring())

    def load(self, device_id: str) -> Ed25519PrivateKey:
        """Give the key; see ``DeviceKeyStore``."""
        try:
            text = keyring.get_password(_SERVICE, device_id)
        except keyring.errors.KeyringError:
            raise KnownError("device-key-missing", retryable=True, place=KeyPlace.OPERATING_SYSTEM) from None
        if text is None:
            raise KnownError("device-key-missing", place=KeyPlace.OPERATING_SYSTEM)
        return _decode(text)

    def save(self, device_id: str, key: Ed25519PrivateKey) -> None:
        """Keep the key; see ``DeviceKeyStore``."""
        text = _encode(key)
        try:
            keyring.set_password(_SERVICE, device_id, text)
            kept = keyring.get_password(_SERVICE, device_id)
        except keyring.errors.KeyringError:
            raise KnownError("device-key-store") from None
        if kept != text:
            raise KnownError("device-key-store")


class FileKeyStore:
    """A file of its owner's, for machines whose operating system keeps no keys."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self, device_id: str) -> Ed25519PrivateKey:
        """Give the key; see ``DeviceKeyStore``."""
        try:
            lines = self._path.read_text("ascii").split()
        except FileNotFoundError:
            raise KnownError("device-key-missing", place=KeyPlace.FILE) from None
        except UnicodeDecodeError:
            raise KnownError("device-key-damaged") from None
        except OSError as error:
            raise durable_file.explain(error) from error
        if len(lines) != 2:
            raise KnownError("device-key-damaged")
        if lines[0] != device_id:
            raise KnownError("device-key-missing", place=KeyPlace.FILE)
        return _decode(lines[1])

    def save(self, device_id: str, key: Ed25519PrivateKey) -> None:
        """Keep the key; see ``DeviceKeyStore``."""
        with durable_file.replacing(self._path) as file:
            file.write(f"{device_id}\n{_encode(key)}\n".encode("ascii"))


def key_store(place: KeyPlace, path: Path) -> DeviceKeyStore:
    """Give the store of one place; ``path`` is the file's."""
    return OperatingSystemKeyStore() if place is KeyPlace.OPERATING_SYSTEM else FileKeyStore(path)


def keep(device_id: str, key: Ed25519PrivateKey, path: Path) -> KeyPlace:
    """Keep a new device key in the best place there is and tell which that was.

    Raises:
        KnownError: ``disk-full``, ``no-access``, ``disk-error``.
    """
    if OperatingSystemKeyStore.is_available():
        try:
            OperatingSystemKeyStore().save(device_id, key)
        except KnownError:
            pass
        else:
            return KeyPlace.OPERATING_SYSTEM
    FileKeyStore(path).save(device_id, key)
    return KeyPlace.FILE


def _encode(key: Ed25519PrivateKey) -> str:
    return base64.b64encode(key.private_bytes_raw()).decode("ascii")


def _decode(text: str) -> Ed25519PrivateKey:
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise KnownError("device-key-damaged") from None
    if len(raw) != _KEY_LENGTH:
        raise KnownError("device-key-damaged")
    return Ed25519PrivateKey.from_private_bytes(raw)
