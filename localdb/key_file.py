# SPDX-License-Identifier: GPL-3.0-or-later
"""The key file, ``keys.json`` beside the database: made once, opened by a password, an escrow key or a recovery sheet.

A random *main key* encrypts the store's keys; every slot holds that main key, sealed to the slot's public key. So a
clerk comes, goes or changes a password without the database being touched, and nobody's password is needed to change
the main key. ``unlock_…`` gives the opened file, which can be changed.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from casework.errors import KnownError
from casework.identifiers import RandomBytes
from localdb import key_slots, recovery_words
from localdb.former_key_file import FormerDocument
from localdb.key_copies import KeyCopies
from localdb.key_document import MAIN_KEY_SIZE, KeyDocument
from localdb.key_slots import Argon2Cost, Slot, SlotKind
from localdb.open_key_file import DEFAULT_COST, OpenKeyFile
from localdb.store_keys import StoreKeys
from localdb.wiping import wipe

__all__ = [
    "Argon2Cost",
    "StoreKeys",
    "create_key_file",
    "exists",
    "unlock_with_escrow",
    "unlock_with_password",
    "unlock_with_words",
]


def create_key_file(
    path: Path,
    *,
    login: str,
    password: str,
    escrow_public_key: bytes | None,
    random_bytes: RandomBytes,
    clerk_id: str = "",
    at: dt.datetime | None = None,
    cost: Argon2Cost = DEFAULT_COST,
) -> StoreKeys:
    """Make the keys of a new store and the file that opens them, with its second copy.

    Args:
        path: Where the file shall lie.
        login: The first clerk's sign-in name.
        password: That clerk's password, any text.
        escrow_public_key: The province's X25519 public key, 32 raw bytes, or None when the province has none yet.
        random_bytes: Source of all keys, salts and nonces.
        clerk_id: Who that clerk is.
        at: The present moment.
        cost: Price of one try of the password.

    Raises:
        KnownError: ``key-file-exists``, ``escrow-key-invalid``; ``disk-full``, ``no-access``, ``disk-error``.
    """
    copies = KeyCopies(path)
    if copies.exist:
        raise KnownError("key-file-exists")
    created_at = at or dt.datetime.now(dt.UTC)
    keys = StoreKeys.new(random_bytes)
    main_key = bytearray(random_bytes(MAIN_KEY_SIZE))
    try:
        slots = [
            key_slots.for_clerk(
                login, clerk_id, password, main_key, created_at=created_at, cost=cost, random_bytes=random_bytes
            )
        ]
        if escrow_public_key is not None:
            slots.append(key_slots.for_escrow(escrow_public_key, main_key, created_at=created_at))
        copies.write(KeyDocument(1, tuple(slots)).locked(main_key, [keys], random_bytes))
    finally:
        wipe(main_key)
    return keys


def exists(path: Path) -> bool:
    """Whether there is a key file, or its second copy.

    Raises:
        KnownError: ``no-access``, ``disk-error``.
    """
    return KeyCopies(path).exist


def unlock_with_password(
    path: Path, login: str, password: str, *, random_bytes: RandomBytes = os.urandom
) -> OpenKeyFile:
    """Open the slot of a clerk.

    Raises:
        KnownError: ``wrong-password``, ``no-such-clerk``; ``key-file-missing``, ``key-file-damaged``,
            ``key-file-newer``; ``no-access``, ``disk-error``.
    """
    login = key_slots.normal_login(login)

    def open_slot(document: KeyDocument) -> bytearray:
        slot = document.of_login(login)
        if slot is None:
            raise KnownError("no-such-clerk")
        return key_slots.main_key_of(slot, key_slots.clerk_private_key(slot, password))

    def open_former(document: FormerDocument) -> tuple[bytearray, list[Slot]]:
        former = document.clerk_slot(login)
        if former is None:
            raise KnownError("no-such-clerk")
        main_key = document.main_key(former, password)
        cost = Argon2Cost.from_json(former["argon2"])
        now = dt.datetime.now(dt.UTC)
        slot = key_slots.for_clerk(login, "", password, main_key, created_at=now, cost=cost, random_bytes=random_bytes)
        return main_key, [slot, *document.kept_escrow(now)]

    return _unlock(path, open_slot, open_former, random_bytes)


def unlock_with_escrow(path: Path, private_key: bytes, *, random_bytes: RandomBytes = os.urandom) -> OpenKeyFile:
    """Open the slot of the province, when no clerk's password is left.

    A slot that came from a version-1 file learns its public key here, so that the main key can be changed again.

    Args:
        path: The key file.
        private_key: The province's X25519 private key, 32 raw bytes.
        random_bytes: Source of keys for later changes.

    Raises:
        KnownError: ``no-escrow-slot``, ``wrong-escrow-key``, ``escrow-key-invalid``; ``key-file-missing``,
            ``key-file-damaged``, ``key-file-newer``; ``no-access``, ``disk-error``.
    """
    try:
        private = X25519PrivateKey.from_private_bytes(private_key)
    except ValueError as error:
        raise KnownError("escrow-key-invalid") from error
    public_key = private.public_key().public_bytes_raw()

    def is_former(slot: Slot) -> bool:
        return slot.own.get("key_id") == key_slots.former_key_id(public_key)

    def open_slot(document: KeyDocument) -> bytearray:
        slots = document.of_kind(SlotKind.ESCROW)
        if not slots:
            raise KnownError("no-escrow-slot")
        for slot in slots:
            if slot.public_key == public_key or is_former(slot):
                return key_slots.main_key_of(slot, private)
        raise KnownError("wrong-escrow-key")

    def open_former(document: FormerDocument) -> tuple[bytearray, list[Slot]]:
        now = dt.datetime.now(dt.UTC)
        kept = document.kept_escrow(now)
        main_key = open_slot(KeyDocument(document.revision, tuple(kept)))
        return main_key, [key_slots.for_escrow(public_key, main_key, created_at=now)]

    def learn(slot: Slot, main_key: bytearray) -> Slot:
        return key_slots.for_escrow(public_key, main_key, created_at=slot.created_at) if is_former(slot) else slot

    return _unlock(path, open_slot, open_former, random_bytes, learn)


def unlock_with_words(path: Path, words: str, *, random_bytes: RandomBytes = os.urandom) -> OpenKeyFile:
    """Open the slot of the recovery sheet.

    Args:
        path: The key file.
        words: As they were typed or scanned; see ``recovery_words.to_entropy``.
        random_bytes: Source of keys for later changes.

    Raises:
        KnownError: ``recovery-words-count``, ``recovery-word-unknown``, ``recovery-word-wrong``,
            ``recovery-words-wrong``; ``no-recovery-slot``, ``other-recovery-sheet``; ``key-file-missing``,
            ``key-file-damaged``, ``key-file-newer``; ``no-access``, ``disk-error``.
    """
    entropy = recovery_words.to_entropy(words)
    try:
        private = key_slots.sheet_private_key(entropy)
    finally:
        wipe(entropy)
    public_key = private.public_key().public_bytes_raw()

    def open_slot(document: KeyDocument) -> bytearray:
        slots = document.of_kind(SlotKind.RECOVERY_SHEET)
        if not slots:
            raise KnownError("no-recovery-slot")
        for slot in slots:
            if slot.public_key == public_key:
                return key_slots.main_key_of(slot, private)
        raise KnownError("other-recovery-sheet")

    def open_former(document: FormerDocument) -> tuple[bytearray, list[Slot]]:
        raise KnownError("no-recovery-slot")

    return _unlock(path, open_slot, open_former, random_bytes)


def _unlock(
    path: Path,
    open_slot: Callable[[KeyDocument], bytearray],
    open_former: Callable[[FormerDocument], tuple[bytearray, list[Slot]]],
    random_bytes: RandomBytes,
    learn: Callable[[Slot, bytearray], Slot] = lambda slot, _: slot,
) -> OpenKeyFile:
    """Open the newest copy that is as it was written."""
    copies = KeyCopies(path)
    damage = KnownError("key-file-damaged")
    for found in copies.read():
        main_key = bytearray()
        try:
            if isinstance(found, KeyDocument):
                document, main_key = found, open_slot(found)
            else:
                main_key, slots = open_former(found)
                document = KeyDocument(found.revision, tuple(slots))
            keys = found.unlocked(main_key)
            document = dataclasses.replace(document, slots=tuple(learn(slot, main_key) for slot in document.slots))
        except KnownError as error:
            if error.code != damage.code:
                raise
            damage = error
            wipe(main_key)
            continue
        is_written = isinstance(found, KeyDocument)
        return OpenKeyFile(copies, document, main_key, keys, is_written=is_written, random_bytes=random_bytes)
    raise damage
