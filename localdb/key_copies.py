# SPDX-License-Identifier: GPL-3.0-or-later
"""The two copies of the key file on disk: ``keys.json`` and ``keys.json.previous``.

A change is written to the first copy, read back, and only then written to the second: at every moment one of them is
whole. Once a change is over both are the same, so that the copy beside does not keep a password that was changed or a
slot that was taken away.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path

from casework.errors import KnownError
from localdb import durable_file, former_key_file, key_document, simple_disk
from localdb.former_key_file import FormerDocument
from localdb.key_document import KeyDocument

PREVIOUS_SUFFIX = ".previous"


@dataclass(frozen=True, slots=True)
class KeyCopies:
    """Where the copies lie.

    Attributes:
        path: The first copy.
    """

    path: Path

    @property
    def previous(self) -> Path:
        """The second copy."""
        return self.path.with_name(self.path.name + PREVIOUS_SUFFIX)

    @property
    def exist(self) -> bool:
        """Whether there is any."""
        with durable_file.explained():
            return self.path.exists() or self.previous.exists()

    @property
    def agree(self) -> bool:
        """Whether both are there and the same."""
        first, second = _content(self.path), _content(self.previous)
        return first is not None and first == second

    def read(self) -> list[KeyDocument | FormerDocument]:
        """Give the copies that are whole, the newest first.

        Raises:
            KnownError: ``key-file-missing`` when there is none, ``key-file-damaged`` when none is whole,
                ``key-file-newer`` when a newer program wrote the first one; ``no-access``, ``disk-error``.
        """
        contents = [content for path in (self.path, self.previous) if (content := _content(path)) is not None]
        if not contents:
            raise KnownError("key-file-missing")
        documents = []
        for content in contents:
            try:
                documents.append(_decode(content))
            except KnownError as error:
                if error.code != "key-file-damaged":
                    raise
        if not documents:
            raise KnownError("key-file-damaged")
        # Sorting keeps the first copy before a second one of the same revision.
        return sorted(documents, key=lambda document: -document.revision)

    def whole_content(self) -> bytes:
        """Give the newest copy that is whole, as it lies on disk.

        Raises:
            KnownError: As ``read``.
        """
        newest = self.read()[0]
        for path in (self.path, self.previous):
            content = _content(path)
            with contextlib.suppress(KnownError):
                if content is not None and _decode(content).revision == newest.revision:
                    return content
        raise KnownError("key-file-missing")

    def write(self, document: KeyDocument) -> None:
        """Write a document in the place of both copies.

        Raises:
            KnownError: ``disk-full``, ``no-access``, ``disk-error``; one copy at least is whole, old or new.
        """
        content = document.encode()
        _write(self.path, content)
        if _kept(self.path) != content:
            raise KnownError("disk-error", errno="unknown")
        _write(self.previous, content)


def _decode(content: bytes) -> KeyDocument | FormerDocument:
    version = key_document.checked_version(content)
    if version > key_document.VERSION:
        raise KnownError("key-file-newer")
    return FormerDocument(content) if version == former_key_file.VERSION else KeyDocument.decode(content)


def _content(path: Path) -> bytes | None:
    with durable_file.explained():
        try:
            return path.read_bytes()
        except FileNotFoundError:
            return None


def _kept(path: Path) -> bytes:
    """Read what the disk kept of a file that was just written and synced."""
    with durable_file.explained(), path.open("rb") as file:
        simple_disk.forget_cached(file.fileno())
        return file.read()


def _write(path: Path, content: bytes) -> None:
    with durable_file.replacing(path) as file:
        file.write(content)
