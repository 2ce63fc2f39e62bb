# SPDX-License-Identifier: GPL-3.0-or-later
"""A PIN: how close a token is to locking, and how the digits pass through a process without staying in it."""

from __future__ import annotations

from enum import StrEnum


class PinState(StrEnum):
    """What a token says about its PIN counter (PKCS#11 v2.40 §4.3, ``CKF_USER_PIN_*``).

    Tokens do not tell how many tries are left; these four are all there is.
    """

    OK = "ok"
    LOW = "low"
    """A wrong PIN was entered at least once since the last successful login."""
    FINAL_TRY = "final-try"
    """One more wrong PIN locks the token."""
    LOCKED = "locked"
    """Only the issuer can unlock it."""


def wipe(buffer: bytearray) -> None:
    """Overwrite a buffer with zeros, in place."""
    buffer[:] = bytes(len(buffer))


class BorrowedPin:
    """Lends the bytes of a PIN to python-pkcs11 without an immutable copy.

    python-pkcs11 takes a PIN as text and calls ``encode`` on it before it passes the result to ``C_Login``. A ``str``
    and the ``bytes`` made from it could never be overwritten; this object answers with the caller's own buffer.
    """

    __slots__ = ("_buffer",)

    def __init__(self, buffer: bytearray) -> None:
        self._buffer = buffer

    def encode(self, encoding: str) -> bytearray:
        """Give the borrowed buffer; it already holds the PIN in UTF-8, whatever ``encoding`` says."""
        return self._buffer

    def __repr__(self) -> str:
        return "BorrowedPin(…)"
