# SPDX-License-Identifier: GPL-3.0-or-later
"""The provinces of before and after July 2025 (NQ 202/2025/QH15): where a written address ends."""

from __future__ import annotations

import re
from typing import Final

from scanning.folding import fold

_PROVINCES: Final = (
    "An Giang", "Bà Rịa - Vũng Tàu", "Bạc Liêu", "Bắc Giang", "Bắc Kạn", "Bắc Ninh", "Bến Tre", "Bình Dương",
    "Bình Định", "Bình Phước", "Bình Thuận", "Cà Mau", "Cao Bằng", "Cần Thơ", "Đà Nẵng", "Đắk Lắk", "Đắk Nông",
    "Điện Biên", "Đồng Nai", "Đồng Tháp", "Gia Lai", "Hà Giang", "Hà Nam", "Hà Nội", "Hà Tây", "Hà Tĩnh",
    "Hải Dương", "Hải Phòng", "Hậu Giang", "Hòa Bình", "Hồ Chí Minh", "Huế", "Hưng Yên", "Khánh Hòa",
    "Kiên Giang", "Kon Tum", "Lai Châu", "Lạng Sơn", "Lào Cai", "Lâm Đồng", "Long An", "Nam Định", "Nghệ An",
    "Ninh Bình", "Ninh Thuận", "Phú Thọ", "Phú Yên", "Quảng Bình", "Quảng Nam", "Quảng Ngãi", "Quảng Ninh",
    "Quảng Trị", "Sóc Trăng", "Sơn La", "Tây Ninh", "Thái Bình", "Thái Nguyên", "Thanh Hóa", "Thừa Thiên Huế",
    "Tiền Giang", "Trà Vinh", "Tuyên Quang", "Vĩnh Long", "Vĩnh Phúc", "Yên Bái",
)  # fmt: skip
_WRITTEN: Final = {fold(name): name for name in _PROVINCES}
_NAMES: Final = frozenset(_WRITTEN)
# Words of places that are no other words in small letters; longer ones first.
_WORDS: Final = (
    "tổ dân phố", "thành phố", "thị xã", "thị trấn", "đặc khu", "khu phố", "tỉnh", "huyện", "quận", "phường", "xã",
    "thôn", "đường", "số",
)  # fmt: skip
_WORDS_OF_PLACES: Final = {fold(words): words for words in _WORDS}
_LONGEST: Final = 4
_KINDS: Final = "TINH|THANH PHO|HUYEN|QUAN|XA|PHUONG|THI XA|THI TRAN|UY BAN NHAN DAN"
_KIND_ALONE: Final = re.compile(rf".*\b(?:{_KINDS}|TP|TX|TT)")
_LAST_NAME: Final = re.compile(r".*\b(TINH|THANH PHO|TP) (.+?)")
_FEWEST_COMMAS: Final = 2
_MOST_WORDS: Final = 4


def is_cut_off(place: str) -> bool:
    """Say whether a place ends in the middle: ``…, tỉnh``, ``…, tỉnh Lào`` or ``…, thành phố Hà``."""
    folded = fold(place)
    last = _LAST_NAME.fullmatch(folded)
    if last is not None and last.group(2) in _NAMES:
        return False  # "tỉnh Hà Tĩnh" ends with no kind of place
    if place.count(",") >= _FEWEST_COMMAS and _begins_province(fold(place.rsplit(",", 1)[-1])):
        return fold(place.rsplit(",", 1)[-1]) not in _NAMES  # as cards print it, without the words for the places
    return _KIND_ALONE.fullmatch(folded) is not None or (last is not None and _begins_province(last.group(2)))


def ends_with_province(place: str) -> bool:
    """Say whether a place is whole: it ends with the name of its province and no comma."""
    last = _LAST_NAME.fullmatch(fold(place))
    return last is not None and last.group(2) in _NAMES and place.rstrip()[-1:].isalpha()


def has_province(place: str) -> bool:
    """Say whether a place names its province, or one of the cities that are none of it."""
    folded = f" {fold(place)} "
    if fold(place.rsplit(",", 1)[-1]) in _NAMES:
        return True  # as cards print it
    return " TINH " in folded or any(f" {kind} {name} " in folded for kind in ("THANH PHO", "TP") for name in _NAMES)


def goes_on_with(place: str, following: str) -> bool:
    """Say whether the next line holds the end of a place: what is missing of its province, or all of that."""
    if is_cut_off(place):
        last = _LAST_NAME.fullmatch(fold(place))
        begun = last.group(2) if last else "" if _KIND_ALONE.fullmatch(fold(place)) else fold(place.rsplit(",", 1)[-1])
        words = fold(following).split()[:_MOST_WORDS]
        ends = (" ".join([begun, *words[:count]]).strip() for count in range(1, len(words) + 1))
        return not begun or any(end in _NAMES for end in ends)
    return not has_province(place) and has_province(following)


def _begins_province(text: str) -> bool:
    return any(name.startswith(f"{text} ") for name in _NAMES)


def with_marks(place: str) -> str:
    """Put right the marks of the words for places, and of provinces: ``thảnh phố Cân Thơ`` is ``thành phố Cần Thơ``."""
    words = place.split(" ")
    done: list[str] = []
    before = ""
    while words:
        known = _WRITTEN if before in ("tỉnh", "thành phố", "TP.", "tp.") else _WORDS_OF_PLACES
        count, before = next(
            (
                (count, found)
                for count in range(min(_LONGEST, len(words)), 0, -1)
                if (found := known.get(fold(" ".join(words[:count])), ""))
                and words[0][:1].islower() == found[0].islower()
                and _ends_alike(words[count - 1], count == len(words))
            ),
            (1, ""),
        )
        read = " ".join(words[:count])
        done.append(before + read[len(read.rstrip(",.;")) :] if before else read)
        words = words[count:]
    return " ".join(done)


def _ends_alike(word: str, is_last: bool) -> bool:
    """Say whether a word may end a known name: with a comma, or in the middle as it is."""
    return is_last or word[-1:].isalpha() or word.endswith(",")
