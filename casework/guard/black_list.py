# SPDX-License-Identifier: GPL-3.0-or-later
"""Papers that nobody may demand in free words, however they are written.

A demand is brought to bare Latin words first: no accents, no invisible or look-alike characters, single letters joined
("S.H.K"), digits that stand for letters read as such. Phrases are then found with doubled and swapped letters, with the
tone keys of Telex and with missing spaces. All of it takes time in proportion to the length of the text.
"""

from __future__ import annotations

import bisect
import enum
import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final


class ForbiddenPaper(enum.StrEnum):
    """What is forbidden by name; the order is that in which a text is judged.

    ``ADDRESS_CONFIRMATION``: that an old administrative unit is the new one. ``SAME_PERSON``: that two names, numbers
    or papers are of one person; the former number is on the card and in the databases. ``VNEID``: an electronic
    identity. ``HOUSEHOLD_BOOK``: household or temporary residence book. ``CERTIFIED_COPY``: a copy that is certified.
    """

    ADDRESS_CONFIRMATION = "address-confirmation"
    SAME_PERSON = "same-person"
    VNEID = "vneid-in-person"
    HOUSEHOLD_BOOK = "household-book"
    CERTIFIED_COPY = "certified-copy"


_CAPITALS: Final = str.maketrans(dict(zip("ΑΒΕΗΙΚΜΝΟΡΤΥΧ", "ABEHIKMNOPTYX", strict=True)))
_LOOK_ALIKES: Final = str.maketrans(
    {
        **dict(zip("авсԁеһіјкмнорѕтухѵ", "abcdehijkmhopstyxv", strict=True)),
        **dict(zip("αικνορτυ", "aikvoptu", strict=True)),
        **dict(zip("đðɖıɩøħłɡɑ", "dddiiohlga", strict=True)),
    }
)
_FILLERS: Final = frozenset("\u115f\u1160")
_DROPPED: Final = frozenset({"Mn", "Me", "Cf"})
_OTHER_WORDS: Final = frozenset(["cứ", "cử", "cụ", "củ", "cừ", "mỗi", "mọi", "môi", "mối", "mồi", "mời"])
"""Words that look like "cũ" (old) or "mới" (new) when their accents are gone."""

_BETWEEN_LETTERS: Final = ((re.compile(r"0(?=[a-z])|(?<=[a-z])0"), "o"), (re.compile(r"(?<=[a-z])1(?=[a-z])"), "i"))
_THREE: Final = re.compile(r"(?<=[a-z])3(?=[a-z])")
_NO_WORD: Final = re.compile(r"[^a-z0-9]+")
_EDGE: Final = re.compile(r"(?<=[a-z])(?=[0-9])|(?<=[0-9])(?=[a-z])")
_SINGLE: Final = re.compile(r"(?<![a-z0-9])[a-z](?: [a-z])+(?![a-z0-9])")
_LONGEST_SYLLABLE: Final = 8
_LONG_WORD: Final = 4


def bare_words(text: str) -> str:
    """Bring text to lower-case Latin words and numbers with single spaces between them."""
    lower = text.translate(_CAPITALS).lower().translate(_LOOK_ALIKES)
    plain = "".join(
        character
        for sign in lower
        for character in (sign if sign.isascii() else unicodedata.normalize("NFKD", sign))
        if character not in _FILLERS and unicodedata.category(character) not in _DROPPED
    )
    plain = plain.lower().translate(_LOOK_ALIKES)
    for pattern, letter in _BETWEEN_LETTERS:
        plain = pattern.sub(letter, plain)
    plain = _EDGE.sub(" ", _THREE.sub("e", plain))
    plain = _NO_WORD.sub(" ", plain).strip()
    return _SINGLE.sub(lambda run: run[0].replace(" ", ""), plain)


def find_forbidden(text: str) -> tuple[ForbiddenPaper, ...]:
    """Give everything forbidden that a demand in free words asks for, in the order of the enumeration."""
    words = bare_words(text)
    found = {
        ForbiddenPaper.ADDRESS_CONFIRMATION: _confirms_address(bare_words(_without_other_words(text))),
        ForbiddenPaper.SAME_PERSON: _SAME_PERSON.search(words) is not None,
        ForbiddenPaper.VNEID: _VNEID.search(words) is not None,
        ForbiddenPaper.HOUSEHOLD_BOOK: _HOUSEHOLD.search(words) is not None,
        ForbiddenPaper.CERTIFIED_COPY: _CERTIFIED_COPY.search(words) is not None,
    }
    return tuple(paper for paper in ForbiddenPaper if found[paper])


def is_household_book(short_name: str) -> bool:
    """Whether a requirement of the catalogue is the book itself, not a form that speaks of households."""
    return _BOOK.search(bare_words(short_name)) is not None


def _without_other_words(text: str) -> str:
    return " ".join(
        word
        for word in text.split()
        if len(word) > _LONGEST_SYLLABLE
        or unicodedata.normalize("NFC", word.lower()).strip(",.;:()") not in _OTHER_WORDS
    )


def _slips(word: str) -> str:
    """Give a pattern of a word with doubled letters, a Telex tone key at its end, or two neighbours swapped."""
    swapped = [
        word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        for at in range(len(word) - 1)
        if len(word) >= _LONG_WORD and word[at] != word[at + 1]
    ]
    return "(?:" + "|".join(["".join(f"{letter}+" for letter in word) + "[sfrxj]?", *swapped]) + ")"


def _phrase(text: str) -> str:
    return " ?".join(_slips(word) for word in text.split())


def _phrases(texts: Iterable[str]) -> str:
    return "|".join(map(_phrase, texts))


def _pattern(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b")


_BOOK_NAMES: Final = ("so ho khau", "so tam tru", "ho khau giay", "ho khau goc", "so nhan khau")
_BOOK: Final = _pattern(_phrases(_BOOK_NAMES), "so khkd", "shk", "shkgd", "so hk", "so shk")
_HOUSEHOLD: Final = _pattern(
    _phrases(_BOOK_NAMES),
    f"{_phrase('ho khau')}(?! tru)",
    "so khkd",
    "shk(?:gd|tt)?",
    "s ho khau",
    "so hk(?:gd|tt)?",
    "hktt",
    "kt 3",
    "(?:household|family|residence) (?:registration |register )?(?:book|booklet|register)",
    "hukou",
)

_VNEID: Final = _pattern(
    "v ?n ?[e3] ?[il1] ?d",
    "vn[ei]{1,3}dd?|vneeid|vniedd?|vneidd|venid|nveid|vnedi",
    _phrases(("tai khoan dinh danh", "tk dinh danh", "ung dung dinh danh", "app dinh danh", "can cuoc dien tu")),
    rf"{_phrase('dinh danh')} (?:(?:dien tu|dt|so) )?(?:muc|cap|level)",
    r"(?:tai khoan|tk) (?:dddt|ddt|dd)",
    r"xac thuc dien tu (?:muc|cap)",
    r"(?:e ?id|electronic (?:identity|identification|id)|digital (?:identity|id)) (?:account|level|app|application)",
    r"level (?:2|two|ii) (?:account|e ?id|identification|identity)",
)

_SAME_PERSON: Final = _pattern(
    r"(?:la|cung|chi|deu)(?: cung| chi| deu)? (?:mot|1) (?:nguoi|ca nhan|cong dan)",
    r"(?:cmnd|chung minh(?: nhan dan)?)(?: \w+){0,4} (?:cccd|can cuoc)(?: \w+){0,4} la mot",
    r"(?:the )?same person",
)

_CERTIFYING: Final = f"(?:{_phrases(('chung thuc', 'cong chung'))})"
_CERTIFIED_COPY: Final = _pattern(
    rf"(?:{_phrases(('ban sao', 'ban photo', 'ban photocopy', 'ban chup', 'photo', 'photocopy'))})"
    rf"(?: \w+){{0,6}} (?:co|duoc|phai|da) {_CERTIFYING}",
    rf"(?:{_phrases(('ban sao', 'ban photo', 'ban chup', 'photo', 'photocopy', 'sao'))}) {_CERTIFYING}",
    rf"{_CERTIFYING} (?:{_phrases(('ban sao',))})",
    rf"(?<!van )(?:ban|giay khai sinh|cccd|can cuoc|cmnd) {_CERTIFYING}",
    _phrase("sao y"),
    r"(?:certified|notari[sz]ed|authenticated) (?:true )?(?:copy|copies|photocopy|photocopies)",
)

_CONFIRM: Final = _pattern(
    _phrases(("xac nhan", "xac minh", "giay", "chung minh", "minh chung", "thong bao", "van ban", "cong van")),
    _phrases(("chung nhan", "don xin", "doi chieu")),
    "confirmation|confirming|confirm|certificate|certification|proof|letter|document",
)
_ADDRESS: Final = _pattern(_phrases(("dia chi",)), "address|addresses")
_UNIT: Final = _pattern(
    _phrases(
        ("don vi hanh chinh", "dia danh", "dia gioi", "ten xa", "ten phuong", "ten huyen", "ten quan", "ten tinh")
    ),
    _phrases(("ten thon", "ten duong", "ten to dan pho")),
    "dvhc|administrative (?:unit|units|name|names|boundary|boundaries)|(?:commune|ward|province|district) names?",
)
_PLACE: Final = _pattern(
    r"(?<!hop tac )(?:xa|phuong|huyen|quan|thi tran|tinh)(?! hoi)",
    _phrases(("noi cu tru", "noi thuong tru", "que quan")),
)
_MERGER: Final = _pattern(
    _phrases(
        ("sap nhap", "sat nhap", "sap xep", "hop nhat", "doi ten", "chia tach", "nay la", "nay thuoc", "truoc la")
    ),
    "merger|merged|merging|renamed|reorgani[sz]ation",
)
_CHANGE: Final = _pattern(
    r"(?<!chung )(?<!dinh )(?<!dan )" + _slips("cu") + r"(?! ?(?:tru|dan)\b)",
    _slips("moi") + r"(?! (?:truong|gioi)\b)",
    _phrases(("thay doi", "truoc day", "truoc kia", "chuyen doi", "tuong ung", "la mot")),
    "old|new|former|previous|change|changed",
)
_BUSINESS: Final = _pattern(
    "tru so|kinh doanh|doanh nghiep|co so|chi nhanh|hop tac xa|htx|van phong|cong ty|kho|cua hang|nha may",
    "business|company|office",
)
_REACH: Final = 90
"""Characters between the words of one demand, about fifteen Vietnamese words."""


def _confirms_address(words: str) -> bool:
    confirm, merger = _starts(_CONFIRM, words), _starts(_MERGER, words)
    change, business = _starts(_CHANGE, words), _starts(_BUSINESS, words)
    for at in _starts(_UNIT, words):
        if _is_near(merger, at) or (_is_near(confirm, at) and _is_near(change, at)):
            return True
    for at in _starts(_ADDRESS, words):
        if _is_near(confirm, at) and (_is_near(merger, at) or (_is_near(change, at) and not _is_near(business, at))):
            return True
    return any(
        _is_near(confirm, at) and _is_near(merger, at) and not _is_near(business, at) for at in _starts(_PLACE, words)
    )


def _starts(pattern: re.Pattern[str], words: str) -> Sequence[int]:
    return [match.start() for match in pattern.finditer(words)]


def _is_near(places: Sequence[int], at: int) -> bool:
    left = bisect.bisect_left(places, at - _REACH)
    return left < len(places) and places[left] <= at + _REACH
