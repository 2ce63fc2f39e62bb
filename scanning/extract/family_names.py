# SPDX-License-Identifier: GPL-3.0-or-later
"""Family names: there are few of them, so a lost mark is seen at once. Nobody is called ``Nguyên``, but ``Nguyễn``."""

from __future__ import annotations

from typing import Final

from scanning.folding import edit_distance, fold
from scanning.ocr.syllables import is_syllable

_NAMES: Final = frozenset(
    {
        "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô",
        "Dương", "Lý", "Đinh", "Trương", "Lâm", "Mai", "Trịnh", "Đào", "Cao", "Lương", "Đoàn", "Hà", "Tạ", "Tô",
        "Tống", "Thái", "Châu", "Quách", "Khuất", "Kiều", "Lưu", "Phùng", "Vương", "Tăng", "Triệu", "Chu", "Nghiêm",
        "Hứa", "La", "Lã", "Lò", "Giàng", "Vàng", "Sùng", "Thạch", "Sơn", "Kim", "Danh", "Nông", "Bế", "Vi", "Ma",
        "Mã", "Mạc", "Quàng", "Cà", "Tòng", "Lường", "Bạch", "Cù", "Doãn", "Đàm", "Đường", "Giang", "Hàn", "Khổng",
        "Lại", "Lục", "Ninh", "Phí", "Tào", "Thân", "Thiều", "Tiêu", "Tôn", "Từ", "Văn", "Viên", "Sầm", "Hầu", "Lù",
        "Cầm", "Điêu", "Đèo", "Lầu", "Thào", "Vừ", "Mùa", "Hạ", "Chử", "Đồng", "Trang", "Thi", "Ông", "Âu",
        # Few people have these, and they differ from a common one by marks alone.
        "Ngọ", "Lỳ", "Vù", "Đô", "Lễ", "Lệ", "Đăng", "Lam", "Lãm", "Trinh", "Phong", "Phương", "Đao", "Quạch",
    }
)  # fmt: skip
# Nine of ten people have one of these; of the others too many sound like given names.
_COMMON: Final = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương",
    "Lý", "Đinh", "Trương", "Lâm", "Trịnh", "Đào", "Đoàn", "Lương", "Tạ", "Phùng", "Quách", "Tống", "Triệu",
)  # fmt: skip
_BY_FOLDED: Final = {(fold(name), name[0]): name for name in _COMMON}
_LONG: Final = 5  # letters from which on one more may be wrong
_LONGER_THAN_ALL: Final = 8


def family_name(word: str) -> str:
    """Give the family name that a word is, when only its marks, or one letter of what is no syllable, were misread.

    Args:
        word: The first word of a person's name, as people write it.

    Returns:
        The word itself when it is a family name, or none that can be told.
    """
    if word in _NAMES or len(word) >= _LONGER_THAN_ALL:
        return word
    folded = fold(word)
    if (folded, word[0]) in _BY_FOLDED:
        return _BY_FOLDED[folded, word[0]]
    if is_syllable(word) or len(word) < _LONG:
        return word
    near = [name for (other, _), name in _BY_FOLDED.items() if len(name) >= _LONG and edit_distance(folded, other) == 1]
    return near[0] if len(near) == 1 else word
