# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a desk keeps every catalogue and every file of decisions that it has worked by.

A dossier finishes under the rules it was received under, so nothing is thrown away. The files hold no personal data. A
file counts only when the encrypted database knows its hash; what lies here by another hand is never read.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

from casework.publications import Publication, PublicationKind
from localdb import durable_file
from workstation.desk.desk_folder import DeskFolder

FOLDER_NAME: Final = "rules"

_SUFFIXES: Final = {PublicationKind.CATALOGUE: ".catalogue", PublicationKind.DECISIONS: ".decisions"}
_PUBLISHED: Final = ".published"


def keep(folder: DeskFolder, kind: PublicationKind, body: bytes) -> str:
    """Lay a file on the shelf; nothing happens when it lies there whole.

    Returns:
        Its SHA-256 in hex.

    Raises:
        KnownError: ``disk-full``, ``no-access``, ``disk-error``.
    """
    content_hash = hashlib.sha256(body).hexdigest()
    if read(folder, kind, content_hash) is None:
        _write(_path(folder, content_hash, _SUFFIXES[kind]), body)
    return content_hash


def keep_published(folder: DeskFolder, publication: Publication, data: bytes) -> None:
    """Lay a file beside its body as it was published, so that its signature still tells when that was.

    Raises:
        KnownError: ``disk-full``, ``no-access``, ``disk-error``.
    """
    _write(_path(folder, publication.content_hash, _PUBLISHED), data)


def read_published(folder: DeskFolder, content_hash: str) -> bytes:
    """Give a file as it was published; empty when it is not here. Its signature has to be checked again."""
    try:
        return _path(folder, content_hash, _PUBLISHED).read_bytes()
    except OSError:
        return b""


def read(folder: DeskFolder, kind: PublicationKind, content_hash: str) -> bytes | None:
    """Give a file, or None when it is not here or is not what it was."""
    try:
        body = _path(folder, content_hash, _SUFFIXES[kind]).read_bytes()
    except OSError:
        return None
    return body if hashlib.sha256(body).hexdigest() == content_hash else None


def _write(path: Path, data: bytes) -> None:
    durable_file.make_folder(path.parent)
    with durable_file.replacing(path) as file:
        file.write(data)


def _path(folder: DeskFolder, content_hash: str, suffix: str) -> Path:
    return folder.root / FOLDER_NAME / f"{content_hash}{suffix}"
