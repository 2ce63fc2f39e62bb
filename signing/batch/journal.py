# SPDX-License-Identifier: GPL-3.0-or-later
"""The journal of a batch: what was done to each document, one line a step, on disk before the next step is taken.

A line is a JSON object, a tab and the SHA-256 of the line before's digest and this object, so that a line that was
changed, left out or moved is noticed; the last line may be torn by a power cut and is then cut off. It knows documents
by the names that the batch gave them, which say nothing, and holds no PIN and nothing of a certificate.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import re
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, Final, Self

from signing.batch.file_lock import lock
from signing.errors import SigningError
from signing.whole_file import sync_folder

_VERSION: Final = 1
_SAYS_NOTHING: Final = re.compile(r"[0-9A-Za-z-]{1,64}")


class Step(StrEnum):
    """How far a document is."""

    PREPARED = "prepared"
    """Its half-way state is stored; the key may have been asked."""
    SIGNED = "signed"
    """The key has answered; it is never asked for this document again."""
    WRITTEN = "written"
    """The signed document is stored."""
    VERIFIED = "verified"
    """It was read back, and the signature holds."""
    REFUSED = "refused"
    """It could not be signed; another run tries again."""


_BEFORE: Final[Mapping[Step, tuple[Step | None, ...]]] = {
    Step.PREPARED: (None, Step.PREPARED, Step.REFUSED),
    Step.SIGNED: (Step.PREPARED,),
    Step.WRITTEN: (Step.SIGNED,),
    Step.VERIFIED: (Step.WRITTEN,),
    Step.REFUSED: (None, Step.PREPARED, Step.REFUSED),
}


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one document is.

    Attributes:
        step: The last step that was taken.
        digest: Digest of the prepared document.
        signature: The signature value, once there is one.
    """

    step: Step
    digest: bytes = b""
    signature: bytes = b""


class BatchJournal:
    """The open journal of one batch; nobody else can open it meanwhile. Threads may take turns."""

    def __init__(self, file: BinaryIO, path: Path) -> None:
        self._file = file
        self._path = path
        self._turn = threading.Lock()
        self._chain = b""
        self._size = 0
        self._progress: dict[str, Progress] = {}

    @classmethod
    def open(cls, path: Path, plan: Sequence[tuple[str, str]]) -> Self:
        """Begin a journal, or go on with it.

        Args:
            path: Its file; made when it is not there.
            plan: Name and digest of each document, as the batch will sign them.

        Raises:
            SigningError: ``journal-in-use`` (another program is at this batch), ``journal-of-another-batch``,
                ``journal-damaged``.
            OSError: The disk does not want to.
        """
        names = [name for name, _ in plan]
        if len(set(names)) != len(names) or not all(_SAYS_NOTHING.fullmatch(name) for name in names):
            raise ValueError("names of documents must be different and say nothing")
        with contextlib.ExitStack() as undo:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o600)
            file = undo.enter_context(os.fdopen(descriptor, "r+b", buffering=0))
            try:
                lock(descriptor)
            except OSError:
                raise SigningError("journal-in-use", retryable=True) from None
            journal = cls(file, path)
            digest = hashlib.sha256(json.dumps([list(entry) for entry in plan]).encode()).hexdigest()
            journal._read(digest, len(names))
            undo.pop_all()
            return journal

    @property
    def progress(self) -> Mapping[str, Progress]:
        """How far each document is that was begun."""
        return MappingProxyType(self._progress)

    def prepared(self, name: str, digest: bytes) -> None:
        """A document's half-way state is stored."""
        self._append(name, Step.PREPARED, digest=digest)

    def signed(self, name: str, signature: bytes) -> None:
        """The key has signed a document."""
        self._append(name, Step.SIGNED, signature=signature)

    def written(self, name: str) -> None:
        """A signed document is stored."""
        self._append(name, Step.WRITTEN)

    def verified(self, name: str) -> None:
        """A signed document was read back and holds."""
        self._append(name, Step.VERIFIED)

    def refused(self, name: str, code: str) -> None:
        """A document could not be signed."""
        self._append(name, Step.REFUSED, code=code)

    def close(self) -> None:
        """Let others open it."""
        self._file.close()

    def _append(self, name: str, step: Step, *, digest: bytes = b"", signature: bytes = b"", code: str = "") -> None:
        line: dict[str, object] = {"document": name, "step": step}
        if digest:
            line["digest"] = digest.hex()
        if signature:
            line["signature"] = signature.hex()
        if code:
            line["code"] = code
        with self._turn:
            progress = self._next(line)
            self._write(line)
            self._progress[name] = progress

    def _write(self, line: Mapping[str, object]) -> None:
        text = json.dumps(line).encode()
        chain = _link(self._chain, text)
        content = text + b"\t" + chain.hex().encode() + b"\n"
        try:
            if self._file.write(content) != len(content):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.fsync(self._file.fileno())
        except OSError:
            self._file.truncate(self._size)
            raise
        self._chain = chain
        self._size += len(content)

    def _next(self, line: Mapping[str, object]) -> Progress:
        """Judge a line: where does it take its document?

        Raises:
            ValueError: A step that cannot follow the one before.
        """
        name, step = str(line["document"]), Step(str(line["step"]))
        before = self._progress.get(name)
        if (before.step if before else None) not in _BEFORE[step]:
            raise ValueError("step out of order")
        digest = bytes.fromhex(str(line.get("digest", ""))) or (before.digest if before else b"")
        signature = bytes.fromhex(str(line.get("signature", ""))) or (before.signature if before else b"")
        return Progress(step, digest, signature)

    def _read(self, plan: str, documents: int) -> None:
        """Read what is there, cut a torn end off, and write the first line of a new journal."""
        content = self._file.read()
        lines = content.splitlines(keepends=True)
        for number, line in enumerate(lines):
            entry = self._unlink(line)
            if entry is None:
                if number + 1 < len(lines):
                    raise SigningError("journal-damaged")
                break
            try:
                if number:
                    self._progress[str(entry["document"])] = self._next(entry)
                elif (entry["version"], entry["plan"]) != (_VERSION, plan):
                    raise SigningError("journal-of-another-batch")
            except (ValueError, KeyError, TypeError):
                raise SigningError("journal-damaged") from None
            self._size += len(line)
        if self._size != len(content):
            self._file.truncate(self._size)
            os.fsync(self._file.fileno())
        if not self._size:
            self._write({"version": _VERSION, "plan": plan, "documents": documents})
            sync_folder(self._path.parent)

    def _unlink(self, line: bytes) -> dict[str, object] | None:
        """Take a line off the chain; ``None`` when it is not the one that was written there."""
        text, _, link = line.rpartition(b"\t")
        chain = _link(self._chain, text)
        if link != chain.hex().encode() + b"\n":
            return None
        self._chain = chain
        entry: dict[str, object] = json.loads(text)
        return entry


def _link(chain: bytes, text: bytes) -> bytes:
    return hashlib.sha256(chain + text).digest()
