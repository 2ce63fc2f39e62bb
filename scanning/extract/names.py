# SPDX-License-Identifier: GPL-3.0-or-later
"""Names of people, places, agencies and businesses."""

from __future__ import annotations

import re
from typing import Final

from scanning.extract.found import Found
from scanning.folding import fold

_LONGEST_NAME: Final = 7
_NAME_WORD: Final = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_HONORIFIC: Final = re.compile(
    r"\W*(?:(?:ông|bà|anh|chị|cháu|cụ|hộ ông|hộ bà)(?: ?[/(,]? ?(?:ông|bà|anh|chị)\)?)?|ô[/.]b|ông bà)(?:\W+|$)",
    re.IGNORECASE,
)
_PLACE_WORDS: Final = frozenset(
    {
        "thôn", "xã", "phường", "thị", "huyện", "quận", "tỉnh", "thành", "tp", "tx", "tt", "tổ", "khu", "phố",
        "đường", "số", "ngõ", "ngách", "hẻm", "kiệt", "ấp", "bản", "buôn", "khóm", "xóm", "làng", "đội", "nhà",
        "cụm", "căn", "tòa", "bệnh", "trạm", "viện", "tầng", "lô", "đặc", "khối", "tiểu", "sóc", "plei", "bon",
        "tdp", "kp", "p", "q", "h", "t",
    }
)  # fmt: skip
_SENTENCE_END: Final = re.compile(r"(?<!\bT[PXT])(?<!\bTp)(?<=[^\W\d_]{2})\.\s+(?=[A-ZĐÀ-Ỹ])")
# What begins with capitals as well.
_NO_NAME: Final = re.compile(
    r"(?:UY BAN|UBND|CONG AN|CONG HOA|DOC LAP|BENH VIEN|TRUNG TAM [YPH]|VAN PHONG|CUC |CHI CUC|CHU TICH|GIAM DOC|"
    r"PHONG |VIET NAM|GIAY |DON DE|TO KHAI|HOP DONG|CAN CUOC|CHUNG MINH|HO CHIEU|THON |XA |PHUONG [A-Z]+ QUAN|HUYEN |"
    r"THANH PHO|TINH TRANG|NGAY |NOI |SO |DAN TOC|QUOC TICH|HO VA TEN|HO TEN|NGUOI |THONG TIN|QUAN HE|DIEN THOAI|"
    r"HO KHAU|KINH GUI|NHU TREN)"
)
_PAPERS: Final = frozenset({"CCCD", "CMND", "CMTND", "CC", "SĐT", "ĐT", "MST", "BHXH", "BHYT"})
_NEVER_IN_NAMES: Final = frozenset(
    ("của", "và", "người", "cán", "trẻ", "mẹ", "giấy", "tịch", "nơi", "hoặc", "giám", "các", "với")
)
_MALE: Final = ("nam", "trai")
_QUOTES: Final = " .,;:_-…–—'\"“”’"
_KIND_OF_BUSINESS: Final = re.compile(r"^(?:hộ kinh doanh|hkd)[\s:\"“]+(?=\w)", re.IGNORECASE)
_SEXES: Final = ("nam", "nữ", "trai", "gái")
_SEX: Final = r"(nam|nữ|trai|gái)"
_SEX_FIRST: Final = re.compile(rf"\W*(?:(?:bé|con|giới) )?{_SEX}\b", re.IGNORECASE)
_SEX_BETWEEN: Final = re.compile(rf"[,;/] ?{_SEX}(?=\s*(?:[,;./]|$))", re.IGNORECASE)
_EDGES: Final = " .,;:_-…–—'\"“”’|"


def find_name(text: str) -> Found | None:
    """Find two to seven words that each begin with a capital, before anything else begins."""
    words: list[re.Match[str]] = []
    honorific = _HONORIFIC.match(text)
    position = honorific.end() if honorific else 0
    for piece in text[position:].split(" "):
        start, position = position, position + len(piece) + 1
        bare = piece.lstrip(_EDGES)
        word = _NAME_WORD.match(bare)
        if not word:
            if words or any(letter.isalnum() for letter in piece):
                break
            continue  # the dots of a form before the name
        if words and bare != piece:
            break
        if not word.group()[0].isupper() or len(words) == _LONGEST_NAME:
            break
        if word.group() in _PAPERS or word.group().lower() in _NEVER_IN_NAMES:
            break
        if len(words) > 1 and not word.group().isupper() and all(_is_in_capitals(each.group()) for each in words[:2]):
            break  # after a name in capitals: "LÊ VĂN AN Nam"
        found = _NAME_WORD.match(text, start + len(piece) - len(bare))
        if found is None:
            break
        words.append(found)
        if word.end() < len(bare):  # a comma ends the name
            break
    if all(word.group().lower() in _SEXES for word in words):
        return None  # the two boxes to tick
    if len(words) < 2 or _NO_NAME.match(fold(" ".join(word.group() for word in words))):
        return None
    value = " ".join(_as_written(word.group()) for word in words)
    return Found(value, words[0].start(), words[-1].end())


def _is_in_capitals(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def _as_written(word: str) -> str:
    return word.capitalize() if word.isupper() else word


def find_sex(text: str) -> Found | None:
    """Find ``Nam`` or ``Nữ``, ``trai`` or ``gái``: at the beginning, or between commas behind another value."""
    match = _SEX_FIRST.match(text) or _SEX_BETWEEN.search(text)
    return Found("male" if match.group(1).lower() in _MALE else "female", *match.span(1)) if match else None


def find_place(text: str) -> Found | None:
    """Find a place: the text without what stands around it, up to where a sentence goes on."""
    kept = _SENTENCE_END.split(text.split(";")[0])[0]
    stripped = kept.strip(_EDGES)
    pieces = stripped.split(",")
    for index, piece in enumerate(pieces):
        words = piece.split()
        if index and words and words[0][0].islower() and words[0].lower() not in _PLACE_WORDS:
            stripped = ",".join(pieces[:index]).strip(_EDGES)
            break
    if sum(letter.isalpha() for letter in stripped) < 3:
        return None
    start = text.index(stripped)
    return Found(stripped, start, start + len(stripped))


def names_place(text: str) -> bool:
    """Say whether a text looks like a place: parts between commas, or a word for a place."""
    return "," in text or any(word.strip(_EDGES) in _PLACE_WORDS for word in text.lower().split())


def find_business_name(text: str) -> Found | None:
    """Find the name of a business, as it is printed, without ``Hộ kinh doanh``."""
    stripped = _KIND_OF_BUSINESS.sub("", text.strip(_QUOTES)).strip(_QUOTES)
    if sum(letter.isalpha() for letter in stripped) < 2:
        return None
    start = text.index(stripped)
    return Found(stripped, start, start + len(stripped))
