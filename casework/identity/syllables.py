# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be a written Vietnamese syllable.

It decides whether a repair of text made sense. Names of foreigners and of some ethnic minorities (H'Hen, Kpă) are no
syllables in this sense, so a word that fails is never wrong for that.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import Final

from casework.text import fold, spoken

_ONSETS_SPELLED: Final = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph q qu r s t th tr v x"
_RHYMES_SPELLED: Final = (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây "
    "e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu "
    "i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu "
    "o oc oi om on ong op ot oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet "
    "ooc oong ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt "
    "u ua uc ui um un ung up ut uân uâng uât uây uê uêch uên uênh uêt uơ uy uya uych uyên uyêt uynh uyt uyp uyu "
    "uôc uôi uôm uôn uông uôt ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu "
    "y yêm yên yêng yêt yêu"
)
_ONSETS: Final = frozenset(["", *_ONSETS_SPELLED.split(" ")])
_RHYMES: Final = frozenset(_RHYMES_SPELLED.split(" "))
_STOPS: Final = ("p", "t", "c", "ch")
_STOPPED_TONES: Final = frozenset("\u0301\u0323")
_TONES: Final = frozenset("\u0300\u0301\u0303\u0309\u0323")
_WORD: Final = re.compile(r"[^\W\d_]+")


def words_in(text: str) -> list[str]:
    """Give the runs of letters of a text, NFC."""
    return _WORD.findall(unicodedata.normalize("NFC", text))


def is_syllable(word: str) -> bool:
    """Whether a word could be a Vietnamese syllable, its accents included; case and place of the tone do not count."""
    signs = spoken(word)
    tones = [sign for sign in signs if sign in _TONES]
    letters = unicodedata.normalize("NFC", "".join(sign for sign in signs if sign not in _TONES))
    if len(tones) > 1 or not letters:
        return False
    return _has_parts(letters) and (not letters.endswith(_STOPS) or not _STOPPED_TONES.isdisjoint(tones))


def is_bare_syllable(word: str) -> bool:
    """Whether a word could be a Vietnamese syllable whose accents were left out."""
    return fold(word) in _bare_syllables()


def _has_parts(letters: str) -> bool:
    if letters.startswith("q") and not letters.startswith("qu"):
        return False
    return letters == "gi" or any(letters[:end] in _ONSETS and letters[end:] in _RHYMES for end in range(4))


@functools.cache
def _bare_syllables() -> frozenset[str]:
    return frozenset(fold(onset + rhyme) for onset in _ONSETS for rhyme in _RHYMES) | {"gi"}
