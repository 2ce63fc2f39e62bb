# SPDX-License-Identifier: GPL-3.0-or-later
"""Words of a recovery sheet: 128 random bits that a clerk can read, write down and dictate over the telephone.

One word stands for a byte: 256 Vietnamese syllables, printed without accents. Syllables that sound alike somewhere in
the country (n and l, ch and tr, s and x, d, gi, r and v, final n and ng, c and t, ay and ai) never stand both in the
list, so that a word is also understood as it was heard, and with any accents. Two words more are a Reed-Solomon check
over the sixteen: one mistaken word is named by its position, and most rows with more than one are noticed.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Final

from casework.errors import KnownError

ENTROPY_SIZE: Final = 16
WORD_COUNT: Final = 18
WORDS: Final[Sequence[str]] = """
    anh bac bao bap bep bieng biet binh biu boi bon bua bung buoc buom but cai cam canh chao chat chen chiem
    chinh chiu choi chop chua chuan chum chung chuoi chuot coc con cuong cuu danh dat dau dem dep dia dich dieu
    doan dong duc duoi duyet ech gac gan ghep gia giam gio giup gom gop gui guoc hang hat heo hiem hinh hoach
    hoai hoanh hoc hum huou hup huyet keng keo khach kham khanh khau khen khi khieu khoa khoac khoang khoe khop
    khuc khung khuya khuyen khuyet kich kien kim lao lat lenh lep lich lien lieu loa loai luan luat luom luong
    luu luy mach man may mem menh mien minh mong mot mua mui muon nang nay neu ngach ngam nganh ngap nghe nghi
    nghia nghiem nghiep ngo ngoai ngon ngot ngua nguc ngung nguoi nguong nguyen nguyet nha nhac nhai nhanh nhieu
    nhin nhom nhu nhuom nhuong niem nop nuoc nut phan phao phe phep phien phim phoi phong phot phu phung phut
    quang quay que quen quet quyen rap rieng roi sach sau sen sim song sot suc sung suoi sup tach tang tao tet
    thang thap thau thay them thi thich thien thiet thoai thoat thon thuan thue thuoc thuong thuy thuyen tieng
    tiep tieu tim tin toan toc tom tra trai tram tranh tre trich trien tro trong truc truong truyen tuy tuyet
    ung vai ven viec vua vung vuong vuot xam xang xay xet xich xoai xuan xuat xuong xuyen yet yeu
""".split()  # noqa: SIM905 - a list to be read, not a wall of quotation marks

_FIELD_POLYNOMIAL: Final = 0x11D
_SYLLABLE: Final = re.compile("(ngh|ng|nh|ch|tr|th|ph|kh|gh|gi|qu|[bcdghklmnrstvx]|)([aeiouy]+)(ng|nh|ch|[nmptc]|)")
_FIRST_SOUNDS: Final = {
    "ngh": "ng",
    "gh": "g",
    "tr": "ch",
    "s": "x",
    "gi": "d",
    "r": "d",
    "v": "d",
    "c": "k",
    "qu": "ko",
    "n": "l",
}
_LAST_SOUNDS: Final = {"ng": "n", "nh": "n", "ch": "t", "c": "t"}
_OPEN_SOUNDS: Final = {"au": "ao", "ieu": "iu", "uoi": "ui", "uou": "uu", "uai": "oai", "ue": "oe"}


def to_words(entropy: bytearray) -> tuple[str, ...]:
    """Give the words for 16 random bytes: sixteen, and two to check them by."""
    first, second = _remainders([*entropy, 0, 0])
    check = _quotient(first ^ second, _power(1) ^ 1)
    return tuple(WORDS[value] for value in (*entropy, check, first ^ check))


def to_entropy(text: str) -> bytearray:
    """Read words as they were typed, dictated or scanned.

    Case, accents, numbers between the words, and everything else that is no letter do not matter.

    Returns:
        16 bytes; whoever asked wipes them.

    Raises:
        KnownError: ``recovery-words-count`` (details ``found``, ``expected``); ``recovery-word-unknown`` and
            ``recovery-word-wrong`` (details ``position``, from 1); ``recovery-words-wrong`` when more than one is
            mistaken.
    """
    spoken = _split(text)
    if len(spoken) != WORD_COUNT:
        raise KnownError("recovery-words-count", found=str(len(spoken)), expected=str(WORD_COUNT))
    values = []
    for position, word in enumerate(spoken, start=1):
        value = _value(word)
        if value is None:
            raise KnownError("recovery-word-unknown", position=str(position))
        values.append(value)
    first, second = _remainders(values)
    if first or second:
        wrong = _logarithms().get(_quotient(second, first)) if first and second else None
        if wrong is None or wrong >= WORD_COUNT:
            raise KnownError("recovery-words-wrong")
        raise KnownError("recovery-word-wrong", position=str(WORD_COUNT - wrong))
    return bytearray(values[:ENTROPY_SIZE])


def sound(word: str) -> str | None:
    """Give what is left of a syllable when everything that is confused somewhere is taken for the same.

    Args:
        word: Lower-case letters without accents.

    Returns:
        None when it is no Vietnamese syllable.
    """
    parts = _SYLLABLE.fullmatch(word)
    if parts is None:
        return None
    first, middle, last = parts.groups()
    first, last = _FIRST_SOUNDS.get(first, first), _LAST_SOUNDS.get(last, last)
    if first == "ko":
        first, middle = "k", "o" + middle
    middle = middle.replace("y", "i")
    if last in {"m", "p"}:
        middle = {"ie": "i", "uo": "u"}.get(middle, middle)
    elif last:
        middle = "oa" if middle == "ua" else middle
    else:
        middle = _OPEN_SOUNDS.get(middle, middle)
    return f"{first}-{middle}-{last}"


def _split(text: str) -> Sequence[str]:
    # Not casework.text.fold, which remembers what it has folded.
    letters = unicodedata.normalize("NFD", text.lower()).replace("đ", "d")
    return re.findall("[a-z]+", "".join(letter for letter in letters if unicodedata.category(letter) != "Mn"))


def _value(word: str) -> int | None:
    by_word, by_sound = _values()
    value = by_word.get(word)
    return value if value is not None else by_sound.get(sound(word) or "")


@functools.cache
def _values() -> tuple[Mapping[str, int], Mapping[str, int]]:
    numbered = list(enumerate(WORDS))
    return {word: value for value, word in numbered}, {sound(word) or "": value for value, word in numbered}


# Arithmetic of the field with 256 elements -------------------------------------------------------------------------


def _remainders(values: Sequence[int]) -> tuple[int, int]:
    """Evaluate the polynomial of the values at the field's 1 and at its generator; both are 0 for a right row."""
    first = second = 0
    for value in values:
        first ^= value
        second = _times_generator(second) ^ value
    return first, second


def _times_generator(value: int) -> int:
    doubled = value << 1
    return doubled ^ _FIELD_POLYNOMIAL if doubled > 0xFF else doubled


def _quotient(value: int, divisor: int) -> int:
    return _power(_logarithms()[value] - _logarithms()[divisor]) if value else 0


def _power(exponent: int) -> int:
    return _powers()[exponent % 255]


@functools.cache
def _powers() -> tuple[int, ...]:
    powers = [1]
    while len(powers) < 255:
        powers.append(_times_generator(powers[-1]))
    return tuple(powers)


@functools.cache
def _logarithms() -> Mapping[int, int]:
    return {value: exponent for exponent, value in enumerate(_powers())}
