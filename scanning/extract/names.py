# SPDX-License-Identifier: GPL-3.0-or-later
"""Names of people, places, agencies and businesses."""

from __future__ import annotations

import re
from typing import Final

from scanning.extract.family_names import family_name
from scanning.extract.found import Found
from scanning.extract.provinces import ends_with_province, with_marks
from scanning.extract.titles import as_business_name
from scanning.folding import fold

_LONGEST_NAME: Final = 7
_REPAIRED_PLACE: Final = 0.95
_REPAIRED_NAME: Final = 0.88  # a word that lost its mark may not be the only one
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
_SENTENCE_END: Final = re.compile(
    r"(?<!\bT[PXT])(?<!\bTp)(?<!phố)(?<!tỉnh)(?<!\bxã)(?<!phường)(?<!quận)(?<!huyện)(?<=[^\W\d_]{2})\.\s+(?=[A-ZĐÀ-Ỹ])"
)
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
_ONLY_NAMES: Final = re.compile(r"\W*(?:[A-ZĐÀ-Ỹ][^\W\d_]*[ ,]*)+\W*")
_SPECK_BEFORE: Final = re.compile(r"^\w{1,2} ?, ?")
_SPECK_BEHIND: Final = re.compile(r"[ .,]+[^\W_]{1,2}$")
_STOP_INSIDE: Final = re.compile(r"\b(phố|tỉnh|xã|phường|quận|huyện|thôn)\. (?=[A-ZĐÀ-Ỹ])")
_PARENT: Final = re.compile(r",\s*(?=(?:UBND|ủy ban nhân dân|sở|bộ|công an)\b)", re.IGNORECASE)
_SEX: Final = r"(nam|nữ|trai|gái)"
_SEX_FIRST: Final = re.compile(rf"\W*(?:(?:bé|con|giới) )?{_SEX}\b", re.IGNORECASE)
_BOTH_SEXES: Final = re.compile(r"\W*(?:\w\W+)?(?:nam|trai)\b\W*(?:\w\W+)?(?:nữ|gái)\b", re.IGNORECASE)
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
    first, *others = (_as_written(word.group()) for word in words)
    family = family_name(first)
    return Found(
        " ".join((family, *others)), words[0].start(), words[-1].end(), 1.0 if family == first else _REPAIRED_NAME
    )


def _is_in_capitals(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def _as_written(word: str) -> str:
    return word.capitalize() if word.isupper() else word


def find_sex(text: str) -> Found | None:
    """Find ``Nam`` or ``Nữ``, ``trai`` or ``gái``: at the beginning, or between commas behind another value."""
    if _BOTH_SEXES.match(text):
        return None  # two boxes, of which one is ticked
    match = _SEX_FIRST.match(text) or _SEX_BETWEEN.search(text)
    return Found("male" if match.group(1).lower() in _MALE else "female", *match.span(1)) if match else None


def find_place(text: str) -> Found | None:
    """Find a place: the text without what stands around it, up to where a sentence goes on."""
    text = _with_commas(text)
    kept = _SENTENCE_END.split(text.split(";")[0])[0]
    stripped = _without_specks(kept.strip(_EDGES))
    pieces = stripped.split(",")
    for index, piece in enumerate(pieces):
        words = piece.split()
        if index and words and words[0][0].islower() and words[0].lower() not in _PLACE_WORDS:
            stripped = ",".join(pieces[:index]).strip(_EDGES)
            break
    if sum(letter.isalpha() for letter in stripped) < 3:
        return None
    start = text.index(stripped)
    read = _STOP_INSIDE.sub(r"\1 ", stripped)
    value = with_marks(read)
    return Found(value, start, start + len(stripped), 1.0 if value == read else _REPAIRED_PLACE)


def _with_commas(text: str) -> str:
    """Make full stops between names of places the commas that they were: ``Đình Bảng. Từ Sơn, Bắc Ninh``."""
    first, *rest = _SENTENCE_END.split(text)
    if rest and _ONLY_NAMES.fullmatch(f"{first},{rest[0]}") and not ends_with_province(first):
        return _SENTENCE_END.sub(lambda stop: f",{stop.group()[1:]}", text)
    return text


def _without_specks(text: str) -> str:
    """Leave off what was made of specks before a place and behind its province: ``v ,buôn … tỉnh Nghệ An 9``."""
    text = _SPECK_BEFORE.sub("", text)
    speck = _SPECK_BEHIND.search(text)
    return text[: speck.start()] if speck and ends_with_province(text[: speck.start()]) else text


def find_agency(text: str) -> Found | None:
    """Find an agency: like a place, without the authority that it belongs to: ``Phòng Kinh tế, UBND huyện …``."""
    return find_place(_PARENT.split(text)[0])


def names_place(text: str) -> bool:
    """Say whether a text looks like a place: parts between commas, or a word for a place."""
    return "," in text or any(word.strip(_EDGES) in _PLACE_WORDS for word in text.lower().split())


def find_business_name(text: str) -> Found | None:
    """Find the name of a business, without ``Hộ kinh doanh``; capitals as people write them."""
    stripped = _KIND_OF_BUSINESS.sub("", text.strip(_QUOTES)).strip(_QUOTES)
    if sum(letter.isalpha() for letter in stripped) < 2:
        return None
    start = text.index(stripped)
    return Found(as_business_name(stripped), start, start + len(stripped))
