# SPDX-License-Identifier: GPL-3.0-or-later
"""Copies of a sealed object file: each is known by the SHA-256 that is its name on the way."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from localdb import durable_file, simple_disk

_COPY_SIZE: Final = 256 * 1024


def is_whole(path: Path, transport_id: str) -> bool:
    """Tell whether a file is there and is what its name on the way says; reads all of it.

    Raises:
        KnownError: ``no-access``, ``disk-error``; not for a part that the disk cannot read: such a file is not whole.
    """
    with durable_file.explained():
        try:
            with path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == transport_id
        except OSError as error:
            if isinstance(error, FileNotFoundError) or simple_disk.is_unreadable(error):
                return False
            raise


class _UnreadableError(Exception):
    """The file cannot be read, or is not what its name says."""


def bring(source: Path, path: Path, transport_id: str) -> bool:
    """Copy an object file to its place, durably, if it is what its name on the way says.

    Returns:
        Whether it was; nothing has changed when it was not, or could not be read.

    Raises:
        KnownError: ``disk-full``, ``no-access``, ``disk-error`` where it is copied to.
    """
    durable_file.make_folder(path.parent)
    try:
        with durable_file.replacing(path) as out:
            digest = hashlib.sha256()
            for piece in _pieces(source):
                digest.update(piece)
                out.write(piece)
            if digest.hexdigest() != transport_id:
                raise _UnreadableError
    except _UnreadableError:
        return False
    return True


def _pieces(source: Path) -> Iterator[bytes]:
    try:
        with source.open("rb") as file:
            while piece := file.read(_COPY_SIZE):
                yield piece
    except OSError as error:
        raise _UnreadableError from error
