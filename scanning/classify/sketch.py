# SPDX-License-Identifier: GPL-3.0-or-later
"""A sketch of a form: 129 numbers by which pages of one form are alike, and from which no word can be read back.

Only what the form itself prints goes in: its title, and the labels before colons. Values stand behind colons or on
lines of their own and are left out, and so two pages that differ only in their values have the same sketch. Left out as
well are numbers, agencies, headings with a family name in them, and every piece of text that the vocabulary of the
shipped model does not know (it holds what forms print), should a lost colon have let a value in. Of the pieces left, a
sketch keeps for each of 128 orders the one that comes first (MinHash, Broder 1997), cut down to 16 bits: the share of
equal numbers in two sketches estimates the share of pieces that both pages have. One more number stands for the title
when it is one that everybody knows: forms with different ones are never alike, however much else they share.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scanning.classify.features import BODY_BUCKETS, HEADING_BUCKETS, Buckets, heading_lines, pieces_of
from scanning.classify.headings import in_capitals
from scanning.classify.rules import by_title
from scanning.classify.titles import TITLE_STARTS
from scanning.folding import fold
from scanning.ocr.text import PageText

Sketch = NDArray[np.uint16]

HEADING_SLOTS: Final = 48
LABEL_SLOTS: Final = 80
SLOTS: Final = HEADING_SLOTS + LABEL_SLOTS + 1

_FEWEST_PIECES: Final = 24
_LONGEST_TITLE_LINES: Final = 4
_AGENCY_STARTS: Final = tuple(
    fold(start)
    for start in (
        "ỦY BAN", "XÃ", "PHƯỜNG", "THỊ TRẤN", "ĐẶC KHU", "HUYỆN", "QUẬN", "TỈNH", "THÀNH PHỐ", "CÔNG AN", "SỞ",
        "PHÒNG",
    )
)  # fmt: skip
_EMPTY: Final = np.uint16(0xFFFF)
_NO_TITLE: Final = 0  # the check sum of nothing
_FAMILY_NAMES: Final = frozenset(
    (
        "NGUYỄN", "TRẦN", "LÊ", "PHẠM", "HOÀNG", "HUỲNH", "PHAN", "VŨ", "VÕ", "ĐẶNG", "BÙI", "ĐỖ", "HỒ", "NGÔ", "DƯƠNG",
        "LÝ", "TRỊNH", "ĐÀO", "ĐINH", "MAI", "TÔ", "LÂM", "LƯƠNG", "CAO", "TRƯƠNG", "THÁI", "TẠ", "QUÁCH", "NGHIÊM",
        "BẠCH", "KIỀU", "GIÀNG", "LÒ", "CHÂU", "TĂNG", "DOÃN", "VI", "HỨA", "LA", "TỐNG", "TRIỆU", "LƯU", "PHÙNG",
        "CHU",
        "THẠCH", "LỤC", "NÔNG", "ĐOÀN", "VƯƠNG", "ĐÀM", "KHUẤT", "LƯỜNG", "QUÀNG", "VÀNG", "SÙNG", "THÀO", "MA",
        "NGUYEN", "TRAN", "PHAM", "HOANG", "HUYNH",
    )
)  # fmt: skip


def sketch_of(text: PageText, vocabulary: NDArray[np.bool_]) -> Sketch | None:
    """Sketch a page.

    Args:
        text: What was read on it.
        vocabulary: Of the shipped model: for each bucket, whether forms print a piece that falls into it.

    Returns:
        ``None`` when too little of a form is on the page.
    """
    heading = pieces_of(_title_lines(text), HEADING_BUCKETS)
    labels = pieces_of(_labels(text), BODY_BUCKETS)
    heading = heading[vocabulary[heading + BODY_BUCKETS]]
    labels = labels[vocabulary[labels]]
    if len(heading) + len(labels) < _FEWEST_PIECES:
        return None
    title = zlib.crc32(by_title(text).title.encode()) & 0xFFFF
    return np.concatenate(
        (
            _first_in_each_order(heading, HEADING_SLOTS),
            _first_in_each_order(labels, LABEL_SLOTS),
            np.array([title], np.uint16),
        )
    )


def likeness(sketch: Sketch, others: NDArray[np.uint16]) -> NDArray[np.float64]:
    """Give how alike a sketch is to each of others (one a row), 0 to 1."""
    titles, pieces, own = others[:, -1], others[:, :-1], sketch[:-1]
    filled = (pieces != _EMPTY) | (own != _EMPTY)
    alike = ((pieces == own) & filled).sum(axis=1) / np.maximum(filled.sum(axis=1), 1)
    of_other_title = (titles != sketch[-1]) & (titles != _NO_TITLE) & (sketch[-1] != _NO_TITLE)
    return np.asarray(np.where(of_other_title, 0.0, alike))


def _title_lines(text: PageText) -> list[str]:
    """Give the lines of the title; without one, the headings that are neither an agency's nor somebody's name."""
    named = {fold(line.text) for line in text.lines if in_capitals(line.text) and _names_somebody(line.text)}
    lines = [line for line in heading_lines(text) if line not in named]
    for index, line in enumerate(lines):
        if _begins_with(line, TITLE_STARTS):
            return lines[index : index + _LONGEST_TITLE_LINES]
    return [line for line in lines if not _begins_with(line, _AGENCY_STARTS)]


def _names_somebody(line: str) -> bool:
    if _begins_with(fold(line), TITLE_STARTS):
        return False
    return any(word.strip(".,:;()-") in _FAMILY_NAMES for word in line.upper().split())


def _begins_with(folded: str, starts: Iterable[str]) -> bool:
    return any(f"{folded} ".startswith(f"{start} ") for start in starts)


def _labels(text: PageText) -> Iterator[str]:
    """Give what stands before a colon, folded and without numbers.

    A label is a word with a capital and the small words after it, so a value before it on its line stays out.
    """
    for line in text.lines:
        for index, word in enumerate(line.words):
            if not word.text.endswith(":"):
                continue
            start = index
            while start > 0 and line.words[start].text[:1].islower():
                start -= 1
            words = " ".join(each.text for each in line.words[start : index + 1])
            folded = " ".join(token for token in fold(words).split() if token.isalpha())
            if folded:
                yield folded


def _first_in_each_order(pieces: Buckets, slots: int) -> Sketch:
    if not len(pieces):
        return np.full(slots, _EMPTY, np.uint16)
    orders = np.arange(1, slots + 1, dtype=np.uint64)[:, None] * np.uint64(0x9E3779B97F4A7C15)
    mixed = (pieces.astype(np.uint64)[None, :] + np.uint64(1)) * (orders | np.uint64(1))
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(32)
    least = mixed.min(axis=1)
    # The highest number is kept for empty slots.
    return np.asarray((least * np.uint64(0x94D049BB133111EB) >> np.uint64(48)) % np.uint64(0xFFFF)).astype(np.uint16)
