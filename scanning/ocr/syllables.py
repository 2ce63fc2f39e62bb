# SPDX-License-Identifier: GPL-3.0-or-later
"""Which letters can be a Vietnamese syllable: an initial, a rime and one of six tones, by the rules of the orthography.

The rules allow more syllables than the language uses (about three for one). That is the safe side: what they refuse is
no Vietnamese word, and only of such a word may somebody say that it was misread.
"""

from __future__ import annotations

import functools
import unicodedata
from typing import Final

# What follows the initial, without its tone. Rimes on c, ch, p, t have only the tones sắc and nặng.
_WRITTEN_RIMES: Final = """
    a ac ach ai am an ang anh ao ap at au ay  ăc ăm ăn ăng ăp ăt  âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et  ê êch êm ên ênh êp êt êu  i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong
    op ot  ô ôc ôi ôm ôn ông ôp ôt  ơ ơi ơm ơn ơp ơt
    u ua uân uâng uât uây uc uê uêch uênh ui um un ung uơ up ut uôc uôi uôm uôn uông uôt
    uy uya uych uyên uyêt uynh uyt uyu  ư ưa ưc ưi ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
    y yêm yên yêng yêt yêu
"""
_RIMES: Final = frozenset(_WRITTEN_RIMES.split())
_WRITTEN_RIMES_AFTER_QU: Final = """
    a ac ach ai an ang anh ao at au ay ăc ăm ăn ăng ăp ăt ân ât ây âng e en eo et ê êch ên ênh êt ơ ơi ơn ôc ôi i it
    y ych yên yêt ynh yt yu
"""
_RIMES_AFTER_QU: Final = frozenset(_WRITTEN_RIMES_AFTER_QU.split())  # whose u is already the glide
_RIMES_WITH_Y: Final = frozenset(("y", "yêm", "yên", "yêng", "yêt", "yêu"))
_INITIALS_BEFORE_Y: Final = frozenset(("d", "h", "k", "l", "m", "n", "r", "s", "t", "th", "v", "x"))
_BEFORE_FRONT_VOWELS: Final = frozenset(("gh", "k", "ngh"))
_BEFORE_OTHER_VOWELS: Final = frozenset(("c", "g", "ng"))
_FRONT_VOWELS: Final = "eêiy"
_LIPS: Final = frozenset(("b", "f", "m", "p", "ph", "v"))
_INITIALS: Final = (
    "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr",
    "b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", "",
)  # fmt: skip
_ACUTE: Final = "\N{COMBINING ACUTE ACCENT}"
_DOT: Final = "\N{COMBINING DOT BELOW}"
_TONES: Final = frozenset(
    (_ACUTE, _DOT, "\N{COMBINING GRAVE ACCENT}", "\N{COMBINING HOOK ABOVE}", "\N{COMBINING TILDE}")
)
_STOPS: Final = ("c", "ch", "p", "t")
_GLIDES: Final = ("oa", "oe", "uy")


@functools.lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Say whether a word can be a Vietnamese syllable.

    Args:
        word: Letters in NFC; all small, all capital, or small after a capital. Anything else is none.
    """
    if not (word.islower() or word.isupper() or word.istitle()):
        return False
    plain, tones = _split_tone(word.lower())
    return len(tones) <= 1 and any(
        _fits(initial, plain[len(initial) :]) and _tone_fits(plain, initial, tones)
        for initial in _INITIALS
        if plain.startswith(initial)
    )


def _split_tone(word: str) -> tuple[str, tuple[tuple[str, int], ...]]:
    """Take the tone marks off; give them with the number of the letter that each stood on."""
    letters: list[str] = []
    tones: list[tuple[str, int]] = []
    for letter in unicodedata.normalize("NFD", word):
        if letter in _TONES:
            tones.append((letter, len(letters) - 1))
        elif unicodedata.combining(letter) and letters:
            letters[-1] = unicodedata.normalize("NFC", letters[-1] + letter)
        else:
            letters.append(letter)
    return "".join(letters), tuple(tones)


def _fits(initial: str, rime: str) -> bool:
    if initial == "qu":
        return rime in _RIMES_AFTER_QU
    if initial == "gi":
        # gì, gìn and giếng are written with one i.
        return rime in _RIMES and rime[0] not in "iy"
    if rime not in _RIMES:
        return False
    front = rime[0] in _FRONT_VOWELS
    if initial in _BEFORE_FRONT_VOWELS and not (front or (initial == "k" and rime.startswith("uy"))):
        return False
    if initial in _BEFORE_OTHER_VOWELS and front and not (initial == "g" and rime[0] == "i"):
        return False
    if rime in _RIMES_WITH_Y:
        return not initial or (rime == "y" and initial in _INITIALS_BEFORE_Y)
    return not (initial in _LIPS and rime.startswith(("oa", "oă", "oe", "uâ", "uê", "uơ", "uy")))


def _tone_fits(plain: str, initial: str, tones: tuple[tuple[str, int], ...]) -> bool:
    """Check that the tone is one that the rime can have, and stands on the letter where it is written."""
    stopped = plain.endswith(_STOPS)
    if not tones:
        return not stopped
    tone, place = tones[0]
    if stopped and tone not in (_ACUTE, _DOT):
        return False
    rime = plain[len(initial) :]
    return place - len(initial) in _tone_places(rime, alone=initial != "qu")


def _tone_places(rime: str, *, alone: bool) -> tuple[int, ...]:
    marked = [index for index, letter in enumerate(rime) if letter in "ăâêôơư"]
    if marked:
        return (marked[-1],)
    vowels = [index for index, letter in enumerate(rime) if letter in "aeiouy"]
    if rime in _GLIDES and alone:
        return (0, 1)  # thủy and thuỷ are both in use
    if len(vowels) == 1:
        return (vowels[0],)
    if len(vowels) == 3 or len(vowels) < len(rime) or rime.startswith(_GLIDES):
        return (vowels[1],)
    return (vowels[0],)
