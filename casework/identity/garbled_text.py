# SPDX-License-Identifier: GPL-3.0-or-later
"""UTF-8 that a scanner, a window or a file read in another encoding ("Hoáº±ng" for "Hoằng")."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

_MOST_ROUNDS: Final = 3
"""Text that was garbled twice has been seen; one more round costs nothing."""

_VOWELS: Final = "aăâeêioôơuưy"
_LETTERS: Final = frozenset(
    unicodedata.normalize("NFC", vowel + tone)
    for letters in (_VOWELS, _VOWELS.upper())
    for vowel in letters
    for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
) | frozenset("đĐčČĕĔĭĬñÑŏŎŭŬƀɃ")
"""Letters of Vietnamese and of the peoples of the highlands."""

_GARBLED: Final = re.compile(
    "[\u00c2-\u00c6\u0102][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
    "\u2013\u2014\u2018-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]|\u00e1[\u00aa\u00ba\u00bb]"
    "|\u00cc[\u0080-\u0083\u0086\u0089\u009b\u00a3\u0192\u201a\u2020\u2030\u203a\u20ac]"
    "|[\u2320-\u2321\u2500-\u25ff]|\ufffd|(?<=[^\\W\\d_])\\?(?=[^\\W\\d_])"
)
"""What is left of UTF-8 in the wrong encoding when a byte was lost; no Vietnamese word has it.

The signs behind Ì are the accents of letters that had been taken apart (NFD).
"""


def is_garbled(text: str) -> bool:
    """Whether text holds signs that only a wrong encoding leaves, replacement signs and "?" within words included."""
    return _GARBLED.search(text) is not None


def ungarbled(text: str) -> str:
    """Undo UTF-8 that was read as Latin-1, Windows-1252 or -1258 or as a DOS code page, up to three times over.

    Only a text that is no Vietnamese as it stands, and Vietnamese in exactly one way when read as UTF-8, is repaired;
    any other comes back unchanged.
    """
    readings = {text}
    for _ in range(_MOST_ROUNDS + 1):
        sound = {reading for reading in readings if _is_sound(reading)}
        if sound:
            return sound.pop() if len(sound) == 1 else text
        readings = {read for reading in readings for table in _TABLES if (read := _read(reading, table)) is not None}
    return text


def _is_sound(text: str) -> bool:
    return not is_garbled(text) and all(
        sign.isascii() or sign in _LETTERS or not sign.isalpha() for sign in unicodedata.normalize("NFC", text)
    )


def _read(text: str, table: Mapping[str, int]) -> str | None:
    try:
        return bytes(ord(sign) if ord(sign) < 0x80 else table[sign] for sign in text).decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return None


def _table(encoding: str) -> Mapping[str, int]:
    """Map characters to bytes; bytes without a character there were passed on with their own number."""
    table = {} if encoding in {"cp437", "cp850"} else {chr(byte): byte for byte in range(0x80, 0x100)}
    for byte in range(0x80, 0x100):
        sign = bytes([byte]).decode(encoding, "replace")
        if sign != "\ufffd":
            table[sign] = byte
    return table


_TABLES: Final = tuple(_table(encoding) for encoding in ("cp1252", "cp1258", "cp437", "cp850"))
