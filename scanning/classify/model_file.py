# SPDX-License-Identifier: GPL-3.0-or-later
"""The file of the shipped model from outside: where it lies and which version it is, told without loading the model."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Final

from scanning.errors import ScanningError

MODEL_PATH: Final = Path(__file__).parent / "model" / "paper-classes.model"
MAGIC: Final = b"MCPC"
FORMAT: Final = 1
PREFIX: Final = struct.Struct("<4sB32s")
"""Magic, format version, SHA-256 of all that follows."""


def version_of(digest: bytes) -> str:
    """Name a model by the SHA-256 of its content: 32 hexadecimal digits."""
    return digest.hex()[:32]


def shipped_version() -> str:
    """Name the model that comes with the program.

    Raises:
        ScanningError: ``model-damaged``; also when it is missing.
    """
    try:
        with MODEL_PATH.open("rb") as file:
            magic, version, digest = PREFIX.unpack(file.read(PREFIX.size))
    except (OSError, struct.error) as error:
        raise ScanningError("model-damaged") from error
    if (magic, version) != (MAGIC, FORMAT):
        raise ScanningError("model-damaged")
    return version_of(digest)
