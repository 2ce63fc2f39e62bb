# SPDX-License-Identifier: GPL-3.0-or-later
"""Overwriting secrets in memory, as far as Python allows.

Python copies values where it pleases and frees them without overwriting. So a secret is kept in a ``bytearray``, which
is overwritten in its place, and the copies that a call cannot avoid are overwritten here as well, where nobody else
can hold them. What the libraries below keep is theirs to erase: SQLCipher and OpenSSL do.
"""

from __future__ import annotations

import contextlib
import ctypes
import sys
from typing import Final

_IS_CPYTHON: Final = sys.implementation.name == "cpython"
_BYTES_HEADER: Final = bytes.__basicsize__ - 1


def wipe(*buffers: bytearray) -> None:
    """Overwrite buffers with zeros, in their place."""
    for buffer in buffers:
        buffer[:] = bytes(len(buffer))


def hex_digits(*parts: bytearray) -> bytearray:
    """Write bytes as lower-case hexadecimal digits without leaving another copy; whoever asked wipes them."""
    digits = bytearray(2 * sum(len(part) for part in parts))
    place = 0
    for part in parts:
        for byte in part:
            digits[place : place + 2] = b"%02x" % byte
            place += 2
    return digits


def wipe_bytes(*values: bytes) -> None:
    """Overwrite fresh ``bytes`` that a library gave and that nothing else refers to; they are worthless afterwards.

    Never for a value that came from a caller, nor for a constant: it would change there as well.
    """
    for value in values:
        # Values of one byte are shared by the whole interpreter.
        if _IS_CPYTHON and len(value) > 1:
            ctypes.memset(id(value) + _BYTES_HEADER, 0, len(value))


def give_back_freed_memory() -> None:
    """Give memory that was freed back to the system, which hands it out as zeros only.

    Pages of the database that the engine had decrypted lie in it, and with them private keys and people's data. Only
    glibc has such a call; elsewhere nothing happens.
    """
    if sys.platform == "linux":
        with contextlib.suppress(AttributeError, OSError):
            ctypes.CDLL(None).malloc_trim(0)
