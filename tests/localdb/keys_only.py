# SPDX-License-Identifier: GPL-3.0-or-later
"""The keys in a key file, for a test that wants to change nothing in it; errors as in ``localdb.key_file``."""

from __future__ import annotations

from pathlib import Path

from localdb.key_file import unlock_with_escrow, unlock_with_password, unlock_with_words
from localdb.open_key_file import OpenKeyFile
from localdb.store_keys import StoreKeys


def open_with_password(path: Path, login: str, password: str) -> StoreKeys:
    """Give the store's keys for a clerk's password."""
    return _keys_only(unlock_with_password(path, login, password))


def open_with_escrow(path: Path, private_key: bytes) -> StoreKeys:
    """Give the store's keys for the province's private key."""
    return _keys_only(unlock_with_escrow(path, private_key))


def open_with_words(path: Path, words: str) -> StoreKeys:
    """Give the store's keys for the words of the recovery sheet."""
    return _keys_only(unlock_with_words(path, words))


def _keys_only(opened: OpenKeyFile) -> StoreKeys:
    keys = opened.keys.copy()
    opened.wipe()
    return keys
