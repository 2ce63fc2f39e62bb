# SPDX-License-Identifier: GPL-3.0-or-later
"""The gateway's own secrets: three small files that only its service user can read."""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from casework.errors import KnownError

_KEY_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class GatewayKeys:
    """The gateway's three keys.

    Attributes:
        signing: Signs hello answers and replies; its public half is in every enrolment.
        sealing: Opens envelopes; its public half is in every enrolment.
        data: 32 bytes that seal everything personal in the gateway's own database.
    """

    signing: Ed25519PrivateKey = field(repr=False)
    sealing: X25519PrivateKey = field(repr=False)
    data: bytes = field(repr=False)


def create_keys(folder: Path) -> GatewayKeys:
    """Read the keys of a folder, making those that are missing.

    Args:
        folder: Folder of the three files; made if it is missing, for its owner alone.

    Raises:
        KnownError: ``key-file-exposed`` or ``key-file-damaged``, as in :func:`read_keys`.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in ("sign", "seal", "data"):
        path = folder / f"{name}.key"
        if not path.exists():
            _write_once(path, os.urandom(_KEY_BYTES))
    return read_keys(folder)


def read_keys(folder: Path) -> GatewayKeys:
    """Read the keys of a folder.

    Raises:
        KnownError: ``gateway-keys-missing`` when a file is gone; ``key-file-exposed`` when others than its owner may
            read one; ``key-file-damaged`` when one has the wrong size.
    """
    return GatewayKeys(
        signing=Ed25519PrivateKey.from_private_bytes(_read(folder / "sign.key")),
        sealing=X25519PrivateKey.from_private_bytes(_read(folder / "seal.key")),
        data=_read(folder / "data.key"),
    )


def refuse_exposed(path: Path) -> None:
    """Let nobody rely on a secret that others can read; Windows keeps other books on that.

    Raises:
        KnownError: ``key-file-exposed``.
    """
    if sys.platform != "win32" and path.stat().st_mode & 0o077:
        raise KnownError("key-file-exposed", file=path.name)


def _read(path: Path) -> bytes:
    try:
        key = path.read_bytes()
    except FileNotFoundError:
        raise KnownError("gateway-keys-missing", file=path.name) from None
    refuse_exposed(path)
    if len(key) != _KEY_BYTES:
        raise KnownError("key-file-damaged", file=path.name)
    return key


def _write_once(path: Path, key: bytes) -> None:
    """Put a key file in place whole or not at all; when another process was faster, its key stays."""
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(key)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(temporary, path)
        except FileExistsError:
            return
    finally:
        Path(temporary).unlink()
