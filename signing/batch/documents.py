# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the documents of a batch come from and go to: the desk's store, or folders."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final, Protocol

from signing.errors import SigningError
from signing.pdf_signature import SignedPdf
from signing.whole_file import sync_folder


class Documents(Protocol):
    """What a batch wants of a store. What it keeps must be whole and on the disk when a method returns.

    ``write`` is called by whoever walks through the batch's events, the others also by a thread of the batch's own.
    Once ``write`` has returned, ``read`` is not asked for the document any more.
    """

    def read(self, name: str) -> bytes:
        """The document as it was before the batch.

        Raises:
            SigningError: It cannot be signed; the batch goes on with the next.
        """

    def keep_half_way(self, name: str, content: bytes) -> None:
        """Keep a half-way state; it holds the signer's name, but not the document."""

    def half_way(self, name: str) -> bytes | None:
        """Give the half-way state back; ``None`` when there is none."""

    def forget_half_way(self, name: str) -> None:
        """It is not needed any more; there may be none."""

    def write(self, name: str, signed: SignedPdf) -> None:
        """Keep the signed document; after a crash the same one may come again.

        Raises:
            SigningError: It cannot be kept; the batch goes on with the next.
        """

    def written(self, name: str) -> bytes | None:
        """Read the signed document from where it is kept; ``None`` when it is not there."""


class FolderDocuments:
    """Documents in one folder, signed ones in another, and a third for what is on its way.

    Names of files may be names of people: the journal gets a digest of them instead.
    """

    def __init__(self, files: Iterable[Path], signed: Path, work: Path) -> None:
        """Clear away what a crash left unfinished.

        Args:
            files: The documents.
            signed: Where signed documents go, under the same names.
            work: Where half-way states are kept; on the same disk as ``signed``.
        """
        self._files: Mapping[str, Path] = {name_of(file): file for file in files}
        self._signed = signed
        self._work = work
        work.mkdir(mode=0o700, parents=True, exist_ok=True)
        for leftover in work.glob("*" + _UNFINISHED):
            leftover.unlink()

    def read(self, name: str) -> bytes:
        """See ``Documents``."""
        try:
            return self._files[name].read_bytes()
        except OSError as error:
            raise SigningError("file-error", reason=error.strerror or type(error).__name__) from None

    def keep_half_way(self, name: str, content: bytes) -> None:
        """See ``Documents``."""
        self._put(self._work / (name + _HALF_WAY), content)

    def half_way(self, name: str) -> bytes | None:
        """See ``Documents``."""
        return _content(self._work / (name + _HALF_WAY))

    def forget_half_way(self, name: str) -> None:
        """See ``Documents``."""
        (self._work / (name + _HALF_WAY)).unlink(missing_ok=True)

    def write(self, name: str, signed: SignedPdf) -> None:
        """See ``Documents``."""
        there = self.written(name)
        if there is not None and there != signed.content:
            raise SigningError("output-exists")
        self._put(self.place_of(name), signed.content)

    def written(self, name: str) -> bytes | None:
        """See ``Documents``."""
        return _content(self.place_of(name))

    def place_of(self, name: str) -> Path:
        """Where a signed document goes."""
        return self._signed / self._files[name].name

    def _put(self, path: Path, content: bytes) -> None:
        """Write whole or not at all."""
        unfinished = self._work / (hashlib.sha256(path.name.encode()).hexdigest()[:32] + _UNFINISHED)
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(descriptor)
            unfinished.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                unfinished.unlink()
            raise
        sync_folder(path.parent)


_HALF_WAY: Final = ".half-way"
_UNFINISHED: Final = ".unfinished"


def name_of(file: Path) -> str:
    """Name a file without saying its name."""
    return hashlib.sha256(file.name.encode()).hexdigest()[:32]


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
