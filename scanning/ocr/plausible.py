# SPDX-License-Identifier: GPL-3.0-or-later
"""Which words can stand on a paper of the administration: syllables, numbers, dates, codes, abbreviations."""

from __future__ import annotations

import functools
import re
from typing import Final

from scanning.ocr.syllables import is_syllable

_AROUND: Final = "()[]{}<>.,;:!?\"'“”‘’*/-–…"
_BETWEEN: Final = re.compile(r"[-–/.,:&()]")
# Dirt between two words; "TP.HCM" and "gov.vn" have a short or small part.
_GROWN_TOGETHER: Final = re.compile(r"[^\W\d_]{2,}[,:;][^\W\d_]{2,}|[A-ZÀ-Ỹ][^\W\d_]{2,}\.[^\W\d_]{2,}")
_NUMBER: Final = re.compile(r"\d+")
_ABBREVIATION: Final = re.compile(r"[A-ZĐƯ]{1,7}\d{0,4}|[A-Z]{1,3}\d{1,9}")
_ITEM: Final = re.compile(r"[a-zđ]|m[²2]|[IVX]{1,6}")
_PUNCTUATION: Final = re.compile(r"[-–./:;,()*]|-/-")
_WRITTEN_FOREIGN: Final = """
    card citizen date expiry freedom full happiness identity independence name nationality number origin place
    republic residence sex socialist vneid birth vn ea kr krông lắk đắk đăk kạn tul kon plông email fax gam kg ha cm
    tel internet website viettel gmail com gov photo copy buýt phôtô ôtô mail number personal issue director general
    police department administrative management for social order of and in left right finger index
"""
_FOREIGN: Final = frozenset(_WRITTEN_FOREIGN.split())


@functools.lru_cache(maxsize=20_000)
def is_plausible(word: str) -> bool:
    """Say whether somebody may have printed a word.

    Args:
        word: NFC, with the punctuation around it.
    """
    inner = word.strip(_AROUND)
    if not inner:
        return _PUNCTUATION.fullmatch(word) is not None
    return not _GROWN_TOGETHER.search(inner) and all(_is_part(part) for part in _BETWEEN.split(inner) if part)


def _is_part(part: str) -> bool:
    return bool(
        _NUMBER.fullmatch(part)
        or is_syllable(part)
        or _ABBREVIATION.fullmatch(part)
        or _ITEM.fullmatch(part)
        or part.lower() in _FOREIGN
    )
