# SPDX-License-Identifier: GPL-3.0-or-later
"""Text as the keyboard left it: Telex and VNI that nothing converted, and digits on the Vietnamese keyboard layout.

Telex writes accents with letters ("Nguyeenx"), VNI with digits ("Nguye6n4"). The Vietnamese keyboard layout of Windows
and Linux has accents where others have digits: a card reader that presses the keys of "0380" leaves "đê\u0301đ".
"""

from __future__ import annotations

import enum
import re
import unicodedata
from dataclasses import dataclass, field
from typing import Final

from casework.identity.syllables import is_bare_syllable, is_syllable, words_in

_VOWELS: Final = "aeiouy"
_CIRCUMFLEX, _BREVE, _HORN = "\u0302", "\u0306", "\u031b"
_TELEX_TONES: Final = {"f": "\u0300", "s": "\u0301", "r": "\u0309", "x": "\u0303", "j": "\u0323", "z": ""}
_VNI_TONES: Final = {"2": "\u0300", "1": "\u0301", "3": "\u0309", "4": "\u0303", "5": "\u0323", "0": ""}
_LETTERS: Final = re.compile(r"[A-Za-z]+")
_LETTERS_AND_DIGITS: Final = re.compile(r"[A-Za-z][A-Za-z0-9]*")
_DIGIT_WITHIN: Final = re.compile(r"[A-Za-z][0-9]+[A-Za-z]")
_LAYOUT: Final = {
    **dict(zip("ăâêô", "1234", strict=True)),
    **dict(zip("\u0300\u0309\u0303\u0301\u0323", "56789", strict=True)),
    "đ": "0",
}


class Typing(enum.StrEnum):
    """A way to type Vietnamese."""

    TELEX = "telex"
    VNI = "vni"


class Certainty(enum.StrEnum):
    """How far a repair of text can be trusted."""

    CERTAIN = "certain"
    LIKELY = "likely"


@dataclass(frozen=True, slots=True)
class Typed:
    """Text in which the keystrokes of an input method were found.

    Attributes:
        text: What was meant, NFC.
        typing: The input method.
        certainty: ``CERTAIN`` when several words agree and every word makes sense; otherwise somebody has to look.
    """

    text: str
    typing: Typing
    certainty: Certainty


def read_keystrokes(text: str) -> Typed | None:
    """Find the keystrokes of Telex or VNI in a text and convert them, or give None when there are none.

    One word alone is never certain: "Max" may be a name or "Mã". Doubled vowels alone are none of Telex ("Lee Boon"),
    and with VNI a digit must stand within a word, since "to5 thon2" is a hurried address.
    """
    vni = _read(text, Typing.VNI)
    telex = _read(text, Typing.TELEX)
    if vni and telex:
        return vni if vni.certainty is Certainty.CERTAIN else telex
    return vni or telex


def layout_digits(text: str) -> str | None:
    """Give the digits that a reader typed on the Vietnamese layout, or None when there is anything else.

    Args:
        text: A field that must be a number, as typed: not normalised, because that changes the order of the signs.
    """
    signs = "".join(_taken_apart(sign) for sign in text)
    digits = "".join(_LAYOUT.get(sign, sign) for sign in signs)
    return digits if digits.isascii() and digits.isdigit() else None


def convert_word(word: str, typing: Typing) -> str:
    """Convert the keystrokes of one word, ASCII letters (for VNI also digits); keys without effect stay."""
    syllable = _Syllable()
    for key in word:
        is_taken = syllable.take_telex(key) if typing is Typing.TELEX else syllable.take_vni(key)
        if not is_taken:
            syllable.letters.append(key)
    return syllable.written()


def _read(text: str, typing: Typing) -> Typed | None:
    converted: list[tuple[str, str]] = []

    def convert(match: re.Match[str]) -> str:
        word = match.group()
        meant = convert_word(word, typing)
        if meant == word or not is_syllable(meant) or is_bare_syllable(word):
            return word
        converted.append((word, meant))
        return meant

    pattern = _LETTERS if typing is Typing.TELEX else _LETTERS_AND_DIGITS
    meant = pattern.sub(convert, unicodedata.normalize("NFC", text))
    if not converted:
        return None
    is_certain = len(converted) > 1 and all(is_syllable(word) or is_bare_syllable(word) for word in words_in(meant))
    if typing is Typing.VNI:
        is_certain = is_certain and any(_DIGIT_WITHIN.search(word) for word, _ in converted)
    else:
        is_certain = is_certain and any(_has_more_than_circumflex(meant_word) for _, meant_word in converted)
    return Typed(meant, typing, Certainty.CERTAIN if is_certain else Certainty.LIKELY)


def _has_more_than_circumflex(word: str) -> bool:
    signs = unicodedata.normalize("NFD", word.lower())
    return not signs.replace(_CIRCUMFLEX, "").isascii()


def _taken_apart(sign: str) -> str:
    """Split the last accent off a letter that carries two, or one that is no key of its own (à is no key)."""
    if sign in _LAYOUT:
        return sign
    parts = unicodedata.decomposition(sign).split()
    is_accented = len(parts) == 2 and not parts[0].startswith("<")
    return "".join(chr(int(part, 16)) for part in parts) if is_accented else sign


@dataclass(slots=True)
class _Syllable:
    """A syllable under the hands of somebody who types: letters, the shapes put on them, the tone."""

    letters: list[str] = field(default_factory=list)
    shapes: dict[int, str] = field(default_factory=dict)
    tone: str = ""

    def take_telex(self, key: str) -> bool:
        """Apply a key of Telex; False when it is an ordinary letter."""
        low = key.lower()
        if low in _TELEX_TONES and self._vowels():
            return self._set_tone(_TELEX_TONES[low])
        if low == "d":
            return self._bar()
        if low in "aeo":
            return self._shape(low, _CIRCUMFLEX)
        if low == "w":
            return self._hook() or self._lone_horn(key)
        return False

    def take_vni(self, key: str) -> bool:
        """Apply a key of VNI; False when it is an ordinary letter or a digit without effect."""
        if key in _VNI_TONES and self._vowels():
            return self._set_tone(_VNI_TONES[key])
        if key == "6":
            return any(self._shape(vowel, _CIRCUMFLEX) for vowel in "aeo")
        if key == "7":
            return self._horn()
        if key == "8":
            return self._shape("a", _BREVE)
        return key == "9" and self._bar()

    def written(self) -> str:
        """Give the syllable with its accents, NFC."""
        accented = self._tone_position() if self.tone else -1
        parts = []
        for position, letter in enumerate(self.letters):
            shape = self.shapes.get(position, "")
            if shape == "-":
                parts.append("Đ" if letter.isupper() else "đ")
            else:
                parts.append(letter + shape + (self.tone if position == accented else ""))
        return unicodedata.normalize("NFC", "".join(parts))

    def _set_tone(self, tone: str) -> bool:
        is_new = self.tone != tone
        self.tone = tone
        return is_new

    def _bar(self) -> bool:
        if not self.letters or self.letters[0].lower() != "d" or 0 in self.shapes:
            return False
        self.shapes[0] = "-"
        return True

    def _shape(self, vowel: str, shape: str) -> bool:
        for position in reversed(self._vowels()):
            if self.letters[position].lower() == vowel and position not in self.shapes:
                self.shapes[position] = shape
                return True
        return False

    def _hook(self) -> bool:
        """Telex's w: a horn on u and o, or a breve on a ("muaw" is mưa, "hoawc" is hoăc)."""
        cluster = "".join(self.letters[position].lower() for position in self._vowels())
        if cluster.startswith("ua"):
            return self._shape("u", _HORN)
        return self._shape("a", _BREVE) or self._horn()

    def _horn(self) -> bool:
        has_o = self._shape("o", _HORN)
        vowels = self._vowels()
        if has_o and not self._follows_u(vowels):
            return True
        return self._shape("u", _HORN) or has_o

    def _follows_u(self, vowels: list[int]) -> bool:
        cluster = "".join(self.letters[position].lower() for position in vowels)
        return "uo" in cluster

    def _lone_horn(self, key: str) -> bool:
        if self._vowels():
            return False
        self.letters.append("U" if key.isupper() else "u")
        self.shapes[len(self.letters) - 1] = _HORN
        return True

    def _vowels(self) -> list[int]:
        """Positions of the last run of vowels, without the u of "qu" and the i of "gi"."""
        word = "".join(self.letters).lower()
        positions = [position for position, letter in enumerate(word) if letter in _VOWELS]
        if word.startswith(("qu", "gi")) and len(positions) > 1:
            positions.remove(1)
        run = positions[-1:]
        for position in reversed(positions[:-1]):
            if position != run[0] - 1:
                break
            run.insert(0, position)
        return run

    def _tone_position(self) -> int:
        vowels = self._vowels()
        shaped = [position for position in vowels if position in self.shapes]
        if shaped:
            return shaped[-1]
        has_coda = vowels[-1] < len(self.letters) - 1
        return vowels[1] if len(vowels) == 3 or (len(vowels) == 2 and has_coda) else vowels[0]
