# SPDX-License-Identifier: GPL-3.0-or-later
"""An opened key file: the store's keys, who can open it, and every change of that.

A change takes what lies on disk now, so that two programs of one desk do not undo each other; it fails with
``key-file-changed`` when the other one has changed the main key meanwhile.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from casework.errors import BugError, KnownError
from casework.identifiers import RandomBytes
from localdb import key_slots, recovery_words
from localdb.key_copies import KeyCopies
from localdb.key_document import MAIN_KEY_SIZE, KeyDocument
from localdb.key_slots import Argon2Cost, Slot, SlotKind
from localdb.store_keys import StoreKeys
from localdb.wiping import wipe

DEFAULT_COST: Final = Argon2Cost()


@dataclass(frozen=True, slots=True)
class SlotFacts:
    """What may be shown of a slot.

    Attributes:
        kind: A ``SlotKind``, or a word that this program does not know yet.
        created_at: When it was made.
        login: Sign-in name of a clerk's slot, else empty.
        clerk_id: Whose it is, else empty.
        number: Eight hexadecimal digits that name it, e.g. on a printed recovery sheet.
    """

    kind: str
    created_at: dt.datetime
    login: str
    clerk_id: str
    number: str


class OpenKeyFile:
    """The key file while somebody is signed in; ``wipe`` it at the end. Any thread may use it."""

    def __init__(
        self,
        copies: KeyCopies,
        document: KeyDocument,
        main_key: bytearray,
        keys: Sequence[StoreKeys],
        *,
        is_written: bool,
        random_bytes: RandomBytes,
    ) -> None:
        """Take charge of an opened document; use ``localdb.key_file.unlock_…`` instead.

        Args:
            copies: Where it lies.
            document: What was opened.
            main_key: Its main key; wiped with this.
            keys: The store's keys, the new ones after those in use; wiped with this.
            is_written: False when the document is not what lies on disk, but was made from an older version of it.
            random_bytes: Source of keys, salts and nonces.
        """
        self._copies = copies
        self._document = document
        self._main_key = main_key
        self._keys = tuple(keys)
        self._is_written = is_written
        self._random_bytes = random_bytes
        self._lock = threading.RLock()

    @property
    def keys(self) -> StoreKeys:
        """The store's keys in use; wiped with this."""
        return self._keys[0]

    @property
    def next_keys(self) -> StoreKeys | None:
        """The new keys while the data keys are being changed; wiped with this."""
        return self._keys[1] if len(self._keys) > 1 else None

    @property
    def revision(self) -> int:
        """Number of the last change, from 1."""
        return self._document.revision

    @property
    def is_former(self) -> bool:
        """Whether the file on disk is of version 1 still; every change, and ``mend``, writes it anew."""
        return not self._is_written

    @property
    def copies_agree(self) -> bool:
        """Whether both copies are there and the same; if not, ``mend`` them."""
        return self._copies.agree

    @property
    def slots(self) -> tuple[SlotFacts, ...]:
        """Who can open the file."""
        return tuple(
            SlotFacts(slot.kind, slot.created_at, slot.login, slot.clerk_id, number_of(slot.public_key))
            for slot in self._document.slots
        )

    def mend(self, *, least_revision: int = 0) -> None:
        """Write both copies anew.

        Args:
            least_revision: The revision becomes higher than this.
        """
        with self._lock:
            self._write(self._document.slots, least_revision=least_revision)

    def name_clerk(self, login: str, clerk_id: str) -> None:
        """Write down whose a slot is; those of a version-1 file do not tell."""
        login = key_slots.normal_login(login)
        self._change(
            lambda slots: [
                slot if (slot.kind, slot.login) != (SlotKind.CLERK, login) else _named(slot, clerk_id) for slot in slots
            ]
        )

    def add_clerk(
        self, login: str, clerk_id: str, password: str, at: dt.datetime, *, cost: Argon2Cost = DEFAULT_COST
    ) -> None:
        """Make a slot for a clerk who has none.

        Raises:
            KnownError: ``login-taken``, ``key-file-changed``; ``disk-full``, ``no-access``, ``disk-error``.
        """

        def change(slots: Sequence[Slot]) -> list[Slot]:
            if _of_login(slots, login):
                raise KnownError("login-taken")
            return [*slots, self._clerk_slot(login, clerk_id, password, at, cost)]

        self._change(change)

    def change_password(
        self, login: str, old: str, new: str, at: dt.datetime, *, cost: Argon2Cost = DEFAULT_COST
    ) -> None:
        """Give a clerk another password; she proves herself with the old one.

        Raises:
            KnownError: ``wrong-password``, ``no-such-clerk``, ``key-file-changed``; ``disk-full``, ``no-access``,
                ``disk-error``.
        """

        def change(slots: Sequence[Slot]) -> list[Slot]:
            slot = _of_login(slots, login)
            if slot is None:
                raise KnownError("no-such-clerk")
            key_slots.clerk_private_key(slot, old)
            return self._replaced(slots, slot, login, slot.clerk_id, new, at, cost)

        self._change(change)

    def reset_password(
        self, login: str, clerk_id: str, new: str, at: dt.datetime, *, cost: Argon2Cost = DEFAULT_COST
    ) -> None:
        """Give a clerk a password that somebody else chose, and a slot when she has none.

        Raises:
            KnownError: ``key-file-changed``; ``disk-full``, ``no-access``, ``disk-error``.
        """
        self._change(
            lambda slots: self._replaced(slots, _of_login(slots, login), login, clerk_id, new, at, cost),
        )

    def revoke_clerk(self, login: str) -> None:
        """Take a clerk's slot away, and change the main key, so that her password opens nothing of this file any more.

        The data keys stay: her password still opens an older copy of the key file, and with it the database as long as
        ``begin_data_key_rotation`` has not changed them. Nothing but the main key changes when she has no slot.

        Raises:
            KnownError: ``last-slot`` when nobody could open the store any more; ``escrow-key-needed`` when her slot is
                gone but the main key could not be changed; ``key-file-changed``; ``disk-full``, ``no-access``,
                ``disk-error``.
        """

        def change(slots: Sequence[Slot]) -> list[Slot]:
            left = [slot for slot in slots if slot != _of_login(slots, login)]
            if not left:
                raise KnownError("last-slot")
            return left

        try:
            self._change(change, rotating=True)
        except KnownError as error:
            if error.code == "escrow-key-needed":
                self._change(change)
            raise

    def put_escrow(self, public_key: bytes, at: dt.datetime) -> None:
        """Let the province open the store with the private half of this key, and with no other.

        Args:
            public_key: X25519, 32 raw bytes.
            at: The present moment.

        Raises:
            KnownError: ``escrow-key-invalid``, ``key-file-changed``; ``disk-full``, ``no-access``, ``disk-error``.
        """
        self._change(
            lambda slots: [
                *_without(slots, SlotKind.ESCROW),
                key_slots.for_escrow(public_key, self._main_key, created_at=at),
            ]
        )

    def make_recovery_words(
        self, at: dt.datetime, before_writing: Callable[[tuple[str, ...], str], object] = lambda _words, _number: None
    ) -> tuple[str, ...]:
        """Draw the words of a new recovery sheet; those of an older sheet open nothing any more.

        Args:
            at: The present moment.
            before_writing: Given the words and the number of the new sheet; while it runs, and when it raises, the
                older sheet is still the one that counts.

        Raises:
            KnownError: ``key-file-changed``; ``disk-full``, ``no-access``, ``disk-error``.
        """
        entropy = bytearray(self._random_bytes(recovery_words.ENTROPY_SIZE))
        words = recovery_words.to_words(entropy)

        def change(slots: Sequence[Slot]) -> list[Slot]:
            slot = key_slots.for_recovery_sheet(entropy, self._main_key, created_at=at)
            before_writing(words, number_of(slot.public_key))
            return [*_without(slots, SlotKind.RECOVERY_SHEET), slot]

        try:
            self._change(change)
        finally:
            wipe(entropy)
        return words

    def begin_data_key_rotation(self) -> None:
        """Draw new data keys and keep them beside those in use; ``localdb.rekeying.rekey`` puts them into use.

        The key of object names stays: the names of the files that are there hang on it, and it opens nothing.

        Raises:
            KnownError: ``escrow-key-needed``, ``key-file-changed``; ``disk-full``, ``no-access``, ``disk-error``.
        """
        with self._lock:
            if self.next_keys is not None:
                return
            fresh = StoreKeys(self._random_bytes(32), self._random_bytes(16), self.keys.object_name_key)
            self._change(list, rotating=True, keys=(self.keys, fresh))

    def finish_data_key_rotation(self) -> None:
        """Forget the old data keys, once nothing is under them any more.

        Raises:
            KnownError: ``escrow-key-needed``, ``key-file-changed``; ``disk-full``, ``no-access``, ``disk-error``.
            BugError: When no new ones were drawn.
        """
        with self._lock:
            if self.next_keys is None:
                raise BugError("no rotation was begun")
            old = self.keys
            self._change(list, rotating=True, keys=(self.next_keys,))
            old.wipe()

    def wipe(self) -> None:
        """Overwrite the main key and the store's keys."""
        with self._lock:
            wipe(self._main_key)
            for keys in self._keys:
                keys.wipe()

    def _change(
        self,
        change: Callable[[Sequence[Slot]], list[Slot]],
        *,
        rotating: bool = False,
        keys: Sequence[StoreKeys] | None = None,
    ) -> None:
        with self._lock:
            self._take_up()
            slots = change(self._document.slots)
            if not rotating:
                self._write(slots, keys=keys)
                return
            main_key = bytearray(self._random_bytes(MAIN_KEY_SIZE))
            self._write([key_slots.resealed(slot, main_key) for slot in slots], keys=keys, main_key=main_key)

    def _write(
        self,
        slots: Sequence[Slot],
        *,
        keys: Sequence[StoreKeys] | None = None,
        main_key: bytearray | None = None,
        least_revision: int = 0,
    ) -> None:
        revision = max(self._document.revision, least_revision) + 1
        kept = tuple(keys or self._keys)
        document = KeyDocument(revision, tuple(slots)).locked(main_key or self._main_key, kept, self._random_bytes)
        self._copies.write(document)
        self._document, self._keys, self._is_written = document, kept, True
        if main_key is not None:
            wipe(self._main_key)
            self._main_key = main_key

    def _take_up(self) -> None:
        """Take up what another program has written since this was opened.

        Only the newest copy counts: when it does not open, the main key was changed, and the older copy still has
        who was taken away.
        """
        if not self._is_written:
            return
        try:
            newest = self._copies.read()[0]
        except KnownError as error:
            if error.code in {"key-file-missing", "key-file-damaged"}:
                return  # what is here is whole, and is about to be written
            raise
        if newest == self._document:
            return
        try:
            keys = newest.unlocked(self._main_key)
        except KnownError as error:
            raise KnownError("key-file-changed", retryable=True) from error
        if isinstance(newest, KeyDocument) and newest.revision > self._document.revision:
            self._document, self._keys = newest, self._same_or(keys)

    def _same_or(self, keys: tuple[StoreKeys, ...]) -> tuple[StoreKeys, ...]:
        """Keep the objects that others hold when the keys are the same."""
        if keys != self._keys:
            return keys
        for each in keys:
            each.wipe()
        return self._keys

    def _clerk_slot(self, login: str, clerk_id: str, password: str, at: dt.datetime, cost: Argon2Cost) -> Slot:
        return key_slots.for_clerk(
            login, clerk_id, password, self._main_key, created_at=at, cost=cost, random_bytes=self._random_bytes
        )

    def _replaced(
        self,
        slots: Sequence[Slot],
        old: Slot | None,
        login: str,
        clerk_id: str,
        password: str,
        at: dt.datetime,
        cost: Argon2Cost,
    ) -> list[Slot]:
        new = self._clerk_slot(login, clerk_id, password, at, cost)
        return [*(slot for slot in slots if slot != old), new]


def number_of(public_key: bytes) -> str:
    """Give the eight digits that name a slot."""
    return public_key[:4].hex()


def _of_login(slots: Sequence[Slot], login: str) -> Slot | None:
    wanted = key_slots.normal_login(login)
    return next((slot for slot in slots if slot.kind == SlotKind.CLERK and slot.login == wanted), None)


def _without(slots: Sequence[Slot], kind: SlotKind) -> list[Slot]:
    return [slot for slot in slots if slot.kind != kind]


def _named(slot: Slot, clerk_id: str) -> Slot:
    return Slot(slot.kind, slot.created_at, slot.public_key, slot.sealed, {**slot.own, "clerk_id": clerk_id})
