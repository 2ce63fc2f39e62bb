# SPDX-License-Identifier: GPL-3.0-or-later
"""Two threads between the documents and whoever stores them: one prepares, one asks the key.

A token takes 0.3 s for a signature; everything else happens meanwhile. What is on its way is limited, so that a batch
of any length fits into memory.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Final, Generic, TypeVar

from signing.batch.half_way import HalfWay
from signing.errors import SigningError
from signing.keys.signing_key import ManyAtOnceKey, SigningKey
from signing.pdf_signature import attributes_to_sign, check_signature

_ON_THE_WAY: Final = 4
"""One that is being prepared, one with the token, one that is being stored, and one in reserve."""

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Signed(Generic[Item]):
    """The key has signed, and the journal knows."""

    item: Item
    half_way: HalfWay = field(repr=False)
    attributes: bytes = field(repr=False)
    signature: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Refused(Generic[Item]):
    """A document cannot be signed."""

    item: Item
    error: SigningError


@dataclass(frozen=True, slots=True)
class Broken:
    """The line stands still: the key is out of reach (a ``SigningError``), or something that nobody expected."""

    error: Exception


@dataclass(frozen=True, slots=True)
class _Ready(Generic[Item]):
    item: Item
    half_way: HalfWay
    attributes: bytes

    @property
    def digest(self) -> bytes:
        return hashlib.sha256(self.attributes).digest()


class AssemblyLine(Generic[Item]):
    """Prepares and signs items in their order; the caller takes what comes off the end, and says when it is stored."""

    def __init__(
        self,
        items: Sequence[Item],
        key: SigningKey,
        prepare: Callable[[Item], HalfWay],
        record: Callable[[Item, bytes], None],
    ) -> None:
        """Prepare; nothing runs before ``outcomes`` is walked through.

        Args:
            items: What to sign.
            key: Asked from one thread.
            prepare: Gives the half-way state, stored; a ``SigningError`` refuses the item. Called from one thread.
            record: Remembers a signature value for good. Called from one thread.
        """
        self._items = items
        self._key = key
        self._prepare = prepare
        self._record = record
        self._at_once = key.most_at_once if isinstance(key, ManyAtOnceKey) else 1
        self._room = threading.Semaphore(max(_ON_THE_WAY, 2 * self._at_once))
        self._ready: SimpleQueue[_Ready[Item] | None] = SimpleQueue()
        self._outcomes: SimpleQueue[Signed[Item] | Refused[Item] | Broken | None] = SimpleQueue()
        self._stopped = threading.Event()
        self._threads = [
            threading.Thread(target=self._prepare_all, name="prepares documents", daemon=True),
            threading.Thread(target=self._sign_all, name="asks the key", daemon=True),
        ]

    def outcomes(self) -> Iterator[Signed[Item] | Refused[Item] | Broken]:
        """Start, and give each outcome as it comes; its place on the line is free when the next one is asked for."""
        for thread in self._threads:
            thread.start()
        try:
            while (outcome := self._outcomes.get()) is not None:
                yield outcome
                self._room.release()
        finally:
            self.stop()
            for thread in self._threads:
                thread.join()  # a signature that is being made must reach the journal

    def stop(self) -> None:
        """Begin nothing new; what the key is just signing still comes off the end. From any thread."""
        self._stopped.set()
        self._room.release()

    def _prepare_all(self) -> None:
        try:
            for item in self._items:
                self._room.acquire()
                if self._stopped.is_set():
                    break
                try:
                    half_way = self._prepare(item)
                    attributes = attributes_to_sign(half_way.prepared, half_way.certificate)
                except SigningError as error:
                    self._outcomes.put(Refused(item, error))
                else:
                    self._ready.put(_Ready(item, half_way, attributes))
        except Exception as error:  # a full disk, or a fault of ours: the caller must hear of it
            self._stopped.set()
            self._outcomes.put(Broken(error))
        self._ready.put(None)

    def _sign_all(self) -> None:
        try:
            while (several := self._next()) and not self._stopped.is_set():
                for ready, signature in zip(several, self._sign(several), strict=True):
                    # Another key's signature is no signature of this document: nothing to remember.
                    check_signature(ready.half_way.certificate, ready.attributes, signature)
                    self._record(ready.item, signature)
                    self._outcomes.put(Signed(ready.item, ready.half_way, ready.attributes, signature))
        except Exception as error:  # the key is gone, or the journal's disk is full
            self._outcomes.put(Broken(error))
        self.stop()
        self._threads[0].join()
        self._outcomes.put(None)

    def _next(self) -> list[_Ready[Item]]:
        """Take what the key signs at once, fewer at the end; none when all is done."""
        several: list[_Ready[Item]] = []
        while len(several) < self._at_once and (ready := self._ready.get()) is not None:
            several.append(ready)
        if several and len(several) < self._at_once:
            self._ready.put(None)  # the end was taken out; it comes again
        return several

    def _sign(self, several: Sequence[_Ready[Item]]) -> tuple[bytes, ...]:
        if isinstance(self._key, ManyAtOnceKey):
            return self._key.sign_digests([ready.digest for ready in several])
        return tuple(self._key.sign_digest(ready.digest) for ready in several)
