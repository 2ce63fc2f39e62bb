# SPDX-License-Identifier: GPL-3.0-or-later
"""Vietnamese of the time before Unicode: TCVN3 (".VnTime" fonts) and VNI-Windows ("VNI-Times" fonts).

Both put accents on the places of Western letters; a former system that is read today shows "NguyÔn" or "Nguyeãn".
TCVN3 has capitals only in fonts of their own (".VnTimeH"), so accented capitals arrive as small letters.
"""

from __future__ import annotations

import enum
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from casework.identity.garbled_text import ungarbled
from casework.identity.keystrokes import Certainty
from casework.identity.syllables import is_syllable, words_in


class Encoding(enum.StrEnum):
    """How text was encoded."""

    UNICODE = "unicode"
    GARBLED_UTF8 = "garbled-utf8"
    TCVN3 = "tcvn3"
    VNI_WINDOWS = "vni-windows"


@dataclass(frozen=True, slots=True)
class LegacyReading:
    """Text of a former system.

    Attributes:
        text: NFC; unchanged but for that when ``encoding`` is ``UNICODE``.
        encoding: What it was read as.
        certainty: ``CERTAIN`` when every accented word makes sense in this reading and in no other; ``LIKELY`` means
            that somebody has to look.
    """

    text: str
    encoding: Encoding
    certainty: Certainty


def read_legacy(text: str, expected: Encoding | None = None) -> LegacyReading:
    """Read text that may be in an encoding of the time before Unicode.

    Args:
        text: As it came, decoded as Latin-1, Windows-1252 or UTF-8; not cleaned, since TCVN3 writes ư as a soft hyphen.
        expected: What the former system is known to have used; None lets the text itself tell.
    """
    if text.isascii():
        return LegacyReading(text, Encoding.UNICODE, Certainty.CERTAIN)
    if expected is not None:
        return _as_expected(text, expected)
    plain = unicodedata.normalize("NFC", text)
    mended = ungarbled(text)
    if mended != text:
        return LegacyReading(unicodedata.normalize("NFC", mended), Encoding.GARBLED_UTF8, Certainty.CERTAIN)
    if any(ord(sign) > 0xFF for sign in plain if sign.isalpha()):
        return LegacyReading(plain, Encoding.UNICODE, Certainty.CERTAIN)
    readings = {Encoding.UNICODE: plain, **{encoding: read(text) for encoding, read in _READERS.items()}}
    shares = {encoding: _sense(reading) for encoding, reading in readings.items()}
    best = max(shares, key=lambda encoding: shares[encoding])
    rivals = {readings[encoding] for encoding, share in shares.items() if share == shares[best]}
    is_certain = shares[best] == 1 and len(rivals) == 1
    return LegacyReading(readings[best], best, Certainty.CERTAIN if is_certain else Certainty.LIKELY)


def _as_expected(text: str, expected: Encoding) -> LegacyReading:
    if expected is Encoding.UNICODE:
        reading = unicodedata.normalize("NFC", text)
    elif expected is Encoding.GARBLED_UTF8:
        reading = unicodedata.normalize("NFC", ungarbled(text))
    else:
        reading = _READERS[expected](text)
    return LegacyReading(reading, expected, Certainty.CERTAIN if _sense(reading) == 1 else Certainty.LIKELY)


def _sense(text: str) -> float:
    """Give the share of accented words that are syllables; signs that no word has count as words that are none."""
    accented = [word for word in words_in(text) if not word.isascii()]
    strange = sum(not sign.isascii() and not sign.isalpha() for sign in text)
    if not accented and not strange:
        return 1.0
    return sum(is_syllable(word) for word in accented) / (len(accented) + strange)


def _read_tcvn3(text: str) -> str:
    letters = "".join(_TCVN3.get(sign, sign) for sign in text)
    written = [sign for sign in text if sign.isascii() and sign.isalpha()]
    return letters.upper() if len(written) > 1 and all(sign.isupper() for sign in written) else letters


def _read_vni(text: str) -> str:
    parts: list[str] = []
    base = ""
    for sign in text:
        mark = _VNI_MARKS.get(sign.lower()) if base else None
        if mark and (base in _VNI_TONED if len(mark) == 1 and mark not in "\u0302\u0306" else base in _shaped(mark)):
            parts[-1] += mark
            base = ""
            continue
        letter = _VNI_LETTERS.get(sign.lower(), sign.lower())
        parts.append(letter.upper() if sign.isupper() else _VNI_LETTERS.get(sign, sign))
        base = letter if letter in _VNI_TONED else ""
    return unicodedata.normalize("NFC", "".join(parts))


def _shaped(mark: str) -> str:
    return "a" if "\u0306" in mark else "aeo"


def _tcvn3() -> Mapping[str, str]:
    """Lay out the table: a letter, its five tones, by the place of each in the font."""
    rows = {
        "a": "µ¶·¸¹",
        "ă": "»¼½¾Æ",
        "â": "ÇÈÉÊË",
        "e": "ÌÎÏÐÑ",
        "ê": "ÒÓÔÕÖ",
        "i": "×ØÜÝÞ",
        "o": "ßáâãä",
        "ô": "åæçèé",
        "ơ": "êëìíî",
        "u": "ïñòóô",
        "ư": "õö÷øù",
        "y": "úûüýþ",
    }
    tones = "\u0300\u0309\u0303\u0301\u0323"
    table = {
        place: unicodedata.normalize("NFC", letter + tone)
        for letter, places in rows.items()
        for place, tone in zip(places, tones, strict=True)
    }
    return table | dict(zip("¡¢§£¤¥¦¨©®ª«¬\u00ad", "ĂÂĐÊÔƠƯăâđêôơư", strict=True))


_TCVN3: Final = _tcvn3()
_VNI_LETTERS: Final = {"ñ": "đ", "ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI_TONED: Final = "aeouyơư"
_VNI_MARKS: Final = {
    **dict(zip("øùûõï", "\u0300\u0301\u0309\u0303\u0323", strict=True)),
    **{sign: "\u0302" + tone for sign, tone in zip("âàáåãä", ["", *"\u0300\u0301\u0309\u0303\u0323"], strict=True)},
    **{sign: "\u0306" + tone for sign, tone in zip("êèéúüë", ["", *"\u0300\u0301\u0309\u0303\u0323"], strict=True)},
}
_READERS: Final[Mapping[Encoding, Callable[[str], str]]] = {
    Encoding.TCVN3: _read_tcvn3,
    Encoding.VNI_WINDOWS: _read_vni,
}
