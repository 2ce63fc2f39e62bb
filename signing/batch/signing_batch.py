# SPDX-License-Identifier: GPL-3.0-or-later
"""Hundreds of documents with one PIN: cancelled, cut off or killed at any moment, it goes on where it was.

Each document goes from ``prepared`` to ``signed``, ``written`` and ``verified`` in the journal. Once ``signed``, no key
is asked for it again: the recorded signature is put into the stored half-way state. A document that was only
``prepared`` is signed from the stored half-way state, so that a signature that was made but not recorded before a crash
is made again bit by bit (RSASSA-PKCS1-v1_5 knows no chance), and never two different ones of one document.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from signing.batch import half_way as half_way_bytes
from signing.batch.assembly_line import AssemblyLine, Broken, Refused, Signed
from signing.batch.documents import Documents
from signing.batch.events import (
    BatchCancelled,
    BatchEvent,
    BatchFinished,
    BatchPaused,
    DocumentRefused,
    DocumentSigned,
)
from signing.batch.half_way import HalfWay
from signing.batch.journal import BatchJournal, Step
from signing.batch.read_back import holds
from signing.certificates import SigningCertificate
from signing.errors import SigningError
from signing.keys.signing_key import KeyKind, SigningKey
from signing.pdf_signature import SignatureRequest, attributes_to_sign, embed, prepare

_FRESH: Final = dt.timedelta(hours=1)
"""A half-way state that is older is made anew: the document would claim a time that is long past."""

_KEY_DONE: Final = frozenset({Step.SIGNED, Step.WRITTEN, Step.VERIFIED})


@dataclass(frozen=True, slots=True)
class BatchItem:
    """One document of a batch.

    Attributes:
        name: What journal and store call it: letters, digits and hyphens that say nothing of whose it is.
        displayed_sha256: Hex digest of the file whose pages the signer was shown; no other file is signed.
        request: What the signature is to say; its time is set when the document is prepared.
    """

    name: str
    displayed_sha256: str
    request: SignatureRequest = field(repr=False)


class SigningBatch:
    """A batch that is begun or gone on with; a context manager that holds its journal."""

    def __init__(
        self,
        items: Sequence[BatchItem],
        documents: Documents,
        journal: Path,
        *,
        clock: Callable[[], dt.datetime],
        tokens_only: bool = False,
    ) -> None:
        """Open the journal.

        Args:
            items: The documents in their order; to go on with a batch, the same as when it was begun.
            documents: Where they come from and go to.
            journal: File of the journal.
            clock: Gives the aware time.
            tokens_only: Refuse keys that do not lie on a token, e.g. for the seal.

        Raises:
            SigningError: ``journal-in-use``, ``journal-of-another-batch``, ``journal-damaged``.
            OSError: The disk does not want to.
        """
        self._items = items
        self._documents = documents
        self._clock = clock
        self._tokens_only = tokens_only
        self._cancelled = False
        self._line: AssemblyLine[BatchItem] | None = None
        self._journal = BatchJournal.open(journal, [(item.name, item.displayed_sha256) for item in items])
        self._done = 0
        for name, progress in self._journal.progress.items():
            if progress.step is Step.VERIFIED:
                self._done += 1
                self._documents.forget_half_way(name)

    def __enter__(self) -> Self:
        """Give the batch itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of the journal."""
        self._journal.close()

    @property
    def done(self) -> int:
        """Number of documents that are signed, stored and read back."""
        return self._done

    @property
    def total(self) -> int:
        """Number of documents."""
        return len(self._items)

    @property
    def needs_key(self) -> bool:
        """Whether any document waits for a key; if not, ``finish_signed`` is all there is to do."""
        return any(not self._has(item, _KEY_DONE) for item in self._items)

    def cancel(self) -> None:
        """Begin no further document; from any thread."""
        self._cancelled = True
        if (line := self._line) is not None:
            line.stop()

    def finish_signed(self) -> Iterator[DocumentSigned | DocumentRefused]:
        """Store and read back what was signed before a crash; needs no key, so it comes before the PIN prompt.

        A document whose half-way state is lost is refused with ``half-way-lost``: its signature was made, and is not
        made again in this batch.

        Raises:
            Exception: What the store raises.
        """
        for item in self._items:
            if not self._has(item, {Step.SIGNED, Step.WRITTEN}):
                continue
            progress = self._journal.progress[item.name]
            try:
                half_way = self._stored_half_way(item, progress.digest)
                if half_way is None:
                    raise SigningError("half-way-lost")
                attributes = attributes_to_sign(half_way.prepared, half_way.certificate)
                yield self._finish(Signed(item, half_way, attributes, progress.signature))
            except SigningError as error:
                yield DocumentRefused(item.name, error, self._done, self.total)

    def run(self, key: SigningKey) -> Iterator[BatchEvent]:
        """Sign what is not signed yet; after ``BatchPaused``, or in another process, run it again with a new key.

        The last event is ``BatchPaused``, ``BatchCancelled`` or ``BatchFinished``.

        Args:
            key: Opened; asked from a thread of the batch's own.

        Raises:
            SigningError: ``software-key-refused``.
            Exception: What the store raises; what was signed stays in the journal.
        """
        if self._tokens_only and getattr(key, "kind", None) is not KeyKind.TOKEN:
            raise SigningError("software-key-refused")
        refused = 0
        for event in self.finish_signed():
            refused += isinstance(event, DocumentRefused)
            yield event
        waiting = [item for item in self._items if not self._has(item, _KEY_DONE)]
        certificate, chain = key.certificate, key.chain
        line = self._line = AssemblyLine(
            waiting,
            key,
            prepare=lambda item: self._half_way(item, certificate, chain),
            record=lambda item, signature: self._journal.signed(item.name, signature),
        )
        if self._cancelled:
            line.stop()
        problem: SigningError | None = None
        for outcome in line.outcomes():
            if isinstance(outcome, Broken):
                if not isinstance(outcome.error, SigningError):
                    raise outcome.error
                problem = outcome.error
                continue
            try:
                if isinstance(outcome, Refused):
                    self._journal.refused(outcome.item.name, outcome.error.code)
                    raise outcome.error
                yield self._finish(outcome)
            except SigningError as error:
                refused += 1
                yield DocumentRefused(outcome.item.name, error, self._done, self.total)
        self._line = None
        if problem is not None:
            yield BatchPaused(problem, self._done, self.total)
        elif self._cancelled and self._done + refused < self.total:
            yield BatchCancelled(self._done, self.total)
        else:
            yield BatchFinished(self._done, refused, self.total)

    def _half_way(self, item: BatchItem, certificate: SigningCertificate, chain: tuple[bytes, ...]) -> HalfWay:
        """Give the half-way state that lies in the store, or make one and put it there."""
        progress = self._journal.progress.get(item.name)
        now = self._clock()
        if progress is not None and progress.step is Step.PREPARED:
            stored = self._stored_half_way(item, progress.digest)
            if (
                stored is not None
                and stored.certificate.sha256 == certificate.sha256
                and dt.timedelta() <= now - stored.signing_time < _FRESH
            ):
                return stored
        original = self._documents.read(item.name)
        request = dataclasses.replace(item.request, signing_time=now)
        prepared = prepare(original, request, certificate, displayed_sha256=item.displayed_sha256)
        half_way = HalfWay(prepared, certificate, (*chain, *request.intermediates), now)
        self._documents.keep_half_way(item.name, half_way_bytes.to_bytes(half_way, original))
        self._journal.prepared(item.name, prepared.document_digest)
        return half_way

    def _stored_half_way(self, item: BatchItem, digest: bytes) -> HalfWay | None:
        content = self._documents.half_way(item.name)
        if content is None:
            return None
        try:
            original = self._original(item, half_way_bytes.original_length(content))
            half_way = half_way_bytes.from_bytes(content, original)
        except SigningError:
            return None
        return half_way if half_way.prepared.document_digest == digest else None

    def _original(self, item: BatchItem, length: int) -> bytes:
        """Give the document that was displayed; a store that has the signed one may have let go of it."""
        written = self._documents.written(item.name)
        original = self._documents.read(item.name) if written is None else written[:length]
        if hashlib.sha256(original).hexdigest() != item.displayed_sha256.lower():
            raise SigningError("not-the-displayed-document")
        return original

    def _finish(self, outcome: Signed[BatchItem]) -> DocumentSigned:
        """Phase 3, and everything after it."""
        name, half_way = outcome.item.name, outcome.half_way
        signed = embed(half_way.prepared, outcome.attributes, outcome.signature, half_way.certificate, half_way.chain)
        if self._journal.progress[name].step is Step.SIGNED:
            if not self._is_stored(outcome):
                self._documents.write(name, signed)
            self._journal.written(name)
        if not self._is_stored(outcome):
            raise SigningError("written-damaged")
        self._journal.verified(name)
        self._documents.forget_half_way(name)
        self._done += 1
        return DocumentSigned(name, signed, self._done, self.total)

    def _is_stored(self, outcome: Signed[BatchItem]) -> bool:
        content = self._documents.written(outcome.item.name)
        half_way = outcome.half_way
        return content is not None and holds(content, half_way.prepared, half_way.certificate, outcome.signature)

    def _has(self, item: BatchItem, steps: frozenset[Step] | set[Step]) -> bool:
        progress = self._journal.progress.get(item.name)
        return progress is not None and progress.step in steps
