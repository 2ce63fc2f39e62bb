# SPDX-License-Identifier: GPL-3.0-or-later
"""Family names that nobody has but for a mark: the engine loses the tilde of NGUYỄN more often than any other mark."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from scanning.folding import fold
from scanning.ocr.syllables import is_syllable
from scanning.ocr.text import Word

# By far most of the people of Viet Nam; where two differ by a mark only, neither is proposed for the other.
_WRITTEN_FAMILY_NAMES: Final = """
    Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Trịnh Đào Đinh Mai Tô Lâm Hà Lương Cao Trương
    Thái Tạ Quách Nghiêm Khuất Lường Bạch Kiều Giàng Lò Châu Tăng Doãn Vi Hứa La Lưu Tống Triệu Chu Đoàn Phùng Lại Quan
    Thân Từ Viên Văn Sầm Nông Hoa Ông Mạc Tôn Thạch Sơn Danh Trang Ninh Tiêu Ưng Kim Khổng Lã Giang Cù Mã Vương Thẩm
"""
_FAMILY_NAMES: Final = frozenset(_WRITTEN_FAMILY_NAMES.split())
_FOLDED: Final = Counter(fold(name) for name in _FAMILY_NAMES)
_BY_FOLDED: Final = {fold(name): name for name in _FAMILY_NAMES if _FOLDED[fold(name)] == 1}
_BEFORE_NAMES: Final = frozenset(("ÔNG", "BÀ", "CHỊ", "ANH"))
_OFFICES: Final = frozenset(("TRƯỞNG",))  # Ông Trưởng Công An
# "Nguyên nhân: Nguyên phát từ" has a capital, but a small letter follows; a name has at least two more capitals.
_FEWEST_NAMES: Final = 3


def repaired_family_name(words: Sequence[Word], at: int) -> str | None:
    """Give the family name that a full name must begin with, when it begins with none.

    Args:
        words: The line.
        at: Which word of it.
    """
    read = words[at].text
    if not read.isalpha() or not read[0].isupper() or read.capitalize() in _FAMILY_NAMES:
        return None
    if not at or _length_of_name(words, at) < _FEWEST_NAMES:
        return None
    is_addressed = words[at - 1].text.upper() in _BEFORE_NAMES and read.upper() not in _OFFICES
    if not is_addressed and not words[at - 1].text.endswith(":"):
        return None
    name = _BY_FOLDED.get(fold(read))
    return name if name is None or not read.isupper() else name.upper()


def _length_of_name(words: Sequence[Word], at: int) -> int:
    """Count the words of a name, which are all written alike: in capitals, or each with one."""
    capitals = words[at].text.isupper()
    length = 0
    for word in words[at:]:
        text = word.text.rstrip(".,;:)")
        if not is_syllable(text) or not text[0].isupper() or text.isupper() != capitals:
            break
        length += 1
        if text != word.text:
            break
    return length
