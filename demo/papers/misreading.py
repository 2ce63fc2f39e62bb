# SPDX-License-Identifier: GPL-3.0-or-later
"""What an engine makes of a page, simulated: a thousand misread pages for the price of one that is really read.

Knows the ways in which scans go wrong: letters that look alike, lost accents, words grown together or torn apart, lines
that are missing, joined or made of dirt, a title that is gone, a page that is cut off.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from scanning.ocr.text import Box, Line, PageText, Word

_WIDTH: Final = 1650
_GAP: Final = " " * 5  # what stands beside each other has a gap between
_HEIGHT: Final = 2300
_LETTER: Final = 14
_LINE: Final = 26

_ALIKE: Final = {
    "I": "l1|", "l": "I1i", "i": "l1", "O": "0Q", "o": "0e", "0": "O", "1": "lI", "S": "5$", "5": "S", "B": "8",
    "8": "B", "G": "C6", "C": "G", "E": "F", "F": "E", "H": "N", "N": "H", "n": "u", "u": "n", "c": "e", "e": "c",
    "a": "ø", "t": "f", "f": "t", "r": "n", "m": "n", "h": "b", "b": "h", "T": "I7", "Y": "V", "V": "Y", "U": "Ú",
    "y": "v", "v": "y", "K": "X", "D": "Đ", "Đ": "D", "đ": "d", "d": "đ", "P": "F", "R": "B", "Q": "O", "g": "q",
    "p": "n", ",": ".", ".": ",", ":": ";.",
}  # fmt: skip
_TONES: Final = "\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b"
_DIRT: Final = "~^|_-=.,:;'\"*°®©»«/\\()[]{}!?jJiIlLvVxXzZwW0123456789"


@dataclass(frozen=True, slots=True)
class Damage:
    """How badly a page was read; shares from 0 to 1.

    Attributes:
        letters: Letters that are taken for others.
        accents: Letters that lose or change their marks.
        spaces: Gaps between words that are lost, or words that are torn.
        lines: Lines that are missing.
        joined: Lines that the next one is read behind.
        dirt: Lines of dirt, as share of the lines.
        title_lost: How likely all lines in capitals in the upper half are missing.
        cut_off: How likely a part of the page is missing.
    """

    letters: float = 0.0
    accents: float = 0.0
    spaces: float = 0.0
    lines: float = 0.0
    joined: float = 0.0
    dirt: float = 0.0
    title_lost: float = 0.0
    cut_off: float = 0.0


LIGHT: Final = Damage(letters=0.003, accents=0.005, spaces=0.003, lines=0.01, joined=0.05, dirt=0.02)
USUAL: Final = Damage(
    letters=0.02, accents=0.03, spaces=0.015, lines=0.06, joined=0.12, dirt=0.08, title_lost=0.15, cut_off=0.1
)
HEAVY: Final = Damage(
    letters=0.08, accents=0.12, spaces=0.05, lines=0.2, joined=0.2, dirt=0.25, title_lost=0.3, cut_off=0.25
)


def misread(text: str, damage: Damage, chance: random.Random) -> PageText:
    """Read a page badly.

    Args:
        text: What is printed, one line of print a line.
        damage: How badly.
        chance: Seeded by the caller.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    if chance.random() < damage.title_lost:
        half = len(lines) // 2
        lines = [line for at, line in enumerate(lines) if at >= half or not line.isupper()]
    if lines and chance.random() < damage.cut_off:
        keep = max(3, round(len(lines) * chance.uniform(0.35, 0.8)))
        start = chance.choice((0, 0, len(lines) - keep, chance.randrange(max(1, len(lines) - keep + 1))))
        lines = lines[max(0, start) : max(0, start) + keep]
    lines = [_line(line, damage, chance) for line in lines if chance.random() >= damage.lines]
    return laid_out([line for line in _with_dirt(_joined(lines, damage, chance), damage, chance) if line.strip()])


def laid_out(lines: Sequence[str], *, confidence: float = 92.0) -> PageText:
    """Lay lines out as an engine gives them, from the top of a sheet, each in the middle."""
    pitch = min(52, max(_LINE, round(_HEIGHT * 0.92 / max(1, len(lines)))))
    return PageText(
        tuple(Line(tuple(_words(line, 80 + pitch * at, confidence))) for at, line in enumerate(lines) if line.split()),
        _WIDTH,
        _HEIGHT,
    )


def dirt(chance: random.Random, letters: int) -> str:
    """Give what an engine reads where nothing is printed."""
    return "".join(chance.choice(_DIRT) if chance.random() > 0.2 else " " for _ in range(letters)).strip() or "-"


def _words(line: str, top: int, confidence: float) -> Iterator[Word]:
    left = max(20, (_WIDTH - len(line) * _LETTER) // 2)
    for piece in line.split(" "):
        if piece:
            yield Word(piece, Box(left, top, _LETTER * len(piece), _LINE), confidence)
        left += _LETTER * (len(piece) + 1)


def _line(line: str, damage: Damage, chance: random.Random) -> str:
    letters: list[str] = []
    for letter in line:
        if letter == " ":
            letters.append("" if chance.random() < damage.spaces else " ")
            continue
        if letter in _ALIKE and chance.random() < damage.letters:
            letter = chance.choice(_ALIKE[letter])
        elif chance.random() < damage.letters / 6:
            letter = ""
        if letter and chance.random() < damage.accents:
            letter = _other_marks(letter, chance)
        letters.append(letter)
        if chance.random() < damage.spaces / 8:
            letters.append(" ")
    return "".join(letters)


def _other_marks(letter: str, chance: random.Random) -> str:
    plain = [each for each in unicodedata.normalize("NFD", letter) if not unicodedata.combining(each)]
    if len(plain) != 1 or plain[0].lower() not in "aeiouy":
        return letter
    return unicodedata.normalize("NFC", plain[0] + (chance.choice(_TONES) if chance.random() < 0.4 else ""))


def _joined(lines: Sequence[str], damage: Damage, chance: random.Random) -> list[str]:
    joined: list[str] = []
    for line in lines:
        if joined and chance.random() < damage.joined:
            joined[-1] += f"{_GAP}{line}"
        else:
            joined.append(line)
    return joined


def _with_dirt(lines: Sequence[str], damage: Damage, chance: random.Random) -> Iterator[str]:
    for line in lines:
        if chance.random() < damage.dirt:
            yield dirt(chance, chance.randrange(2, 30))
        yield line
